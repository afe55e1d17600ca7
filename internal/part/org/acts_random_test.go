package org_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// acting is a random history of acts, of changes dated ahead, taken back or made
// on their days, and of lines.
type acting struct {
	*office
	rt    *rapid.T
	name  string
	today clock.Date
	units []tree.UnitID
	codes int
	acts  int // that were carried out
}

func TestRandomActsAndPlansKeepTheTreeATree(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		followed, position, err := org.LoadTree(o.ctx(), o.q())
		if err != nil {
			t.Fatal(err)
		}
		histories, acts, now := 0, 0, today
		rapid.Check(t, func(rt *rapid.T) {
			histories++
			if histories > count.Of(15, 150) {
				return // each history costs tens of commits
			}
			a := &acting{office: o, rt: rt, name: fmt.Sprintf("a%d", histories), today: now}
			a.begin()
			for range rapid.IntRange(10, 30).Draw(rt, "steps") {
				a.step()
			}
			now, acts = a.today, acts+a.acts
			events, err := ledger.After(o.ctx(), o.q(), position, 100_000)
			if err != nil {
				rt.Fatal(err)
			}
			position = events[len(events)-1].Position
			if err := org.ApplyTo(followed, events); err != nil {
				rt.Fatal(err)
			}
			o.memoryIsSQL(rt, followed)
			o.isTree(rt, a.today)
			o.isTree(rt, a.day(-60, 0))
			a.linesHold()
		})
		t.Logf("%d histories with %d acts", min(histories, count.Of(15, 150)), acts)
		if acts == 0 {
			t.Error("no act was carried out")
		}
	})
}

// begin founds a province with two districts and some communes.
func (a *acting) begin() {
	province := a.create(a.root.ID, a.name, "Tỉnh "+a.name, a.today)
	a.units = []tree.UnitID{province.ID}
	for range 2 {
		district := a.create(province.ID, a.code(), "Huyện", a.today)
		a.units = append(a.units, district.ID)
		for range 3 {
			a.units = append(a.units, a.create(district.ID, a.code(), "Xã", a.today).ID)
		}
	}
}

func (a *acting) code() string {
	a.codes++
	return fmt.Sprintf("%s.%d", a.name, a.codes)
}

func (a *acting) day(from, to int) clock.Date {
	return a.today.AddDays(rapid.IntRange(from, to).Draw(a.rt, "day"))
}

func (a *acting) unit(what string) tree.UnitID { return rapid.SampledFrom(a.units).Draw(a.rt, what) }

// step does one thing; what the rules refuse is part of the play.
func (a *acting) step() {
	switch rapid.SampledFrom([]string{"act", "act", "act", "change", "change", "line", "wait", "cancel"}).Draw(a.rt, "step") {
	case "act":
		a.act()
	case "change":
		a.do(a.change())
	case "line":
		a.do(a.line())
	case "wait":
		a.today = a.day(1, 20)
		a.dayComes(a.today)
	case "cancel":
		a.cancel()
	}
}

// do carries a change out, or plans it.
func (a *acting) do(change org.Change) (outcome org.Outcome, done bool) {
	err := a.update(func(tx *ledger.Tx) (err error) {
		outcome, err = org.Do(a.ctx(), tx, commandLine, change)
		return err
	})
	if err != nil && len(fault.All(err)) == 0 {
		a.rt.Fatal(err)
	}
	if err == nil && outcome.Unit.ID != 0 && change.Create != nil {
		a.units = append(a.units, outcome.Unit.ID)
	}
	return outcome, err == nil
}

func (a *acting) change() org.Change {
	unit, other, day := a.unit("unit"), a.unit("other"), a.day(-20, 20)
	switch rapid.IntRange(0, 3).Draw(a.rt, "change") {
	case 0:
		return org.Change{Create: &org.CreateCommand{Parent: unit, Code: a.code(), Name: "Mới", From: day}}
	case 1:
		return org.Change{Move: &org.MoveCommand{Unit: unit, Parent: other, From: day}}
	case 2:
		return org.Change{Rename: &org.RenameCommand{Unit: unit, Name: a.code(), From: day}}
	}
	return org.Change{Dissolve: &org.DissolveCommand{Unit: unit, From: day}}
}

func (a *acting) line() org.Change {
	unit, day := a.unit("unit"), a.day(-20, 20)
	line := rapid.SampledFrom([]string{"military", "police"}).Draw(a.rt, "line")
	if rapid.Bool().Draw(a.rt, "ends") {
		return org.Change{EndLine: &org.EndLineCommand{Unit: unit, Line: line, From: day}}
	}
	return org.Change{SetLine: &org.SetLineCommand{Unit: unit, Line: line, Head: a.unit("head"), From: day}}
}

// act merges, splits or dissolves, and says what must hold where it is done at once.
func (a *acting) act() {
	first, second, above, day := a.unit("first"), a.unit("second"), a.unit("above"), a.day(-20, 20)
	cmd := org.ReorganiseCommand{
		Kind: rapid.SampledFrom(org.ActKinds[:]).Draw(a.rt, "kind"), Decision: "1-QĐ/TU", Decided: min(day, a.today), From: day,
		ByRule: rapid.Bool().Draw(a.rt, "by rule"),
	}
	fresh := func() string {
		code := a.code()
		cmd.Heirs = append(cmd.Heirs, org.Heir{Code: code, Name: "Kế thừa " + code, Parent: above})
		return code
	}
	switch cmd.Kind {
	case org.Merger:
		heir := fresh()
		cmd.Units = []org.Predecessor{{Unit: first, Heirs: []string{heir}}, {Unit: second, Heirs: []string{heir}}}
	case org.Split:
		cmd.Units = []org.Predecessor{{Unit: first, Heirs: []string{fresh(), fresh()}}}
	case org.Dissolution:
		cmd.Units = []org.Predecessor{{Unit: first}}
	}
	outcome, done := a.do(org.Change{Reorganise: &cmd})
	if !done || outcome.Planned != nil {
		return
	}
	a.acts++
	for _, s := range outcome.Act.Units {
		if _, err := org.UnitAt(a.ctx(), a.q(), day, s.Unit); !fault.Is(err, fault.NotFound) {
			a.rt.Fatalf("unit %d is there on %s, the day of the act that ended it: %v", s.Unit, day, err)
		}
		for _, heir := range s.Heirs {
			if _, err := org.UnitAt(a.ctx(), a.q(), day, heir); err != nil {
				a.rt.Fatalf("heir %d on %s: %v", heir, day, err)
			}
		}
	}
	a.units = append(a.units, outcome.Act.Founded...)
}

// cancel takes a plan back, if there is one.
func (a *acting) cancel() {
	plans, err := org.OpenPlans(a.ctx(), a.q())
	if err != nil {
		a.rt.Fatal(err)
	}
	if len(plans) == 0 {
		return
	}
	plan := rapid.SampledFrom(plans).Draw(a.rt, "plan")
	a.must(func(tx *ledger.Tx) error {
		_, err := org.Cancel(a.ctx(), tx, access.Program(tree.New()), plan.ID)
		return err
	})
}

// linesHold says that whoever reports in a line is there, its head too, and that
// nobody reports to itself along it.
func (a *acting) linesHold() {
	heads := map[[2]any]tree.UnitID{}
	for _, unit := range a.units {
		list, err := org.Lines(a.ctx(), a.q(), unit)
		if err != nil {
			a.rt.Fatal(err)
		}
		for _, l := range list {
			if l.To != "" {
				continue
			}
			heads[[2]any{l.Line, unit}] = l.Head
			for _, is := range []tree.UnitID{unit, l.Head} {
				if _, err := org.UnitAt(a.ctx(), a.q(), a.today, is); err != nil {
					a.rt.Fatalf("%+v: unit %d on %s: %v", l, is, a.today, err)
				}
			}
		}
	}
	for from := range heads {
		at, steps := from, 0
		for head, more := heads[at]; more; head, more = heads[at] {
			if steps++; steps > len(heads) {
				a.rt.Fatalf("the line of %v goes in a circle", from)
			}
			at = [2]any{from[0], head}
		}
	}
}
