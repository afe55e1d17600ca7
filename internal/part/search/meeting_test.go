package search_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/register"
	"giaoban/internal/part/report"
)

// finding is what somebody finds by some words.
type finding struct {
	who, words string
	want       []string
}

func (w world) want(when string, list ...finding) {
	w.t.Helper()
	for _, f := range list {
		if diff := cmp.Diff(f.want, w.finds(f.who, f.words)); diff != "" {
			w.t.Errorf("%s, %s finds by %q (-want +got):\n%s", when, f.who, f.words, diff)
		}
	}
}

// What was said and decided in a meeting is found by the host and the sites once it is
// said for them, and by nobody else.
func TestWhatAMeetingLeavesIsFoundByThoseWhoHadASeat(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		b := w.called()
		w.handsOut(b, "Đề cương thảo luận")
		seated := func(when, words string, want ...string) {
			t.Helper()
			w.want(when, finding{"leader TW", words, want}, finding{"officer BN", words, want},
				finding{"officer HN", words, nil}, finding{"officer QV", words, nil}, finding{"leader C1", words, nil})
		}
		seated("handed out", "de cuong", "handout: [Đề] [cương] thảo luận")

		w.begins(b)
		m := w.writes(b, "Các tỉnh rà soát phương án nhân sự.")
		c := w.concludes(b, "Giải quyết kịp thời vướng mắc")
		w.want("drafts", finding{"leader TW", "ra soat phuong an", nil}, finding{"leader TW", "kip thoi", nil}, finding{"officer BN", "kip thoi", nil})
		w.signs(b, m)
		seated("signed", "ra soat phuong an", "minutes: Giao ban tháng 6")

		w.approves(b, c)
		w.want("approved", finding{"officer BN", "kip thoi", []string{"task: Giải quyết [kịp] [thời] vướng mắc", "conclusion: Giải quyết [kịp] [thời] vướng mắc"}},
			finding{"officer HN", "kip thoi", []string{"task: Giải quyết [kịp] [thời] vướng mắc"}}, finding{"officer QV", "kip thoi", nil})

		n := w.prepares(b)
		w.want("prepared", finding{"officer TW", "thong bao ket luan", []string{"paper: [Thông] [báo] [kết] [luận] giao ban"}}, finding{"officer BN", "thong bao ket luan", nil})
		w.issues(b, n)
		seated("issued", "thong bao ket luan", "notice: 01-TB/VPTW · [Thông] [báo] [kết] [luận] giao ban")
		seated("issued, by its number", "01-tb", "notice: [01]-[TB]/VPTW · Thông báo kết luận giao ban")
		w.Update(func(tx *ledger.Tx) error {
			_, err := briefing.IssueMinutes(w.Ctx(), tx, w.People["officer TW"], b.ID)
			return err
		})
		seated("minutes issued, by their number", "01-bb", "minutes: [01]-[BB]/VPTW · Giao ban tháng 6")
	})
}

func TestAReportIsFoundByTheWordsWithWhichItWasReturned(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		r := w.Submitted("PL", officetest.Held, 0, officetest.Day("20/6/2020"))
		w.want("figures alone", finding{"leader PL", "quyet dinh", nil})
		_, err := w.Return("leader QV", r.ID, "Thiếu quyết định chuẩn y.")
		w.OK(err)
		found := []string{"report: 35-CT/TW · Tổ chức xong đại hội"}
		w.want("returned", finding{"leader PL", "quyet dinh chuan y", found}, finding{"leader QV", "quyet dinh chuan y", found}, finding{"leader TW", "quyet dinh chuan y", found},
			finding{"leader DT", "quyet dinh chuan y", nil}, finding{"leader HN", "quyet dinh chuan y", nil}, finding{"leader C1", "quyet dinh chuan y", nil})
		w.Submitted("PL", officetest.Held, 1, officetest.Day("21/6/2020"))
		w.want("sent again", finding{"leader PL", "quyet dinh chuan y", nil})
	})
}

func (w world) handsOut(b briefing.Briefing, title string) {
	w.t.Helper()
	folder, err := file.OpenFolder(w.t.TempDir())
	w.OK(err)
	upload, err := folder.Take("tai-lieu.pdf", strings.NewReader("%PDF-1.7\n%%EOF\n"))
	w.OK(err)
	w.Update(func(tx *ledger.Tx) error {
		_, err := briefing.HandOut(w.Ctx(), tx, w.People["leader TW"], briefing.HandOutCommand{Briefing: b.ID, Unit: w.Units["TW"], Key: "paper", Title: title, Upload: upload})
		return err
	})
}

func (w world) begins(b briefing.Briefing) {
	w.t.Helper()
	w.Clock.Advance(48 * time.Hour)
	w.Update(func(tx *ledger.Tx) error {
		_, err := briefing.Begin(w.Ctx(), tx, w.People["leader TW"], b.ID)
		return err
	})
}

func (w world) writes(b briefing.Briefing, said string) (m briefing.Minutes) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		m, err = briefing.WriteMinutes(w.Ctx(), tx, w.People["leader TW"], b.ID, 0, briefing.Body{Sections: []briefing.Section{{Title: "Diễn biến", Text: said}}})
		return err
	})
	return m
}

func (w world) concludes(b briefing.Briefing, title string) (c conclusion.Conclusion) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		c, err = conclusion.Write(w.Ctx(), tx, w.People["officer TW"], b.Meeting(), conclusion.WriteCommand{
			Key: report.NewKey(), Title: title, Deadline: clock.Date("2020-08-31"), To: conclusion.Assignees{Way: conclusion.OfLevel, Level: "provincial"},
		})
		return err
	})
	return c
}

// signs ends the meeting, and the chair signs its minutes.
func (w world) signs(b briefing.Briefing, m briefing.Minutes) {
	w.t.Helper()
	chair := w.People["leader TW"]
	w.Update(func(tx *ledger.Tx) error {
		if _, err := briefing.End(w.Ctx(), tx, chair, b.ID); err != nil {
			return err
		}
		_, err := briefing.SignMinutes(w.Ctx(), tx, chair, briefing.SignCommand{Briefing: b.ID, Revision: m.Revision, Signature: officetest.Sign(chair)})
		return err
	})
}

func (w world) approves(b briefing.Briefing, c conclusion.Conclusion) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) error {
		return briefing.ApproveConclusions(w.Ctx(), tx, w.People["leader TW"], board.New(w.Clock), b.ID, []conclusion.Version{{ID: c.ID, Revision: c.Revision}})
	})
}

func (w world) prepares(b briefing.Briefing) (n conclusion.Notice) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		if err := register.SetSymbol(w.Ctx(), tx, w.People["officer TW"], w.Units["TW"], "VPTW"); err != nil {
			return err
		}
		n, err = conclusion.Prepare(w.Ctx(), tx, w.People["officer TW"], b.Meeting(), conclusion.PrepareCommand{
			Key: report.NewKey(), Head: conclusion.Head{Issuer: "Văn phòng", Subject: "Thông báo kết luận giao ban"},
		})
		return err
	})
	return n
}

func (w world) issues(b briefing.Briefing, n conclusion.Notice) {
	w.t.Helper()
	leader, clerk := w.People["leader TW"], w.People["officer TW"]
	w.Update(func(tx *ledger.Tx) error {
		if err := conclusion.SignNotice(w.Ctx(), tx, leader, b.Meeting(), n.ID, "", officetest.Sign(leader)); err != nil {
			return err
		}
		if _, err := register.Number(w.Ctx(), tx, clerk, register.NumberCommand{Paper: n.Paper.ID, Dated: "2020-06-28"}); err != nil {
			return err
		}
		return conclusion.IssueNotice(w.Ctx(), tx, clerk, b.Meeting(), n.ID)
	})
}
