package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"sync"
	"time"

	"giaoban/internal/base/tree"
)

// moment is an accepted report: the position of its event, and when its
// transaction was durable.
type moment struct {
	position int64
	at       time.Time
}

// show is live screens and what is accepted before them.
type show struct {
	serving *serving
	work    *work
	screens []*screen

	mu       sync.Mutex
	accepted map[tree.UnitID][]moment // by province; the root's are all
	late     time.Duration            // how far behind its plan the last report began
}

// live measures how soon an accepted report is on all screens that show it:
// half of them on the root's board, half spread over the boards below.
func (b *bench) live(ctx context.Context) error { return b.watch(ctx, "live", b.Screens, b.Time) }

// crowd measures the same before more screens than are asked for, for half as
// long: where it ends.
func (b *bench) crowd(ctx context.Context) error {
	return b.watch(ctx, "crowd", b.Screens*5/2, b.Time/2)
}

func (b *bench) watch(ctx context.Context, name string, screens int, long time.Duration) error {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	reports := b.Rate * int(long/time.Second)
	w, err := b.work(ctx, s.App, reports)
	if err != nil {
		return err
	}
	l := &show{serving: s, work: w, accepted: map[tree.UnitID][]moment{}}
	if err := l.open(ctx, screens); err != nil {
		return err
	}
	defer l.close()
	var watching sync.WaitGroup
	for _, one := range l.screens {
		watching.Go(one.watch)
	}
	began := time.Now()
	if err := l.report(ctx, b.Rate); err != nil {
		return err
	}
	took := time.Since(began)
	memory, err := resident(os.Getpid())
	if err != nil {
		return err
	}
	behind := l.settle(ctx)
	wrong, err := l.compare(ctx)
	if err != nil {
		return err
	}
	l.close()
	watching.Wait()
	b.tell(name+".screens", float64(len(l.screens)), "screens")
	b.tell(name+".accepted.rate", float64(reports)/took.Seconds(), "reports/s")
	b.tell(name+".late", l.late.Seconds(), "s")
	b.tell(name+".memory", memory, "MiB of the program and all who measure it")
	l.figures(b, name, behind, wrong, took)
	return nil
}

// open opens the screens and reads what the first of each board shows.
func (l *show) open(ctx context.Context, number int) error {
	provinces := l.serving.provinces()
	units := make([]tree.UnitID, number)
	for i := range units {
		if units[i] = l.serving.root; i%2 == 1 {
			units[i] = provinces[i/2%len(provinces)]
		}
	}
	visitors, err := l.serving.visitors(ctx, units)
	if err != nil {
		return err
	}
	known := map[tree.UnitID]bool{}
	for _, v := range visitors {
		c, err := dial(ctx, l.serving.host, v.cookie)
		if err != nil {
			return err
		}
		one := &screen{client: c, unit: v.unit, first: !known[v.unit], cells: map[[2]int64][]int64{}}
		l.screens = append(l.screens, one)
		if err := c.stream(fmt.Sprintf("/board/%d/%d/live", l.work.directive, v.unit)); err != nil {
			return err
		}
		if known[v.unit] = true; one.first {
			if one.cells, err = l.fresh(ctx, v.unit, v.cookie); err != nil {
				return err
			}
		}
	}
	return nil
}

// fresh reads all cells of a board over HTTP, as a page does that has seen
// nothing.
func (l *show) fresh(ctx context.Context, unit tree.UnitID, cookie string) (map[[2]int64][]int64, error) {
	address := fmt.Sprintf("http://%s/board/%d/%d/changes?since=0", l.serving.host, l.work.directive, unit)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Cookie", cookie)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var message struct {
		Cells [][]int64 `json:"cells"`
	}
	if err := json.NewDecoder(response.Body).Decode(&message); err != nil {
		return nil, err
	}
	cells := map[[2]int64][]int64{}
	for _, cell := range message.Cells {
		cells[[2]int64{cell[0], cell[1]}] = cell[2:]
	}
	return cells, nil
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
		now := moment{position, time.Now()}
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

// settle waits until all screens have what was accepted last, or for ten
// seconds, and gives how many have not.
func (l *show) settle(ctx context.Context) int {
	for _, list := range l.accepted {
		slices.SortFunc(list, func(a, b moment) int { return int(a.position - b.position) })
	}
	until := time.Now().Add(10 * time.Second)
	for {
		behind := 0
		for _, one := range l.screens {
			if list := l.accepted[one.unit]; len(list) > 0 && one.last.Load() < list[len(list)-1].position {
				behind++
			}
		}
		if behind == 0 || time.Now().After(until) || ctx.Err() != nil {
			return behind
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// compare gives how many boards' first screens show something else than a fresh
// read.
func (l *show) compare(ctx context.Context) (wrong int, err error) {
	for _, one := range l.screens {
		if !one.first {
			continue
		}
		fresh, err := l.fresh(ctx, one.unit, one.client.cookie)
		if err != nil {
			return 0, err
		}
		for key, cell := range fresh {
			if !slices.Equal(cell, one.cells[key]) {
				wrong++
				break
			}
		}
	}
	return wrong, nil
}

func (l *show) close() {
	for _, one := range l.screens {
		_ = one.client.conn.Close() // a second time it is closed already
	}
}

// figures tells what the screens have seen.
func (l *show) figures(b *bench, name string, behind, wrong int, took time.Duration) {
	var all buckets
	missed, gaps, other, pushes := 0, 0, 0, 0
	sums := map[tree.UnitID]uint64{}
	for _, one := range l.screens {
		gaps += one.gaps
		pushes = max(pushes, len(one.seen))
		if one.first {
			sums[one.unit] = one.sum.Sum64()
		} else if one.sum.Sum64() != sums[one.unit] {
			other++
		}
		at := 0
		for _, m := range l.accepted[one.unit] {
			for at < len(one.seen) && one.seen[at].to < m.position {
				at++
			}
			if at == len(one.seen) {
				missed++
				continue
			}
			all.add(one.seen[at].at.Sub(m.at))
		}
	}
	b.tell(name+".received.p50", all.percentile(50), "ms")
	b.tell(name+".received.p99", all.percentile(99), "ms")
	b.tell(name+".received.max", float64(all.most.Microseconds())/1000, "ms")
	b.tell(name+".pushes", float64(pushes)/took.Seconds(), "pushes/s at most on a board")
	b.tell(name+".missed", float64(missed), "reports on screens")
	b.tell(name+".gaps", float64(gaps), "messages")
	b.tell(name+".behind", float64(behind), "screens")
	b.tell(name+".different", float64(wrong+other), "screens and boards that differ from a fresh read")
}
