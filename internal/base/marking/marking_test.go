package marking_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/tree"
)

func TestNothingAboveTheCeilingIsTakenIn(t *testing.T) {
	for _, c := range []struct {
		ceiling marking.Secrecy
		marks   marking.Marks
		field   string // at which it is refused; "" for taken
	}{
		{marking.Ordinary, marking.Marks{}, ""},
		{marking.Ordinary, marking.Marks{Urgency: marking.Flash}, ""},
		{marking.Ordinary, marking.Marks{Secrecy: marking.Secret}, "secrecy"},
		{marking.Secret, marking.Marks{Secrecy: marking.Secret, Urgency: marking.Urgent}, ""},
		{marking.Secret, marking.Marks{Secrecy: marking.TopSecret}, "secrecy"},
		{marking.TopSecret, marking.Marks{Secrecy: marking.AbsoluteSecret}, "secrecy"},
		{marking.AbsoluteSecret, marking.Marks{Secrecy: marking.AbsoluteSecret}, ""},
		{marking.AbsoluteSecret, marking.Marks{Secrecy: "cosmic"}, "secrecy"},
		{marking.AbsoluteSecret, marking.Marks{Urgency: "at once"}, "urgency"},
	} {
		err := c.marks.Check(c.ceiling)
		field := ""
		if list := fault.All(err); len(list) == 1 {
			field = list[0].Field
		}
		if (err == nil) != (c.field == "") || field != c.field {
			t.Errorf("%+v under the ceiling %q: %v, want a refusal at %q", c.marks, c.ceiling, err, c.field)
		}
	}
}

func TestWhoeverRunsTheSystemSetsTheCeiling(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "giaoban.db"), ledger.Schema, marking.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	l := ledger.Open(db, clock.NewManual(time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)))
	units := tree.New()
	units.Put(tree.Unit{ID: 1, Code: "TW", Name: "Trung ương"})
	as := func(role access.Role) access.Actor {
		return access.Actor{Person: 7, Name: "Lan", Tree: units, Grants: []access.Grant{{Unit: 1, Role: role}}}
	}
	set := func(actor access.Actor, level marking.Secrecy) (int64, error) {
		return l.Update(t.Context(), "test", func(tx *ledger.Tx) error {
			return marking.SetCeiling(context.Background(), tx, actor, 1, level)
		})
	}
	for _, role := range []access.Role{access.Leader, access.UnitAdmin} {
		if _, err := set(as(role), marking.Secret); !fault.Is(err, fault.Forbidden) {
			t.Errorf("set by a %s: %v, want forbidden", role, err)
		}
	}
	if _, err := set(as(access.SystemAdmin), "cosmic"); !fault.Is(err, fault.Invalid) {
		t.Errorf("set to what is no level: %v", err)
	}
	if position, err := set(as(access.SystemAdmin), marking.Secret); err != nil || position != 1 {
		t.Errorf("set: event %d, %v", position, err)
	}
	if position, err := set(as(access.SystemAdmin), marking.Secret); err != nil || position != 0 {
		t.Errorf("set again: event %d, %v, want none", position, err)
	}
	if got, err := marking.Ceiling(t.Context(), db.Reader()); err != nil || got != marking.Secret {
		t.Errorf("the ceiling is %q, %v", got, err)
	}
}

func TestEveryTextIsUsed(t *testing.T) { texttest.Check(t, ".") }
