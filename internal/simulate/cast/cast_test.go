package cast_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
	"giaoban/internal/simulate/cast"
)

func TestMain(m *testing.M) { livekittest.Main(m) }

// stage is a room with made-up sites.
type stage struct {
	*livekittest.Server
	looks chan struct{} // one for each look of the cast

	mu    sync.Mutex
	seats []cast.Seat
}

func (s *stage) want(seats ...cast.Seat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seats = seats
}

func seat(unit int, floor bool) cast.Seat {
	names := []string{"Tỉnh Bắc Ninh", "Thành phố Hà Nội", "Tỉnh Nghệ An"}
	return cast.Seat{Seat: media.Seat{Briefing: 1, Identity: media.SiteIdentity(tree.UnitID(unit)), Name: names[unit-1], Role: media.Site, Speaks: floor}, Floor: floor}
}

func newStage(t *testing.T, seats ...cast.Seat) *stage {
	s := &stage{Server: livekittest.Start(t), looks: make(chan struct{}), seats: seats}
	ctx, cancel := context.WithCancel(context.Background())
	made := cast.Cast{Find: s.Find, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Seats: func(ctx context.Context) ([]cast.Seat, error) {
		select {
		case s.looks <- struct{}{}:
		default: // nobody counts them
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		return slices.Clone(s.seats), nil
	}}
	var running sync.WaitGroup
	running.Go(func() { made.Run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
	return s
}

// join has somebody come in at a browser.
func (s *stage) join(t *testing.T, seat media.Seat) *livekittest.Client {
	t.Helper()
	there, err := s.Find()
	if err != nil {
		t.Fatal(err)
	}
	token, err := there.Token(seat)
	if err != nil {
		t.Fatal(err)
	}
	person, err := livekittest.Join(t, there.URL, token)
	if err != nil {
		t.Fatal(err)
	}
	return person
}

// await returns once the room is as wanted: each person by name, with what can be seen
// and heard of it.
func (s *stage) await(t *testing.T, wanted ...string) {
	t.Helper()
	var last []string
	for late := time.Now().Add(time.Minute); time.Now().Before(late); {
		people, err := media.Finder(s.Find).People(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		last = nil
		for _, p := range people {
			kinds := []string{p.Name}
			for _, track := range p.Tracks {
				kinds = append(kinds, string(track.Kind))
			}
			slices.Sort(kinds[1:])
			last = append(last, strings.Join(kinds, " "))
		}
		slices.Sort(last)
		if slices.Equal(last, wanted) {
			return
		}
		<-s.looks
	}
	t.Fatalf("waited a minute for %q in the room, last there were %q", wanted, last)
}

func TestMadeUpSitesAreSeenAndWhoHasTheFloorIsHeard(t *testing.T) {
	s := newStage(t, seat(1, false), seat(2, true), seat(3, false))
	s.await(t, "Thành phố Hà Nội camera", "Tỉnh Bắc Ninh camera", "Tỉnh Nghệ An camera") // nobody is there to listen

	s.join(t, media.Seat{Briefing: 1, Identity: media.PersonIdentity(7), Name: "the chair", Role: media.Host})
	s.await(t, "Thành phố Hà Nội camera microphone", "Tỉnh Bắc Ninh camera", "Tỉnh Nghệ An camera", "the chair")

	s.want(seat(1, true), seat(2, false))
	if err := media.Finder(s.Find).Allow(t.Context(), seat(1, true).Seat); err != nil {
		t.Fatal(err)
	}
	s.await(t, "Thành phố Hà Nội camera", "Tỉnh Bắc Ninh camera microphone", "the chair")
}

func TestAMadeUpSiteGivesWayToAPersonAndComesBack(t *testing.T) {
	s := newStage(t, seat(1, false))
	s.await(t, "Tỉnh Bắc Ninh camera")

	taken := seat(1, false).Seat
	taken.Name = "somebody"
	person := s.join(t, taken)
	for range 5 {
		<-s.looks
	}
	s.await(t, "somebody")
	select {
	case <-person.Away:
		t.Error("a made-up site took the seat of a person")
	default:
	}
	person.Room.Disconnect()
	s.await(t, "Tỉnh Bắc Ninh camera")
}
