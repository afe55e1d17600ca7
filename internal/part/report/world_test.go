package report_test

import (
	"database/sql"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/report"
)

// The milestones of the world's directive.
const held, plain = officetest.Held, officetest.Plain

var day, sign = officetest.Day, officetest.Sign

// world is a small organisation in which people report.
type world struct {
	*officetest.World
	t testing.TB
}

// each runs a test in a fresh world on each engine.
func each(t *testing.T, test func(*testing.T, *world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(t, newWorld(t, url)) })
}

func newWorld(t testing.TB, url string) *world {
	t.Helper()
	return &world{officetest.New(t, url), t}
}

// states are the states of a slot's versions, version 1 first.
func (w *world) states(s report.Slot) []report.State {
	w.t.Helper()
	list, err := report.Versions(w.Ctx(), w.Ledger.DB().Reader(), s)
	w.OK(err)
	states := make([]report.State, len(list))
	for _, r := range list {
		states[r.Version-1] = r.State
	}
	return states
}

// kinds are the kinds of the events about reports, in order.
func (w *world) kinds() []ledger.Kind {
	w.t.Helper()
	events, err := ledger.After(w.Ctx(), w.Ledger.DB().Reader(), 0, 10_000)
	w.OK(err)
	var kinds []ledger.Kind
	for _, e := range events {
		switch e.Kind {
		case report.Submitted, report.Accepted, report.Returned, report.Told, report.TellingWithdrawn:
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// decideNewest has the unit above decide on the newest version of a slot.
func (w *world) decideNewest(s report.Slot, how string) error {
	r, _, err := report.Latest(w.Ctx(), w.Ledger.DB().Reader(), s)
	if err != nil {
		return err
	}
	unit, _ := w.Tree.Unit(s.Unit)
	parent, _ := w.Tree.Unit(unit.Parent)
	if how == "accept" {
		_, err = w.Accept("leader "+parent.Code, r.ID)
		return err
	}
	_, err = w.Return("leader "+parent.Code, r.ID, "Số liệu chưa khớp biên bản")
	return err
}

// altered is what verification finds.
func (w *world) altered() []report.Altered {
	w.t.Helper()
	var altered []report.Altered
	w.OK(w.Ledger.DB().View(w.Ctx(), func(tx *sql.Tx) error {
		var v report.Verification
		key, err := ledger.LoadKey(w.t.TempDir())
		if err != nil {
			return err
		}
		if _, err := ledger.Verify(w.Ctx(), tx, key.Verifier, v.Each); err != nil {
			return err
		}
		altered, err = v.Compare(w.Ctx(), tx)
		return err
	}))
	return altered
}

func (w *world) verified() {
	w.t.Helper()
	if altered := w.altered(); len(altered) != 0 {
		w.t.Errorf("verification finds altered reports %+v", altered)
	}
}

// tampered edits the database as somebody with its password would, and returns
// what puts reports and payloads back.
func (w *world) tampered(edit string, args ...any) (undo func()) {
	w.t.Helper()
	run := func(statement string, args ...any) {
		w.t.Helper()
		w.OK(w.Ledger.DB().Update(w.Ctx(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(w.Ctx(), statement, args...)
			return err
		}))
	}
	run(`CREATE TABLE kept AS SELECT * FROM report`)
	run(`CREATE TABLE kept_payload AS SELECT * FROM event_payload`)
	run(edit, args...)
	return func() {
		run(`DELETE FROM report`)
		run(`INSERT INTO report SELECT * FROM kept`)
		run(`DELETE FROM event_payload`)
		run(`INSERT INTO event_payload SELECT * FROM kept_payload`)
		run(`DROP TABLE kept`)
		run(`DROP TABLE kept_payload`)
	}
}
