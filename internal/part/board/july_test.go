package board_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// night is an installation that goes through the night of 30 June 2025.
type night struct {
	*officetest.World
	t      *testing.T
	boards *board.Boards // that follow all the time
	at     int64
	ended  int64 // a directive that was closed before
	then   []copied
}

// copied is a board as it was read at a moment, to the byte.
type copied struct {
	directive int64
	unit      tree.UnitID
	at        board.Moment
	view      []byte
}

func (n *night) follow() {
	n.t.Helper()
	events, err := ledger.After(n.Ctx(), n.Ledger.DB().Reader(), n.at, 100_000)
	n.OK(err)
	if len(events) > 0 {
		n.OK(n.boards.Apply(events))
		n.at = events[len(events)-1].Position
	}
	n.boards.Advance()
	n.LoadTree()
}

// copy keeps every board of both directives as it is read now.
func (n *night) copy() {
	n.t.Helper()
	n.follow()
	today := clock.DateOf(n.Clock.Now(), n.boards.Zone())
	for _, d := range []int64{n.Directive, n.ended} {
		for _, unit := range n.Units {
			v, err := n.boards.Read(d, unit, 0)
			n.OK(err)
			n.then = append(n.then, copied{d, unit, board.Moment{Position: n.at, Day: today}, n.bytes(v)})
		}
	}
}

// bytes are a board's, its rows in the order of ids.
func (n *night) bytes(v board.View) []byte {
	n.t.Helper()
	for i := range v.Rows {
		for j := i; j > 0 && v.Rows[j].Unit < v.Rows[j-1].Unit; j-- {
			v.Rows[j], v.Rows[j-1] = v.Rows[j-1], v.Rows[j]
		}
	}
	encoded, err := json.Marshal(v)
	n.OK(err)
	return encoded
}

func (n *night) done(unit, by, milestone string, values map[string]string) {
	n.t.Helper()
	r := n.Submitted(unit, milestone, 0, values)
	_, err := n.Accept("leader "+by, r.ID)
	n.OK(err)
}

// plan plans a change for 1 July 2025.
func (n *night) plan(change org.Change) {
	n.t.Helper()
	n.Update(func(tx *ledger.Tx) error {
		outcome, err := org.Do(n.Ctx(), tx, access.CommandLine(n.Tree), change)
		if err == nil && outcome.Planned == nil {
			n.t.Errorf("%+v was done at once", change)
		}
		return err
	})
}

// reform plans all that happens that night: the profile of two tiers, communes
// merged and put directly under the province, districts dissolved, provinces
// merged.
func (n *night) reform() {
	n.t.Helper()
	p, err := profile.Get("vn-party-2025")
	n.OK(err)
	const day, decided = clock.Date("2025-07-01"), clock.Date("2025-06-16")
	n.plan(org.Change{Adopt: &org.AdoptCommand{Document: string(p.Bytes()), From: day}})
	n.plan(org.Change{Reorganise: &org.ReorganiseCommand{
		Kind: org.Merger, Decision: "1658/NQ-UBTVQH15", Decided: decided, From: day, ByRule: true,
		Heirs: []org.Heir{{Code: "PD", Name: "Đảng ủy xã Phù Đức", Kind: "commune", Parent: n.Units["BN"]}},
		Units: []org.Predecessor{{Unit: n.Units["PL"], Heirs: []string{"PD"}}, {Unit: n.Units["DT"], Heirs: []string{"PD"}}},
	}})
	n.plan(org.Change{Reorganise: &org.ReorganiseCommand{
		Kind: org.Dissolution, Decision: "60-NQ/TW", Decided: decided, From: day,
		Units: []org.Predecessor{{Unit: n.Units["QV"]}, {Unit: n.Units["TS"]}},
	}})
	n.plan(org.Change{Reorganise: &org.ReorganiseCommand{
		Kind: org.Merger, Decision: "202/2025/QH15", Decided: decided, From: day,
		Heirs: []org.Heir{{Code: "BN", Name: "Tỉnh ủy Bắc Ninh (mới)"}},
		Units: []org.Predecessor{{Unit: n.Units["HN"], Heirs: []string{"BN"}}, {Unit: n.Units["BN"], Heirs: []string{"BN"}}},
	}})
}

// midnight has the program run at 00:00 of 1 July 2025.
func (n *night) midnight() {
	n.t.Helper()
	n.Clock.Set(time.Date(2025, 6, 30, 17, 0, 0, 0, time.UTC))
	due, err := org.Due(n.Ctx(), n.Ledger.DB().Reader(), "2025-07-01")
	n.OK(err)
	for _, plan := range due {
		n.Update(func(tx *ledger.Tx) error {
			_, err := org.MakeEffective(n.Ctx(), tx, access.Program(n.Tree), plan)
			return err
		})
	}
	n.follow()
}

func TestTheNightOfJuly2025(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		n := &night{World: w, t: t, boards: board.New(w.Clock)}
		n.ended = n.Issue(officetest.Document("36-CT/TW"))
		n.copy()
		n.done("PL", "QV", officetest.Held, officetest.Day("20/6/2020"))
		n.done("BN", "TW", officetest.Held, officetest.Day("25/6/2020"))
		n.done("HN", "TW", officetest.Held, officetest.Day("25/6/2020"))
		n.done("BN", "TW", officetest.Plain, nil)
		n.Submitted("DT", officetest.Held, 0, officetest.Day("22/6/2020"))
		n.copy()
		n.Clock.Set(time.Date(2020, 12, 1, 2, 0, 0, 0, time.UTC))
		n.Update(func(tx *ledger.Tx) error {
			_, err := directive.Close(n.Ctx(), tx, n.People["leader TW"], n.ended)
			return err
		})
		n.copy()
		n.Clock.Set(time.Date(2025, 6, 20, 2, 0, 0, 0, time.UTC))
		n.reform()
		n.Clock.Set(time.Date(2025, 6, 30, 16, 59, 0, 0, time.UTC))
		n.copy() // planned changes move nothing
		n.midnight()
		n.pastIsWhatItWas()
		n.presentIsTodaysTree()
	})
}

// pastIsWhatItWas reads every board of the past again, also by boards that are
// built anew: each is what it was, byte for byte.
func (n *night) pastIsWhatItWas() {
	n.t.Helper()
	anew := board.New(n.Clock)
	events, err := ledger.After(n.Ctx(), n.Ledger.DB().Reader(), 0, 100_000)
	n.OK(err)
	n.OK(anew.Apply(events))
	for _, c := range n.then {
		for name, boards := range map[string]*board.Boards{"that followed": n.boards, "built anew": anew} {
			v, err := boards.ReadAt(c.directive, c.unit, c.at, 0)
			n.OK(err)
			if got := n.bytes(v); !bytes.Equal(got, c.view) {
				n.t.Errorf("boards %s: directive %d, unit %d as of %+v was\n%s\nand is now\n%s", name, c.directive, c.unit, c.at, c.view, got)
			}
		}
	}
	if len(n.then) != 4*2*len(n.Units) {
		n.t.Errorf("%d boards were compared, want %d", len(n.then), 4*2*len(n.Units))
	}
}

func (n *night) presentIsTodaysTree() {
	n.t.Helper()
	top, err := n.boards.Read(n.Directive, n.Units["TW"], 0)
	n.OK(err)
	if len(top.Rows) != 1 || top.Rows[0].Unit != n.Units["BN"] {
		n.t.Errorf("the open directive's board has the rows %+v, want Bắc Ninh's alone", top.Rows)
	}
	for at, column := range top.Columns {
		want := map[string]int32{"provincial": 1, "above-grassroots": 0, "grassroots": 3, "cell": 0}[column.Level]
		if cell := top.Head.Cells[at]; cell.Total != want {
			n.t.Errorf("column %s %s counts %d units, want %d", column.Milestone, column.Level, cell.Total, want)
		}
		// Both provinces had held their congress, one alone had sent its plan.
		if column.Level == "provincial" {
			done := map[string]int32{officetest.Held: 1, officetest.Plain: 0}[column.Milestone]
			if got := top.Head.Cells[at].Done; got != done {
				n.t.Errorf("at %s %d of the merged provinces are done, want %d", column.Milestone, got, done)
			}
		}
	}
	for _, gone := range []string{"HN", "QV", "PL"} {
		if _, err := n.boards.Read(n.Directive, n.Units[gone], 0); !fault.Is(err, fault.NotFound) {
			n.t.Errorf("the board of %s, which is gone: %v", gone, err)
		}
	}
	commune, ok := n.Tree.ByCode("PD")
	if !ok || commune.Parent != n.Units["BN"] || commune.Level != "commune" {
		n.t.Errorf("the merged commune is %+v", commune)
	}
	if heir := n.boards.Heir(n.Units["PL"]); heir != commune.ID {
		n.t.Errorf("on today's map Phù Lãng is unit %d, want %d", heir, commune.ID)
	}
	closed, err := n.boards.Read(n.ended, n.Units["TW"], 0)
	n.OK(err)
	if !closed.Closed || len(closed.Rows) != 2 {
		n.t.Errorf("the closed directive's board has %d rows, want those of its closing", len(closed.Rows))
	}
	n.pinned()
}

// pinned says that the directive keeps to the version under which it was issued.
func (n *night) pinned() {
	n.t.Helper()
	n.OK(n.View(func(q store.Querier) error {
		d, err := directive.Get(n.Ctx(), q, n.Directive)
		if err != nil {
			return err
		}
		then, err := org.Pinned(n.Ctx(), q, d.Document.Profile)
		if err != nil {
			return err
		}
		now, err := org.Profile(n.Ctx(), q)
		if err == nil && (then.Pin() != "vn-party-2020/1" || now.Pin() != "vn-party-2025/1") {
			n.t.Errorf("the directive is under %s and the installation follows %s", then.Pin(), now.Pin())
		}
		return err
	}))
}
