package document_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/base/testing/golden"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/part/document"
)

// minutes are a paper with everything that a paper can hold.
func minutes() document.Paper {
	return document.Paper{
		Lang: "vi", Made: made,
		Motto: "Đảng Cộng sản Việt Nam", Above: "Ban Chấp hành Trung ương", Issuer: "Văn phòng Trung ương Đảng", Number: "Số 12-BB/VPTW",
		Stamp: "Dự thảo", Dated: "Hà Nội, ngày 10 tháng 7 năm 2020",
		Kind: "Biên bản", Subject: "hội nghị giao ban trực tuyến\nvề đại hội đảng bộ các cấp",
		Body: []document.Block{
			document.Heading{Level: 1, Text: "I. Thành phần"},
			document.Paragraph{Text: "Chủ trì hội nghị là đồng chí Chánh Văn phòng; các điểm cầu dự đầy đủ, đúng giờ, có báo cáo số liệu đã chốt từ chiều hôm trước và chuẩn bị ý kiến phát biểu theo thứ tự được phân công.\nĐoạn thứ hai."},
			document.List{Items: []string{"Bắc Ninh: có mặt;", "Cao Bằng: đến muộn <5 phút & xin lỗi>."}},
			document.Heading{Level: 2, Text: "1. Kết luận"},
			document.List{Numbered: true, Items: []string{"Hoàn thành trước 31/7.", "Báo cáo bằng văn bản."}},
			document.List{Numbered: true, Items: []string{"Danh sách thứ hai đếm lại từ đầu."}},
			document.Table{
				Columns: []document.Column{
					{Title: "STT", Width: 1, Align: document.AlignCentre},
					{Title: "Điểm cầu", Width: 4},
					{Title: "Số người", Width: 2, Align: document.AlignRight},
				},
				Rows: [][]string{{"1", "Bắc Ninh", "12"}, {"2", "Cao Bằng\n(đến muộn)", "1.200"}, {"3"}},
			},
		},
		Signatures: []document.Signature{
			{Post: "Thư ký", Note: "(Ký, ghi rõ họ tên)", Name: "Ngô Thúy Hà"},
			{Authority: "T/M Ban Tổ chức", Post: "Chủ trì", Note: "Đã ký bằng khóa truy cập\n10:42, ngày 10 tháng 7 năm 2020", Name: "Đỗ Thị Khánh", Signed: true},
		},
		Recipients: document.Recipients{Title: "Nơi nhận:", Names: []string{"Các điểm cầu", "Lưu Văn phòng"}},
	}
}

func word(t testing.TB, p document.Paper) []byte {
	t.Helper()
	file, err := p.Word()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func pdf(t testing.TB, p document.Paper) []byte {
	t.Helper()
	file, err := p.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAPaperIsLaidOutByTheGuidance(t *testing.T) {
	golden.File(t, "minutes.document.xml", golden.Part(t, word(t, minutes()), "word/document.xml"))
	golden.File(t, "minutes.pdf.txt", poppler.Text(t, pdf(t, minutes()), "-layout"))
}

func TestTheSamePaperIsTheSameFile(t *testing.T) {
	if !bytes.Equal(word(t, minutes()), word(t, minutes())) {
		t.Error("two files of Word differ")
	}
	if !bytes.Equal(pdf(t, minutes()), pdf(t, minutes())) {
		t.Error("two PDFs differ")
	}
}

// The page's number stands at the top from the second page on, and the table's head
// on each of its pages.
func TestALongTableHasItsHeadOnEveryPage(t *testing.T) {
	p := minutes()
	table := p.Body[6].(document.Table)
	table.Rows = nil
	for i := range 120 {
		table.Rows = append(table.Rows, []string{fmt.Sprint(i + 1), "Điểm cầu " + fmt.Sprint(i+1), "7"})
	}
	table.Rows[60][1] = strings.Repeat("rất dài ", 800) // higher than a page
	p.Body[6] = table
	for name, file := range map[string][]byte{"PDF": pdf(t, p), "Word": opened(t, word(t, p))} {
		pages := strings.Split(strings.TrimSuffix(poppler.Text(t, file, "-layout"), "\f"), "\f")
		if len(pages) < 5 {
			t.Errorf("%s has %d pages, want 5 at least", name, len(pages))
		}
		for i, page := range pages {
			first, _, _ := strings.Cut(strings.TrimSpace(page), "\n")
			if i > 0 && first != fmt.Sprint(i+1) {
				t.Errorf("page %d in %s begins with %q, want its number", i+1, name, first)
			}
			if rows := regexp.MustCompile(`Điểm cầu \d|rất dài`).MatchString(page); rows && !strings.Contains(page, "Số người") {
				t.Errorf("page %d in %s has rows and no head:\n%s", i+1, name, page)
			}
		}
		all := poppler.Text(t, file, "-raw")
		if got := strings.Count(all, "dài"); got != 800 {
			t.Errorf("%d of 800 words of the row that is higher than a page are in %s", got, name)
		}
		for i := range 120 {
			if i != 60 && !strings.Contains(all, fmt.Sprintf("%d Điểm cầu %d 7", i+1, i+1)) {
				t.Errorf("row %d is missing in %s", i+1, name)
			}
		}
	}
}

// Whatever was typed, the file is XML and what can be printed is in it.
func TestWhateverWasTypedIsPrintedOrLeftOut(t *testing.T) {
	for typed, want := range map[string]string{
		`<w:p>&amp;"'`:                `<w:p>&amp;"'`,
		"a\x00b\x1bc\x7f":             "abc",
		"chữ \u202Engược\u2069":       "chữ ngược",
		"Điê\u0309m câ\u0300u":        "Điểm cầu",
		"hai\tcột":                    "hai cột",
		"\xff\xfe sai mã":             "\ufffd\ufffd sai mã",
		"\ufffe\uffff không có ký tự": "không có ký tự",
		"]]> <![CDATA[ <!-- <?xml ?>": "]]> <![CDATA[ <!-- <?xml ?>",
	} {
		p := minutes()
		p.Body = []document.Block{document.Paragraph{Text: typed}}
		file := word(t, p)
		if said := text(t, golden.Part(t, file, "word/document.xml")); !strings.Contains(said, "\n"+want+"\n") {
			t.Errorf("%q is not %q in\n%s", typed, want, said)
		}
		if !strings.Contains(want, "\ufffd") && !strings.Contains(poppler.Text(t, pdf(t, p)), want) {
			t.Errorf("%q is not %q on paper", typed, want)
		}
	}
}

func TestNoTextBreaksAPaper(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		any := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"", "\n", "\U00010000", "\U0010ffff", "😀 chữ", strings.Repeat("w", 400), "a\n\nb", "\u0300",
		}))
		p := document.Paper{
			Lang: "vi", Made: made, Motto: any.Draw(t, "motto"), Above: any.Draw(t, "above"), Issuer: any.Draw(t, "issuer"),
			Number: any.Draw(t, "number"), Dated: any.Draw(t, "dated"), Kind: any.Draw(t, "kind"), Subject: any.Draw(t, "subject"),
			Body: []document.Block{
				document.Heading{Level: rapid.IntRange(-1, 9).Draw(t, "level"), Text: any.Draw(t, "heading")},
				document.Paragraph{Text: any.Draw(t, "paragraph")},
				document.List{Numbered: rapid.Bool().Draw(t, "numbered"), Items: rapid.SliceOfN(any, 0, 3).Draw(t, "items")},
				document.Table{
					Columns: []document.Column{{Title: any.Draw(t, "column"), Width: rapid.Float64Range(-1, 9).Draw(t, "width")}, {Width: 1}},
					Rows:    rapid.SliceOfN(rapid.SliceOfN(any, 0, 3), 0, 3).Draw(t, "rows"),
				},
				document.Table{},
			},
			Signatures: []document.Signature{{Authority: any.Draw(t, "authority"), Name: any.Draw(t, "name")}},
			Recipients: document.Recipients{Title: any.Draw(t, "title"), Names: rapid.SliceOfN(any, 0, 2).Draw(t, "names")},
		}
		p.Signatures = p.Signatures[:rapid.IntRange(0, 1).Draw(t, "signatures")]
		file, err := p.Word()
		if err != nil {
			t.Fatal(err)
		}
		archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range archive.File {
			if err := readable(one); err != nil {
				t.Fatalf("%s: %v", one.Name, err)
			}
		}
		if _, err := p.PDF(); err != nil {
			t.Fatal(err)
		}
	})
}

// readable reads a part of a file to its end as XML.
func readable(part *zip.File) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	for decoder := xml.NewDecoder(from); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// text is the words of a part, each run on a line of its own.
func text(t *testing.T, part string) string {
	t.Helper()
	var b strings.Builder
	b.WriteByte('\n')
	inside := false
	for decoder := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			inside = e.Name.Local == "t"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				b.Write(e)
				b.WriteByte('\n')
			}
		}
	}
}
