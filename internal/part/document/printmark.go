package document

// Where a mark stands, in millimetres: below the text, and far enough from the edge for
// every printer.
const (
	markTop  = pageHeight - paperBottom + 1
	markSize = 14.0 // of the code to be scanned
)

// mark draws a copy's mark at the foot of the page.
func (p *printer) mark(m Mark) {
	x := Left
	if m.Scan != "" {
		if err := p.Scan(x, markTop, markSize, m.Scan); err != nil {
			p.pdf.SetError(err)
			return
		}
		x += markSize + 2
	}
	p.At(x, markTop+(markSize-2*faceMark.leading())/2, Width-markSize-2, faceMark, "L", m.Words)
}
