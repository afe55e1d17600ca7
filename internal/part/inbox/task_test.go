package inbox_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/task"
)

// toDo is what somebody has to do about tasks.
type toDo struct {
	Tasks, Verify int
	Hot           bool
}

func tasksOf(t *testing.T, w *officetest.World, who string) (found toDo) {
	t.Helper()
	var index *task.Index
	w.OK(w.Ledger.DB().View(t.Context(), func(tx *sql.Tx) (err error) {
		index, _, err = task.Load(t.Context(), tx, w.Tree)
		return err
	}))
	w.OK(w.View(func(q store.Querier) error {
		work, err := inbox.For(t.Context(), q, nil, index, w.People[who], w.Clock.Now(), hanoi)
		found = toDo{len(work.Tasks), len(work.Verify), work.TaskLate()}
		return err
	}))
	return found
}

func TestATaskWaitsForItsUnitUntilItIsSeenAndAgainWhenItIsDue(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		w.Person("viewer QV", "QV", access.Viewer)
		var given task.Task
		w.Update(func(tx *ledger.Tx) (err error) {
			given, err = task.Give(t.Context(), tx, w.People["officer BN"], task.GiveCommand{
				Giver: w.Units["BN"], Key: "form", Source: task.Source{Kind: task.ByHand}, Title: "Rà soát nguồn",
				Units: []tree.UnitID{w.Units["QV"], w.Units["TS"]}, Deadline: "2020-07-15",
			})
			return err
		})
		want := func(when string, all map[string]toDo) {
			t.Helper()
			for _, who := range []string{"officer QV", "leader QV", "viewer QV", "officer TS", "officer BN", "officer PL", "officer HN"} {
				if diff := cmp.Diff(all[who], tasksOf(t, w, who)); diff != "" {
					t.Errorf("%s, tasks of %s (-want +got):\n%s", when, who, diff)
				}
			}
		}
		one := toDo{Tasks: 1}
		want("given", map[string]toDo{"officer QV": one, "leader QV": one, "officer TS": one})
		w.Update(func(tx *ledger.Tx) error {
			_, err := task.Acknowledge(t.Context(), tx, w.People["officer QV"], given.ID, w.Units["QV"])
			return err
		})
		want("seen by one", map[string]toDo{"officer TS": one})
		w.Clock.Set(time.Date(2020, 7, 14, 2, 0, 0, 0, time.UTC))
		want("the day before", map[string]toDo{"officer QV": one, "leader QV": one, "officer TS": one})
		w.Update(func(tx *ledger.Tx) error {
			_, err := task.Finish(t.Context(), tx, w.People["officer QV"], task.FinishCommand{Task: given.ID, Unit: w.Units["QV"], Text: "Xong"})
			return err
		})
		want("done by one", map[string]toDo{"officer TS": one, "officer BN": {Verify: 1}})
		w.Clock.Set(time.Date(2020, 7, 16, 2, 0, 0, 0, time.UTC))
		want("the day after", map[string]toDo{"officer TS": {Tasks: 1, Hot: true}, "officer BN": {Verify: 1}})
	})
}
