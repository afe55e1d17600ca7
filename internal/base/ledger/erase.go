package ledger

import (
	"context"
	"fmt"

	"giaoban/internal/base/store"
)

// keptHashes fills in what was kept of the payloads that are erased in rows.
func keptHashes(ctx context.Context, q store.Querier, rows []row) error {
	for i := range rows {
		if !rows[i].erased {
			continue
		}
		var hash []byte
		err := q.QueryRowContext(ctx, `SELECT hash FROM ledger_erasure WHERE position = $1`, rows[i].event.Position).Scan(&hash)
		if err != nil && !store.Missing(err) {
			return fmt.Errorf("reading what is left of event %d: %w", rows[i].event.Position, err)
		}
		rows[i].hash = hashOf(hash)
	}
	return nil
}
