package sheet

import (
	"strconv"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"
)

// longestFormat is the longest code of a number format that Excel takes.
const longestFormat = 255

// format is a number format other than the plain one. Formats of one file share
// a painter.
type format struct {
	number  int    // of a format that every spreadsheet program knows; 0: by code
	code    string // 00000
	isDate  bool
	painter *painter
}

// The formats that show a number as it is, by their numbers in every file.
const (
	formatGeneral = 0
	formatText    = 49
)

// newFormat is nil for a format that changes nothing.
func newFormat(number int, code string, by *painter) *format {
	switch {
	case code == "" && (number == formatGeneral || number == formatText),
		strings.EqualFold(code, "General"), code == "@", len(code) > longestFormat:
		return nil
	case code == "":
		return &format{number: number, isDate: isDateNumber(number), painter: by}
	}
	return &format{code: code, isDate: isDateCode(code), painter: by}
}

// isDateNumber knows the formats without a code that show a day (ECMA-376 part
// 1, 18.8.30; 27 and more are those of East Asia). 18 to 21 and 45 to 47
// show only a time of day or a duration.
func isDateNumber(number int) bool {
	switch {
	case number >= 14 && number <= 17, number == 22,
		number >= 27 && number <= 31, number == 36,
		number >= 50 && number <= 54, number == 57, number == 58:
		return true
	}
	return false
}

// isDateCode says that a format shows a day: it has a place for the year or
// the day, or for the month without hours beside it (m is also minutes).
func isDateCode(code string) bool {
	places := strings.ToLower(formatPlaces(code))
	places = strings.NewReplacer("general", "", "am/pm", "", "a/p", "").Replace(places)
	if strings.ContainsAny(places, "yd") {
		return true
	}
	return strings.Contains(places, "m") && !strings.ContainsAny(places, "hs")
}

// formatPlaces is the code for positive numbers without its fixed words:
// "quoted", \x, _x and *x, and without [brackets] of colours, conditions,
// languages and durations.
func formatPlaces(code string) string {
	var places strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			return places.String()
		case '\\', '_', '*':
			i++
		case '"':
			i = closing(code, i+1, '"')
		case '[':
			end := closing(code, i+1, ']')
			if inside := strings.ToLower(code[i+1 : end]); inside != "" && strings.Trim(inside, "hms") == "" {
				places.WriteByte('h') // a duration such as [mm]:ss: what follows are minutes
			}
			i = end
		default:
			places.WriteByte(code[i])
		}
	}
	return places.String()
}

// closing is the place of the mark from a place on, or the end.
func closing(code string, from int, mark byte) int {
	if n := strings.IndexByte(code[from:], mark); n >= 0 {
		return from + n
	}
	return len(code)
}

// show writes a cell's number or date as the format does; as its text if the
// format cannot be followed.
func (f *format) show(c Cell) string {
	number := c.Text
	if c.Kind == KindDate {
		t, _, _ := isoTime(c.Text) // read from a number a moment ago
		days, ok := daysOf(t)
		if !ok {
			return c.Text
		}
		number = strconv.FormatFloat(days, 'f', -1, 64)
	}
	if shown, ok := f.painter.paint(f, number); ok {
		return shown
	}
	return c.Text
}

// painter has excelize write numbers in their formats, in the one cell of a
// workbook of its own: excelize shows values only of cells.
type painter struct {
	mu     sync.Mutex
	book   *excelize.File
	styles map[*format]int
}

const (
	paintSheet = "Sheet1"
	paintCell  = "A1"
)

// paint writes a number in a format.
//
// The code of a format comes from the file and may be anything. excelize
// follows it without checking every index, and a panic in it must not end the
// program: here, and only here, something of the file reaches excelize.
func (p *painter) paint(f *format, number string) (shown string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer func() {
		if recover() != nil {
			p.book, shown, ok = nil, "", false
		}
	}()
	if p.book == nil {
		p.book, p.styles = excelize.NewFile(), map[*format]int{}
	}
	style, err := p.style(f)
	if err != nil {
		return "", false
	}
	if p.book.SetCellStyle(paintSheet, paintCell, paintCell, style) != nil ||
		p.book.SetCellDefault(paintSheet, paintCell, number) != nil {
		return "", false
	}
	shown, err = p.book.GetCellValue(paintSheet, paintCell)
	return strings.TrimSpace(shown), err == nil
}

func (p *painter) style(f *format) (int, error) {
	if style, known := p.styles[f]; known {
		return style, nil
	}
	made := &excelize.Style{NumFmt: f.number}
	if f.code != "" {
		made.CustomNumFmt = &f.code
	}
	style, err := p.book.NewStyle(made)
	if err == nil {
		p.styles[f] = style
	}
	return style, err
}
