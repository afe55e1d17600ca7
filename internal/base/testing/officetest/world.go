package officetest

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/news"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/report"
	"giaoban/internal/part/search"
	"giaoban/internal/part/task"
)

// World is the organisation with its people, at 08:42 on 26 June 2020 in Hanoi.
type World struct {
	t         testing.TB
	url       string
	Ledger    *ledger.Ledger
	Clock     *clock.Manual
	Tree      *tree.Tree
	Units     map[string]tree.UnitID  // by code: TW, BN, HN, QV, TS, PL, DT, C1, C2, C3
	People    map[string]access.Actor // by name: "leader PL", "officer PL"
	Directive int64
}

// The milestones of the directive, asked of every level below the centre.
const (
	Held  = "congress-held" // asks for a day and two numbers
	Plain = "plan-sent"     // asks for nothing but the word that it is done
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

// New makes the world in an empty database.
func New(t testing.TB, url string) *World {
	t.Helper()
	db := open(t, url)
	now := clock.NewManual(time.Date(2020, 6, 26, 1, 42, 0, 0, time.UTC))
	w := &World{
		t: t, url: url, Clock: now, Ledger: ledger.Open(db, now),
		Units: map[string]tree.UnitID{}, People: map[string]access.Actor{},
	}
	w.found()
	w.Directive = w.Issue(Document("35-CT/TW"))
	return w
}

// open opens the database with all tables until the test ends.
func open(t testing.TB, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), url, ledger.Schema, follow.Schema, account.Schema, file.Schema, marking.Schema,
		org.Schema, register.Schema, directive.Schema, report.Schema, difficulty.Schema, task.Schema, conclusion.Schema, briefing.Schema, news.Schema, remind.Schema, letter.Schema, search.Schema, folder.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Node is the log as another process on the same database has it: nothing of the memory of
// the first is in it.
func (w *World) Node() *ledger.Ledger {
	w.t.Helper()
	return ledger.Open(open(w.t, w.url), w.Clock)
}

func (w *World) found() {
	w.t.Helper()
	p, err := profile.Get("vn-party-2020")
	w.OK(err)
	w.Update(func(tx *ledger.Tx) error {
		root, err := org.Found(w.Ctx(), tx, access.CommandLine(tree.New()), org.FoundCommand{Profile: p})
		w.Units["TW"] = root.ID
		return err
	})
	w.LoadTree()
	// Founded at once: a commit of PostgreSQL takes longer than all the rest.
	w.Update(func(tx *ledger.Tx) error {
		for _, p := range places {
			unit, err := org.Create(w.Ctx(), tx, access.CommandLine(w.Tree), org.CreateCommand{
				Parent: w.Units[p.parent], Code: p.code, Name: p.name, Kind: p.kind, From: "2020-01-01",
			})
			if err != nil {
				return err
			}
			w.Units[p.code] = unit.ID
		}
		return nil
	})
	w.LoadTree()
	w.Update(func(tx *ledger.Tx) error {
		for code := range w.Units {
			for _, role := range []access.Role{access.Leader, access.Officer} {
				if err := w.add(tx, string(role)+" "+code, code, role); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// LoadTree reads the tree anew after a change of it.
func (w *World) LoadTree() {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		var err error
		w.Tree, _, err = org.LoadTree(w.Ctx(), q)
		return err
	}))
	for name, actor := range w.People {
		actor.Tree = w.Tree
		w.People[name] = actor
	}
}

// Password is everybody's. Its hash is made once: it takes its time.
const Password = "sáu chữ dễ nhớ"

var hashed = sync.OnceValue(func() account.Password {
	p, err := account.HashPassword(context.Background(), Password)
	if err != nil {
		panic(err)
	}
	return p
})

// Person adds somebody who holds a role at a unit.
func (w *World) Person(name, unit string, role access.Role) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) error { return w.add(tx, name, unit, role) })
}

func (w *World) add(tx *ledger.Tx, name, unit string, role access.Role) error {
	grant := access.Grant{Unit: w.Units[unit], Role: role}
	login := strings.ReplaceAll(name, " ", ".") // "leader.PL"
	p, err := account.CreatePerson(w.Ctx(), tx, access.CommandLine(w.Tree), account.CreateCommand{
		Name: name, Login: login, Password: hashed(), Grants: []access.Grant{grant},
	})
	w.People[name] = access.Actor{Person: p.ID, Name: name, Grants: []access.Grant{grant}, Tree: w.Tree}
	return err
}

// Document is a directive with two milestones under a number of its own.
func Document(number string) directive.Document {
	deadlines := []profile.Deadline{
		{Level: "cell", Date: "2020-06-15"},
		{Level: "grassroots", Date: "2020-06-30"},
		{Level: "above-grassroots", Date: "2020-08-31"},
		{Level: "provincial", Date: "2020-10-31"},
	}
	least, most := text.Whole(1), text.Whole(5000)
	return directive.Document{
		Number: number, Date: "2019-05-30", Title: "Đại hội đảng bộ các cấp", Term: "2020-2025",
		Text: "Tổ chức đại hội đúng hạn, đúng Điều lệ.",
		Milestones: []directive.Milestone{
			{
				Key: Held, Name: text.Words{VI: "Tổ chức xong đại hội", EN: "Congress held"}, Deadlines: deadlines,
				Indicators: []profile.Indicator{
					{Key: "held-on", Name: text.Words{VI: "Đại hội bế mạc ngày", EN: "Closed on"}, Kind: profile.Date, Required: true},
					{Key: "convened", Name: text.Words{VI: "Số đại biểu được triệu tập", EN: "Delegates convened"}, Kind: profile.Number, Min: &least, Max: &most},
					{Key: "present", Name: text.Words{VI: "Số đại biểu dự", EN: "Delegates present"}, Kind: profile.Number, Min: &least, NotOver: "convened"},
				},
			},
			{Key: Plain, Name: text.Words{VI: "Đã gửi kế hoạch", EN: "Plan sent"}, Deadlines: deadlines},
		},
	}
}

// Issue has the centre issue a document.
func (w *World) Issue(document directive.Document) int64 {
	w.t.Helper()
	var d directive.Directive
	centre := w.People["leader TW"]
	w.Update(func(tx *ledger.Tx) error {
		var err error
		d, err = directive.Create(w.Ctx(), tx, centre, directive.CreateCommand{
			Unit: w.Units["TW"], Key: report.NewKey(), Draft: directive.Draft{Document: document},
		})
		if err != nil {
			return err
		}
		d, err = directive.Issue(w.Ctx(), tx, centre, directive.IssueCommand{
			Directive: d.ID, Revision: d.Revision, Signature: Sign(centre),
		})
		return err
	})
	return d.ID
}

// Close has the centre close the directive.
func (w *World) Close() {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) error {
		_, err := directive.Close(w.Ctx(), tx, w.People["leader TW"], w.Directive)
		return err
	})
}

// Ctx is the test's context.
func (w *World) Ctx() context.Context { return w.t.Context() }

// OK ends the test with an error.
func (w *World) OK(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// Update runs a change that must succeed.
func (w *World) Update(fn func(*ledger.Tx) error) {
	w.t.Helper()
	w.OK(w.Try(fn))
}

// Try runs a change that may be refused; a minute passes.
func (w *World) Try(fn func(*ledger.Tx) error) error {
	w.Clock.Advance(time.Minute)
	_, err := w.Ledger.Update(w.Ctx(), "test", fn)
	return err
}

// View reads in one transaction.
func (w *World) View(fn func(store.Querier) error) error {
	return w.Ledger.DB().View(w.Ctx(), func(tx *sql.Tx) error { return fn(tx) })
}

// Slot is the place of a unit's report on the directive.
func (w *World) Slot(unit, milestone string) report.Slot {
	return report.Slot{Directive: w.Directive, Milestone: milestone, Unit: w.Units[unit]}
}

// Sign is a signature as an open signing window gives it.
func Sign(actor access.Actor) account.Signature {
	return account.Signature{Person: actor.Person, Name: actor.Name, Capacity: account.Capacity{Post: "bí thư"}, Method: account.ByPassword}
}
