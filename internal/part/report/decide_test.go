package report_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

func TestOnlyTheUnitThatCountsItDecides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.Submitted("PL", plain, 0, nil)
		for _, who := range []string{"leader DT", "leader BN", "leader TW", "leader PL", "officer QV", "leader TS"} {
			if _, err := w.Accept(who, r.ID); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s accepted: got %v, want forbidden", who, err)
			}
			if _, err := w.Return(who, r.ID, "không đúng"); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s returned: got %v, want forbidden", who, err)
			}
		}
		accepted, err := w.Accept("leader QV", r.ID)
		w.OK(err)
		if accepted.State != report.Done || accepted.Decider != "leader QV, bí thư" {
			t.Errorf("got %s by %q", accepted.State, accepted.Decider)
		}
		w.verified()
	})
}

func TestAMovedUnitIsDecidedByItsNewParent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.Submitted("PL", plain, 0, nil)
		w.Update(func(tx *ledger.Tx) error {
			_, err := org.Move(w.Ctx(), tx, access.CommandLine(w.Tree), org.MoveCommand{Unit: w.Units["PL"], Parent: w.Units["TS"]})
			return err
		})
		if _, err := w.Accept("leader QV", r.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the parent before: got %v, want forbidden", err)
		}
		w.LoadTree()
		_, err := w.Accept("leader TS", r.ID)
		w.OK(err)
	})
}

func TestAReturnNeedsAReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.Submitted("PL", plain, 0, nil)
		_, err := w.Return("leader QV", r.ID, "  \n ")
		if list := fault.All(err); len(list) != 1 || list[0].Field != "reason" {
			t.Fatalf("got %v, want an error at the reason", err)
		}
		returned, err := w.Return("leader QV", r.ID, " Thiếu biên bản ")
		w.OK(err)
		if returned.State != report.SentBack || returned.Reason != "Thiếu biên bản" {
			t.Errorf("got %s for %q", returned.State, returned.Reason)
		}
	})
}

func TestDecidingTwiceIsTheSameAnswerOrAConflict(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.Submitted("PL", plain, 0, nil)
		first, err := w.Accept("leader QV", r.ID)
		w.OK(err)
		second, err := w.Accept("leader QV", r.ID)
		w.OK(err)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("accepting again (-first +second):\n%s", diff)
		}
		if _, err := w.Return("leader QV", r.ID, "nhầm"); !fault.Is(err, fault.Conflict) {
			t.Errorf("returning what was accepted: got %v, want a conflict", err)
		}
		if diff := cmp.Diff([]ledger.Kind{report.Submitted, report.Accepted}, w.kinds()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestASupersededVersionIsNotDecided(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		old := w.Submitted("PL", held, 0, day("24/6/2020"))
		w.Submitted("PL", held, 1, day("25/6/2020"))
		if _, err := w.Accept("leader QV", old.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v, want a conflict", err)
		}
	})
}

func TestOfTwoWhoDecideAtOnceOneDecides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.Submitted("PL", plain, 0, nil)
		var group sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			group.Go(func() {
				if i%2 == 0 {
					_, errs[i] = w.Accept("leader QV", r.ID)
				} else {
					_, errs[i] = w.Return("leader QV", r.ID, "chưa đủ")
				}
			})
		}
		group.Wait()
		for i, err := range errs {
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Errorf("decision %d: got %v, want none or a conflict", i, err)
			}
		}
		if kinds := w.kinds(); len(kinds) != 2 {
			t.Errorf("got events %v, want one submission and one decision", kinds)
		}
		w.verified()
	})
}

func TestSeveralAreAcceptedAndTheOthersNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.Submitted("PL", plain, 0, nil)
		second := w.Submitted("DT", plain, 0, nil)
		back, err := w.Return("leader QV", w.Submitted("PL", held, 0, day("24/6/2020")).ID, "thiếu")
		w.OK(err)
		foreign := w.Submitted("TS", plain, 0, nil)
		var accepted []report.Report
		var refused fault.List
		w.Update(func(tx *ledger.Tx) error {
			ids := []int64{foreign.ID, second.ID, back.ID, first.ID, first.ID, 4711}
			accepted, refused, err = report.AcceptAll(w.Ctx(), tx, w.People["leader QV"], ids, "leader QV, bí thư")
			return err
		})
		if len(accepted) != 2 || accepted[0].ID != first.ID || accepted[1].ID != second.ID {
			t.Errorf("accepted %+v, want reports %d and %d", accepted, first.ID, second.ID)
		}
		var kinds []fault.Kind
		for _, f := range refused {
			kinds = append(kinds, f.Kind)
		}
		if diff := cmp.Diff([]fault.Kind{fault.Conflict, fault.Forbidden, fault.NotFound}, kinds); diff != "" {
			t.Errorf("refused (-want +got):\n%s", diff)
		}
	})
}

func TestTheQueueShowsWhatWaitsForOneUnit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Submitted("PL", plain, 0, nil)
		w.Submitted("DT", plain, 0, nil)
		w.Submitted("QV", plain, 0, nil)
		cases := []struct {
			unit   string
			filter report.Filter
			want   []string
		}{
			{"QV", report.Filter{}, []string{"PL", "DT"}},
			{"QV", report.Filter{Words: "duc long"}, []string{"DT"}},
			{"QV", report.Filter{Words: "100%"}, nil},
			{"QV", report.Filter{Milestone: held}, nil},
			{"QV", report.Filter{Level: "grassroots", Directive: w.Directive, Milestone: plain}, []string{"PL", "DT"}},
			{"BN", report.Filter{}, []string{"QV"}},
			{"TW", report.Filter{}, nil},
		}
		for _, c := range cases {
			list, err := report.Queue(w.Ctx(), w.Ledger.DB().Reader(), w.Units[c.unit], c.filter)
			w.OK(err)
			var codes []string
			for _, one := range list {
				codes = append(codes, one.Code)
			}
			if diff := cmp.Diff(c.want, codes); diff != "" {
				t.Errorf("queue of %s with %+v (-want +got):\n%s", c.unit, c.filter, diff)
			}
		}
		n, oldest, err := report.QueueLength(w.Ctx(), w.Ledger.DB().Reader(), w.Units["QV"], time.Time{})
		w.OK(err)
		if n != 2 || oldest.IsZero() {
			t.Errorf("%d wait for QV since %s, want 2", n, oldest)
		}
	})
}
