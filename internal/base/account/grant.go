package account

import (
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Guest is how the ledger names somebody who is not signed in.
const Guest = "guest"

// Grant is a role that a person holds, or held, at a unit.
type Grant struct {
	ID     int64
	Person int64
	Unit   tree.UnitID
	Role   access.Role
	Given  time.Time
	Ended  time.Time // zero while it is held
}

// Actor is the person as one who acts on a day: with the roles held now and
// with what leaders handed over. A person who is disabled or does not exist is
// nobody: an actor named Guest, not signed in.
func Actor(ctx context.Context, q store.Querier, t *tree.Tree, person int64, today clock.Date) (access.Actor, error) {
	guest := access.Actor{Name: Guest, Tree: t}
	if person == 0 {
		return guest, nil
	}
	rows, err := q.QueryContext(ctx, `SELECT p.name, COALESCE(g.unit, 0), COALESCE(g.role, '')
		FROM person p LEFT JOIN role_grant g ON g.person = p.id AND g.ended = 0
		WHERE p.id = $1 AND p.disabled = 0 ORDER BY g.id`, person)
	if err != nil {
		return guest, fmt.Errorf("reading who acts: %w", err)
	}
	defer rows.Close()
	actor := access.Actor{Tree: t}
	for rows.Next() {
		var g access.Grant
		if err := rows.Scan(&actor.Name, &g.Unit, &g.Role); err != nil {
			return guest, fmt.Errorf("reading who acts: %w", err)
		}
		actor.Person = person
		if g.Role != "" {
			actor.Grants = append(actor.Grants, g)
		}
	}
	if err := rows.Err(); err != nil || actor.Person == 0 {
		return guest, err
	}
	rows.Close() // a transaction of PostgreSQL reads one thing at a time
	handed, err := handedOver(ctx, q, person, today)
	if err != nil {
		return guest, err
	}
	actor.Grants = append(actor.Grants, handed...)
	return actor, nil
}

// GrantsOf gives the roles that a person holds now, the oldest first.
func GrantsOf(ctx context.Context, q store.Querier, person int64) ([]Grant, error) {
	return grants(ctx, q, `person = $1 AND ended = 0`, person)
}

// UnitsOf gives the units where a person has or had a role, each once.
func UnitsOf(ctx context.Context, q store.Querier, person int64) (units []tree.UnitID, err error) {
	now, err := GrantsOf(ctx, q, person)
	if err != nil {
		return nil, err
	}
	past, err := PastGrantsOf(ctx, q, person)
	for _, g := range append(now, past...) {
		if !slices.Contains(units, g.Unit) {
			units = append(units, g.Unit)
		}
	}
	return units, err
}

// PastGrantsOf gives the roles that a person held once and has lost.
func PastGrantsOf(ctx context.Context, q store.Querier, person int64) ([]Grant, error) {
	return grants(ctx, q, `person = $1 AND ended <> 0`, person)
}

func grants(ctx context.Context, q store.Querier, where string, args ...any) ([]Grant, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, person, unit, role, given, ended FROM role_grant WHERE `+where+` ORDER BY id`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading roles: %w", err)
	}
	defer rows.Close()
	var list []Grant
	for rows.Next() {
		var g Grant
		var given, ended int64
		if err := rows.Scan(&g.ID, &g.Person, &g.Unit, &g.Role, &given, &ended); err != nil {
			return nil, fmt.Errorf("reading a role: %w", err)
		}
		g.Given, g.Ended = store.Moment(given), store.Moment(ended)
		list = append(list, g)
	}
	return list, rows.Err()
}

// GiveCommand is a role to be given to a person at a unit.
type GiveCommand struct {
	Person int64
	Unit   tree.UnitID
	Role   access.Role
}

// Give lets a person hold a role at a unit. Faults: Forbidden when the actor may
// not give it there, NotFound for an unknown person, Conflict when it is held
// already.
func Give(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd GiveCommand) error {
	if err := mayGive(actor, cmd.Unit, cmd.Role); err != nil {
		return err
	}
	if _, err := Find(ctx, tx, cmd.Person); err != nil {
		return err
	}
	return give(ctx, tx, cmd.Person, access.Grant{Unit: cmd.Unit, Role: cmd.Role})
}

// give writes the grant; who may was decided before.
func give(ctx context.Context, tx *ledger.Tx, person int64, g access.Grant) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO role_grant (person, unit, role, given) VALUES ($1, $2, $3, $4)`,
		person, int64(g.Unit), string(g.Role), store.Micro(tx.Now()))
	if store.Unique(err) {
		return fault.New(fault.Conflict, "account.role.held").At("role")
	}
	if err != nil {
		return fmt.Errorf("giving a role: %w", err)
	}
	return tx.Append(ledger.New{
		Unit: int64(g.Unit), Kind: RoleGiven, Subject: subject(person), Payload: RolePayload{Person: person, Role: g.Role},
	})
}

// EndGrant ends a role that somebody holds; from the next request on it gives
// nothing. Faults: NotFound for none that is held, Forbidden when the actor may
// not give it either, Conflict for the last system administrator's.
func EndGrant(ctx context.Context, tx *ledger.Tx, actor access.Actor, grant int64) (Grant, error) {
	held, err := grants(ctx, tx, `id = $1 AND ended = 0`, grant)
	if err != nil {
		return Grant{}, err
	}
	if len(held) == 0 {
		return Grant{}, fault.New(fault.NotFound, "account.role.missing")
	}
	g := held[0]
	if err := mayGive(actor, g.Unit, g.Role); err != nil {
		return Grant{}, err
	}
	if g.Role == access.SystemAdmin {
		if err := refuseLast(ctx, tx, g.Person); err != nil {
			return Grant{}, err
		}
	}
	g.Ended = tx.Now()
	if _, err := tx.ExecContext(ctx, `UPDATE role_grant SET ended = $1 WHERE id = $2`, store.Micro(g.Ended), g.ID); err != nil {
		return Grant{}, fmt.Errorf("ending a role: %w", err)
	}
	return g, tx.Append(ledger.New{
		Unit: int64(g.Unit), Kind: RoleEnded, Subject: subject(g.Person), Payload: RolePayload{Person: g.Person, Role: g.Role},
	})
}

// mayGive says whether the actor may give and take a role at a unit: system
// administrators make system administrators, unit administrators all others,
// each within its own subtree.
func mayGive(actor access.Actor, unit tree.UnitID, role access.Role) error {
	if !slices.Contains(access.Roles, role) {
		return fault.New(fault.Invalid, "account.role.none").At("role")
	}
	if role == access.SystemAdmin {
		return actor.May(access.SystemRun, unit)
	}
	return actor.May(access.AccountManage, unit)
}

// refuseLast keeps the installation from losing its last system administrator.
func refuseLast(ctx context.Context, tx *ledger.Tx, person int64) error {
	if err := alone(ctx, tx); err != nil {
		return err
	}
	var others int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM role_grant g JOIN person p ON p.id = g.person
		WHERE g.role = $1 AND g.ended = 0 AND p.disabled = 0 AND p.id <> $2`, string(access.SystemAdmin), person).Scan(&others)
	if err != nil {
		return fmt.Errorf("counting system administrators: %w", err)
	}
	if others == 0 {
		return fault.New(fault.Conflict, "account.last-system-admin")
	}
	return nil
}
