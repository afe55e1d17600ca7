package remind_test

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/task"
)

var hanoi = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

// world is an organisation that is reminded.
type world struct {
	*officetest.World
	t      testing.TB
	boards *board.Boards
	reader *follow.Reader
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(newWorld(t, url)) })
}

func newWorld(t testing.TB, url string) *world {
	t.Helper()
	w := &world{World: officetest.New(t, url), t: t}
	w.restart()
	return w
}

// restart begins anew with what is in the database.
func (w *world) restart() {
	w.boards = board.New(w.Clock)
	w.reader = follow.NewReader(w.Ledger, 0, w.boards.Apply)
}

// at sets the clock to an hour of a day in Hanoi.
func (w *world) at(day clock.Date, hour string) {
	w.t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", string(day)+" "+hour, hanoi)
	w.OK(err)
	w.Clock.Set(moment)
}

// round makes what is due and says how much that was.
func (w *world) round() int {
	w.t.Helper()
	w.OK(w.reader.CatchUp(w.Ctx()))
	w.boards.Advance()
	var tasks *task.Index
	w.OK(w.Ledger.DB().View(w.Ctx(), func(tx *sql.Tx) (err error) {
		tasks, _, err = task.Load(w.Ctx(), tx, w.Tree)
		return err
	}))
	n, err := remind.Rounds{Ledger: w.Ledger, Boards: w.boards, Tasks: tasks, Tree: w.Tree}.Make(w.Ctx())
	w.OK(err)
	return n
}

// code is the short name of a unit.
func (w *world) code(id tree.UnitID) string {
	for code, unit := range w.Units {
		if unit == id {
			return code
		}
	}
	return "?"
}

// heard are the reminders that somebody hears of, the oldest first, each as
// "2020-06-29 BN report before congress-held until 2020-06-30".
func (w *world) heard(who string) (list []string) {
	w.t.Helper()
	for _, r := range w.list(who) {
		list = append(list, fmt.Sprintf("%s %s %s %s %s until %s", clock.DateOf(r.MadeAt, hanoi), w.code(r.Unit), r.What, r.Stage, r.Milestone, r.Deadline))
	}
	slices.Reverse(list)
	return list
}

func (w *world) list(who string) (list []remind.Reminder) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		list, err = remind.Of(w.Ctx(), q, w.People[who])
		return err
	}))
	return list
}

func (w *world) unread(who string) (n int) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		n, err = remind.Unread(w.Ctx(), q, w.People[who])
		return err
	}))
	return n
}

// rows counts all reminders, and their distinct causes.
func (w *world) rows() (all, causes int) {
	w.t.Helper()
	w.OK(w.Ledger.DB().View(w.Ctx(), func(tx *sql.Tx) error {
		return tx.QueryRowContext(w.Ctx(), `SELECT COUNT(*), COUNT(DISTINCT unit_id || ' ' || cause) FROM reminder`).Scan(&all, &causes)
	}))
	return all, causes
}
