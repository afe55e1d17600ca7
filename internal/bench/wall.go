package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"giaoban/internal/base/tree"
)

// wall is live screens, as a room has them.
type wall struct {
	host     string
	screens  []*screen
	watching sync.WaitGroup
}

// open opens the screens and reads what the first of each board shows.
func (w *wall) open(ctx context.Context, list []seat) error {
	known := map[tree.UnitID]bool{}
	for _, s := range list {
		c, err := dial(ctx, w.host, s.Cookie)
		if err != nil {
			return err
		}
		one := &screen{client: c, seat: s, first: !known[s.Unit], cells: map[[2]int64][]int64{}}
		w.screens = append(w.screens, one)
		if err := c.stream(s.Board + "/live"); err != nil {
			return err
		}
		if known[s.Unit] = true; one.first {
			if one.cells, err = w.fresh(ctx, s); err != nil {
				return err
			}
		}
	}
	for _, one := range w.screens {
		w.watching.Go(one.watch)
	}
	return nil
}

// fresh reads all cells of a board over HTTP, as a page does that has seen
// nothing.
func (w *wall) fresh(ctx context.Context, s seat) (map[[2]int64][]int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://%s%s/changes?since=0", w.host, s.Board), http.NoBody)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Cookie", s.Cookie)
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

// settle waits until all screens have what was accepted last, or for ten
// seconds, ends them and gives what they saw.
func (w *wall) settle(ctx context.Context, accepted map[tree.UnitID][]moment) (saw, error) {
	behind := w.behind(accepted)
	for until := time.Now().Add(10 * time.Second); behind > 0 && time.Now().Before(until) && ctx.Err() == nil; behind = w.behind(accepted) {
		time.Sleep(20 * time.Millisecond)
	}
	wrong, err := w.compare(ctx)
	if err != nil {
		return saw{}, err
	}
	w.close()
	w.watching.Wait()
	result := w.saw(accepted)
	result.Behind, result.Different = behind, result.Different+wrong
	return result, nil
}

// behind is how many screens have not what was accepted last.
func (w *wall) behind(accepted map[tree.UnitID][]moment) (behind int) {
	for _, one := range w.screens {
		if list := accepted[one.seat.Unit]; len(list) > 0 && one.last.Load() < list[len(list)-1].Position {
			behind++
		}
	}
	return behind
}

// compare gives how many boards' first screens show something else than a fresh
// read.
func (w *wall) compare(ctx context.Context) (wrong int, err error) {
	for _, one := range w.screens {
		if !one.first {
			continue
		}
		fresh, err := w.fresh(ctx, one.seat)
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

func (w *wall) close() {
	for _, one := range w.screens {
		_ = one.client.conn.Close() // a second time it is closed already
	}
}

// saw is what the screens, which have ended, have seen of what was accepted.
func (w *wall) saw(accepted map[tree.UnitID][]moment) (result saw) {
	var all buckets
	sums := map[tree.UnitID]uint64{}
	for _, one := range w.screens {
		result.Gaps += one.gaps
		result.Pushes = max(result.Pushes, len(one.seen))
		if one.first {
			sums[one.seat.Unit] = one.sum.Sum64()
		} else if one.sum.Sum64() != sums[one.seat.Unit] {
			result.Different++
		}
		at := 0
		for _, m := range accepted[one.seat.Unit] {
			for at < len(one.seen) && one.seen[at].to < m.Position {
				at++
			}
			if at == len(one.seen) {
				result.Missed++
				continue
			}
			all.add(time.Duration(one.seen[at].at - m.At))
		}
	}
	result.P50, result.P99, result.Most = all.percentile(50), all.percentile(99), float64(all.most.Microseconds())/1000
	return result
}
