package cast

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"

	"giaoban/internal/edge/media"
)

// Cast is the made-up sites of an installation.
type Cast struct {
	Find media.Finder
	// Seats are those that made-up sites are to have now, in the order in which they
	// come in.
	Seats func(context.Context) ([]Seat, error)
	Log   *slog.Logger

	playing map[place]*player
	rests   map[place]int // looks until an empty seat is taken again
}

// LiveKit's client tells every step of every connection.
func init() { lksdk.SetLogger(logger.GetDiscardLogger()) }

// Seat is one that a made-up site is to have.
type Seat struct {
	media.Seat
	Floor bool // it is to be heard
}

type place struct {
	briefing int64
	identity string
}

func placeOf(s media.Seat) place { return place{s.Briefing, s.Identity} }

const (
	between = 500 * time.Millisecond // from one look at the rooms to the next
	// rest is how many looks a seat stays empty after a person had it: a browser that
	// loads its page anew comes back to it.
	rest = 10
	// atOnce is how many come in side by side: each is a handshake with keys.
	atOnce = 2
)

// Run plays until ctx ends.
func (c *Cast) Run(ctx context.Context) {
	c.playing, c.rests = map[place]*player{}, map[place]int{}
	defer func() {
		for _, p := range c.playing {
			p.leave()
		}
	}()
	tick := time.NewTicker(between)
	defer tick.Stop()
	for {
		if err := c.look(ctx); err != nil && ctx.Err() == nil {
			c.Log.DebugContext(ctx, "made-up sites are not in their seats", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// look has everybody leave who is not wanted any more, and come in who is missing.
func (c *Cast) look(ctx context.Context) error {
	seats, err := c.Seats(ctx)
	if err != nil {
		return err
	}
	wanted := map[place]bool{}
	for _, s := range seats {
		wanted[placeOf(s.Seat)] = true
	}
	for at, p := range c.playing {
		if !wanted[at] {
			p.leave()
		}
		if p.ended() {
			delete(c.playing, at)
		}
	}
	taken, watched, err := c.taken(ctx, seats)
	if err != nil {
		return err
	}
	var free []Seat
	for _, s := range seats {
		at := placeOf(s.Seat)
		p := c.playing[at]
		switch {
		case p != nil:
			p.floor.Store(s.Floor)
			p.watched.Store(watched[s.Briefing])
		case taken[at]:
			c.rests[at] = rest
		case c.rests[at] > 0:
			c.rests[at]--
		default:
			free = append(free, s)
		}
	}
	return c.enter(ctx, free)
}

// taken are the seats in which somebody is, made up or not, and the briefings in whose
// rooms somebody is who is not made up.
func (c *Cast) taken(ctx context.Context, seats []Seat) (taken map[place]bool, watched map[int64]bool, err error) {
	taken, watched = map[place]bool{}, map[int64]bool{}
	for _, s := range seats {
		if _, asked := watched[s.Briefing]; asked {
			continue
		}
		people, err := c.Find.People(ctx, s.Briefing)
		if err != nil {
			return nil, nil, err
		}
		watched[s.Briefing] = false
		for _, p := range people {
			at := placeOf(p.Seat)
			taken[at] = true
			if c.playing[at] == nil {
				watched[s.Briefing] = true
			}
		}
	}
	return taken, watched, nil
}

// enter brings some of those in who are missing; the next look brings the next, since
// people come in meanwhile.
func (c *Cast) enter(ctx context.Context, missing []Seat) error {
	there, err := c.Find()
	if err != nil || len(missing) == 0 {
		return err
	}
	missing = missing[:min(atATime, len(missing))]
	players := make([]*player, len(missing))
	failed := make([]error, len(missing))
	var coming sync.WaitGroup
	doors := make(chan struct{}, atOnce)
	for i, seat := range missing {
		coming.Go(func() {
			doors <- struct{}{}
			defer func() { <-doors }()
			if ctx.Err() == nil {
				players[i], failed[i] = enter(there, seat.Seat)
			}
		})
	}
	coming.Wait()
	for i, p := range players {
		if p != nil {
			p.floor.Store(missing[i].Floor)
			c.playing[placeOf(missing[i].Seat)] = p
		}
		if failed[i] != nil {
			err = failed[i]
		}
	}
	return err
}

// atATime is how many come in between two looks.
const atATime = 8
