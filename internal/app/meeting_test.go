package app_test

import (
	"fmt"
	"net/http"
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

// The sites of the meeting.
const (
	bacNinh  = "Tỉnh Bắc Ninh"
	haNoi    = "Thành phố Hà Nội"
	yenPhong = "Huyện Yên Phong"
)

// meeting is the briefing of the morning in browsers: the centre in the chair, three
// sites, figures closed just before.
type meeting struct {
	served
	briefing.Briefing
	t       *testing.T
	address string
}

// screen is a browser, or a tab of one, on which a meeting is seen.
type screen interface{ WaitText(selector, want string) }

// callMeeting calls it, on the board alone or with picture and sound.
func callMeeting(t *testing.T, s served, pictures bool) meeting {
	t.Helper()
	m := meeting{served: s, Briefing: s.call(t, pictures, bacNinh, haNoi, yenPhong), t: t}
	m.address = fmt.Sprintf("%s/briefings/%d", s.url, m.ID)
	return m
}

// callBriefing is as callMeeting, on the board alone, with Bac Ninh and Ha Noi.
func (s served) callBriefing(t *testing.T) briefing.Briefing {
	t.Helper()
	return s.call(t, false, bacNinh, haNoi)
}

func (s served) call(t *testing.T, pictures bool, names ...string) (b briefing.Briefing) {
	t.Helper()
	root, _ := s.Tree.Root()
	chair, err := account.FindLogin(t.Context(), s.DB.Reader(), "trunguong")
	if err != nil {
		t.Fatal(err)
	}
	var sites []tree.UnitID
	for _, name := range names {
		sites = append(sites, s.unit(t, name))
	}
	_, err = s.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(t.Context(), tx, access.Program(s.Tree), briefing.CallCommand{
			Unit: root.ID, Key: "morning", Directive: 1, Title: "Giao ban trực tuyến", Begins: tx.Now().Add(30 * time.Minute), Minutes: 120,
			Cutoff: tx.Now().Add(-time.Minute), Chair: briefing.Person{ID: chair.ID, Name: chair.Name + ", Chánh Văn phòng Trung ương"},
			Sites: sites, Media: pictures,
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// at is a site's place in the strip.
func (m meeting) at(site string) string {
	m.t.Helper()
	return fmt.Sprintf(`[data-site="%d"]`, m.unit(m.t, site))
}

// answer has a site say that it comes.
func (m meeting) answer(b *browser.Browser, site string) {
	m.t.Helper()
	b.Go(m.address)
	b.Click(`input[name=answer][value=comes]`)
	b.Click(fmt.Sprintf(`form[action$="/answer/%d"] button.primary`, m.unit(m.t, site)))
	b.WaitText("header .chip.done", "đã trả lời")
}

// arrive has a site come into the room.
func (m meeting) arrive(b *browser.Browser, site string) {
	m.t.Helper()
	b.Go(m.address + "/room")
	b.Click(`.own form[action$="/arrive"] button`)
	b.Wait(m.at(site) + ":not(.off)")
}

// begin has the chair open the meeting.
func (m meeting) begin(chair *browser.Browser) {
	m.t.Helper()
	chair.Go(m.address + "/room")
	chair.Click(`form[action$="/lead/begin"] button`)
	chair.Wait(`form[action$="/lead/mark-arrived"]`)
}

// callRoll confirms all who came, which a site sees of itself.
func (m meeting) callRoll(chair, b *browser.Browser, site string) {
	m.t.Helper()
	chair.Click(`form[action$="/lead/mark-arrived"] button`)
	b.WaitText(m.at(site)+" small", "có mặt")
}

// askForTheFloor has a site raise its hand, and the chair give it the floor.
func (m meeting) askForTheFloor(b, chair *browser.Browser) {
	m.t.Helper()
	b.Click(`.own form[data-up] button`)
	chair.Click(`.queue form[action$="/lead/floor"] button`)
}

// hasTheFloor waits until all screens say who has the floor, beside its board with a figure.
func (m meeting) hasTheFloor(site, figure string, screens ...screen) {
	m.t.Helper()
	for _, s := range screens {
		s.WaitText(".video .tag", site)
		s.WaitText(".panel h2", site)
		s.WaitText(".panel-figures", figure)
	}
}

// goLive has the chair show live figures instead of closed ones.
func (m meeting) goLive(chair *browser.Browser) {
	m.t.Helper()
	chair.Click(`form[action$="/lead/show"] button[data-keys=f]`)
}

// end closes the meeting; the sites see it.
func (m meeting) end(chair *browser.Browser, sites ...*browser.Browser) {
	m.t.Helper()
	chair.Click(`.controls details:last-of-type summary.danger`)
	chair.Click(`form[action$="/lead/end"] button`)
	for _, b := range append(sites, chair) {
		b.Wait(`.head a[href$="/record"]`)
	}
}

const drawn = "Các văn phòng tiếp tục tham mưu thực hiện Chỉ thị 35."

// signMinutes has the chair write the minutes and sign them; nobody of a site reads
// them before.
func (m meeting) signMinutes(chair, site *browser.Browser) {
	m.t.Helper()
	chair.Go(m.address + "/minutes")
	chair.Type(`input[name=place]`, "Hà Nội")
	chair.Type(`textarea[name="section.0.text"]`, drawn)
	chair.Click(`button[name=act][value=save]`)
	chair.Wait(`form[action$="/minutes/sign"]`)
	if got := site.Eval(fmt.Sprintf(`fetch("/briefings/%d/minutes.docx").then((r) => r.status)`, m.ID)); got != float64(http.StatusNotFound) {
		m.t.Errorf("a site that asks for minutes nobody has signed is answered %v, want 404", got)
	}
	site.Allow("404")
	chair.Type(`form[action$="/minutes/sign"] input[name=password]`, simulate.Password)
	chair.Click(`form[action$="/minutes/sign"] button[name=act][value=sign]`)
	chair.Wait(".proof")
}

// minutesSay opens the signed minutes in LibreOffice, as a site downloads them.
func (m meeting) minutesSay(site *browser.Browser, wanted ...string) {
	m.t.Helper()
	site.Go(m.address + "/minutes")
	said := poppler.Text(m.t, libreoffice.PDF(m.t, site.Download(`.head a[href$="/minutes.docx"]`)), "-layout")
	for _, want := range append(wanted, "ĐẢNG CỘNG SẢN VIỆT NAM", "BIÊN BẢN", "Hà Nội, ngày 10 tháng 7 năm 2020", "tiếp tục tham mưu thực hiện Chỉ thị 35") {
		if !strings.Contains(said, want) {
			m.t.Errorf("LibreOffice opens the minutes without %q:\n%s", want, said)
		}
	}
}
