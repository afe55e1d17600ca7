package file_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
)

const (
	wordMain  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	sheetMain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	slideMain = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
	macroMain = "application/vnd.ms-word.document.macroEnabled.main+xml"
)

var pdf = []byte("%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n")

// office makes a package whose list of content types declares the main part.
func office(t testing.TB, main string, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	write := func(name, content string) {
		part, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			t.Fatal(err)
		}
	}
	write("[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/main.xml" ContentType="`+main+`"/></Types>`)
	for _, name := range parts {
		write(name, "x")
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func picture(t testing.TB, encode func(io.Writer, image.Image) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) }

func open(t testing.TB) (folder *file.Folder, files string) {
	t.Helper()
	data := t.TempDir()
	folder, err := file.OpenFolder(data)
	if err != nil {
		t.Fatal(err)
	}
	return folder, filepath.Join(data, "files")
}

func TestEachKindIsKnownByItsContent(t *testing.T) {
	folder, _ := open(t)
	for name, content := range map[string][]byte{
		"a.pdf": pdf, "a.docx": office(t, wordMain), "a.xlsx": office(t, sheetMain), "a.pptx": office(t, slideMain),
		"a.png": picture(t, png.Encode), "a.jpg": picture(t, asJPEG),
	} {
		upload, err := folder.Take(name, bytes.NewReader(content))
		if err != nil {
			t.Errorf("%s was refused: %v", name, err)
			continue
		}
		if want := strings.TrimPrefix(name, "a."); string(upload.Kind) != want || upload.Kind.MediaType() == "" {
			t.Errorf("%s is of kind %q (%s), want %q", name, upload.Kind, upload.Kind.MediaType(), want)
		}
	}
}

func TestWhatCannotBeKeptIsRefusedAndLeavesNothing(t *testing.T) {
	tests := map[string]struct {
		name    string
		content []byte
		want    string
	}{
		"no bytes":                      {"a.pdf", nil, "file.empty"},
		"one byte too many":             {"a.pdf", append(bytes.Clone(pdf), make([]byte, file.Limit)...), "file.large"},
		"no extension":                  {"a", pdf, "file.kind"},
		"a program":                     {"a.exe", []byte("MZ"), "file.kind"},
		"a double extension":            {"a.pdf.exe", pdf, "file.kind"},
		"a page called a picture":       {"a.png", []byte("<html><script>alert(1)</script>"), "file.content"},
		"a PDF called a picture":        {"a.png", pdf, "file.mismatch"},
		"a picture called a PDF":        {"a.pdf", picture(t, png.Encode), "file.mismatch"},
		"a sheet called a document":     {"a.docx", office(t, sheetMain), "file.mismatch"},
		"a document with macros":        {"a.docx", office(t, macroMain), "file.content"},
		"a macro in a plain document":   {"a.docx", office(t, wordMain, "word/vbaProject.bin"), "file.content"},
		"any archive":                   {"a.docx", office(t, "application/java-archive"), "file.content"},
		"half an archive":               {"a.xlsx", office(t, sheetMain)[:80], "file.content"},
		"only the first bytes of a PNG": {"a.png", []byte("\x89PNG\r\n\x1a\n"), "file.content"},
		"an old .doc":                   {"a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "file.kind"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder, files := open(t)
			_, err := folder.Take(test.name, bytes.NewReader(test.content))
			all := fault.All(err)
			if len(all) != 1 || all[0].Key != test.want || all[0].Kind != fault.Invalid || all[0].Field != "file" {
				t.Errorf("got %v, want %s at the field file", err, test.want)
			}
			if left := listing(t, files); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestABombIsRefused(t *testing.T) {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	if _, err := archive.CreateRaw(&zip.FileHeader{Name: "a.xml", Method: zip.Deflate, UncompressedSize64: 4 << 30}); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	folder, _ := open(t)
	if _, err := folder.Take("a.xlsx", &b); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v, want it refused", err)
	}
}

func TestALineThatBreaksLeavesNothing(t *testing.T) {
	folder, files := open(t)
	_, err := folder.Take("a.pdf", io.MultiReader(bytes.NewReader(pdf), iotest.ErrReader(io.ErrUnexpectedEOF)))
	if err == nil || fault.Of(err) != fault.Unknown {
		t.Errorf("got %v, want a plain error", err)
	}
	if left := listing(t, files); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestHostileNames(t *testing.T) {
	folder, _ := open(t)
	for sent, want := range map[string]string{
		"../../etc/passwd.pdf":                "passwd.pdf",
		`C:\Users\a\Công văn 12.PDF`:          "Công văn 12.pdf",
		"a\x00b\r\nX-Evil: 1.pdf":             "a b X-Evil_ 1.pdf",
		"Co\u0302ng va\u0306n.pdf":            "Công văn.pdf",
		"\u202efdp.exe.pdf":                   "fdp.exe.pdf",
		".pdf":                                "tep.pdf",
		"...pdf":                              "tep.pdf",
		`x"; filename="y.pdf`:                 "x_; filename=_y.pdf",
		strings.Repeat("ệ", 300) + ".pdf":     strings.Repeat("ệ", 65) + ".pdf",
		"báo cáo.tar.pdf":                     "báo cáo.tar.pdf",
		"/":                                   "",
		"\xff\xfe.pdf":                        "__.pdf",
		"a.pdf" + strings.Repeat("\u200b", 2): "",
	} {
		upload, err := folder.Take(sent, bytes.NewReader(pdf))
		if want == "" {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%q became %q (%v), want it refused", sent, upload.Name, err)
			}
			continue
		}
		if err != nil || upload.Name != want {
			t.Errorf("%q became %q (%v), want %q", sent, upload.Name, err, want)
		}
	}
}

func TestNoNameLeavesItsFolder(t *testing.T) {
	folder, _ := open(t)
	rapid.Check(t, func(t *rapid.T) {
		upload, err := folder.Take(rapid.String().Draw(t, "name")+".pdf", bytes.NewReader(pdf))
		if err != nil {
			t.Fatal(err)
		}
		switch name := upload.Name; {
		case len(name) > 200, !utf8.ValidString(name), strings.ContainsAny(name, "/\\\"\r\n\x00"),
			!strings.HasSuffix(name, ".pdf"), strings.HasPrefix(name, "."):
			t.Fatalf("the name became %q", name)
		}
	})
}

func TestASavedFileComesBackAsItWas(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, ledger.Schema, file.Schema)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		now := time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)
		book := ledger.Open(db, clock.NewManual(now))
		folder, files := open(t)
		save := func(name string) file.File {
			t.Helper()
			upload, err := folder.Take(name, bytes.NewReader(pdf))
			if err != nil {
				t.Fatal(err)
			}
			var saved file.File
			_, err = book.Update(t.Context(), "person:7", func(tx *ledger.Tx) error {
				saved, err = file.Save(t.Context(), tx, upload, marking.Marks{}, 3, 7)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return saved
		}
		first, second := save("một.pdf"), save("hai.pdf")
		want := file.File{ID: first.ID, Name: "một.pdf", Size: int64(len(pdf)), Kind: file.PDF, Unit: 3, By: 7, At: now}
		got, err := file.Get(t.Context(), db.Reader(), first.ID)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("the file came back otherwise (-want +got):\n%s%v", diff, err)
		}
		if first.ID == second.ID {
			t.Errorf("two files have the id %s", first.ID)
		}
		if kept := listing(t, files); len(kept) != 1 {
			t.Errorf("the same bytes are kept as %v, want once", kept)
		}
		content, err := folder.Open(second)
		if err != nil {
			t.Fatal(err)
		}
		defer content.Close()
		if read, err := io.ReadAll(content); err != nil || !bytes.Equal(read, pdf) {
			t.Errorf("read %q (%v), want %q", read, err, pdf)
		}
		for _, id := range []string{"", "../../giaoban.db", strings.Repeat("0", 64) + "-" + strings.Repeat("0", 16), first.ID[:64]} {
			if _, err := file.Get(t.Context(), db.Reader(), id); !fault.Is(err, fault.NotFound) {
				t.Errorf("id %q gives %v, want not found", id, err)
			}
		}
	})
}

// listing gives the paths of all files under a folder.
func listing(t testing.TB, folder string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAFileAboveTheCeilingIsNotTakenIn(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, ledger.Schema, file.Schema, marking.Schema)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		book := ledger.Open(db, clock.NewManual(time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)))
		folder, _ := open(t)
		save := func(marks marking.Marks) (saved file.File, err error) {
			upload, err := folder.Take("một.pdf", bytes.NewReader(pdf))
			if err != nil {
				t.Fatal(err)
			}
			_, err = book.Update(t.Context(), "person:7", func(tx *ledger.Tx) error {
				saved, err = file.Save(t.Context(), tx, upload, marks, 3, 7)
				return err
			})
			return saved, err
		}
		_, err = save(marking.Marks{Secrecy: marking.Secret})
		if list := fault.All(err); len(list) != 1 || list[0].Field != "secrecy" || list[0].Kind != fault.Invalid {
			t.Errorf("a secret file on an ordinary installation: %v", err)
		}
		want := marking.Marks{Urgency: marking.Flash}
		saved, err := save(want)
		if err != nil {
			t.Fatal(err)
		}
		if kept, err := file.Get(t.Context(), db.Reader(), saved.ID); err != nil || kept.Marks != want {
			t.Errorf("kept as %+v, %v, want %+v", kept.Marks, err, want)
		}
	})
}
