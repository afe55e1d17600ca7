package recording

import "time"

// Three hours are to stay under 3 GB. What is written may not run ahead of this pace by more
// than the reserve; quiet stretches pay for busy ones.
const (
	pace    = 250_000 // bytes a second: 2.7 GB in three hours
	reserve = 60 * pace
	step    = 30 * pace
)

// Levels of what is recorded of a picture.
const (
	sharp   = iota // the highest layer that is published
	reduced        // the one below
	small          // the lowest
	unseen         // sound alone
)

// budget holds what is written to the pace.
type budget struct {
	written int64
	level   int
}

// spend counts bytes and sets the level for a length of the recording; it says whether that
// has changed. A level is left when half of what led to it is saved.
func (b *budget) spend(n int64, length time.Duration) (changed bool) {
	b.written += n
	over := b.written - reserve - int64(length.Seconds()*pace)
	old := b.level
	for b.level < unseen && over > int64(b.level)*step {
		b.level++
	}
	for b.level > sharp && over < int64(b.level-1)*step-step/2 {
		b.level--
	}
	return b.level != old
}
