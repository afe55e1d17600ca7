package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
)

// Sites is the name of the command that [Attend] is run as.
const Sites = "bench-sites"

// ticket lets a site into the room, and says whose stills it has in sight.
type ticket struct {
	Unit    tree.UnitID
	Address string // of LiveKit
	Pass    string
	Cookie  string
	InSight string // units, with commas
}

// order is what the process of the sites is told; each is done before the next.
type order struct {
	Strip string        // the address under which the program takes and gives stills, told first
	Enter []ticket      // who comes in
	Step  *media.Step   // what all take from now on
	Count bool          // what came since it was asked last
	Late  time.Duration // how long those who come in may wait for the first picture and sound
}

// came is what came to all sites, and why something did not.
type came struct {
	Sites, Seeing, Hearing, Dropped int
	Sharp                           int           // sites to which the largest layer came
	Slowest                         float64       // frames a second, of the site to which the fewest came
	Sent, Lost                      int64         // packets
	Bits                            float64       // in all
	Stills                          int           // that came for the strip
	Late                            time.Duration // the longest that a site took for its own still and the others'
	Wrong                           string
}

// attendance is the sites of one process.
type attendance struct {
	strip *strip
	began time.Time

	mu    sync.Mutex
	sites []*site
	step  media.Step
}

// Attend is the process of a briefing's sites: it reads orders and answers each, until in ends.
func Attend(ctx context.Context, in io.Reader, out io.Writer) error {
	debug.SetGCPercent(400) // what it takes is nobody's matter: it shares its processors with what is measured
	a := &attendance{strip: newStrip(), began: time.Now()}
	defer a.leave()
	asked, answer := json.NewDecoder(bufio.NewReader(in)), json.NewEncoder(out)
	for {
		var o order
		err := asked.Decode(&o)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading what the sites are to do: %w", err)
		}
		if err := answer.Encode(a.obey(ctx, o)); err != nil {
			return err
		}
	}
}

func (a *attendance) obey(ctx context.Context, o order) (c came) {
	if o.Step != nil {
		a.step = *o.Step
		for _, s := range a.sites {
			s.take(a.step)
		}
	}
	if err := a.enter(ctx, o); err != nil {
		c.Wrong = err.Error()
	}
	if o.Count {
		c = a.count()
		if err := a.strip.wrong(); err != nil {
			c.Wrong = err.Error()
		}
	}
	return c
}

// apart is how soon one site comes after another: each is a handshake with keys on both sides.
const apart = 80 * time.Millisecond

// enter brings sites in, and returns once all see and hear who has the floor.
func (a *attendance) enter(ctx context.Context, o order) error {
	began := time.Now()
	err := many(ctx, len(o.Enter), 2, func(i int) error {
		time.Sleep(time.Until(began.Add(time.Duration(i) * apart)))
		s, err := enter(o.Enter[i])
		if err != nil {
			return err
		}
		s.take(a.step)
		a.strip.show(ctx, o.Strip, o.Enter[i])
		a.mu.Lock()
		defer a.mu.Unlock()
		a.sites = append(a.sites, s)
		return nil
	})
	late := time.Now().Add(o.Late)
	for _, s := range a.sites {
		for err == nil && (!s.picture.comes() || !s.sound.comes()) {
			if time.Now().After(late) {
				err = errors.New("a site sees or hears nothing")
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return err
}

// count is what came since the last time.
func (a *attendance) count() (c came) {
	took := time.Since(a.began).Seconds()
	for _, s := range a.sites {
		c.add(s, took)
	}
	c.Stills, c.Late = a.strip.count()
	a.began = time.Now()
	return c
}

const sharpRate = 1_000_000 // bits a second that only the largest layer has

// add adds what came to a site in so many seconds.
func (c *came) add(s *site, took float64) {
	for _, stream := range []*stream{&s.picture, &s.sound} {
		due, tally := stream.count()
		c.Sent += due
		c.Lost += max(0, due-tally.got)
		c.Bits += float64(8 * tally.size)
		switch {
		case stream == &s.sound && tally.got > 0:
			c.Hearing++
		case stream == &s.picture && tally.got > 0:
			c.Seeing++
		}
		if stream != &s.picture {
			continue
		}
		if frames := float64(tally.frames) / took; c.Sites == 0 || frames < c.Slowest {
			c.Slowest = frames
		}
		if float64(8*tally.size)/took > sharpRate {
			c.Sharp++
		}
	}
	c.Sites++
	if s.gone.Load() {
		c.Dropped++
	}
}

func (a *attendance) leave() {
	a.strip.close()
	for _, s := range a.sites {
		s.room.Disconnect()
	}
}
