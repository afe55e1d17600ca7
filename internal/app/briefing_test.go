package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/libreoffice"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// Three screens: the chair's, Bac Ninh's and the picture for the room. The floor is
// given, the speaker's board appears on all, a report accepted meanwhile moves it, the
// minutes are signed.
func TestABriefingIsHeldOnTheBoard(t *testing.T) {
	m := callMeeting(t, serveDemo(t, ""), false)
	chair, site := m.person(t, "trunguong"), m.person(t, "bacninh")
	m.answer(site, bacNinh)
	m.arrive(site, bacNinh)
	m.begin(chair)
	m.callRoll(chair, site, bacNinh)
	wall := chair.Tab()
	wall.Go(m.address + "/room?screen=1")

	m.askForTheFloor(site, chair)
	m.hasTheFloor(bacNinh, "6 / 11", chair, site, wall)
	m.acceptWaiting(t, "Huyện Thuận Thành")
	for _, screen := range []screen{chair, site, wall} {
		screen.WaitText(".panel-figures .since", "+1") // beside the closed figure
	}
	m.goLive(chair)
	m.hasTheFloor(bacNinh, "7 / 11", chair, site, wall)

	m.end(chair, site)
	m.signMinutes(chair, site)
	chair.Click(`form[action$="/minutes/issue"] button`)
	chair.WaitText(".proof p", "Số 01-BB")
	m.minutesSay(site, "Tỉnh Bắc Ninh", "Đã ký bằng mật khẩu", "Số 01-BB")
}

// The report that a briefing opens on says the closed figures, whatever was accepted
// since, and is for those who may read the host's board.
func TestAReportOfTheClosedFiguresIsPrinted(t *testing.T) {
	s := serveDemo(t, "")
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")
	before, err := s.Boards.Read(1, s.unit(t, "Tỉnh Bắc Ninh"), 0)
	if err != nil {
		t.Fatal(err)
	}
	s.acceptWaiting(t, "Huyện Thuận Thành")
	chair.Go(s.url + "/briefings/1")
	paper := poppler.Text(t, chair.Download(`a[href$="/review.pdf"]`), "-layout")
	flat := strings.Join(strings.Fields(paper), " ")
	for _, want := range []string{
		"BÁO CÁO", "tiến độ thực hiện 35-CT/TW", "số liệu chốt lúc 17 giờ 00 phút, ngày 09 tháng 7 năm 2020",
		"Tỉnh Bắc Ninh 664/664 (100 %) 6/11 (54,5 %)", "Đơn vị có báo cáo chậm",
	} {
		if !strings.Contains(flat, want) {
			t.Errorf("the report lacks %q:\n%s", want, paper)
		}
	}
	if said := poppler.Text(t, libreoffice.PDF(t, chair.Download(`a[href$="/review.docx"]`)), "-raw"); !strings.Contains(strings.Join(strings.Fields(said), " "), "6/11 (54,5 %)") {
		t.Errorf("LibreOffice opens another report:\n%s", said)
	}
	if now, err := s.Boards.Read(1, s.unit(t, "Tỉnh Bắc Ninh"), 0); err != nil || now.Position == before.Position {
		t.Errorf("nothing was accepted meanwhile: %v", err)
	}
	site.Go(s.url + "/briefings/1")
	if n := site.Count(`a[href$="/review.pdf"]`); n != 0 {
		t.Errorf("a site is offered the host's report %d times", n)
	}
	site.Allow("403")
	if got := site.Eval(`fetch("/briefings/1/review.pdf").then((r) => r.status)`); got != float64(http.StatusForbidden) {
		t.Errorf("a site that asks for the host's report is answered %v, want 403", got)
	}
}

// The stage that comes with a push takes nothing from whoever is at it: not the
// button that is being pressed, not the answer that is being written.
func TestTheStageKeepsWhatSomebodyIsAt(t *testing.T) {
	m := callMeeting(t, serveDemo(t, ""), false)
	chair, site := m.person(t, "trunguong"), m.person(t, "bacninh")
	chair.Go(m.address + "/room")
	chair.Wait(`[data-live=on]`)

	release := chair.Hold(`form[action$="/lead/begin"] button`)
	m.arrive(site, bacNinh)
	release()
	chair.Wait(`form[action$="/lead/mark-arrived"]`)

	ask := func(question string) {
		site.Click(`.own details summary`)
		site.Type(`.own textarea[name=question]`, question)
		site.Click(`.own form[action$="/ask"] button.primary`)
	}
	ask("Hạn nộp có lùi không?")
	chair.Type(`.questions input[name=answer]`, "Không lùi")
	ask("Dùng mẫu nào?")
	chair.WaitText(`.questions`, "Dùng mẫu nào?")
	chair.Press(" hạn nào.\r")
	site.WaitText(`.questions`, "Không lùi hạn nào.")
	chair.Go(m.address + "/record")
	chair.WaitText(".timeline", "Hạn nộp có lùi không?")
}

// A site whose line is cut comes back by itself to what happened meanwhile; a hand
// that is raised a hundred times is one hand; a colleague at the same site is no
// second site; who has no seat learns nothing.
func TestARoomBearsLostLinesAndImpatience(t *testing.T) {
	s := serveDemo(t, "")
	room := s.url + "/briefings/1/room"
	events := func(kind ledger.Kind) (n int) {
		t.Helper()
		err := s.DB.Reader().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM event WHERE kind = $1`, kind).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")
	site.Go(room)
	chair.Go(room)

	hands := events(briefing.HandRaised)
	sent := site.Eval(`Promise.all(Array.from({length: 100}, () => fetch(document.querySelector('.own form[action$="/hand"]').action, {
		method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams({topic: "Xin nói"}),
	}).then((r) => r.status))).then((all) => all.filter((status) => status !== 200 && status !== 429).length)`)
	if got := events(briefing.HandRaised) - hands; got != 1 || sent != float64(0) {
		t.Errorf("a hundred raised hands are %d events, %v of them answered neither well nor with patience", got, sent)
	}
	chair.WaitText(".queue", "Xin nói")

	site.Offline(true)
	site.WaitText("[data-told]:not([hidden])", "Mất kết nối")
	chair.Click("#act-item button")
	chair.WaitText(".video .tag", "Tỉnh Bắc Ninh")
	chair.WaitText("#act-item button", "Thành phố Hà Nội") // the button that was pressed says what it does next
	site.Offline(false)
	site.WaitText(".video .tag", "Tỉnh Bắc Ninh")
	site.WaitGone("[data-told]:not([hidden])")

	arrivals := events(briefing.SiteArrived)
	colleague := s.person(t, "bacninh-cv")
	colleague.Go(room)
	colleague.WaitText(".video .tag", "Tỉnh Bắc Ninh")
	colleague.Eval(fmt.Sprintf(`fetch("/briefings/1/site/%d/arrive", {method: "POST", headers: {Accept: "application/json"}}).then((r) => r.status)`, s.unit(t, "Tỉnh Bắc Ninh")))
	if got := events(briefing.SiteArrived) - arrivals; got != 0 {
		t.Errorf("a colleague at the same site is %d further arrivals", got)
	}

	stranger := s.person(t, "yenphong")
	stranger.Allow("404")
	for _, path := range []string{"", "/room", "/stage", "/panel", "/live", "/record", "/minutes", "/minutes.pdf", "/review.pdf", "/people/1"} {
		if got := stranger.Eval(`fetch("/briefings/1` + path + `").then((r) => r.status)`); got != float64(http.StatusNotFound) && got != float64(http.StatusForbidden) {
			t.Errorf("who has no seat is answered %v at %q, want a refusal", got, path)
		}
	}
}

// What is shown is for those who are there: who has not come in, or was sent out,
// reads another's board no more than before. And how the host prepares is its own.
func TestABriefingShowsNothingToWhoIsNotThere(t *testing.T) {
	o := newOffice(t, "")
	chair, site := o.as("bacninh"), o.as("thuanthanh")
	lead := access.Actor{Person: chair.person, Tree: o.Tree, Grants: []access.Grant{{Unit: o.home, Role: access.Leader}}}
	own := access.Actor{Person: site.person, Tree: o.Tree, Grants: []access.Grant{{Unit: o.thuanThanh, Role: access.Leader}}}
	var b briefing.Briefing
	o.update(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(t.Context(), tx, lead, briefing.CallCommand{
			Unit: o.home, Key: "there", Directive: centrally, Title: "Giao ban", Begins: tx.Now(), Minutes: 60,
			Chair: briefing.Person{ID: chair.person, Name: "Chánh Văn phòng"}, Sites: []tree.UnitID{o.thuanThanh, o.yenPhong},
		})
		if err != nil {
			return err
		}
		if _, err = briefing.Begin(t.Context(), tx, lead, b.ID); err != nil {
			return err
		}
		_, err = briefing.Show(t.Context(), tx, lead, briefing.ShowCommand{Briefing: b.ID, Shown: briefing.Shown{Unit: o.yenPhong}})
		return err
	})
	address := fmt.Sprintf("/briefings/%d", b.ID)
	panel := func(what string, want int) {
		t.Helper()
		if a := site.get(address + "/panel"); a.status != want {
			t.Errorf("%s: the board of another district answers %d, want %d", what, a.status, want)
		}
	}
	panel("before coming in", http.StatusForbidden)
	o.update(func(tx *ledger.Tx) error {
		_, err := briefing.Arrive(t.Context(), tx, own, b.ID, o.thuanThanh)
		return err
	})
	panel("in the room", http.StatusOK)
	o.update(func(tx *ledger.Tx) error {
		_, err := briefing.Remove(t.Context(), tx, lead, b.ID, o.thuanThanh)
		return err
	})
	panel("sent out", http.StatusForbidden)

	if a := site.post(address+"/change", url.Values{"minutes": {"không phải số"}}); a.status != http.StatusForbidden {
		t.Errorf("a site that changes the call with a wrong form is answered %d, want 403", a.status)
	}
}
