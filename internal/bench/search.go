package bench

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/search"
)

// said is what people look for, letter by letter, and some of what the difficulties
// say that are raised for it.
var said = []string{
	"chi bộ yên phong", "chi bo 2", "đại hội đảng bộ", "dai hoi", "35-ct/tw", "thiếu nguồn cấp ủy nữ", "thieu nguon", "hội trường đang sửa",
	"nhan su dai hoi", "đường vào thôn bị ngập", "giao ban", "huyện tân", "xa binh", "kinh phí", "khong co gi nhu the",
}

// Sizes of what is measured: difficulties of a year, raised in the copy since a made-up
// country has few; people who type at once; and how fast.
const (
	yearsDifficulties = 5000
	typists           = 20
	betweenLetters    = 150 * time.Millisecond
)

// search measures search as one types: by people of the centre, of provinces and of
// units further down, over all units and a year's difficulties.
func (b *bench) search(ctx context.Context) error {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	units := []tree.UnitID{s.root}
	provinces := s.provinces()
	for i := range typists - 1 {
		unit := provinces[i%len(provinces)]
		for range i % 3 { // itself, and one or two floors below it
			if below := s.Tree.Children(unit); len(below) > 0 {
				unit = below[i%len(below)].ID
			}
		}
		units = append(units, unit)
	}
	if err := s.raiseMany(ctx); err != nil {
		return err
	}
	began := time.Now()
	if err := s.indexed(ctx); err != nil {
		return err
	}
	b.tell("search.index", time.Since(began).Seconds(), "s until all of it can be found")
	visitors, err := s.visitors(ctx, units)
	if err != nil {
		return err
	}
	var took times
	var group sync.WaitGroup
	errs := make(chan error, len(visitors))
	until := time.Now().Add(b.Time / 2)
	for i, v := range visitors {
		group.Go(func() { errs <- typeOn(ctx, s.host, v, i, until, &took) })
	}
	group.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	b.tell("search.typing.p50", took.percentile(50), "ms")
	b.tell("search.typing.p99", took.percentile(99), "ms")
	return nil
}

// typeOn has somebody type one thing after the other.
func typeOn(ctx context.Context, host string, v visitor, first int, until time.Time, took *times) error {
	c, err := dial(ctx, host, v.cookie)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	for i := first; ; i++ {
		letters := []rune(said[i%len(said)])
		for n := range letters {
			if time.Now().After(until) || ctx.Err() != nil {
				return ctx.Err()
			}
			_, one, err := c.get("/search/found?q=" + url.QueryEscape(string(letters[:n+1])))
			if err != nil {
				return err
			}
			took.add(one)
			time.Sleep(betweenLetters)
		}
	}
}

// raiseMany has units of all provinces raise the difficulties of a year.
func (s *serving) raiseMany(ctx context.Context) error {
	provinces := s.provinces()
	var raising []tree.UnitID
	for _, p := range provinces {
		for _, u := range s.Tree.Children(p) {
			raising = append(raising, u.ID)
		}
	}
	if len(raising) == 0 {
		return fmt.Errorf("no unit stands below a province")
	}
	const batch = 250
	for from := 0; from < yearsDifficulties; from += batch {
		_, err := s.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
			for i := from; i < from+batch; i++ {
				about := said[i%len(said)]
				_, err := difficulty.Raise(ctx, tx, access.Program(s.Tree), difficulty.RaiseCommand{
					Unit: raising[i%len(raising)], Key: fmt.Sprintf("do-%d", i), Sort: difficulty.Obstacle, Kind: "personnel",
					Title: fmt.Sprintf("Việc %d: %s", i, about), Obstacle: fmt.Sprintf("Đến nay %s, đề nghị hướng dẫn; %s.", about, said[(i+3)%len(said)]),
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("raising difficulties to be found: %w", err)
		}
	}
	return nil
}

// indexed returns when the index has all that is in the log.
func (s *serving) indexed(ctx context.Context) error {
	head, _, err := ledger.Head(ctx, s.DB.Reader())
	if err != nil {
		return err
	}
	for {
		cursors, err := follow.Cursors(ctx, s.DB.Reader())
		if err != nil {
			return err
		}
		if cursors[search.Follower] >= head {
			return nil
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
