package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// DelegationsAt gives what leaders of a unit handed over, the newest first.
// Faults: Forbidden.
func DelegationsAt(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID) ([]Delegation, error) {
	if err := actor.May(access.DelegationGive, unit); err != nil {
		return nil, err
	}
	return delegations(ctx, q, `d.unit = $1`, int64(unit))
}

// FindDelegation gives a delegation, also one that is over, for a page that shows
// what was done by it. Faults: NotFound.
func FindDelegation(ctx context.Context, q store.Querier, id int64) (Delegation, error) {
	list, err := delegations(ctx, q, `d.id = $1`, id)
	if err != nil {
		return Delegation{}, err
	}
	if len(list) == 0 {
		return Delegation{}, fault.New(fault.NotFound, "account.delegation.missing")
	}
	return list[0], nil
}

// DelegationsOf gives what a person handed over and what was handed over to the
// person, the newest first.
func DelegationsOf(ctx context.Context, q store.Querier, person int64) ([]Delegation, error) {
	return delegations(ctx, q, `d.leader = $1 OR d.person = $1`, person)
}

func delegations(ctx context.Context, q store.Querier, where string, arg any) ([]Delegation, error) {
	rows, err := q.QueryContext(ctx, `SELECT d.id, d.unit, d.leader, d.person, d.actions, d.authority, d.from_day, d.to_day, d.decision,
		d.given, d.ended, l.name, p.name, (SELECT COUNT(*) FROM delegation_use u WHERE u.delegation = d.id)
		FROM delegation d JOIN person l ON l.id = d.leader JOIN person p ON p.id = d.person WHERE `+where+` ORDER BY d.id DESC`, arg)
	if err != nil {
		return nil, fmt.Errorf("reading delegations: %w", err)
	}
	defer rows.Close()
	var list []Delegation
	for rows.Next() {
		var d Delegation
		var actions string
		var given, ended int64
		err := rows.Scan(&d.ID, &d.Unit, &d.Leader, &d.Person, &actions, &d.Authority, &d.From, &d.To, &d.Decision,
			&given, &ended, &d.LeaderName, &d.PersonName, &d.Uses)
		if err != nil {
			return nil, fmt.Errorf("reading a delegation: %w", err)
		}
		d.Actions, d.Given, d.Ended = split(actions), store.Moment(given), store.Moment(ended)
		list = append(list, d)
	}
	return list, rows.Err()
}

func split(actions string) []access.Action {
	var list []access.Action
	for _, word := range strings.Fields(actions) {
		list = append(list, access.Action(word))
	}
	return list
}

// live is which delegations d hold between their days. One ends with the leader's own
// role, since nobody acts for somebody who may not, and with the person's last role at
// the unit.
const live = `d.ended = 0 AND EXISTS (SELECT 1 FROM role_grant g JOIN person l ON l.id = g.person
	WHERE g.person = d.leader AND g.unit = d.unit AND g.role = '` + string(access.Leader) + `' AND g.ended = 0 AND l.disabled = 0)
	AND EXISTS (SELECT 1 FROM role_grant own WHERE own.person = d.person AND own.unit = d.unit AND own.ended = 0)`

// handedOver gives what the person may do on a day because others handed it over.
func handedOver(ctx context.Context, q store.Querier, person int64, today clock.Date) ([]access.Grant, error) {
	rows, err := q.QueryContext(ctx, `SELECT d.id, d.unit, d.actions, d.authority, d.from_day, d.to_day FROM delegation d
		WHERE d.person = $1 AND d.to_day >= $2 AND `+live+` ORDER BY d.id`, person, string(today))
	if err != nil {
		return nil, fmt.Errorf("reading what was handed over: %w", err)
	}
	defer rows.Close()
	var list []access.Grant
	for rows.Next() {
		g := access.Grant{Role: access.Delegate, Delegation: &access.Delegation{}}
		var actions string
		if err := rows.Scan(&g.Delegation.ID, &g.Unit, &actions, &g.Delegation.Authority, &g.Delegation.From, &g.Delegation.To); err != nil {
			return nil, fmt.Errorf("reading what was handed over: %w", err)
		}
		if g.Delegation.Actions = split(actions); g.Delegation.Live(today) {
			list = append(list, g)
		}
	}
	return list, rows.Err()
}

// Delegates gives the people to whom a leader has handed something over that is
// not taken back, and those whose last day was before today and not before since.
func Delegates(ctx context.Context, q store.Querier, leader int64, since, today clock.Date) ([]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT person FROM delegation
		WHERE ended = 0 AND (leader = $1 OR to_day >= $2 AND to_day < $3)`, leader, string(since), string(today))
	if err != nil {
		return nil, fmt.Errorf("reading delegates: %w", err)
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var person int64
		if err := rows.Scan(&person); err != nil {
			return nil, fmt.Errorf("reading delegates: %w", err)
		}
		list = append(list, person)
	}
	return list, rows.Err()
}

// As is the capacity in which the actor does action at unit, with the post that
// the actor holds: of one's own, or by what was handed over.
func As(actor access.Actor, action access.Action, unit tree.UnitID, post string) Capacity {
	c := Capacity{Post: post}
	if by, ok := actor.By(action, unit); ok && by.Delegation != nil {
		c.Authority, c.Delegation = by.Delegation.Authority, by.Delegation.ID
	}
	return c
}

// Use writes down that the actor did action at unit about subject, where it was
// done by what was handed over: whoever handed it over sees it. A signature that
// does not say so, or says it wrongly, is Forbidden.
func (c Capacity) Use(ctx context.Context, tx *ledger.Tx, actor access.Actor, action access.Action, unit tree.UnitID, subject string) error {
	if right := As(actor, action, unit, c.Post); actor.Person != 0 && right != c {
		return fault.New(fault.Forbidden, "account.delegation.other")
	}
	if c.Delegation == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO delegation_use (delegation, action, subject, at) VALUES ($1, $2, $3, $4)`,
		c.Delegation, string(action), subject, store.Micro(tx.Now()))
	if err != nil {
		return fmt.Errorf("writing down the use of a delegation: %w", err)
	}
	return nil
}

// DelegationUse is something done by what was handed over.
type DelegationUse struct {
	Delegation int64
	Action     access.Action
	Subject    string // as the event names it: "report:7"
	At         time.Time
}

// UsesOf gives what was done by what a leader handed over, the newest first, up
// to limit.
func UsesOf(ctx context.Context, q store.Querier, leader int64, limit int) ([]DelegationUse, error) {
	rows, err := q.QueryContext(ctx, `SELECT u.delegation, u.action, u.subject, u.at FROM delegation_use u
		JOIN delegation d ON d.id = u.delegation WHERE d.leader = $1 ORDER BY u.id DESC LIMIT $2`, leader, limit)
	if err != nil {
		return nil, fmt.Errorf("reading the use of delegations: %w", err)
	}
	defer rows.Close()
	var list []DelegationUse
	for rows.Next() {
		var u DelegationUse
		var at int64
		if err := rows.Scan(&u.Delegation, &u.Action, &u.Subject, &at); err != nil {
			return nil, fmt.Errorf("reading the use of a delegation: %w", err)
		}
		u.At = store.Moment(at)
		list = append(list, u)
	}
	return list, rows.Err()
}
