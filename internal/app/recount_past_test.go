package app_test

import (
	"reflect"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// moment is every unit's board as it was read at a moment, when it was equal to
// a recount by SQL.
type moment struct {
	at    board.Moment
	time  time.Time
	views map[tree.UnitID]board.View
}

// remember keeps what the boards say now. Call it after [history.compare].
func (h *history) remember() {
	h.Helper()
	m := moment{time: h.clock.Now(), views: map[tree.UnitID]board.View{}}
	m.at = board.Moment{Position: h.told.position, Day: clock.DateOf(m.time, h.Boards.Zone())}
	root, _ := h.Tree.Root()
	for _, u := range h.Tree.Subtree(root.ID) {
		v, err := h.Boards.Read(h.id, u.ID, 0)
		if err != nil {
			h.Fatal(err)
		}
		m.views[u.ID] = v
	}
	h.moments = append(h.moments, m)
}

// past reads every remembered moment again.
func (h *history) past() {
	h.Helper()
	for _, m := range h.moments {
		h.compareMoment(m, "read again", func(unit tree.UnitID) (board.View, error) {
			return h.Boards.ReadAt(h.id, unit, m.at, 0)
		})
	}
}

// rebuilt builds boards anew, as far as every remembered moment.
func (h *history) rebuilt() {
	h.Helper()
	then := clock.NewManual(h.moments[0].time)
	boards, from := board.New(then), int64(0)
	for _, m := range h.moments {
		then.Set(m.time)
		events, err := ledger.After(h.Context(), h.DB.Reader(), from, int(m.at.Position-from))
		if err != nil {
			h.Fatal(err)
		}
		if err := boards.Apply(events); err != nil {
			h.Fatal(err)
		}
		boards.Advance()
		from = m.at.Position
		h.compareMoment(m, "built anew", func(unit tree.UnitID) (board.View, error) { return boards.Read(h.id, unit, 0) })
	}
}

func (h *history) compareMoment(m moment, how string, read func(tree.UnitID) (board.View, error)) {
	h.Helper()
	for unit, then := range m.views {
		v, err := read(unit)
		if err != nil {
			h.Fatal(err)
		}
		if !reflect.DeepEqual(then, v) {
			h.Fatalf("unit %d as of %+v (-read then +%s):\n%s", unit, m.at, how, cmp.Diff(then, v))
		}
	}
}
