package account

import (
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// InviteLeadersCommand invites one person for each unit directly below a unit
// that has no leader yet.
type InviteLeadersCommand struct {
	Unit tree.UnitID
	// Admin makes each of them unit administrator as well, who then invites those
	// below: so nobody at the centre types in every account.
	Admin bool
	// Again also renews invitations that are open already; earlier leaflets end.
	Again bool
	Now   time.Time // by the machine's clock
}

// InviteLeaders makes the invitations, in the order of the units' names. Whoever
// comes with a code gives the name. Without Again, units to which a leader's
// invitation is open are left out, so that doing it twice voids no leaflet.
// Faults: Forbidden.
func InviteLeaders(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd InviteLeadersCommand) ([]Invitation, error) {
	if err := actor.May(access.AccountManage, cmd.Unit); err != nil {
		return nil, err
	}
	units, err := Leaderless(ctx, tx, actor, cmd.Unit)
	if err != nil {
		return nil, err
	}
	roles := []access.Role{access.Leader}
	if cmd.Admin {
		roles = append(roles, access.UnitAdmin)
	}
	var made []Invitation
	for _, unit := range units {
		i := Invitation{Unit: unit.ID, Roles: roles, Created: tx.Now(), Expires: cmd.Now.Add(InvitationLife)}
		switch {
		case unit.Invitation == 0:
			i, err = invite(ctx, tx, actor, i)
		case cmd.Again:
			i, err = Renew(ctx, tx, actor, unit.Invitation, cmd.Now)
		default:
			continue
		}
		if err != nil {
			return nil, err
		}
		made = append(made, i)
	}
	return made, nil
}

// LeaderlessUnit is a unit without a leader who can sign.
type LeaderlessUnit struct {
	tree.Unit
	Invitation int64 // an open one to lead it; 0 for none
}

// Leaderless gives the units directly below a unit that have no leader, in the
// order of their names. Faults: Forbidden.
func Leaderless(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID) ([]LeaderlessUnit, error) {
	if err := actor.May(access.AccountRead, unit); err != nil {
		return nil, err
	}
	var children []tree.UnitID
	for _, child := range actor.Tree.Children(unit) {
		if actor.May(access.AccountManage, child.ID) == nil {
			children = append(children, child.ID)
		}
	}
	if len(children) == 0 {
		return nil, nil
	}
	tallies, err := Tallies(ctx, q, children)
	if err != nil {
		return nil, err
	}
	open, err := leaderInvitations(ctx, q, children)
	if err != nil {
		return nil, err
	}
	var list []LeaderlessUnit
	for _, id := range children {
		if tallies[id].Leaders > 0 {
			continue
		}
		u, ok := actor.Tree.Unit(id)
		if !ok {
			return nil, fault.New(fault.Conflict, "account.unit.gone")
		}
		list = append(list, LeaderlessUnit{Unit: u, Invitation: open[id]})
	}
	return list, nil
}

func leaderInvitations(ctx context.Context, q store.Querier, units []tree.UnitID) (map[tree.UnitID]int64, error) {
	places, args := among(units)
	list, err := invitations(ctx, q, `unit IN (`+places+`) AND accepted = 0 AND withdrawn = 0`, args...)
	if err != nil {
		return nil, err
	}
	open := map[tree.UnitID]int64{}
	for _, i := range list {
		if slices.Contains(i.Roles, access.Leader) {
			open[i.Unit] = i.ID
		}
	}
	return open, nil
}

// Tally is how many accounts there are at a unit.
type Tally struct {
	People  int // with any role
	Leaders int
}

// Tallies counts the accounts that work at each of the units.
func Tallies(ctx context.Context, q store.Querier, units []tree.UnitID) (map[tree.UnitID]Tally, error) {
	tallies := map[tree.UnitID]Tally{}
	if len(units) == 0 {
		return tallies, nil
	}
	places, args := among(units)
	leader := fmt.Sprintf("$%d", len(args)+1)
	rows, err := q.QueryContext(ctx, `SELECT g.unit, COUNT(DISTINCT g.person), SUM(CASE WHEN g.role = `+leader+` THEN 1 ELSE 0 END)
		FROM role_grant g JOIN person p ON p.id = g.person
		WHERE g.ended = 0 AND p.disabled = 0 AND g.unit IN (`+places+`) GROUP BY g.unit`, append(args, string(access.Leader))...)
	if err != nil {
		return nil, fmt.Errorf("counting accounts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var unit tree.UnitID
		var t Tally
		if err := rows.Scan(&unit, &t.People, &t.Leaders); err != nil {
			return nil, fmt.Errorf("counting accounts: %w", err)
		}
		tallies[unit] = t
	}
	return tallies, rows.Err()
}
