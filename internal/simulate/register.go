package simulate

import (
	"context"
	"fmt"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/register"
)

// symbols sets what stands in the numbers of two offices' papers.
func (d Demo) symbols(ctx context.Context, tx *ledger.Tx) error {
	for _, office := range []struct{ login, symbol string }{{"trunguong", "VPTW"}, {"bacninh", "VPTU"}} {
		actor, _, err := d.leader(ctx, tx, office.login)
		if err != nil {
			return err
		}
		if err := register.SetSymbol(ctx, tx, actor, actor.Home(), office.symbol); err != nil {
			return fmt.Errorf("%s sets the symbol of its office: %w", office.login, err)
		}
	}
	return nil
}
