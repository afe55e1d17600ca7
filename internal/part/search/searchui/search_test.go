package searchui_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/search"
	"giaoban/internal/part/search/searchui"
)

func newSite(t *testing.T) *officetest.Site {
	t.Helper()
	texts, err := text.Load(text.Texts, web.Texts, access.Texts, account.Texts, profile.Texts, searchui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	w := officetest.New(t, filepath.Join(t.TempDir(), "giaoban.db"))
	w.Update(func(tx *ledger.Tx) error {
		_, err := difficulty.Raise(t.Context(), tx, w.People["officer PL"], difficulty.RaiseCommand{
			Unit: w.Units["PL"], Key: "one", Sort: difficulty.Obstacle, Kind: "personnel", Title: "Thiếu nguồn <cán bộ>", Obstacle: "Chưa bố trí được.",
		})
		return err
	})
	index := search.New(w.Ledger.DB().Engine(), w.Tree)
	w.OK(follow.Durable{Name: search.Follower, Ledger: w.Ledger, Begin: index.Begin, Apply: index.Apply}.CatchUp(t.Context()))
	return w.Serve(web.Config{Texts: texts, Search: searchui.Path}, func(f *web.Frame, _ *officetest.Site) { searchui.Add(f, index) })
}

func TestThePageFindsWithoutScriptAndMarksTheWords(t *testing.T) {
	s := newSite(t)
	page := s.Visit(t, "leader QV").Get("/search?q=thieu+nguon")
	page.Want(http.StatusOK, "Khó khăn, vướng mắc", "Thiếu nguồn <cán bộ>", "Đảng ủy xã Phù Lãng")
	for _, want := range []string{`<mark>Thiếu</mark> <mark>nguồn</mark> &lt;cán bộ&gt;`, `href="/difficulties/1"`, `value="thieu nguon"`} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	s.Visit(t, "leader DT").Get("/search?q=thieu+nguon").Want(http.StatusOK, "Không tìm thấy gì")
	s.Visit(t, "leader QV").Get("/search").Want(http.StatusOK, "Tìm kiếm")
	s.Visit(t, "leader QV").Get("/search?q=thieu&kind=nothing&lang=en").Want(http.StatusOK, "Difficulties")
}

func TestTheListAloneIsNoWholePage(t *testing.T) {
	s := newSite(t)
	list := s.Visit(t, "leader QV").Get("/search/found?q=ph%C3%B9")
	list.Want(http.StatusOK, "Đơn vị", "Đảng ủy xã Phù Lãng", "Huyện ủy Quế Võ · Tỉnh ủy Bắc Ninh")
	if strings.Contains(list.Body, "<html") || !strings.Contains(list.Body, `data-said="1 kết quả"`) {
		t.Errorf("the list is %s", list.Body)
	}
}

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", searchui.Texts, web.Texts)
}
