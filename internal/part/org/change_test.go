package org_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

func (o *office) rename(unit tree.UnitID, name string, from clock.Date) {
	o.t.Helper()
	o.must(func(tx *ledger.Tx) error {
		_, err := org.Rename(o.ctx(), tx, commandLine, org.RenameCommand{Unit: unit, Name: name, From: from})
		return err
	})
}

func (o *office) move(unit, parent tree.UnitID, from clock.Date) {
	o.t.Helper()
	o.must(func(tx *ledger.Tx) error {
		_, err := org.Move(o.ctx(), tx, commandLine, org.MoveCommand{Unit: unit, Parent: parent, From: from})
		return err
	})
}

func (o *office) dissolve(unit tree.UnitID, from clock.Date) {
	o.t.Helper()
	o.must(func(tx *ledger.Tx) error {
		_, err := org.Dissolve(o.ctx(), tx, commandLine, org.DissolveCommand{Unit: unit, From: from})
		return err
	})
}

func TestAChangeOfThePastHoldsUntilTheNextOfItsKind(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		north := o.create(o.root.ID, "01", "Bắc", "2020-01-01")
		south := o.create(o.root.ID, "02", "Nam", "2020-01-01")
		unit := o.create(north.ID, "011", "Cũ", "2020-01-01")
		o.rename(unit.ID, "Mới", "2020-06-01")
		o.move(unit.ID, south.ID, "2020-03-01")
		o.rename(unit.ID, "Giữa", "2020-02-01")
		want := []string{
			"2020-01-01 2020-02-01 Cũ above-grassroots 01",
			"2020-02-01 2020-03-01 Giữa above-grassroots 01",
			"2020-03-01 2020-06-01 Giữa above-grassroots 02",
			"2020-06-01  Mới above-grassroots 02",
		}
		if diff := cmp.Diff(want, o.history(unit.ID)); diff != "" {
			t.Errorf("the unit's history (-want +got):\n%s", diff)
		}
	})
}

func TestAnEventTellsThePresentOrSaysThatItIsPast(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		north := o.create(o.root.ID, "01", "Bắc", "2020-01-01")
		south := o.create(o.root.ID, "02", "Nam", "2020-01-01")
		unit := o.create(north.ID, "011", "Cũ", "2020-01-01")
		o.move(unit.ID, south.ID, "2020-06-01")
		o.rename(unit.ID, "Mới", "2020-03-01")
		o.rename(unit.ID, "Giữa", "2020-02-01")
		events, err := ledger.About(o.ctx(), o.q(), org.Subject(unit.ID))
		if err != nil {
			t.Fatal(err)
		}
		var got []org.UnitChanged
		for _, event := range events[1:] {
			var one org.UnitChanged
			if err := event.Decode(&one); err != nil {
				t.Fatal(err)
			}
			got = append(got, one)
		}
		told := org.UnitChanged{Unit: unit.ID, Code: "011", Level: "above-grassroots"}
		moved, renamed, past := told, told, told
		moved.Name, moved.Parent, moved.From = "Cũ", south.ID, "2020-06-01"
		renamed.Name, renamed.Parent, renamed.From = "Mới", south.ID, "2020-03-01"
		past.Name, past.Parent, past.From, past.Past = "Giữa", north.ID, "2020-02-01", true
		if diff := cmp.Diff([]org.UnitChanged{moved, renamed, past}, got); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestWhatCannotBeIsRefusedAtItsField(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		north := o.create(o.root.ID, "01", "Bắc", "2020-01-01")
		district := o.create(north.ID, "011", "Huyện", "2020-02-01")
		create := func(cmd org.CreateCommand) func(*ledger.Tx) error {
			return func(tx *ledger.Tx) error {
				_, err := org.Create(o.ctx(), tx, commandLine, cmd)
				return err
			}
		}
		o.refused("org.code-taken", "code", create(org.CreateCommand{Parent: o.root.ID, Code: " 01 ", Name: "Khác"}))
		o.refused("org.code-empty", "code", create(org.CreateCommand{Parent: o.root.ID, Name: "Khác"}))
		o.refused("org.name-empty", "name", create(org.CreateCommand{Parent: o.root.ID, Code: "9", Name: " \u200b "}))
		o.refused("org.kind-unknown", "kind", create(org.CreateCommand{Parent: o.root.ID, Code: "9", Name: "Khác", Kind: "moon"}))
		o.refused("org.level-unknown", "level", create(org.CreateCommand{Parent: o.root.ID, Code: "9", Name: "Khác", Level: "moon"}))
		o.refused("org.level-not-below", "level", create(org.CreateCommand{Parent: north.ID, Code: "9", Name: "Khác", Level: "provincial"}))
		o.refused("org.future", "from", create(org.CreateCommand{Parent: o.root.ID, Code: "9", Name: "Khác", From: today.AddDays(1)}))
		o.refused("org.absent", "from", create(org.CreateCommand{Parent: north.ID, Code: "9", Name: "Khác", From: "2019-12-31"}))

		move := func(unit, parent tree.UnitID, from clock.Date) func(*ledger.Tx) error {
			return func(tx *ledger.Tx) error {
				_, err := org.Move(o.ctx(), tx, commandLine, org.MoveCommand{Unit: unit, Parent: parent, From: from})
				return err
			}
		}
		o.refused("org.root-stays", "", move(o.root.ID, north.ID, ""))
		o.refused("org.below-itself", "parent", move(north.ID, district.ID, ""))
		o.refused("org.parent-same", "parent", move(district.ID, north.ID, ""))
		o.refused("org.absent", "from", move(district.ID, o.root.ID, "2020-01-15"))

		dissolve := func(unit tree.UnitID, from clock.Date) func(*ledger.Tx) error {
			return func(tx *ledger.Tx) error {
				_, err := org.Dissolve(o.ctx(), tx, commandLine, org.DissolveCommand{Unit: unit, From: from})
				return err
			}
		}
		o.refused("org.root-stays", "", dissolve(o.root.ID, ""))
		o.refused("org.has-children", "", dissolve(north.ID, ""))
		o.refused("org.has-children", "", dissolve(north.ID, "2020-01-15")) // the district comes later
		o.refused("org.name-same", "name", func(tx *ledger.Tx) error {
			_, err := org.Rename(o.ctx(), tx, commandLine, org.RenameCommand{Unit: north.ID, Name: "  Bắc"})
			return err
		})
		o.refused("org.level-above-child", "level", func(tx *ledger.Tx) error {
			_, err := org.ChangeLevel(o.ctx(), tx, commandLine, org.ChangeLevelCommand{Unit: north.ID, Level: "above-grassroots"})
			return err
		})
	})
}

func TestAMoveIntoThePastMustNotOverlapATimeWithoutTheParent(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		north := o.create(o.root.ID, "01", "Bắc", "2020-01-01")
		south := o.create(o.root.ID, "02", "Nam", "2020-01-01")
		unit := o.create(north.ID, "011", "Huyện", "2020-01-01")
		o.dissolve(south.ID, "2020-04-01")
		o.refused("org.absent", "parent", func(tx *ledger.Tx) error {
			_, err := org.Move(o.ctx(), tx, commandLine, org.MoveCommand{Unit: unit.ID, Parent: south.ID, From: "2020-02-01"})
			return err
		})
	})
}

func TestTheCodeOfADissolvedUnitGivesTheUnitBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		first := o.create(o.root.ID, "01", "Bắc", "2020-01-01")
		o.dissolve(first.ID, "2020-03-01")
		again := o.create(o.root.ID, "01", "Bắc", "2020-05-01")
		if again.ID != first.ID {
			t.Errorf("the unit came back as %d, want %d", again.ID, first.ID)
		}
		want := []string{"2020-01-01 2020-03-01 Bắc provincial TW", "2020-05-01  Bắc provincial TW"}
		if diff := cmp.Diff(want, o.history(first.ID)); diff != "" {
			t.Errorf("history (-want +got):\n%s", diff)
		}
	})
}

func TestPostsAreHeldOneAfterAnother(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		appoint := func(person int64, name, post string, from clock.Date) (org.Post, error) {
			var made org.Post
			err := o.update(func(tx *ledger.Tx) (err error) {
				made, err = org.Appoint(o.ctx(), tx, commandLine, org.AppointCommand{
					Unit: o.root.ID, Body: "standing-body", Post: post, Person: person, Name: name, From: from,
				})
				return err
			})
			return made, err
		}
		first, err := appoint(7, "Nguyễn Văn A", "secretary", "2020-01-01")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := appoint(8, "Trần Thị B", "secretary", "2020-05-01"); err == nil {
			t.Error("two secretaries at a time were taken")
		}
		o.must(func(tx *ledger.Tx) error {
			_, err := org.EndPost(o.ctx(), tx, commandLine, org.EndPostCommand{Post: first.ID, To: "2020-05-01"})
			return err
		})
		if _, err := appoint(8, "Trần Thị B", "secretary", "2020-05-01"); err != nil {
			t.Error(err)
		}
		for person, want := range map[int64]string{7: "", 8: "Bí thư", 9: ""} {
			if got, err := org.PostTitle(o.ctx(), o.q(), person, o.root.ID); got != want || err != nil {
				t.Errorf("the title of person %d is %q (%v), want %q", person, got, err, want)
			}
		}
		bodies, err := org.Bodies(o.ctx(), o.q(), o.root.ID)
		if err != nil || len(bodies) != 1 || bodies[0].From != "2020-01-01" {
			t.Errorf("bodies %+v (%v), want one from 2020-01-01", bodies, err)
		}
		o.refused("org.post-ended", "", func(tx *ledger.Tx) error {
			_, err := org.EndPost(o.ctx(), tx, commandLine, org.EndPostCommand{Post: first.ID})
			return err
		})
	})
}
