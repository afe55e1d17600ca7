package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/report"
)

// receipt is the PDF that the commune's leader downloads.
func (s *storm) receipt() []byte {
	s.t.Helper()
	b := s.person(s.t, "lanhdaoxa")
	b.Show(browser.Small)
	b.Go(s.place(s.communes[0].ID))
	b.Wait(`a[href$="/receipt"]`)
	if err := s.CatchUp(s.t.Context()); err != nil { // a receipt waits for its checkpoint
		s.t.Fatal(err)
	}
	pdf := b.Download(`a[href$="/receipt"]`)
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		s.t.Fatalf("the receipt is no PDF: %.40q", pdf)
	}
	return pdf
}

const dataBegins, dataEnds = "<giaoban:data>", "</giaoban:data>"

// codeOn is the code on a receipt: the second line of what programs read.
func (s *storm) codeOn(pdf []byte) string {
	s.t.Helper()
	_, rest, _ := strings.Cut(string(pdf), dataBegins)
	inside, _, found := strings.Cut(rest, dataEnds)
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(inside), ""))
	lines := strings.Split(string(data), "\n")
	if !found || err != nil || len(lines) < 3 {
		s.t.Fatalf("the receipt holds no data: %v", err)
	}
	return lines[1]
}

// checkPublicly is somebody without an account who was given the receipt.
func (s *storm) checkPublicly(pdf []byte) {
	s.t.Helper()
	b := browser.New(s.t)
	b.Show(browser.Phone)
	b.Allow("422") // of the altered file
	b.Go(s.url + "/check?lang=vi")
	b.Type(`[name=code]`, strings.ToLower(s.codeOn(pdf)))
	b.Click(`form[method=get] .btn`)
	b.WaitText("#verdict", "Nhật ký vẫn giữ đúng sự kiện này")
	for _, want := range []string{s.communes[0].Name, "15-CT/TU", "37", "1.250", "Nguyễn Văn Khánh", "Vũ Đức Tâm"} {
		b.WaitText("main", want)
	}
	b.WaitText("main", "Ký bằng khóa truy cập")
	s.fits(b)
	s.shoot(b, "10-check")

	file := filepath.Join(s.t.TempDir(), "bien-nhan.pdf")
	send := func(content []byte) {
		s.t.Helper()
		if err := os.WriteFile(file, content, 0o600); err != nil {
			s.t.Fatal(err)
		}
		b.Go(s.url + "/check")
		b.Upload(`[name=file]`, file)
		b.Click(`form[method=post][action="/check"] .btn`)
	}
	send(pdf)
	b.WaitText("#verdict", "Dấu xác nhận trên biên nhận")
	altered := bytes.Clone(pdf)
	altered[bytes.Index(pdf, []byte(dataBegins))+len(dataBegins)+400] ^= 1
	send(altered)
	b.WaitText("main", "Tệp này không phải biên nhận, hoặc đã bị sửa")
}

// checkIndependently has the verifier, a program of its own, check an exported
// bundle with the receipt, and then a bundle with one flipped bit.
func (s *storm) checkIndependently(pdf []byte) {
	s.t.Helper()
	dir := s.t.TempDir()
	verifier, bundle, receipt := filepath.Join(dir, "giaoban-verify"), filepath.Join(dir, "bundle.zip"), filepath.Join(dir, "bien-nhan.pdf")
	if said, err := exec.CommandContext(s.t.Context(), "go", "build", "-o", verifier, "giaoban/cmd/giaoban-verify").CombinedOutput(); err != nil {
		s.t.Fatalf("building the verifier: %v\n%s", err, said)
	}
	check := func(content []byte) (string, error) {
		s.t.Helper()
		if err := os.WriteFile(bundle, content, 0o600); err != nil {
			s.t.Fatal(err)
		}
		said, err := exec.CommandContext(s.t.Context(), verifier, "-key", s.Key.Public, bundle, receipt).CombinedOutput()
		return string(said), err
	}
	if err := os.WriteFile(receipt, pdf, 0o600); err != nil {
		s.t.Fatal(err)
	}
	var exported bytes.Buffer
	if err := s.ExportProof(s.t.Context(), app.ProofRequest{Directive: s.directive}, &exported, func(int, int) {}); err != nil {
		s.t.Fatal(err)
	}
	if said, err := check(exported.Bytes()); err != nil || !strings.Contains(said, "1 receipts stand among them") {
		s.t.Fatalf("the verifier says of what nobody altered: %v, %s", err, said)
	}
	altered, position := s.flip(exported.Bytes())
	if said, err := check(altered); err == nil || !strings.Contains(said, fmt.Sprintf("WRONG: event %d:", position)) {
		s.t.Errorf("a bit of event %d was flipped; the verifier says: %v, %s", position, err, said)
	}
}

// flip gives a bundle in which the first commune has one house fewer or more, and
// the position of that event.
func (s *storm) flip(bundle []byte) (altered []byte, position int64) {
	s.t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		s.t.Fatal(err)
	}
	var out bytes.Buffer
	again := zip.NewWriter(&out)
	for _, file := range archive.File {
		opened, err := file.Open()
		if err != nil {
			s.t.Fatal(err)
		}
		content, err := io.ReadAll(opened)
		if err != nil {
			s.t.Fatal(err)
		}
		if file.Name == "events.txt" {
			lines := bytes.SplitAfter(content, []byte("\n"))
			at := slices.IndexFunc(lines, func(line []byte) bool {
				return bytes.Contains(line, []byte("\t"+string(report.Submitted)+"\t")) && bytes.Contains(line, []byte(`\"houses\":\"37\"`))
			})
			if at < 0 {
				s.t.Fatal("the bundle does not tell of the commune's report")
			}
			position = int64(at + 1)
			lines[at][bytes.Index(lines[at], []byte(`:\"37\"`))+len(`:\"3`)] ^= 1 // 36
			content = bytes.Join(lines, nil)
		}
		written, err := again.Create(file.Name)
		if err == nil {
			_, err = written.Write(content)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	if err := again.Close(); err != nil {
		s.t.Fatal(err)
	}
	return out.Bytes(), position
}
