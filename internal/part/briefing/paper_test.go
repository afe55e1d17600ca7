package briefing_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/golden"
	"giaoban/internal/base/testing/libreoffice"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/text"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/document"
)

func texts(t testing.TB) *text.Catalog {
	t.Helper()
	catalog, err := text.Load(briefing.Texts, text.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

func hanoi(t testing.TB) *time.Location {
	t.Helper()
	p, err := profile.Get("vn-party-2020")
	if err != nil {
		t.Fatal(err)
	}
	return p.Location()
}

// official is a briefing in which all happened that minutes tell of.
func official(t *testing.T) briefing.Official {
	at := func(minutes int) time.Time { return morning.Add(time.Duration(minutes) * time.Minute) }
	record := briefing.Record{
		Opened: at(30), Ended: at(150),
		Sites: []briefing.RecordSite{
			{Name: "Văn phòng Trung ương Đảng", Presence: briefing.Present, Arrived: at(0), Heads: 1200},
			{Name: "Bắc Ninh", Arrived: at(20), Heads: 12, StandIn: "Lê Văn Hùng, Phó Chánh Văn phòng", Attendees: []briefing.Attendee{
				{Name: "Lê Văn Hùng", Post: "Phó Chánh Văn phòng"}, {Name: "Vũ Thị Mai", Absent: true, Reason: "Đi công tác"}, {Name: "Trần An", Absent: true},
			}},
			{Name: "Quế Võ", Below: true, Presence: briefing.Late, Arrived: at(41)},
			{Name: "Cao Bằng", Presence: briefing.Excused, Note: "Mưa lũ, mất điện"},
			{Name: "Đà Nẵng"},
		},
		Items: []briefing.RecordItem{{Title: "Tiến độ đại hội", Began: at(35)}, {Title: "Kết luận", Began: at(140)}},
		Turns: []briefing.RecordTurn{
			{Name: "Bắc Ninh", Item: "Tiến độ đại hội", Began: at(40), Planned: 300, Used: 290}, {Name: "Quế Võ", Began: at(50), Planned: 600, Used: 911},
		},
		Questions: []briefing.RecordQuestion{
			{Name: "Bắc Ninh", Asked: at(55), Text: "Hạn nộp có lùi không?", Answer: "Không."},
			{Name: "Quế Võ", Asked: at(56), Text: "Dùng mẫu nào?", Aloud: true},
			{Name: "Quế Võ", Asked: at(57), Text: "Còn phụ lục <2> & 3?"},
		},
		Polls: []briefing.RecordPoll{{Question: "Thống nhất lịch họp mới", Opened: at(120), Yes: 1210, No: 1, Neither: 2}},
	}
	return briefing.Official{
		Briefing: briefing.Briefing{
			Title: "Giao ban trực tuyến về đại hội đảng bộ các cấp", Begins: at(30), Chair: briefing.Person{ID: 1, Name: "Đỗ Thị Khánh, Chánh Văn phòng"},
			Secretaries: []briefing.Person{{ID: 2, Name: "Ngô Thúy Hà, Chuyên viên"}},
		},
		Minutes: briefing.Minutes{
			Body: briefing.Body{
				Letterhead: briefing.Letterhead{
					Above: "Ban Chấp hành Trung ương", Number: "Số 12-BB/VPTW", Place: "Hà Nội", Recipients: []string{"Các điểm cầu", "Lưu Văn phòng"},
				},
				Record:   &record,
				Sections: []briefing.Section{{Title: "Tiến độ", Text: "Đã xong 60 trên 63.\nBa đơn vị xin lùi."}, {Text: "Chủ trì kết luận: xong trước ngày 31/7."}},
			},
			Signer: "Đỗ Thị Khánh, Chánh Văn phòng", Method: account.ByPasskey, SignedAt: at(165),
		},
		Motto: "Đảng Cộng sản Việt Nam", Host: "Văn phòng Trung ương Đảng", Zone: hanoi(t),
	}
}

func paper(t testing.TB, p document.Paper) []byte {
	t.Helper()
	file, err := p.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// The paper says what the record and the secretary do, in both languages.
func TestMinutesAreAnOfficialPaper(t *testing.T) {
	catalog := texts(t)
	for _, lang := range text.Langs {
		got := poppler.Text(t, paper(t, briefing.MinutesPaper(catalog, lang, official(t))), "-layout")
		golden.File(t, "minutes."+string(lang)+".txt", got)
	}
	if missing := catalog.Missing(); len(missing) > 0 {
		t.Errorf("texts are missing: %v", missing)
	}
}

// What an office program prints of the .docx is what the PDF says, word for word.
func TestTheMinutesOfWordAreThoseInPDF(t *testing.T) {
	p := briefing.MinutesPaper(texts(t), text.VI, official(t))
	file, err := p.Word()
	if err != nil {
		t.Fatal(err)
	}
	counted := func(pdf []byte) map[string]int {
		words := map[string]int{}
		for _, word := range strings.Fields(poppler.Text(t, pdf, "-raw")) {
			words[word]++
		}
		return words
	}
	if diff := cmp.Diff(counted(paper(t, p)), counted(libreoffice.PDF(t, file))); diff != "" {
		t.Errorf("words and how often (-PDF +Word):\n%s", diff)
	}
}

func TestWhatTheHeadOfMinutesSays(t *testing.T) {
	catalog, zone := texts(t), hanoi(t)
	day := func(month time.Month, day, hour int) time.Time {
		return time.Date(2021, month, day, hour, 0, 0, 0, zone)
	}
	for _, c := range []struct {
		title                   string
		begins                  time.Time
		place                   string
		lang                    text.Lang
		subject, dated, opening string
	}{
		{
			"Giao ban tuần 28", day(2, 1, 8), "Hà Nội", text.VI,
			"hội nghị giao ban tuần 28", "Hà Nội, ngày 01 tháng 02 năm 2021", "Hồi 08 giờ 00 phút, ngày 01 tháng 02 năm 2021",
		},
		{
			"Hội nghị sơ kết", day(3, 10, 23), "", text.VI,
			"hội nghị sơ kết", "Ngày 10 tháng 3 năm 2021", "Hồi 23 giờ 00 phút, ngày 10 tháng 3 năm 2021",
		},
		{
			"Tiến độ đại hội", day(12, 9, 7), "Huế", text.VI,
			"hội nghị giao ban trực tuyến\nTiến độ đại hội", "Huế, ngày 09 tháng 12 năm 2021", "Hồi 07 giờ 00 phút",
		},
		{"Progress", day(2, 1, 8), "Huế", text.EN, "of the online briefing\nProgress", "Huế, 1 February 2021", "At 08:00 on 1 February 2021"},
	} {
		p := briefing.MinutesPaper(catalog, c.lang, briefing.Official{
			Briefing: briefing.Briefing{Title: c.title, Begins: c.begins}, Minutes: briefing.Minutes{Body: briefing.Body{Letterhead: briefing.Letterhead{Place: c.place}}}, Zone: zone,
		})
		if p.Subject != c.subject || p.Dated != c.dated {
			t.Errorf("%s: subject %q and date %q, want %q and %q", c.title, p.Subject, p.Dated, c.subject, c.dated)
		}
		if opening := p.Body[0].(document.Paragraph).Text; !strings.HasPrefix(opening, c.opening) {
			t.Errorf("%s: it opens %q, want %q", c.title, opening, c.opening)
		}
	}
}

// Until the chair signs, the paper is a draft of the record as of now; from then on
// it is the same file, whatever happens to the briefing's rows.
func TestMinutesAreADraftUntilTheyAreSigned(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		w.give(b.ID, w.chair, w.bacNinh, 7)
		w.clock.Advance(8 * time.Minute)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.chair, b.ID); return err })
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.WriteMinutes(w.Context(), tx, w.secretary, b.ID, 0, briefing.Body{Sections: []briefing.Section{{Title: "Kết luận", Text: "Xong trước 31/7."}}})
			return err
		})
		made := func() document.Paper {
			m, err := briefing.MinutesOf(w.Context(), w.db.Reader(), b.ID)
			w.ok(err)
			r, err := briefing.RecordOf(w.Context(), w.db.Reader(), w.tree, w.get(b.ID), w.clock.Now())
			w.ok(err)
			return briefing.MinutesPaper(texts(w.TB), text.VI, briefing.Official{
				Briefing: w.get(b.ID), Minutes: m, Record: r, Host: "Trung ương", Zone: hanoi(w.TB),
			})
		}
		draft := made()
		if draft.Stamp != "Dự thảo" || draft.Signatures[1].Signed {
			w.Errorf("unsigned minutes are stamped %q, signed: %v", draft.Stamp, draft.Signatures[1].Signed)
		}
		if said := poppler.Text(w.TB, paper(w.TB, draft), "-raw"); !strings.Contains(said, "1 Bắc Ninh 08:32 7 8") {
			w.Errorf("the draft does not tell the turn of 7 minutes planned and 8 used:\n%s", said)
		}
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.SignMinutes(w.Context(), tx, w.chair, briefing.SignCommand{Briefing: b.ID, Revision: 1, Signature: signature(1)})
			return err
		})
		signed := made()
		chair := signed.Signatures[1]
		if want := "Đã ký bằng mật khẩu\n08 giờ 40 phút, ngày 10 tháng 7 năm 2020"; signed.Stamp != "" || !chair.Signed || chair.Note != want ||
			chair.Name != "Đỗ Thị Khánh, Chánh Văn phòng" {
			w.Errorf("signed minutes are stamped %q and signed by %+v, want the note %q", signed.Stamp, chair, want)
		}
		before := paper(w.TB, signed)
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Mark(w.Context(), tx, w.secretary, briefing.MarkCommand{Briefing: b.ID, Unit: w.daNang, Presence: briefing.Excused, Note: "Sau khi ký"})
			return err
		})
		if after := paper(w.TB, made()); !bytes.Equal(before, after) {
			w.Errorf("the signed paper has changed with the rows:\n%s", poppler.Text(w.TB, after, "-raw"))
		}
	})
}
