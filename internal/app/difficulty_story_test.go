package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/tree"
)

func TestADifficultyGoesUpBySilenceIsAnsweredAndLeavesTheBoard(t *testing.T) {
	enginetest.Each(t, tellOfADifficulty)
}

func tellOfADifficulty(t *testing.T, url string) {
	// Friday 10 July 2020: five working days later it is the 17th.
	business := clock.NewManual(time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC))
	s := serveDemoAt(t, url, business)
	district, province := s.unit(t, "Huyện Yên Phong"), s.unit(t, "Tỉnh Bắc Ninh")
	commune := s.Tree.Children(district)[0]
	below := s.worker(t, "xa.canbo", commune.ID)
	// Two committees of the province have said already what is in their way.
	board := fmt.Sprintf("%s/board/1/%d?milestone=congress-held", s.url, province)

	below.Go(fmt.Sprintf("%s/difficulties/new?unit=%d", s.url, commune.ID))
	below.Allow("422")
	below.Click("#raise .btn.primary") // nothing filled in: said at the fields
	below.WaitText("#raise", "Vui lòng nhập nội dung")
	below.Type("[name=title]", "Thiếu nguồn cấp ủy nữ")
	below.Type("[name=obstacle]", "Danh sách dự kiến chưa đủ 15 % nữ.")
	below.Choose("[name=kind]", "personnel")
	below.Choose("[name=step]", "1/congress-held")
	below.Upload("[name=file]", scanned(t, "danh-sach.png"), scanned(t, "bien-ban.png"))
	below.Click("#raise .btn.primary")
	below.WaitText("h1", "Thiếu nguồn cấp ủy nữ")
	below.WaitText(".head .under", "Chờ Huyện Yên Phong đến hết 17/7")
	if names := below.Texts(".facts a[href*='/files/']"); !slices.Equal(names, []string{"danh-sach.png", "bien-ban.png"}) {
		t.Errorf("the files that came with it are %q", names)
	}
	address := below.URL()

	s.silent(t, business, 8) // the district says nothing
	s.silent(t, business, 8) // and nor does the province
	centre := s.person(t, "trunguong-cv")
	centre.Go(board)
	centre.WaitText(".banner", "3 khó khăn, vướng mắc đang làm chậm nội dung này")
	centre.WaitText(fmt.Sprintf(`tr[data-row="%d"] th`, district), "2 vướng mắc")
	centre.Go(s.url + "/work")
	centre.WaitText("#part-do-today", "Thiếu nguồn cấp ủy nữ")
	centre.Go(address)
	centre.WaitText(".timeline", "Huyện Yên Phong chưa trả lời đúng hạn: tự chuyển lên Tỉnh Bắc Ninh")
	centre.WaitText(".timeline", "Tỉnh Bắc Ninh chưa trả lời đúng hạn: tự chuyển lên Trung ương")
	centre.Click("[name=way][value=answered]")
	centre.Type("#answer [name=text]", "Được bổ sung nguồn từ cơ sở.")
	centre.Click("#answer .btn.primary")
	centre.WaitText(".head .under", "Đã trả lời, chờ xác nhận")

	below.Go(s.url + "/work")
	below.WaitText("#answered", "Thiếu nguồn cấp ủy nữ")
	below.Go(address)
	below.Axe(t)
	below.WaitText(".timeline", "Được bổ sung nguồn từ cơ sở.")
	centre.Go(board)
	centre.WaitText("[data-obstacles=all]", "3 khó khăn, vướng mắc")
	below.Click(`form[action$="/confirm"] .btn`)
	below.WaitText(".head .under", "Đã giải quyết ngày")

	centre.WaitText("[data-obstacles=all]", "2 khó khăn, vướng mắc") // without a reload
	centre.WaitText(fmt.Sprintf(`[data-obstacles="%d"]`, district), "1 vướng mắc")
	centre.Go(fmt.Sprintf("%s&at=20/7/2020%%2012:00", board))
	centre.WaitText(".banner:not(.past)", "3 khó khăn, vướng mắc") // as it was then
}

// scanned is a file as telephones make them.
func scanned(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// silent lets days go by in which nobody answers.
func (s served) silent(t *testing.T, business *clock.Manual, days int) {
	t.Helper()
	business.Set(business.Now().AddDate(0, 0, days))
	if err := s.Escalate(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// worker is an officer of a unit at a browser.
func (s served) worker(t *testing.T, login string, unit tree.UnitID) *browser.Browser {
	t.Helper()
	password, err := hashed()
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Ledger.Update(t.Context(), "test", func(tx *ledger.Tx) error {
		_, err := account.CreatePerson(t.Context(), tx, access.Program(s.Tree), account.CreateCommand{
			Name: "Cán bộ " + login, Login: login, Password: password, Grants: []access.Grant{{Unit: unit, Role: access.Officer}},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.person(t, login)
}
