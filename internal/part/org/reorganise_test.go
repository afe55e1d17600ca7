package org_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// town is a province with two districts, the first with two communes, one of
// which has a grassroots cell.
type town struct {
	*office
	province, first, second, east, west, cell org.Unit
}

func newTown(o *office) town {
	o.t.Helper()
	t := town{office: o}
	t.province = o.create(o.root.ID, "27", "Đảng bộ tỉnh Bắc Ninh", "2020-01-01")
	t.first = o.create(t.province.ID, "258", "Đảng bộ huyện Yên Phong", "2020-01-01")
	t.second = o.create(t.province.ID, "259", "Đảng bộ huyện Quế Võ", "2020-01-01")
	t.east = o.commune(t.first.ID, "09193", "Đảng bộ xã Đông Tiến")
	t.west = o.commune(t.first.ID, "09196", "Đảng bộ xã Tam Giang")
	t.cell = o.create(t.west.ID, "09196.1", "Chi bộ thôn Như Nguyệt", "2020-03-01")
	return t
}

// commune creates a unit of that kind.
func (o *office) commune(parent tree.UnitID, code, name string) org.Unit {
	o.t.Helper()
	return o.do(commandLine, org.Change{Create: &org.CreateCommand{Parent: parent, Code: code, Name: name, Kind: "commune", From: "2020-01-01"}})[0].Unit
}

// merger is the merger of the two communes into a new one.
func (t town) merger() org.ReorganiseCommand {
	return org.ReorganiseCommand{
		Kind: org.Merger, Decision: "1656-QĐ/TU", Decided: "2020-06-20", From: "2020-07-01",
		Heirs: []org.Heir{{Code: "09999", Name: "Đảng bộ xã Tiến Giang", Parent: t.first.ID}},
		Units: []org.Predecessor{{Unit: t.east.ID, Heirs: []string{"09999"}}, {Unit: t.west.ID, Heirs: []string{"09999"}}},
	}
}

func (t town) reorganise(actor access.Actor, cmd org.ReorganiseCommand) (act org.Act) {
	t.t.Helper()
	t.must(func(tx *ledger.Tx) (err error) {
		act, err = org.Reorganise(t.ctx(), tx, actor, cmd)
		return err
	})
	return act
}

func (t town) now(code string) org.Unit {
	t.t.Helper()
	unit, err := org.ByCode(t.ctx(), t.q(), clock.Date("9999-12-31"), code)
	if err != nil {
		t.t.Fatal(err)
	}
	return unit
}

func TestAMergerIsOneAct(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		var secretary, deputy org.Post
		o.must(func(tx *ledger.Tx) (err error) {
			secretary, err = org.Appoint(o.ctx(), tx, commandLine, org.AppointCommand{
				Unit: town.east.ID, Body: "standing-body", Post: "secretary", Name: "Nguyễn Văn Hùng", From: "2020-02-01",
			})
			if err != nil {
				return err
			}
			deputy, err = org.Appoint(o.ctx(), tx, commandLine, org.AppointCommand{
				Unit: town.west.ID, Body: "standing-body", Post: "secretary", Name: "Trần Thị Mai", From: "2020-07-05",
			})
			return err
		})
		cmd := town.merger()
		cmd.Posts = []org.PostFate{{Post: secretary.ID, Heir: "09999"}, {Post: deputy.ID}}
		act := town.reorganise(o.keeper(town.province.ID), cmd)
		heir := town.now("09999")
		want := []org.Succession{{Unit: town.east.ID, Heirs: []tree.UnitID{heir.ID}}, {Unit: town.west.ID, Heirs: []tree.UnitID{heir.ID}}}
		if diff := cmp.Diff(want, act.Units); diff != "" {
			t.Errorf("successions (-want +got):\n%s", diff)
		}
		for unit, lines := range map[tree.UnitID][]string{
			heir.ID:      {"2020-07-01  Đảng bộ xã Tiến Giang grassroots 258"},
			town.east.ID: {"2020-01-01 2020-07-01 Đảng bộ xã Đông Tiến grassroots 258"},
			town.cell.ID: {"2020-03-01 2020-07-01 Chi bộ thôn Như Nguyệt cell 09196", "2020-07-01  Chi bộ thôn Như Nguyệt cell 09999"},
		} {
			if diff := cmp.Diff(lines, o.history(unit)); diff != "" {
				t.Errorf("history of unit %d (-want +got):\n%s", unit, diff)
			}
		}
		posts, err := org.Posts(o.ctx(), o.q(), heir.ID)
		if err != nil || len(posts) != 1 || posts[0].Name != "Nguyễn Văn Hùng" || posts[0].From != "2020-07-01" {
			t.Errorf("posts of the heir: %+v, %v", posts, err)
		}
		ended, err := org.PostOf(o.ctx(), o.q(), deputy.ID)
		if err != nil || ended.To != "2020-07-05" {
			t.Errorf("the post that began after the act ended on %q, want the day it began: %v", ended.To, err)
		}
		before, err := org.Predecessors(o.ctx(), o.q(), heir.ID)
		if err != nil || len(before) != 2 || before[0].Unit.Name != "Đảng bộ xã Đông Tiến" || before[0].Act.Decision != "1656-QĐ/TU" {
			t.Errorf("predecessors: %+v, %v", before, err)
		}
		town.lastEventIs(act)
	})
}

// lastEventIs says that the log ends with the act, after the events of the
// single units.
func (t town) lastEventIs(act org.Act) {
	t.t.Helper()
	events, err := ledger.After(t.ctx(), t.q(), 0, 1000)
	if err != nil {
		t.t.Fatal(err)
	}
	last := events[len(events)-1]
	var told org.UnitsReorganised
	if err := json.Unmarshal(last.Payload, &told); err != nil || last.Kind != org.Reorganised {
		t.t.Fatalf("the last event is %s: %v", last.Kind, err)
	}
	want := org.UnitsReorganised{Act: act.ID, Kind: act.Kind, Decision: act.Decision, Decided: act.Decided, From: act.From, Units: act.Units, Founded: act.Founded}
	if diff := cmp.Diff(want, told); diff != "" {
		t.t.Errorf("event (-want +got):\n%s", diff)
	}
}

func TestAUnitMayGoOnThroughAnAct(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		// Đông Tiến takes Tam Giang in, under another name.
		town.reorganise(o.keeper(town.first.ID), org.ReorganiseCommand{
			Kind: org.Merger, Decision: "1", Decided: "2020-06-20",
			Heirs: []org.Heir{{Code: "09193", Name: "Đảng bộ xã Đông Giang"}},
			Units: []org.Predecessor{{Unit: town.west.ID, Heirs: []string{"09193"}}, {Unit: town.east.ID, Heirs: []string{"09193"}}},
		})
		if got := town.now("09193"); got.Name != "Đảng bộ xã Đông Giang" || got.ID != town.east.ID {
			t.Errorf("the heir is %+v", got)
		}
		// And gives a new commune off, with the cell.
		town.reorganise(o.keeper(town.first.ID), org.ReorganiseCommand{
			Kind: org.Split, Decision: "2", Decided: "2020-06-20",
			Heirs:    []org.Heir{{Code: "09193"}, {Code: "09197", Name: "Đảng bộ xã Như Nguyệt", Parent: town.first.ID}},
			Units:    []org.Predecessor{{Unit: town.east.ID, Heirs: []string{"09193", "09197"}}},
			Children: []org.ChildFate{{Unit: town.cell.ID, Heir: "09197"}},
		})
		if cell, fresh := town.now("09196.1"), town.now("09197"); cell.Parent != fresh.ID {
			t.Errorf("the cell stands under unit %d, want %d", cell.Parent, fresh.ID)
		}
		heirs, err := org.Heirs(o.ctx(), o.q(), town.east.ID)
		if err != nil || len(heirs) != 1 || heirs[0].Unit.Code != "09197" {
			t.Errorf("heirs of the unit that went on: %+v, %v", heirs, err)
		}
	})
}

func TestADissolutionGivesTheUnitsBelowAway(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		town.reorganise(o.keeper(o.root.ID), org.ReorganiseCommand{
			Kind: org.Dissolution, Decision: "60-NQ/TW", Decided: "2020-06-20", From: "2020-07-01",
			Heirs: []org.Heir{{Code: "27"}},
			Units: []org.Predecessor{{Unit: town.first.ID, Heirs: []string{"27"}}, {Unit: town.second.ID, Heirs: []string{}}},
		})
		if east := town.now("09193"); east.Parent != town.province.ID || east.Level != "grassroots" {
			t.Errorf("the commune became %+v", east)
		}
		children, err := org.AsOf(o.ctx(), o.q(), today, town.province.ID)
		if err != nil || len(children) != 2 {
			t.Errorf("below the province: %+v, %v", children, err)
		}
	})
}

func TestAnActEnteredLateTakesWhatCameLater(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		late := o.create(town.west.ID, "09196.2", "Chi bộ thôn Vọng Nguyệt", "2020-07-05")
		o.must(func(tx *ledger.Tx) error {
			_, err := org.Rename(o.ctx(), tx, commandLine, org.RenameCommand{Unit: town.cell.ID, Name: "Chi bộ Như Nguyệt", From: "2020-07-06"})
			return err
		})
		town.reorganise(commandLine, town.merger())
		want := []string{"2020-07-05  Chi bộ thôn Vọng Nguyệt cell 09999"}
		if diff := cmp.Diff(want, o.history(late.ID)); diff != "" {
			t.Errorf("the unit that came later (-want +got):\n%s", diff)
		}
		want = []string{
			"2020-03-01 2020-07-01 Chi bộ thôn Như Nguyệt cell 09196", "2020-07-01 2020-07-06 Chi bộ thôn Như Nguyệt cell 09999",
			"2020-07-06  Chi bộ Như Nguyệt cell 09999",
		}
		if diff := cmp.Diff(want, o.history(town.cell.ID)); diff != "" {
			t.Errorf("the renamed unit (-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsNoReorganisation(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		for _, c := range []struct {
			key, field string
			change     func(*org.ReorganiseCommand)
		}{
			{"org.act.no-decision", "decision", func(r *org.ReorganiseCommand) { r.Decision = " " }},
			{"org.act.decided-late", "decided", func(r *org.ReorganiseCommand) { r.Decided = "2020-07-11" }},
			{"org.act.no-decided", "decided", func(r *org.ReorganiseCommand) { r.Decided = "" }},
			{"org.act.kind", "kind", func(r *org.ReorganiseCommand) { r.Kind = "union" }},
			{"org.act.unit-twice", "units", func(r *org.ReorganiseCommand) { r.Units = append(r.Units, r.Units[0]) }},
			{"org.act.no-units", "units", func(r *org.ReorganiseCommand) { r.Units = nil }},
			{"org.act.merger", "units", func(r *org.ReorganiseCommand) { r.Units = r.Units[:1] }},
			{"org.act.split", "units", func(r *org.ReorganiseCommand) { r.Kind = org.Split }},
			{"org.act.heir-unknown", "units", func(r *org.ReorganiseCommand) { r.Units[0].Heirs = []string{"9"} }},
			{"org.act.heir-twice", "heir.1.code", func(r *org.ReorganiseCommand) { r.Heirs = append(r.Heirs, r.Heirs[0]) }},
			{"org.name-empty", "heir.0.name", func(r *org.ReorganiseCommand) { r.Heirs[0].Name = "" }},
			{"org.act.heir-ends", "heir.0.code", func(r *org.ReorganiseCommand) {
				r.Heirs[0].Code = "258"
				r.Units = []org.Predecessor{{Unit: town.first.ID, Heirs: nil}, r.Units[0]}
				r.Kind, r.Units[1].Heirs = org.Dissolution, []string{"258"}
			}},
			{"org.act.dissolution", "units", func(r *org.ReorganiseCommand) {
				r.Kind, r.Heirs = org.Dissolution, []org.Heir{{Code: "09193"}}
				r.Units = []org.Predecessor{{Unit: town.east.ID, Heirs: []string{"09193"}}}
			}},
			{"org.act.child-homeless", "child." + id(town.cell.ID), func(r *org.ReorganiseCommand) {
				r.Kind, r.Units[0].Heirs, r.Units[1].Heirs = org.Dissolution, nil, nil
			}},
			{"org.future", "from", func(r *org.ReorganiseCommand) { r.From = "2020-07-11" }},
			{"org.root-stays", "units", func(r *org.ReorganiseCommand) { r.Units[0].Unit = o.root.ID }},
		} {
			cmd := town.merger()
			c.change(&cmd)
			o.refused(c.key, c.field, func(tx *ledger.Tx) error {
				_, err := org.Reorganise(o.ctx(), tx, commandLine, cmd)
				return err
			})
		}
		if got := len(o.history(town.east.ID)); got != 1 {
			t.Errorf("refused acts left %d periods", got)
		}
	})
}

func TestWhoMayReorganise(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		other := o.create(o.root.ID, "24", "Đảng bộ tỉnh Bắc Giang", "2020-01-01")
		forbidden := func(actor access.Actor, cmd org.ReorganiseCommand) {
			t.Helper()
			err := o.update(func(tx *ledger.Tx) error {
				_, err := org.Reorganise(o.ctx(), tx, actor, cmd)
				return err
			})
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("refused with %v, want forbidden", err)
			}
		}
		forbidden(o.keeper(other.ID), town.merger())
		forbidden(o.keeper(town.east.ID), town.merger())
		elsewhere := town.merger()
		elsewhere.Heirs = []org.Heir{{Code: "24"}}
		elsewhere.Kind, elsewhere.Units = org.Dissolution, []org.Predecessor{{Unit: town.first.ID, Heirs: []string{"24"}}}
		forbidden(o.keeper(town.province.ID), elsewhere)
		leader := o.keeper(town.province.ID)
		leader.Grants = slices.Clone(leader.Grants)
		leader.Grants[0].Role = access.Leader
		forbidden(leader, town.merger())
	})
}
