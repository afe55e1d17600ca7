package doctor

import (
	"context"
	"time"

	"giaoban/internal/edge/job"
)

// longDue is how late a job may begin while a program serves: one job of each kind is
// done at a time, and one may take two minutes.
const longDue = time.Hour

// jobs looks for work that waits in the database and that nobody does, or that fails
// over and over.
func jobs(ctx context.Context, p Patient) (found []Finding, err error) {
	now := p.Machine.Now()
	behind, err := job.Behind(ctx, p.DB, now.Add(-longDue))
	if err != nil {
		return nil, err
	}
	if behind.Late > 0 && p.Served { // while none serves they wait for the next start
		found = append(found, wrong("doctor.jobs.late", "n", behind.Late, "hours", int(now.Sub(behind.Oldest)/time.Hour)))
	}
	if behind.Failing > 0 {
		found = append(found, wrong("doctor.jobs.failing", "n", behind.Failing))
	}
	return found, nil
}
