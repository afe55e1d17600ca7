package org

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// RenameCommand gives a unit another name.
type RenameCommand struct {
	Unit tree.UnitID `json:"unit"`
	Name string      `json:"name"`
	From clock.Date  `json:"from"` // "" for today
}

// Rename gives a unit another name from a day on, until the next name that is
// recorded already. The name that it has then anyway is Invalid.
func Rename(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd RenameCommand) (Unit, error) {
	c, unit, was, err := beginAt(ctx, tx, actor, cmd.Unit, cmd.From)
	if err != nil {
		return Unit{}, err
	}
	name, refusal := CleanName(cmd.Name)
	if refusal == nil && name == was.Name {
		refusal = fault.New(fault.Invalid, "org.name-same")
	}
	if refusal != nil {
		return Unit{}, refusal.At("name")
	}
	return c.save(ctx, Renamed, unit, unit.Times.change(c.day, nameOf, Period{Name: name}))
}

// MoveCommand puts a unit, with all below it, under another.
type MoveCommand struct {
	Unit   tree.UnitID `json:"unit"`
	Parent tree.UnitID `json:"parent"`
	From   clock.Date  `json:"from"` // "" for today
}

// Move puts a unit under another from a day on, until the next move that is
// recorded already. The root stays where it is; nothing can stand below itself
// or under a unit whose level is not above its own.
func Move(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd MoveCommand) (Unit, error) {
	if err := actor.May(access.UnitChange, cmd.Parent); err != nil {
		return Unit{}, err
	}
	c, unit, was, err := beginAt(ctx, tx, actor, cmd.Unit, cmd.From)
	if err != nil {
		return Unit{}, err
	}
	if was.Parent == 0 {
		return Unit{}, fault.New(fault.Invalid, "org.root-stays")
	}
	parent, _, err := c.unit(ctx, cmd.Parent, "parent")
	if err != nil {
		return Unit{}, err
	}
	if was.Parent == parent.ID {
		return Unit{}, fault.New(fault.Invalid, "org.parent-same").At("parent")
	}
	path, err := PathOn(ctx, tx, c.day, parent.ID)
	if err != nil {
		return Unit{}, err
	}
	for _, above := range path {
		if above.ID == unit.ID {
			return Unit{}, fault.New(fault.Invalid, "org.below-itself", "unit", was.Name).At("parent")
		}
	}
	times := unit.Times.change(c.day, placeOf, Period{Parent: parent.ID})
	refusal, err := misplaced(c.profile, times, c.day, c.records(ctx, parent))
	if err != nil {
		return Unit{}, err
	}
	if refusal != nil {
		return Unit{}, refusal.At("parent")
	}
	return c.save(ctx, Moved, unit, times)
}

// ChangeLevelCommand gives a unit another level, another kind, or both.
type ChangeLevelCommand struct {
	Unit  tree.UnitID `json:"unit"`
	Level string      `json:"level"` // key of a level of the profile
	Kind  string      `json:"kind"`  // key of a kind of the profile; may be ""
	From  clock.Date  `json:"from"`  // "" for today
}

// ChangeLevel gives a unit another level or kind from a day on, until the next
// that are recorded already. The level must stay below the parent's and above
// those of the units directly below.
func ChangeLevel(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ChangeLevelCommand) (Unit, error) {
	c, unit, was, err := beginAt(ctx, tx, actor, cmd.Unit, cmd.From)
	if err != nil {
		return Unit{}, err
	}
	var wrong fault.List
	wrong = at(wrong, knownKind(c.profile, cmd.Kind), "kind")
	_, refusal := c.chosenLevel("", cmd.Kind, cmd.Level)
	if wrong = at(wrong, refusal, "level"); len(wrong) > 0 {
		return Unit{}, wrong
	}
	if was.Level == cmd.Level && was.Kind == cmd.Kind {
		return Unit{}, fault.New(fault.Invalid, "org.level-same").At("level")
	}
	times := unit.Times.change(c.day, levelOf, Period{Level: cmd.Level, Kind: cmd.Kind})
	after := &record{ID: unit.ID, Code: unit.Code, Times: times}
	find := c.records(ctx, after)
	refusal, err = misplaced(c.profile, times, c.day, find)
	if err != nil {
		return Unit{}, err
	}
	if refusal != nil {
		return Unit{}, refusal.At("level")
	}
	children, err := readRecords(ctx, tx, byParent, unit.ID)
	if err != nil {
		return Unit{}, err
	}
	for _, child := range children {
		refusal, err := misplaced(c.profile, child.Times, c.day, find)
		if err != nil {
			return Unit{}, err
		}
		if refusal != nil {
			return Unit{}, fault.New(fault.Invalid, "org.level-above-child", "child", child.name()).At("level")
		}
	}
	return c.save(ctx, Changed, unit, times)
}

// DissolveCommand ends a unit.
type DissolveCommand struct {
	Unit tree.UnitID `json:"unit"`
	From clock.Date  `json:"from"` // the first day without it; "" for today
}

// Dissolve ends a unit from a day on. The root stays, and so does a unit that
// still counts others on that day or later: they are moved or dissolved first.
func Dissolve(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd DissolveCommand) (Unit, error) {
	c, unit, was, err := beginAt(ctx, tx, actor, cmd.Unit, cmd.From)
	if err != nil {
		return Unit{}, err
	}
	if was.Parent == 0 {
		return Unit{}, fault.New(fault.Invalid, "org.root-stays")
	}
	children, err := c.childrenSince(ctx, unit.ID)
	if err != nil {
		return Unit{}, err
	}
	if children > 0 {
		return Unit{}, fault.New(fault.Invalid, "org.has-children", "n", children, "unit", was.Name)
	}
	if err := endLinesOf(ctx, tx, unit.ID, c.day); err != nil {
		return Unit{}, err
	}
	if _, err := c.save(ctx, Dissolved, unit, unit.Times.end(c.day)); err != nil {
		return Unit{}, err
	}
	return Unit{unit.ID, unit.Code, was}, nil
}

// childrenSince counts the units that a unit counts on the day of the change or
// later.
func (c *change) childrenSince(ctx context.Context, unit tree.UnitID) (int, error) {
	var n int
	err := c.tx.QueryRowContext(ctx,
		`SELECT COUNT(DISTINCT unit_id) FROM unit_period WHERE parent_id = $1 AND (to_date = '' OR to_date > $2)`,
		unit, string(c.day)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting the units below: %w", err)
	}
	return n, nil
}

// beginAt begins a change of one unit that exists on that day and that the actor
// may change; it gives the unit and what it is on that day. Whoever may not
// read the unit learns nothing of it, not even that it exists.
func beginAt(ctx context.Context, tx *ledger.Tx, actor access.Actor, id tree.UnitID, day clock.Date) (*change, *record, Period, error) {
	if err := actor.May(access.UnitRead, id); err != nil {
		return nil, nil, Period{}, err
	}
	c, err := begin(ctx, tx, actor, day)
	if err != nil {
		return nil, nil, Period{}, err
	}
	unit, was, err := c.unit(ctx, id, "from")
	if err != nil {
		return nil, nil, Period{}, err
	}
	return c, unit, was, c.mayChange(unit)
}
