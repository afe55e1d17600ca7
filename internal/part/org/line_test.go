package org_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

func (o *office) lines(unit tree.UnitID) []org.Lined {
	o.t.Helper()
	list, err := org.Lines(o.ctx(), o.q(), unit)
	if err != nil {
		o.t.Fatal(err)
	}
	return list
}

func TestAUnitReportsInALineAndIsCountedWhereItWas(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		command := o.create(town.province.ID, "27.QS", "Đảng bộ Quân sự tỉnh", "2020-01-01")
		_, before := o.kinds(0)
		o.do(o.keeper(town.province.ID), org.Change{SetLine: &org.SetLineCommand{Unit: town.east.ID, Line: "military", Head: command.ID, From: "2020-03-01"}},
			org.Change{SetLine: &org.SetLineCommand{Unit: town.east.ID, Line: "military", Head: town.second.ID, From: "2020-06-01"}},
			org.Change{EndLine: &org.EndLineCommand{Unit: town.east.ID, Line: "military", From: "2020-08-01"}}) // ahead
		want := []org.Lined{
			{Unit: town.east.ID, Line: "military", Head: command.ID, From: "2020-03-01", To: "2020-06-01"},
			{Unit: town.east.ID, Line: "military", Head: town.second.ID, From: "2020-06-01"},
		}
		if diff := cmp.Diff(want, o.lines(town.east.ID)); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
		if unit := town.now("09193"); unit.Parent != town.first.ID {
			t.Errorf("the unit stands under %d, want %d as before", unit.Parent, town.first.ID)
		}
		o.dayComes("2020-08-01")
		if list := o.lines(town.east.ID); list[1].To != "2020-08-01" {
			t.Errorf("on its day the line ended on %q", list[1].To)
		}
		kinds, _ := o.kinds(before)
		if diff := cmp.Diff([]ledger.Kind{org.LineSet, org.LineSet, org.PlanMade, org.LineEnded}, kinds); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestLinesThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		set := func(unit, head tree.UnitID, line string) func(*ledger.Tx) error {
			return func(tx *ledger.Tx) error {
				_, err := org.SetLine(o.ctx(), tx, commandLine, org.SetLineCommand{Unit: unit, Line: line, Head: head, From: "2020-06-01"})
				return err
			}
		}
		o.must(set(town.east.ID, town.second.ID, "military"))
		o.refused("org.line.unknown", "line", set(town.west.ID, town.second.ID, "navy"))
		o.refused("org.line.itself", "head", set(town.west.ID, town.west.ID, "police"))
		o.refused("org.line.above", "head", set(town.west.ID, town.first.ID, "police"))
		o.refused("org.line.same", "head", set(town.east.ID, town.second.ID, "military"))
		o.refused("org.line.circle", "head", set(town.second.ID, town.east.ID, "military"))
		o.refused("org.line.early", "from", set(town.east.ID, town.west.ID, "military"))
		o.refused("org.no-unit", "", set(town.west.ID, 9999, "police"))
		ended := o.create(town.province.ID, "260", "Đảng bộ huyện Tiên Du", "2020-01-01")
		o.do(commandLine, org.Change{Dissolve: &org.DissolveCommand{Unit: ended.ID, From: "2020-07-01"}})
		o.refused("org.line.gone", "from", set(town.west.ID, ended.ID, "police"))
		end := func(unit tree.UnitID, line string) func(*ledger.Tx) error {
			return func(tx *ledger.Tx) error {
				_, err := org.EndLine(o.ctx(), tx, commandLine, org.EndLineCommand{Unit: unit, Line: line})
				return err
			}
		}
		o.refused("org.line.not-in", "line", end(town.west.ID, "military"))
		err := o.update(func(tx *ledger.Tx) error {
			_, err := org.SetLine(o.ctx(), tx, o.keeper(town.second.ID), org.SetLineCommand{Unit: town.west.ID, Line: "police", Head: town.second.ID})
			return err
		})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("who keeps another district: %v", err)
		}
	})
}

func TestADissolutionEndsLines(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		o.do(commandLine, org.Change{SetLine: &org.SetLineCommand{Unit: town.east.ID, Line: "police", Head: town.second.ID, From: "2020-02-01"}},
			org.Change{Dissolve: &org.DissolveCommand{Unit: town.second.ID, From: "2020-06-01"}})
		if list := o.lines(town.east.ID); len(list) != 1 || list[0].To != "2020-06-01" {
			t.Errorf("lines under a unit that is gone: %+v", list)
		}
	})
}
