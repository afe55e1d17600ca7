package newsui_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
)

// grey is a picture of one colour.
func grey(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// send posts a form with a file in one of its fields.
func send(t *testing.T, v *officetest.Visitor, path string, form url.Values, field, name string, content []byte) officetest.Page {
	t.Helper()
	var b bytes.Buffer
	body := multipart.NewWriter(&b)
	for key := range form {
		if err := body.WriteField(key, form.Get(key)); err != nil {
			t.Fatal(err)
		}
	}
	part, err := body.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = body.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return v.Send(path, &b, body.FormDataContentType())
}

// source finds the address of a picture in a page.
var source = regexp.MustCompile(`<img src="(/[^"]+)"`)

func TestAPictureIsAddedCutAndRead(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, leader, guest := s.Visit(t, "officer BN"), s.Visit(t, "leader BN"), s.Guest(t)
		form := officer.Get("/desk/new").Form("article")
		form.Set("headline", "Giao ban")
		form.Set("lead", "Sáng 10/7.")
		page := officer.Post("/desk/new", form)
		add := page.Form("add-picture")
		add.Set("caption", "Hội trường sáng 10/7")
		page = send(t, officer, "/desk/1/pictures", add, "picture", "anh.png", []byte("GIF89a"))
		page.Want(http.StatusUnprocessableEntity, "Tệp ảnh bị hỏng", "Hội trường sáng 10/7")
		officer.Post("/desk/1/pictures", add).Want(http.StatusUnprocessableEntity, "Vui lòng chọn tệp ảnh.")
		add.Set("lead", "yes")
		send(t, s.Visit(t, "officer QV"), "/desk/1/pictures", add, "picture", "anh.png", grey(t, 1000, 500)).Want(http.StatusForbidden)
		for range 2 { // sent twice it stands once
			page = send(t, officer, "/desk/1/pictures", add, "picture", "anh.png", grey(t, 1000, 500))
			page.Want(http.StatusOK, "Đã thêm ảnh vào bài.", "Ảnh đầu bài", "Thiếu mô tả")
		}
		leader.Post("/desk/1/publish", leader.Get("/desk/1").Form("publish")).Want(http.StatusUnprocessableEntity, "Ảnh thứ 1 chưa có lời mô tả")

		path := "/desk/1/pictures/" + regexp.MustCompile(`/desk/1/pictures/([0-9a-f-]+)`).FindStringSubmatch(page.Body)[1]
		cut := officer.Get(path).Form("cut")
		cut.Set("alt", "Hội trường đông đại biểu")
		cut.Set("width", "200")
		officer.Post(path, cut).Want(http.StatusUnprocessableEntity, "Phần ảnh được chọn phải nằm trong ảnh")
		cut.Set("left", "25,5")
		cut.Set("width", "50")
		s.Visit(t, "officer QV").Post(path, cut).Want(http.StatusForbidden)
		officer.Post(path, cut).Want(http.StatusOK, "Đã lưu.")
		form = officer.Get("/desk/1").Form("article") // the form of the text carries the picture
		form.Set("lead", "Sáng nay, 10/7.")
		officer.Post("/desk/1", form).Want(http.StatusOK, "Đã lưu.")
		leader.Post("/desk/1/publish", leader.Get("/desk/1").Form("publish")).Want(http.StatusOK, "Đã đăng.")

		page = guest.Get("/news/1/giao-ban")
		page.Want(http.StatusOK, "Sáng nay, 10/7.", "Hội trường sáng 10/7")
		if !strings.Contains(page.Body, `width="500" height="500" fetchpriority="high"`) {
			t.Errorf("the picture is not cut to its half, or comes late:\n%s", page.Body)
		}
		address := source.FindStringSubmatch(page.Body)[1]
		got := guest.Get(address)
		got.Want(http.StatusOK)
		if kind, caching := got.Header.Get("Content-Type"), got.Header.Get("Cache-Control"); kind != "image/png" || caching != "public, max-age=31536000, immutable" {
			t.Errorf("the picture is %s, kept %s", kind, caching)
		}
		id := strings.Split(address, "/")[3]
		if asked := guest.Get("/pictures/" + id).Path(); !strings.HasPrefix(asked, "/sign-in?") {
			t.Errorf("a guest who asks for a desk's picture ends at %s", asked)
		}
		s.Visit(t, "officer QV").Get("/pictures/" + id).Want(http.StatusForbidden)
		cut = officer.Get("/desk/1/pictures/" + id).Form("cut")
		cut.Set("act", "remove")
		officer.Post("/desk/1/pictures/"+id, cut).Want(http.StatusOK, "Đã bỏ ảnh khỏi bài.")
		officer.Get("/desk/1/pictures/" + id).Want(http.StatusNotFound)
	})
}

func TestTheEditorUploadsAPicture(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer := s.Visit(t, "officer BN")
	page := send(t, officer, "/pictures", url.Values{"key": {"một"}}, "picture", "anh.png", grey(t, 600, 400))
	page.Want(http.StatusOK, `"file":"`)
	id := regexp.MustCompile(`[0-9a-f]{64}-[0-9a-f]{16}`).FindString(page.Body)
	if got := officer.Get("/pictures/" + id); got.Header.Get("Content-Type") != "image/png" || got.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("the desk gets %v", got.Header)
	}
	send(t, officer, "/pictures", nil, "picture", "anh.png", []byte("<svg/>")).Want(http.StatusUnprocessableEntity, "Chỉ nhận ảnh JPEG, PNG, WebP hoặc GIF.")
	send(t, officer, "/pictures?unit=1", nil, "picture", "anh.png", grey(t, 600, 400)).Want(http.StatusForbidden)
	s.Guest(t).Get("/news/picture/" + id + "/480").Want(http.StatusNotFound)
}

func TestAFileIsAttachedAndFetched(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, leader, guest := s.Visit(t, "officer BN"), s.Visit(t, "leader BN"), s.Guest(t)
	form := officer.Get("/desk/new").Form("article")
	form.Set("headline", "Giao ban")
	form.Set("lead", "Sáng 10/7.")
	page := officer.Post("/desk/new", form)
	attach := page.Form("attach")
	officer.Post("/desk/1/files", attach).Want(http.StatusUnprocessableEntity, "Tệp không có nội dung.")
	send(t, officer, "/desk/1/files", attach, "file", "a.pdf", []byte("<html>")).Want(http.StatusUnprocessableEntity, "không phải là tệp .pdf")
	send(t, s.Visit(t, "officer QV"), "/desk/1/files", attach, "file", "a.pdf", []byte("%PDF-1.7 a")).Want(http.StatusForbidden)
	page = send(t, officer, "/desk/1/files", attach, "file", "Kết luận #1.pdf", []byte("%PDF-1.7 a"))
	page.Want(http.StatusOK, "Đã đính kèm tệp.", "Kết luận #1.pdf")
	desk := regexp.MustCompile(`/desk/1/files/[0-9a-f-]+`).FindString(page.Body)
	officer.Get(desk).Want(http.StatusOK)
	s.Visit(t, "officer QV").Get(desk).Want(http.StatusForbidden)
	public := "/news/file/" + strings.TrimPrefix(desk, "/desk/1/files/") + "/ket-luan.pdf"
	guest.Get(public).Want(http.StatusNotFound)
	form = officer.Get("/desk/1").Form("article") // the form of the text carries the file
	form.Set("lead", "Sáng nay.")
	officer.Post("/desk/1", form).Want(http.StatusOK, "Kết luận #1.pdf")
	leader.Post("/desk/1/publish", leader.Get("/desk/1").Form("publish"))
	page = guest.Get("/news/1/giao-ban")
	page.Want(http.StatusOK, "Tệp kèm bài", "Kết luận #1.pdf")
	shown := regexp.MustCompile(`/news/file/[^"]+`).FindString(page.Body)
	if got := guest.Get(shown); got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") || got.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("%s gives %d, %v", shown, got.StatusCode, got.Header)
	}
	officer.Post(desk, nil).Want(http.StatusOK, "Đã bỏ tệp khỏi bài.")
	guest.Get(public).Want(http.StatusOK) // until it is corrected
}
