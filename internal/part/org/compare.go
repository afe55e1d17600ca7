package org

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// compare holds the rows against the tree and notes what would change. With
// errors in the list, only the sound rows are told of, and nothing is said of
// units that are not in it.
func (p *planner) compare() {
	after := map[tree.UnitID]*record{}
	rows := map[tree.UnitID]*entry{}
	levels := map[string]int{}
	for _, e := range p.fromTop() {
		parent := p.under.ID
		if e.above != nil {
			parent = e.above.unit.ID
		}
		p.compareRow(e, parent, after)
		rows[e.unit.ID] = e
		levels[e.level]++
	}
	for _, level := range p.profile.Levels {
		if n := levels[level.Key]; n > 0 {
			p.plan.Levels = append(p.plan.Levels, LevelCount{level.Key, n})
		}
	}
	p.compareLines(rows)
	if !p.plan.Conflicts() {
		p.dissolveOthers(rows, after)
		p.checkOver(rows, after)
		p.findMerged(after)
	}
	p.group(after)
}

// compareRow notes what a row changes. Afterwards its unit is known, a new one
// under an id below zero.
func (p *planner) compareRow(e *entry, parent tree.UnitID, after map[tree.UnitID]*record) {
	before := e.unit
	if before == nil {
		before = &record{ID: -tree.UnitID(len(p.plan.steps)) - 1, Code: e.code.text}
		e.unit = before
	}
	target := Period{Name: e.name, Level: e.level, Kind: e.kind, Parent: parent}
	day := cmp.Or(e.from, p.options.AsOf)
	was, exists := before.Times.on(p.options.AsOf)
	if !exists {
		if i := before.Times.at(day); i >= 0 {
			p.refuse(e, ColumnFrom, fault.New(fault.Invalid, "org.import.from-early", "day", before.Times[i].To))
			return
		}
		p.take(after, step{Created, before, &record{before.ID, before.Code, before.Times.begin(day, target)}, day})
		return
	}
	target.Kind = cmp.Or(target.Kind, was.Kind)
	if target.same(was) {
		p.plan.Unchanged = append(p.plan.Unchanged, PlannedUnit{Code: before.Code, Name: was.Name})
		return
	}
	if day < was.From {
		p.refuse(e, ColumnFrom, fault.New(fault.Invalid, "org.import.from-early", "day", was.From))
		return
	}
	times := before.Times
	for _, attribute := range []attribute{nameOf, placeOf, levelOf} {
		if !attribute.same(was, target) {
			times = times.change(day, attribute, target)
		}
	}
	p.take(after, step{kindOfChange(was, target), before, &record{before.ID, before.Code, times}, day})
}

// kindOfChange is the event that tells of a change: the weightiest.
func kindOfChange(was, target Period) ledger.Kind {
	switch {
	case !placeOf.same(was, target):
		return Moved
	case !levelOf.same(was, target):
		return Changed
	}
	return Renamed
}

func (p *planner) take(after map[tree.UnitID]*record, s step) {
	after[s.after.ID] = s.after
	p.plan.steps = append(p.plan.steps, s)
}

// dissolveOthers ends the units in the subtree that are not in the list, the
// lowest first.
func (p *planner) dissolveOthers(rows map[tree.UnitID]*entry, after map[tree.UnitID]*record) {
	var gone []*record
	for id := range p.inside {
		if rows[id] == nil {
			gone = append(gone, p.units[id])
		}
	}
	day := p.options.AsOf
	slices.SortFunc(gone, func(a, b *record) int {
		x, _ := a.Times.on(day)
		y, _ := b.Times.on(day)
		return cmp.Or(cmp.Compare(rank(p.profile, y.Level), rank(p.profile, x.Level)), strings.Compare(a.Code, b.Code))
	})
	for _, r := range gone {
		p.take(after, step{Dissolved, r, &record{r.ID, r.Code, r.Times.end(day)}, day})
	}
}

// checkOver looks whether the whole tree is still one on every day from the
// first change on: a list of an earlier day may not fit what was recorded of
// later ones.
func (p *planner) checkOver(rows map[tree.UnitID]*entry, after map[tree.UnitID]*record) {
	if len(p.plan.steps) == 0 {
		return
	}
	first := p.options.AsOf
	for _, s := range p.plan.steps {
		first = clock.Earliest(first, s.day)
	}
	find := func(id tree.UnitID) (*record, error) {
		if r := after[id]; r != nil {
			return r, nil
		}
		return p.units[id], nil
	}
	check := func(r *record) {
		// find returns no error, so there is none here.
		refusal, _ := misplaced(p.profile, r.Times, first, find)
		if refusal == nil {
			return
		}
		if e := rows[r.ID]; e != nil {
			p.refuse(e, ColumnParent, refusal)
			return
		}
		p.refuseAt(fault.New(fault.Invalid, "org.import.later", "code", r.Code, "unit", r.name()))
	}
	for _, id := range slices.Sorted(maps.Keys(p.units)) {
		if after[id] == nil {
			check(p.units[id])
		}
	}
	for _, s := range p.plan.steps {
		check(s.after)
	}
}

// group puts the steps into the groups that are shown.
func (p *planner) group(after map[tree.UnitID]*record) {
	plan := p.plan
	for _, s := range plan.steps {
		was, _ := s.before.Times.on(s.day)
		is, exists := s.after.Times.on(s.day)
		unit := PlannedUnit{Code: s.after.Code, Name: is.Name}
		switch {
		case s.kind == Created:
			unit.After = p.nameIn(after, is.Parent)
			plan.Added = append(plan.Added, unit)
			continue
		case !exists:
			unit.Name, unit.Before = was.Name, p.nameIn(p.units, was.Parent)
			plan.Dissolved = append(plan.Dissolved, unit)
			continue
		}
		if !nameOf.same(was, is) {
			unit.Before, unit.After = was.Name, is.Name
			plan.Renamed = append(plan.Renamed, unit)
		}
		if !placeOf.same(was, is) {
			unit.Before, unit.After = p.nameIn(p.units, was.Parent), p.nameIn(after, is.Parent)
			plan.Moved = append(plan.Moved, unit)
		}
		if !levelOf.same(was, is) {
			unit.Before, unit.After = was.Level, is.Level
			if was.Level == is.Level {
				unit.Before, unit.After = was.Kind, is.Kind
			}
			plan.Changed = append(plan.Changed, unit)
		}
	}
}

// nameIn is what a unit is called by the records, on the list's day or last.
func (p *planner) nameIn(records map[tree.UnitID]*record, id tree.UnitID) string {
	r := records[id]
	if r == nil {
		r = p.units[id]
	}
	if r == nil {
		return ""
	}
	if on, exists := r.Times.on(p.options.AsOf); exists {
		return on.Name
	}
	return r.name()
}
