package bench

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// board measures reading boards in memory, now and at a past moment, and
// counting events.
func (b *bench) board(ctx context.Context) error {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	directives := s.Boards.Directives(s.root)
	if len(directives) == 0 {
		return errNoBoard
	}
	id := directives[len(directives)-1] // the first that was issued
	provinces := s.provinces()
	head, last, err := ledger.Head(ctx, s.DB.Reader())
	if err != nil {
		return err
	}
	past := last.AddDate(0, -4, 0)
	then, err := ledger.PositionAt(ctx, s.DB.Reader(), past)
	if err != nil {
		return err
	}
	at := board.Moment{Position: then, Day: clock.DateOf(past, s.Boards.Zone())}
	province := func(i int) tree.UnitID { return provinces[i%len(provinces)] }
	const often, some = 200_000, 5_000 // seconds each: the start of what serves is over
	var room board.Room                // as the board's page has one
	for _, c := range []struct {
		name  string
		reads int
		read  func(i int) (board.View, error)
	}{
		{"board.read.centre", often, func(int) (board.View, error) { return s.Boards.ReadIn(&room, id, s.root, 0) }},
		{"board.read.province", often, func(i int) (board.View, error) { return s.Boards.ReadIn(&room, id, province(i), 0) }},
		{"board.past.centre", some, func(int) (board.View, error) { return s.Boards.ReadAt(id, s.root, at, 0) }},
		{"board.past.province", some, func(i int) (board.View, error) { return s.Boards.ReadAt(id, province(i), at, 0) }},
		{"board.compared.centre", some, func(int) (board.View, error) { return s.Boards.ReadIn(&room, id, s.root, then) }},
	} {
		i := 0
		nanoseconds, err := each(c.reads, func() error {
			_, err := c.read(i)
			i++
			return err
		})
		if err != nil {
			return err
		}
		b.tell(c.name, nanoseconds/1000, "µs")
	}
	return b.rebuild(ctx, s, head)
}

var errNoBoard = fmt.Errorf("no directive was issued by the root: giaoban simulate makes an installation to measure")

// rebuild counts all events again in boards of its own, as a start without a
// snapshot does, and tells what reading, decoding and counting one event
// costs.
func (b *bench) rebuild(ctx context.Context, s *serving, head int64) error {
	boards := board.New(clock.NewManual(s.Now()))
	var reading, decoding, counting time.Duration
	for position := int64(0); position < head; {
		began := time.Now()
		events, err := ledger.After(ctx, s.DB.Reader(), position, 10_000)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			return fmt.Errorf("the log ends at %d, before %d", position, head)
		}
		reading += time.Since(began)
		decoded, counted, err := boards.ApplyTimed(events)
		if err != nil {
			return err
		}
		decoding, counting = decoding+decoded, counting+counted
		position = events[len(events)-1].Position
	}
	b.tell("board.events", float64(head), "events")
	b.tell("board.log-read", float64(reading.Nanoseconds())/float64(head)/1000, "µs/event")
	b.tell("board.decode", float64(decoding.Nanoseconds())/float64(head)/1000, "µs/event")
	b.tell("board.apply", float64(counting.Nanoseconds())/float64(head)/1000, "µs/event")
	return nil
}
