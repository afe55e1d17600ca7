package org_test

import (
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
)

// reformed is a list of the province after the districts went and the communes
// were merged: Đông Tiến and Tam Giang into Tiến Giang, Quế Tân as it was.
func reformed(t *testing.T) org.List {
	return xlsxList(t, heading,
		row("1", "09900", "Đảng bộ xã Tiến Giang", "xã", ""),
		row("2", "09196.1", "Chi bộ thôn Như Nguyệt", "", "09900"),
		row("3", "09300", "Đảng bộ xã Quế Tân", "xã", ""),
	)
}

func TestALaterListProposesMergers(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		o.commune(town.second.ID, "09300", "Đảng bộ xã Quế Tân")
		options := org.PlanOptions{Under: town.province.ID}
		plan := o.plan(reformed(t), options)
		expect(t, "figures", "added 1, renamed 0, moved 2, changed 2, dissolved 4, unchanged 0, errors 0", figures(plan))
		var likely []string
		for _, merged := range plan.Merged {
			likely = append(likely, merged.Code+" "+merged.Heirs[0].Code)
			if merged.Taken != "" {
				t.Errorf("%s is taken for merged though nobody accepted it", merged.Code)
			}
		}
		// Yên Phong's name is nowhere in the list and its communes went up with another
		// name: nothing is guessed of a district.
		expect(t, "likely heirs", []string{"09193 09900", "09196 09900"}, likely)

		options.Accept = &org.Acceptance{Likeliest: true}
		o.refused("org.act.no-decision", "decision", func(tx *ledger.Tx) error {
			options.Accept.Decided = "2020-06-01"
			return org.Apply(o.ctx(), tx, commandLine, o.plan(reformed(t), options), nil)
		})
		options.Accept = &org.Acceptance{
			Decision: "1656-NQ/UBTVQH15", Decided: "2020-06-16", Heirs: map[string]string{"258": "09900", "09196": ""}, Likeliest: true,
		}
		o.apply(o.plan(reformed(t), options))
		before, err := org.Predecessors(o.ctx(), o.q(), town.now("09900").ID)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, one := range before {
			codes = append(codes, one.Unit.Code+" "+one.Act.Decision)
		}
		// What was declined is a plain dissolution, and what somebody knows better is taken.
		expect(t, "predecessors", []string{"258 1656-NQ/UBTVQH15", "09193 1656-NQ/UBTVQH15"}, codes)
		options.Accept.Heirs = map[string]string{"259": "258"}
		o.refused("org.import.has-errors", "", func(tx *ledger.Tx) error {
			again := org.PlanOptions{Under: town.province.ID, Accept: &org.Acceptance{Heirs: map[string]string{"09300": "1"}}}
			return org.Apply(o.ctx(), tx, commandLine, o.plan(xlsxList(t, heading, row("1", "09900", "Đảng bộ xã Tiến Giang", "xã", "")), again), nil)
		})
	})
}

func TestAListDatedAheadIsTakenUpAsItWasShown(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		content := "Mã,Tên,Loại,Mã cấp trên,Cấp\n27,Đảng bộ tỉnh Bắc Ninh,tỉnh,,\n258,Đảng bộ huyện Yên Phong,huyện,27,\n09200,Đảng bộ xã Yên Trung,xã,258,\n"
		ahead := func() *org.ListCommand {
			return &org.ListCommand{Name: "sau.csv", Content: []byte(content), Under: o.root.ID, AsOf: "2020-08-01"}
		}
		// Its district is to be renamed before: the list gives the old name back.
		o.do(commandLine, org.Change{Rename: &org.RenameCommand{Unit: town.first.ID, Name: "Đảng bộ huyện Yên Phong mới", From: "2020-07-20"}})
		o.must(func(tx *ledger.Tx) error {
			plan, err := org.PlanAhead(o.ctx(), tx, commandLine, *ahead())
			expect(t, "figures", "added 1, renamed 1, moved 0, changed 2, dissolved 4, unchanged 0, errors 0", figures(plan))
			return err
		})
		planned := o.do(commandLine, org.Change{List: ahead()}, org.Change{List: ahead()})
		// What the second was shown to do, which is nothing, it does no more.
		o.must(func(tx *ledger.Tx) error {
			_, err := org.Cancel(o.ctx(), tx, o.keeper(o.root.ID), planned[0].Planned.ID)
			return err
		})
		third := o.do(commandLine, org.Change{List: ahead()})[0].Planned
		o.dayComes("2020-08-01")
		for id, want := range map[int64]org.PlanState{planned[1].Planned.ID: org.Stuck, third.ID: org.Effective} {
			plan, err := org.PlanOf(o.ctx(), o.q(), id)
			if err != nil || plan.State != want {
				t.Errorf("plan %d became %s because of %s, want %s: %v", id, plan.State, plan.Why.EN, want, err)
			}
		}
		lines := []string{"2020-08-01  Đảng bộ xã Yên Trung grassroots 258"}
		expect(t, "the added unit", lines, o.history(town.now("09200").ID))
	})
}
