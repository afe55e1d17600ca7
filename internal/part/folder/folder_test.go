package folder_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/folder/folderui"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", folder.Texts, folderui.Texts, marking.Texts, access.Texts, web.Texts, text.Texts)
}

func TestADecisionWithThePenIsTheLeadersEnteredByTheSecretary(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.appoint("QV", "leader QV", "secretary")
		sent := w.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
		d := w.difficulty("DT", "Thiếu nguồn cấp ủy nữ")
		done, asks := w.task("QV", "PL"), w.task("QV", "DT")
		w.finish(done, "PL")
		w.ask(asks, "DT")
		list := w.printed()
		if len(list) != 4 {
			t.Fatalf("%d slips, want four", len(list))
		}
		for _, one := range []struct {
			kind   folder.Kind
			choice folder.Choice
			note   string
		}{{folder.OfReport, folder.Accept, ""}, {folder.OfDifficulty, folder.Answer, "Bổ sung 2 đồng chí nữ."}, {folder.OfTask, folder.Verify, ""}, {folder.OfExtension, folder.Grant, ""}} {
			s, err := w.enter("officer QV", w.command(of(t, list, one.kind), one.choice, one.note))
			if err != nil {
				t.Fatalf("%s: %v", one.kind, err)
			}
			if !s.Back() || s.Name != "leader QV, Bí thư" || s.Enterer != "T/L BÍ THƯ, officer QV" || s.By != w.People["officer QV"].Person {
				t.Errorf("%s: %+v by %q of %q, want it entered by the officer for the leader", one.kind, s.Entry, s.Enterer, s.Name)
			}
			events := w.events(s.Subject)
			var said struct {
				Decider, Name string
				OnPaper       *access.OnPaper
			}
			w.OK(events[len(events)-1].Decode(&said))
			want := &access.OnPaper{Slip: string(s.Code), By: s.By, Name: s.Enterer, File: s.File}
			if diff := cmp.Diff(want, said.OnPaper); diff != "" {
				t.Errorf("%s, the event (-want +got):\n%s", one.kind, diff)
			}
			if said.Decider+said.Name != s.Name {
				t.Errorf("%s: decided by %q, want %q", one.kind, said.Decider+said.Name, s.Name)
			}
		}
		w.OK(w.View(func(q store.Querier) error {
			r, err := report.Get(t.Context(), q, sent.ID)
			w.OK(err)
			if r.State != report.Done || r.Decider != "leader QV, Bí thư" || r.DecidedBy != w.People["officer QV"].Person {
				t.Errorf("the report: %s by %q (%d)", r.State, r.Decider, r.DecidedBy)
			}
			d, err = difficulty.Get(t.Context(), q, d.ID)
			w.OK(err)
			if d.State != difficulty.Answered {
				t.Errorf("the difficulty: %s", d.State)
			}
			share, _ := task.ShareOf(t.Context(), q, done, w.Units["PL"])
			later, _ := task.ShareOf(t.Context(), q, asks, w.Units["DT"])
			if share.Stage != task.Verified || later.Deadline != "2020-07-31" {
				t.Errorf("the tasks: %s, until %s", share.Stage, later.Deadline)
			}
			unseen, err := folder.Unanswered(t.Context(), q, w.People["leader QV"].Person)
			if len(unseen) != 4 {
				t.Errorf("the leader is told of %d, want four", len(unseen))
			}
			return err
		}))
	})
}

func TestWhoMayNotEnterASlip(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
		w.Person("clerk QV", "QV", access.Officer)
		w.Person("second QV", "QV", access.Leader)
		w.Person("other QV", "QV", access.Officer)
		w.handOver("QV", "second QV", "other QV")
		s := w.printed()[0]
		cmd := w.command(s, folder.Answer, "Đồng ý bổ sung.")
		for _, who := range []string{"clerk QV", "second QV", "other QV"} {
			if _, err := w.enter(who, cmd); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: %v, want it forbidden: the leader handed it over to somebody else", who, err)
			}
		}
		for _, who := range []string{"officer PL", "leader BN", "officer TS"} {
			_, err := w.enter(who, cmd)
			refused(t, who, err, fault.Invalid, "code")
		}
		_, err := w.enter("leader QV", cmd)
		w.OK(err)
	})
}

func TestASlipIsRefusedWithTheReasonAtItsField(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
		s := w.printed()[0]
		good := w.command(s, folder.Answer, "Đồng ý bổ sung.")
		for _, c := range []struct {
			what  string
			field string
			cmd   func(folder.EnterCommand) folder.EnterCommand
		}{
			{"a code that is none", "code", func(c folder.EnterCommand) folder.EnterCommand { c.Code = "phiếu số 1"; return c }},
			{"a code of nothing", "code", func(c folder.EnterCommand) folder.EnterCommand { c.Code = "0000-0000"; return c }},
			{"nothing ticked", "choice", func(c folder.EnterCommand) folder.EnterCommand { c.Choice = ""; return c }},
			{"a way of another kind", "choice", func(c folder.EnterCommand) folder.EnterCommand { c.Choice = folder.Accept; return c }},
			{"no words", "note", func(c folder.EnterCommand) folder.EnterCommand { c.Note = " \n"; return c }},
			{"too many words", "note", func(c folder.EnterCommand) folder.EnterCommand {
				c.Note = strings.Repeat("ý", folder.MostNote+1)
				return c
			}},
			{"no picture", "file", func(c folder.EnterCommand) folder.EnterCommand { c.Scan = (folder.EnterCommand{}).Scan; return c }},
		} {
			_, err := w.enter("officer QV", c.cmd(good))
			refused(t, c.what, err, fault.Invalid, c.field)
		}
		_, err := w.enter("officer QV", good)
		w.OK(err)
	})
}

func TestASlipWhoseMatterHasMovedIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		d := w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
		sent := w.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
		list := w.printed()
		w.speak("officer QV", d.ID)
		_, err := w.enter("officer QV", w.command(of(t, list, folder.OfDifficulty), folder.Answer, "Đồng ý."))
		refused(t, "on what was said since", err, fault.Conflict, "code")
		_, err = w.Accept("leader QV", sent.ID)
		w.OK(err)
		_, err = w.enter("officer QV", w.command(of(t, list, folder.OfReport), folder.Accept, ""))
		refused(t, "decided in the program meanwhile", err, fault.Conflict, "code")
		fresh := of(t, w.printed(), folder.OfDifficulty)
		_, err = w.enter("officer QV", w.command(fresh, folder.Answer, "Đồng ý."))
		w.OK(err)
	})
}

func TestASlipEnteredTwiceIsOneDecision(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
		s := w.printed()[0]
		cmd := w.command(s, folder.Word, "Trao đổi với Ban Tổ chức.")
		first, err := w.enter("officer QV", cmd)
		w.OK(err)
		before := len(w.events(s.Subject))
		again, err := w.enter("officer QV", cmd)
		w.OK(err)
		if diff := cmp.Diff(first.Entry, again.Entry); diff != "" || len(w.events(s.Subject)) != before {
			t.Errorf("entered again (-first +again):\n%s\n%d events, want %d", diff, len(w.events(s.Subject)), before)
		}
		other := cmd
		other.Choice = folder.HandUp
		_, err = w.enter("officer QV", other)
		refused(t, "entered otherwise", err, fault.Conflict, "code")
		other = cmd
		other.Scan = w.scan(1)
		_, err = w.enter("officer QV", other)
		refused(t, "with another picture", err, fault.Conflict, "code")
	})
}

func TestALeaderWhoIsGoneDecidesNothing(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
		cmd := w.command(w.printed()[0], folder.Answer, "Đồng ý bổ sung.")
		w.Update(func(tx *ledger.Tx) error {
			held, err := account.GrantsOf(t.Context(), tx, w.People["leader QV"].Person)
			if err != nil {
				return err
			}
			_, err = account.EndGrant(t.Context(), tx, access.CommandLine(w.Tree), held[0].ID)
			return err
		})
		_, err := w.enter("officer QV", cmd)
		refused(t, "with the delegation that was", err, fault.Conflict, "code")
		w.renew("officer QV")
		_, err = w.enter("officer QV", cmd)
		refused(t, "without it", err, fault.Conflict, "code")
	})
}

func TestAFolderIsPrintedByItsOwnOfficeAlone(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		_, err := w.print("officer QV", "QV", "leader QV", "k1")
		refused(t, "where nothing waits", err, fault.Conflict, "")
		w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
		for _, who := range []string{"officer PL", "leader BN", "officer TS"} {
			_, err := w.print(who, "QV", "leader QV", "k2")
			refused(t, who, err, fault.Forbidden, "")
		}
		_, err = w.print("officer QV", "QV", "officer QV", "k3")
		refused(t, "for whoever leads nothing", err, fault.Conflict, "")
		first, err := w.print("officer QV", "QV", "leader QV", "k4")
		w.OK(err)
		again, err := w.print("officer QV", "QV", "leader QV", "k4")
		w.OK(err)
		if again.ID != first.ID || len(w.events(folder.Subject(first.ID))) != 1 {
			t.Errorf("the same form again is folder %d with %d events, want %d with one", again.ID, len(w.events(folder.Subject(first.ID))), first.ID)
		}
	})
}

func TestOnlyTheLeaderSaysWhetherAnEntryIsSo(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		d := w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
		s := w.printed()[0]
		judge := func(who string, v folder.Verdict, remark string) error {
			return w.Try(func(tx *ledger.Tx) error {
				_, err := folder.Judge(t.Context(), tx, w.People[who], s.Code, v, remark)
				return err
			})
		}
		refused(t, "of a slip that is out", judge("leader QV", folder.Right, ""), fault.Conflict, "")
		_, err := w.enter("officer QV", w.command(s, folder.Word, "Đang xem xét."))
		w.OK(err)
		refused(t, "by who entered it", judge("officer QV", folder.Right, ""), fault.NotFound, "")
		refused(t, "wrong without a word", judge("leader QV", folder.Wrong, " "), fault.Invalid, "remark")
		w.OK(judge("leader QV", folder.Wrong, "Tôi không ghi như vậy."))
		w.OK(judge("leader QV", folder.Wrong, "Tôi không ghi như vậy."))
		refused(t, "judged otherwise", judge("leader QV", folder.Right, ""), fault.Conflict, "")
		told := func(after time.Duration) (n int) {
			w.OK(w.View(func(q store.Querier) error {
				list, err := folder.Disputed(t.Context(), q, w.People["officer QV"].Person, w.Clock.Now().Add(after))
				n = len(list)
				return err
			}))
			return n
		}
		const weeks = 14 * 24 * time.Hour
		if now, later := told(weeks-time.Hour), told(weeks); now != 1 || later != 0 {
			t.Errorf("whoever entered it is told of %d in two weeks and of %d after them, want one and none", now, later)
		}
		w.Clock.Set(w.Clock.Now().Add(time.Hour))
		w.speak("leader QV", d.ID)
		if n := told(0); n != 0 {
			t.Errorf("whoever entered it is told of %d when something came of it, want none", n)
		}
	})
}
