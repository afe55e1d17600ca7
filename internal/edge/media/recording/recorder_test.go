package recording

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"

	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/media"
)

func TestMain(m *testing.M) { livekittest.Main(m) }

const briefing = 7

// frameLength is that of our files.
var frameLength = map[string]time.Duration{".ivf": time.Second / 15, ".ogg": 20 * time.Millisecond}

// site is a Go client that shows and sounds a file over and over.
func site(t *testing.T, find media.Finder, identity string, role media.Role, picture, sound string) *livekittest.Client {
	t.Helper()
	there, err := find()
	if err != nil {
		t.Fatal(err)
	}
	token, err := there.Token(media.Seat{Briefing: briefing, Identity: identity, Role: role, Speaks: true})
	if err != nil {
		t.Fatal(err)
	}
	c, err := livekittest.Join(t, there.URL, token)
	if err != nil {
		t.Fatal(err)
	}
	if picture != "" {
		play(t, c, picture, livekit.TrackSource_CAMERA)
	}
	if sound != "" {
		play(t, c, sound, livekit.TrackSource_MICROPHONE)
	}
	return c
}

func play(t *testing.T, c *livekittest.Client, path string, source livekit.TrackSource) {
	t.Helper()
	track, err := lksdk.NewLocalFileTrack(path, lksdk.ReaderTrackWithFrameDuration(frameLength[filepath.Ext(path)]))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Room.LocalParticipant.PublishTrack(track, &lksdk.TrackPublicationOptions{Source: source, Name: path}); err != nil {
		t.Fatal(err)
	}
}

func within(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited a minute in vain: %s", what)
		}
	}
}

func opened(t *testing.T, dir string) *Recording {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAFlashAndItsBeepStayTogetherAndTheFloorIsCut(t *testing.T) {
	find := media.Finder(livekittest.Start(t).Find)
	chair, floor := media.PersonIdentity(1), media.SiteIdentity(27)
	site(t, find, chair, media.Host, "testdata/red.ivf", "")
	site(t, find, floor, media.Site, "testdata/flash.ivf", "testdata/beep.ogg")

	dir := t.TempDir()
	r, err := Start(t.Context(), find, briefing, dir, Scene{Floor: floor, Chair: chair}, slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	within(t, "five seconds of the floor are on disk", func() bool { return opened(t, dir).Length > 5*time.Second })
	people, err := find.People(t.Context(), briefing)
	if err != nil {
		t.Fatal(err)
	}
	if len(people) != 2 {
		t.Errorf("%d people are in the room, want 2 without the recorder", len(people))
	}
	r.Direct(Scene{Chair: chair})
	cut := r.Now()
	within(t, "three seconds of the chair are on disk", func() bool { return opened(t, dir).Length > cut+3*time.Second })
	if err := r.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := opened(t, dir)
	for _, l := range got.Lanes {
		t.Logf("%+v", l)
		path := developed(t, got, l.Name)
		t.Logf("%+v", probed(t, path))
	}
}
