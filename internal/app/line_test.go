package app_test

import (
	"fmt"
	"net/http"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/org"
)

// line puts a unit into a line, under a head.
func (s served) line(t *testing.T, line, unit, head string) {
	t.Helper()
	_, err := s.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) error {
		_, err := org.SetLine(t.Context(), tx, access.Program(s.Tree), org.SetLineCommand{Unit: s.unit(t, unit), Line: line, Head: s.unit(t, head)})
		return err
	})
	if err != nil {
		t.Fatalf("putting %s into a line: %v", unit, err)
	}
}

func TestALineHasABoardOfItsOwnAndCountsNothingTwice(t *testing.T) {
	s := serveDemo(t, "")
	home := s.unit(t, "Tỉnh Bắc Ninh")
	board := fmt.Sprintf("%s/board/1/%d", s.url, home)
	b := s.person(t, "bacninh")
	b.Go(board)
	before := b.Texts("[data-show=total]")
	const other = "Khối các cơ quan Trung ương"
	s.line(t, "police", other, "Tỉnh Bắc Ninh")
	b.Go(board)
	for i, total := range b.Texts("[data-show=total]") {
		if i < len(before) && total != before[i] {
			t.Errorf("figure %d counts %s units, and counted %s before the line", i, total, before[i])
		}
	}
	b.Click(`a[href*="/lines/police"]`)
	b.WaitText("main h1", "hệ Công an")
	b.WaitText(".banner", "Mỗi đơn vị chỉ được tính một lần, ở đơn vị cấp trên trực tiếp")
	b.WaitText("tbody", other)
	b.WaitText("tbody", "Trung ương")
	if n := b.Count("tbody a"); n != 0 {
		t.Errorf("%d links lead to the board of a unit that is not the province's own", n)
	}
	for _, screen := range []browser.Screen{browser.Desk, browser.Phone} {
		b.Show(screen)
		b.Go(fmt.Sprintf("%s/lines/police", board))
		b.Axe(t)
	}
	stranger := s.person(t, "hanoi")
	for path, status := range map[string]int{
		fmt.Sprintf("/board/1/%d/lines/police", home):                        http.StatusForbidden,
		fmt.Sprintf("/board/1/%d/lines/navy", s.unit(t, "Thành phố Hà Nội")): http.StatusNotFound,
	} {
		stranger.Allow(fmt.Sprint(status))
		if got := stranger.Eval(fmt.Sprintf(`(async () => (await fetch(%q)).status)()`, path)); got != float64(status) {
			t.Errorf("%s: status %v, want %d", path, got, status)
		}
	}
}
