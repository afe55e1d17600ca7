package bench

import (
	"errors"
	"os"
	"time"

	"giaoban/internal/edge/media"
)

// carried is what a hall carried for a while.
type carried struct {
	came
	step                         media.Step // how many layers below the largest the picture ended
	seconds                      float64
	carrier, clients, program    float64 // processors: the shares of one core of LiveKit's process, the sites' and this one
	carrierMemory, clientsMemory float64 // MiB
}

// carry counts what goes through the hall while something is done.
func (h *hall) carry(do func() error) (c carried, err error) {
	processes := []int{h.media.Process(), h.crew.process.Process.Pid, os.Getpid()}
	before := make([]time.Duration, len(processes))
	if _, err := h.tell(order{Count: true}); err != nil {
		return c, err
	}
	began := time.Now()
	for i, process := range processes {
		if before[i], err = media.ProcessorTime(process); err != nil {
			return c, err
		}
	}
	if err := do(); err != nil {
		return c, err
	}
	c.seconds = time.Since(began).Seconds()
	for i, into := range []*float64{&c.carrier, &c.clients, &c.program} {
		after, err := media.ProcessorTime(processes[i])
		if err != nil {
			return c, err
		}
		*into = (after - before[i]).Seconds() / c.seconds
	}
	if c.came, err = h.tell(order{Count: true}); err != nil {
		return c, err
	}
	c.step = h.word.step()
	var wrong [2]error
	c.carrierMemory, wrong[0] = resident(processes[0])
	c.clientsMemory, wrong[1] = resident(processes[1])
	return c, errors.Join(wrong[:]...)
}

// loss is how many of a hundred packets never came.
func (c carried) loss() float64 { return 100 * float64(c.Lost) / float64(max(1, c.Sent)) }

// What is called the end: so many of a hundred packets lost, or fewer frames a second at a site than that; the
// smaller layers have 20.
const (
	loses  = 1
	fluent = 12
)

// whole says whether all sites had picture and sound, and none of them stuttered.
func (c carried) whole() bool {
	return c.loss() <= loses && c.Dropped == 0 && c.Seeing == c.Sites && c.Hearing == c.Sites && c.Slowest >= fluent
}
