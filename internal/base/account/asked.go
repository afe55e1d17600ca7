package account

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// FactorRoles gives the roles whose holders have to sign in by two steps, in the
// order of [access.Roles]. None at first.
func FactorRoles(ctx context.Context, q store.Querier) ([]access.Role, error) {
	rows, err := q.QueryContext(ctx, `SELECT role FROM factor_asked`)
	if err != nil {
		return nil, fmt.Errorf("reading who needs a second factor: %w", err)
	}
	defer rows.Close()
	asked := map[access.Role]bool{}
	for rows.Next() {
		var role access.Role
		if err := rows.Scan(&role); err != nil {
			return nil, fmt.Errorf("reading who needs a second factor: %w", err)
		}
		asked[role] = true
	}
	var list []access.Role
	for _, role := range access.Roles {
		if asked[role] {
			list = append(list, role)
		}
	}
	return list, rows.Err()
}

// AskFactor sets the roles whose holders have to sign in by two steps, by whoever
// runs the system at the root. It holds at once: a session without a second
// factor reaches nothing but the pages on which one is set up, [Session.Owes].
// Faults: Forbidden; Invalid at "roles".
func AskFactor(ctx context.Context, tx *ledger.Tx, actor access.Actor, root tree.UnitID, roles []access.Role) error {
	if err := actor.May(access.SystemRun, root); err != nil {
		return err
	}
	for _, role := range roles {
		if !slices.Contains(access.Roles, role) {
			return fault.New(fault.Invalid, "account.role.none").At("roles")
		}
	}
	before, err := FactorRoles(ctx, tx)
	if err != nil {
		return err
	}
	asked := slices.DeleteFunc(slices.Clone(access.Roles), func(role access.Role) bool { return !slices.Contains(roles, role) })
	if slices.Equal(before, asked) {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM factor_asked`); err != nil {
		return fmt.Errorf("setting who needs a second factor: %w", err)
	}
	for _, role := range asked {
		if _, err := tx.ExecContext(ctx, `INSERT INTO factor_asked (role) VALUES ($1)`, string(role)); err != nil {
			return fmt.Errorf("setting who needs a second factor: %w", err)
		}
	}
	return tx.Append(ledger.New{
		Unit: int64(root), Kind: FactorAsked, Subject: "unit:" + strconv.FormatInt(int64(root), 10), Payload: FactorAskedPayload{Roles: asked},
	})
}

// Asked gives the people whose roles need a second factor, whether they have one or
// not.
func Asked(ctx context.Context, q store.Querier) ([]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT g.person FROM role_grant g JOIN factor_asked a ON a.role = g.role WHERE g.ended = 0`)
	if err != nil {
		return nil, fmt.Errorf("reading who needs a second factor: %w", err)
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var person int64
		if err := rows.Scan(&person); err != nil {
			return nil, fmt.Errorf("reading who needs a second factor: %w", err)
		}
		list = append(list, person)
	}
	return list, rows.Err()
}

// owing is the condition on a session, s, that its person holds a role that asks
// for a second factor, has none, and did not come by a passkey.
const owing = `CASE WHEN s.passkey = 0
	AND NOT EXISTS (SELECT 1 FROM second_factor f WHERE f.person = s.person AND f.confirmed <> 0)
	AND EXISTS (SELECT 1 FROM role_grant g JOIN factor_asked a ON a.role = g.role WHERE g.person = s.person AND g.ended = 0)
	THEN 1 ELSE 0 END`
