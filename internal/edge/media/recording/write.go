package recording

import (
	"context"
	"time"
)

const writeEvery = 250 * time.Millisecond

// writeAll writes what is due until ctx ends, and then what is left.
func (r *Recorder) writeAll(ctx context.Context) {
	tick := time.NewTicker(writeEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if !r.writeDue(r.timeline.now()) {
				return
			}
		case <-ctx.Done():
			r.endShots()
			r.writeDue(r.timeline.now() + 2*grace)
			return
		}
	}
}

// endShots ends what goes on in every lane.
func (r *Recorder) endShots() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.takes)
	r.recast()
}

// batch is what one lane has to write.
type batch struct {
	tape    *tape
	windows []window
}

// writeDue writes all that is due at a moment. The lock is not held while the disk is
// waited for, so that packets are taken up meanwhile.
func (r *Recorder) writeDue(now time.Duration) bool {
	r.mu.Lock()
	var work []batch
	for _, l := range r.lanes {
		if ready := l.due(now); len(ready) > 0 {
			work = append(work, batch{l.tape, ready})
		}
	}
	r.mu.Unlock()
	var wrote int64
	for _, b := range work {
		for _, w := range b.windows {
			n, err := b.tape.write(w)
			wrote += n
			if err != nil {
				r.fail(err)
				return false
			}
		}
	}
	r.mu.Lock()
	changed := r.budget.spend(wrote, now)
	level := r.budget.level
	r.mu.Unlock()
	if changed {
		r.log.Info("the recording's picture is changed to keep to its size", "level", level)
		r.look()
	}
	return true
}
