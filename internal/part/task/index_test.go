package task_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

func tasksDay(day string) clock.Date { return clock.Date(day) }

func TestWhatIsHandedDownCountsWhereItCameFrom(t *testing.T) {
	each(t, func(w world) {
		given := w.given("TW", "BN", "HN")
		below := w.split("BN", given.ID, "QV", "TS")
		lower := w.split("QV", below.ID, "PL", "DT")
		lowest := w.split("PL", lower.ID, "C1", "C2")
		w.does("officer C1", w.finish(), lowest.ID, "C1")
		w.does("officer PL", w.verify(), lowest.ID, "C1")
		w.does("officer DT", w.finish(), lower.ID, "DT")
		x, _ := w.index()
		for what, c := range map[string]struct {
			id   int64
			want task.Progress
		}{
			"the centre's": {given.ID, task.Progress{Units: 5, Seen: 2, Done: 2, Verified: 1}}, // HN, TS, DT, C1, C2
			"Bắc Ninh's":   {below.ID, task.Progress{Units: 4, Seen: 2, Done: 2, Verified: 1}},
			"Quế Võ's":     {lower.ID, task.Progress{Units: 3, Seen: 2, Done: 2, Verified: 1}},
			"Phù Lãng's":   {lowest.ID, task.Progress{Units: 2, Seen: 1, Done: 1, Verified: 1}},
		} {
			if diff := cmp.Diff(c.want, x.Leaves(c.id, "2020-07-01")); diff != "" {
				t.Errorf("%s task (-want +got):\n%s", what, diff)
			}
		}
		at, ok := x.At(given.ID, w.Units["BN"], "2020-07-01")
		if !ok || !at.Split || at.Below.Units != 4 || at.Stage != task.Seen {
			t.Errorf("Bắc Ninh stands %+v, want seen and split among 4", at)
		}
	})
}

// The index is compared with one made anew from the rows, and with a recount of them,
// after a random history that it has followed event by event.
func TestTheIndexIsWhatARecountGives(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := world{officetest.New(t, url), t}
		followed, position := w.index()
		var tasks []task.Task
		codes := []string{"BN", "HN", "QV", "TS", "PL", "DT", "C1", "C2", "C3"}
		rapid.Check(t, func(rt *rapid.T) {
			for range rapid.IntRange(1, 4).Draw(rt, "acts") {
				tasks = w.randomly(rt, tasks, codes)
			}
			events, err := ledger.After(t.Context(), w.Ledger.DB().Reader(), position, 10_000)
			w.OK(err)
			w.OK(followed.Apply(events))
			w.OK(followed.Apply(events)) // what was seen is not counted twice
			if len(events) > 0 {
				position = events[len(events)-1].Position
			}
			anew, _ := w.index()
			for i, one := range tasks {
				for _, day := range []clock.Date{"2020-07-01", "2020-07-20", "2020-12-31"} {
					for what, of := range map[string]func(*task.Index) task.Progress{
						"progress": func(x *task.Index) task.Progress { return x.Progress(one.ID, day) },
						"leaves":   func(x *task.Index) task.Progress { return x.Leaves(one.ID, day) },
					} {
						if diff := cmp.Diff(of(anew), of(followed)); diff != "" {
							rt.Fatalf("%s of task %d on %s (-anew +followed):\n%s", what, one.ID, day, diff)
						}
					}
					if i+4 < len(tasks) {
						continue // those that were given last are recounted: each is in its turn
					}
					if diff := cmp.Diff(w.recount(one.ID, day), followed.Progress(one.ID, day)); diff != "" {
						rt.Fatalf("task %d on %s (-recount +index):\n%s", one.ID, day, diff)
					}
					if diff := cmp.Diff(w.recountLeaves(one.ID, day), followed.Leaves(one.ID, day)); diff != "" {
						rt.Fatalf("leaves of task %d on %s (-recount +index):\n%s", one.ID, day, diff)
					}
				}
			}
		})
	})
}

// randomly does something that may be refused.
func (w world) randomly(rt *rapid.T, tasks []task.Task, codes []string) []task.Task {
	giver := rapid.SampledFrom([]string{"TW", "BN", "QV", "PL"}).Draw(rt, "giver")
	what := rapid.IntRange(0, 9).Draw(rt, "what")
	if len(tasks) == 0 || what == 0 {
		cmd := w.command(giver, rapid.SliceOfN(rapid.SampledFrom(codes), 1, 5).Draw(rt, "units")...)
		cmd.Deadline = rapid.SampledFrom([]clock.Date{"2020-07-15", "2020-08-31"}).Draw(rt, "deadline")
		if t, err := w.give("officer "+giver, cmd); err == nil {
			tasks = append(tasks, t)
		}
		return tasks
	}
	of := rapid.SampledFrom(tasks).Draw(rt, "task")
	unit := rapid.SampledFrom(codes).Draw(rt, "unit")
	by := "officer TW"
	for code, id := range w.Units {
		if id == of.Verifier {
			by = "officer " + code
		}
	}
	acts := []act{w.acknowledge(), w.finish(), w.ask("2020-09-30")}
	checks := []act{w.verify(), w.sendBack(), w.extend("2020-09-15"), w.refuse()}
	switch {
	case what < 4:
		_, _ = w.try("officer "+unit, rapid.SampledFrom(acts).Draw(rt, "act"), of.ID, unit) // may be refused
	case what < 7:
		_, _ = w.try(by, rapid.SampledFrom(checks).Draw(rt, "check"), of.ID, unit) // may be refused
	case what < 9:
		err := w.Try(func(tx *ledger.Tx) error {
			t, err := task.Split(w.t.Context(), tx, w.People["officer "+unit], task.SplitCommand{
				Key: report.NewKey(), Task: of.ID, Unit: w.Units[unit], Units: w.units(rapid.SliceOfN(rapid.SampledFrom(codes), 1, 2).Draw(rt, "below")...),
			})
			if err == nil {
				tasks = append(tasks, t)
			}
			return err
		})
		_ = err // may be refused
	default:
		_ = w.Try(func(tx *ledger.Tx) error { // may be refused
			_, err := task.Withdraw(w.t.Context(), tx, access.CommandLine(w.Tree), of.ID, "Thôi")
			return err
		})
	}
	return tasks
}

// recount counts a task's shares by their rows.
func (w world) recount(id int64, day clock.Date) (p task.Progress) {
	t := w.now(id)
	for unit := range t.Units.All() {
		p = plus(p, w.counted(t, unit, day))
	}
	return binding(t, p)
}

// binding has nobody late with what does not bind.
func binding(t task.Task, p task.Progress) task.Progress {
	if t.State != task.Live {
		p.Late = 0
	}
	return p
}

func (w world) counted(t task.Task, unit tree.UnitID, day clock.Date) (p task.Progress) {
	w.OK(w.View(func(q store.Querier) error {
		s, err := task.ShareOf(w.t.Context(), q, t, unit)
		at := slices.Index([]task.Stage{task.Fresh, task.Seen, task.Done, task.Verified}, s.Stage)
		if s.Stage == task.Returned {
			at = 1
		}
		p.Units = 1
		for i, n := range []*int{&p.Seen, &p.Done, &p.Verified} {
			if at > i {
				*n = 1
			}
		}
		if s.Stage.Owed() && s.Deadline < day {
			p.Late = 1
		}
		return err
	}))
	return p
}

// recountLeaves counts the ends of all hand-downs.
func (w world) recountLeaves(id int64, day clock.Date) task.Progress {
	t := w.now(id)
	return binding(t, w.ends(t, day))
}

func (w world) ends(t task.Task, day clock.Date) (p task.Progress) {
	var below []task.Task
	w.OK(w.View(func(q store.Querier) (err error) {
		below, err = task.BySource(w.t.Context(), q, task.FromTask, t.ID)
		return err
	}))
	for unit := range t.Units.All() {
		split := false
		for _, one := range below {
			if _, by := one.Parent(); by == unit && one.State != task.Withdrawn {
				split = true
				p = plus(p, w.ends(w.now(one.ID), day))
			}
		}
		if !split {
			p = plus(p, w.counted(t, unit, day))
		}
	}
	return p
}

func plus(a, b task.Progress) task.Progress {
	return task.Progress{Units: a.Units + b.Units, Seen: a.Seen + b.Seen, Done: a.Done + b.Done, Verified: a.Verified + b.Verified, Late: a.Late + b.Late}
}
