package directive_test

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
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// world is an organisation small enough to keep in mind:
//
//	centre > Bắc Ninh > Quế Võ > Phù Lãng, Việt Hùng (grassroots)
//	       > Bắc Giang > Yên Thế
type world struct {
	t      *testing.T
	db     *store.DB
	ledger *ledger.Ledger
	clock  *clock.Manual
	tree   *tree.Tree

	centre, bacNinh, queVo, phuLang, vietHung, bacGiang, yenThe tree.UnitID
}

var morning = time.Date(2020, 5, 4, 1, 0, 0, 0, time.UTC) // 08:00 in Hanoi

func newWorld(t *testing.T, url string) *world {
	t.Helper()
	db, err := store.Open(t.Context(), url, ledger.Schema, file.Schema, marking.Schema, org.Schema, directive.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	business := clock.NewManual(morning)
	w := &world{t: t, db: db, clock: business, ledger: ledger.Open(db, business), tree: tree.New()}
	p, err := profile.Get("vn-party-2020")
	if err != nil {
		t.Fatal(err)
	}
	program := access.Program(w.tree)
	w.do(func(tx *ledger.Tx) error {
		root, err := org.Found(t.Context(), tx, program, org.FoundCommand{Profile: p})
		w.centre = root.ID
		return err
	})
	w.bacNinh = w.unit(w.centre, "27", "Bắc Ninh", "provincial")
	w.bacGiang = w.unit(w.centre, "24", "Bắc Giang", "provincial")
	w.queVo = w.unit(w.bacNinh, "259", "Quế Võ", "above-grassroots")
	w.phuLang = w.unit(w.queVo, "9262", "Phù Lãng", "grassroots")
	w.vietHung = w.unit(w.queVo, "9263", "Việt Hùng", "grassroots")
	w.yenThe = w.unit(w.bacGiang, "215", "Yên Thế", "above-grassroots")
	return w
}

func (w *world) unit(parent tree.UnitID, code, name, level string) tree.UnitID {
	w.t.Helper()
	var unit org.Unit
	w.do(func(tx *ledger.Tx) error {
		var err error
		unit, err = org.Create(w.t.Context(), tx, access.Program(w.tree), org.CreateCommand{
			Parent: parent, Code: code, Name: name, Level: level, From: "2015-01-01",
		})
		return err
	})
	w.reload()
	return unit.ID
}

// reload fills the tree from the database.
func (w *world) reload() {
	w.t.Helper()
	err := w.db.View(w.t.Context(), func(tx *sql.Tx) error {
		fresh, _, err := org.LoadTree(w.t.Context(), tx)
		if err != nil {
			return err
		}
		root, _ := fresh.Root()
		for _, u := range fresh.Subtree(root.ID) {
			w.tree.Put(u)
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// do runs a transaction that must succeed.
func (w *world) do(fn func(*ledger.Tx) error) {
	w.t.Helper()
	if err := w.try(fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) try(fn func(*ledger.Tx) error) error {
	_, err := w.ledger.Update(w.t.Context(), "person:1", fn)
	return err
}

// person is somebody with a role at a unit.
func (w *world) person(role access.Role, unit tree.UnitID) access.Actor {
	return access.Actor{
		Person: int64(unit)*10 + int64(len(role)), Name: "Nguyễn Văn A",
		Grants: []access.Grant{{Unit: unit, Role: role}}, Tree: w.tree,
	}
}

func (w *world) leader(unit tree.UnitID) access.Actor { return w.person(access.Leader, unit) }

func (w *world) signature(actor access.Actor) account.Signature {
	return account.Signature{Person: actor.Person, Name: actor.Name, Capacity: account.Capacity{Post: "Bí thư"}, Method: account.ByPassword}
}

// document asks grassroots and above-grassroots units for one milestone each.
func document() directive.Document {
	return directive.Document{
		Number: "35-CT/TW", Date: "2019-05-30", Title: "Đại hội đảng bộ các cấp", Text: "Tổ chức đại hội đúng hạn.",
		Term: "2020-2025", Acknowledge: []string{"provincial", "above-grassroots"},
		Milestones: []directive.Milestone{{
			Key: "held", Name: text.Words{VI: "Tổ chức xong đại hội", EN: "Congress held"},
			Deadlines: []profile.Deadline{
				{Level: "above-grassroots", Date: "2020-08-31"}, {Level: "grassroots", Date: "2020-06-30"},
			},
			Indicators: []profile.Indicator{
				{Key: "present", Name: text.Words{VI: "Số đại biểu có mặt"}, Kind: profile.Number, Required: true},
				{Key: "on", Name: text.Words{VI: "Ngày họp"}, Kind: profile.Date},
			},
		}},
	}
}

// draft begins a draft at a unit.
func (w *world) draft(unit tree.UnitID, key string, document directive.Document) directive.Directive {
	w.t.Helper()
	var d directive.Directive
	w.do(func(tx *ledger.Tx) error {
		var err error
		d, err = directive.Create(w.t.Context(), tx, w.leader(unit), directive.CreateCommand{
			Unit: unit, Key: key, Draft: directive.Draft{Document: document},
		})
		return err
	})
	return d
}

// issue has the centre issue a document.
func (w *world) issue(document directive.Document) directive.Directive {
	w.t.Helper()
	d := w.draft(w.centre, "issued", document)
	leader := w.leader(w.centre)
	w.do(func(tx *ledger.Tx) error {
		var err error
		d, err = directive.Issue(w.t.Context(), tx, leader, directive.IssueCommand{
			Directive: d.ID, Revision: d.Revision, Signature: w.signature(leader),
		})
		return err
	})
	return d
}

// revise has the centre issue the next version, changed by change.
func (w *world) revise(id int64, change func(*directive.Document)) (d directive.Directive, err error) {
	w.t.Helper()
	ctx, leader := w.t.Context(), w.leader(w.centre)
	w.do(func(tx *ledger.Tx) error {
		d, err := directive.BeginRevision(ctx, tx, leader, id)
		if err != nil {
			return err
		}
		next := *d.Draft
		change(&next.Document)
		_, err = directive.Save(ctx, tx, leader, directive.SaveCommand{Directive: id, Revision: d.Revision, Draft: next})
		return err
	})
	err = w.try(func(tx *ledger.Tx) error {
		d = w.get(id)
		d, err = directive.Revise(ctx, tx, leader, directive.IssueCommand{
			Directive: id, Revision: d.Revision, Signature: w.signature(leader),
		})
		return err
	})
	return d, err
}

func (w *world) tighten(actor access.Actor, id int64, unit tree.UnitID, level string, day clock.Date) error {
	return w.try(func(tx *ledger.Tx) error {
		_, err := directive.Tighten(w.t.Context(), tx, actor, directive.TightenCommand{
			Directive: id, Unit: unit, Milestone: "held", Level: level, Deadline: day,
		})
		return err
	})
}

func (w *world) acknowledge(actor access.Actor, id int64, unit tree.UnitID, version int) error {
	return w.try(func(tx *ledger.Tx) error {
		_, err := directive.Acknowledge(w.t.Context(), tx, actor, id, unit, version)
		return err
	})
}

func (w *world) get(id int64) directive.Directive {
	w.t.Helper()
	d, err := directive.Get(w.t.Context(), w.db.Reader(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// events gives the kinds of all events about a directive.
func (w *world) events(id int64) []ledger.Kind {
	w.t.Helper()
	events, err := ledger.About(w.t.Context(), w.db.Reader(), directive.Subject(id))
	if err != nil {
		w.t.Fatal(err)
	}
	kinds := make([]ledger.Kind, len(events))
	for i, e := range events {
		kinds[i] = e.Kind
	}
	return kinds
}

// each runs a test on both engines.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(t, newWorld(t, url)) })
}

// refused checks that an error is a refusal of a kind with a key.
func refused(t *testing.T, what string, err error, kind fault.Kind, key string) {
	t.Helper()
	all := fault.All(err)
	if len(all) == 0 || all[0].Kind != kind || all[0].Key != key {
		t.Errorf("%s: got %v, want %s: %s", what, err, kind, key)
	}
}
