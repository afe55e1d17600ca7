package folder_test

import (
	"errors"
	"slices"
	"testing"

	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/folder"
)

// verified is what holding the slips against the log finds, by code; kept is what is
// wrong with each file.
func (w world) verified(q store.Querier, kept string) map[account.Code]string {
	w.t.Helper()
	var v folder.Verification
	list, err := ledger.After(w.t.Context(), q, 0, 1000)
	w.OK(err)
	for _, e := range list {
		w.OK(v.Each(e))
	}
	w.OK(v.Compare(w.t.Context(), q, func(string) (string, error) { return kept, nil }))
	found := map[account.Code]string{}
	for _, one := range v.Wrong {
		found[one.Code] = one.What
	}
	return found
}

// altered is what verifying finds with a row changed. The change is undone.
func (w world) altered(s folder.Slip, set, kept string) (found map[account.Code]string) {
	w.t.Helper()
	undo := errors.New("undone")
	err := w.Try(func(tx *ledger.Tx) error {
		if _, err := tx.ExecContext(w.t.Context(), `UPDATE folder_slip SET `+set+` WHERE id = $1`, s.ID); err != nil {
			return err
		}
		found = w.verified(tx, kept)
		return undo
	})
	if !errors.Is(err, undo) {
		w.t.Fatal(err)
	}
	return found
}

func TestVerifyFindsWhatWasAlteredOnASlip(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.difficulty("PL", "Thiếu nguồn cấp ủy nữ")
		w.difficulty("DT", `Người ghi: "onPaper":{"slip":"AAAA-AAAA"}`)
		list := w.printed()
		came, out := list[0], list[1]
		_, err := w.enter("officer QV", w.command(came, folder.Answer, "Đồng ý bổ sung."))
		w.OK(err)
		_, err = w.enter("officer QV", w.command(out, folder.Hold, ""))
		w.OK(err)
		w.Update(func(tx *ledger.Tx) error {
			_, err := folder.Judge(t.Context(), tx, w.People["leader QV"], came.Code, folder.Right, "")
			return err
		})
		out = w.reprinted(t)
		if found := w.altered(out, "place = place", ""); len(found) != 0 {
			t.Fatalf("with nothing altered: %v", found)
		}
		if found := w.altered(out, "place = place", "verify.file-altered"); found[came.Code] != "verify.file-altered" || found[out.Code] != "" {
			t.Errorf("with the pictures altered: %v", found)
		}
		for _, c := range []struct {
			slip      folder.Slip
			set, want string
		}{
			{came, `choice = 'word'`, "verify.slip-entered"},
			{came, `note = 'Không đồng ý.'`, "verify.slip-entered"},
			{came, `file_id = 'khác'`, "verify.slip-entered"},
			{came, `entered_by = 1000`, "verify.slip-entered"},
			{came, `entered_at = 0`, "verify.slip-entered"},
			{came, `verdict = 'wrong'`, "verify.slip-judged"},
			{came, `content = REPLACE(content, 'Thiếu', 'Thừa')`, "verify.slip-printed"},
			{out, `position = position - 1`, "verify.slip-printed"},
			{out, `entered_at = 1`, "verify.slip-entered"},
			{out, `code = 'AAAA-AAAA'`, "verify.slip-missing"},
		} {
			if found := w.altered(c.slip, c.set, ""); found[c.slip.Code] != c.want {
				t.Errorf("SET %s: %v, want %s of %s", c.set, found, c.want, c.slip.Code)
			}
		}
	})
}

// reprinted is a slip of a new folder, which is out.
func (w world) reprinted(t *testing.T) folder.Slip {
	t.Helper()
	w.difficulty("PL", "Thiếu kinh phí")
	return w.printed()[0]
}

func TestOneSlipAnswersAllThatIsAnsweredWithIt(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		head, other := w.difficulty("PL", "Thiếu nguồn cấp ủy nữ"), w.difficulty("DT", "Thiếu nguồn nữ")
		before := w.slipOf(head.ID)
		w.Update(func(tx *ledger.Tx) error {
			_, err := difficulty.Join(t.Context(), tx, w.People["officer QV"], head.ID, []int64{other.ID})
			return err
		})
		_, err := w.enter("officer QV", w.command(before, folder.Answer, "Đồng ý."))
		refused(t, "what the leader read alone", err, fault.Conflict, "code")
		_, err = w.enter("officer QV", w.command(w.slipOf(head.ID), folder.Answer, "Đồng ý."))
		w.OK(err)
		q := w.Ledger.DB().Reader()
		for _, id := range []int64{head.ID, other.ID} {
			if d, err := difficulty.Get(t.Context(), q, id); err != nil || d.State != difficulty.Answered {
				t.Errorf("difficulty %d is %s (%v), want answered", id, d.State, err)
			}
		}
		if wrong := w.verified(q, ""); len(wrong) > 0 {
			t.Errorf("verifying finds %v", wrong)
		}
	})
}

// slipOf is a difficulty's slip in a folder that is printed now.
func (w world) slipOf(id int64) folder.Slip {
	w.t.Helper()
	list := w.printed()
	at := slices.IndexFunc(list, func(s folder.Slip) bool { return s.Subject == difficulty.Subject(id) })
	if at < 0 {
		w.t.Fatalf("no slip of difficulty %d among %d", id, len(list))
	}
	return list[at]
}
