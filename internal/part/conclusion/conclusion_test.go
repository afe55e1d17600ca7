package conclusion_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/register"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", conclusion.Texts, access.Texts, web.Texts, text.Texts)
}

func TestAConclusionIsWrittenApprovedAndIssued(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		c := w.written("Giữ tiến độ đại hội")
		if c.Number != 1 || c.State != conclusion.Drafted || c.Verifier != w.Units["TW"] {
			t.Fatalf("written: %+v", c)
		}
		for range 2 { // twice changes nothing
			w.OK(w.approve(c.ID))
		}
		c = w.now(c.ID)
		given := w.task(c.Task)
		if c.State != conclusion.Approved || c.Count != 2 || given.State != task.Announced || !slices.Equal(given.Units.Units(), w.units("BN", "HN")) {
			t.Fatalf("approved: %+v with task %+v of %v, want it announced to both provinces", c, given, given.Units.Units())
		}
		n := w.issued()
		c, given = w.now(c.ID), w.task(c.Task)
		if c.State != conclusion.Issued || given.State != task.Live || given.BoundBy != n.Paper.NumberText || n.IssuedAt.IsZero() {
			t.Errorf("issued: %+v with task %s bound by %q", c, given.State, given.BoundBy)
		}
		w.OK(w.issue(n)) // twice changes nothing
	})
}

func TestAConditionNamesItsUnitsFromTheBoard(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		// Of Bac Ninh's communes one of two has held its congress.
		w.OK(w.submitted("PL"))
		w.OK(w.reader.CatchUp(w.Ctx()))
		resolve := func(compare conclusion.Compare, percent int, level string, host string) []tree.UnitID {
			a := conclusion.Assignees{
				Way: conclusion.Condition, Level: level, Milestone: officetest.Held, Counted: "grassroots", Compare: compare, Percent: percent,
			}
			units, err := a.Resolve(w.Tree, w.Units[host], conclusion.Figures{Boards: w.boards, Directive: w.Directive})
			w.OK(err)
			return units
		}
		for _, test := range []struct {
			compare conclusion.Compare
			percent int
			level   string
			want    []string
		}{
			{conclusion.Under, 50, "provincial", nil},
			{conclusion.Under, 51, "provincial", []string{"BN"}}, // Ha Nam counts no commune: it meets none
			{conclusion.AtLeast, 50, "provincial", []string{"BN"}},
			{conclusion.AtLeast, 51, "provincial", nil},
			{conclusion.Under, 100, "above-grassroots", []string{"QV"}},
			{conclusion.AtLeast, 100, "grassroots", []string{"PL"}},
		} {
			if diff := cmp.Diff(w.units(test.want...), resolve(test.compare, test.percent, test.level, "TW")); diff != "" {
				t.Errorf("%s %d %% of %s (-want +got):\n%s", test.compare, test.percent, test.level, diff)
			}
		}
	})
}

// submitted has a commune report, and its district accept.
func (w *world) submitted(unit string) error {
	r, err := w.Submit(unit, officetest.Held, 0, map[string]string{"held-on": "2020-06-20"})
	if err != nil {
		return err
	}
	_, err = w.Accept("leader QV", r.ID)
	return err
}

func TestUnitsAreFixedByTheChairsWord(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.OK(w.submitted("PL"))
		cmd := w.command("Đẩy nhanh đại hội")
		cmd.To = conclusion.Assignees{Way: conclusion.Condition, Level: "provincial", Milestone: officetest.Held, Counted: "grassroots", Compare: conclusion.Under, Percent: 60}
		c, err := w.write("officer TW", cmd)
		w.OK(err)
		w.OK(w.approve(c.ID))
		w.OK(w.submitted("DT")) // now all of Bac Ninh's communes have
		w.issued()
		if got := w.task(w.now(c.ID).Task).Units.Units(); !slices.Equal(got, w.units("BN")) {
			t.Errorf("the task is of %v, want Bac Ninh's as when the chair approved", got)
		}
		again, err := w.write("officer TW", func() conclusion.WriteCommand { cmd.Key = report.NewKey(); return cmd }())
		w.OK(err)
		refused(t, "approved for nobody", w.approve(again.ID), fault.Conflict)
	})
}

func TestTwoSecretariesWriteOneConclusion(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		c := w.written("Giữ tiến độ")
		first := w.command("Giữ đúng tiến độ")
		first.ID, first.Revision = c.ID, c.Revision
		second := first
		second.Title = "Giữ tiến độ, bảo đảm chất lượng"
		_, err := w.write("officer TW", first)
		w.OK(err)
		_, err = w.write("leader TW", second)
		refused(t, "over what somebody else wrote meanwhile", err, fault.Conflict)
		if got := w.now(c.ID).Title; got != first.Title {
			t.Errorf("it says %q, want the first one's", got)
		}
		same := w.command("Một lần")
		a, err := w.write("officer TW", same)
		w.OK(err)
		b, err := w.write("officer TW", same)
		w.OK(err)
		if a.ID != b.ID {
			t.Error("one form wrote two conclusions")
		}
	})
}

func TestAConclusionThatCannotBeWritten(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		for name, test := range map[string]struct {
			change func(*conclusion.WriteCommand)
			field  string
		}{
			"without a word": {func(c *conclusion.WriteCommand) { c.Title = " " }, "title"},
			"due yesterday":  {func(c *conclusion.WriteCommand) { c.Deadline = "2020-06-25" }, "deadline"},
			"without a day":  {func(c *conclusion.WriteCommand) { c.Deadline = "" }, "deadline"},
			"for nobody":     {func(c *conclusion.WriteCommand) { c.To = conclusion.Assignees{Way: conclusion.Named} }, "to"},
			"for itself": {func(c *conclusion.WriteCommand) {
				c.To = conclusion.Assignees{Way: conclusion.Named, Units: w.units("TW")}
			}, "to"},
			"for a unit beside": {func(c *conclusion.WriteCommand) {
				c.To = conclusion.Assignees{Way: conclusion.Named, Units: []tree.UnitID{999}}
			}, "to"},
			"for no level": {func(c *conclusion.WriteCommand) { c.To = conclusion.Assignees{Way: conclusion.OfLevel} }, "level"},
			"for a share of 101": {func(c *conclusion.WriteCommand) {
				c.To = conclusion.Assignees{Way: conclusion.Condition, Level: "provincial", Milestone: officetest.Held, Counted: "grassroots", Compare: conclusion.Under, Percent: 101}
			}, "percent"},
			"done by an unknown step": {func(c *conclusion.WriteCommand) { c.Milestone = "moon" }, "milestone"},
			"held against another one": {func(c *conclusion.WriteCommand) {
				c.To = conclusion.Assignees{Way: conclusion.Condition, Level: "provincial", Milestone: "moon", Counted: "grassroots", Compare: conclusion.Under}
			}, "figure"},
		} {
			cmd := w.command("Việc")
			test.change(&cmd)
			_, err := w.write("officer TW", cmd)
			refused(t, name, err, fault.Invalid, test.field)
		}
		_, err := w.write("officer BN", w.command("Việc"))
		refused(t, "by a site", err, fault.Forbidden)
	})
}

func TestDraftsAreMovedRemovedAndTakenBack(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		a, b, c := w.written("Một"), w.written("Hai"), w.written("Ba")
		officer := w.People["officer TW"]
		w.Update(func(tx *ledger.Tx) error { return conclusion.Move(w.Ctx(), tx, officer, w.m, c.ID, c.Revision, true) })
		w.Update(func(tx *ledger.Tx) error { return conclusion.Remove(w.Ctx(), tx, officer, w.m, a.ID, a.Revision) })
		var got []string
		w.OK(w.View(func(q store.Querier) error {
			list, err := conclusion.Of(w.Ctx(), q, w.m.ID)
			for i, one := range list {
				got = append(got, one.Title)
				if one.Number != i+1 {
					t.Errorf("%q is number %d, want %d", one.Title, one.Number, i+1)
				}
			}
			return err
		}))
		if want := []string{"Ba", "Hai"}; !slices.Equal(got, want) {
			t.Errorf("the drafts are %q, want %q", got, want)
		}
		w.OK(w.approve(b.ID))
		err := w.Try(func(tx *ledger.Tx) error {
			return conclusion.Remove(w.Ctx(), tx, officer, w.m, b.ID, w.now(b.ID).Revision)
		})
		refused(t, "an approved one removed", err, fault.Conflict)
		was := w.now(b.ID).Task
		w.Update(func(tx *ledger.Tx) error {
			return conclusion.Recall(w.Ctx(), tx, w.People["leader TW"], w.m, b.ID, false)
		})
		if now := w.now(b.ID); now.State != conclusion.Drafted || w.task(was).State != task.Withdrawn {
			t.Errorf("taken back: %s with task %s", now.State, w.task(was).State)
		}
		w.OK(w.approve(b.ID))
		if now := w.now(b.ID); now.Task == was || w.task(now.Task).State != task.Announced {
			t.Errorf("approved anew: task %d, want another than %d, announced", now.Task, was)
		}
	})
}

func TestWhatWasIssuedIsChangedByANewNotice(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		old, gone := w.approved("Giữ tiến độ"), w.approved("Báo cáo hằng tuần")
		first := w.issued()
		amend := func(id int64, withdraw bool) (c conclusion.Conclusion) {
			w.Update(func(tx *ledger.Tx) (err error) {
				c, err = conclusion.Amend(w.Ctx(), tx, w.People["officer TW"], w.m, id, withdraw, report.NewKey())
				return err
			})
			return c
		}
		changed, ended := amend(old.ID, false), amend(gone.ID, true)
		if again := amend(old.ID, false); again.ID != changed.ID {
			t.Error("changing it again began another draft")
		}
		cmd := w.command("Giữ tiến độ đến hết tháng 9")
		cmd.ID, cmd.Revision, cmd.Deadline = changed.ID, changed.Revision, "2020-09-30"
		_, err := w.write("officer TW", cmd)
		w.OK(err)
		w.OK(w.approve(changed.ID, ended.ID))
		if w.now(old.ID).State != conclusion.Issued || w.task(old.Task).State != task.Live {
			t.Error("the old one is over before the new notice is issued")
		}
		second := w.issued()
		if first.Paper.NumberText == second.Paper.NumberText {
			t.Errorf("both notices are %s", second.Paper.NumberText)
		}
		if got := w.now(old.ID).State; got != conclusion.Replaced || w.task(old.Task).State != task.Withdrawn {
			t.Errorf("the changed one is %s with task %s", got, w.task(old.Task).State)
		}
		err = w.Try(func(tx *ledger.Tx) error {
			_, err := conclusion.Amend(w.Ctx(), tx, w.People["officer TW"], w.m, ended.ID, true, report.NewKey())
			return err
		})
		refused(t, "withdrawing what withdraws", err, fault.Conflict)
		if got := w.now(gone.ID).State; got != conclusion.Withdrawn || w.task(gone.Task).State != task.Withdrawn {
			t.Errorf("the withdrawn one is %s with task %s", got, w.task(gone.Task).State)
		}
		now := w.now(changed.ID)
		if now.State != conclusion.Issued || w.task(now.Task).Deadline != "2020-09-30" {
			t.Errorf("the new one is %s with task %+v", now.State, w.task(now.Task))
		}
	})
}

func TestANoticeThatCannotBePrepared(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.written("Dự thảo")
		_, err := w.prepare()
		refused(t, "with nothing approved", err, fault.Conflict)
		w.approved("Giữ tiến độ")
		n, err := w.prepare()
		w.OK(err)
		w.approved("Thêm một việc")
		_, err = w.prepare()
		refused(t, "beside one that is not issued", err, fault.Conflict)
		refused(t, "issued before it is signed", w.issue(n), fault.Conflict)
		err = w.Try(func(tx *ledger.Tx) error {
			return conclusion.SignNotice(w.Ctx(), tx, w.People["officer TW"], w.m, n.ID, "", w.signature("officer TW"))
		})
		refused(t, "signed by an officer", err, fault.Forbidden)
	})
}

func TestADraftOfANoticeIsGivenUp(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		c := w.approved("Giữ tiến độ")
		n, err := w.prepare()
		w.OK(err)
		recall := func() error {
			return w.Try(func(tx *ledger.Tx) error {
				return conclusion.Recall(w.Ctx(), tx, w.People["leader TW"], w.m, c.ID, false)
			})
		}
		refused(t, "taken back while a notice holds it", recall(), fault.Conflict)
		for range 2 { // twice changes nothing
			w.Update(func(tx *ledger.Tx) error {
				return conclusion.DiscardNotice(w.Ctx(), tx, w.People["officer TW"], w.m, n.ID)
			})
		}
		if now := w.now(c.ID); now.State != conclusion.Approved || now.Notice != 0 || now.Number != 1 {
			t.Errorf("after its notice was given up it is %+v", now)
		}
		again, err := w.prepare()
		w.OK(err)
		w.OK(w.signs(again))
		err = w.Try(func(tx *ledger.Tx) error {
			return conclusion.DiscardNotice(w.Ctx(), tx, w.People["officer TW"], w.m, again.ID)
		})
		refused(t, "a signed one given up", err, fault.Conflict)
	})
}

func TestTheChairApprovesWhatTheChairRead(t *testing.T) {
	each(t, func(w *world) {
		read := w.written("Giữ tiến độ")
		cmd := w.command("Giữ tiến độ, báo cáo hằng ngày")
		cmd.ID, cmd.Revision = read.ID, read.Revision
		_, err := w.write("officer TW", cmd)
		w.OK(err)
		refused(w.t, "as it stood before", w.approveAsRead(conclusion.Version{ID: read.ID, Revision: read.Revision}), fault.Conflict)
		w.OK(w.approve(read.ID))
		w.OK(w.approveAsRead(conclusion.Version{ID: read.ID, Revision: read.Revision})) // sent again
	})
}

func TestANoticeWhoseNumberWasCancelledFreesItsConclusions(t *testing.T) {
	each(t, func(w *world) {
		c := w.approved("Giữ tiến độ")
		n := w.prepared()
		w.Update(func(tx *ledger.Tx) error {
			return register.CancelNumber(w.Ctx(), tx, w.People["officer TW"], w.m.Unit, conclusion.Kind, 1, "In nhầm")
		})
		refused(w.t, "issued without a number", w.issue(n), fault.Conflict)
		w.Update(func(tx *ledger.Tx) error {
			return conclusion.DiscardNotice(w.Ctx(), tx, w.People["officer TW"], w.m, n.ID)
		})
		again := w.issued()
		if now := w.now(c.ID); now.State != conclusion.Issued || now.Notice != again.ID || w.task(now.Task).State != task.Live {
			t := w.task(now.Task)
			w.t.Errorf("it is %s in notice %d with task %s, want issued by the second", now.State, now.Notice, t.State)
		}
	})
}

func TestTwoClerksAtOncePrepareAndIssueOneNotice(t *testing.T) {
	each(t, func(w *world) {
		c := w.approved("Giữ tiến độ")
		at := make(chan error)
		twice := func(do func() error) (errs []error) {
			for range 2 {
				go func() { at <- do() }()
			}
			return []error{<-at, <-at}
		}
		prepared := twice(func() error { _, err := w.prepare(); return err })
		if (prepared[0] == nil) == (prepared[1] == nil) {
			w.t.Fatalf("preparing twice gives %v, want one notice and one refusal", prepared)
		}
		list, err := conclusion.Notices(w.Ctx(), w.Ledger.DB().Reader(), w.m.ID)
		w.OK(err)
		if len(list) != 1 || w.now(c.ID).Notice != list[0].ID {
			w.t.Fatalf("%d notices, and it is in notice %d", len(list), w.now(c.ID).Notice)
		}
		w.OK(w.signs(list[0]))
		w.Update(func(tx *ledger.Tx) error {
			_, err := register.Number(w.Ctx(), tx, w.People["officer TW"], register.NumberCommand{Paper: list[0].Paper.ID, Dated: "2020-06-26"})
			return err
		})
		for _, err := range twice(func() error { return w.issue(list[0]) }) {
			w.OK(err)
		}
		events, err := ledger.About(w.Ctx(), w.Ledger.DB().Reader(), conclusion.Subject(c.ID))
		w.OK(err)
		issued := 0
		for _, e := range events {
			if e.Kind == conclusion.WasIssued {
				issued++
			}
		}
		if issued != 1 {
			w.t.Errorf("it was issued %d times", issued)
		}
	})
}
