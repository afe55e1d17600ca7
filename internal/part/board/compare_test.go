package board

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// compareMoments puts every two moments that were remembered side by side: each
// side is the board as it was read then, and what changed between them is what
// the differences say. On today's map a moment beside itself is no change.
func (p *play) compareMoments() {
	now := copied{at: Moment{p.position, clock.DateOf(p.clock.Now(), time.UTC)}}
	for at, from := range p.moments {
		for unit, then := range from.views {
			for _, to := range append(p.moments[at:], now) {
				p.compareTwo(unit, from, to, then)
			}
		}
	}
}

func (p *play) compareTwo(unit tree.UnitID, from, to copied, then View) {
	got, err := p.boards.Compare(1, unit, from.at, to.at, AsThen)
	if err != nil {
		p.t.Fatalf("comparing unit %d at %+v and %+v: %v", unit, from.at, to.at, err)
	}
	for at, column := range got.Now.Columns {
		was := slices.IndexFunc(then.Columns, func(c Column) bool { return c.Milestone == column.Milestone && c.Level == column.Level })
		var want Cell
		if was >= 0 {
			want = then.Head.Cells[was]
		}
		if diff := cmp.Diff(want, got.Head.Then[at]); diff != "" {
			p.t.Errorf("unit %d, column %v at %+v beside %+v (-read then +compared):\n%s", unit, column, from.at, to.at, diff)
		}
		p.adds(unit, at, from, to, got, AsThen)
	}
	today, err := p.boards.Compare(1, unit, from.at, to.at, Today)
	if err != nil {
		if _, here := p.level[int64(unit)]; here {
			p.t.Fatalf("comparing unit %d on today's map: %v", unit, err)
		}
		return // dissolved since
	}
	for at := range today.Now.Columns {
		p.adds(unit, at, from, to, today, Today)
		if from.at == to.at {
			if diff := cmp.Diff(today.Head.Then[at], today.Head.Now[at]); diff != "" {
				p.t.Errorf("a moment beside itself (-then +now):\n%s", diff)
			}
		}
	}
}

// adds checks that the differences make one side of a comparison the other.
func (p *play) adds(unit tree.UnitID, column int, from, to copied, c Comparison, on Map) {
	list, err := p.boards.Differences(1, unit, column, from.at, to.at, on)
	if err != nil {
		p.t.Fatal(err)
	}
	change := map[State]int32{}
	for _, d := range list {
		change[d.Then]--
		change[d.Now]++
	}
	then, now := c.Head.Then[column], c.Head.Now[column]
	want := map[State]int32{
		Done: now.Done - then.Done, Waiting: now.Waiting - then.Waiting, Provisional: now.Provisional - then.Provisional,
		Late: now.Late - then.Late, Soon: now.Soon - then.Soon, Exempt: now.Exempt - then.Exempt,
	}
	for state, n := range want {
		if change[state] != n {
			p.t.Errorf("unit %d, column %d, %s map, %+v beside %+v: %d more are %s, the differences say %d", unit, column, on, from.at, to.at, n, state, change[state])
		}
	}
}

// Two units are merged after one of them had reported: on the map of then one of
// two was done, on today's the one that came of both was not.
func TestAComparisonOnTodaysMapCountsWhatUnitsCameOf(t *testing.T) {
	b, position := New(clock.NewManual(time.Date(2025, time.July, 2, 8, 0, 0, 0, time.UTC))), int64(0)
	happen := func(kind ledger.Kind, payload any) {
		encoded, err := json.Marshal(payload)
		if err != nil {
			t.Fatal(err)
		}
		position++
		if err := b.Apply([]ledger.Event{{Position: position, Time: b.clock.Now(), Kind: kind, Payload: encoded}}); err != nil {
			t.Fatal(err)
		}
	}
	moment := func() Moment { return Moment{position, clock.DateOf(b.clock.Now(), time.UTC)} }
	happen(org.Created, org.UnitChanged{Unit: 1, Level: "top"})
	for _, unit := range []tree.UnitID{2, 3, 4} {
		happen(org.Created, org.UnitChanged{Unit: unit, Level: "middle", Parent: 1})
	}
	happen(directive.Issued, directive.VersionIssued{Directive: 1, Unit: 1, Version: 1, Document: directive.Document{
		Milestones: []directive.Milestone{{Key: "done", Deadlines: []profile.Deadline{{Level: "middle", Date: "2025-12-31"}}}},
	}})
	happen(report.Submitted, report.VersionSubmitted{Report: 1, Directive: 1, Milestone: "done", Unit: 2, Content: "{}"})
	happen(report.Accepted, report.Decided{Report: 1, Directive: 1, Milestone: "done", Unit: 2})
	before := moment()
	happen(org.Created, org.UnitChanged{Unit: 5, Level: "middle", Parent: 1})
	for _, unit := range []tree.UnitID{2, 3} {
		happen(org.Dissolved, org.UnitChanged{Unit: unit, Level: "middle", Parent: 1})
	}
	happen(org.Reorganised, org.UnitsReorganised{Kind: org.Merger, Founded: []tree.UnitID{5}, Units: []org.Succession{
		{Unit: 2, Heirs: []tree.UnitID{5}}, {Unit: 3, Heirs: []tree.UnitID{5}},
	}})
	happen(org.Dissolved, org.UnitChanged{Unit: 4, Level: "middle", Parent: 1})
	after := moment()
	for _, c := range []struct {
		on        Map
		then, now Cell
		lost      int32
		rows      []tree.UnitID
		changed   []Difference
	}{
		{AsThen, Cell{Total: 3, Done: 1}, Cell{Total: 1}, 0, []tree.UnitID{2, 3, 4, 5}, []Difference{{2, Done, ""}, {3, Nothing, ""}, {4, Nothing, ""}, {5, "", Nothing}}},
		{Today, Cell{Total: 1}, Cell{Total: 1}, 1, []tree.UnitID{5}, nil},
	} {
		got, err := b.Compare(1, 1, before, after, c.on)
		if err != nil {
			t.Fatal(err)
		}
		if got.Head.Then[0] != c.then || got.Head.Now[0] != c.now || got.Lost[0] != c.lost {
			t.Errorf("%s map: %+v beside %+v, %d lost; want %+v beside %+v, %d lost", c.on, got.Head.Then[0], got.Head.Now[0], got.Lost[0], c.then, c.now, c.lost)
		}
		var rows []tree.UnitID
		for _, r := range got.Rows {
			rows = append(rows, r.Unit)
		}
		if diff := cmp.Diff(c.rows, rows); diff != "" {
			t.Errorf("%s map: rows (-want +got):\n%s", c.on, diff)
		}
		list, err := b.Differences(1, 1, 0, before, after, c.on)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.changed, list); diff != "" {
			t.Errorf("%s map: differences (-want +got):\n%s", c.on, diff)
		}
	}
}

func TestAMomentBeforeTheDirectiveIsNotCompared(t *testing.T) {
	b := New(clock.NewManual(time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC)))
	c := newCountry(t, 10)
	if err := b.Apply(c.events); err != nil {
		t.Fatal(err)
	}
	now := Moment{int64(len(c.events)), "2020-07-10"}
	for name, from := range map[string]Moment{"the first event": {1, "2020-01-01"}, "no event": {0, "2020-01-01"}} {
		for _, on := range []Map{AsThen, Today} {
			if _, err := b.Compare(1, 1, from, now, on); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s map: %v, want a fault of kind NotFound", name, on, err)
			}
		}
	}
	if _, err := b.Differences(1, 1, 9, now, now, AsThen); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown column: %v, want a fault of kind NotFound", err)
	}
}
