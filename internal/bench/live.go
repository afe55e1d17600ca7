package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"giaoban/internal/base/tree"
)

// moment is an accepted report: the position of its event, and when its
// transaction was durable, in nanoseconds of Unix time.
type moment struct {
	Position, At int64
}

// show is what is accepted before live screens.
type show struct {
	serving *serving
	work    *work

	mu       sync.Mutex
	accepted map[tree.UnitID][]moment // by province; the root's are all
	late     time.Duration            // how far behind its plan the last report began
}

// live measures how soon an accepted report is on all screens that show it:
// half of them on the root's board, half spread over the boards below.
func (b *bench) live(ctx context.Context) error {
	return b.watch(ctx, "live", b.Screens, b.Rate, b.Time)
}

// crowd measures the same before more screens than are asked for, for half as
// long: where it ends.
func (b *bench) crowd(ctx context.Context) error {
	return b.watch(ctx, "crowd", b.Screens*5/2, b.Rate, b.Time/2)
}

func (b *bench) watch(ctx context.Context, name string, screens, rate int, long time.Duration) (err error) {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	reports := rate * int(long/time.Second)
	w, err := b.work(ctx, s.App, reports)
	if err != nil {
		return err
	}
	seats, err := s.seats(ctx, w.directive, screens)
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // what was measured before is not what serving takes
	r, err := openRoom(ctx, b.Program, seats)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	l := &show{serving: s, work: w, accepted: map[tree.UnitID][]moment{}}
	began := time.Now()
	if err := l.report(ctx, rate); err != nil {
		return err
	}
	took := time.Since(began)
	memory, err := resident(os.Getpid())
	if err != nil {
		return err
	}
	for _, list := range l.accepted {
		slices.SortFunc(list, func(a, b moment) int { return int(a.Position - b.Position) })
	}
	saw, err := r.compare(l.accepted)
	if err != nil {
		return err
	}
	b.tell(name+".screens", float64(screens), "screens")
	b.tell(name+".accepted.rate", float64(reports)/took.Seconds(), "reports/s")
	b.tell(name+".late", l.late.Seconds(), "s")
	b.tell(name+".memory", memory, "MiB of the program and those who report")
	b.tell(name+".received.p50", saw.P50, "ms")
	b.tell(name+".received.p99", saw.P99, "ms")
	b.tell(name+".received.max", saw.Most, "ms")
	b.tell(name+".pushes", float64(saw.Pushes)/took.Seconds(), "pushes/s at most on a board")
	b.tell(name+".missed", float64(saw.Missed), "reports on screens")
	b.tell(name+".gaps", float64(saw.Gaps), "messages")
	b.tell(name+".behind", float64(saw.Behind), "screens")
	b.tell(name+".different", float64(saw.Different), "screens and boards that differ from a fresh read")
	return nil
}

// seats are people before so many screens: half of them before the root's board,
// half spread over the provinces'.
func (s *serving) seats(ctx context.Context, directive int64, number int) (seats, error) {
	provinces := s.provinces()
	units := make([]tree.UnitID, number)
	for i := range units {
		if units[i] = s.root; i%2 == 1 {
			units[i] = provinces[i/2%len(provinces)]
		}
	}
	visitors, err := s.visitors(ctx, units)
	if err != nil {
		return seats{}, err
	}
	list := seats{Host: s.host}
	for _, v := range visitors {
		list.Seats = append(list.Seats, seat{Unit: v.unit, Board: fmt.Sprintf("/board/%d/%d", directive, v.unit), Cookie: v.cookie})
	}
	return list, nil
}

// report has reports submitted and accepted at a rate, whether or not those
// before are done.
func (l *show) report(ctx context.Context, rate int) error {
	began := time.Now()
	return many(ctx, len(l.work.open), deciders, func(i int) error {
		due := began.Add(time.Duration(i) * time.Second / time.Duration(rate))
		time.Sleep(time.Until(due))
		behind := time.Since(due)
		slot := l.work.open[i]
		id, err := l.work.submit(ctx, slot)
		if err != nil {
			return err
		}
		position, err := l.work.accept(ctx, id)
		if err != nil {
			return err
		}
		now := moment{position, time.Now().UnixNano()}
		path := l.serving.Tree.Path(slot.Unit)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.late = max(l.late, behind)
		for _, u := range path {
			if u.ID == l.serving.root || u.Parent == l.serving.root {
				l.accepted[u.ID] = append(l.accepted[u.ID], now)
			}
		}
		return nil
	})
}
