package app_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/code"
)

// What the chair of the morning's briefing concluded, in the words of the article.
var concluded = []string{"Giữ tiến độ đại hội cấp trên trực tiếp cơ sở", "Báo cáo khó khăn mỗi tuần"}

// After the briefing of the morning an editor makes the article of it and publishes. One
// reader comments by the picture code with script off, another by keys and by what a
// screen reader says, with the check that the browser does; the moderator sees both come
// in, shows one and cuts the other, and readers see them. On SQLite alone: what differs
// by engine is told on both in newsui.
func TestReadersCommentOnWhatADeskPublishes(t *testing.T) {
	s := serveDemo(t, "")
	address := s.reportTheMorning(t, s.person(t, "trunguong"))

	plain, heard := browser.New(t), browser.New(t)
	plain.NoScript()
	plain.Go(address)
	plain.WaitText("#opinions", "Chưa có ý kiến nào")
	moderator := s.person(t, "trunguong-cv")
	moderator.Go(s.url + "/opinions")
	moderator.WaitTrue("the desk hears of others", `document.querySelector(".live").dataset.live === "on"`)
	moderator.WaitTrue("one of the demonstration waits", `window.stayed = document.querySelectorAll("[data-opinion]").length === 1`)
	s.commentWithoutScript(t, plain)
	first := comesIn(moderator, "Minh An")
	commentByKeys(t, heard, s.url+"/news/")
	second := comesIn(moderator, "Bạn đọc ở Quế Võ")
	moderator.WaitTrue("it never left its page", `window.stayed`)
	moderator.Axe(t)

	moderator.Click(first + " .opinion-cut summary")
	moderator.Type(first+" [name=passage]", "từng huyện")
	moderator.Click(first + " [value=cut]")
	moderator.WaitText(first+" del", "từng huyện")
	moderator.WaitText(first, "phần gạch ngang")
	for _, opinion := range []string{first, second} {
		moderator.Wait(opinion)
		moderator.Wait("[data-opinion-keys]:not([hidden])") // they are heard
		moderator.Eval(fmt.Sprintf(`document.querySelector(%q).focus()`, opinion))
		moderator.Press("a")
		moderator.WaitGone(opinion)
	}
	plain.Go(address)
	plain.WaitText("#opinions", "Mong công bố tiến độ […].")
	plain.WaitText("#opinions", "lược bớt ở chỗ có dấu […]")
	plain.WaitText("#opinions", "Chúc mừng các đồng chí.")
	plain.Go(s.url + "/news/1")
	plain.WaitTrue("the picture of the demonstration is there", `document.querySelector(".prose-picture img").naturalWidth > 0`)
}

// reportTheMorning ends the briefing of the morning with what its chair concluded, has an
// editor make the article of it by one click and publish it, and gives its public address.
func (s served) reportTheMorning(t *testing.T, editor *browser.Browser) string {
	t.Helper()
	b := s.morning(t)
	s.lead(t, func(tx *ledger.Tx, chair access.Actor) error {
		m := conclusion.Meeting{ID: b.ID, Unit: b.Unit, Title: b.Title, Chair: b.Chair.Name}
		cmd := conclusion.ApproveCommand{Boards: s.Boards}
		for _, title := range concluded {
			c, err := conclusion.Write(t.Context(), tx, chair, m, conclusion.WriteCommand{
				Key: title, Title: title, Deadline: "2020-08-31", To: conclusion.Assignees{Way: conclusion.Named, Units: []tree.UnitID{s.unit(t, bacNinh)}},
			})
			if err != nil {
				return err
			}
			cmd.Drafts = append(cmd.Drafts, conclusion.Version{ID: c.ID, Revision: c.Revision})
		}
		if err := conclusion.Approve(t.Context(), tx, chair, m, cmd); err != nil {
			return err
		}
		_, err := briefing.End(t.Context(), tx, chair, b.ID)
		return err
	})
	editor.Go(fmt.Sprintf("%s/briefings/%d/minutes", s.url, b.ID))
	editor.Click(`.head a[href*="/desk/new"]`)
	lead := editor.Value("#article [name=lead]")
	for _, want := range []string{"10/7/2020", b.Chair.Name, "điểm cầu"} {
		if !strings.Contains(lead, want) {
			t.Errorf("the lead of the draft says %q, want %q in it", lead, want)
		}
	}
	for _, want := range append([]string{"17 giờ ngày 9/7/2020", "3.226/3.236 tổ chức cơ sở đảng", "417/1.297 đảng bộ cấp trên trực tiếp cơ sở"}, concluded...) {
		editor.WaitText(".prose-page", want)
	}
	editor.Click("#article .btn.primary")
	editor.Click("#publish .btn.primary")
	editor.Wait("#versions")
	editor.Click(`a[href^="/news/2"]`)
	editor.WaitText(".press-asof", "9/7/2020")
	for _, want := range concluded {
		editor.WaitText(".prose-body ol", want)
	}
	return editor.URL() + "?lang=vi"
}

// commentWithoutScript has a reader send a comment by the code in a picture, after asking
// for another one. What the picture shows is made from the installation's secret key: who
// has only the page cannot.
func (s served) commentWithoutScript(t *testing.T, plain *browser.Browser) {
	t.Helper()
	plain.Type("#opinion [name=name]", "Minh An")
	plain.Type("#opinion [name=text]", "Mong công bố tiến độ từng huyện.")
	plain.Click("#opinion .btn.primary")
	plain.WaitText("#opinion", "Nhập mã trong hình rồi gửi.")
	first := plain.Value("[name=token]")
	plain.Click(`#opinion [value="renew"]`)
	plain.WaitTrue("there is another code", fmt.Sprintf(`document.querySelector("#opinion [name=token]").value !== %q`, first))
	plain.WaitTrue("what was typed is kept", `document.querySelector("#opinion [name=text]").value.startsWith("Mong")`)
	plain.WaitTrue("the picture is there", `document.querySelector("[data-code] img").naturalWidth > 0`)
	secret, err := news.Secret(t.Context(), s.DB)
	if err != nil {
		t.Fatal(err)
	}
	shown, _, err := code.New(secret).Code(code.Token(plain.Value("[name=token]")), clock.Machine.Now())
	if err != nil {
		t.Fatal(err)
	}
	plain.Type("#opinion [name=code]", shown)
	plain.Click("#opinion .btn.primary")
	plain.WaitText("#send", "Ý kiến của bạn đã gửi")
}

// commentByKeys has a reader do all with Tab, Enter and letters, who knows of the page only
// what a screen reader says.
func commentByKeys(t *testing.T, heard *browser.Browser, front string) {
	t.Helper()
	const long = "Những điều này viết ra rồi bạn đọc muốn viết lại từ đầu."
	heard.Go(front + "?lang=vi")
	heard.Axe(t)
	heard.TabTo("link", "Trung ương giao ban trực tuyến với văn phòng cấp ủy các tỉnh, thành phố")
	heard.Press("\r")
	heard.Wait("#opinion")
	heard.Axe(t)
	heard.TabTo("textbox", "Ý kiến")
	heard.Press(long)
	heard.TabTo("button", "Nhập lại")
	heard.Press("\r")
	heard.TabTo("button", "Giữ lại") // it has the focus
	heard.Press("\r")
	heard.WaitTrue("what was typed is kept", `document.querySelector("#opinion [name=text]").value !== ""`)
	heard.TabTo("button", "Nhập lại")
	heard.Press("\r")
	heard.TabTo("button", "Giữ lại")
	heard.Do("go back to the button before", chromedp.KeyEvent("\t", chromedp.KeyModifiers(chromedp.ModifierShift)))
	heard.TabTo("button", "Xóa hết")
	heard.Press("\r")
	heard.WaitTrue("it is cleared", `document.querySelector("#opinion [name=text]").value === ""`)

	heard.TabTo("textbox", "Họ tên") // it has the focus
	heard.Press("Bạn đọc ở Quế Võ")
	heard.TabTo("textbox", "Ý kiến")
	heard.Press("Chúc mừng các đồng chí.")
	heard.TabTo("button", "Kiểm tra tự động")
	heard.Press(" ")
	heard.WaitText("[role=status]", "Đã kiểm tra tự động")
	heard.WaitTrue("sending has the focus", `document.activeElement.matches("#opinion .btn.primary")`)
	heard.TabTo("button", "Gửi ý kiến")
	heard.Press("\r")
	heard.WaitText("#send [role=status]", "Ý kiến của bạn đã gửi")
}

// comesIn waits until an opinion is in the queue, and gives its place there.
func comesIn(moderator *browser.Browser, name string) (place string) {
	moderator.WaitText("[data-opinion] h2", name)
	moderator.WaitText("[data-opinions-said]", "1") // others are told by ear
	return fmt.Sprint("#", moderator.Eval(fmt.Sprintf(`[...document.querySelectorAll("[data-opinion]")].find((one) => one.innerText.includes(%q)).id`, name)))
}
