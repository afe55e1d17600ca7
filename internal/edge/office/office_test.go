package office_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/edge/office"
)

const (
	mostBytes = 5 << 20
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

func program(t *testing.T) office.Program {
	t.Helper()
	p, ok := office.Find()
	if !ok {
		t.Fatal("no LibreOffice is installed: run `make test`, or on Debian `apt-get install libreoffice-writer-nogui`")
	}
	return p
}

// letter is a .docx with a body and relations to what it links to.
func letter(t *testing.T, body, links string) []byte {
	t.Helper()
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for name, content := range map[string]string{
		"[Content_Types].xml": head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ` +
			`ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels": head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="` + relations + `/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links + `</Relationships>`,
		"word/document.xml":            head + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
	} {
		part, err := archive.Create(name)
		if err == nil {
			_, err = io.WriteString(part, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func paragraph(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

func TestALetterIsPrintedAndLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	pdf, err := program(t).PDF(t.Context(), bytes.NewReader(letter(t, paragraph("Báo cáo tháng 7"), "")), "docx", mostBytes)
	if err != nil {
		t.Fatal(err)
	}
	if text := poppler.Text(t, pdf); !strings.Contains(text, "Báo cáo tháng 7") {
		t.Errorf("what was printed says %q", text)
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(left) > 0 {
		t.Errorf("it left %v behind (%v)", left, err)
	}
}

func TestWhatIsNoLetterIsUnprintable(t *testing.T) {
	p := program(t)
	_, err := p.PDF(t.Context(), strings.NewReader("PK\x03\x04 half an archive"), "docx", mostBytes)
	if !errors.Is(err, office.ErrUnprintable) {
		t.Errorf("half an archive: %v, want %v", err, office.ErrUnprintable)
	}
	if _, err := p.PDF(t.Context(), bytes.NewReader(letter(t, paragraph("x"), "")), "docx", 100); !errors.Is(err, office.ErrUnprintable) {
		t.Errorf("more than the bound: %v, want %v", err, office.ErrUnprintable)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.PDF(ctx, bytes.NewReader(letter(t, paragraph("x"), "")), "docx", mostBytes); err == nil {
		t.Error("it was printed after it was called off")
	}
}

// A paper that is handed in must not carry out what lies on the server.
func TestNothingOfTheMachineIsPrinted(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("khong ai doc duoc"), 0o600); err != nil {
		t.Fatal(err)
	}
	field := fmt.Sprintf(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> INCLUDETEXT "%s" </w:instrText></w:r>`+
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, secret)
	part := `<w:altChunk xmlns:r="` + relations + `" r:id="r9"/>`
	link := `<Relationship Id="r9" Type="` + relations + `/aFChunk" Target="file://` + secret + `" TargetMode="External"/>`
	p := program(t)
	for what, content := range map[string][]byte{"a field": letter(t, field, ""), "a part": letter(t, paragraph("x")+part, link)} {
		pdf, err := p.PDF(t.Context(), bytes.NewReader(content), "docx", mostBytes)
		if errors.Is(err, office.ErrUnprintable) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if text := poppler.Text(t, pdf); !strings.Contains(text, "x") || strings.Contains(text, "khong ai") {
			t.Errorf("%s that includes a file prints %q", what, text)
		}
	}
}
