package board

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

func (p *play) happen(kind ledger.Kind, payload any) {
	encoded, err := json.Marshal(payload)
	if err != nil {
		p.t.Fatal(err)
	}
	p.position++
	err = p.boards.Apply([]ledger.Event{{Position: p.position, Time: p.clock.Now(), Kind: kind, Payload: encoded}})
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *play) some(name string, of func(int64) bool) (int64, bool) {
	var list []int64
	for unit := range p.level {
		if of(unit) {
			list = append(list, unit)
		}
	}
	slices.Sort(list)
	if len(list) == 0 {
		return 0, false
	}
	return rapid.SampledFrom(list).Draw(p.t, name), true
}

func (p *play) put(kind ledger.Kind, unit int64) {
	p.happen(kind, org.UnitChanged{Unit: id(unit), Level: p.level[unit], Parent: id(p.parent[unit])})
}

func (p *play) create() {
	p.units++
	parent, _ := p.some("parent", func(int64) bool { return true })
	p.parent[p.units], p.level[p.units] = parent, rapid.SampledFrom(levels).Draw(p.t, "level")
	p.put(org.Created, p.units)
}

func (p *play) move() {
	unit, ok := p.some("moved", func(u int64) bool { return p.parent[u] != 0 })
	if !ok {
		return
	}
	parent, _ := p.some("new parent", func(u int64) bool { return !p.below(u, unit) })
	p.parent[unit] = parent
	p.put(org.Moved, unit)
}

func (p *play) dissolve() {
	unit, ok := p.some("dissolved", func(u int64) bool {
		for _, parent := range p.parent {
			if parent == u {
				return false
			}
		}
		return p.parent[u] != 0
	})
	if !ok {
		return
	}
	p.put(org.Dissolved, unit)
	delete(p.parent, unit)
	delete(p.level, unit)
	delete(p.pages, id(unit))
	if rapid.Bool().Draw(p.t, "founded earlier, too") { // before it came and went: that changes nothing today
		p.happen(org.Created, org.UnitChanged{Unit: id(unit), Level: levels[1], Parent: id(1), Past: true})
	}
}

func (p *play) submit() {
	unit, ok := p.some("reporting", func(u int64) bool { return p.asked(u) })
	if !ok {
		return
	}
	p.reports++
	key := [2]any{"done", unit}
	p.waiting[key], p.open[key], p.told[key] = true, p.reports, false
	p.numbers[p.reports] = strconv.Itoa(rapid.IntRange(0, 99).Draw(p.t, "number"))
	content, _ := json.Marshal(map[string]string{"people": p.numbers[p.reports]})
	p.happen(report.Submitted, report.VersionSubmitted{Report: p.reports, Directive: 1, Milestone: "done", Unit: id(unit), Content: string(content)})
}

// asked says whether the directive asks a unit for a report.
func (p *play) asked(unit int64) bool {
	_, asked := p.dates[p.level[unit]]
	return asked
}

func (p *play) decide() {
	unit, ok := p.some("decided", func(u int64) bool { return p.waiting[[2]any{"done", u}] })
	if !ok {
		return
	}
	key := [2]any{"done", unit}
	kind := rapid.SampledFrom([]ledger.Kind{report.Accepted, report.Returned}).Draw(p.t, "decision")
	p.waiting[key] = false
	if kind == report.Accepted {
		p.accepted[key] = true
		p.values[key] = p.numbers[p.open[key]]
		delete(p.rests, key)
	}
	p.happen(kind, report.Decided{Report: p.open[key], Directive: 1, Milestone: "done", Unit: id(unit)})
}

func (p *play) tighten() {
	unit, _ := p.some("tightening", func(int64) bool { return true })
	level := rapid.SampledFrom(levels[1:]).Draw(p.t, "tightened level")
	when := clock.Day(2020, time.June, rapid.IntRange(1, 29).Draw(p.t, "deadline"))
	p.tightened[fmt.Sprint(unit, "done", level)] = day(when)
	p.happen(directive.Tightened, directive.DeadlineTightened{Directive: 1, Milestone: "done", Level: level, Unit: id(unit), Deadline: when})
}

func (p *play) tell() {
	unit, ok := p.some("told of", func(u int64) bool { return p.asked(u) })
	if !ok {
		return
	}
	key := [2]any{"done", unit}
	if p.told[key] && rapid.Bool().Draw(p.t, "taken back") {
		p.told[key] = false
		p.happen(report.TellingWithdrawn, report.TellingTakenBack{Directive: 1, Milestone: "done", Unit: id(unit)})
		return
	}
	p.told[key] = true
	p.happen(report.Told, report.VersionTold{Directive: 1, Milestone: "done", Unit: id(unit), Content: "{}"})
}

func (p *play) stand() {
	unit, _ := p.some("standing", func(int64) bool { return true })
	milestone := rapid.SampledFrom([]string{"done", ""}).Draw(p.t, "standing at")
	key := [2]any{milestone, unit}
	if _, set := p.standings[key]; set && rapid.Bool().Draw(p.t, "ended") {
		delete(p.standings, key)
		p.happen(directive.StandingEnded, directive.UnitStandingEnded{Directive: 1, Milestone: milestone, Unit: id(unit)})
		return
	}
	set := directive.UnitStanding{Directive: 1, Milestone: milestone, Unit: id(unit), Counts: rapid.Bool().Draw(p.t, "counts")}
	if set.Counts && rapid.Bool().Draw(p.t, "postponed") {
		set.Until = clock.Day(2020, time.July, rapid.IntRange(1, 29).Draw(p.t, "until"))
	}
	p.standings[key] = standing{set.Counts, day(set.Until)}
	p.happen(directive.StandingSet, set)
}

// revise issues another version: the deadlines are others, and at times the
// lowest level need not report.
func (p *play) revise() {
	p.dates["middle"] = clock.Day(2020, time.June, rapid.IntRange(10, 30).Draw(p.t, "date of the middle"))
	p.dates["base"] = clock.Day(2020, time.June, rapid.IntRange(10, 30).Draw(p.t, "date of the base"))
	if rapid.IntRange(0, 3).Draw(p.t, "without the base") == 0 {
		delete(p.dates, "base")
	}
	p.issue(directive.Revised)
}

func (p *play) issue(kind ledger.Kind) {
	p.version++
	m := directive.Milestone{Key: "done", Indicators: []profile.Indicator{{Key: "people", Kind: profile.Number}}}
	if p.version%2 == 0 { // another indicator comes and goes
		m.Indicators = append([]profile.Indicator{{Key: "women", Kind: profile.Number}}, m.Indicators...)
	}
	for _, level := range levels {
		if date, asked := p.dates[level]; asked {
			m.Deadlines = append(m.Deadlines, profile.Deadline{Level: level, Date: date})
		}
	}
	p.happen(kind, directive.VersionIssued{Directive: 1, Unit: 1, Version: p.version, Document: directive.Document{Milestones: []directive.Milestone{m}}})
}

// close ends the directive: from now on its board stays as it is. It comes late
// in a history, so that most see one in force.
func (p *play) close() {
	if p.closed != "" || rapid.IntRange(0, 5).Draw(p.t, "closing") > 0 {
		return
	}
	p.closed = clock.DateOf(p.clock.Now(), time.UTC)
	p.happen(directive.Closed, directive.Ended{Directive: 1})
}

func (p *play) sleep() {
	p.clock.Advance(time.Duration(rapid.IntRange(1, 9).Draw(p.t, "days")) * 24 * time.Hour)
	p.boards.Advance()
}
