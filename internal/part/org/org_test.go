package org_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/org/orgui"
)

func TestEveryTextIsThere(t *testing.T) {
	texttest.Check(t, ".", org.Texts, text.Texts, sheet.Texts, profile.Texts, orgui.Texts, web.Texts, access.Texts)
}

// office is an installation to try things on: the root alone at first.
type office struct {
	t      testing.TB
	ledger *ledger.Ledger
	clock  *clock.Manual
	root   org.Unit
}

// today is the day on which an office begins.
const today = clock.Date("2020-07-10")

// found opens an installation at a database's address.
func found(t testing.TB, url string) *office {
	t.Helper()
	db, err := store.Open(t.Context(), url, ledger.Schema, account.Schema, org.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	manual := clock.NewManual(time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)) // 08:00 in Hanoi
	o := &office{t: t, ledger: ledger.Open(db, manual), clock: manual}
	party, err := profile.Get(profile.Default)
	if err != nil {
		t.Fatal(err)
	}
	o.must(func(tx *ledger.Tx) error {
		o.root, err = org.Found(t.Context(), tx, commandLine, org.FoundCommand{Profile: party})
		return err
	})
	return o
}

var commandLine = access.CommandLine(nil)

// each runs a test with an office on every engine.
func each(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(t, found(t, url)) })
}

// update runs a use case in a transaction of the command line.
func (o *office) update(fn func(*ledger.Tx) error) error {
	_, err := o.ledger.Update(o.t.Context(), "command line", fn)
	return err
}

func (o *office) must(fn func(*ledger.Tx) error) {
	o.t.Helper()
	if err := o.update(fn); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) q() store.Querier { return o.ledger.DB().Reader() }

func (o *office) ctx() context.Context { return o.t.Context() }

// create creates a unit from a day on.
func (o *office) create(parent tree.UnitID, code, name string, from clock.Date) org.Unit {
	o.t.Helper()
	var unit org.Unit
	o.must(func(tx *ledger.Tx) (err error) {
		unit, err = org.Create(o.ctx(), tx, commandLine, org.CreateCommand{Parent: parent, Code: code, Name: name, From: from})
		return err
	})
	return unit
}

// refused says that a use case is refused with a text at a field.
func (o *office) refused(key, field string, fn func(*ledger.Tx) error) {
	o.t.Helper()
	err := o.update(fn)
	all := fault.All(err)
	if len(all) != 1 || all[0].Key != key || all[0].Field != field {
		o.t.Errorf("refused with %v, want %s at the field %q", err, key, field)
	}
}

// history gives a unit's periods as lines: from, to, name, code of the parent.
func (o *office) history(unit tree.UnitID) []string {
	o.t.Helper()
	periods, err := org.History(o.ctx(), o.q(), unit)
	if err != nil {
		o.t.Fatal(err)
	}
	var lines []string
	for _, p := range periods {
		parent := ""
		if all, err := org.History(o.ctx(), o.q(), p.Parent); err == nil {
			parent = all[0].Code
		}
		lines = append(lines, string(p.From)+" "+string(p.To)+" "+p.Name+" "+p.Level+" "+parent)
	}
	return lines
}

// id is a unit's id as fields name it.
func id(unit tree.UnitID) string { return strconv.FormatInt(int64(unit), 10) }
