package briefing

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/store"
)

// Clocks say what moment of the business clock it was at moments of the machine's,
// while a briefing was recorded. They differ in a demonstration; elsewhere only by how long the
// machine takes to ask both. Without any they are the same.
type Clocks []clocks

type clocks struct {
	since time.Time // of the machine
	ahead time.Duration
}

// apart is how far two readings of the same distance may differ.
const apart = time.Second

// ClocksOf gives the clocks of a briefing's recording.
func ClocksOf(ctx context.Context, q store.Querier, briefing int64) (list Clocks, err error) {
	rows, err := q.QueryContext(ctx, `SELECT since, ahead FROM briefing_recording_clock WHERE briefing_id = $1 ORDER BY since`, briefing)
	if err != nil {
		return nil, fmt.Errorf("reading the clocks of briefing %d: %w", briefing, err)
	}
	defer rows.Close()
	for rows.Next() {
		var since, ahead int64
		if err := rows.Scan(&since, &ahead); err != nil {
			return nil, fmt.Errorf("reading a clock of briefing %d: %w", briefing, err)
		}
		list = append(list, clocks{store.Moment(since), time.Duration(ahead) * time.Microsecond})
	}
	return list, rows.Err()
}

// agree says whether the last reading still holds.
func (c Clocks) agree(machine, business time.Time) bool {
	return len(c) > 0 && (business.Sub(machine)-c[len(c)-1].ahead).Abs() < apart
}

// Business is the moment of the business clock at one of the machine's.
func (c Clocks) Business(machine time.Time) time.Time {
	for i := len(c) - 1; i >= 0; i-- {
		if i == 0 || !machine.Before(c[i].since) {
			return machine.Add(c[i].ahead)
		}
	}
	return machine
}

// Machine is the moment of the machine's clock at one of the business clock. Where that
// was set back, a moment that was twice is the later one.
func (c Clocks) Machine(business time.Time) time.Time {
	for i := len(c) - 1; i >= 0; i-- {
		if machine := business.Add(-c[i].ahead); i == 0 || !machine.Before(c[i].since) {
			return machine
		}
	}
	return business
}
