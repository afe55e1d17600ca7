package letter

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// SendAgain has letters about a briefing sent again that could not be sent or still
// wait, to those of one unit or, where that is 0, to all; and invites those of the
// unit who came since. It gives how many are to be sent. Conflict when the briefing
// is no longer ahead.
func SendAgain(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (n int, err error) {
	b, err := briefing.Get(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if err := actor.May(access.BriefingCall, b.Unit); err != nil {
		return 0, err
	}
	if b.State != briefing.Called && b.State != briefing.Cancelled || !tx.Now().Before(b.Begins) {
		return 0, fault.New(fault.Conflict, "letter.too-late")
	}
	letters, err := Of(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	written := map[int64]bool{}
	for _, l := range letters {
		written[l.Person] = true
		if l.State == Sent || unit != 0 && l.Unit != unit {
			continue
		}
		n++
		if _, err := tx.ExecContext(ctx, `UPDATE letter SET state = 'waiting', attempts = 0, due_at = 0, job_id = 0 WHERE id = $1`, l.ID); err != nil {
			return 0, fmt.Errorf("having letter %d sent again: %w", l.ID, err)
		}
		if err := account.AddressAgain(ctx, tx, l.Person); err != nil {
			return 0, err
		}
	}
	if b.State != briefing.Called {
		return n, nil
	}
	people, err := Recipients(ctx, tx, b)
	if err != nil {
		return 0, err
	}
	for _, r := range people {
		if written[r.ID] || unit != 0 && r.Unit != unit {
			continue
		}
		n++
		l := Letter{Briefing: id, Unit: r.Unit, Person: r.ID, Kind: Invited, Begins: b.Begins, Minutes: b.Minutes, MadeAt: tx.Now()}
		if err := l.add(ctx, tx); err != nil {
			return 0, err
		}
	}
	return n, nil
}
