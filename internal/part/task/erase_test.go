package task_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/task"
)

func TestTheNamesOfPeopleWithSharesAreErasedWithTheirAccounts(t *testing.T) {
	each(t, func(w world) {
		w.Person("second officer PL", "PL", access.Officer)
		leaver, stays := w.People["officer PL"], w.People["second officer PL"]
		held, passed := w.given("QV", "PL"), w.given("QV", "PL")
		w.assign(held.ID, leaver.Person, stays.Person)
		w.assign(passed.ID, leaver.Person)
		w.assign(passed.ID, stays.Person)
		w.forget(leaver.Person)
		for _, one := range w.share(held.ID, "PL").People {
			if one.Person == leaver.Person && !account.Nameless(one.Name) || one.Person == stays.Person && one.Name != stays.Name {
				t.Errorf("person %d is %q", one.Person, one.Name)
			}
		}
		for id, want := range map[int64][]bool{held.ID: {true}, passed.ID: {true, false}} { // which steps are erased
			steps, err := task.Steps(t.Context(), w.Ledger.DB().Reader(), id, w.Units["PL"])
			w.OK(err)
			for i, one := range steps {
				if len(steps) != len(want) || one.Erased != want[i] || one.By != w.Units["PL"] {
					t.Errorf("step %d of %d: %+v", i+1, len(steps), one)
				}
			}
		}
		x, _ := w.index()
		if at, ok := x.At(passed.ID, w.Units["PL"], "2020-07-01"); !ok || at.Stage != task.Seen {
			t.Errorf("it stands %+v, want seen as before", at)
		}
	})
}

// assign has the leader of Phù Lãng give its share to people.
func (w world) assign(id int64, people ...int64) {
	w.t.Helper()
	w.does("leader PL", func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
		return task.Assign(w.Ctx(), tx, actor, id, unit, people)
	}, id, "PL")
}

// forget erases a person.
func (w world) forget(person int64) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) error {
		if err := account.Disable(w.Ctx(), tx, access.CommandLine(w.Tree), person); err != nil {
			return err
		}
		_, err := account.Erase(w.Ctx(), tx, access.CommandLine(w.Tree), account.EraseCommand{
			Person: person, Reason: "đã nghỉ hưu", Elsewhere: []account.Elsewhere{task.NamesOfAssignees},
		})
		return err
	})
}

func TestNamesAreErasedOfSharesThatPassedToAnHeir(t *testing.T) {
	each(t, func(w world) {
		given := w.given("QV", "PL")
		w.assign(given.ID, w.People["officer PL"].Person)
		w.merge("09999", "QV", "PL", "DT")
		w.forget(w.People["officer PL"].Person)
		steps, err := task.Steps(t.Context(), w.Ledger.DB().Reader(), given.ID, w.Units["PL"])
		w.OK(err)
		if len(steps) != 1 || !steps[0].Erased {
			t.Errorf("the merged unit's steps are %+v, want one, erased", steps)
		}
	})
}
