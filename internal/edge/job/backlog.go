package job

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/store"
)

// Backlog is what nobody does though it is due.
type Backlog struct {
	Late    int       // jobs that were due by a moment and have not begun
	Oldest  time.Time // when the first of these was due; zero for none
	Failing int       // jobs that failed over and over, or were given up for that
}

// failing is how often a job has failed that fails over and over. The sixth attempt is
// some ten minutes after the first.
const failing = 5

// Behind says what was due by a moment. In a database without jobs there is nothing.
func Behind(ctx context.Context, db *store.DB, by time.Time) (b Backlog, err error) {
	tables, due := `SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'river_job'`, `unixepoch(scheduled_at)`
	if db.Engine() == store.Postgres {
		tables, due = `SELECT COUNT(to_regclass('river_job'))`, `CAST(EXTRACT(EPOCH FROM scheduled_at) AS BIGINT)`
	}
	var there int
	if err := db.Reader().QueryRowContext(ctx, tables).Scan(&there); err != nil {
		return Backlog{}, fmt.Errorf("looking for the tables of jobs: %w", err)
	}
	if there == 0 {
		return Backlog{}, nil
	}
	var oldest int64
	err = db.Reader().QueryRowContext(ctx, `SELECT COALESCE(SUM(late), 0), COALESCE(MIN(CASE late WHEN 1 THEN due END), 0), COALESCE(SUM(failing), 0) FROM (
		SELECT due, CASE WHEN state IN ('available', 'scheduled', 'retryable') AND due < $1 THEN 1 ELSE 0 END AS late,
			CASE WHEN state = 'discarded' OR state = 'retryable' AND attempt >= $2 THEN 1 ELSE 0 END AS failing
		FROM (SELECT CAST(state AS TEXT) AS state, attempt, `+due+` AS due FROM river_job) j) k`, by.Unix(), failing).Scan(&b.Late, &oldest, &b.Failing)
	if err != nil {
		return Backlog{}, fmt.Errorf("counting jobs: %w", err)
	}
	if b.Late > 0 {
		b.Oldest = time.Unix(oldest, 0)
	}
	return b, nil
}
