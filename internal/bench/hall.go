package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
)

// hall is a room with picture and sound, carried by a process of its own: one site has
// the floor, the others see and hear it.
type hall struct {
	media   *media.Supervisor
	dir     string
	letGo   func()
	speaker *speaker
	sites   []*site
}

// openHall starts LiveKit, as giaoban media does, and lets one site speak.
func openHall(ctx context.Context) (h *hall, err error) {
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
	if h.speaker, err = h.speak(); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

// close has everybody leave and ends LiveKit.
func (h *hall) close() error {
	for _, s := range h.sites {
		s.room.Disconnect()
	}
	if h.speaker != nil {
		h.speaker.stop()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	h.letGo() // who holds it would start it again
	err := media.Stop(ctx, h.dir)
	return errors.Join(err, os.RemoveAll(h.dir))
}

// pass is the address of the room and a pass for a unit's seat.
func (h *hall) pass(unit int, speaks bool) (address, token string, err error) {
	there, err := h.media.Find()
	if err != nil {
		return "", "", err
	}
	token, err = there.Token(media.Seat{
		Briefing: 1, Identity: media.SiteIdentity(tree.UnitID(unit)), Name: "site " + strconv.Itoa(unit), Role: media.Site, Speaks: speaks,
	})
	return there.URL, token, err
}

// fill brings sites in until there are so many, and returns once all see and hear who has
// the floor.
func (h *hall) fill(ctx context.Context, number int) error {
	before := len(h.sites)
	coming := make([]*site, max(0, number-before))
	err := many(ctx, len(coming), 4, func(i int) (err error) {
		coming[i], err = h.enter(2 + before + i)
		return err
	})
	for _, s := range coming {
		if s != nil {
			h.sites = append(h.sites, s)
		}
	}
	if err != nil {
		return err
	}
	late := time.Now().Add(30 * time.Second)
	for _, s := range h.sites {
		for !s.picture.comes() || !s.sound.comes() {
			if time.Now().After(late) || ctx.Err() != nil {
				return errors.Join(errors.New("a site sees or hears nothing"), ctx.Err())
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return nil
}

// carried is what a hall carried for a while.
type carried struct {
	sites, seeing, hearing, dropped int
	sent, lost                      int64   // packets
	processor                       float64 // of LiveKit's process: the share of one core
	rate                            float64 // packets a second, to all sites
}

// carry counts what goes through the hall while something is done.
func (h *hall) carry(do func() error) (c carried, err error) {
	process := h.media.Process()
	for _, s := range h.sites {
		s.picture.begin()
		s.sound.begin()
	}
	began := time.Now()
	used, err := processor(process)
	if err != nil {
		return c, err
	}
	if err := do(); err != nil {
		return c, err
	}
	after, err := processor(process)
	if err != nil {
		return c, err
	}
	took := time.Since(began)
	c.processor = (after - used).Seconds() / took.Seconds()
	for _, s := range h.sites {
		c.sites++
		if s.gone.Load() {
			c.dropped++
		}
		for _, stream := range []*stream{&s.picture, &s.sound} {
			due, got := stream.count()
			c.sent += due
			c.lost += max(0, due-got)
		}
		if s.picture.comes() {
			c.seeing++
		}
		if s.sound.comes() {
			c.hearing++
		}
	}
	c.rate = float64(c.sent) / took.Seconds()
	return c, nil
}

// loss is how many of a hundred packets never came.
func (c carried) loss() float64 { return 100 * float64(c.lost) / float64(max(1, c.sent)) }

// processor is the time of the processor that a process has used, as Linux counts it.
func processor(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // its name may hold anything
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("what the system says of process %d is %q", pid, stat)
	}
	var ticks int64
	for _, field := range fields[11:13] { // of itself, and of the system for it
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
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
