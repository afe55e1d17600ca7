package document_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/part/document"
)

var made = time.Date(2020, 7, 10, 8, 0, 0, 0, time.UTC)

// words are every Vietnamese letter that is hard, and a line too long for the sheet.
const words = "Ưỡn ẹo, ngoằn ngoèo, khuỷu tay, Đặng Thị Phượng, 35-CT/TW, ẳẵặểễệổỗộởỡợửữựỷỹỵ ẲẴẶỂỄỆỔỖỘỞỠỢỬỮỰỶỸỴ"

func sheet(t *testing.T, data string) []byte {
	t.Helper()
	s := document.NewSheet("Tờ giấy", "vi", made)
	s.Write(document.Title, "C", words)
	s.Write(document.Fine, "L", strings.Repeat("0123456789abcdef", 20))
	if err := s.Scan(document.Left, s.Y(), 40, "https://giaoban.example/check"); err != nil {
		t.Fatal(err)
	}
	pdf, err := s.PDF([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	pdf := sheet(t, "dữ liệu\x00\xff")
	if data, ok := document.Data(pdf); !ok || string(data) != "dữ liệu\x00\xff" {
		t.Errorf("the data in the sheet is %q, %v", data, ok)
	}
	if got := strings.Join(strings.Fields(poppler.Text(t, pdf, "-raw")), " "); !strings.HasPrefix(got, words) {
		t.Errorf("the sheet says %q, want %q", got, words)
	}
}

func TestOtherFilesHoldNoData(t *testing.T) {
	whole := sheet(t, "x")
	at := bytes.Index(whole, []byte("<giaoban:data>"))
	for _, file := range [][]byte{nil, []byte("%PDF-1.4"), whole[:at+15], []byte("<giaoban:data>***</giaoban:data>")} {
		if data, ok := document.Data(file); ok {
			t.Errorf("%.40q holds the data %q", file, data)
		}
	}
}

func TestSheetsMadeAtOnceAreTheSame(t *testing.T) {
	want := sheet(t, "x")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := sheet(t, "x"); !bytes.Equal(got, want) {
				t.Errorf("the same sheet is another file: %d bytes, want %d", len(got), len(want))
			}
		})
	}
	all.Wait()
}
