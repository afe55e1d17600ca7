package folder_test

import (
	"sync"
	"testing"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/report"
)

// together runs functions at once and gives what each said.
func together(all ...func() error) []error {
	said := make([]error, len(all))
	var wait sync.WaitGroup
	for i, one := range all {
		wait.Go(func() { said[i] = one() })
	}
	wait.Wait()
	return said
}

func TestASlipEnteredByTwoAtOnceIsOneDecision(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		for version := range 5 {
			w.Submitted("PL", officetest.Held, version, officetest.Day("24/6/2020"))
			s := of(t, w.printed(), folder.OfReport)
			before := len(w.events(s.Subject))
			back := w.command(s, folder.Return, "Thiếu số đại biểu.")
			enter := func() error { _, err := w.enter("officer QV", back); return err }
			for _, err := range together(enter, enter, enter) {
				w.OK(err)
			}
			if n := len(w.events(s.Subject)) - before; n != 1 {
				t.Fatalf("%d decisions, want one", n)
			}
			var r report.Report
			w.OK(w.Try(func(tx *ledger.Tx) (err error) {
				r, err = report.Get(t.Context(), tx, s.Item.ID)
				return err
			}))
			if r.State != report.SentBack {
				t.Fatalf("the report is %s", r.State)
			}
		}
	})
}

// Whatever is said of a matter while a slip is entered: either the slip is refused, or
// the leader decided before it was said.
func TestASlipAgainstSomebodyAtTheProgram(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		for range 8 {
			d := w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
			s := slipOf(t, w.printed(), d.ID)
			said := together(
				func() error {
					_, err := w.enter("officer QV", w.command(s, folder.Answer, "Đồng ý bổ sung."))
					return err
				},
				func() error {
					return w.Try(func(tx *ledger.Tx) error {
						_, err := difficulty.Speak(t.Context(), tx, w.People["officer QV"], d.ID, "Đang xem xét.")
						return err
					})
				},
			)
			events := w.events(s.Subject)
			last := events[len(events)-1].Kind
			switch {
			case said[0] == nil && (last != difficulty.WasAnswered || !fault.Is(said[1], fault.Conflict)):
				t.Fatalf("the slip was entered; at the program: %v, last %s", said[1], last)
			case said[0] != nil && (!fault.Is(said[0], fault.Conflict) || said[1] != nil || last != difficulty.WordGiven):
				t.Fatalf("the slip: %v; at the program: %v, last %s", said[0], said[1], last)
			}
		}
	})
}

func slipOf(t *testing.T, list []folder.Slip, id int64) folder.Slip {
	t.Helper()
	for _, s := range list {
		if s.Item.ID == id {
			return s
		}
	}
	t.Fatalf("no slip about %d", id)
	return folder.Slip{}
}
