package newsui_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"giaoban/internal/base/testing/browser"
)

func TestTheFrameOfACutIsMovedByKeysAndHeldToProportions(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer := s.Visit(t, "officer BN")
	form := officer.Get("/desk/new").Form("article")
	form.Set("headline", "Giao ban")
	page := officer.Post("/desk/new", form)
	page = send(t, officer, "/desk/1/pictures", page.Form("add-picture"), "picture", "anh.png", grey(t, 900, 900))
	page.Want(http.StatusOK, "Thiếu mô tả")
	path := regexp.MustCompile(`/desk/1/pictures/[0-9a-f-]+`).FindString(page.Body)

	b := browser.New(t)
	b.Go(s.Enter(t, "officer BN", path))
	b.Wait(".cutting-frame")
	b.Axe(t)
	b.Choose("#cut-shape", "3-2")
	wantCut(t, b, "0,0 0,0 100,0 66,7")
	b.Eval(`document.querySelector(".cutting-frame").focus()`)
	for range 2 {
		b.Press(kb.ArrowDown)
	}
	b.Press(kb.ArrowRight) // there is no room
	wantCut(t, b, "0,0 2,0 100,0 66,7")
	b.Type("#cut-alt", "Hội trường")
	b.Click("#cut .btn.primary")
	b.WaitText("main", "Hội trường")
	if page := officer.Get("/desk/1"); strings.Contains(page.Text(), "Thiếu mô tả") {
		t.Errorf("after it was described:\n%s", page.Text())
	}
	b.Click(".items .what a")
	b.Wait(".cutting-frame")
	wantCut(t, b, "0 2 100 66,7")
}

// wantCut compares the numbers of the form: from the left, from above, width and height.
func wantCut(t *testing.T, b *browser.Browser, want string) {
	t.Helper()
	got := b.Eval(`["left", "top", "width", "height"].map((side) => document.getElementById("cut-" + side).value).join(" ")`)
	if got != want {
		t.Errorf("the cut is %v, want %s", got, want)
	}
}
