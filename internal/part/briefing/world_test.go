package briefing_test

import (
	"database/sql"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// morning is 08:00 in Hanoi on the day of the briefing.
var morning = time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC)

// world is an organisation with a chair, a secretary and somebody at each site:
//
//	centre > Bắc Ninh > Quế Võ
//	       > Cao Bằng, Hà Nội, Đà Nẵng
type world struct {
	testing.TB
	db     *store.DB
	ledger *ledger.Ledger
	clock  *clock.Manual
	tree   *tree.Tree

	centre, bacNinh, queVo, caoBang, haNoi, daNang tree.UnitID

	chair, secretary, clerk access.Actor // of the centre; the clerk has no part
	atBacNinh, atCaoBang    access.Actor
	atHaNoi, atDaNang       access.Actor
	atQueVo                 access.Actor
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(newWorld(t, url)) })
}

func newWorld(t testing.TB, url string) *world {
	t.Helper()
	db, err := store.Open(t.Context(), url, ledger.Schema, account.Schema, org.Schema, file.Schema, marking.Schema, register.Schema, briefing.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	business := clock.NewManual(morning)
	w := &world{TB: t, db: db, clock: business, ledger: ledger.Open(db, business), tree: tree.New()}
	p, err := profile.Get("vn-party-2020")
	if err != nil {
		t.Fatal(err)
	}
	w.do(func(tx *ledger.Tx) error {
		root, err := org.Found(t.Context(), tx, access.Program(w.tree), org.FoundCommand{Profile: p})
		w.centre = root.ID
		return err
	})
	w.bacNinh = w.unit(w.centre, "27", "Bắc Ninh", "provincial")
	w.caoBang = w.unit(w.centre, "4", "Cao Bằng", "provincial")
	w.haNoi = w.unit(w.centre, "1", "Hà Nội", "provincial")
	w.daNang = w.unit(w.centre, "48", "Đà Nẵng", "provincial")
	w.queVo = w.unit(w.bacNinh, "259", "Quế Võ", "above-grassroots")
	w.chair, w.secretary, w.clerk = w.person(1, w.centre, access.Leader), w.person(2, w.centre, access.Officer), w.person(3, w.centre, access.Officer)
	w.atBacNinh, w.atCaoBang = w.person(11, w.bacNinh, access.Leader), w.person(12, w.caoBang, access.Officer)
	w.atHaNoi, w.atDaNang = w.person(13, w.haNoi, access.Leader), w.person(14, w.daNang, access.Officer)
	w.atQueVo = w.person(15, w.queVo, access.Leader)
	return w
}

func (w *world) unit(parent tree.UnitID, code, name, level string) tree.UnitID {
	w.Helper()
	var unit org.Unit
	w.do(func(tx *ledger.Tx) (err error) {
		unit, err = org.Create(w.Context(), tx, access.Program(w.tree), org.CreateCommand{
			Parent: parent, Code: code, Name: name, Level: level, From: "2015-01-01",
		})
		return err
	})
	w.grow()
	return unit.ID
}

// move puts a unit under another.
func (w *world) move(unit, parent tree.UnitID) {
	w.Helper()
	w.do(func(tx *ledger.Tx) error {
		_, err := org.Move(w.Context(), tx, access.Program(w.tree), org.MoveCommand{Unit: unit, Parent: parent})
		return err
	})
	w.grow()
}

// grow brings the tree up to the database.
func (w *world) grow() {
	w.Helper()
	w.ok(w.db.View(w.Context(), func(tx *sql.Tx) error {
		fresh, _, err := org.LoadTree(w.Context(), tx)
		if err != nil {
			return err
		}
		root, _ := fresh.Root()
		for _, u := range fresh.Subtree(root.ID) {
			w.tree.Put(u)
		}
		return nil
	}))
}

func (w *world) person(id int64, unit tree.UnitID, role access.Role) access.Actor {
	return access.Actor{Person: id, Name: "Nguyễn Thị Lan", Grants: []access.Grant{{Unit: unit, Role: role}}, Tree: w.tree}
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// do runs a transaction that must succeed.
func (w *world) do(fn func(*ledger.Tx) error) {
	w.Helper()
	w.ok(w.try(fn))
}

func (w *world) try(fn func(*ledger.Tx) error) error {
	_, err := w.ledger.Update(w.Context(), "person:1", fn)
	return err
}

// refused wants a refusal of a kind, by its key.
func (w *world) refused(what string, err error, kind fault.Kind, key string) {
	w.Helper()
	all := fault.All(err)
	if len(all) == 0 || all[0].Kind != kind || all[0].Key != key {
		w.Errorf("%s: %v, want %s: %s", what, err, kind, key)
	}
}

// plan is the briefing of the morning, as the centre calls it.
func (w *world) plan() briefing.CallCommand {
	return briefing.CallCommand{
		Unit: w.centre, Key: "form-1", Title: "Giao ban trực tuyến", Asked: "Chuẩn bị số liệu.", Begins: morning.Add(30 * time.Minute), Minutes: 120,
		Cutoff: morning.Add(-15 * time.Hour), Chair: briefing.Person{ID: 1, Name: "Đỗ Thị Khánh, Chánh Văn phòng"},
		Secretaries: []briefing.Person{{ID: 2, Name: "Ngô Thúy Hà, Chuyên viên"}},
		Sites:       []tree.UnitID{w.bacNinh, w.caoBang, w.haNoi, w.daNang},
	}
}

// call calls the briefing of the morning.
func (w *world) call() briefing.Briefing {
	w.Helper()
	var b briefing.Briefing
	w.do(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(w.Context(), tx, w.clerk, w.plan())
		return err
	})
	return b
}

// begun is a briefing that is under way: all sites but Da Nang have come.
func (w *world) begun() briefing.Briefing {
	w.Helper()
	b := w.call()
	w.arrive(b.ID, w.atBacNinh, w.bacNinh)
	w.arrive(b.ID, w.atCaoBang, w.caoBang)
	w.clock.Set(b.Begins)
	w.do(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Begin(w.Context(), tx, w.chair, b.ID)
		return err
	})
	w.clock.Advance(2 * time.Minute)
	w.arrive(b.ID, w.atHaNoi, w.haNoi)
	return b
}

func (w *world) arrive(id int64, actor access.Actor, unit tree.UnitID) {
	w.Helper()
	w.do(func(tx *ledger.Tx) error {
		_, err := briefing.Arrive(w.Context(), tx, actor, id, unit)
		return err
	})
}

func (w *world) give(id int64, by access.Actor, unit tree.UnitID, minutes int) {
	w.Helper()
	w.do(func(tx *ledger.Tx) error {
		_, err := briefing.Give(w.Context(), tx, by, briefing.GiveCommand{Briefing: id, Unit: unit, Minutes: minutes})
		return err
	})
}

func (w *world) get(id int64) briefing.Briefing {
	w.Helper()
	b, err := briefing.Get(w.Context(), w.db.Reader(), id)
	w.ok(err)
	return b
}

func (w *world) site(id int64, unit tree.UnitID) briefing.Site {
	w.Helper()
	s, err := briefing.SiteOf(w.Context(), w.db.Reader(), id, unit)
	w.ok(err)
	return s
}

func (w *world) turns(id int64) []briefing.Turn {
	w.Helper()
	turns, err := briefing.Turns(w.Context(), w.db.Reader(), id)
	w.ok(err)
	return turns
}

// kinds are the kinds of all events of a briefing, in their order.
func (w *world) kinds(id int64) []ledger.Kind {
	w.Helper()
	events, err := briefing.Events(w.Context(), w.db.Reader(), id)
	w.ok(err)
	var list []ledger.Kind
	for _, e := range events {
		list = append(list, e.Kind)
	}
	return list
}

// signature is a person's by a signing window.
func signature(person int64) account.Signature {
	return account.Signature{Person: person, Name: "Đỗ Thị Khánh", Capacity: account.Capacity{Post: "Chánh Văn phòng"}, Method: "password"}
}

// at is somebody who acts for a unit.
func (w *world) at(unit tree.UnitID) access.Actor { return w.person(100, unit, access.Leader) }
