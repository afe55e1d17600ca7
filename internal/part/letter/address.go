package letter

import (
	"context"
	"fmt"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// followAddress has the letters go that an address refused, once the person has another
// or it is to be tried again.
func followAddress(ctx context.Context, tx store.Querier, e ledger.Event) error {
	if e.Kind != account.Changed && e.Kind != account.AddressTried {
		return nil
	}
	p, err := account.Find(ctx, tx, account.PersonOf(e))
	if err != nil || unreachable(p) != NoTrouble {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE letter SET state = 'waiting', attempts = 0, due_at = 0, job_id = 0 WHERE person_id = $1 AND state = 'failed' AND trouble = 'address'`, p.ID)
	if err != nil {
		return fmt.Errorf("having the letters of person %d sent again: %w", p.ID, err)
	}
	return nil
}
