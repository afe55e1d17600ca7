package reportui_test

import (
	"bytes"
	"flag"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/part/document"
	"giaoban/internal/part/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// accepted has PL report and QV accept, and gives the report.
func accepted(t *testing.T, s *officetest.Site) report.Report {
	t.Helper()
	sent := s.Submitted("PL", officetest.Held, 0, map[string]string{"held-on": "24/6/2020", "convened": "148", "present": "146"})
	done, err := s.Accept("leader QV", sent.ID)
	s.OK(err)
	s.Grow()
	return done
}

// receiptOf downloads a report's receipt.
func receiptOf(t *testing.T, s *officetest.Site, who string, id int64, lang string) []byte {
	t.Helper()
	page := s.Visit(t, who).Get(fmt.Sprintf("/report/%d/receipt?lang=%s", id, lang))
	if kind := page.Header.Get("Content-Type"); page.StatusCode != http.StatusOK || kind != "application/pdf" {
		t.Fatalf("the receipt answers %d, %s: %s", page.StatusCode, kind, page.Text())
	}
	return []byte(page.Body)
}

var (
	codes  = regexp.MustCompile(`\d+-[0-9A-Z]{5}-[0-9A-Z]{5}`)
	hashes = regexp.MustCompile(`[A-Za-z0-9+/]{43}=|giaoban [A-Za-z0-9+/=]{50,}\s+[A-Za-z0-9+/=]*`)
)

func TestTheReceiptSaysWhatWasSignedByWhomAndWhereItStands(t *testing.T) {
	s := newSite(t)
	id := accepted(t, s).ID
	for _, lang := range []string{"vi", "en"} {
		pdf := receiptOf(t, s, "leader PL", id, lang)
		if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
			s.OK(os.WriteFile(filepath.Join(folder, "receipt-"+lang+".pdf"), pdf, 0o600))
		}
		said := poppler.Text(t, pdf, "-layout")
		if pages := strings.Count(said, "\f"); pages != 1 {
			t.Errorf("the receipt has %d pages, want one", pages)
		}
		got := hashes.ReplaceAllString(codes.ReplaceAllString(said, "CODE"), "HASH")
		file := "testdata/receipt." + lang + ".txt"
		if *update {
			s.OK(os.MkdirAll("testdata", 0o755))
			s.OK(os.WriteFile(file, []byte(got), 0o644))
		}
		want, err := os.ReadFile(file)
		s.OK(err)
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s (- as written, + now; -update writes it anew):\n%s", file, diff)
		}
	}
}

func TestWhoMayNotReadTheReportGetsNoReceipt(t *testing.T) {
	s := newSite(t)
	id := accepted(t, s).ID
	for who, want := range map[string]int{"leader PL": 200, "leader QV": 200, "officer BN": 200, "leader TS": 403, "leader DT": 403, "leader HN": 403} {
		if page := s.Visit(t, who).Get(fmt.Sprintf("/report/%d/receipt", id)); page.StatusCode != want {
			t.Errorf("%s: %d, want %d", who, page.StatusCode, want)
		}
	}
	waiting := s.Submitted("DT", officetest.Held, 0, officetest.Day("25/6/2020"))
	s.Visit(t, "leader DT").Get(fmt.Sprintf("/report/%d/receipt", waiting.ID)).Want(http.StatusConflict, "chưa được duyệt")
}

// guest is somebody who is not signed in.
func guest(t *testing.T, s *officetest.Site) *officetest.Visitor { t.Helper(); return s.Guest(t) }

// sent is a receipt sent to the page.
func sent(t *testing.T, s *officetest.Site, content []byte) officetest.Page {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "receipt.pdf")
	s.OK(err)
	_, err = part.Write(content)
	s.OK(err)
	s.OK(form.Close())
	return guest(t, s).Send("/check?lang=vi", &body, form.FormDataContentType())
}

func TestAnybodyWhoHoldsAReceiptChecksIt(t *testing.T) {
	s := newSite(t)
	done := accepted(t, s)
	pdf := receiptOf(t, s, "leader PL", done.ID, "vi")
	code := codes.FindString(poppler.Text(t, pdf, "-layout"))
	words := []string{"Nhật ký vẫn giữ đúng sự kiện này", "Đảng ủy xã Phù Lãng", "148", "leader PL, bí thư", "leader QV, bí thư"}
	guest(t, s).Get("/check?lang=vi&code="+url.QueryEscape(" "+strings.ToLower(strings.ReplaceAll(code, "-", " ")))).Want(200, words...)
	s.Submitted("DT", officetest.Held, 0, officetest.Day("25/6/2020")) // the log grows
	s.Grow()
	sent(t, s, pdf).Want(200, append(words, "chỉ được ghi thêm")...)
	data, ok := document.Data(pdf)
	if !ok {
		t.Fatal("there is no data in the PDF")
	}
	sent(t, s, data).Want(200, words...)
	receipt, err := ledger.ParseReceipt(data)
	s.OK(err)
	scanned := "/check?code=" + string(receipt.Code) + "&signed=" + ledger.Pack(receipt.Checkpoint)
	guest(t, s).Get(scanned).Want(200, append(words, "chỉ được ghi thêm")...)
}

func TestAWrongCodeIsToldSoAndNothingElse(t *testing.T) {
	s := newSite(t)
	done := accepted(t, s)
	code := codes.FindString(poppler.Text(t, receiptOf(t, s, "leader PL", done.ID, "vi"), "-layout"))
	other := code[:len(code)-1] + "0"
	if other == code {
		other = code[:len(code)-1] + "1"
	}
	visitor := guest(t, s)
	known, never := visitor.Get("/check?lang=vi&code="+other), visitor.Get("/check?lang=vi&code=99999-AAAAA-AAAAA")
	for _, page := range []officetest.Page{known, never} {
		page.Want(200, "Không có biên nhận nào mang mã này")
		if strings.Contains(page.Text(), "Phù Lãng") {
			t.Errorf("a wrong code is told whose report it would be: %s", page.Text())
		}
	}
	clock := regexp.MustCompile(`\d\d:\d\d`)
	if a, b := clock.ReplaceAllString(known.Text(), ""), clock.ReplaceAllString(never.Text(), ""); a != b {
		t.Errorf("a wrong code tells whether there is such an event:\n%s\n%s", a, b)
	}
	visitor.Get("/check?lang=vi&code=hello").Want(422, "chưa phải mã biên nhận")
	for range 20 {
		visitor.Get("/check?code=" + other)
	}
	visitor.Get("/check?lang=vi&code="+code).Want(429, "Đã nhập sai nhiều lần")
}

func TestTheCheckPageSeesEveryKindOfTampering(t *testing.T) {
	for name, c := range map[string]struct {
		alter string
		want  string
	}{
		"the content of the report": {`UPDATE event_payload SET payload = REPLACE(payload, '148', '184') WHERE position = (SELECT MAX(position) FROM event WHERE kind = 'report.submitted')`, "bị sửa"},
		"the decision":              {`UPDATE event_payload SET payload = REPLACE(payload, 'leader QV', 'leader BN') WHERE position = (SELECT MAX(position) FROM event WHERE kind = 'report.accepted')`, "bị sửa"},
		"the actor":                 {`UPDATE event SET actor = actor || '0' WHERE kind = 'report.accepted'`, "bị sửa"},
		"the tree":                  {`UPDATE ledger_hash SET hash = (SELECT leaf FROM event WHERE position = 1) WHERE id > 20`, "bị"},
		"the event is gone":         {`DELETE FROM event WHERE kind = 'report.accepted'`, "bị sửa"},
		"the end is cut off":        {`DELETE FROM ledger_checkpoint`, "CẢNH BÁO"},
		"the salt, hence the code":  {`UPDATE event_payload SET salt = (SELECT salt FROM event_payload WHERE position = 1) WHERE position = (SELECT MAX(position) FROM event WHERE kind = 'report.accepted')`, "bị sửa"},
		"nothing":                   {`SELECT 1`, "vẫn giữ đúng"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			pdf := receiptOf(t, s, "leader PL", accepted(t, s).ID, "vi")
			code := codes.FindString(poppler.Text(t, pdf, "-layout"))
			s.Exec(c.alter)
			typed := guest(t, s).Get("/check?lang=vi&code=" + code)
			typed.Want(200)
			if good := strings.Contains(typed.Text(), "vẫn giữ đúng"); good != (name == "nothing") {
				t.Errorf("by its code the page says: %s", typed.Text())
			}
			page := sent(t, s, pdf)
			page.Want(200, c.want)
			if good := strings.Contains(page.Text(), "vẫn giữ đúng"); good != (name == "nothing") {
				t.Errorf("the page says: %s", page.Text())
			}
		})
	}
}

func TestAReceiptThatWasAlteredIsNone(t *testing.T) {
	s := newSite(t)
	data, ok := document.Data(receiptOf(t, s, "leader PL", accepted(t, s).ID, "vi"))
	if !ok {
		t.Fatal("there is no data in the PDF")
	}
	sent(t, s, bytes.Replace(data, []byte("148"), []byte("184"), 1)).Want(422, "đã bị sửa")
	sent(t, s, []byte("%PDF-1.4 something else")).Want(422, "không phải biên nhận")
	other, err := ledger.LoadKey(t.TempDir())
	s.OK(err)
	key := s.Key
	t.Cleanup(func() { s.Key = key })
	forged, err := ledger.ParseReceipt(data)
	s.OK(err)
	forged.Checkpoint = s.Resign(forged.Checkpoint, other)
	sent(t, s, forged.Text()).Want(200, "không do hệ thống này ký")
}
