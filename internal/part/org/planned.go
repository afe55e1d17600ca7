package org

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// PlanState is how far a planned change is.
type PlanState string

// The states of a planned change.
const (
	Waiting   PlanState = "planned"
	Stuck     PlanState = "stuck" // its day has come and it cannot be done: a person settles it
	Effective PlanState = "done"
	Cancelled PlanState = "cancelled"
)

// Planned is a change that is dated ahead.
type Planned struct {
	ID      int64
	What    string      // create, rename, move, level, dissolve, reorganise, list or adopt
	Unit    tree.UnitID // at which it is shown
	From    clock.Date
	State   PlanState
	Change  Change
	At      time.Time  // when it was planned
	By      string     // by whom
	Why     text.Words // it is stuck
	Settled time.Time  // when it took effect or was cancelled; zero before
}

// Open says that the change is still to be made, or settled by a person.
func (p Planned) Open() bool { return p.State == Waiting || p.State == Stuck }

func (p Planned) event(kind ledger.Kind) ledger.New {
	payload := ChangePlanned{Plan: p.ID, What: p.What, Unit: p.Unit, From: p.From, Change: p.Change}
	if kind == PlanStuck {
		payload.Why = &p.Why
	}
	return ledger.New{Unit: int64(p.Unit), Kind: kind, Subject: PlanSubject(p.ID), Payload: payload}
}

// OpenPlans gives the changes that are still to be made, the first day first.
func OpenPlans(ctx context.Context, q store.Querier) ([]Planned, error) {
	return readPlans(ctx, q, `WHERE state IN ('planned', 'stuck') ORDER BY from_date, id`)
}

// PlansAbout gives the open changes that name a unit.
func PlansAbout(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Planned, error) {
	all, err := OpenPlans(ctx, q)
	return slices.DeleteFunc(all, func(p Planned) bool { return !slices.Contains(p.Change.units(), unit) }), err
}

// PlanOf gives a planned change. One that does not exist is NotFound.
func PlanOf(ctx context.Context, q store.Querier, id int64) (Planned, error) {
	list, err := readPlans(ctx, q, `WHERE id = $1`, id)
	if err != nil {
		return Planned{}, err
	}
	if len(list) == 0 {
		return Planned{}, fault.New(fault.NotFound, "org.plan.none")
	}
	return list[0], nil
}

// Due gives the planned changes whose day has come, in the order in which they
// are to be made.
func Due(ctx context.Context, q store.Querier, today clock.Date) ([]int64, error) {
	list, err := readPlans(ctx, q, `WHERE state = 'planned' AND from_date <= $1 ORDER BY from_date, id`, string(today))
	ids := make([]int64, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	return ids, err
}

// MakeEffective makes a planned change whose day has come: the ordinary events
// are appended, dated on its day. Nothing happens to one that is made or
// cancelled already. Who planned it was allowed to; the actor is the program, or
// a person who tries a stuck one again and must be allowed to make the change
// now. It is refused as the change itself is; [MarkStuck] notes that.
func MakeEffective(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Outcome, error) {
	if _, err := lock(ctx, tx); err != nil {
		return Outcome{}, err
	}
	planned, err := PlanOf(ctx, tx, id)
	if err != nil || !planned.Open() {
		return Outcome{}, err
	}
	p, err := Profile(ctx, tx)
	if err != nil {
		return Outcome{}, err
	}
	if planned.From > Today(tx, p) {
		return Outcome{}, fault.New(fault.Conflict, "org.plan.early", "day", planned.From)
	}
	if err := planned.load(ctx, tx); err != nil {
		return Outcome{}, err
	}
	outcome, err := planned.Change.do(ctx, tx, actor)
	if err != nil {
		return Outcome{}, err
	}
	return outcome, planned.settle(ctx, tx, Effective)
}

// MarkStuck notes why a planned change could not be made on its day. It stays
// until a person cancels it or tries again.
func MarkStuck(ctx context.Context, tx *ledger.Tx, id int64, why text.Words) (Planned, error) {
	if _, err := lock(ctx, tx); err != nil {
		return Planned{}, err
	}
	p, err := PlanOf(ctx, tx, id)
	if err != nil || p.State != Waiting {
		return p, err
	}
	p.State, p.Why = Stuck, why
	_, err = tx.ExecContext(ctx, `UPDATE planned_change SET state = $1, why_vi = $2, why_en = $3 WHERE id = $4`,
		string(p.State), why.VI, why.EN, p.ID)
	if err != nil {
		return Planned{}, fmt.Errorf("noting a stuck change: %w", err)
	}
	return p, tx.Append(p.event(PlanStuck))
}

// Cancel takes a planned or stuck change back. Who keeps the units where it would
// be made may. One that took effect already is a Conflict.
func Cancel(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Planned, error) {
	if _, err := lock(ctx, tx); err != nil {
		return Planned{}, err
	}
	p, err := PlanOf(ctx, tx, id)
	if err != nil {
		return Planned{}, err
	}
	if err := MayCancel(ctx, tx, actor, p); err != nil {
		return Planned{}, err
	}
	if !p.Open() {
		return Planned{}, fault.New(fault.Conflict, "org.plan.settled")
	}
	return p, p.cancel(ctx, tx)
}

func (p *Planned) cancel(ctx context.Context, tx *ledger.Tx) error {
	if err := p.settle(ctx, tx, Cancelled); err != nil {
		return err
	}
	return tx.Append(p.event(PlanCancelled))
}

// MayCancel decides whether the actor may take a planned change back: who keeps
// the units where it would be made. Of a unit that is gone meanwhile that is who
// kept it last.
func MayCancel(ctx context.Context, q store.Querier, actor access.Actor, p Planned) error {
	if p.What == "adopt" {
		return actor.May(access.SystemRun, p.Unit)
	}
	refused := actor.May(access.UnitChange, p.Unit)
	if is, exists := actor.Tree.Unit(p.Unit); exists {
		if p.What != "create" && is.Parent != 0 {
			return actor.May(access.UnitChange, is.Parent)
		}
		return refused
	}
	r, err := readRecord(ctx, q, byID, p.Unit)
	if err != nil || r == nil || refused == nil {
		return errors.Join(err, refused)
	}
	others, err := othersUnit(ctx, q, actor, r)
	if err == nil && others != nil {
		err = refused
	}
	return err
}

func (p *Planned) settle(ctx context.Context, tx *ledger.Tx, state PlanState) error {
	p.State, p.Settled = state, tx.Now()
	_, err := tx.ExecContext(ctx, `UPDATE planned_change SET state = $1, settled_at = $2 WHERE id = $3`,
		string(p.State), store.Micro(p.Settled), p.ID)
	if err != nil {
		return fmt.Errorf("settling a planned change: %w", err)
	}
	return nil
}

// load reads the content of a list.
func (p *Planned) load(ctx context.Context, q store.Querier) error {
	if p.Change.List == nil {
		return nil
	}
	err := q.QueryRowContext(ctx, `SELECT content FROM planned_change WHERE id = $1`, p.ID).Scan(&p.Change.List.Content)
	if err != nil {
		return fmt.Errorf("reading the list of planned change %d: %w", p.ID, err)
	}
	return nil
}

func readPlans(ctx context.Context, q store.Querier, where string, args ...any) ([]Planned, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, what, unit_id, from_date, state, change, planned_at, planned_by, why_vi, why_en, settled_at
		FROM planned_change `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading planned changes: %w", err)
	}
	defer rows.Close()
	var list []Planned
	for rows.Next() {
		var p Planned
		var document string
		var planned, settled int64
		err := rows.Scan(&p.ID, &p.What, &p.Unit, &p.From, &p.State, &document, &planned, &p.By, &p.Why.VI, &p.Why.EN, &settled)
		if err != nil {
			return nil, fmt.Errorf("reading a planned change: %w", err)
		}
		if err := json.Unmarshal([]byte(document), &p.Change); err != nil {
			return nil, fmt.Errorf("reading planned change %d: %w", p.ID, err)
		}
		p.At, p.Settled = store.Moment(planned), store.Moment(settled)
		list = append(list, p)
	}
	return list, rows.Err()
}
