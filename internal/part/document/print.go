package document

import (
	"fmt"
	"strings"
)

// printer writes a paper on sheets, one after the other.
type printer struct{ *Sheet }

// PDF is the paper in PDF, its faces embedded. The same paper is the same bytes.
func (p Paper) PDF() ([]byte, error) {
	to := &printer{NewSheet(p.title(), p.Lang, p.Made)}
	to.y = paperTop
	if p.Mark != (Mark{}) {
		to.pdf.SetFooterFunc(func() { to.mark(p.Mark) })
		to.pdf.SetXmpMetadata(packet([]byte(p.Mark.Data)))
	}
	to.head(p)
	if p.Kind != "" {
		to.Skip(4 * after)
		to.Write(faceKind, "C", capitals(p.Kind))
	}
	for _, line := range lines(p.Subject) {
		to.Write(faceStrong, "C", line)
	}
	to.Skip(faceCell.leading())
	for _, block := range p.Body {
		block.print(to)
	}
	to.foot(p)
	return to.bytes()
}

// room is how much is left above the bottom margin, in millimetres.
func (p *printer) room() float64 { return pageHeight - paperBottom - p.y }

// need goes on to another page where there is less room than millimetres, unless it
// is at the top of one already.
func (p *printer) need(mm float64) {
	if p.room() < mm && p.y > paperTop {
		p.turn()
	}
}

// turn begins a page, with its number at the top.
func (p *printer) turn() {
	p.pdf.AddPage()
	p.At(Left, numberAt, Width, faceBody, "C", fmt.Sprint(p.pdf.PageNo()))
	p.y = paperTop
}

// words are one text of a column.
type words struct {
	face Face
	text string
}

// column writes texts under each other and gives the height that they took.
func (p *printer) column(x, y, width float64, set ...words) float64 {
	from := y
	for _, w := range set {
		if w.text != "" {
			y += p.At(x, y, width, w.face, "C", w.text)
		}
	}
	return y - from
}

func (p *printer) head(of Paper) {
	const right = Left + headLeft
	left := p.column(Left, p.y, headLeft, words{faceAbove, capitals(of.Above)}, words{faceIssuer, capitals(of.Issuer)}, words{faceAbove, "*"})
	motto := capitals(of.Motto)
	height := p.column(right, p.y, headRight, words{faceMotto, motto})
	if motto != "" {
		long := min(p.widthOf(faceMotto, motto), headRight)
		p.line(right+(headRight-long)/2, p.y+height+0.3, long)
	}
	p.Skip(max(left, height))
	left = p.column(Left, p.y, headLeft, words{faceAbove, flat(of.Number)}, words{faceIssuer, capitals(of.Stamp)})
	p.Skip(max(left, p.column(right, p.y, headRight, words{faceDated, flat(of.Dated)})))
}

// line draws a line in black.
func (p *printer) line(x, y, width float64) {
	p.pdf.SetLineWidth(0.25)
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.Line(x, y, x+width, y)
}

func (h Heading) print(p *printer) {
	text := flat(h.Text)
	if text == "" {
		return
	}
	broken := p.wrap(faceStrong, text, indent, Width)
	before := after
	if h.Level <= 1 {
		before *= 2
	}
	p.need(before + float64(len(broken))*faceStrong.leading() + after + 2*faceBody.leading()) // never alone at the foot
	p.Skip(before)
	p.lines(faceStrong, broken, Left, indent, Width, "L")
	p.Skip(after)
}

func (g Paragraph) print(p *printer) {
	for _, line := range lines(g.Text) {
		p.lines(faceBody, p.wrap(faceBody, line, indent, Width), Left, indent, Width, "J")
		p.Skip(after)
	}
}

func (l List) print(p *printer) {
	const width = Width - indent - hanging
	for i, item := range l.Items {
		broken := p.wrap(faceBody, flat(item), 0, width)
		if len(broken) == 0 {
			broken = []string{""} // as in Word, where the number stands alone
		}
		if len(broken) > 1 {
			p.need(2 * faceBody.leading())
		} else {
			p.need(faceBody.leading())
		}
		mark := "-"
		if l.Numbered {
			mark = fmt.Sprintf("%d.", i+1)
		}
		p.At(Left+indent, p.y, hanging, faceBody, "L", mark)
		p.lines(faceBody, broken, Left+indent+hanging, 0, width, "J")
		p.Skip(after)
	}
}

// wrap breaks a text into lines at a width, of which the first begins further in.
func (p *printer) wrap(f Face, text string, first, width float64) []string {
	broken := p.Lines(f, text, width-first)
	if first == 0 || len(broken) < 2 {
		return broken
	}
	rest := strings.TrimLeft(strings.TrimPrefix(drawable(text), broken[0]), " ")
	return append(broken[:1], p.Lines(f, rest, width)...)
}

// lines writes what wrap broke, over pages where it must, and leaves no line of a
// paragraph alone at the foot or the top of a page.
func (p *printer) lines(f Face, broken []string, x, first, width float64, align string) {
	if len(broken) > 1 {
		p.need(2 * f.leading())
	}
	for i, line := range broken {
		left := len(broken) - i
		if left == 2 && i > 1 {
			p.need(2 * f.leading())
		} else {
			p.need(f.leading())
		}
		in, set := 0.0, align
		if i == 0 {
			in = first
		}
		if left == 1 && align == "J" {
			set = "L"
		}
		p.set(f, x+in, width-in, set, line)
	}
}

// set writes one line that is broken already, and moves on.
func (p *printer) set(f Face, x, width float64, align, line string) {
	p.face(f)
	p.pdf.SetXY(x, p.y)
	p.pdf.CellFormat(width, f.leading(), drawable(line), "", 0, align, false, 0, "")
	p.Skip(f.leading())
}
