package recording

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
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
	r, err := Start(t.Context(), find, briefing, dir, Scene{Floor: floor, Chair: chair}, slog.New(slog.DiscardHandler))
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
	if l := got.Lanes[0]; l.Name != "floor" || len(l.Spans) != 2 || l.Spans[0].Identity != floor || l.Spans[1].Identity != chair {
		t.Errorf("the first lane is %+v, want the floor's with first %s and then %s", l, floor, chair)
	}
	if late := got.Lanes[0].Spans[1].From - cut; late < -100*time.Millisecond || late > 100*time.Millisecond {
		t.Errorf("the floor was cut %v after the change, want at most 100ms", late)
	}
	path := developed(t, got, "floor")
	if p := probed(t, path); p.Streams[0].Width != 640 {
		t.Errorf("the floor's picture is %d wide, want that of the larger, 640", p.Streams[0].Width)
	}
	flash := onsets(t, path, 120, "-an", "-vf", "scale=32:18,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-")
	beep := onsets(t, path, -30, "-vn", "-af", "astats=metadata=1:reset=1,ametadata=print:key=lavfi.astats.Overall.RMS_level:file=-")
	if len(flash) < 2 {
		t.Fatalf("flashes are at %v and beeps at %v, want two at least", flash, beep)
	}
	for _, at := range flash {
		near := slices.MinFunc(beep, func(a, b time.Duration) int { return int((a - at).Abs() - (b - at).Abs()) })
		if apart := (near - at).Abs(); apart > 60*time.Millisecond {
			t.Errorf("the flash at %v has its beep %v away, want at most 60ms", at, apart)
		}
	}
}

// onsets are the moments at which a measure of ffmpeg's rises above a threshold.
func onsets(t *testing.T, path string, above float64, filter ...string) (at []time.Duration) {
	t.Helper()
	out, err := exec.Command("ffmpeg", append([]string{"-v", "error", "-i", path, "-f", "null"}, append(filter, "-")...)...).Output()
	if err != nil {
		t.Fatalf("ffmpeg (install it): %v", err)
	}
	var moment time.Duration
	loud := true
	for line := range strings.Lines(string(out)) {
		if _, pts, found := strings.Cut(strings.TrimSpace(line), "pts_time:"); found {
			seconds, err := strconv.ParseFloat(pts, 64)
			if err != nil {
				t.Fatalf("ffmpeg says %q", line)
			}
			moment = time.Duration(seconds * float64(time.Second))
			continue
		}
		_, level, _ := strings.Cut(strings.TrimSpace(line), "=")
		n, err := strconv.ParseFloat(level, 64)
		if err != nil {
			t.Fatalf("ffmpeg says %q", line)
		}
		if n > above && !loud {
			at = append(at, moment)
		}
		loud = n > above
	}
	return at
}

func TestARecorderGoesOnInItsFolderAndOnItsTimeline(t *testing.T) {
	find := media.Finder(livekittest.Start(t).Find)
	floor := media.SiteIdentity(27)
	site(t, find, floor, media.Site, "", "testdata/beep.ogg")
	dir := t.TempDir()
	scene := Scene{Floor: floor, Chair: media.PersonIdentity(1)}
	first, err := Start(t.Context(), find, briefing, dir, scene, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	within(t, "something is on disk", func() bool { return opened(t, dir).Length > 0 })
	began := opened(t, dir).Began

	// The first is not stopped: the next takes its place, as after a crash.
	next, err := Start(t.Context(), find, briefing, dir, scene, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	<-first.Done()
	if first.Err() == nil {
		t.Error("a recorder whose place was taken ended without a word")
	}
	from := next.Now()
	within(t, "the next one writes", func() bool { return opened(t, dir).Length > from+time.Second })
	if err := next.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := opened(t, dir)
	if !r.Began.Equal(began) {
		t.Errorf("the recording began at %v and says %v after it went on", began, r.Began)
	}
	if length := time.Since(began); r.Length > length+100*time.Millisecond || r.Length < length-10*time.Second {
		t.Errorf("the recording is %v long, want %v at most", r.Length, length)
	}
	if p := probed(t, developed(t, r, "floor")); (p.length(t) - r.Length).Abs() > 50*time.Millisecond {
		t.Errorf("the floor lasts %v, want %v", p.length(t), r.Length)
	}
}

func TestARecorderThatCannotWriteSaysSoAndEnds(t *testing.T) {
	find := media.Finder(livekittest.Start(t).Find)
	floor := media.SiteIdentity(27)
	dir := filepath.Join(t.TempDir(), "recording")
	r, err := Start(t.Context(), find, briefing, dir, Scene{Floor: floor, Chair: media.PersonIdentity(1)}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	guest := site(t, find, floor, media.Site, "", "testdata/beep.ogg")
	<-r.Done()
	if err := r.Stop(t.Context()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the recorder ended with %v, want that there is no folder", err)
	}
	if guest.Room.ConnectionState() != "connected" {
		t.Errorf("the site is %s after the recorder failed, want connected", guest.Room.ConnectionState())
	}
}

func TestARecorderComesBackAfterLiveKitWasKilled(t *testing.T) {
	server := livekittest.Supervised(t)
	find := media.Finder(server.Find)
	floor := media.SiteIdentity(27)
	site(t, find, floor, media.Site, "", "testdata/beep.ogg")
	dir := t.TempDir()
	r, err := Start(t.Context(), find, briefing, dir, Scene{Floor: floor, Chair: media.PersonIdentity(1)}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	within(t, "something is on disk", func() bool { return opened(t, dir).Length > 0 })
	old := server.Process()
	if err := syscall.Kill(old, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	within(t, "another process is there", func() bool { return server.Process() != 0 && server.Process() != old })
	after := r.Now()
	site(t, find, media.SiteIdentity(28), media.Site, "", "testdata/beep.ogg")
	within(t, "what is said after it is on disk", func() bool { return opened(t, dir).Length > after+time.Second })
	if err := r.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}
