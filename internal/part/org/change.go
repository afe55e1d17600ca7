package org

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// change is a use case at work on the tree. While there is one, no other
// transaction changes the tree: what it reads stays so until it is committed.
type change struct {
	tx      *ledger.Tx
	actor   access.Actor
	profile *profile.Profile
	day     clock.Date // from which the change holds
}

// begin takes the lock of the tree and settles the day of a change: today when
// none is given. A day after today is refused at the field "from".
func begin(ctx context.Context, tx *ledger.Tx, actor access.Actor, day clock.Date) (*change, error) {
	if _, err := lock(ctx, tx); err != nil {
		return nil, err
	}
	p, err := Profile(ctx, tx)
	if err != nil {
		return nil, err
	}
	day, refusal := settle(day, Today(tx, p))
	if refusal != nil {
		return nil, refusal.At("from")
	}
	return &change{tx, actor, p, day}, nil
}

// lock has this transaction alone change the tree, and returns how many changes
// there were before it.
func lock(ctx context.Context, tx *ledger.Tx) (int64, error) {
	var changes int64
	err := tx.QueryRowContext(ctx, `UPDATE organisation SET changes = changes + 1 WHERE id = 1 RETURNING changes`).Scan(&changes)
	if store.Missing(err) {
		return 0, fault.New(fault.NotFound, "org.not-founded")
	}
	if err != nil {
		return 0, fmt.Errorf("taking the tree's lock: %w", err)
	}
	return changes - 1, nil
}

// Today is the day of the transaction's moment in the profile's zone.
func Today(tx *ledger.Tx, p *profile.Profile) clock.Date { return clock.DateOf(tx.Now(), p.Location()) }

// settle gives the day of a change; none is today.
func settle(day, today clock.Date) (clock.Date, *fault.Error) {
	switch {
	case day == "":
		return today, nil
	case day > today:
		return "", fault.New(fault.Invalid, "org.future", "today", today)
	case day < Beginning:
		return "", fault.New(fault.Invalid, "org.too-early", "day", Beginning)
	}
	return day, nil
}

// unit reads a unit that exists on the day of the change. The field is where
// the form names it.
func (c *change) unit(ctx context.Context, id tree.UnitID, field string) (*record, Period, error) {
	r, err := readRecord(ctx, c.tx, byID, id)
	if err != nil {
		return nil, Period{}, err
	}
	if r == nil {
		return nil, Period{}, fault.New(fault.NotFound, "org.no-unit")
	}
	p, exists := r.Times.on(c.day)
	if !exists {
		return nil, Period{}, fault.New(fault.Invalid, "org.absent", "unit", r.name(), "day", c.day).At(field)
	}
	return r, p, nil
}

// mayChange decides whether the actor may change a unit: at the unit that
// counted it on that day and at the one that counts it now. The root is decided
// at itself.
func (c *change) mayChange(r *record) error {
	on, _ := r.Times.on(c.day)
	if on.Parent == 0 {
		return c.actor.May(access.UnitChange, r.ID)
	}
	if err := c.actor.May(access.UnitChange, on.Parent); err != nil {
		return err
	}
	if is, exists := r.Times.now(); exists && is.Parent != on.Parent {
		return c.actor.May(access.UnitChange, is.Parent)
	}
	return nil
}

// save writes what a unit is known to be, and the event.
func (c *change) save(ctx context.Context, kind ledger.Kind, r *record, times timeline) (Unit, error) {
	after := &record{ID: r.ID, Code: r.Code, Times: times}
	if err := replacePeriods(ctx, c.tx.Tx, after); err != nil {
		return Unit{}, err
	}
	if err := c.tx.Append(changed(kind, after, r, c.day)); err != nil {
		return Unit{}, err
	}
	unit, _ := after.unitOn(c.day)
	return unit, nil
}

// name is what the unit is called, or was last.
func (r *record) name() string {
	if len(r.Times) == 0 {
		return r.Code
	}
	return r.Times[len(r.Times)-1].Name
}

// rank is how many levels stand above one; levels that the profile does not
// know stand below all.
func rank(p *profile.Profile, level string) int {
	for i, l := range p.Levels {
		if l.Key == level {
			return i
		}
	}
	return len(p.Levels)
}

// levelName is a level as people call it.
func levelName(p *profile.Profile, key string) text.Words {
	if level, ok := p.Level(key); ok {
		return level.Name
	}
	return text.Words{VI: key, EN: key}
}

// misplaced says why a unit cannot stand where its periods since a day put it:
// the parent does not exist all the while, or its level is not above the
// unit's. It is nil when all is well. Since levels fall from parent to child on
// every day, no unit can come to stand below itself.
func misplaced(p *profile.Profile, unit timeline, day clock.Date, parent func(tree.UnitID) (*record, error)) (*fault.Error, error) {
	for _, period := range unit.since(day) {
		if period.Parent == 0 {
			continue
		}
		r, err := parent(period.Parent)
		if err != nil {
			return nil, err
		}
		if r == nil {
			return fault.New(fault.Invalid, "org.no-unit"), nil
		}
		if refusal := unsupported(p, period, r); refusal != nil {
			return refusal, nil
		}
	}
	return nil, nil
}

// unsupported says why a unit cannot stand under a parent for a period.
func unsupported(p *profile.Profile, period Period, parent *record) *fault.Error {
	day := period.From
	for _, above := range parent.Times.since(day) {
		if above.From > day {
			break
		}
		if rank(p, above.Level) >= rank(p, period.Level) {
			return fault.New(fault.Invalid, "org.level-not-below", "level", levelName(p, period.Level),
				"parent", above.Name, "above", levelName(p, above.Level))
		}
		if above.To == "" || (period.To != "" && period.To <= above.To) {
			return nil
		}
		day = above.To
	}
	return fault.New(fault.Invalid, "org.absent", "unit", parent.name(), "day", day)
}

// records reads units as they are asked for, each once.
func (c *change) records(ctx context.Context, known ...*record) func(tree.UnitID) (*record, error) {
	seen := map[tree.UnitID]*record{}
	for _, r := range known {
		seen[r.ID] = r
	}
	return func(id tree.UnitID) (*record, error) {
		if r, ok := seen[id]; ok {
			return r, nil
		}
		r, err := readRecord(ctx, c.tx, byID, id)
		seen[id] = r
		return r, err
	}
}
