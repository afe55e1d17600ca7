package newsui_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
)

// wrote sends an opinion with an address, as a reader without script does.
func wrote(t *testing.T, s *officetest.Site) {
	t.Helper()
	guest := s.Guest(t)
	form := guest.Get("/news/1").Form("opinion")
	form.Set("name", "Minh An")
	form.Set("text", "Mong công bố tiến độ từng huyện.")
	form.Set("tell", "yes")
	form = guest.Post("/news/1/opinions", form).Form("opinion")
	form.Set("code", typed(t, form))
	page := guest.Post("/news/1/opinions", form)
	page.Want(http.StatusUnprocessableEntity, "Muốn được báo, vui lòng ghi địa chỉ thư điện tử.")
	form = page.Form("opinion")
	if form.Get("tell") != "yes" {
		t.Error("the tick is not kept")
	}
	form.Set("email", "an@example.vn")
	form.Set("code", typed(t, form))
	guest.Post("/news/1/opinions", form).Want(http.StatusOK, "Ý kiến của bạn đã gửi tới ban biên tập")
	s.Update(func(tx *ledger.Tx) error {
		_, err := news.Decide(s.Ctx(), tx, s.People["officer BN"], news.DecideCommand{Comment: 1, To: news.Shown})
		return err
	})
	guest.Get("/news/1").Want(http.StatusOK, "Mong công bố tiến độ từng huyện.")
}

func TestAReaderConfirmsTakesBackAndErasesByTheLinksOfLetters(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		published(s)
		wrote(t, s)
		guest, now := s.Guest(t), s.Clock.Now()
		path := "/news/letters/confirm/" + links.Make(news.ToConfirm, 1, now)
		page := guest.Get(path)
		page.Want(http.StatusOK, "Xác nhận rằng địa chỉ nhận được thư này là của bạn")
		guest.Post(path, page.Form("letters")).Want(http.StatusOK, "Đã xác nhận.")

		path = "/news/letters/mine/" + links.Make(news.ToCollect, 1, now)
		page = guest.Get(path)
		page.Want(http.StatusOK, "an@example.vn", "Mong công bố tiến độ từng huyện.", "đã hiện")
		if kept := page.Header.Get("Cache-Control"); !strings.Contains(kept, "no-store") {
			t.Errorf("a reader's own page may be kept: %q", kept)
		}
		if text := guest.Get(path + "/comments.txt"); !strings.Contains(text.Body, "Mong công bố tiến độ từng huyện.") || !strings.HasPrefix(text.Header.Get("Content-Type"), "text/plain") {
			t.Errorf("the text is %s:\n%s", text.Header.Get("Content-Type"), text.Body)
		}
		var copied struct {
			Address  string
			Comments []struct{ Text, State, Email string }
		}
		if err := json.Unmarshal([]byte(guest.Get(path+"/comments.json").Body), &copied); err != nil || copied.Address != "an@example.vn" || len(copied.Comments) != 1 || copied.Comments[0].State != "shown" {
			t.Errorf("the copy for programs is %+v (%v)", copied, err)
		}
		guest.Get(path + "/comments.exe").Want(http.StatusNotFound)

		back := "/news/letters/take-back/" + links.Make(news.ToTakeBack, 1, now)
		guest.Post(back, guest.Get(back).Form("letters")).Want(http.StatusOK, "Ý kiến đã được rút.")
		guest.Get("/news/1").Want(http.StatusOK, "Chưa có ý kiến nào.")

		form := page.Form("letters")
		guest.Post(path, form).Want(http.StatusUnprocessableEntity, "Vui lòng đánh dấu ô này để xóa.")
		form.Set("sure", "yes")
		guest.Post(path, form).Want(http.StatusOK, "và địa chỉ đã được xóa.")
		for _, gone := range []string{path, path + "/comments.txt", "/news/letters/confirm/" + links.Make(news.ToConfirm, 1, now)} {
			guest.Get(gone).Want(http.StatusNotFound, "Liên kết này không đúng hoặc đã hết hạn.")
		}
	})
}

// Nobody is promised a letter that cannot be sent.
func TestWithoutAMailServerNoLetterIsPromised(t *testing.T) {
	s := siteThat(t, filepath.Join(t.TempDir(), "giaoban.db"), false)
	published(s)
	guest := s.Guest(t)
	if page := guest.Get("/news/1"); strings.Contains(page.Body, "/news/letters") || strings.Contains(page.Body, `name="tell"`) {
		t.Error("an article offers letters")
	}
	guest.Get("/news/letters").Want(http.StatusNotFound, "Trang này không gửi thư điện tử.")
	guest.Post("/news/letters", url.Values{"email": {"an@example.vn"}}).Want(http.StatusNotFound, "Trang này không gửi thư điện tử.")
}

func TestALinkForOnePurposeOpensNoOtherPage(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	published(s)
	wrote(t, s)
	guest, now := s.Guest(t), s.Clock.Now()
	for _, purpose := range []news.Purpose{news.ToConfirm, news.ToTakeBack, news.ToCollect} {
		for _, page := range []string{"confirm", "take-back", "mine"} {
			if page == string(purpose) {
				continue
			}
			path := "/news/letters/" + page + "/" + links.Make(purpose, 1, now)
			guest.Get(path).Want(http.StatusNotFound)
			guest.Post(path, url.Values{"sure": {"yes"}}).Want(http.StatusNotFound)
		}
		late := "/news/letters/" + string(purpose) + "/" + links.Make(purpose, 1, now.Add(-purpose.For()))
		guest.Get(late).Want(http.StatusNotFound, "đã hết hạn")
	}
	guest.Get("/news/1").Want(http.StatusOK, "Mong công bố tiến độ từng huyện.")
}

func TestNobodyLearnsWhetherAnAddressWrote(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	published(s)
	wrote(t, s)
	guest := s.Guest(t)
	said := map[string]string{}
	for _, address := range []string{"an@example.vn", "nobody@example.vn"} {
		form := guest.Get("/news/letters").Form("letters")
		form.Set("email", address)
		form.Set("code", "không đúng")
		page := guest.Post("/news/letters", form)
		page.Want(http.StatusUnprocessableEntity, "Mã không đúng.")
		form = page.Form("letters")
		if form.Get("email") != address {
			t.Errorf("kept %q, want what was typed", form.Get("email"))
		}
		form.Set("code", typed(t, form))
		page = guest.Post("/news/letters", form)
		page.Want(http.StatusOK, "Nếu đã có ý kiến gửi bằng địa chỉ này")
		said[address] = page.Text()
		guest.Post("/news/letters", form).Want(http.StatusUnprocessableEntity) // a code works once
	}
	if said["an@example.vn"] != said["nobody@example.vn"] {
		t.Errorf("an address that wrote hears:\n%s\nothers hear:\n%s", said["an@example.vn"], said["nobody@example.vn"])
	}
}
