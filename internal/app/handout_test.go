package app_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	paper "giaoban/internal/part/document"
)

// sendFile sends a form with a file; the file comes first, so that what was typed
// comes after it.
func (v *visitor) sendFile(path string, fields map[string]string, name string, content io.Reader) answered {
	v.o.t.Helper()
	read, write := io.Pipe()
	form := multipart.NewWriter(write)
	go func() {
		part, err := form.CreateFormFile("file", name)
		if err == nil {
			_, err = io.Copy(part, content)
		}
		for field, value := range fields {
			if err == nil {
				err = form.WriteField(field, value)
			}
		}
		if err == nil {
			err = form.Close()
		}
		write.CloseWithError(err)
	}()
	return v.do(http.MethodPost, path, read, "Content-Type", form.FormDataContentType())
}

// zeros are bytes without end.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

const somePDF = "%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"

// What is no paper is refused at the field, and what was typed still stands there.
func TestARefusedPaperKeepsWhatWasTyped(t *testing.T) {
	o := newOffice(t, "")
	chair := o.as("bacninh")
	address := fmt.Sprintf("/briefings/%d/handouts/new", o.briefing())
	fields := map[string]string{"key": "k", "item": "0", "title": "Báo cáo tổng hợp đến ngày 9/7"}
	for what, one := range map[string]struct {
		name    string
		content io.Reader
		want    string
	}{
		"500 MB":                   {"lớn.pdf", io.MultiReader(strings.NewReader(somePDF), io.LimitReader(zeros{}, 500<<20)), "lớn hơn 25 MB"},
		"a program":                {"cài đặt.exe", strings.NewReader("MZ\x90\x00"), "Chỉ nhận tệp"},
		"a program called a paper": {"báo cáo.pdf", strings.NewReader("MZ\x90\x00\x03 This program cannot be run in DOS mode"), "không phải là tệp .pdf"},
		"a script called a paper":  {"báo cáo.docx", strings.NewReader("#!/bin/sh\nrm -rf /"), "không phải là tệp .docx"},
		"a page called a picture":  {"ảnh.png", strings.NewReader("<html><script>alert(1)</script>"), "không phải là tệp .png"},
		"a paper called slides":    {"trình chiếu.pptx", strings.NewReader(somePDF), "nội dung là .pdf"},
		"nothing in it":            {"rỗng.pdf", strings.NewReader(""), "không có nội dung"},
	} {
		a := chair.sendFile(address, fields, one.name, one.content)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="hand-out-file-wrong"`) || !strings.Contains(a.body, one.want) {
			t.Errorf("%s is answered %d without %q at the field", what, a.status, one.want)
		}
		if !strings.Contains(a.body, "Báo cáo tổng hợp đến ngày 9/7") {
			t.Errorf("%s: what was typed is gone", what)
		}
	}
	if given := o.count(`SELECT COUNT(*) FROM briefing_handout WHERE briefing_id = $1`, o.briefing()); given != 0 {
		t.Errorf("%d papers were handed out", given)
	}
}

// Papers are read by who has a seat; the host sees which site opened which version.
func TestPapersAreReadByWhoHasASeat(t *testing.T) {
	o := newOffice(t, "")
	chair, site, stranger := o.as("bacninh"), o.as("thuanthanh"), o.hire("ke.la", access.Grant{Unit: o.hanoi, Role: access.Leader})
	page := fmt.Sprintf("/briefings/%d", o.briefing())
	a := chair.sendFile(page+"/handouts/new", map[string]string{"key": "k", "item": "0", "title": "Báo cáo tổng hợp"}, "bc.pdf", strings.NewReader(somePDF))
	if a.status != http.StatusSeeOther {
		t.Fatalf("handing out is answered %d", a.status)
	}
	paper := fmt.Sprintf("%s/handouts/%d", page, o.handout())
	if a := site.get(page); !strings.Contains(a.body, "Báo cáo tổng hợp") || !strings.Contains(a.body, "chưa đọc") {
		t.Error("the site's page does not name the paper as unread")
	}
	got := site.get(paper + "/file")
	if got.status != http.StatusOK || got.body != somePDF || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file comes as %d, %q, %d bytes", got.status, got.header.Get("Content-Disposition"), len(got.body))
	}
	if a := chair.sendFile(paper, map[string]string{"key": "k2"}, "bc2.pdf", strings.NewReader(somePDF+"2")); a.status != http.StatusSeeOther {
		t.Errorf("a new version is answered %d", a.status)
	}
	if a := chair.get(paper); !strings.Contains(a.body, "bản 1, đã được thay") {
		t.Error("the host does not see that the site opened the old version")
	}
	if a := site.get(page); !strings.Contains(a.body, "có bản mới") {
		t.Error("the site does not see that there is a new version")
	}
	if a := site.get(paper + "/file?version=1"); a.body != somePDF {
		t.Errorf("the old version reads %q", a.body)
	}
	if a := site.get(paper); strings.Contains(a.body, "Chưa mở") {
		t.Error("a site sees who has not read")
	}
	for _, path := range []string{paper, paper + "/file"} {
		if a := stranger.get(path); a.status != http.StatusNotFound {
			t.Errorf("somebody without a seat is answered %d at %s", a.status, path)
		}
	}
	for what, a := range map[string]answered{
		"replaces":  site.sendFile(paper, map[string]string{"key": "k3"}, "x.pdf", strings.NewReader(somePDF)),
		"withdraws": site.post(paper+"/withdraw", url.Values{}),
		"hands out": stranger.sendFile(page+"/handouts/new", map[string]string{"key": "k4", "item": "0"}, "x.pdf", strings.NewReader(somePDF)),
	} {
		if !a.refused() {
			t.Errorf("who may not %s is answered %d", what, a.status)
		}
	}
}

// Whoever is not signed in cannot fill the disk by a form that is kept for later.
func TestAGuestsFileIsCutOff(t *testing.T) {
	o := newOffice(t, "")
	a := o.guest().sendFile(fmt.Sprintf("/briefings/%d/handouts/new", o.briefing()), map[string]string{"key": "k"}, "x.pdf",
		io.MultiReader(strings.NewReader(somePDF), bytes.NewReader(make([]byte, file.Limit+2<<20))))
	if a.status == http.StatusSeeOther || o.count(`SELECT COUNT(*) FROM briefing_handout WHERE briefing_id = $1`, o.briefing()) != 0 {
		t.Errorf("a guest's file is answered %d", a.status)
	}
}

// pages is a PDF of so many pages, each with its number in words.
func pages(t *testing.T, words ...string) []byte {
	t.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetFont("Helvetica", "", 40)
	for _, word := range words {
		pdf.AddPage()
		pdf.Cell(0, 40, word)
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The presenter turns the page, and all screens turn it; who looks ahead alone comes
// back; what somebody writes beside a page stays with that person.
func TestPagesGoInStep(t *testing.T) {
	s := serveDemo(t, "")
	b, bacNinh := s.callBriefing(t), s.unit(t, "Tỉnh Bắc Ninh")
	address := fmt.Sprintf("%s/briefings/%d", s.url, b.ID)
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")

	report := filepath.Join(t.TempDir(), "Báo cáo tổng hợp.pdf")
	if err := os.WriteFile(report, pages(t, "one", "two", "three"), 0o600); err != nil {
		t.Fatal(err)
	}
	large := filepath.Join(t.TempDir(), "lớn.pdf")
	if err := os.WriteFile(large, make([]byte, file.Limit+1), 0o600); err != nil {
		t.Fatal(err)
	}
	chair.Go(address + "/handouts/new")
	chair.Type("input[name=title]", "Báo cáo tổng hợp")
	chair.Upload("input[name=file]", large)
	chair.WaitText(".field.wrong .error", "lớn hơn 25 MB") // said before it is sent
	chair.Upload("input[name=file]", report)
	chair.WaitGone(".field.wrong")
	chair.Click("form[enctype] button.primary")
	chair.WaitText(".handouts", "Báo cáo tổng hợp")

	site.Go(address)
	site.WaitText(".handouts", "chưa đọc")
	site.Click(".handouts a")
	site.Wait(`[data-reader][data-drawn="1"]`)
	site.WaitText("[data-at-page]", "1 / 3")
	site.WaitText("[data-heard]", "one")
	site.Type("[data-note]", "hỏi lại số liệu trang này")
	site.Click(`[data-step="1"]`)
	site.Wait(`[data-reader][data-drawn="2"]`)
	site.WaitText("[data-reader-told]", "Đã lưu")
	site.Reload()
	site.Wait(`[data-reader][data-drawn="1"]`)
	if got := site.Value("[data-note]"); got != "hỏi lại số liệu trang này" {
		t.Errorf("after the page was loaded again the note is %q", got)
	}

	site.Go(address + "/room")
	site.Click(`.own form[action$="/arrive"] button`)
	chair.Go(address + "/room")
	chair.Click(`form[action$="/lead/begin"] button`)
	chair.Wait(fmt.Sprintf(`[data-site="%d"]:not(.off)`, bacNinh))
	wall := chair.Tab()
	wall.Go(address + "/room?screen=1")
	chair.Click(`#papers form[action$="/lead/show"] button`)
	screens := []interface {
		Wait(selector string)
		WaitText(selector, want string)
	}{chair, site, wall}
	for _, screen := range screens {
		screen.Wait(`.shown [data-reader][data-drawn="1"]`)
	}
	if got := chair.Value("[data-note]"); got != "" {
		t.Errorf("the chair reads the site's note %q", got)
	}
	chair.Click(`.shown [data-step="1"]`)
	for _, screen := range screens {
		screen.Wait(`.shown [data-reader][data-drawn="2"]`)
		screen.WaitText(".shown [data-heard]", "two")
	}
	site.Click(`.shown [data-step="1"]`) // ahead alone
	site.Wait(`.shown [data-reader].alone[data-drawn="3"]`)
	chair.Wait(`.shown [data-reader][data-drawn="2"]`)
	chair.Click(`.shown [data-step="-1"]`)
	wall.Wait(`.shown [data-reader][data-drawn="1"]`)
	site.WaitText(".shown [data-rejoin]", "1")
	site.Wait(`.shown [data-reader].alone[data-drawn="3"]`) // it stays where it looks
	site.Click(".shown [data-rejoin]")
	site.Wait(`.shown [data-reader]:not(.alone)[data-drawn="1"]`)

	chair.Click(`.shown form[data-show-act] button.slim:not([data-step])`) // back to the board
	for _, screen := range screens {
		screen.WaitText(".panel-figures", "/")
	}
	chair.Go(address)
	chair.WaitText(".handouts", "1/")
}

// What an Office program wrote is printed once, and read as pages; the file itself
// stays what is downloaded.
func TestAnOfficeFileIsReadAsPages(t *testing.T) {
	s := serveDemo(t, "")
	b := s.callBriefing(t)
	chair := s.person(t, "trunguong")
	letter := filepath.Join(t.TempDir(), "Báo cáo.docx")
	content := paper.Paper{
		Lang: "vi", Kind: "Báo cáo", Subject: "giao ban", Body: []paper.Block{paper.Paragraph{Text: "Các điểm cầu đọc trước."}},
	}
	written, err := content.Word()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(letter, written, 0o600); err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("%s/briefings/%d", s.url, b.ID)
	chair.Go(address + "/handouts/new")
	chair.Upload("input[name=file]", letter)
	chair.Click("form[enctype] button.primary")
	chair.WaitText(".handouts", "Báo cáo")
	chair.Go(address)
	chair.Click(".handouts a")
	chair.Wait(`[data-reader][data-drawn="1"]`)
	chair.WaitText("[data-heard]", "Các điểm cầu đọc trước")
	if got := chair.Download(".acts a[download]"); !bytes.Equal(got, written) {
		t.Errorf("downloaded are %d bytes, want the %d that were handed out", len(got), len(written))
	}
}
