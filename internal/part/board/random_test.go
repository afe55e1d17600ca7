package board

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// id is mostly the number that the database counts out, at times one far away.
func id(unit int64) tree.UnitID {
	if unit%7 == 0 {
		return tree.UnitID(unit << 40)
	}
	return tree.UnitID(unit)
}

// play drives boards with random events and keeps the naive world beside them.
type play struct {
	*world
	t        *rapid.T
	boards   *Boards
	clock    *clock.Manual
	position int64
	units    int64
	reports  int64
	open     map[[2]any]int64 // newest submitted report
	numbers  map[int64]string // what a report says
	values   map[[2]any]string
	pages    map[tree.UnitID]*reader
	moments  []moment
}

// reader is a page that is open in a browser.
type reader struct {
	position int64
	cells    map[[2]int64]Cell
}

// moment is what all cells were after an event.
type moment struct {
	position int64
	cells    map[[2]int64]Cell
}

var levels = []string{"top", "middle", "base"}

func (p *play) happen(kind ledger.Kind, payload any) {
	encoded, err := json.Marshal(payload)
	if err != nil {
		p.t.Fatal(err)
	}
	p.position++
	err = p.boards.Apply([]ledger.Event{{Position: p.position, Kind: kind, Payload: encoded}})
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
}

func (p *play) submit() {
	unit, ok := p.some("reporting", func(u int64) bool { return p.level[u] != "top" })
	if !ok {
		return
	}
	p.reports++
	key := [2]any{"done", unit}
	p.waiting[key], p.open[key] = true, p.reports
	p.numbers[p.reports] = strconv.Itoa(rapid.IntRange(0, 99).Draw(p.t, "number"))
	content, _ := json.Marshal(map[string]string{"people": p.numbers[p.reports]})
	p.happen(report.Submitted, report.VersionSubmitted{Report: p.reports, Directive: 1, Milestone: "done", Unit: id(unit), Content: string(content)})
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

func (p *play) sleep() {
	p.clock.Advance(time.Duration(rapid.IntRange(1, 9).Draw(p.t, "days")) * 24 * time.Hour)
	p.boards.Advance()
}

// hear has the open pages take the updates as the page's script does.
func (p *play) hear(updates []Update) {
	for _, u := range updates {
		page := p.pages[u.Unit]
		if page == nil {
			continue
		}
		if u.Reload {
			p.load(u.Unit)
			continue
		}
		if u.From > page.position {
			p.t.Errorf("the page of %d is at %d and hears of a change from %d", u.Unit, page.position, u.From)
		}
		page.take(u)
	}
}

func (r *reader) take(u Update) {
	r.position = u.To
	for _, c := range u.Cells {
		r.cells[[2]int64{int64(c.Unit), int64(c.Column)}] = c.Cell
	}
}

// look opens a page.
func (p *play) look() {
	unit, _ := p.some("watched", func(int64) bool { return true })
	if page := p.pages[id(unit)]; page == nil {
		p.load(id(unit))
	}
}

func (p *play) load(unit tree.UnitID) {
	v, err := p.boards.Read(1, unit, 0)
	if err != nil {
		p.t.Fatal(err)
	}
	page := &reader{v.Position, map[[2]int64]Cell{}}
	for _, r := range append(v.Rows, v.Head) {
		for column, cell := range r.Cells {
			page.cells[[2]int64{int64(r.Unit), int64(column)}] = cell
		}
	}
	p.pages[unit] = page
}

func (p *play) remember() {
	m := moment{p.position, map[[2]int64]Cell{}}
	for unit := range p.level {
		v, err := p.boards.Read(1, id(unit), 0)
		if err != nil {
			p.t.Fatal(err)
		}
		for column, cell := range v.Head.Cells {
			m.cells[[2]int64{unit, int64(column)}] = cell
		}
	}
	p.moments = append(p.moments, m)
}

func TestBoardsGiveTheFiguresOfARecountAfterAnyHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := begin(t)
		steps := map[string]func(){
			"create": p.create, "move": p.move, "dissolve": p.dissolve, "submit": p.submit, "decide": p.decide,
			"tighten": p.tighten, "sleep": p.sleep, "look": p.look, "remember": p.remember,
		}
		names := []string{"create", "create", "create", "submit", "submit", "submit", "decide", "decide", "move", "dissolve", "tighten", "sleep", "look", "remember"}
		for range rapid.IntRange(5, 80).Draw(t, "steps") {
			steps[rapid.SampledFrom(names).Draw(t, "step")]()
		}
		compare(t, p.world, p.boards)
		p.comparePages()
		p.comparePast()
		p.compareSums()
	})
}

func begin(t *rapid.T) *play {
	p := &play{
		t: t, clock: clock.NewManual(time.Date(2020, time.June, 1, 8, 0, 0, 0, time.UTC)),
		world: &world{map[int64]int64{}, map[int64]string{}, map[[2]any]bool{}, map[[2]any]bool{}, map[string]int32{}},
		open:  map[[2]any]int64{}, numbers: map[int64]string{}, values: map[[2]any]string{}, pages: map[tree.UnitID]*reader{},
	}
	p.boards = New(p.clock)
	p.boards.calendar = calendar{today: p.boards.today(), soon: 7}
	p.boards.Publish(func(_ int64, unit tree.UnitID) bool { return p.pages[unit] != nil }, p.hear)
	p.units = 1
	p.parent[1], p.level[1] = 0, "top"
	p.put(org.Created, 1)
	for range rapid.IntRange(0, 6).Draw(t, "units before") {
		p.create()
	}
	p.happen(directive.Issued, directive.VersionIssued{Directive: 1, Unit: 1, Version: 1, Document: directive.Document{
		Milestones: []directive.Milestone{{
			Key:        "done",
			Deadlines:  []profile.Deadline{{Level: "middle", Date: "2020-06-30"}, {Level: "base", Date: "2020-06-15"}},
			Indicators: []profile.Indicator{{Key: "people", Kind: profile.Number}},
		}},
	}})
	return p
}

// comparePages checks that every open page shows what a page opened now would.
// Rows that moved away are not compared: the page is loaded anew for those.
func (p *play) comparePages() {
	for unit, page := range p.pages {
		v, err := p.boards.Read(1, unit, 0)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, r := range append(v.Rows, v.Head) {
			for column, want := range r.Cells {
				got, shown := page.cells[[2]int64{int64(r.Unit), int64(column)}]
				if shown && got != want {
					p.t.Errorf("the page of %d shows %+v for unit %d, column %d; the board has %+v", unit, got, r.Unit, column, want)
				}
			}
		}
	}
}

func (p *play) comparePast() {
	for _, m := range p.moments {
		for key, was := range m.cells {
			v, err := p.boards.Read(1, id(key[0]), m.position)
			if err != nil {
				continue // dissolved since
			}
			got := v.Head.Past[key[1]]
			if diff := cmp.Diff(Past{was.Total, was.Done, was.Waiting}, got); diff != "" {
				p.t.Errorf("unit %d, column %d after event %d (-then +history):\n%s", key[0], key[1], m.position, diff)
			}
		}
	}
}

func (p *play) compareSums() {
	for unit := range p.level {
		v, err := p.boards.Read(1, id(unit), 0)
		if err != nil {
			p.t.Fatal(err)
		}
		for column, sums := range v.Head.Sums {
			var total, units int
			for key, number := range p.values {
				reporter := key[1].(int64)
				if p.level[reporter] == v.Columns[column].Level && p.below(reporter, unit) {
					n, _ := strconv.Atoi(number)
					total, units = total+n, units+1
				}
			}
			if got := sums[0]; got.Total.String() != strconv.Itoa(total) || int(got.Units) != units {
				p.t.Errorf("sum of unit %d, column %d: got %s of %d, want %d of %d", unit, column, got.Total, got.Units, total, units)
			}
		}
	}
}
