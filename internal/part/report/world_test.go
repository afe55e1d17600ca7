package report_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// world is a small organisation with one directive in force: the centre, a
// province, a district, a commune and its cells, with siblings beside them.
type world struct {
	t         testing.TB
	ledger    *ledger.Ledger
	clock     *clock.Manual
	tree      *tree.Tree
	units     map[string]tree.UnitID
	directive int64
	people    map[string]access.Actor
}

const (
	held  = "congress-held" // asks for a day and two numbers
	plain = "plan-sent"     // asks for nothing but the word that it is done
)

var places = []struct{ code, parent, kind, name string }{
	{"BN", "TW", "province", "Tỉnh ủy Bắc Ninh"},
	{"HN", "TW", "province", "Tỉnh ủy Hà Nam"},
	{"QV", "BN", "district", "Huyện ủy Quế Võ"},
	{"TS", "BN", "town", "Thị ủy Từ Sơn"},
	{"PL", "QV", "commune", "Đảng ủy xã Phù Lãng"},
	{"DT", "QV", "commune", "Đảng ủy xã Đức Long"},
	{"C1", "PL", "cell", "Chi bộ thôn Đoàn Kết"},
	{"C2", "PL", "cell", "Chi bộ thôn Thủ Công"},
	{"C3", "DT", "cell", "Chi bộ thôn Kiều Lương"},
}

// each runs a test in a fresh world on each engine.
func each(t *testing.T, test func(*testing.T, *world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(t, newWorld(t, url)) })
}

func newWorld(t testing.TB, url string) *world {
	t.Helper()
	db, err := store.Open(t.Context(), url, ledger.Schema, follow.Schema, account.Schema, file.Schema,
		org.Schema, directive.Schema, report.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	now := clock.NewManual(time.Date(2020, 6, 26, 1, 42, 0, 0, time.UTC))
	w := &world{t: t, clock: now, ledger: ledger.Open(db, now), units: map[string]tree.UnitID{}, people: map[string]access.Actor{}}
	w.found()
	w.issue()
	return w
}

func (w *world) found() {
	w.t.Helper()
	p, err := profile.Get("vn-party-2020")
	w.ok(err)
	w.update(func(tx *ledger.Tx) error {
		root, err := org.Found(w.ctx(), tx, access.CommandLine(tree.New()), org.FoundCommand{Profile: p})
		w.units["TW"] = root.ID
		return err
	})
	w.loadTree()
	// Founded at once: a commit of PostgreSQL takes longer than all the rest.
	w.update(func(tx *ledger.Tx) error {
		for _, p := range places {
			unit, err := org.Create(w.ctx(), tx, access.CommandLine(w.tree), org.CreateCommand{
				Parent: w.units[p.parent], Code: p.code, Name: p.name, Kind: p.kind, From: "2020-01-01",
			})
			if err != nil {
				return err
			}
			w.units[p.code] = unit.ID
		}
		return nil
	})
	w.loadTree()
	w.update(func(tx *ledger.Tx) error {
		for code := range w.units {
			for _, role := range []access.Role{access.Leader, access.Officer} {
				if err := w.add(tx, string(role)+" "+code, code, role); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (w *world) loadTree() {
	w.t.Helper()
	w.ok(w.ledger.DB().View(w.ctx(), func(tx *sql.Tx) error {
		var err error
		w.tree, _, err = org.LoadTree(w.ctx(), tx)
		return err
	}))
	for name, actor := range w.people {
		actor.Tree = w.tree
		w.people[name] = actor
	}
}

// person adds somebody who holds a role at a unit.
func (w *world) person(name, unit string, role access.Role) {
	w.t.Helper()
	w.update(func(tx *ledger.Tx) error { return w.add(tx, name, unit, role) })
}

func (w *world) add(tx *ledger.Tx, name, unit string, role access.Role) error {
	grant := access.Grant{Unit: w.units[unit], Role: role}
	p, err := account.CreatePerson(w.ctx(), tx, access.CommandLine(w.tree), account.CreateCommand{
		Name: name, Grants: []access.Grant{grant},
	})
	w.people[name] = access.Actor{Person: p.ID, Name: name, Grants: []access.Grant{grant}, Tree: w.tree}
	return err
}

func (w *world) issue() {
	w.t.Helper()
	w.directive = w.issued(w.documentOf("35-CT/TW"))
}

func (w *world) documentOf(number string) directive.Document {
	deadlines := []profile.Deadline{
		{Level: "cell", Date: "2020-06-15"}, {Level: "grassroots", Date: "2020-06-30"},
		{Level: "above-grassroots", Date: "2020-08-31"}, {Level: "provincial", Date: "2020-10-31"},
	}
	least, most := text.Whole(1), text.Whole(5000)
	return directive.Document{
		Number: number, Date: "2019-05-30", Title: "Đại hội đảng bộ các cấp", Text: "Tổ chức đại hội đúng hạn, đúng Điều lệ.", Term: "2020-2025",
		Milestones: []directive.Milestone{
			{Key: held, Name: text.Words{VI: "Tổ chức xong đại hội", EN: "Congress held"}, Deadlines: deadlines,
				Indicators: []profile.Indicator{
					{Key: "held-on", Name: text.Words{VI: "Ngày bế mạc", EN: "Closed on"}, Kind: profile.Date, Required: true},
					{Key: "convened", Name: text.Words{VI: "Triệu tập", EN: "Convened"}, Kind: profile.Number, Min: &least, Max: &most},
					{Key: "present", Name: text.Words{VI: "Có mặt", EN: "Present"}, Kind: profile.Number, Min: &least, NotOver: "convened"},
				}},
			{Key: plain, Name: text.Words{VI: "Đã gửi kế hoạch", EN: "Plan sent"}, Deadlines: deadlines},
		},
	}
}

func (w *world) issued(document directive.Document) int64 {
	w.t.Helper()
	var d directive.Directive
	centre := w.people["leader TW"]
	w.update(func(tx *ledger.Tx) error {
		var err error
		d, err = directive.Create(w.ctx(), tx, centre, directive.CreateCommand{
			Unit: w.units["TW"], Key: report.NewKey(), Draft: directive.Draft{Document: document},
		})
		if err != nil {
			return err
		}
		d, err = directive.Issue(w.ctx(), tx, centre, directive.IssueCommand{
			Directive: d.ID, Revision: d.Revision, Signature: sign(centre),
		})
		return err
	})
	return d.ID
}

func (w *world) ctx() context.Context { return w.t.Context() }

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// update runs a change that must succeed.
func (w *world) update(fn func(*ledger.Tx) error) {
	w.t.Helper()
	w.ok(w.try(fn))
}

// try runs a change that may be refused; a minute passes.
func (w *world) try(fn func(*ledger.Tx) error) error {
	w.clock.Advance(time.Minute)
	_, err := w.ledger.Update(w.ctx(), "test", fn)
	return err
}

func (w *world) slot(unit, milestone string) report.Slot {
	return report.Slot{Directive: w.directive, Milestone: milestone, Unit: w.units[unit]}
}

// sign is a signature as an open signing window gives it.
func sign(actor access.Actor) account.Signature {
	return account.Signature{Person: actor.Person, Name: actor.Name, Post: "bí thư", Method: account.ByPassword}
}

// submit has the unit's leader submit values as the version after after.
func (w *world) submit(unit, milestone string, after int, values map[string]string) (report.Report, error) {
	cmd := report.SubmitCommand{Slot: w.slot(unit, milestone), After: after, Values: values, Lang: text.VI}
	return w.submitAs("leader "+unit, cmd)
}

func (w *world) submitAs(who string, cmd report.SubmitCommand) (r report.Report, err error) {
	actor := w.people[who]
	cmd.Signature = sign(actor)
	err = w.try(func(tx *ledger.Tx) error {
		r, err = report.Submit(w.ctx(), tx, actor, cmd)
		return err
	})
	return r, err
}

// submitted is submit that must succeed.
func (w *world) submitted(unit, milestone string, after int, values map[string]string) report.Report {
	w.t.Helper()
	r, err := w.submit(unit, milestone, after, values)
	w.ok(err)
	return r
}

func (w *world) accept(who string, id int64) (r report.Report, err error) {
	err = w.try(func(tx *ledger.Tx) error {
		r, err = report.Accept(w.ctx(), tx, w.people[who], report.DecideCommand{Report: id, Decider: who + ", bí thư"})
		return err
	})
	return r, err
}

func (w *world) giveBack(who string, id int64, reason string) (r report.Report, err error) {
	err = w.try(func(tx *ledger.Tx) error {
		r, err = report.Return(w.ctx(), tx, w.people[who], report.DecideCommand{Report: id, Decider: who + ", bí thư", Reason: reason})
		return err
	})
	return r, err
}

func (w *world) save(who string, cmd report.SaveCommand) (d report.Draft, err error) {
	err = w.try(func(tx *ledger.Tx) error {
		d, err = report.SaveDraft(w.ctx(), tx, w.people[who], cmd)
		return err
	})
	return d, err
}

// states are the states of a slot's versions, version 1 first.
func (w *world) states(s report.Slot) []report.State {
	w.t.Helper()
	list, err := report.Versions(w.ctx(), w.ledger.DB().Reader(), s)
	w.ok(err)
	states := make([]report.State, len(list))
	for _, r := range list {
		states[r.Version-1] = r.State
	}
	return states
}

// kinds are the kinds of the events about reports, in order.
func (w *world) kinds() []ledger.Kind {
	w.t.Helper()
	events, err := ledger.After(w.ctx(), w.ledger.DB().Reader(), 0, 10_000)
	w.ok(err)
	var kinds []ledger.Kind
	for _, e := range events {
		switch e.Kind {
		case report.Submitted, report.Accepted, report.Returned:
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// day are the values of a report that tells a day alone.
func day(typed string) map[string]string { return map[string]string{"held-on": typed} }

// decideNewest has the unit above decide on the newest version of a slot.
func (w *world) decideNewest(s report.Slot, how string) error {
	r, _, err := report.Latest(w.ctx(), w.ledger.DB().Reader(), s)
	if err != nil {
		return err
	}
	unit, _ := w.tree.Unit(s.Unit)
	parent, _ := w.tree.Unit(unit.Parent)
	if how == "accept" {
		_, err = w.accept("leader "+parent.Code, r.ID)
		return err
	}
	_, err = w.giveBack("leader "+parent.Code, r.ID, "Số liệu chưa khớp biên bản")
	return err
}

func (w *world) close() {
	w.t.Helper()
	w.update(func(tx *ledger.Tx) error {
		_, err := directive.Close(w.ctx(), tx, w.people["leader TW"], w.directive)
		return err
	})
}

// altered is what verification finds.
func (w *world) altered() []report.Altered {
	w.t.Helper()
	var altered []report.Altered
	w.ok(w.ledger.DB().View(w.ctx(), func(tx *sql.Tx) error {
		var v report.Verification
		key, err := ledger.LoadKey(w.t.TempDir())
		if err != nil {
			return err
		}
		if _, err := ledger.Verify(w.ctx(), tx, key.Verifier, v.Each); err != nil {
			return err
		}
		altered, err = v.Compare(w.ctx(), tx)
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
		w.ok(w.ledger.DB().Update(w.ctx(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(w.ctx(), statement, args...)
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
