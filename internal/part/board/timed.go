package board

import (
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
)

// ApplyTimed is as [Boards.Apply], and tells how long it took to decode the
// events and, after that, to count them while readers wait.
func (b *Boards) ApplyTimed(events []ledger.Event) (decoding, counting time.Duration, err error) {
	began := clock.Machine.Now()
	effects, err := b.decode(events)
	if err != nil {
		return 0, 0, err
	}
	decoded := clock.Machine.Now()
	b.count(effects)
	return decoded.Sub(began), clock.Machine.Now().Sub(decoded), nil
}
