package org

import (
	"context"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// CreateCommand creates a unit directly under another.
type CreateCommand struct {
	Parent tree.UnitID `json:"parent"`
	Code   string      `json:"code"`
	Name   string      `json:"name"`
	Kind   string      `json:"kind"`  // key of a kind of the profile; may be ""
	Level  string      `json:"level"` // key of a level; "" for what the profile gives it
	From   clock.Date  `json:"from"`  // "" for today
}

// Create creates a unit from a day on. A code that a dissolved unit had gives
// that unit back: it is the same one, with a time between in which it did not
// exist. Only who keeps the units where it stood last may give it back: with it
// come its history and its reports. Wrong entries are Invalid at their fields,
// all at once.
func Create(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CreateCommand) (Unit, error) {
	if err := actor.May(access.UnitChange, cmd.Parent); err != nil {
		return Unit{}, err
	}
	c, err := begin(ctx, tx, actor, cmd.From)
	if err != nil {
		return Unit{}, err
	}
	parent, above, err := c.unit(ctx, cmd.Parent, "from")
	if err != nil {
		return Unit{}, err
	}
	var wrong fault.List
	code, refusal := CleanCode(cmd.Code)
	wrong = at(wrong, refusal, "code")
	name, refusal := CleanName(cmd.Name)
	wrong = at(wrong, refusal, "name")
	wrong = at(wrong, knownKind(c.profile, cmd.Kind), "kind")
	level, refusal := c.chosenLevel(above.Level, cmd.Kind, cmd.Level)
	wrong = at(wrong, refusal, "level")
	before, refusal, err := c.freeCode(ctx, code)
	if err != nil {
		return Unit{}, err
	}
	if wrong = at(wrong, refusal, "code"); len(wrong) > 0 {
		return Unit{}, wrong
	}
	period := Period{Name: name, Level: level, Kind: cmd.Kind, Parent: parent.ID}
	times := before.Times.begin(c.day, period)
	refusal, err = misplaced(c.profile, times, c.day, c.records(ctx, parent))
	if err != nil {
		return Unit{}, err
	}
	if refusal != nil {
		return Unit{}, refusal.At("level")
	}
	if before.ID == 0 {
		ids, err := insertUnits(ctx, tx.Tx, []string{code})
		if err != nil {
			return Unit{}, err
		}
		before.ID = ids[code]
	}
	return c.save(ctx, Created, before, times)
}

// freeCode gives the unit that has the code and does not exist on the day of
// the change, a new one when no unit ever had it. It refuses the code of a unit
// that exists then.
func (c *change) freeCode(ctx context.Context, code string) (*record, *fault.Error, error) {
	r, err := readRecord(ctx, c.tx, byCode, code)
	if err != nil {
		return nil, nil, err
	}
	if r == nil {
		return &record{Code: code}, nil, nil
	}
	if p, exists := r.Times.on(c.day); exists {
		return nil, fault.New(fault.Invalid, "org.code-taken", "code", code, "unit", p.Name), nil
	}
	refusal, err := othersUnit(ctx, c.tx, c.actor, r)
	return r, refusal, err
}

// othersUnit refuses to give back a unit that stood, when it was last heard of,
// where the actor keeps no units.
func othersUnit(ctx context.Context, q store.Querier, actor access.Actor, r *record) (*fault.Error, error) {
	last, err := lastHeard(ctx, q, r)
	if err != nil {
		return nil, err
	}
	if actor.May(access.UnitChange, last.Parent) == nil {
		return nil, nil
	}
	var path []Unit
	if last.To != "" { // the unit above may be gone as well, and still another above it
		if path, err = PathOn(ctx, q, last.To.AddDays(-1), last.Parent); err != nil {
			return nil, err
		}
	}
	for _, above := range path {
		if actor.May(access.UnitChange, above.ID) == nil {
			return nil, nil
		}
	}
	return fault.New(fault.Invalid, "org.code-taken", "code", r.Code, "unit", r.name()), nil
}

// lastHeard is what a unit was when it was last heard of. Of one that was
// dissolved from its first day on, and so has no period, only the log knows.
func lastHeard(ctx context.Context, q store.Querier, r *record) (Period, error) {
	if n := len(r.Times); n > 0 {
		return r.Times[n-1], nil
	}
	events, err := ledger.About(ctx, q, Subject(r.ID))
	if err != nil {
		return Period{}, err
	}
	for _, e := range slices.Backward(events) {
		if e.Kind != Dissolved {
			continue
		}
		var was UnitChanged
		err := e.Decode(&was)
		return Period{From: was.From, To: was.From.AddDays(1), Name: was.Name, Level: was.Level, Kind: was.Kind, Parent: was.Parent}, err
	}
	return Period{}, nil
}

// at adds a refusal to the list at a field of the form; nil adds none.
func at(list fault.List, refusal *fault.Error, field string) fault.List {
	if refusal == nil {
		return list
	}
	return append(list, refusal.At(field))
}

// knownKind refuses a kind that the profile does not have.
func knownKind(p *profile.Profile, kind string) *fault.Error {
	if _, ok := p.KindOf(kind); !ok && kind != "" {
		return fault.New(fault.Invalid, "org.kind-unknown", "word", kind)
	}
	return nil
}

// chosenLevel gives the level that was chosen, or that the profile gives a unit
// of a kind under a parent of a level. A unit must be able to have it on the day
// of the change.
func (c *change) chosenLevel(above, kind, chosen string) (string, *fault.Error) {
	if chosen == "" {
		chosen, _ = c.profile.LevelOf(above, kind)
		if chosen == "" {
			return "", fault.New(fault.Invalid, "org.level-lowest", "above", levelName(c.profile, above))
		}
	}
	level, ok := c.profile.Level(chosen)
	if !ok {
		return "", fault.New(fault.Invalid, "org.level-unknown", "word", chosen)
	}
	return chosen, notThen(level, c.day)
}

// notThen refuses a level that no unit has on a day; nil when units may.
func notThen(level profile.Level, day clock.Date) *fault.Error {
	if level.On(day) {
		return nil
	}
	return fault.New(fault.Invalid, "org.level-not-then", "level", level.Name, "day", day)
}
