package org

import (
	"context"
	"maps"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
)

// Progress is told how many of the units of a plan are written. It may be nil.
type Progress func(done, total int)

// Apply does what a plan says, all or nothing. The actor must be allowed to
// change what is below the plan's unit. A plan with errors is Invalid, and so is
// one that would give back a dissolved unit of somebody else's.
//
// When the tree was changed after the plan was made, the plan is made again
// from the same list; if it would then do anything else than what was shown, it
// is a Conflict, and nothing is done.
func Apply(ctx context.Context, tx *ledger.Tx, actor access.Actor, plan Plan, progress Progress) error {
	if err := actor.May(access.UnitChange, plan.Under.ID); err != nil {
		return err
	}
	changes, err := lock(ctx, tx)
	if err != nil {
		return err
	}
	p, err := Profile(ctx, tx)
	if err != nil {
		return err
	}
	if plan.AsOf > Today(tx, p) {
		return fault.New(fault.Invalid, "org.future", "today", Today(tx, p)).At("as-of")
	}
	if changes != plan.changes {
		// The lock itself has counted one change more than the new plan may see.
		again, err := MakePlan(ctx, tx, p, plan.list, plan.options)
		if err != nil {
			return err
		}
		if !plan.doesTheSame(again) {
			return fault.New(fault.Conflict, "org.import.stale")
		}
		plan = again
	}
	if plan.Conflicts() {
		return fault.New(fault.Invalid, "org.import.has-errors", "n", len(plan.Errors))
	}
	if err := plan.options.Accept.check(Today(tx, p)); len(plan.mergers) > 0 && err != nil {
		return err
	}
	for _, s := range plan.steps {
		if s.kind != Created || s.before.ID < 0 {
			continue
		}
		refusal, err := othersUnit(ctx, tx, actor, s.before)
		if err != nil {
			return err
		}
		if refusal != nil {
			return refusal
		}
	}
	return plan.write(ctx, tx, actor, progress, p)
}

// doesTheSame says whether two plans change the same in the same way.
func (p Plan) doesTheSame(other Plan) bool {
	return slices.Equal(p.lines, other.lines) && slices.EqualFunc(p.steps, other.steps, func(a, b step) bool {
		return a.kind == b.kind && a.day == b.day && a.after.ID == b.after.ID && a.after.Code == b.after.Code &&
			slices.Equal(a.after.Times, b.after.Times)
	})
}

// write writes the rows and then the events.
func (p Plan) write(ctx context.Context, tx *ledger.Tx, actor access.Actor, progress Progress, of *profile.Profile) error {
	if progress == nil {
		progress = func(int, int) {}
	}
	total := len(p.steps)
	progress(0, total)
	ids, err := p.newUnits(ctx, tx)
	if err != nil {
		return err
	}
	after := make([]*record, total)
	var old []tree.UnitID
	for i, s := range p.steps {
		after[i] = withIDs(s.after, ids)
		if s.before.ID > 0 {
			old = append(old, s.before.ID)
		}
	}
	if err := deletePeriods(ctx, tx.Tx, old); err != nil {
		return err
	}
	if err := insertPeriods(ctx, tx.Tx, after, func(done int) { progress(done, total) }); err != nil {
		return err
	}
	held, err := heldLines(ctx, tx, p.merging())
	if err != nil {
		return err
	}
	for i, s := range p.steps {
		if s.kind == Dissolved {
			if err := endLinesOf(ctx, tx, s.before.ID, s.day); err != nil {
				return err
			}
		}
		if err := tx.Append(changed(s.kind, after[i], s.before, s.day)); err != nil {
			return err
		}
	}
	if err := p.changeLines(ctx, tx, actor, ids); err != nil {
		return err
	}
	return p.recordMergers(ctx, tx, actor, ids, of, held)
}

// recordMergers records the acts that the list stands for. All their single steps
// are done by the list itself.
func (p Plan) recordMergers(ctx context.Context, tx *ledger.Tx, actor access.Actor, ids map[tree.UnitID]tree.UnitID, of *profile.Profile, held []Lined) error {
	heirs := map[tree.UnitID]tree.UnitID{}
	for _, m := range p.mergers {
		heir := m.heir
		if heir < 0 {
			heir = ids[heir]
		}
		act := Act{Kind: Merger, Decision: p.options.Accept.Decision, Decided: p.options.Accept.Decided, From: p.AsOf}
		if m.heir < 0 {
			act.Founded = []tree.UnitID{heir}
		}
		for _, unit := range m.units {
			act.Units = append(act.Units, Succession{Unit: unit, Heirs: []tree.UnitID{heir}})
		}
		if _, err := recordAct(ctx, tx, of, act, p.Under.ID); err != nil {
			return err
		}
		maps.Copy(heirs, firstHeirs(act))
	}
	if p.tellsLines {
		return nil
	}
	return passLines(ctx, tx, access.Program(actor.Tree), held, heirs, p.AsOf)
}

// merging are the units that end in the mergers that the list stands for.
func (p Plan) merging() (list []tree.UnitID) {
	for _, m := range p.mergers {
		list = append(list, m.units...)
	}
	return list
}

// newUnits gives the added units their ids, by the ids that the plan gave them.
func (p Plan) newUnits(ctx context.Context, tx *ledger.Tx) (map[tree.UnitID]tree.UnitID, error) {
	var codes []string
	for _, s := range p.steps {
		if s.after.ID < 0 {
			codes = append(codes, s.after.Code)
		}
	}
	byCode, err := insertUnits(ctx, tx.Tx, codes)
	if err != nil {
		return nil, err
	}
	ids := make(map[tree.UnitID]tree.UnitID, len(codes))
	for _, s := range p.steps {
		if s.after.ID < 0 {
			ids[s.after.ID] = byCode[s.after.Code]
		}
	}
	return ids, nil
}

// withIDs is a unit with the ids that it and its parents got.
func withIDs(r *record, ids map[tree.UnitID]tree.UnitID) *record {
	final := func(id tree.UnitID) tree.UnitID {
		if id < 0 {
			return ids[id]
		}
		return id
	}
	times := slices.Clone(r.Times)
	for i := range times {
		times[i].Parent = final(times[i].Parent)
	}
	return &record{final(r.ID), r.Code, times}
}
