package app_test

import (
	"fmt"
	"testing"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/code"
)

// The desk of Bac Ninh publishes; one reader comments by the picture code with script
// off, another lets the browser do the check; the desk shows both, and readers see them.
func TestReadersCommentOnWhatADeskPublishes(t *testing.T) {
	s := serveDemo(t, "")
	desk := s.person(t, "bacninh")
	desk.Go(s.url + "/desk/new")
	desk.Type("[name=headline]", "Bắc Ninh xong đại hội cấp cơ sở")
	desk.Click(".prose-page")
	desk.Press("100 % tổ chức đảng cấp cơ sở đã xong đại hội.")
	desk.Click("#article .btn.primary")
	desk.Click("#publish .btn.primary")
	desk.Wait("#versions")

	plain := browser.New(t)
	plain.NoScript()
	plain.Go(s.url + "/news/?lang=vi")
	plain.Click(".press.first h2 a")
	plain.Type("#opinion [name=name]", "Minh An")
	plain.Type("#opinion [name=text]", "Mong công bố tiến độ từng huyện.")
	plain.Click("#opinion .btn.primary")
	plain.WaitText("#opinion", "Nhập mã trong hình rồi gửi.")
	first := plain.Value("[name=token]")
	plain.Click(`#opinion [value="renew"]`)
	plain.WaitTrue("there is another code", fmt.Sprintf(`document.querySelector("#opinion [name=token]").value !== %q`, first))
	plain.WaitTrue("what was typed is kept", `document.querySelector("#opinion [name=text]").value.startsWith("Mong")`)
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

	other := browser.New(t)
	other.Go(s.url + "/news/?lang=vi")
	other.Axe(t)
	other.Click(".press.first h2 a")
	other.Wait("#opinion")
	other.Axe(t)
	other.Type("#opinion [name=text]", "Những điều này viết ra rồi bạn đọc muốn viết lại từ đầu.")
	other.Click("[data-clear]")
	other.Wait("[data-clear-ask]:not([hidden])")
	other.Click("[data-clear-not]")
	other.WaitTrue("what was typed is kept", `document.querySelector("#opinion [name=text]").value !== ""`)
	other.Click("[data-clear]")
	other.Click("[data-clear-do]")
	other.WaitTrue("it is cleared", `document.querySelector("#opinion [name=text]").value === ""`)
	other.Type("#opinion [name=name]", "Bạn đọc ở Quế Võ")
	other.Type("#opinion [name=text]", "Chúc mừng các đồng chí.")
	other.Click("[data-work-begin]")
	other.WaitText("[data-work-said]", "Đã kiểm tra tự động")

	desk.Go(s.url + "/opinions")
	desk.WaitTrue("one waits", `document.querySelectorAll("[data-opinion]").length === 1`)
	desk.WaitTrue("the desk hears of others", `document.querySelector(".live").dataset.live === "on"`)
	other.Click("#opinion .btn.primary")
	other.WaitText("#send", "Ý kiến của bạn đã gửi")
	desk.WaitTrue("the other comes in", `document.querySelectorAll("[data-opinion]").length === 2`)
	desk.WaitTrue("and is told", `document.querySelector("[data-opinions-said]").textContent.includes("1")`)
	desk.Axe(t)
	desk.Click("[data-opinion] .opinion-cut summary")
	desk.Type("[data-opinion] [name=passage]", "từng huyện")
	desk.Click("[data-opinion] [value=cut]")
	desk.WaitText("[data-opinion]", "phần gạch ngang")
	for left := 2; left > 0; left-- {
		desk.WaitTrue("the opinions wait", fmt.Sprintf(`document.querySelectorAll("[data-opinion]").length === %d`, left))
		desk.Wait("[data-opinion-keys]:not([hidden])") // they are heard
		desk.Eval(`document.querySelector("[data-opinion]").focus()`)
		desk.Press("a")
	}
	desk.WaitText("main", "Không có ý kiến nào ở đây")
	plain.Go(s.url + "/news/2")
	plain.WaitText("#opinions", "Mong công bố tiến độ […].")
	plain.WaitText("#opinions", "Chúc mừng các đồng chí.")
	plain.Go(s.url + "/news/1")
	plain.WaitTrue("the picture of the demonstration is there", `document.querySelector(".prose-picture img").naturalWidth > 0`)
}
