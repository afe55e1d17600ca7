package folderui_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/difficulty/difficultyui"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/folder/folderui"
	"giaoban/internal/part/inbox/inboxui"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
	"giaoban/internal/part/report/reportui"
	"giaoban/internal/part/task"
	"giaoban/internal/part/task/taskui"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", folderui.Texts, folder.Texts, marking.Texts, access.Texts, web.Texts, text.Texts)
}

// site is the screens of folders over the small organisation, in which the district's
// leader has handed entering over to its officer; add puts others beside them.
func site(t *testing.T, database string, add ...func(*web.Frame, *officetest.Site, *file.Folder)) *officetest.Site {
	t.Helper()
	texts, err := text.Load(text.Texts, access.Texts, marking.Texts, profile.Texts, store.Texts, file.Texts, web.Texts, org.Texts, folder.Texts, folderui.Texts, inboxui.Texts, task.Texts, taskui.Texts, difficulty.Texts, difficultyui.Texts, directive.Texts, report.Texts, reportui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if missing := texts.Missing(); len(missing) > 0 {
			t.Errorf("texts that are missing or not filled: %v", missing)
		}
	})
	files, err := file.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := officetest.New(t, database)
	today := clock.DateOf(w.Clock.Now(), time.UTC)
	w.Update(func(tx *ledger.Tx) error {
		_, err := account.HandOver(t.Context(), tx, w.People["leader QV"], account.DelegateCommand{
			Unit: w.Units["QV"], Person: w.People["officer QV"].Person, Actions: []access.Action{access.FolderEnter},
			Form: account.ByOrder, Of: "bí thư", From: today, To: "2020-12-31", Today: today,
		})
		return err
	})
	w.OK(w.View(func(q store.Querier) error {
		actor, err := account.Actor(t.Context(), q, w.Tree, w.People["officer QV"].Person, today)
		w.People["officer QV"] = actor
		return err
	}))
	return w.Serve(web.Config{Texts: texts, Bundles: []web.Bundle{reportui.Bundle, taskui.Bundle}}, func(f *web.Frame, s *officetest.Site) {
		folderui.Add(f, folderui.Config{Folder: files, Tree: s.Tree, Address: "https://giaoban.example.vn"})
		inboxui.Add(f, nil, nil)
		for _, one := range add {
			one(f, s, files)
		}
	})
}

// raised is a difficulty of a commune before its district.
func raised(s *officetest.Site) (d difficulty.Difficulty) {
	s.Update(func(tx *ledger.Tx) (err error) {
		d, err = difficulty.Raise(s.Ctx(), tx, s.People["officer PL"], difficulty.RaiseCommand{
			Unit: s.Units["PL"], Key: "d", Sort: difficulty.Obstacle, Kind: "personnel", Title: "Thiếu nguồn cấp ủy nữ", Obstacle: "Chưa đủ 15 % nữ.",
		})
		return err
	})
	return d
}

var codes = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}`)

// returned is a slip as it is sent back: what was ticked and written, and its picture.
func returned(t *testing.T, form map[string][]string, name string, picture []byte) (body *bytes.Buffer, kind string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for field, values := range form {
		for _, value := range values {
			if err := w.WriteField(field, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(picture); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body, w.FormDataContentType()
}

func photograph(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 80))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// One click prints what waits; the slip comes back, is entered with its picture, and the
// leader is asked whether that is so.
func TestAFolderIsPrintedAndASlipComesBack(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		secretary := s.Visit(t, "officer QV")
		secretary.Get("/folders").Want(http.StatusOK, "Không có việc nào chờ quyết định trên giấy", "Chưa in tập trình nào")
		sent := s.Submitted("DT", officetest.Held, 0, officetest.Day("24/6/2020"))
		raised(s)
		list := secretary.Get("/folders")
		list.Want(http.StatusOK, "Thiếu nguồn cấp ủy nữ", "Đảng ủy xã Đức Long", "Chờ leader QV")
		form := list.Form("print")
		printed := secretary.Post(strings.ReplaceAll(action(t, list.Body, "print"), "&amp;", "&"), form)
		printed.Want(http.StatusOK, "Đã lập tập trình, 2 phiếu", "Chưa về", "đã về 0/2 phiếu")
		if to := printed.Header.Get("Refresh"); !strings.HasSuffix(to, "/paper") {
			t.Errorf("after one click the page goes on to %q, want the paper", to)
		}
		if again := secretary.Post(strings.ReplaceAll(action(t, list.Body, "print"), "&amp;", "&"), form); again.Path() != printed.Path() {
			t.Errorf("the same click again leads to %s, want %s", again.Path(), printed.Path())
		}
		paper := secretary.Get(strings.TrimSuffix(printed.Path(), "?print=1") + "/paper")
		paper.Want(http.StatusOK)
		words := poppler.Text(t, []byte(paper.Body))
		if pages := strings.Count(words, "\f"); pages != 3 {
			t.Errorf("%d pages, want a summary and two slips", pages)
		}
		all := codes.FindAllString(words, -1)
		if len(all) != 4 || all[0] != all[2] || all[1] != all[3] {
			t.Fatalf("codes on paper: %v, want two on the summary and each on its slip", all)
		}
		secretary.Get("/folders").Want(http.StatusOK, "phiếu "+all[0]+" đang ở lãnh đạo")

		secretary.Get("/slips?code=0000-0000").Want(http.StatusUnprocessableEntity, "Không có phiếu trình nào mang mã này")
		found := secretary.Get("/slips?code=" + strings.ToLower(strings.ReplaceAll(all[0], "-", "+")))
		found.Want(http.StatusOK, "Thiếu nguồn cấp ủy nữ", "Nhập ý kiến của leader QV")
		slip := found.Form("enter")
		slip["choice"], slip["note"] = []string{"answer"}, []string{"Bổ sung hai đồng chí nữ."}
		body, kind := returned(t, slip, "", nil)
		secretary.Send(found.Path(), body, kind).Want(http.StatusUnprocessableEntity, "Vui lòng chọn bản quét hoặc ảnh chụp", "Bổ sung hai đồng chí nữ.")
		body, kind = returned(t, slip, "phieu.png", []byte("%PDF-1.7\n%%EOF\n"))
		secretary.Send(found.Path(), body, kind).Want(http.StatusUnprocessableEntity, "Bổ sung hai đồng chí nữ.")
		body, kind = returned(t, slip, "phieu.png", photograph(t))
		entered := secretary.Send(found.Path(), body, kind)
		entered.Want(http.StatusOK, "Đã ghi nhận ý kiến của leader QV", "T/L BÍ THƯ, officer QV", "Trả lời, giải quyết xong", "phieu.png")
		if scan := secretary.Get(entered.Path() + "/scan"); scan.Body != string(photograph(t)) {
			t.Errorf("the picture comes back as %d bytes", len(scan.Body))
		}
		_, err := s.Accept("leader QV", sent.ID)
		s.OK(err)
		secretary.Get("/folders").Want(http.StatusOK, "đã về 1/2 phiếu, 1 phiếu hết hiệu lực")
		secretary.Get("/slips/"+all[1]).Want(http.StatusOK, "đã thay đổi hoặc đã được quyết định sau khi in phiếu")

		leader := s.Visit(t, "leader QV")
		work := leader.Get("/work")
		work.Want(http.StatusOK, "Đã nhập thay bạn từ phiếu trình", "Thiếu nguồn cấp ủy nữ", "T/L BÍ THƯ, officer QV nhập")
		if !strings.Contains(work.Body, `href="`+entered.Path()+`"`) {
			t.Errorf("my work does not lead to %s", entered.Path())
		}
		asked := leader.Get(entered.Path())
		asked.Want(http.StatusOK, "Việc đã nhập thay bạn")
		verdict := asked.Form("verdict-form")
		verdict.Set("verdict", "wrong")
		leader.Post(entered.Path()+"/verdict", verdict).Want(http.StatusUnprocessableEntity, "Vui lòng ghi điểm không đúng")
		verdict.Set("remark", "Tôi ghi ba đồng chí.")
		leader.Post(entered.Path()+"/verdict", verdict).Want(http.StatusOK, "Không đúng ý kiến của tôi", "Tôi ghi ba đồng chí.")
		if text := leader.Get("/work").Text(); strings.Contains(text, "Đã nhập thay bạn") {
			t.Error("the leader is asked again about what the leader has judged")
		}
		secretary.Get("/work").Want(http.StatusOK, "Lãnh đạo báo phiếu trình nhập sai", "Tôi ghi ba đồng chí.")
		secretary.Get(strings.TrimSuffix(printed.Path(), "?print=1")).Want(http.StatusOK, "Lãnh đạo báo nhập sai")
	})
}

// action is where a form is sent.
func action(t *testing.T, body, id string) string {
	t.Helper()
	found := regexp.MustCompile(`action="([^"]*)" id="` + id + `"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("the page has no form %q", id)
	}
	return found[1]
}

func TestOthersSeeNothingOfAFolder(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	raised(s)
	secretary := s.Visit(t, "officer QV")
	list := secretary.Get("/folders")
	printed := secretary.Post(strings.ReplaceAll(action(t, list.Body, "print"), "&amp;", "&"), list.Form("print"))
	path := strings.TrimSuffix(printed.Path(), "?print=1")
	code := codes.FindString(printed.Body)
	for _, who := range []string{"officer PL", "leader BN", "officer TS"} {
		v := s.Visit(t, who)
		for _, at := range []string{path, path + "/paper", "/slips/" + code, "/slips/" + code + "/scan"} {
			v.Get(at).Want(http.StatusNotFound)
		}
		v.Get("/slips?code="+code).Want(http.StatusUnprocessableEntity, "Phiếu này của đơn vị khác")
		v.Get(strings.ReplaceAll(action(t, list.Body, "print"), "&amp;", "&")).Want(http.StatusForbidden)
	}
	s.Person("clerk QV", "QV", access.Officer)
	s.Visit(t, "clerk QV").Get("/slips/"+code).Want(http.StatusOK, "Chỉ người được leader QV ủy quyền")
}
