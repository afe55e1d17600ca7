package account

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// GrantsAt gives the roles that people hold at a unit now, the oldest first. Who
// may know of them is for the caller to decide.
func GrantsAt(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Grant, error) {
	return grants(ctx, q, `unit = $1 AND ended = 0`, int64(unit))
}

// Holds says whether a person holds a role at a unit now.
func Holds(ctx context.Context, q store.Querier, person int64, g access.Grant) (bool, error) {
	held, err := grants(ctx, q, `person = $1 AND unit = $2 AND role = $3 AND ended = 0`, person, int64(g.Unit), string(g.Role))
	return len(held) > 0, err
}
