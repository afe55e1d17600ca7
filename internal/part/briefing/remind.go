package briefing

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// RemindAfter is how long a site is left in peace after it was reminded.
const RemindAfter = time.Hour

// Remind reminds the sites that have not answered, by the host's office; sites that
// were reminded less than [RemindAfter] ago are left out. It gives those that it
// reminded. Conflict when there is none to remind, or the briefing is not ahead.
func Remind(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) ([]tree.UnitID, error) {
	b, err := ahead(ctx, tx, actor, id)
	if err != nil {
		return nil, err
	}
	sites, err := Sites(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	var units []tree.UnitID
	waiting := false
	for _, s := range sites {
		if s.Unit == b.Unit || s.Answer != NoAnswer {
			continue
		}
		if waiting = true; tx.Now().Before(s.RemindedAt.Add(RemindAfter)) && !s.RemindedAt.IsZero() {
			continue
		}
		units = append(units, s.Unit)
		if _, err := tx.ExecContext(ctx, `UPDATE briefing_site SET reminded_at = $1 WHERE id = $2`, store.Micro(tx.Now()), s.ID); err != nil {
			return nil, fmt.Errorf("reminding site %d: %w", s.ID, err)
		}
	}
	switch {
	case !waiting:
		return nil, fault.New(fault.Conflict, "briefing.all-answered")
	case len(units) == 0:
		return nil, fault.New(fault.Conflict, "briefing.just-reminded")
	}
	return units, b.tell(tx, SitesReminded, b.Unit, SitesNamed{Briefing: b.ID, Units: units})
}

// Ahead gives the briefings that are called and not begun.
func Ahead(ctx context.Context, q store.Querier) ([]Briefing, error) {
	return readBriefings(ctx, q, `WHERE state = 'called' ORDER BY id`)
}
