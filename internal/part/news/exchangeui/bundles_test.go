package exchangeui_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/exchange"
	"giaoban/internal/part/news/exchangeui"
	"giaoban/internal/part/news/prose"
)

func TestEveryTextIsUsed(t *testing.T) { texttest.Check(t, ".", exchangeui.Texts) }

// installation is one of two with an administrator.
type installation struct {
	*officetest.Site
	t   *testing.T
	key ledger.Key
}

func install(t *testing.T, url string) installation {
	t.Helper()
	texts, err := text.Load(text.Texts, access.Texts, store.Texts, file.Texts, web.Texts, news.Texts, prose.Texts, exchange.Texts, exchangeui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ledger.LoadKey(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	folder, err := file.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := officetest.New(t, url)
	w.Person("admin", "TW", access.SystemAdmin)
	signable := func(context.Context) error { return nil }
	s := w.Serve(web.Config{Texts: texts}, func(f *web.Frame, _ *officetest.Site) {
		exchangeui.Add(f, exchangeui.Config{Folder: folder, Key: key, Signable: signable})
	})
	return installation{s, t, key}
}

// saves gives the bundle that somebody saves.
func (i installation) saves(who string) []byte {
	i.t.Helper()
	page := i.Visit(i.t, who).Get("/settings/bundles/bundle.tar")
	page.Want(http.StatusOK)
	return []byte(page.Body)
}

// brings sends a bundle by the page's form.
func (i installation) brings(who string, bundle []byte, key string) officetest.Page {
	i.t.Helper()
	visitor := i.Visit(i.t, who)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	i.OK(form.WriteField("key", key))
	if bundle != nil {
		part, err := form.CreateFormFile("file", "giaoban.tar")
		i.OK(err)
		_, err = part.Write(bundle)
		i.OK(err)
	}
	i.OK(form.Close())
	return visitor.Send("/settings/bundles", &body, form.FormDataContentType())
}

// begins takes the first bundle of news, as the command does that makes an installation
// the public one.
func (i installation) begins(bundle []byte, key string) {
	i.t.Helper()
	q := i.Ledger.DB().Reader()
	from, verifier, err := exchange.From(i.Ctx(), q, news.Inside, key, i.key.Public)
	i.OK(err)
	read, err := exchange.Read(bytes.NewReader(bundle), int64(len(bundle)), verifier)
	i.OK(err)
	i.Update(func(tx *ledger.Tx) error {
		_, err := exchange.TakeNews(i.Ctx(), tx, access.CommandLine(i.Tree), exchange.TakeCommand{Bundle: read, From: from})
		return err
	})
}

// publishes has the desk of Bac Ninh publish an article.
func (i installation) publishes(headline string) {
	i.t.Helper()
	i.Update(func(tx *ledger.Tx) error {
		leader := i.People["leader BN"]
		text := news.Text{Headline: headline, Lead: "Sáng 10/7.", Body: "Hội nghị giao ban."}
		a, err := news.Begin(i.Ctx(), tx, leader, news.BeginCommand{Key: headline, Unit: i.Units["BN"], Text: text})
		if err == nil {
			_, err = news.Publish(i.Ctx(), tx, leader, news.PublishCommand{Article: a.ID, Revision: a.Revision})
		}
		return err
	})
}

func TestWhoRunsTheSystemCarriesNewsOutAndCommentsIn(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		inside, public := install(t, url), install(t, filepath.Join(t.TempDir(), "public.db"))
		inside.publishes("Giao ban trực tuyến")
		inside.Visit(t, "admin").Get("/settings/bundles").Want(http.StatusOK, "Chưa nhận gói nào.", inside.key.Public)

		bundle := inside.saves("admin")
		public.begins(bundle, inside.key.Public)
		public.brings("admin", bundle, "").Want(http.StatusOK, "đã được nhận từ trước", "Khóa đang dùng")
		inside.publishes("Đại hội điểm")
		public.brings("admin", inside.saves("admin"), "").Want(http.StatusOK, "đổi 1 bài")
		shown, err := news.Read(public.Ctx(), public.Ledger.DB().Reader(), 2)
		public.OK(err)
		if shown.Text.Headline != "Đại hội điểm" {
			t.Errorf("the public reads %q", shown.Text.Headline)
		}

		public.Update(func(tx *ledger.Tx) error {
			_, err := news.Send(public.Ctx(), tx, news.SendCommand{Article: 1, Check: "một", Name: "Minh An", Text: "Mong công bố tiến độ."})
			return err
		})
		comments := public.saves("admin")
		inside.brings("admin", comments, public.key.Public).Want(http.StatusOK, "1 ý kiến mới")
		waiting, err := news.Queue(inside.Ctx(), inside.Ledger.DB().Reader(), inside.Units["BN"], news.Waiting)
		inside.OK(err)
		if len(waiting) != 1 || waiting[0].Name != "Minh An" {
			t.Errorf("at the desk wait %v", waiting)
		}
	})
}

func TestABundleThatIsRefusedIsRefusedInWordsAtItsField(t *testing.T) {
	inside, public := install(t, filepath.Join(t.TempDir(), "inside.db")), install(t, filepath.Join(t.TempDir(), "public.db"))
	inside.publishes("Giao ban trực tuyến")
	bundle := inside.saves("admin")
	changed := bytes.Replace(bundle, []byte("Giao ban"), []byte("Giao bAn"), 1)
	if bytes.Equal(changed, bundle) {
		t.Fatal("nothing was changed")
	}
	inside.brings("admin", nil, public.key.Public).Want(http.StatusUnprocessableEntity, "Vui lòng chọn tệp của gói.")
	inside.brings("admin", bundle, "").Want(http.StatusUnprocessableEntity, "Chưa biết khóa của bên kia.")
	page := inside.brings("admin", bundle, "chẳng phải khóa")
	page.Want(http.StatusUnprocessableEntity, "Đây không phải là khóa.")
	if kept := page.Form("bundle").Get("key"); kept != "chẳng phải khóa" {
		t.Errorf("kept %q, want what was typed", kept)
	}
	inside.brings("admin", bundle, inside.key.Public).Want(http.StatusUnprocessableEntity, "khóa của chính hệ thống này")
	inside.brings("admin", []byte("không phải gói"), public.key.Public).Want(http.StatusUnprocessableEntity, "không phải gói tin của giaoban")
	inside.brings("admin", bundle, public.key.Public).Want(http.StatusUnprocessableEntity, "ký bằng khóa khác")
	inside.brings("admin", changed, public.key.Public).Want(http.StatusUnprocessableEntity)
	if side, err := news.SideOf(inside.Ctx(), inside.Ledger.DB().Reader(), news.Outside); err != nil || side.Key != "" {
		t.Errorf("what was refused is kept: %v, %v", side, err)
	}
}

// Nobody carries bundles but who runs the system.
func TestNobodyElseSavesOrBringsABundle(t *testing.T) {
	s := install(t, filepath.Join(t.TempDir(), "giaoban.db"))
	for _, who := range []string{"leader TW", "officer BN", "leader BN"} {
		visitor := s.Visit(t, who)
		visitor.Get("/settings/bundles").Want(http.StatusForbidden)
		if page := visitor.Get("/settings/bundles/bundle.tar"); page.StatusCode != http.StatusForbidden || strings.Contains(page.Body, "manifest") {
			t.Errorf("%s saves a bundle: %s", who, page.Status)
		}
		s.brings(who, []byte("gói"), s.key.Public).Want(http.StatusForbidden)
	}
}
