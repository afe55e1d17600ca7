package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"time"

	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
)

// hall is the room of a briefing with picture and sound, carried by a process of its own: one
// site has the floor, the others see and hear it, and the strip of sites moves by stills.
type hall struct {
	media   *media.Supervisor
	dir     string
	letGo   func()
	meeting *meeting
	speaker *speaker
	crew    *child // the sites, in a process of their own
	word    *word

	mu    sync.Mutex // the crew is told one thing at a time
	sites int        // that have come in
}

// openHall starts LiveKit, as giaoban media does, has the program hold a briefing in it to which so
// many sites come, and lets one more speak.
func (b *bench) openHall(ctx context.Context, sites int) (h *hall, err error) {
	dir, err := os.MkdirTemp("", "giaoban-bench-media-")
	if err != nil {
		return nil, err
	}
	arguments := []string{"media", "--data", dir, "--alone", "10s", "--media-udp", "0", "--media-tcp", "0"}
	h = &hall{dir: dir, media: media.NewSupervisor(dir, arguments, os.Stderr, quiet())}
	running, cancel := context.WithCancel(ctx)
	var supervised sync.WaitGroup
	supervised.Go(func() { h.media.Run(running) })
	h.letGo = func() { cancel(); supervised.Wait() }
	waiting, enough := context.WithTimeout(ctx, time.Minute)
	defer enough()
	if err := h.media.Wait(waiting); err != nil {
		return nil, errors.Join(fmt.Errorf("starting LiveKit: %w", err), h.close())
	}
	b.carrier.Store(h.media)
	if err := h.begin(ctx, b, sites); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *hall) begin(ctx context.Context, b *bench, sites int) error {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	if h.meeting, err = s.meet(ctx, 1+sites); err != nil {
		return fmt.Errorf("calling a briefing of %d sites: %w", sites, err)
	}
	if h.crew, err = begin(ctx, b.Program, Sites); err != nil {
		return fmt.Errorf("starting the sites' process: %w", err)
	}
	if h.word, err = h.meeting.listen(ctx, h.obey); err != nil {
		return fmt.Errorf("listening to the room: %w", err)
	}
	h.speaker, err = h.speak()
	return err
}

// tell has the sites do something.
func (h *hall) tell(o order) (c came, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.crew.ask(o, &c); err != nil {
		return c, fmt.Errorf("telling the sites: %w", err)
	}
	if c.Wrong != "" {
		err = errors.New(c.Wrong)
	}
	return c, err
}

// obey has all sites take the layer that the program says.
func (h *hall) obey(step media.Step) {
	_, _ = h.tell(order{Step: &step}) // whoever counts next learns of what is wrong
}

// close has everybody leave and ends LiveKit.
func (h *hall) close() error {
	var errs []error
	if h.word != nil {
		h.word.close()
	}
	if h.crew != nil {
		errs = append(errs, h.crew.close())
	}
	if h.speaker != nil {
		h.speaker.stop()
	}
	if h.meeting != nil {
		errs = append(errs, h.meeting.end())
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	h.letGo() // who holds it would start it again
	errs = append(errs, media.Stop(ctx, h.dir), os.RemoveAll(h.dir))
	return errors.Join(errs...)
}

// pass is the address of the room and a pass for a unit's seat.
func (h *hall) pass(unit tree.UnitID, speaks bool) (address, token string, err error) {
	there, err := h.media.Find()
	if err != nil {
		return "", "", err
	}
	token, err = there.Token(media.Seat{
		Briefing: h.meeting.id, Identity: media.SiteIdentity(unit), Name: fmt.Sprint("site ", unit), Role: media.Site, Speaks: speaks, Shares: speaks,
	})
	return there.URL, token, err
}

// fill brings sites in until there are so many, and returns once all see and hear who has
// the floor.
func (h *hall) fill(ctx context.Context, number int) error {
	const atATime = 20 // so that the program's word is obeyed meanwhile
	for h.sites < number {
		o := order{Strip: h.meeting.address(""), Late: 30 * time.Second}
		for range min(atATime, number-h.sites) {
			ticket, err := h.ticket(h.sites)
			if err != nil {
				return err
			}
			o.Enter = append(o.Enter, ticket)
			h.sites++
		}
		if _, err := h.tell(o); err != nil {
			return errors.Join(err, ctx.Err())
		}
	}
	step := h.word.step()
	_, err := h.tell(order{Step: &step})
	return err
}

// inSight is how many of the strip are, on a desk's screen.
const inSight = 12

// ticket is that of one site, counted from 0.
func (h *hall) ticket(n int) (t ticket, err error) {
	sites, people := h.meeting.sites[1:], h.meeting.people[1:]
	var seen []string
	for i := range min(inSight, len(sites)) {
		seen = append(seen, fmt.Sprint(sites[(n+1+i)%len(sites)]))
	}
	t = ticket{Unit: sites[n], Cookie: people[n].cookie, InSight: strings.Join(seen, ",")}
	t.Address, t.Pass, err = h.pass(t.Unit, false)
	return t, err
}

// noise is what frames are filled with: what they show is nobody's matter here.
func noise(size int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	frame := make([]byte, size)
	for i := range frame {
		frame[i] = byte(random.Uint32())
	}
	return frame
}
