package org_test

import (
	"database/sql"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// keeper is somebody who keeps the units of a subtree.
func (o *office) keeper(unit tree.UnitID) access.Actor {
	o.t.Helper()
	actor := access.Actor{Person: 1, Name: "Người giữ", Grants: []access.Grant{{Unit: unit, Role: access.UnitAdmin}}}
	err := o.ledger.DB().View(o.ctx(), func(tx *sql.Tx) (err error) {
		actor.Tree, _, err = org.LoadTree(o.ctx(), tx)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return actor
}

func TestNobodyTakesAUnitOfOthersByItsCode(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		north := o.create(o.root.ID, "01", "Bắc", "2020-01-01")
		south := o.create(o.root.ID, "02", "Nam", "2020-01-01")
		district := o.create(north.ID, "011", "Huyện", "2020-01-01")
		gone := o.create(district.ID, "0111", "Xã giải thể", "2020-01-01")
		young := o.create(north.ID, "012", "Huyện mới", "2020-05-01")
		o.dissolve(gone.ID, "2020-06-01")
		o.dissolve(district.ID, "2020-06-02")
		before := [][]string{o.history(gone.ID), o.history(young.ID)}

		stranger := o.keeper(south.ID)
		o.refused("org.code-taken", "code", func(tx *ledger.Tx) error { // dissolved
			_, err := org.Create(o.ctx(), tx, stranger, org.CreateCommand{Parent: south.ID, Code: "0111", Name: "Của tôi"})
			return err
		})
		o.refused("org.code-taken", "code", func(tx *ledger.Tx) error { // before its time
			_, err := org.Create(o.ctx(), tx, stranger, org.CreateCommand{Parent: south.ID, Code: "012", Name: "Của tôi", From: "2020-02-01"})
			return err
		})
		o.refused("org.code-taken", "", func(tx *ledger.Tx) error { // by a list
			party, err := org.Profile(o.ctx(), tx)
			if err != nil {
				return err
			}
			list := org.List{Sheets: []sheet.Sheet{{Name: "Nam", Rows: [][]sheet.Cell{row("Mã", "Tên"), row("0111", "Của tôi")}}}}
			plan, err := org.MakePlan(o.ctx(), tx, party, list, org.PlanOptions{Under: south.ID, Today: today})
			if err != nil {
				return err
			}
			return org.Apply(o.ctx(), tx, stranger, plan, nil)
		})
		if diff := cmp.Diff(before, [][]string{o.history(gone.ID), o.history(young.ID)}); diff != "" {
			t.Errorf("the units' history (-before +after):\n%s", diff)
		}

		own := o.keeper(north.ID) // the district above it is gone, the province is not
		o.must(func(tx *ledger.Tx) error {
			back, err := org.Create(o.ctx(), tx, own, org.CreateCommand{Parent: north.ID, Code: "0111", Name: "Xã lập lại"})
			if back.ID != gone.ID {
				t.Errorf("the code gives unit %d back, want %d", back.ID, gone.ID)
			}
			return err
		})
	})
}

func TestAUnitThatWasTakenBackOnItsFirstDayComesAgainWhereItWas(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		north := o.create(o.root.ID, "01", "Bắc", "2020-01-01")
		south := o.create(o.root.ID, "02", "Nam", "2020-01-01")
		mistaken := o.create(north.ID, "011", "Huyện gõ nhầm", "2020-02-01")
		o.dissolve(mistaken.ID, "2020-02-01")

		o.refused("org.code-taken", "code", func(tx *ledger.Tx) error {
			_, err := org.Create(o.ctx(), tx, o.keeper(south.ID), org.CreateCommand{Parent: south.ID, Code: "011", Name: "Của tôi"})
			return err
		})
		o.must(func(tx *ledger.Tx) error {
			back, err := org.Create(o.ctx(), tx, o.keeper(north.ID), org.CreateCommand{Parent: north.ID, Code: "011", Name: "Huyện"})
			if back.ID != mistaken.ID {
				t.Errorf("the code gives unit %d back, want %d", back.ID, mistaken.ID)
			}
			return err
		})
	})
}
