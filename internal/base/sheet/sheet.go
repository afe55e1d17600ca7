package sheet

import (
	"embed"
	"strconv"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
)

// Texts are the texts of this package, a source for text.Load.
//
//go:embed texts.yaml
var Texts embed.FS

// Sheet is one table: rows of cells, the first row at index 0.
//
// Rows are as long as their last cell that holds something, and the last row
// holds something too; use [Sheet.Cell] to look anywhere.
type Sheet struct {
	Name   string   // of the sheet; for .csv the file's name without its ending
	Rows   [][]Cell // what stands in row 7, column B is Rows[6][1]
	Merged []Range  // cells joined into one, whose value is the top left cell's
	Hidden bool     // the office cannot see this sheet when it opens the file
}

// Kind says what a cell holds.
type Kind uint8

// The kinds of cells. Cells of .csv files are blank or text.
const (
	KindBlank  Kind = iota
	KindText        // as it stands
	KindNumber      // plain decimal digits with a point, never grouped or in powers of ten
	KindDate        // 2020-07-10, or 2020-07-10T08:30:00 where a time of day is given
	KindBool        // TRUE or FALSE
	KindError       // #REF! and its like
)

// Cell is one cell of a table. A cell with a Problem must not be used for
// anything but showing it.
type Cell struct {
	At      Address
	Kind    Kind
	Formula bool         // Text is the value that was stored when it was last calculated
	Text    string       // what counts, in the form of its kind
	Problem *fault.Error // why the cell cannot be used, at its address; nil for most
	format  *format      // how the office sees a number or a date; nil: as Text
}

// Shown is the text that the office sees in the cell: 00123 for the number 123
// in the format 00000. Codes that Excel turned into numbers can be matched by
// either. Without a format it is Text.
func (c Cell) Shown() string {
	if c.format == nil {
		return c.Text
	}
	return c.format.show(c)
}

// Equal says that two cells hold the same and look the same, wherever they
// stand.
func (c Cell) Equal(d Cell) bool {
	return c.Kind == d.Kind && c.Text == d.Text && c.Formula == d.Formula &&
		(c.Problem == nil) == (d.Problem == nil) && c.Shown() == d.Shown()
}

// Refuse makes an error at the cell: of kind fault.Invalid, with the arguments
// sheet and cell added to those given, and the address as its field.
func (c Cell) Refuse(key string, args ...any) *fault.Error { return c.At.refuse(key, args...) }

// Text makes a cell of a text. It is stored as text, so "01" stays "01".
func Text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: KindText, Text: s}
}

// TextRow makes a row of texts, such as the headings.
func TextRow(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, s := range texts {
		row[i] = Text(s)
	}
	return row
}

// Integer makes a cell of a whole number.
func Integer(n int64) Cell { return Cell{Kind: KindNumber, Text: strconv.FormatInt(n, 10)} }

// Number makes a cell of a number in plain digits with a point, such as
// "12.5". What is no number, or has more digits than Excel keeps (15), becomes
// text.
func Number(digits string) Cell {
	if _, exact := exactNumber(digits); !exact {
		return Text(digits)
	}
	return Cell{Kind: KindNumber, Text: digits}
}

// Date makes a cell of a day; blank for no date.
func Date(d clock.Date) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{Kind: KindDate, Text: string(d)}
}

// Bool makes a cell of a yes or no.
func Bool(yes bool) Cell {
	if yes {
		return Cell{Kind: KindBool, Text: "TRUE"}
	}
	return Cell{Kind: KindBool, Text: "FALSE"}
}

// Cell is the cell at a row and column counted from 0, blank (with its
// address) where the table has none.
func (s *Sheet) Cell(row, column int) Cell {
	if row >= 0 && row < len(s.Rows) && column >= 0 && column < len(s.Rows[row]) {
		return s.Rows[row][column]
	}
	return Cell{At: Address{Sheet: s.Name, Row: row, Column: column}}
}

// MergedAt is the range of joined cells to which a cell belongs. It looks
// through all ranges of the sheet.
func (s *Sheet) MergedAt(row, column int) (Range, bool) {
	for _, r := range s.Merged {
		if r.Top <= row && row <= r.Bottom && r.Left <= column && column <= r.Right {
			return r, true
		}
	}
	return Range{}, false
}
