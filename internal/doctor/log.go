package doctor

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
)

// glance looks at the end of the log with the directory's key; ok is false when
// the directory has none.
func glance(ctx context.Context, p Patient) (g ledger.Glimpse, ok bool, err error) {
	if _, err := os.Stat(filepath.Join(p.Dir, p.Names.Key)); errors.Is(err, fs.ErrNotExist) {
		return g, false, nil // the key would be made
	}
	key, err := ledger.LoadKey(p.Dir)
	if err != nil {
		return g, false, err
	}
	err = p.DB.View(ctx, func(tx *sql.Tx) error {
		g, err = ledger.Glance(ctx, tx, key.Verifier)
		return err
	})
	return g, true, err
}

// key looks whether the key that signs the log is there and is the log's.
func key(ctx context.Context, p Patient) ([]Finding, error) {
	g, ok, err := glance(ctx, p)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return []Finding{wrong("doctor.key.missing", "path", filepath.Join(p.Dir, p.Names.Key))}, nil
	case g.Unsigned:
		return []Finding{wrong("doctor.key.foreign", "path", filepath.Join(p.Dir, p.Names.Key))}, nil
	}
	return nil, nil
}

// log looks whether the end of the log fits together.
func log(ctx context.Context, p Patient) (found []Finding, err error) {
	g, ok, err := glance(ctx, p)
	if err != nil || !ok {
		return nil, err
	}
	if g.Head != g.Last {
		found = append(found, wrong("doctor.log.head", "head", g.Head, "last", g.Last))
	}
	if g.Altered > 0 {
		found = append(found, wrong("doctor.log.altered", "n", g.Altered))
	}
	if g.Torn {
		found = append(found, wrong("doctor.log.tree", "n", g.Covered))
	}
	return found, nil
}

// mostBehind is how many events a follower may be behind while it is at work.
const mostBehind = 10_000

// followers looks whether those who follow the log keep up. Where nothing is
// served they need not: they catch up at the next start.
func followers(ctx context.Context, p Patient) (found []Finding, err error) {
	if !p.Served {
		return nil, nil
	}
	head, _, err := ledger.Head(ctx, p.DB.Reader())
	if err != nil {
		return nil, err
	}
	cursors, err := follow.Cursors(ctx, p.DB.Reader())
	for name, position := range cursors {
		if head-position > mostBehind {
			found = append(found, wrong("doctor.followers.behind", "name", name, "n", head-position))
		}
	}
	return found, err
}

// jitter is how far two machines' clocks may be apart and nobody minds.
const jitter = 2 * time.Minute

// clocks looks for a clock that was set back: behind the last event, or behind
// somebody's last page.
func clocks(ctx context.Context, p Patient) (found []Finding, err error) {
	_, last, err := ledger.Head(ctx, p.DB.Reader())
	if err != nil {
		return nil, err
	}
	if behind := last.Sub(p.Business.Now()); behind > jitter {
		found = append(found, wrong("doctor.clock.business", "n", minutes(behind)))
	}
	seen, err := account.LastSeen(ctx, p.DB.Reader())
	if err != nil {
		return nil, err
	}
	if behind := seen.Sub(p.Machine.Now()); behind > jitter {
		found = append(found, wrong("doctor.clock.machine", "n", minutes(behind)))
	}
	return found, nil
}

func minutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }
