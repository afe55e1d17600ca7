package board

import (
	"bytes"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
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
	rests    map[[2]any]int // on how many reports the values of an heir do
	pages    map[tree.UnitID]*reader
	moments  []copied
	version  int
	closed   clock.Date            // "" while the directive is in force
	dates    map[string]clock.Date // of the directive, by level
	room     Room                  // read in again and again
}

// reader is a page that is open in a browser.
type reader struct {
	position int64
	cells    map[[2]int64]Cell
}

// copied is every unit's board after an event.
type copied struct {
	at    Moment
	views map[tree.UnitID]View
	lists map[tree.UnitID][][]Listed
}

var levels = []string{"top", "middle", "base"}

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
	if err != nil && p.closed != "" {
		delete(p.pages, unit) // it came after the closing
		return
	}
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

// remember keeps every unit's board as it is read now.
func (p *play) remember() {
	c := copied{
		at:    Moment{p.position, clock.DateOf(p.clock.Now(), time.UTC)},
		views: map[tree.UnitID]View{}, lists: map[tree.UnitID][][]Listed{},
	}
	for unit := range p.level {
		v, err := p.boards.Read(1, id(unit), 0)
		if err != nil && p.closed != "" {
			continue // it came after the closing
		}
		if err != nil {
			p.t.Fatal(err)
		}
		again, err := p.boards.ReadIn(&p.room, 1, id(unit), 0)
		if err != nil {
			p.t.Fatal(err)
		}
		if diff := cmp.Diff(v, again); diff != "" {
			p.t.Fatalf("unit %d read in a room where another was (-anew +again):\n%s", unit, diff)
		}
		c.views[id(unit)] = v
		for column := range v.Columns {
			list, err := p.boards.List(1, id(unit), column)
			if err != nil {
				p.t.Fatal(err)
			}
			c.lists[id(unit)] = append(c.lists[id(unit)], sorted(list))
		}
	}
	p.moments = append(p.moments, c)
}

// sorted is a list in the order of ids: the tree's own is another later.
func sorted(list []Listed) []Listed {
	slices.SortFunc(list, func(a, b Listed) int { return int(a.Unit - b.Unit) })
	return list
}

// restart goes on with boards read from a snapshot.
func (p *play) restart() {
	var file bytes.Buffer
	if err := p.boards.hold().write(&file, Stamp{Position: p.position}); err != nil {
		p.t.Fatal(err)
	}
	again := New(p.clock)
	stamp, err := again.take(&file, func(Stamp) error { return nil })
	if err != nil || stamp.Position != p.position {
		p.t.Fatalf("reading a snapshot at %d: got %+v, %v", p.position, stamp, err)
	}
	for unit := range int64(p.units + 1) {
		if want, got := p.boards.Heir(id(unit)), again.Heir(id(unit)); got != want {
			p.t.Fatalf("who came after unit %d: got %d from the snapshot, want %d", unit, got, want)
		}
	}
	p.boards = again
	p.publish()
}

func (p *play) publish() {
	p.boards.Publish(func(_ int64, unit tree.UnitID) bool { return p.pages[unit] != nil }, p.hear)
}

func TestBoardsGiveTheFiguresOfARecountAfterAnyHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := begin(t)
		steps := map[string]func(){
			"create": p.create, "move": p.move, "dissolve": p.dissolve, "submit": p.submit, "decide": p.decide,
			"tighten": p.tighten, "sleep": p.sleep, "look": p.look, "restart": p.restart, "tell": p.tell, "stand": p.stand, "revise": p.revise,
			"merge": p.merge, "close": p.close, "remember": p.remember,
		}
		names := []string{
			"create", "create", "create", "submit", "submit", "submit", "decide", "decide", "move", "dissolve", "tighten", "sleep", "look",
			"remember", "tell", "stand", "revise", "merge", "close", "restart",
		}
		for range rapid.IntRange(5, 300).Draw(t, "steps") {
			steps[rapid.SampledFrom(names).Draw(t, "step")]()
		}
		if p.closed == "" {
			compare(t, p.world, p.boards)
			p.compareSums()
		}
		p.comparePages()
		p.comparePast()
		p.compareMoments()
	})
}

func begin(t *rapid.T) *play {
	p := &play{
		t: t, clock: clock.NewManual(time.Date(2020, time.June, 1, 8, 0, 0, 0, time.UTC)),
		world: &world{
			parent: map[int64]int64{}, level: map[int64]string{}, accepted: map[[2]any]bool{}, waiting: map[[2]any]bool{},
			told: map[[2]any]bool{}, tightened: map[string]int32{}, standings: map[[2]any]standing{},
		},
		dates: map[string]clock.Date{"middle": "2020-06-30", "base": "2020-06-15"},
		open:  map[[2]any]int64{}, numbers: map[int64]string{}, values: map[[2]any]string{}, rests: map[[2]any]int{}, pages: map[tree.UnitID]*reader{},
	}
	p.boards = New(p.clock)
	p.boards.calendar = calendar{today: p.boards.today(), soon: 7}
	p.publish()
	p.units = 1
	p.parent[1], p.level[1] = 0, "top"
	p.put(org.Created, 1)
	for range rapid.IntRange(0, 6).Draw(t, "units before") {
		p.create()
	}
	p.issue(directive.Issued)
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

// comparePast reads every moment that was remembered again: the tree, the
// deadlines, the states, the sums and the version have to be those of then.
func (p *play) comparePast() {
	for _, m := range p.moments {
		for unit, then := range m.views {
			got, err := p.boards.ReadAt(1, unit, m.at, 0)
			if err != nil {
				p.t.Fatalf("reading unit %d as of %+v: %v", unit, m.at, err)
			}
			if diff := cmp.Diff(then, got); diff != "" {
				p.t.Fatalf("unit %d as of %+v (-read then +read now):\n%s", unit, m.at, diff)
			}
			for column, want := range m.lists[unit] {
				list, err := p.boards.ListAt(1, unit, column, m.at)
				if err != nil {
					p.t.Fatal(err)
				}
				if diff := cmp.Diff(want, sorted(list)); diff != "" {
					p.t.Fatalf("list of unit %d, column %d as of %+v (-read then +read now):\n%s", unit, column, m.at, diff)
				}
			}
			p.compareSince(unit, m, then)
			p.compareMoved(unit, m, then)
		}
	}
}

// compareMoved checks that where no event is named at which a board moved, it is the
// same after as before, but for what the clock moves.
func (p *play) compareMoved(unit tree.UnitID, from copied, then View) {
	for _, to := range p.moments {
		now, there := to.views[unit]
		if !there || to.at.Position < from.at.Position {
			continue
		}
		moved, err := p.boards.Moved(1, unit, from.at.Position, to.at.Position)
		if err != nil {
			p.t.Fatalf("when unit %d moved from %+v to %+v: %v", unit, from.at, to.at, err)
		}
		if len(moved) > 0 {
			continue
		}
		for column, was := range then.Head.Cells {
			is := now.Head.Cells[column]
			if was.Done != is.Done || was.Total != is.Total || was.Waiting != is.Waiting {
				p.t.Errorf("unit %d, column %d was %+v at %d and is %+v at %d, and nothing is named that moved it", unit, column, was, from.at.Position, is, to.at.Position)
			}
		}
	}
}

// compareSince checks the figures beside those of now.
func (p *play) compareSince(unit tree.UnitID, m copied, then View) {
	now, err := p.boards.Read(1, unit, m.at.Position)
	if err != nil {
		return // dissolved since
	}
	for at, column := range now.Columns {
		was := slices.IndexFunc(then.Columns, func(c Column) bool { return c.Milestone == column.Milestone && c.Level == column.Level })
		if was < 0 {
			continue
		}
		c := then.Head.Cells[was]
		if diff := cmp.Diff(Past{c.Total, c.Done, c.Waiting}, now.Head.Past[at]); diff != "" {
			p.t.Errorf("unit %d, column %v since %+v (-then +history):\n%s", unit, column, m.at, diff)
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
				set, exception := p.standing(key)
				if p.accepted[key] && p.level[reporter] == v.Columns[column].Level && p.below(reporter, unit) && (!exception || set.counts) {
					n, _ := strconv.Atoi(number)
					total, units = total+n, units+p.restsOn(key)
				}
			}
			at := slices.IndexFunc(v.Series[column], func(s Series) bool { return s.Indicator.Key == "people" })
			if got := sums[at]; got.Total.String() != strconv.Itoa(total) || int(got.Units) != units {
				p.t.Errorf("sum of unit %d, column %d: got %s of %d, want %d of %d", unit, column, got.Total, got.Units, total, units)
			}
		}
	}
}
