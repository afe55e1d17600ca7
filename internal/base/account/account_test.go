package account_test

import (
	"context"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/tree"
)

// The units of the tests: a province with two districts, one of them with two
// communes.
const (
	centre tree.UnitID = iota + 1
	province
	district
	otherDistrict
	commune
	otherCommune
	otherProvince
)

var units = []tree.Unit{
	{ID: centre, Code: "1", Name: "Trung ương"},
	{ID: province, Parent: centre, Code: "2", Name: "Tỉnh ủy"},
	{ID: district, Parent: province, Code: "3", Name: "Huyện ủy A"},
	{ID: otherDistrict, Parent: province, Code: "4", Name: "Huyện ủy B"},
	{ID: commune, Parent: district, Code: "5", Name: "Xã C"},
	{ID: otherCommune, Parent: district, Code: "6", Name: "Xã D"},
	{ID: otherProvince, Parent: centre, Code: "7", Name: "Tỉnh ủy khác"},
}

// right is the password of everybody in the tests; it is hashed once.
const right = "mười bông hoa đỏ"

// house is an installation with its units and nobody in it.
type house struct {
	*testing.T
	db       *store.DB
	ledger   *ledger.Ledger
	tree     *tree.Tree
	machine  *clock.Manual
	password account.Password
}

func each(t *testing.T, test func(*house)) {
	enginetest.Each(t, func(t *testing.T, url string) {
		ctx := t.Context()
		db, err := store.Open(ctx, url, ledger.Schema, account.Schema)
		if err != nil {
			t.Fatalf("opening the database: %v", err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Errorf("closing the database: %v", err)
			}
		})
		h := &house{T: t, db: db, tree: tree.New(), machine: clock.NewManual(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))}
		h.ledger = ledger.Open(db, clock.NewManual(time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)))
		for _, u := range units {
			h.tree.Put(u)
		}
		if h.password, err = account.HashPassword(ctx, right); err != nil {
			t.Fatalf("hashing: %v", err)
		}
		test(h)
	})
}

// today is the business day.
func (h *house) today() clock.Date { return clock.DateOf(h.ledger.Now(), time.UTC) }

// try runs fn in a transaction and gives its error.
func (h *house) try(fn func(context.Context, *ledger.Tx) error) error {
	h.Helper()
	_, err := h.ledger.Update(h.Context(), "test", func(tx *ledger.Tx) error { return fn(h.Context(), tx) })
	return err
}

// do runs fn in a transaction that must succeed.
func (h *house) do(fn func(context.Context, *ledger.Tx) error) {
	h.Helper()
	if err := h.try(fn); err != nil {
		h.Fatalf("the transaction failed: %v", err)
	}
}

// person adds somebody with a role at a unit, and acts as that person.
func (h *house) person(login string, grants ...access.Grant) access.Actor {
	h.Helper()
	var p account.Person
	h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
		p, err = account.CreatePerson(ctx, tx, access.CommandLine(h.tree), account.CreateCommand{
			Name: "Đồng chí " + login, Login: login, Password: h.password, Grants: grants,
		})
		return err
	})
	return h.actor(p.ID)
}

func (h *house) actor(person int64) access.Actor {
	h.Helper()
	actor, err := account.Actor(h.Context(), h.db.Reader(), h.tree, person, h.today())
	if err != nil {
		h.Fatalf("reading actor %d: %v", person, err)
	}
	return actor
}

// signIn opens a session with the right password.
func (h *house) signIn(login string) (account.Session, account.Token) {
	h.Helper()
	s, token, err := account.SignIn(h.Context(), h.db, account.SignInCommand{
		Login: login, Password: right, Address: "10.0.0.1", Now: h.machine.Now(),
	})
	if err != nil {
		h.Fatalf("signing in as %s: %v", login, err)
	}
	return s, token
}

func (h *house) session(token account.Token) account.Session {
	h.Helper()
	s, err := account.FindSession(h.Context(), h.db.Reader(), token, h.machine.Now())
	if err != nil {
		h.Fatalf("finding a session: %v", err)
	}
	return s
}

// refused fails the test unless err is of the kind with the key.
func (h *house) refused(what string, err error, kind fault.Kind, key string) {
	h.Helper()
	all := fault.All(err)
	if len(all) == 0 || all[0].Kind != kind || all[0].Key != key {
		h.Errorf("%s: got %v, want %s: %s", what, err, kind, key)
	}
}

func at(unit tree.UnitID, role access.Role) access.Grant {
	return access.Grant{Unit: unit, Role: role}
}
