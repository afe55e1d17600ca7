package task_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/task"
)

func TestATaskIsGivenDoneAndVerified(t *testing.T) {
	each(t, func(w world) {
		given := w.given("BN", "QV", "TS")
		want := map[string]task.Progress{}
		check := func(when string, p task.Progress) {
			t.Helper()
			want[when] = p
			x, _ := w.index()
			if diff := cmp.Diff(p, x.Progress(given.ID, "2020-07-01")); diff != "" {
				t.Errorf("%s, progress (-want +got):\n%s", when, diff)
			}
		}
		check("given", task.Progress{Units: 2})
		w.does("officer QV", w.acknowledge(), given.ID, "QV")
		check("seen", task.Progress{Units: 2, Seen: 1})
		w.does("officer QV", w.finish(), given.ID, "QV")
		check("done", task.Progress{Units: 2, Seen: 1, Done: 1})
		w.does("officer BN", w.sendBack(), given.ID, "QV")
		check("returned", task.Progress{Units: 2, Seen: 1})
		w.does("leader QV", w.finish(), given.ID, "QV")
		w.does("leader BN", w.verify(), given.ID, "QV")
		check("verified", task.Progress{Units: 2, Seen: 1, Done: 1, Verified: 1})
		steps := []ledger.Kind{task.WasSeen, task.WasDone, task.WasReturned, task.WasDone, task.WasVerified}
		if diff := cmp.Diff(steps, w.steps(given.ID, "QV")); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
		if got := w.steps(given.ID, "TS"); len(got) != 0 {
			t.Errorf("of the unit that did nothing there is %v", got)
		}
	})
}

func TestTheSameFormGivesOneTask(t *testing.T) {
	each(t, func(w world) {
		cmd := w.command("BN", "QV")
		one, err := w.give("officer BN", cmd)
		w.OK(err)
		cmd.Title = "Khác"
		two, err := w.give("officer BN", cmd)
		w.OK(err)
		if one.ID != two.ID || two.Title != one.Title {
			t.Errorf("the same key gave %d %q, want %d %q", two.ID, two.Title, one.ID, one.Title)
		}
	})
}

func TestWhatIsWrongWithATaskIsSaidAtItsField(t *testing.T) {
	each(t, func(w world) {
		for what, c := range map[string]struct {
			change func(*task.GiveCommand)
			field  string
		}{
			"a deadline in the past":     {func(c *task.GiveCommand) { c.Deadline = "2020-06-25" }, "deadline"},
			"no deadline":                {func(c *task.GiveCommand) { c.Deadline = "" }, "deadline"},
			"no title":                   {func(c *task.GiveCommand) { c.Title = "  " }, "title"},
			"no unit":                    {func(c *task.GiveCommand) { c.Units = nil }, "units"},
			"a unit beside":              {func(c *task.GiveCommand) { c.Units = w.units("HN") }, "units"},
			"a unit above":               {func(c *task.GiveCommand) { c.Units = w.units("TW") }, "units"},
			"a unit that does not exist": {func(c *task.GiveCommand) { c.Units = []tree.UnitID{99999} }, "units"},
			"an unknown body":            {func(c *task.GiveCommand) { c.Body = "ban" }, "body"},
			"an unknown source":          {func(c *task.GiveCommand) { c.Source.Kind = "rumour" }, "source"},
			"an unknown milestone":       {func(c *task.GiveCommand) { c.Directive, c.Milestone = w.Directive, "no" }, "milestone"},
			"no such verifier":           {func(c *task.GiveCommand) { c.Verifier = 99999 }, "verifier"},
			"above the ceiling":          {func(c *task.GiveCommand) { c.Marks.Secrecy = "secret" }, "secrecy"},
			"an office for a committee":  {func(c *task.GiveCommand) { c.Body = task.OfCommittee }, "signature"},
		} {
			cmd := w.command("BN", "QV")
			c.change(&cmd)
			_, err := w.give("officer BN", cmd)
			refused(t, what, err, fault.Invalid, c.field)
		}
		for _, who := range []string{"officer QV", "officer HN", "leader TW"} {
			_, err := w.give(who, w.command("BN", "QV"))
			refused(t, who+" gives in the name of Bắc Ninh", err, fault.Forbidden)
		}
	})
}

func TestATaskForACommitteeNeedsTheSignatureOfItsSuperiorOne(t *testing.T) {
	each(t, func(w world) {
		cmd := w.command("BN", "QV")
		cmd.Body = task.OfCommittee
		_, err := w.give("leader BN", cmd)
		refused(t, "a leader who does not sign", err, fault.Invalid, "signature")
		cmd.Signature = officetest.Sign(w.People["officer BN"])
		_, err = w.give("officer BN", cmd)
		refused(t, "an officer who signs", err, fault.Invalid, "signature")
		_, err = w.give("leader BN", cmd)
		refused(t, "a leader with somebody else's signature", err, fault.Invalid, "signature")
		cmd.Signature = account.ToSign(w.People["leader BN"], account.Capacity{})
		if _, err := w.give("leader BN", cmd); err == nil || fault.Is(err, fault.Invalid) {
			t.Errorf("asking what there is to sign gives %v, want the statement", err)
		}
		cmd.Signature = officetest.Sign(w.People["leader BN"])
		given, err := w.give("leader BN", cmd)
		w.OK(err)
		if given.Body != task.OfCommittee || given.State != task.Live {
			t.Errorf("given %q, %s, want a committee's that binds", given.Body, given.State)
		}
		notice := w.command("BN", "TS")
		notice.Body, notice.Source, notice.Announced = task.OfCommittee, task.Source{Kind: task.FromConclusion, ID: 3, Part: 1, Title: "Kết luận"}, true
		_, err = w.give("officer BN", notice)
		w.OK(err) // the notice is signed
	})
}

func TestWhatIsAnnouncedBindsWhenItsDocumentIsIssued(t *testing.T) {
	each(t, func(w world) {
		cmd := w.command("BN", "QV")
		cmd.Source, cmd.Announced = task.Source{Kind: task.FromConclusion, ID: 7, Part: 1, Title: "Kết luận giao ban"}, true
		given, err := w.give("officer BN", cmd)
		w.OK(err)
		w.does("officer QV", w.acknowledge(), given.ID, "QV")
		_, err = w.try("officer QV", w.finish(), given.ID, "QV")
		refused(t, "done before it binds", err, fault.Conflict)
		late := func(want int) {
			t.Helper()
			x, _ := w.index()
			own, leaves, behind := x.Progress(given.ID, "2020-07-16"), x.Leaves(given.ID, "2020-07-16"), x.Behind(given.ID, "2020-07-16")
			if own.Late != want || leaves.Late != want || len(behind) != want {
				t.Errorf("late: %d, %d at the ends, %d by name; want %d", own.Late, leaves.Late, len(behind), want)
			}
		}
		late(0)
		bind := func(who string) error {
			return w.Try(func(tx *ledger.Tx) error {
				return task.Bind(t.Context(), tx, w.People[who], task.FromConclusion, 7, "Thông báo số 12-TB/TU")
			})
		}
		refused(t, "bound by another", bind("officer QV"), fault.Forbidden)
		w.OK(bind("officer BN"))
		if got := w.now(given.ID); got.State != task.Live || got.BoundBy != "Thông báo số 12-TB/TU" {
			t.Errorf("bound: %s by %q, want live by the notice", got.State, got.BoundBy)
		}
		late(1)
		w.does("officer QV", w.finish(), given.ID, "QV")
	})
}

func TestAWithdrawnTaskTakesWhatWasHandedDownWithIt(t *testing.T) {
	each(t, func(w world) {
		given := w.given("BN", "QV")
		below := w.split("QV", given.ID, "PL")
		lowest := w.split("PL", below.ID, "C1")
		withdraw := func(who, reason string) error {
			return w.Try(func(tx *ledger.Tx) error {
				_, err := task.Withdraw(t.Context(), tx, w.People[who], given.ID, reason)
				return err
			})
		}
		refused(t, "by a unit that has it", withdraw("officer QV", "Không cần"), fault.Forbidden)
		refused(t, "without a reason", withdraw("officer BN", " "), fault.Invalid, "text")
		w.OK(withdraw("officer BN", "Đã có thông báo mới"))
		for _, id := range []int64{given.ID, below.ID, lowest.ID} {
			if got := w.now(id).State; got != task.Withdrawn {
				t.Errorf("task %d is %s, want withdrawn", id, got)
			}
		}
		_, err := w.try("officer QV", w.acknowledge(), given.ID, "QV")
		refused(t, "seen after", err, fault.Conflict)
	})
}
