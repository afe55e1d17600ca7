package directive

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Acknowledge records that a unit has received a version of a directive. Only
// the newest version can be acknowledged; doing it again changes nothing.
func Acknowledge(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, version int) (Directive, error) {
	d, err := Get(ctx, tx, id)
	if err != nil {
		return Directive{}, err
	}
	if actor, err = ToAcknowledge(ctx, tx, actor, d, unit, tx.Now()); err != nil {
		return Directive{}, err
	}
	if err := mayAnswer(actor, d, unit); err != nil {
		return Directive{}, err
	}
	if u, _ := actor.Tree.Unit(unit); !d.Document.Asks(u.Level) {
		return Directive{}, fault.New(fault.Invalid, "directive.acknowledge.not-asked")
	}
	if version != d.Version {
		return Directive{}, fault.New(fault.Conflict, "directive.acknowledge.old", "version", d.Version)
	}
	done, err := tx.ExecContext(ctx,
		`INSERT INTO directive_acknowledgement (directive_id, unit_id, version, person_id, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (directive_id, unit_id, version) DO NOTHING`, id, unit, version, actor.Person, tx.Now().UnixMicro())
	if err != nil {
		return Directive{}, fmt.Errorf("acknowledging directive %d: %w", id, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return d, err
	}
	as := account.As(actor, access.DirectiveAnswer, unit, "")
	if err := as.Use(ctx, tx, actor, access.DirectiveAnswer, unit, Subject(id)); err != nil {
		return Directive{}, err
	}
	return d, tx.Append(ledger.New{Unit: int64(unit), Kind: Acknowledged, Subject: Subject(id), Payload: UnitAcknowledged{
		Directive: id, Version: version, Unit: unit, Delegation: as.Delegation, Authority: as.Authority,
	}})
}

// ToAcknowledge is the actor with the power to acknowledge d's newest version for
// a unit where it is the turn of the unit's deputy; otherwise the actor is as
// before.
func ToAcknowledge(ctx context.Context, q store.Querier, actor access.Actor, d Directive, unit tree.UnitID, now time.Time) (access.Actor, error) {
	if actor.May(access.DirectiveAnswer, unit) == nil {
		return actor, nil
	}
	came, err := NewestAt(ctx, q, d)
	if err != nil {
		return actor, err
	}
	return org.InTurn(ctx, q, actor, access.DirectiveAnswer, unit, came, now)
}

// mayAnswer says why nobody, or not this actor, can answer d for a unit now.
func mayAnswer(actor access.Actor, d Directive, unit tree.UnitID) error {
	if err := actor.May(access.DirectiveAnswer, unit); err != nil {
		return err
	}
	switch {
	case d.State == Drafted, unit == d.Unit, !Concerns(actor.Tree, d, unit):
		return notFound()
	case d.State == Ceased:
		return closedAlready()
	}
	return nil
}

// Acknowledgement is a unit's answer to a version.
type Acknowledgement struct {
	Unit    tree.UnitID
	Version int
	Person  int64
	At      time.Time
}

// Acknowledgements gives each unit's answer to the newest version that it
// acknowledged.
func Acknowledgements(ctx context.Context, q store.Querier, id int64) (map[tree.UnitID]Acknowledgement, error) {
	rows, err := q.QueryContext(ctx,
		`SELECT unit_id, version, person_id, at FROM directive_acknowledgement WHERE directive_id = $1 ORDER BY version`, id)
	if err != nil {
		return nil, fmt.Errorf("reading the acknowledgements of directive %d: %w", id, err)
	}
	defer rows.Close()
	all := map[tree.UnitID]Acknowledgement{}
	for rows.Next() {
		var a Acknowledgement
		var at int64
		if err := rows.Scan(&a.Unit, &a.Version, &a.Person, &at); err != nil {
			return nil, fmt.Errorf("reading an acknowledgement: %w", err)
		}
		a.At = store.Moment(at)
		all[a.Unit] = a
	}
	return all, rows.Err()
}

// Receipt is how a group of units that must acknowledge have done so.
type Receipt struct {
	Must  int           // units asked to
	Done  int           // that acknowledged the newest version
	Older int           // that acknowledged only an earlier one
	Open  []tree.Unit   // that have not acknowledged the newest, by the order of the tree
	Level profile.Level // of the group
}

// Receipts is who below top must acknowledge d and who has, by level, highest
// first. A level without a unit below top is left out.
func Receipts(t *tree.Tree, levels []profile.Level, d Directive, top tree.UnitID, answers map[tree.UnitID]Acknowledgement) []Receipt {
	groups := map[string]*Receipt{}
	for _, unit := range t.Subtree(top) {
		if unit.ID == d.Unit || !d.Document.Asks(unit.Level) {
			continue
		}
		group := groups[unit.Level]
		if group == nil {
			group = &Receipt{}
			groups[unit.Level] = group
		}
		group.add(unit, answers[unit.ID], d.Version)
	}
	var list []Receipt
	for _, level := range levels {
		if group := groups[level.Key]; group != nil {
			group.Level = level
			list = append(list, *group)
		}
	}
	return list
}

func (r *Receipt) add(unit tree.Unit, answer Acknowledgement, version int) {
	r.Must++
	switch answer.Version {
	case version:
		r.Done++
		return
	case 0:
	default:
		r.Older++
	}
	r.Open = append(r.Open, unit)
}
