package difficulty_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/difficulty/difficultyui"
)

func TestADifficultyGoesUpTwoLevelsBySilenceIsAnsweredAndConfirmed(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		d := w.raised("PL") // on Friday 26 June 2020
		if d.At != w.Units["QV"] || d.State != difficulty.Open {
			t.Fatalf("raised: %+v, want it open at the district", d)
		}
		last := time.Date(2020, 7, 3, 17, 0, 0, 0, time.UTC) // the midnight after Friday 3 July in Hanoi
		if !d.Silent.Equal(last) {
			t.Errorf("silence counts from %v, want %v: five working days", d.Silent, last)
		}
		w.Clock.Set(last.Add(-time.Hour))
		if n := w.silence(); n != 0 {
			t.Fatalf("%d went up on the last day, want none", n)
		}
		w.Clock.Set(last)
		if n := w.silence(); n != 1 || w.now(d.ID).At != w.Units["BN"] {
			t.Fatalf("%d went up after it, to unit %d; want one, to the province", n, w.now(d.ID).At)
		}
		if n := w.silence(); n != 0 {
			t.Fatalf("%d went up again at once, want none", n)
		}
		w.Clock.Set(last.AddDate(0, 0, 7))
		w.silence()
		d = w.now(d.ID)
		if d.At != w.Units["TW"] || !d.Silent.IsZero() {
			t.Fatalf("a week later: at unit %d, silence from %v; want it at the centre, for good", d.At, d.Silent)
		}
		w.Clock.Set(last.AddDate(1, 0, 0))
		if n := w.silence(); n != 0 {
			t.Errorf("%d went up from the highest unit, want none", n)
		}
		_, err := w.answer("leader QV", d.ID)
		refused(t, "an answer of who was silent", err, fault.Forbidden)
		_, err = w.answer("officer TW", d.ID)
		w.OK(err)
		_, err = w.confirm("officer QV", d.ID)
		refused(t, "confirmed by another unit", err, fault.Forbidden)
		for range 2 { // twice changes nothing
			d, err = w.confirm("leader PL", d.ID)
			w.OK(err)
		}
		if d.State != difficulty.Settled || d.EndedAt.IsZero() {
			t.Errorf("confirmed: %s at %v, want it settled", d.State, d.EndedAt)
		}
		want := []ledger.Kind{difficulty.WentUp, difficulty.WentUp, difficulty.WasAnswered, difficulty.WasConfirmed}
		if diff := cmp.Diff(want, w.steps(d.ID)); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsUrgentGoesUpSooner(t *testing.T) {
	each(t, func(w world) {
		cmd := w.command("PL")
		cmd.Marks.Urgency = marking.Urgent
		if d := w.raise(cmd, "PL"); !d.Silent.Equal(time.Date(2020, 6, 30, 17, 0, 0, 0, time.UTC)) {
			w.t.Errorf("silence counts from %v, want the end of Tuesday 30 June in Hanoi", d.Silent)
		}
	})
}

func TestAWordKeepsADifficultyWhereItIs(t *testing.T) {
	each(t, func(w world) {
		d := w.raised("PL")
		w.Clock.Set(d.Silent.Add(-time.Hour))
		now, err := w.try("officer QV", func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
			return difficulty.Speak(w.t.Context(), tx, actor, d.ID, " Đang xin ý kiến Ban Tổ chức. ")
		})
		w.OK(err)
		if !now.Silent.After(d.Silent) || now.State != difficulty.Open {
			w.t.Errorf("after a word: %s, silence from %v, want it open and later than %v", now.State, now.Silent, d.Silent)
		}
		w.Clock.Set(d.Silent)
		if n := w.silence(); n != 0 {
			w.t.Errorf("%d went up in spite of a word, want none", n)
		}
	})
}

func TestADifficultyIsHandedUpAndOver(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		d := w.raised("PL")
		up := func(who string) error {
			_, err := w.try(who, func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
				return difficulty.HandUp(t.Context(), tx, actor, d.ID, "Vượt thẩm quyền.")
			})
			return err
		}
		over := func(who string, to tree.UnitID) error {
			_, err := w.try(who, func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
				return difficulty.HandOver(t.Context(), tx, actor, d.ID, to, "Việc của đơn vị.")
			})
			return err
		}
		refused(t, "handed up by who does not have it", up("leader BN"), fault.Forbidden)
		for name, to := range map[string]string{"to itself": "QV", "back to who raised it": "PL", "into its cells": "C1", "far away": "HN"} {
			refused(t, "handed over "+name, over("leader QV", w.Units[to]), fault.Invalid, "to")
		}
		refused(t, "handed over to nobody", over("leader QV", 0), fault.Invalid, "to")
		w.OK(over("leader QV", w.Units["TS"])) // beside it
		w.OK(up("officer TS"))
		w.OK(up("officer BN"))
		refused(t, "handed up by the highest", up("leader TW"), fault.Conflict)
		w.OK(over("leader TW", w.Units["HN"])) // below it
		if now := w.now(d.ID); now.At != w.Units["HN"] {
			t.Errorf("it is at unit %d, want Hà Nam", now.At)
		}
		for who, may := range map[string]bool{
			"officer PL": true, "officer QV": true, "leader TS": true, "officer HN": true, "leader TW": true, "officer DT": false, "leader C3": false,
		} {
			err := w.View(func(q store.Querier) error { return w.now(d.ID).May(t.Context(), q, w.People[who]) })
			if (err == nil) != may {
				t.Errorf("%s reads it: %v, want %v", who, err, may)
			}
		}
	})
}

func TestAnAnswerThatDoesNotSettleIsSaid(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		d := w.raised("PL")
		reopen := func(who, reason string) (difficulty.Difficulty, error) {
			return w.try(who, func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
				return difficulty.Reopen(t.Context(), tx, actor, d.ID, reason)
			})
		}
		_, err := reopen("leader PL", "Chưa rõ.")
		refused(t, "reopened before an answer", err, fault.Conflict)
		_, err = w.confirm("leader PL", d.ID)
		refused(t, "confirmed before an answer", err, fault.Conflict)
		_, err = w.answer("leader QV", d.ID)
		w.OK(err)
		_, err = w.answer("leader QV", d.ID)
		refused(t, "answered twice", err, fault.Conflict)
		_, err = reopen("leader PL", "  ")
		refused(t, "reopened without a reason", err, fault.Invalid, "text")
		now, err := reopen("officer PL", "Chưa rõ.")
		w.OK(err)
		if now.State != difficulty.Open || now.At != w.Units["QV"] || now.Silent.IsZero() {
			t.Errorf("reopened: %+v, want it open at the district again", now)
		}
		withdrawn, err := w.try("leader PL", func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
			return difficulty.Withdraw(t.Context(), tx, actor, d.ID, "Đã tự giải quyết.")
		})
		w.OK(err)
		if withdrawn.State != difficulty.Withdrawn {
			t.Errorf("withdrawn: %s", withdrawn.State)
		}
		_, err = w.answer("leader QV", d.ID)
		refused(t, "answered after it was withdrawn", err, fault.Conflict)
	})
}

func TestAlikeOnesAreFoundAndAnsweredOnce(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		d := w.raised("PL")
		plain := w.command("DT")
		plain.Title, plain.Obstacle = "thieu nguon cap uy nu", "danh sach du kien chua du 15 % nu!"
		same := w.raise(plain, "DT")
		other := w.command("DT")
		other.Title, other.Obstacle = "Hội trường đang sửa", "Phải thuê nơi khác."
		w.raise(other, "DT")
		kind := w.command("DT")
		kind.Kind = "finance"
		w.raise(kind, "DT")
		w.OK(w.View(func(q store.Querier) error {
			list, err := difficulty.AlikeTo(t.Context(), q, w.now(d.ID))
			if len(list) != 1 || list[0].ID != same.ID || list[0].Share != 1 {
				t.Errorf("alike: %+v, want the one written without marks alone", list)
			}
			return err
		}))
		join := func(who string, head int64, ids ...int64) error {
			_, err := w.try(who, func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
				return difficulty.Join(t.Context(), tx, actor, head, ids)
			})
			return err
		}
		refused(t, "joined by who does not have it", join("leader BN", d.ID, same.ID), fault.Forbidden)
		refused(t, "joined with itself", join("leader QV", d.ID, d.ID), fault.Conflict)
		w.OK(join("leader QV", d.ID, same.ID))
		refused(t, "a head joined", join("leader QV", same.ID, d.ID), fault.Conflict)
		_, err := w.answer("leader QV", same.ID)
		refused(t, "answered by itself while it is with another", err, fault.Conflict)

		w.Clock.Set(d.Silent)
		if n := w.silence(); n != 4 { // the other two of Đức Long go by themselves
			t.Errorf("%d went up by silence, want all four", n)
		}
		_, err = w.answer("leader BN", d.ID)
		w.OK(err)
		if now := w.now(same.ID); now.State != difficulty.Answered || now.At != w.Units["BN"] {
			t.Errorf("the joined one is %s at unit %d, want it answered at the province", now.State, now.At)
		}
		_, err = w.confirm("leader DT", same.ID)
		w.OK(err)
		if now := w.now(d.ID); now.State != difficulty.Answered {
			t.Errorf("the head is %s after another unit confirmed its own, want it answered", now.State)
		}
	})
}

func TestWhoWithdrawsAHeadLeavesTheOthersToThemselves(t *testing.T) {
	each(t, func(w world) {
		d, other := w.raised("PL"), w.raised("DT")
		_, err := w.try("leader QV", func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
			return difficulty.Join(w.t.Context(), tx, actor, d.ID, []int64{other.ID})
		})
		w.OK(err)
		_, err = w.try("leader PL", func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
			return difficulty.Withdraw(w.t.Context(), tx, actor, d.ID, "Xong.")
		})
		w.OK(err)
		if now := w.now(other.ID); now.State != difficulty.Open || now.Head != 0 {
			w.t.Errorf("the other is %s with %d, want it open by itself", now.State, now.Head)
		}
		_, err = w.answer("leader QV", other.ID)
		w.OK(err)
	})
}

func TestADifficultyThatCannotBeRaised(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		raise := func(who string, change func(*difficulty.RaiseCommand)) error {
			cmd := w.command("PL")
			change(&cmd)
			_, err := w.try(who, func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
				return difficulty.Raise(t.Context(), tx, actor, cmd)
			})
			return err
		}
		nothing := func(*difficulty.RaiseCommand) {}
		refused(t, "by a unit above", raise("leader QV", nothing), fault.Forbidden)
		refused(t, "by another", raise("leader DT", nothing), fault.Forbidden)
		refused(t, "of the highest unit", raise("leader TW", func(c *difficulty.RaiseCommand) { c.Unit = w.Units["TW"] }), fault.Conflict)
		for field, change := range map[string]func(*difficulty.RaiseCommand){
			"at":        func(c *difficulty.RaiseCommand) { c.At = w.Units["HN"] },
			"sort":      func(c *difficulty.RaiseCommand) { c.Sort = "complaint" },
			"kind":      func(c *difficulty.RaiseCommand) { c.Kind = "weather" },
			"title":     func(c *difficulty.RaiseCommand) { c.Title = " " },
			"obstacle":  func(c *difficulty.RaiseCommand) { c.Obstacle = strings.Repeat("ễ", difficulty.MostText+1) },
			"needs":     func(c *difficulty.RaiseCommand) { c.Needs = strings.Repeat("a", difficulty.MostText+1) },
			"wanted":    func(c *difficulty.RaiseCommand) { c.Wanted = "2020-06-25" },
			"milestone": func(c *difficulty.RaiseCommand) { c.Milestone = "sowing" },
			"secrecy":   func(c *difficulty.RaiseCommand) { c.Marks.Secrecy = marking.Secret },
			"files":     func(c *difficulty.RaiseCommand) { c.Files = []string{"a", "b", "c", "d", "e", "f"} },
		} {
			refused(t, "a wrong "+field, raise("officer PL", change), fault.Invalid, field)
		}
		cmd := w.command("PL")
		cmd.Wanted = "2020-06-26"
		first, again := w.raise(cmd, "PL"), w.raise(cmd, "PL")
		if first.ID != again.ID {
			t.Errorf("one form raised %d and %d, want one difficulty", first.ID, again.ID)
		}
	})
}

func TestWhatWaitsForWhom(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		slow := w.raised("PL")
		cmd := w.command("DT")
		cmd.Marks.Urgency = marking.Flash
		fast := w.raise(cmd, "DT")
		ids := func(list []difficulty.Difficulty, err error) (ids []int64) {
			w.OK(err)
			for _, d := range list {
				ids = append(ids, d.ID)
			}
			return ids
		}
		want := func(what string, got []int64, want ...int64) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		_, err := w.answer("leader QV", slow.ID)
		w.OK(err)
		w.OK(w.View(func(q store.Querier) error {
			want("asked of the district", ids(difficulty.Asked(t.Context(), q, w.Units["QV"])), fast.ID)
			want("for the commune to confirm", ids(difficulty.ToConfirm(t.Context(), q, w.Units["PL"])), slow.ID)
			want("raised by the commune", ids(difficulty.RaisedBy(t.Context(), q, w.Units["DT"])), fast.ID)
			want("below the province", ids(difficulty.Below(t.Context(), q, w.Tree, w.Units["BN"])), fast.ID, slow.ID)
			want("below another", ids(difficulty.Below(t.Context(), q, w.Tree, w.Units["HN"])))
			return nil
		}))
	})
}

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", difficulty.Texts, difficultyui.Texts, marking.Texts, access.Texts, web.Texts, text.Texts)
}

func TestWhoAnswersForTheLeaderSaysSo(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		d := w.raised("PL")
		w.Person("deputy QV", "QV", access.Viewer)
		_, err := w.answer("deputy QV", d.ID)
		refused(t, "an answer of a viewer", err, fault.Forbidden)
		leader, deputy := w.People["leader QV"], w.People["deputy QV"]
		today := clock.DateOf(w.Clock.Now(), time.UTC)
		w.Update(func(tx *ledger.Tx) error {
			_, err := account.HandOver(t.Context(), tx, leader, account.DelegateCommand{
				Unit: w.Units["QV"], Person: deputy.Person, Actions: []access.Action{access.DifficultyAnswer},
				Form: account.InPlaceOf, Of: "bí thư", From: today, To: today, Today: today,
			})
			return err
		})
		w.OK(w.View(func(q store.Querier) (err error) {
			deputy, err = account.Actor(t.Context(), q, w.Tree, deputy.Person, today)
			return err
		}))
		w.People["deputy QV"] = deputy
		_, err = w.answer("deputy QV", d.ID)
		w.OK(err)
		w.OK(w.View(func(q store.Querier) error {
			steps, err := difficulty.Steps(t.Context(), q, d.ID)
			if len(steps) != 1 || !strings.HasPrefix(steps[0].Name, "K/T BÍ THƯ") || steps[0].Delegation == 0 {
				t.Errorf("the answer says %+v, want that it is in place of the secretary", steps)
			}
			return err
		}))
		w.OK(w.View(func(q store.Querier) error {
			uses, err := account.UsesOf(t.Context(), q, leader.Person, 10)
			if len(uses) != 1 || uses[0].Action != access.DifficultyAnswer || uses[0].Subject != difficulty.Subject(d.ID) {
				t.Errorf("the leader sees %+v, want the answer", uses)
			}
			return err
		}))
	})
}
