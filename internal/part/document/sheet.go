package document

import (
	"bytes"
	_ "embed"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

//go:embed font/LiberationSerif-Regular.ttf
var serif []byte

//go:embed font/LiberationSerif-Bold.ttf
var serifBold []byte

//go:embed font/LiberationSerif-Italic.ttf
var serifItalic []byte

//go:embed font/LiberationMono-Regular.ttf
var mono []byte

// SerifBold is the font of headings, as TrueType.
func SerifBold() []byte { return serifBold }

// Face is how a line is set.
type Face struct {
	Style string  // "", "B" bold, "I" italic; "M" for letters of one width
	Size  float64 // points
	Grey  bool    // for what explains
}

// The faces in use: the sizes are two points under those of guidance
// 36-HD/VPTW, so that a sheet stays one sheet.
var (
	Plain = Face{Size: 12}
	Bold  = Face{Style: "B", Size: 12}
	Small = Face{Size: 9.5, Grey: true}
	Title = Face{Style: "B", Size: 15}
	Label = Face{Size: 11, Grey: true}
	Code  = Face{Style: "M", Size: 15}
	Fine  = Face{Style: "M", Size: 7}
)

// Margins of a sheet, in millimetres.
const (
	Left  = 30.0 // wide, for the file's rings
	Right = 18.0
)

// Width of the lines between the margins, in millimetres.
const Width = pageWidth - Left - Right

const (
	top, bottom = 18.0, 15.0
	pageWidth   = 210.0
	pageHeight  = 297.0
)

// Sheet is a page of A4 that is written from the top down, or several of them one
// after the other. Mistakes are kept and given by [Sheet.PDF].
type Sheet struct {
	pdf *fpdf.Fpdf
	y   float64
}

// NewSheet is an empty sheet. Made is the moment that the file says it was made,
// so that the same content is the same file.
func NewSheet(title, lang string, made time.Time) *Sheet {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("serif", "", serif)
	pdf.AddUTF8FontFromBytes("serif", "B", serifBold)
	pdf.AddUTF8FontFromBytes("serif", "I", serifItalic)
	pdf.AddUTF8FontFromBytes("mono", "", mono)
	pdf.SetMargins(Left, top, Right)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	pdf.SetCatalogSort(true)
	pdf.SetTitle(title, true)
	pdf.SetLang(lang)
	pdf.SetCreator("giaoban", true)
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.AddPage()
	return &Sheet{pdf: pdf, y: top}
}

func (s *Sheet) face(f Face) {
	family, style := "serif", f.Style
	if style == "M" {
		family, style = "mono", ""
	}
	s.pdf.SetFont(family, style, f.Size)
	grey := 0
	if f.Grey {
		grey = 85
	}
	s.pdf.SetTextColor(grey, grey, grey)
}

// leading is the height of a line in millimetres.
func (f Face) leading() float64 { return f.Size * 0.3528 * 1.25 }

// Y is how far down the sheet is written, in millimetres.
func (s *Sheet) Y() float64 { return s.y }

// Skip leaves millimetres free.
func (s *Sheet) Skip(mm float64) { s.y += mm }

// To goes on at a height; never upwards.
func (s *Sheet) To(y float64) { s.y = max(s.y, y) }

// Lines is how many lines the words take at a width.
func (s *Sheet) Lines(f Face, words string, width float64) []string {
	s.face(f)
	return s.pdf.SplitText(drawable(words), width)
}

// At writes words at a place, broken at width, aligned "L", "C" or "R", and
// gives the height that they took. The sheet is not moved on.
func (s *Sheet) At(x, y, width float64, f Face, align, words string) float64 {
	lines := s.Lines(f, words, width)
	for i, line := range lines {
		s.pdf.SetXY(x, y+float64(i)*f.leading())
		s.pdf.CellFormat(width, f.leading(), line, "", 0, align, false, 0, "")
	}
	return float64(len(lines)) * f.leading()
}

// Write writes words over the whole width and moves on.
func (s *Sheet) Write(f Face, align, words string) {
	s.y += s.At(Left, s.y, Width, f, align, words)
}

// Rule draws a line across from x, width long, at the present height.
func (s *Sheet) Rule(x, width float64) {
	s.pdf.SetLineWidth(0.2)
	s.pdf.SetDrawColor(120, 120, 120)
	s.pdf.Line(x, s.y, x+width, s.y)
}

// Box draws the frame of a box, to be ticked or written into, without moving on.
func (s *Sheet) Box(x, y, width, height float64) {
	s.pdf.SetLineWidth(0.3)
	s.pdf.SetDrawColor(40, 40, 40)
	s.pdf.Rect(x, y, width, height, "D")
}

// Next goes on at the top of a new page.
func (s *Sheet) Next() {
	s.pdf.AddPage()
	s.y = top
}

// widthOf is how wide words are on one line, in millimetres.
func (s *Sheet) widthOf(f Face, words string) float64 {
	s.face(f)
	return s.pdf.GetStringWidth(drawable(words))
}

// Room is how much is left there is above the bottom margin, in millimetres.
func (s *Sheet) Room() float64 { return pageHeight - bottom - s.y }

// PDF is the file, with data that [Data] reads out of it again.
func (s *Sheet) PDF(data []byte) ([]byte, error) {
	s.pdf.SetXmpMetadata(packet(data))
	return s.bytes()
}

func (s *Sheet) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := s.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("making a PDF: %w", err)
	}
	return b.Bytes(), nil
}
