package sheet

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// WriteXLSX writes a workbook of one or more sheets. The first row of each is
// its headings: bold, and standing still while the rest scrolls. Texts are
// stored as text, so "01" stays "01" even when the office edits it; numbers are
// numbers; dates are real dates shown as 10/7/2020. A date before 1900 and a
// number of more than 15 digits, which Excel cannot keep, are stored as text.
//
// Names of sheets that Excel would refuse are mended. What XML cannot hold
// becomes U+FFFD. A text longer than 32,767 characters, and a table larger than
// Excel's, is an error of kind fault.Invalid.
func WriteXLSX(w io.Writer, sheets []Sheet) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closing := book.Close(); err == nil && closing != nil {
			err = fmt.Errorf("removing what excelize kept on disk: %w", closing)
		}
	}()
	styles, err := newStyles(book)
	if err != nil {
		return fmt.Errorf("making styles: %w", err)
	}
	names := sheetNames(sheets)
	for i, s := range sheets {
		if i == 0 {
			err = book.SetSheetName(book.GetSheetName(0), names[i])
		} else {
			_, err = book.NewSheet(names[i])
		}
		if err != nil {
			return fmt.Errorf("making sheet %q: %w", names[i], err)
		}
		if err := writeSheet(book, names[i], s, styles); err != nil {
			return fmt.Errorf("writing sheet %q: %w", names[i], err)
		}
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("writing workbook: %w", err)
	}
	return nil
}

// styles are the numbers of the styles of a workbook.
type styles struct{ heading, text, date, moment int }

func newStyles(book *excelize.File) (made styles, err error) {
	day, moment := "d/m/yyyy", "d/m/yyyy h:mm:ss"
	for _, style := range []struct {
		number *int
		look   excelize.Style
	}{
		{&made.heading, excelize.Style{
			Font:      &excelize.Font{Bold: true},
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
			NumFmt:    formatText,
		}},
		{&made.text, excelize.Style{NumFmt: formatText}},
		{&made.date, excelize.Style{CustomNumFmt: &day}},
		{&made.moment, excelize.Style{CustomNumFmt: &moment}},
	} {
		if *style.number, err = book.NewStyle(&style.look); err != nil {
			return made, err
		}
	}
	return made, nil
}

func writeSheet(book *excelize.File, name string, s Sheet, styles styles) error {
	if err := fits(s); err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := layOut(stream, s); err != nil {
		return err
	}
	var values []any
	for row, cells := range s.Rows {
		values = values[:0]
		for _, cell := range cells {
			values = append(values, styles.value(cell, row == 0))
		}
		if err := stream.SetRow(Address{Row: row}.Ref(), values); err != nil {
			return err
		}
	}
	for _, r := range s.Merged {
		from, to, _ := strings.Cut(r.String(), ":")
		if err := stream.MergeCell(from, to); err != nil {
			return err
		}
	}
	return stream.Flush()
}

// fits says what of a sheet Excel cannot hold.
func fits(s Sheet) error {
	if len(s.Rows) > excelRows {
		return refuse("sheet.tooManyRows", "sheet", s.Name, "limit", excelRows)
	}
	for row, cells := range s.Rows {
		if len(cells) > excelColumns {
			return refuse("sheet.tooManyColumns", "sheet", s.Name, "limit", excelColumns)
		}
		for column, cell := range cells {
			if isLong(cell.Text) {
				return Address{s.Name, row, column}.refuse("sheet.write.long", "limit", longestText)
			}
		}
	}
	return nil
}

// layOut sets what stands before the rows: the still row of headings and the
// widths of columns, as wide as their texts within reason. A table of very many
// columns keeps the usual width from some column on: excelize goes through all
// columns for every width.
func layOut(stream *excelize.StreamWriter, s Sheet) error {
	const narrowest, widest, margin, most = 8, 60, 2, 300 // characters; columns
	if len(s.Rows) > 0 {
		still := excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
		if err := stream.SetPanes(&still); err != nil {
			return err
		}
	}
	var widths []int
	for _, cells := range s.Rows {
		for column, cell := range cells {
			if column == len(widths) {
				widths = append(widths, narrowest)
			}
			widths[column] = min(widest, max(widths[column], utf8.RuneCountInString(cell.Text)+margin))
		}
	}
	for column, width := range widths[:min(len(widths), most)] {
		if err := stream.SetColWidth(column+1, column+1, float64(width)); err != nil {
			return err
		}
	}
	return nil
}

// value is a cell as excelize takes it; nil for a blank one.
func (s styles) value(cell Cell, heading bool) any {
	style := s.text
	if heading {
		style = s.heading
	}
	switch cell.Kind {
	case KindBlank:
		return nil
	case KindNumber:
		if number, exact := exactNumber(cell.Text); exact {
			return excelize.Cell{Value: number}
		}
	case KindBool:
		return excelize.Cell{Value: cell.Text == Bool(true).Text}
	case KindDate:
		t, hasTime, ok := isoTime(cell.Text)
		days, after1900 := daysOf(t)
		switch {
		case ok && after1900 && hasTime:
			return excelize.Cell{Value: days, StyleID: s.moment}
		case ok && after1900:
			return excelize.Cell{Value: days, StyleID: s.date}
		}
	}
	return excelize.Cell{Value: textValue(clean(cell.Text)), StyleID: style}
}

// escaped is what a reader of workbooks takes for an escaped character.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// textValue is a text as excelize takes it. A text with something like _x0041_
// in it is cut into runs inside which nothing looks so: excelize escapes such
// words itself, but not rightly where two share an underscore.
func textValue(text string) any {
	if !escaped.MatchString(text) {
		return text
	}
	var runs []excelize.RichTextRun
	for i, part := range strings.Split(text, "_x") {
		if i > 0 {
			part = "x" + part
		}
		runs = append(runs, excelize.RichTextRun{Text: part})
		if i > 0 {
			runs[i-1].Text += "_"
		}
	}
	return runs
}

// forbidden are the characters that Excel does not take in a sheet's name.
var forbidden = strings.NewReplacer(":", "-", `\`, "-", "/", "-", "?", "-", "*", "-", "[", "(", "]", ")", "\x00", "")

// sheetNames are names that Excel takes: at most 31 characters, none of them
// forbidden, no two alike but for capitals.
func sheetNames(sheets []Sheet) []string {
	const longest = 31
	names, taken := make([]string, len(sheets)), map[string]bool{}
	for i, s := range sheets {
		base := strings.Trim(clean(forbidden.Replace(s.Name)), "' ")
		if base == "" {
			base = fmt.Sprintf("Sheet%d", i+1)
		}
		name := cutUnits(base, longest)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			suffix := fmt.Sprintf(" (%d)", n)
			name = cutUnits(base, longest-len(suffix)) + suffix
		}
		names[i], taken[strings.ToLower(name)] = name, true
	}
	return names
}

// cutUnits is the beginning of s that has at most n units of UTF-16.
func cutUnits(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}
