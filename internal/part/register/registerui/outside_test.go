package registerui_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// drafted is a paper of Bac Ninh that nobody has signed.
func drafted(s *signing, key string) (p register.Paper) {
	s.Update(func(tx *ledger.Tx) (err error) {
		p, err = register.Draft(s.Ctx(), tx, s.People["officer BN"], register.DraftCommand{
			Key: key, Unit: s.Units["BN"], Kind: "notice", Subject: "notice:7", Title: "kết luận giao ban tháng 7",
		})
		return err
	})
	return p
}

// upload is a form with a file, as a browser sends it.
func upload(t *testing.T, v *officetest.Visitor, path string, form url.Values, name string, content []byte) officetest.Page {
	t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for field, values := range form {
		if field == "file" {
			continue
		}
		for _, value := range values {
			if err := parts.WriteField(field, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if name != "" {
		part, err := parts.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	return v.Send(path, &body, parts.FormDataContentType())
}

func photograph(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 56))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var codes = regexp.MustCompile(`[0-9A-Z]{4}(-[0-9A-Z]{4}){3}`)

// givenOut makes a copy of a paper on its page, and gives its code and the page.
func givenOut(t *testing.T, v *officetest.Visitor, id int64) (string, officetest.Page) {
	t.Helper()
	form := v.Get(path(id)).Form("copy")
	page := v.Get(path(id))
	key := regexp.MustCompile(`<option value="(own/\d+)"`).FindStringSubmatch(page.Body)
	if key == nil {
		t.Fatalf("the page offers nobody to sign:\n%s", page.Text())
	}
	form.Set("signatory", key[1])
	page = v.Post(path(id)+"/copies", form)
	page.Want(http.StatusOK, "Đã tạo bản trình ký", "Đang trình ký")
	code := codes.FindString(page.Text())
	if code == "" {
		t.Fatalf("the page names no copy:\n%s", page.Text())
	}
	return code, page
}

func TestAClerkPrintsACopyAndEntersItsScan(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		v := s.Visit(t, "officer BN")
		id := drafted(s, "paper").ID
		form := v.Get(path(id)).Form("copy")
		form.Set("signatory", "own/0")
		v.Post(path(id)+"/copies", form).Want(http.StatusUnprocessableEntity, "Vui lòng chọn người ký.")
		code, _ := givenOut(t, v, id)

		words := printed(t, v.Get(path(id)+"/copies/"+code).Body)
		for _, want := range []string{"Số ……-TB", "Bắc Ninh, ngày ....... tháng", "leader BN", "Mã bản ký " + code} {
			if !strings.Contains(words, want) {
				t.Errorf("the copy does not say %q:\n%s", want, words)
			}
		}
		if strings.Contains(words, "DỰ THẢO") {
			t.Errorf("the copy to be signed says that it is a draft:\n%s", words)
		}

		form = v.Get(path(id) + "?code=" + code).Form("scan")
		if form.Get("code") != code {
			t.Errorf("the address of the scanned code fills in %q, want %s", form.Get("code"), code)
		}
		upload(t, v, path(id)+"/scan", form, "", nil).Want(http.StatusUnprocessableEntity, "Vui lòng chọn tệp.")
		upload(t, v, path(id)+"/scan", form, "a.pdf", []byte("không phải PDF")).Want(http.StatusUnprocessableEntity, "Nội dung không phải là tệp .pdf hợp lệ")
		form.Set("code", "0000-0000-0000-0000")
		page := upload(t, v, path(id)+"/scan", form, "a.png", photograph(t))
		page.Want(http.StatusUnprocessableEntity, "Không có bản trình ký nào mang mã này")
		if typed := page.Form("scan").Get("code"); typed != "0000-0000-0000-0000" {
			t.Errorf("kept the code %q, want what was typed", typed)
		}
		form.Set("code", strings.ToLower(code))
		upload(t, v, path(id)+"/scan", form, "Bản ký.png", photograph(t)).
			Want(http.StatusOK, "Đã ghi nhận bản ký.", "Đã ký, chờ cấp số", "Ký, đóng dấu trên bản giấy", "nhập bởi officer BN", "Bản ký.png")
		if got := v.Get(path(id) + "/signed"); got.Body != string(photograph(t)) {
			t.Errorf("the signed copy is %d bytes, want what was sent", len(got.Body))
		}
		v.Get("/papers").Want(http.StatusOK, "Ký, đóng dấu trên bản giấy")
	})
}

func TestALeaderIsAskedWhetherASignatureThatWasPutInIsTheOwn(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		clerk, leader := s.Visit(t, "officer BN"), s.Visit(t, "leader BN")
		id := drafted(s, "paper").ID
		code, page := givenOut(t, clerk, id)
		form := page.Form("scan")
		form.Set("code", code)
		upload(t, clerk, path(id)+"/scan", form, "Bản ký.png", photograph(t)).Want(http.StatusOK, "Đã ký, chờ cấp số")
		if asks := "Có phải bạn đã ký bản này không?"; strings.Contains(clerk.Get(path(id)).Body, asks) {
			t.Error("the clerk is asked what the leader is to be asked")
		}
		page = leader.Get(path(id))
		page.Want(http.StatusOK, "Có phải bạn đã ký bản này không?", "officer BN nhập bản đã ký ngoài chương trình này")
		answer := page.Form("answer")
		clerk.Post(path(id)+"/answer", answer).Want(http.StatusForbidden)
		s.Visit(t, "officer QV").Post(path(id)+"/answer", answer).Want(http.StatusForbidden)
		leader.Post(path(id)+"/answer", answer).Want(http.StatusUnprocessableEntity, "Vui lòng chọn một trong hai.")
		answer.Set("answer", "disowned")
		leader.Post(path(id)+"/answer", answer).Want(http.StatusUnprocessableEntity, "Lý do cần từ 1 đến")
		answer.Set("reason", "Hôm đó tôi đi công tác.")
		leader.Post(path(id)+"/answer", answer).
			Want(http.StatusOK, "Đã ghi nhận trả lời của bạn.", "Dự thảo", "Người ký không nhận chữ ký", "Hôm đó tôi đi công tác.")
	})
}

// printed is what a PDF says.
func printed(t *testing.T, pdf string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, []byte(pdf), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}

func TestACopyIsItsOfficesOwn(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	id := drafted(s, "paper").ID
	v := s.Visit(t, "officer BN")
	code, page := givenOut(t, v, id)
	other := s.Visit(t, "officer QV")
	other.Post(path(id)+"/copies", page.Form("copy")).Want(http.StatusForbidden)
	other.Get(path(id) + "/copies/" + code).Want(http.StatusForbidden)
	other.Get(path(id) + "/signed").Want(http.StatusForbidden)
	form := page.Form("scan")
	form.Set("code", code)
	upload(t, other, path(id)+"/scan", form, "a.png", photograph(t)).Want(http.StatusForbidden)
	v.Get(path(id) + "/signed").Want(http.StatusNotFound)
	v.Get(path(id) + "/copies/AAAA-BBBB-CCCC-DDDD").Want(http.StatusNotFound)
}

func TestAClerkEntersAPDFThatWasSignedWithAToken(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		v := s.Visit(t, "officer BN")
		id := drafted(s, "paper").ID
		givenOut(t, v, id)
		s.Clock.Advance(time.Minute)
		code, page := givenOut(t, v, id)
		form := page.Form("token")
		given := []byte(v.Get(path(id) + "/copies/" + code).Body)
		upload(t, v, path(id)+"/token", form, "", nil).Want(http.StatusUnprocessableEntity, "Vui lòng chọn tệp.")
		upload(t, v, path(id)+"/token", form, "a.png", photograph(t)).Want(http.StatusUnprocessableEntity, "Văn bản ký số phải là tệp PDF.")
		upload(t, v, path(id)+"/token", form, "a.pdf", given).Want(http.StatusUnprocessableEntity, "Tệp chưa có chữ ký số nào.")
		upload(t, v, path(id)+"/token", form, "a.pdf", s.stranger.Sign(t, given, time.Now())).
			Want(http.StatusUnprocessableEntity, "Chứng thư của Nguyễn Văn A, Tỉnh ủy Bắc Ninh do Ai cũng được cấp, không thuộc tổ chức chứng thực mà hệ thống tin cậy.")
		signed := s.token.Sign(t, given, time.Now())
		upload(t, s.Visit(t, "officer QV"), path(id)+"/token", form, "a.pdf", signed).Want(http.StatusForbidden)
		upload(t, v, path(id)+"/token", form, "Ký số.pdf", signed).
			Want(http.StatusOK, "Chữ ký số hợp lệ, đã ghi nhận.", "Đã ký, chờ cấp số", "Chữ ký số của", "Nguyễn Văn A, Tỉnh ủy Bắc Ninh", "Chứng thư do Chứng thực chuyên dùng Chính phủ cấp", "Số sê-ri 2020", "Ký số.pdf", "Không dùng đến")
		if got := v.Get(path(id) + "/signed"); got.Body != string(signed) {
			t.Errorf("the signed copy is %d bytes, want what was sent", len(got.Body))
		}
		v.Get("/papers").Want(http.StatusOK, "Ký số")
	})
}

func TestThePageHasTheWaysOfTheProfileAlone(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	id, v := drafted(s, "paper").ID, s.Visit(t, "officer BN")
	givenOut(t, v, id)
	for n, try := range []struct {
		ways                  string
		gives, scans, digital bool
	}{
		{"paper, digital", true, true, true},
		{"program, paper", true, true, false},
		{"digital", true, false, true},
		{"program", false, false, false},
	} {
		s.Update(func(tx *ledger.Tx) error {
			p, err := profile.Get("vn-party-2020")
			if err != nil {
				return err
			}
			text := strings.Replace(string(p.Bytes()), "symbol: TB, signing: [program, paper, digital]", "symbol: TB, signing: ["+try.ways+"]", 1)
			text = strings.Replace(text, "version: 1\n", fmt.Sprintf("version: %d\n", n+2), 1)
			_, err = org.Adopt(s.Ctx(), tx, access.CommandLine(s.Tree), org.AdoptCommand{Document: text})
			return err
		})
		body := v.Get(path(id)).Body
		for form, want := range map[string]bool{"copies": try.gives, "scan": try.scans, "token": try.digital} {
			if has := strings.Contains(body, `action="`+path(id)+"/"+form+`"`); has != want {
				t.Errorf("signed by %s: the page has the form %s: %v, want %v", try.ways, form, has, want)
			}
		}
		if has, want := strings.Contains(body, "cũng ký được trong chương trình"), strings.HasPrefix(try.ways, "program, "); has != want {
			t.Errorf("signed by %s: the page names the program: %v, want %v", try.ways, has, want)
		}
	}
}

func TestThePageOfAPaperLeadsToWhereItIsRead(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	id := drafted(s, "paper").ID
	if went := s.Visit(t, "officer BN").Get(path(id) + "/open").Path(); went != "/read/notice:7" {
		t.Errorf("it leads to %s, want where the notice is read", went)
	}
	s.Visit(t, "officer QV").Get(path(id) + "/open").Want(http.StatusForbidden)
}
