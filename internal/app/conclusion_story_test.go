package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/libreoffice"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/simulate"
)

// The four subjects on which the chair of the demonstration's briefing concludes.
var fourSubjects = []string{
	"Bảo đảm tiến độ đại hội cấp trên trực tiếp cơ sở và cấp trực thuộc Trung ương",
	"Tham mưu bố trí, điều động, luân chuyển cán bộ phục vụ đại hội",
	"Tham mưu chính sách đối với cán bộ không đủ tuổi tái cử",
	"Chỉ đạo, kiểm tra, đôn đốc cấp dưới; tháo gỡ vướng mắc, xử lý vấn đề phát sinh kịp thời",
}

func TestWhatIsConcludedBecomesWork(t *testing.T) {
	s := serveDemo(t, "")
	b := s.morning(t)
	m := meeting{served: s, Briefing: b, t: t, address: fmt.Sprintf("%s/briefings/%d", s.url, b.ID)}
	chair, secretary, site := s.person(t, "trunguong"), s.person(t, "trunguong-cv"), s.person(t, "bacninh")

	site.Go(m.address + "/room")
	m.conclude(secretary)
	if n := site.Count("#concluded li"); n != 0 {
		t.Errorf("the site sees %d conclusions before the chair has approved one", n)
	}
	chair.Go(m.address + "/minutes")
	chair.Axe(t)
	chair.Click(`#conclusions form[action$="/approve"] button`)
	chair.WaitText("#conclusions", "đã duyệt, chờ ban hành")
	site.WaitTrue("the site sees all four at once", `document.querySelectorAll("#concluded li").length === 4`)

	m.issueNotice(secretary, chair)
	site.Go(s.url + "/tasks")
	for _, subject := range fourSubjects {
		site.WaitText("form[data-several]", subject)
	}
	site.Axe(t)

	five := s.remaining(t)
	share := m.handDown(site, five)
	district := s.worker(t, "huyen.vp", five[0])
	m.finish(district, five[0])
	site.Go(share) // it is told by itself what comes of it
	site.WaitText("[data-moves=handed]", "0/5")
	verifying := s.person(t, "bacninh-cv")
	verifying.Go(s.url + "/tasks?list=verify")
	verifying.Click("form[data-several] .what a")
	verifying.Click("#decide [name=way][value=verify]")
	verifying.Click("#decide .btn.primary")
	verifying.Wait(".timeline")
	site.WaitText("[data-moves=handed]", "1/5")

	s.lead(t, func(tx *ledger.Tx, actor access.Actor) error {
		_, err := briefing.End(t.Context(), tx, actor, b.ID)
		return err
	})
	next := s.callNext(t, b)
	chair.Go(fmt.Sprintf("%s/briefings/%d", s.url, next))
	chair.WaitText("#last", fourSubjects[0])
	chair.WaitText("#last", "xong 1/71 từ lần trước") // 66 provinces and the like, and five below Bac Ninh
	chair.Axe(t)
	chair.Go(fmt.Sprintf("%s/briefings/%d/agenda", s.url, next))
	chair.WaitText("aside", "chưa xong 4 kết luận lần trước")
}

// conclude has the secretary write the four conclusions beside the minutes.
func (m meeting) conclude(secretary *browser.Browser) {
	m.t.Helper()
	secretary.Go(m.address + "/minutes")
	secretary.Allow("422")
	secretary.Click(".concluding .btn.primary") // nothing filled in: said at the fields
	secretary.WaitText(".concluding", "Vui lòng nhập nội dung")
	for i, subject := range fourSubjects {
		secretary.Type(".concluding [name=title]", subject)
		secretary.Choose(".concluding [name=level]", "provincial")
		secretary.Type(".concluding [name=deadline]", "31/8/2020")
		secretary.Click(".concluding .btn.primary")
		secretary.WaitText("#conclusions .count", fmt.Sprint(i+1))
		secretary.WaitTrue("the page has come to rest at the conclusions", `document.readyState === "complete"`)
	}
	secretary.Axe(m.t)
}

// issueNotice has the office prepare the notice, the chair sign it and the clerk number
// and issue it; its .docx opens in LibreOffice.
func (m meeting) issueNotice(secretary, chair *browser.Browser) {
	m.t.Helper()
	secretary.Go(m.address + "/minutes")
	secretary.Click(`#conclusions a[href$="/notices/new"]`)
	secretary.Type(`form[action$="/notices"] [name=place]`, "Hà Nội") // not the minutes' own
	secretary.Click(`form[action$="/notices"] .btn.primary`)
	secretary.Click(`form[action$="/initial"] button`)
	secretary.WaitText(".timeline", "Ký nháy")
	notice := secretary.URL()
	chair.Go(notice)
	chair.Axe(m.t)
	chair.Choose("[name=authority]", "T/L BAN THƯỜNG VỤ")
	chair.Type(`form[action$="/sign"] input[name=password]`, simulate.Password)
	chair.Click(`form[action$="/sign"] button[name=act][value=sign]`)
	chair.WaitText(".timeline", "T/L BAN THƯỜNG VỤ")
	secretary.Go(notice)
	secretary.Click("#numbering .btn.primary")
	secretary.WaitText("h1", "01-TB/VPTW")
	secretary.Click("#issuing .btn.primary")
	secretary.WaitText(".head .under", "đã ban hành")
	said := poppler.Text(m.t, libreoffice.PDF(m.t, secretary.Download(`.head a[href$=".docx"]`)), "-layout")
	for _, want := range append(slices.Clone(fourSubjects), "ĐẢNG CỘNG SẢN VIỆT NAM", "THÔNG BÁO", "Số 01-TB/VPTW", "Hà Nội, ngày 10 tháng 7 năm 2020", "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "31/8/2020") {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), want) {
			m.t.Errorf("LibreOffice opens the notice without %q:\n%s", want, said)
		}
	}
}

// remaining are the committees under Bac Ninh that have not held their congress.
func (s served) remaining(t *testing.T) (units []tree.UnitID) {
	t.Helper()
	view, err := s.Boards.Read(1, s.unit(t, bacNinh), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range view.Rows {
		for i, column := range view.Columns {
			if column.Milestone == "congress-held" && column.Level == "above-grassroots" && row.Cells[i].Done < row.Cells[i].Total {
				units = append(units, row.Unit)
			}
		}
	}
	if len(units) != 5 {
		t.Fatalf("%d committees under Bac Ninh are left, want five", len(units))
	}
	return units
}

// handDown has Bac Ninh's office split its first task among units below, and gives the
// address of its share.
func (m meeting) handDown(site *browser.Browser, units []tree.UnitID) (share string) {
	m.t.Helper()
	site.Click("form[data-several] .what a")
	share = site.URL()
	site.Click(`a[href*="/tasks/new"]`)
	site.Click("[name=units][value=chosen]")
	for _, unit := range units {
		site.Click(fmt.Sprintf(`[name=unit][value="%d"]`, unit))
	}
	site.Click("#give .btn.primary[value=give]")
	site.WaitText("h1", fourSubjects[0])
	return share
}

// finish has a unit's office say that its share is done, with a picture of the record.
func (m meeting) finish(office *browser.Browser, unit tree.UnitID) {
	m.t.Helper()
	office.Go(fmt.Sprintf("%s/tasks?unit=%d", m.url, unit))
	office.Click("form[data-several] .what a")
	office.Click("#do [name=way][value=done]")
	office.Type("#do [name=text]", "Đã có kế hoạch đại hội, gửi kèm biên bản.")
	office.Upload("#do [name=file]", scanned(m.t, "bien-ban.png"))
	office.Click("#do .form-acts .btn")
	office.WaitText("[aria-labelledby=evidence]", "gửi kèm biên bản")
	office.WaitText(".facts a[href*='/files/']", "bien-ban.png")
}

// callNext calls the briefing after one, by the same host on the same directive.
func (s served) callNext(t *testing.T, b briefing.Briefing) int64 {
	t.Helper()
	chair, err := account.FindLogin(t.Context(), s.DB.Reader(), "trunguong")
	if err != nil {
		t.Fatal(err)
	}
	var next briefing.Briefing
	s.program(t, func(tx *ledger.Tx, actor access.Actor) (err error) {
		next, err = briefing.Call(t.Context(), tx, actor, briefing.CallCommand{
			Unit: b.Unit, Key: "next", Directive: b.Directive, Title: "Giao ban tuần sau", Begins: tx.Now().Add(7 * 24 * time.Hour), Minutes: 60,
			Chair: briefing.Person{ID: chair.ID, Name: chair.Name}, Sites: []tree.UnitID{s.unit(t, bacNinh), s.unit(t, haNoi)},
		})
		return err
	})
	return next.ID
}
