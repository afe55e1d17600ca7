package media_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/livekit/protocol/livekit"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/media"
)

func TestMain(m *testing.M) { livekittest.Main(m) }

// hall is a gate to a LiveKit, guarded by a list of those removed.
type hall struct {
	*media.Gate
	find    media.Finder
	address string

	mu      sync.Mutex
	removed map[string]bool
	asked   int
}

func open(t *testing.T, find media.Finder) *hall {
	t.Helper()
	h := &hall{find: find, removed: map[string]bool{}}
	h.Gate = media.NewGate(find, slog.New(slog.DiscardHandler))
	web := httptest.NewServer(http.StripPrefix("/media", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.Lead(w, r, h.check) })))
	t.Cleanup(web.Close)
	h.address = "ws" + strings.TrimPrefix(web.URL, "http") + "/media"
	return h
}

func (h *hall) check(seat media.Seat) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked++
	if h.removed[seat.Identity] {
		return fault.New(fault.Forbidden, "briefing.removed")
	}
	return nil
}

func (h *hall) remove(identity string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.removed[identity] = true
}

func (h *hall) token(t *testing.T, s media.Seat) string {
	t.Helper()
	there, err := h.find()
	if err != nil {
		t.Fatal(err)
	}
	token, err := there.Token(s)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (h *hall) join(t *testing.T, s media.Seat) *livekittest.Client {
	t.Helper()
	c, err := livekittest.Join(t, h.address, h.token(t, s))
	if err != nil {
		t.Fatalf("%s joins: %v", s.Identity, err)
	}
	return c
}

func seat(role media.Role, identity string) media.Seat {
	return media.Seat{Briefing: 7, Identity: identity, Name: identity, Role: role}
}

// speaking is as seat, with an open microphone.
func speaking(role media.Role, identity string) media.Seat {
	s := seat(role, identity)
	s.Speaks = true
	return s
}

func within(t *testing.T, what string, done func() bool) {
	t.Helper()
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("waited a minute in vain: %s", what)
}

func TestWhatASiteShowsAndSaysReachesTheOthersThroughTheGate(t *testing.T) {
	h := open(t, livekittest.Start(t).Find)
	chair := h.join(t, seat(media.Host, media.PersonIdentity(1)))
	site := h.join(t, speaking(media.Site, media.SiteIdentity(27)))
	if err := site.Speak(t); err != nil {
		t.Fatal(err)
	}
	if err := site.Show(t, livekit.TrackSource_CAMERA); err != nil {
		t.Fatal(err)
	}
	within(t, "the chair hears and sees 100 packets", func() bool { return chair.Packets.Load() >= 100 })

	people, err := h.find.People(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	if len(people) != 2 {
		t.Fatalf("%d people are in the room, want 2: %+v", len(people), people)
	}
	for _, p := range people {
		if want := map[string]media.Role{"person:1": media.Host, "unit:27": media.Site}[p.Identity]; p.Role != want || !p.Active {
			t.Errorf("%s is there as %q, active %v; want %q, active", p.Identity, p.Role, p.Active, want)
		}
	}
}

func TestWhoeverIsRemovedIsCutAtOnceAndAPassShownAgainIsRefused(t *testing.T) {
	h := open(t, livekittest.Start(t).Find)
	chair := h.join(t, seat(media.Host, media.PersonIdentity(1)))
	pass := h.token(t, seat(media.Site, media.SiteIdentity(27)))
	site, err := livekittest.Join(t, h.address, pass)
	if err != nil {
		t.Fatal(err)
	}

	h.remove(media.SiteIdentity(27))
	if err := h.PutOut(t.Context(), 7, media.SiteIdentity(27)); err != nil {
		t.Fatal(err)
	}
	within(t, "the site is out", func() bool {
		people, err := h.find.People(t.Context(), 7)
		return err == nil && len(people) == 1
	})
	select {
	case <-site.Away:
	case <-time.After(time.Minute):
		t.Error("the removed site still believes that it is there")
	}
	if _, err := livekittest.Join(t, h.address, pass); err == nil {
		t.Error("the pass of a removed site let it in again")
	}
	if chair.Room.ConnectionState() != "connected" {
		t.Errorf("the chair is %s after a site was removed, want connected", chair.Room.ConnectionState())
	}
}

func TestAWatcherShowsNothingAndASiteNoScreen(t *testing.T) {
	h := open(t, livekittest.Start(t).Find)
	chair := h.join(t, seat(media.Host, media.PersonIdentity(1)))
	site := h.join(t, seat(media.Site, media.SiteIdentity(27)))
	watcher := h.join(t, seat(media.Watcher, media.PersonIdentity(2)))
	if err := watcher.Speak(t); err == nil {
		t.Error("a watcher may speak")
	}
	if err := site.Show(t, livekit.TrackSource_SCREEN_SHARE); err == nil {
		t.Error("a site may share its screen")
	}
	if err := chair.Show(t, livekit.TrackSource_SCREEN_SHARE); err != nil {
		t.Errorf("the chair may not share the screen: %v", err)
	}
}

func TestALineIsCutAlsoWhereNoLiveKitAnswers(t *testing.T) {
	lost := livekittest.Start(t)
	away := false
	h := open(t, func() (media.LiveKit, error) {
		if away {
			return media.LiveKit{}, fault.New(fault.Unavailable, "media.away")
		}
		return lost.Find()
	})
	site := h.join(t, seat(media.Site, media.SiteIdentity(27)))
	h.remove(media.SiteIdentity(27))
	away = true
	if err := h.PutOut(t.Context(), 7, media.SiteIdentity(27)); !fault.Is(err, fault.Unavailable) {
		t.Errorf("putting a site out without a LiveKit: %v, want unavailable", err)
	}
	within(t, "the site notices that its line is cut", func() bool { return site.Room.ConnectionState() != "connected" })
}

func TestAMicrophoneOpensWithTheFloorAndClosesAfterItWhateverTheDeviceDoes(t *testing.T) {
	h := open(t, livekittest.Start(t).Find)
	chair := h.join(t, seat(media.Host, media.PersonIdentity(1)))
	site := h.join(t, seat(media.Site, media.SiteIdentity(27)))
	if err := site.Speak(t); err == nil {
		t.Error("a site without the floor may speak")
	}

	if err := h.find.Allow(t.Context(), speaking(media.Site, media.SiteIdentity(27))); err != nil {
		t.Fatal(err)
	}
	if err := site.Speak(t); err != nil {
		t.Fatalf("a site with the floor may not speak: %v", err)
	}
	within(t, "the chair hears the site", func() bool { return chair.Packets.Load() >= 20 })

	if err := h.find.Allow(t.Context(), seat(media.Site, media.SiteIdentity(27))); err != nil {
		t.Fatal(err)
	}
	within(t, "no microphone is in the room", func() bool {
		people, err := h.find.People(t.Context(), 7)
		return err == nil && len(people) == 2 && !slices.ContainsFunc(people, func(p media.Person) bool { return len(p.Tracks) > 0 || p.Identity == "unit:27" && p.Speaks })
	})
	if err := site.Speak(t); err == nil {
		t.Error("a site may speak after its floor ended")
	}

	err := h.find.Allow(t.Context(), seat(media.Site, media.SiteIdentity(28)))
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("opening the microphone of somebody who is not there: %v, want not found", err)
	}
}

func TestAKilledMediaProcessIsStartedAgainAndSitesComeBackByThemselves(t *testing.T) {
	s := livekittest.Supervised(t)
	h := open(t, s.Find)
	chair := h.join(t, seat(media.Host, media.PersonIdentity(1)))
	site := h.join(t, speaking(media.Site, media.SiteIdentity(27)))
	if err := site.Speak(t); err != nil {
		t.Fatal(err)
	}
	within(t, "the chair hears", func() bool { return chair.Packets.Load() > 0 })

	old := s.Process()
	if err := syscall.Kill(old, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	within(t, "another process is there", func() bool { return s.Process() != 0 && s.Process() != old })
	late := h.join(t, seat(media.Site, media.SiteIdentity(28)))
	within(t, "both are back, with their old passes", func() bool {
		people, err := h.find.People(t.Context(), 7)
		return err == nil && len(people) == 3
	})
	within(t, "the one who came later hears the site", func() bool { return late.Packets.Load() > 0 })
}

func TestTheNextProgramTakesUpTheMediaProcessOfTheLast(t *testing.T) {
	s := livekittest.Supervised(t)
	h := open(t, s.Find)
	process := s.Process()
	chair := h.join(t, seat(media.Host, media.PersonIdentity(1)))

	s.LetGo()
	next := livekittest.Supervise(t, s.Dir)
	if got := next.Process(); got != process {
		t.Errorf("the next program has process %d, want %d that ran", got, process)
	}
	people, err := media.Finder(next.Find).People(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	if len(people) != 1 || chair.Room.ConnectionState() != "connected" {
		t.Errorf("%d people are in the room and the chair is %s; want 1, connected", len(people), chair.Room.ConnectionState())
	}
}

func TestKeysAndSocketAreForTheOwnerAlone(t *testing.T) {
	s := livekittest.Supervised(t)
	for _, name := range []string{"media.key", "media.sock"} {
		info, err := os.Stat(filepath.Join(s.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v, want 0600", name, info.Mode().Perm())
		}
	}
}
