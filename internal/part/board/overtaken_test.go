package board

import (
	"encoding/json"
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// A unit that had another level meanwhile, or was gone, comes back with nothing
// that was overtaken or taken back since.
func TestWhatWasOvertakenDoesNotComeBack(t *testing.T) {
	unit := func(level string) org.UnitChanged { return org.UnitChanged{Unit: 2, Parent: 1, Level: level} }
	told := report.VersionTold{Directive: 1, Milestone: "held", Unit: 2, Content: "{}"}
	submitted := report.VersionSubmitted{Report: 7, Directive: 1, Milestone: "held", Unit: 2, Content: "{}"}
	withdrawn := report.TellingTakenBack{Directive: 1, Milestone: "held", Unit: 2}
	type event struct {
		kind    ledger.Kind
		payload any
	}
	begin := []event{
		{org.Created, org.UnitChanged{Unit: 1, Level: "top"}},
		{org.Created, unit("base")},
		{directive.Issued, directive.VersionIssued{Directive: 1, Unit: 1, Version: 1, Document: directive.Document{Milestones: []directive.Milestone{{
			Key: "held", Deadlines: []profile.Deadline{{Level: "base", Date: "2020-12-31"}, {Level: "middle", Date: "2020-12-31"}},
		}}}}},
	}
	for name, test := range map[string]struct {
		events []event
		want   Cell
	}{
		"told, gone, withdrawn": {
			[]event{{report.Told, told}, {org.Dissolved, unit("base")}, {report.TellingWithdrawn, withdrawn}, {org.Created, unit("base")}},
			Cell{Total: 1},
		},
		"told, told again under another level and withdrawn": {
			[]event{{report.Told, told}, {org.Changed, unit("middle")}, {report.Told, told}, {report.TellingWithdrawn, withdrawn}, {org.Changed, unit("base")}},
			Cell{Total: 1},
		},
		"submitted, told under another level": {
			[]event{{report.Submitted, submitted}, {org.Changed, unit("middle")}, {report.Told, told}, {org.Changed, unit("base")}},
			Cell{Total: 1},
		},
		"told, another level and back": {
			[]event{{report.Told, told}, {org.Changed, unit("middle")}, {org.Changed, unit("base")}},
			Cell{Total: 1, Provisional: 1},
		},
	} {
		b := New(clock.NewManual(time.Date(2020, time.June, 1, 8, 0, 0, 0, time.UTC)))
		for i, e := range append(begin[:len(begin):len(begin)], test.events...) {
			payload, err := json.Marshal(e.payload)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Apply([]ledger.Event{{Position: int64(i + 1), Time: b.clock.Now(), Kind: e.kind, Payload: payload}}); err != nil {
				t.Fatal(err)
			}
		}
		v, err := b.Read(1, 1, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Head.Cells[0]; got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}
