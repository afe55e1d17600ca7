package document

import "time"

// Paper is an official paper, laid out by guidance 36-HD/VPTW of 3 April 2018. Its
// words are the caller's, those of the layout too: organisations differ in what
// stands at the top right and under "recipients". It is the same paper as
// [Paper.Word], which an office goes on writing in, and as [Paper.PDF].
//
// Texts may hold whatever people typed: what cannot be printed is left out, and a
// line break begins a new line or paragraph.
type Paper struct {
	Lang string    // ISO 639
	Made time.Time // what the file says of itself, so that the same paper is the same file

	Motto  string // top right in capitals, with a line beneath: "ĐẢNG CỘNG SẢN VIỆT NAM"; "" for none
	Above  string // the unit above, top left; "" for none
	Issuer string // whose paper it is
	Number string // number and symbol: "Số 127-BB/VPTW"; "" for none
	Stamp  string // under the number: a draft, how secret it is; "" for none
	Dated  string // place and date

	Kind    string // "Biên bản"
	Subject string

	Body       []Block
	Signatures []Signature // from left to right
	Recipients Recipients

	Mark Mark // of one copy in PDF; the zero one for none
}

// Mark is by what one printed copy of a paper is told from others: at the foot of each
// page, and in the file for [Data].
type Mark struct {
	Words string // with the code as people read it
	Scan  string // what stands in the code to be scanned; "" draws none
	Data  string
}

// Block is a part of a paper's body: a [Heading], a [Paragraph], a [List] or a
// [Table].
type Block interface {
	word(w *wordWriter) []element
	print(p *printer)
}

// Heading is a heading in bold. Its number, if it has one, is part of the text.
type Heading struct {
	Level int // 1 or 2
	Text  string
}

// Paragraph is running text.
type Paragraph struct{ Text string }

// List is items one under the other, numbered from 1 or with dashes.
type List struct {
	Numbered bool
	Items    []string
}

// Table is rows under a head, which stands on every page that the table reaches.
type Table struct {
	Columns []Column
	Rows    [][]string // as many texts in each as there are columns
}

// Column is a column of a table.
type Column struct {
	Title string
	Width float64 // in proportion to the others
	Align Align
}

// Align is how texts stand in a column.
type Align string

// The alignments.
const (
	AlignLeft   Align = ""
	AlignCentre Align = "centre"
	AlignRight  Align = "right"
)

// Signature is a place to sign, or what stands there once it is signed.
type Signature struct {
	Authority string // for whom: "T/M Ban Thường vụ"; "" for nobody
	Post      string
	Note      string // in italics under the post
	Name      string
	Signed    bool // no room is left for ink
}

// Recipients is who gets the paper, at the foot left.
type Recipients struct {
	Title string // "Nơi nhận:"
	Names []string
}

// The margins of a paper and what lies between them, in millimetres. Left and right
// are those of a sheet.
const (
	paperTop    = 20.0
	paperBottom = 20.0
	headLeft    = 83.0 // who issues it
	headRight   = Width - headLeft
	indent      = 10.0 // of a paragraph's first line
	hanging     = 7.0  // of a list's items
	numberAt    = 10.0 // the page's number, from the top edge
	after       = 2.1  // after a paragraph: 6 points
	ink         = 22.0 // for a signature
	cellPadding = 1.2
)

// The faces of a paper.
var (
	faceMotto  = Face{Style: "B", Size: 15}
	faceAbove  = Face{Size: 14}
	faceIssuer = Face{Style: "B", Size: 14}
	faceDated  = Face{Style: "I", Size: 14}
	faceKind   = Face{Style: "B", Size: 16}
	faceBody   = Face{Size: 14}
	faceStrong = Face{Style: "B", Size: 14}
	faceNote   = Face{Style: "I", Size: 12}
	faceCell   = Face{Size: 12}
	faceColumn = Face{Style: "B", Size: 12}
	faceMark   = Face{Style: "M", Size: 8}
)

// widths are those of the table's columns in millimetres, together width.
func (t Table) widths(width float64) []float64 {
	sum := 0.0
	for _, c := range t.Columns {
		sum += max(c.Width, 0)
	}
	widths := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		if sum > 0 {
			widths[i] = width * max(c.Width, 0) / sum
		}
	}
	return widths
}

// cell is a text of a row, "" where the row is too short.
func cell(row []string, column int) string {
	if column < len(row) {
		return row[column]
	}
	return ""
}
