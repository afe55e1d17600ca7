package remind_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/calendar"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

func TestAUnitIsRemindedBeforeOnAndAfterItsDeadlineAndThenTheOneAbove(t *testing.T) {
	each(t, func(w *world) {
		w.Submitted("DT", officetest.Held, 0, map[string]string{"held-on": "20/06/2020", "convened": "100", "present": "98"})
		w.Submitted("DT", officetest.Plain, 0, nil)
		w.Submitted("PL", officetest.Plain, 0, nil)
		for day := clock.Date("2020-06-22"); day <= "2020-07-10"; day = day.AddDays(1) {
			w.at(day, "07:00")
			if n := w.round(); n != 0 {
				t.Errorf("%d reminders at seven on %s, in the quiet hours", n, day)
			}
			w.at(day, "08:00")
			w.round()
			w.restart()
			if n := w.round(); n != 0 {
				t.Errorf("%d reminders once more on %s", n, day)
			}
		}
		var own []string
		for _, one := range w.heard("officer PL") {
			if len(one) > 18 && one[11:20] == "PL report" {
				own = append(own, one)
			}
		}
		want := []string{
			"2020-06-25 PL report before congress-held until 2020-06-30", // three working days before
			"2020-06-29 PL report before congress-held until 2020-06-30",
			"2020-06-30 PL report on congress-held until 2020-06-30",
			"2020-07-01 PL report after congress-held until 2020-06-30",
			"2020-07-03 PL report after congress-held until 2020-06-30",
		}
		if diff := cmp.Diff(want, own); diff != "" {
			t.Errorf("Phù Lãng was reminded (-want +got):\n%s", diff)
		}
		var above []remind.Reminder
		for _, r := range w.list("leader QV") {
			if r.Stage == remind.Above && r.Level == "grassroots" {
				above = append(above, r)
			}
		}
		if len(above) != 1 || above[0].Late != 1 || clock.DateOf(above[0].MadeAt, hanoi) != "2020-07-02" {
			t.Errorf("Quế Võ was told of what is late below it: %+v, want once, on 2 July, of one unit", above)
		}
		if all, causes := w.rows(); all != causes {
			t.Errorf("%d reminders have %d causes", all, causes)
		}
	})
}

func TestAClockThatJumpsRemindsOnceOfWhatIsStillOwed(t *testing.T) {
	each(t, func(w *world) {
		w.at("2020-06-25", "09:00")
		w.round()
		before := len(w.list("leader PL"))
		w.at("2020-06-24", "09:00")
		if n := w.round(); n != 0 {
			t.Errorf("a clock that was set back makes %d reminders again", n)
		}
		w.at("2020-08-05", "09:00")
		w.round()
		var own int
		for _, r := range w.list("leader PL")[:len(w.list("leader PL"))-before] {
			if r.What == remind.Report {
				own++
			}
		}
		if own != 2 {
			t.Errorf("after six weeks ahead Phù Lãng has %d new reminders of its two reports, want one each", own)
		}
	})
}

func TestATaskRemindsWhoHasItAndThenWhoGaveIt(t *testing.T) {
	each(t, func(w *world) {
		w.Update(func(tx *ledger.Tx) error {
			_, err := task.Give(w.Ctx(), tx, w.People["leader QV"], task.GiveCommand{
				Key: "một", Giver: w.Units["QV"], Source: task.Source{Kind: task.ByHand}, Title: "Rà soát nguồn",
				Units: []tree.UnitID{w.Units["PL"], w.Units["DT"]}, Deadline: "2020-07-01",
			})
			return err
		})
		for day := clock.Date("2020-06-26"); day <= "2020-07-06"; day = day.AddDays(1) {
			w.at(day, "09:00")
			w.round()
		}
		stages := func(who string) (list []string) {
			for _, r := range w.list(who) {
				if r.What == remind.Task {
					list = append(list, string(clock.DateOf(r.MadeAt, hanoi))+" "+string(r.Stage))
				}
			}
			slices.Reverse(list)
			return list
		}
		if diff := cmp.Diff([]string{"2020-06-26 before", "2020-06-30 before", "2020-07-01 on", "2020-07-02 after", "2020-07-06 after"}, stages("officer PL")); diff != "" {
			t.Errorf("who has the task was reminded (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"2020-07-03 above"}, stages("officer QV")); diff != "" {
			t.Errorf("who gave the task was told (-want +got):\n%s", diff)
		}
	})
}

func TestWhoHasNotAcknowledgedIsRemindedUntilTheLeadersDaysAreOver(t *testing.T) {
	each(t, func(w *world) {
		document := officetest.Document("36-CT/TW")
		document.Acknowledge, document.Milestones = []string{"provincial"}, document.Milestones[1:]
		id := w.Issue(document)
		for day := clock.Date("2020-06-26"); day <= "2020-07-10"; day = day.AddDays(1) {
			w.at(day, "09:00")
			w.round()
			if day == "2020-06-29" {
				w.Update(func(tx *ledger.Tx) error {
					_, err := directive.Acknowledge(w.Ctx(), tx, w.People["leader BN"], id, w.Units["BN"], 1)
					return err
				})
			}
		}
		told := func(who string) (list []string) {
			for _, r := range w.list(who) {
				if r.Directive == id && (r.What == remind.Acknowledge || r.What == remind.Receipts) {
					list = append(list, fmt.Sprintf("%s %s %s %d", clock.DateOf(r.MadeAt, hanoi), r.What, r.Stage, r.Late))
				}
			}
			slices.Reverse(list)
			return list
		}
		for who, want := range map[string][]string{
			"officer BN": {"2020-06-26 acknowledge before 0", "2020-06-29 acknowledge before 0"},
			"officer HN": {
				"2020-06-26 acknowledge before 0", "2020-06-29 acknowledge before 0", "2020-06-30 acknowledge on 0",
				"2020-07-01 acknowledge after 0", "2020-07-03 acknowledge after 0",
			},
			"officer TW": {"2020-07-02 receipts above 1"},
			"officer QV": nil, // its level is not asked
		} {
			if diff := cmp.Diff(want, told(who)); diff != "" {
				t.Errorf("%s was told of the directive (-want +got):\n%s", who, diff)
			}
		}
	})
}

func TestTheInstallationsHolidaysMoveReminders(t *testing.T) {
	each(t, func(w *world) {
		w.Update(func(tx *ledger.Tx) error {
			return org.SetHolidays(w.Ctx(), tx, access.CommandLine(w.Tree), "holidays:\n  - 2020-06-29\n")
		})
		for day := clock.Date("2020-06-25"); day <= "2020-06-30"; day = day.AddDays(1) {
			w.at(day, "09:00")
			w.round()
		}
		var own []string
		for _, r := range w.list("officer PL") {
			if r.What == remind.Report && r.Milestone == officetest.Held {
				own = append(own, string(clock.DateOf(r.MadeAt, hanoi))+" "+string(r.Stage))
			}
		}
		slices.Reverse(own)
		if diff := cmp.Diff([]string{"2020-06-25 before", "2020-06-26 before", "2020-06-30 on"}, own); diff != "" {
			t.Errorf("with a holiday on the Monday before the deadline (-want +got):\n%s", diff)
		}
	})
}

func TestWhoActsForALeaderHearsOfTheSameWhileThatLasts(t *testing.T) {
	each(t, func(w *world) {
		w.Person("deputy PL", "PL", access.Viewer)
		deputy := w.People["deputy PL"].Person
		w.Update(func(tx *ledger.Tx) error {
			_, err := account.HandOver(w.Ctx(), tx, w.People["leader PL"], account.DelegateCommand{
				Unit: w.Units["PL"], Person: deputy, Actions: []access.Action{access.ReportSubmit}, Form: account.InPlaceOf, Of: "bí thư",
				From: "2020-06-29", To: "2020-06-30", Today: "2020-06-26",
			})
			return err
		})
		w.at("2020-06-29", "09:00")
		w.round()
		for day, hears := range map[clock.Date]bool{"2020-06-26": false, "2020-06-29": true, "2020-06-30": true, "2020-07-01": false} {
			actor, err := account.Actor(w.Ctx(), w.Ledger.DB().Reader(), w.Tree, deputy, day)
			w.OK(err)
			w.People["deputy PL"] = actor
			want := 0
			if hears {
				want = len(w.list("leader PL"))
			}
			if got := len(w.list("deputy PL")); got != want {
				t.Errorf("on %s the deputy hears of %d reminders, want %d", day, got, want)
			}
			err = w.Try(func(tx *ledger.Tx) error {
				_, err := remind.Open(w.Ctx(), tx, actor, w.list("leader PL")[0].ID)
				return err
			})
			if (err == nil) != hears {
				t.Errorf("on %s the deputy opens one: %v", day, err)
			}
		}
	})
}

func TestReadAndUnreadAreEachPersonsOwn(t *testing.T) {
	each(t, func(w *world) {
		w.at("2020-06-25", "09:00")
		w.round()
		list := w.list("leader PL")
		if len(list) == 0 || w.unread("leader PL") != len(list) {
			t.Fatalf("%d reminders, %d unread", len(list), w.unread("leader PL"))
		}
		w.Update(func(tx *ledger.Tx) error {
			_, err := remind.Open(w.Ctx(), tx, w.People["leader PL"], list[0].ID)
			return err
		})
		if got := w.unread("leader PL"); got != len(list)-1 {
			t.Errorf("one is read and %d of %d are unread", got, len(list))
		}
		if got := w.unread("officer PL"); got != len(list) {
			t.Errorf("the officer has %d unread, want %d", got, len(list))
		}
		err := w.Try(func(tx *ledger.Tx) error {
			_, err := remind.Open(w.Ctx(), tx, w.People["leader HN"], list[0].ID)
			return err
		})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("another province opens it: %v", err)
		}
		w.Update(func(tx *ledger.Tx) error { return remind.ReadAll(w.Ctx(), tx, w.People["leader PL"], list[0].ID) })
		if got := w.unread("leader PL"); got != 0 {
			t.Errorf("all are read and %d are unread", got)
		}
	})
}

func TestAnOfficeUrgesThoseBelowItAndNobodyElse(t *testing.T) {
	each(t, func(w *world) {
		command := func(key string) remind.PressCommand {
			return remind.PressCommand{
				Key: key, By: w.Units["QV"], Directive: w.Directive, Milestone: officetest.Held, Note: "Đề nghị gửi trong hôm nay.",
				Units: []board.Listed{{Unit: w.Units["PL"], Deadline: "2020-06-30"}, {Unit: w.Units["DT"], Deadline: "2020-06-30"}},
			}
		}
		press := func(who string, cmd remind.PressCommand) (n int, err error) {
			err = w.Try(func(tx *ledger.Tx) (err error) {
				n, err = remind.Press(w.Ctx(), tx, w.People[who], cmd)
				return err
			})
			return n, err
		}
		for _, who := range []string{"officer HN", "officer PL", "leader BN"} {
			if _, err := press(who, command(who)); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s urges in the name of Quế Võ: %v", who, err)
			}
		}
		beside := command("beside")
		beside.Units = []board.Listed{{Unit: w.Units["TS"]}}
		if _, err := press("officer QV", beside); !fault.Is(err, fault.Forbidden) {
			t.Errorf("Quế Võ urges a unit beside it: %v", err)
		}
		for range 2 {
			if n, err := press("officer QV", command("one")); n != 2 || err != nil {
				t.Errorf("the same form twice: %d urged, %v, want 2", n, err)
			}
		}
		if got := len(w.list("officer PL")); got != 1 {
			t.Errorf("Phù Lãng was urged %d times, want once", got)
		}
		if _, err := press("officer QV", command("two")); !fault.Is(err, fault.Conflict) {
			t.Errorf("urged again at once: %v", err)
		}
		w.Clock.Advance(remind.PressAfter)
		if n, err := press("officer QV", command("three")); n != 2 || err != nil {
			t.Errorf("urged again after an hour: %d, %v", n, err)
		}
	})
}

func TestACallIsNotedOnceAndABadOneSaysWhy(t *testing.T) {
	each(t, func(w *world) {
		cmd := remind.CallCommand{Key: report.NewKey(), Call: remind.Call{
			Unit: w.Units["PL"], By: w.Units["QV"], Directive: w.Directive, Milestone: officetest.Held, Result: remind.Promised, Until: "2020-07-03",
		}}
		note := func(who string, cmd remind.CallCommand) error {
			return w.Try(func(tx *ledger.Tx) error { return remind.Note(w.Ctx(), tx, w.People[who], cmd) })
		}
		if err := note("officer TS", cmd); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a unit beside notes a call: %v", err)
		}
		bad := cmd
		bad.Result, bad.Until = remind.Promised, "2020-06-01"
		if err := note("officer QV", bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("a promise of the past: %v", err)
		}
		bad.Result = "maybe"
		if err := note("officer QV", bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("no result: %v", err)
		}
		w.OK(note("officer QV", cmd))
		w.OK(note("officer QV", cmd))
		w.OK(w.View(func(q store.Querier) error {
			list, err := remind.Contacts(w.Ctx(), q, w.Units["QV"], w.Directive, officetest.Held)
			if got := list[w.Units["PL"]].Call; got.Result != remind.Promised || got.Until != "2020-07-03" || got.Person != w.People["officer QV"].Person {
				t.Errorf("the last contact is %+v", got)
			}
			return err
		}))
	})
}

// On any day at most one reminder of a deadline is due, always the last whose day has
// come, on a working day none is skipped, and none from before the deadline comes after it.
func TestWhatIsDueMovesForwardWithTheDays(t *testing.T) {
	p, err := profile.Get("vn-party-2020")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(rapid.IntRange(1, 10), 0, 5, rapid.ID[int])
		r := &profile.Reminders{Before: days.Draw(t, "before"), After: days.Draw(t, "after")}
		deadline := clock.Date("2019-12-15").AddDays(rapid.IntRange(0, 400).Draw(t, "deadline"))
		var last remind.Step
		for day := deadline.AddDays(-40); day < deadline.AddDays(40); day = day.AddDays(1) {
			step, ok := remind.Due(p.Calendar(), r, deadline, day)
			if !ok {
				continue
			}
			if step.Day > day || step.Day < last.Day {
				t.Fatalf("on %s the reminder of %s is due, after that of %s", day, step.Day, last.Day)
			}
			if step.Stage != remind.After && day > deadline {
				t.Fatalf("on %s, after the deadline %s, a reminder %s it", day, deadline, step.Stage)
			}
			last = step
		}
	})
	if _, ok := remind.Due(calendar.Calendar{}, &profile.Reminders{}, "2020-06-30", "2020-07-01"); ok {
		t.Error("where none comes after a deadline, one is due after it")
	}
}
