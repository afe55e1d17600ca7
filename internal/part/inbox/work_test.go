package inbox_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/text"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

var hanoi = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

// counts is how many things stand in each list of somebody's work.
type counts struct{ Returned, Late, Signature, Soon, Queued, Acknowledge, Later, Below int }

func workOf(t *testing.T, w *officetest.World, who string) inbox.Work {
	t.Helper()
	boards := board.New(w.Clock)
	events, err := ledger.After(t.Context(), w.Ledger.DB().Reader(), 0, 10_000)
	w.OK(err)
	w.OK(boards.Apply(events))
	var work inbox.Work
	w.OK(w.View(func(q store.Querier) (err error) {
		work, err = inbox.For(t.Context(), q, boards, nil, w.People[who], w.Clock.Now(), hanoi)
		return err
	}))
	return work
}

func count(w inbox.Work) counts {
	return counts{
		len(w.Returned), len(w.Late), len(w.Signature), len(w.Soon), w.Waiting(), len(w.Acknowledge), len(w.Later), len(w.Below),
	}
}

func TestWhatWaitsForWhom(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		w.Submitted("PL", officetest.Plain, 0, nil)
		_, err := w.Save("officer DT", report.SaveCommand{Slot: w.Slot("DT", officetest.Held), Values: officetest.Day("24/6/2020")})
		w.OK(err)
		sent := w.Submitted("QV", officetest.Plain, 0, nil)
		_, err = w.Return("leader BN", sent.ID, "thiếu phụ lục")
		w.OK(err)
		acknowledged := officetest.Document("36-CT/TW")
		acknowledged.Acknowledge, acknowledged.Milestones = []string{"provincial"}, acknowledged.Milestones[1:]
		w.Issue(acknowledged)
		w.Person("viewer BN", "BN", access.Viewer)

		cases := []struct {
			who  string
			want counts
		}{
			// Its own report, its two cells at both milestones and on the second directive.
			{"leader PL", counts{Late: 3, Soon: 2, Below: 3}},
			{"leader DT", counts{Late: 3, Signature: 1, Soon: 2, Below: 3}},
			{"officer DT", counts{Late: 3, Soon: 3, Below: 3}},
			{"leader QV", counts{Returned: 1, Later: 2, Queued: 1, Below: 3}},
			{"leader BN", counts{Acknowledge: 1, Later: 3, Below: 3}},
			{"viewer BN", counts{Below: 3}},
			{"leader TW", counts{Below: 3}},
		}
		for _, c := range cases {
			if diff := cmp.Diff(c.want, count(workOf(t, w, c.who))); diff != "" {
				t.Errorf("work of %s (-want +got):\n%s", c.who, diff)
			}
		}
	})
}

func TestATightenedDeadlineMakesItSoonerDue(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		w.Update(func(tx *ledger.Tx) error {
			_, err := directive.Tighten(t.Context(), tx, w.People["leader BN"], directive.TightenCommand{
				Directive: w.Directive, Unit: w.Units["BN"], Milestone: officetest.Plain, Level: "above-grassroots", Deadline: "2020-07-01",
			})
			return err
		})
		work := workOf(t, w, "leader QV")
		if len(work.Soon) != 1 || work.Soon[0].Deadline != "2020-07-01" {
			t.Errorf("due soon: %+v, want one by 1 July", work.Soon)
		}
		w.Clock.Set(time.Date(2020, 7, 1, 17, 0, 0, 0, time.UTC)) // midnight in Hanoi
		if late := workOf(t, w, "leader QV").Late; len(late) != 1 {
			t.Errorf("after midnight: %+v, want one late", late)
		}
	})
}

func TestACorrectionThatIsBeingWrittenStaysInSight(t *testing.T) {
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	sent := w.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
	_, err := w.Accept("leader QV", sent.ID)
	w.OK(err)
	_, err = w.Save("leader PL", report.SaveCommand{Slot: w.Slot("PL", officetest.Held), After: 1, Lang: text.VI, Values: officetest.Day("25/6/2020")})
	w.OK(err)
	later := workOf(t, w, "leader PL").Later
	if len(later) != 1 || later[0].Mark != report.MarkDone || later[0].Draft.Revision != 1 {
		t.Errorf("got %+v, want the correction", later)
	}
}

func TestAUnitWithoutCellsOwesOnlyItsOwn(t *testing.T) {
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	document := officetest.Document("37-CT/TW")
	for i := range document.Milestones {
		document.Milestones[i].Deadlines = []profile.Deadline{{Level: "provincial", Date: "2020-10-31"}}
	}
	w.Close()
	w.Issue(document)
	if got := count(workOf(t, w, "leader HN")); got != (counts{Later: 2}) {
		t.Errorf("got %+v, want two reports that are not due yet", got)
	}
	if got := count(workOf(t, w, "leader PL")); got != (counts{}) {
		t.Errorf("a commune that is not asked owes %+v", got)
	}
}

func TestWhatWasToldWaitsToBeConfirmed(t *testing.T) {
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	before := count(workOf(t, w, "leader PL"))
	_, err := w.Tell("officer BN", "BN", "PL", officetest.Held, officetest.Day("24/6/2020"))
	w.OK(err)
	for _, who := range []string{"leader PL", "officer PL"} {
		work := workOf(t, w, who)
		if len(work.Told) != 1 || work.Told[0].Told.Telling.By != w.Units["BN"] || work.Told[0].Mark != report.MarkTold {
			t.Errorf("work of %s: told %+v, want what Bắc Ninh entered", who, work.Told)
		}
		if got := len(work.Soon); got != before.Soon-1 {
			t.Errorf("work of %s: %d due soon, want %d", who, got, before.Soon-1)
		}
	}
	w.Submitted("PL", officetest.Held, 1, officetest.Day("24/6/2020"))
	if told := workOf(t, w, "leader PL").Told; len(told) != 0 {
		t.Errorf("after it was confirmed: told %+v, want nothing", told)
	}
}

func TestAStandingMovesOrEndsWhatIsOwed(t *testing.T) {
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	before := count(workOf(t, w, "leader PL"))
	_, err := w.Stand("QV", "PL", "postponed", "2020-09-15")
	w.OK(err)
	work := workOf(t, w, "leader PL")
	if len(work.Soon) != before.Soon-2 || len(work.Later) != before.Later+2 || work.Later[0].Deadline != "2020-09-15" || work.Later[0].ApartName.VI == "" {
		t.Errorf("postponed: %+v of %+v, first %+v", count(work), before, work.Later)
	}
	_, err = w.Stand("PL", "C1", "exempt", "")
	w.OK(err)
	if late := workOf(t, w, "leader PL").Late; len(late) == 0 || late[0].Cells != 1 {
		t.Errorf("with one of two cells exempt: %+v, want one cell to report for", late)
	}
	_, err = w.Stand("QV", "PL", "exempt", "")
	w.OK(err)
	if work := count(workOf(t, w, "leader PL")); work.Soon != 0 || work.Later != 0 {
		t.Errorf("exempt: %+v, want nothing but the cells", work)
	}
}

// deputy makes the officer of a unit its deputy secretary.
func deputy(t *testing.T, w *officetest.World, unit string) {
	t.Helper()
	w.Update(func(tx *ledger.Tx) error {
		_, err := org.Appoint(t.Context(), tx, w.People["leader "+unit], org.AppointCommand{
			Unit: w.Units[unit], Body: "standing-body", Post: "deputy-secretary", Person: w.People["officer "+unit].Person, Name: "Phạm Thị Phó", From: "2020-01-01",
		})
		return err
	})
}

func TestWhatTheLeaderLeavesStandsInTheDeputysWorkToo(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		deputy(t, w, "QV")
		asked := officetest.Document("36-CT/TW")
		asked.Acknowledge, asked.Milestones = []string{"above-grassroots"}, asked.Milestones[1:]
		w.Issue(asked)
		_, err := w.Save("officer QV", report.SaveCommand{Slot: w.Slot("QV", officetest.Plain), Lang: text.VI})
		w.OK(err)
		sent := w.Submitted("PL", officetest.Plain, 0, nil)
		early := workOf(t, w, "officer QV")
		if len(early.Signature)+len(early.Acceptance)+len(early.Acknowledge) != 0 {
			t.Errorf("on the first day: %+v, want nothing of the leader's", count(early))
		}
		w.Clock.Set(time.Date(2020, 6, 30, 16, 58, 0, 0, time.UTC)) // two minutes before midnight in Hanoi
		w.Submitted("DT", officetest.Plain, 0, nil)
		last := workOf(t, w, "officer QV")
		if len(last.Signature)+len(last.Acceptance)+len(last.Acknowledge) != 0 {
			t.Errorf("on the second working day: %+v, want nothing of the leader's", count(last))
		}
		w.Clock.Set(time.Date(2020, 6, 30, 17, 0, 0, 0, time.UTC))
		work := workOf(t, w, "officer QV")
		if len(work.Signature) != 1 || work.Signature[0].InPlace != "K/T BÍ THƯ" {
			t.Errorf("to sign: %+v, want the draft, in place of the secretary", work.Signature)
		}
		if len(work.Acceptance) != 1 || work.Acceptance[0].Count != 1 || !work.Acceptance[0].Oldest.Equal(sent.SubmittedAt) || work.Acceptance[0].InPlace == "" {
			t.Errorf("to decide: %+v, want the one that waited, not the one of yesterday", work.Acceptance)
		}
		if len(work.Acknowledge) != 1 || work.Acknowledge[0].InPlace == "" || work.Acknowledge[0].By != "2020-06-30" {
			t.Errorf("to acknowledge: %+v, want the directive, by the last of the leader's days", work.Acknowledge)
		}
		leader := workOf(t, w, "leader QV")
		if leader.Waiting() != 2 || len(leader.Signature) != 1 || leader.Signature[0].InPlace != "" {
			t.Errorf("the leader's own work: %+v", leader.Acceptance)
		}
		if others := workOf(t, w, "officer DT"); len(others.Signature)+len(others.Acceptance) != 0 {
			t.Errorf("an officer without the post: %+v", count(others))
		}
		acknowledge := func(who string) error {
			return w.Try(func(tx *ledger.Tx) error {
				d := work.Acknowledge[0]
				_, err := directive.Acknowledge(t.Context(), tx, w.People[who], d.ID, w.Units["QV"], d.Version)
				return err
			})
		}
		if err := acknowledge("officer PL"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("acknowledged by another unit's officer: %v", err)
		}
		w.OK(acknowledge("officer QV"))
		if work := workOf(t, w, "officer QV"); len(work.Acknowledge) != 0 {
			t.Errorf("acknowledged, it still waits: %+v", work.Acknowledge)
		}
	})
}

func TestATickListWaitsForTheLeaderAndThenForTheDeputy(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		deputy(t, w, "PL")
		w.OK(w.Try(func(tx *ledger.Tx) error {
			_, err := report.SaveCells(w.Ctx(), tx, w.People["officer PL"], report.SaveCommand{
				Slot: w.Slot("PL", officetest.Held), Values: map[string]string{report.CellField(w.Units["C1"], ""): "yes"}, Lang: text.VI,
			})
			return err
		}))
		lists := func(who string) (list []inbox.Report) {
			for _, one := range workOf(t, w, who).Signature {
				if one.Cells > 0 {
					list = append(list, one)
				}
			}
			return list
		}
		if list := lists("leader PL"); len(list) != 1 || list[0].Cells != 2 || list[0].InPlace != "" || list[0].Draft.Name != "officer PL" {
			t.Errorf("the leader is asked to sign %+v, want the list that the officer saved", list)
		}
		if list := lists("officer PL"); len(list) != 0 {
			t.Errorf("on the first day the deputy is asked to sign %+v", list)
		}
		w.Clock.Set(time.Date(2020, 7, 1, 2, 0, 0, 0, time.UTC))
		if list := lists("officer PL"); len(list) != 1 || list[0].InPlace != "K/T BÍ THƯ" || list[0].Since.IsZero() {
			t.Errorf("in the turn the deputy is asked to sign %+v, want the list in place of the secretary", list)
		}
	})
}
