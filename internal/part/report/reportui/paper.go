package reportui

import (
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/document"
)

// The places on the receipt, in millimetres.
const (
	proofAt  = 205.0 // where the proof begins, whatever was reported
	scanSize = 42.0
	labelled = 52.0 // the column of labels
)

// receiptPaper writes a receipt on a sheet.
type receiptPaper struct {
	*document.Sheet
	r *web.Request
	w received
}

// paper is the receipt as a PDF of one page that carries its own proof.
func (s *Screens) paper(r *web.Request, w received) ([]byte, error) {
	title := r.T("reportui.receipt.title")
	p := receiptPaper{document.NewSheet(title+" "+w.Code(), string(r.Lang), w.AcceptedAt), r, w}
	p.head(title)
	p.facts()
	p.people()
	if err := p.proof(s.checkAddress(r), s.scanned(r, w.Proof)); err != nil {
		return nil, err
	}
	return p.PDF(w.Proof.Text())
}

// head is whose report it is and what this paper says about it.
func (p receiptPaper) head(title string) {
	const half = document.Width / 2
	left := p.At(document.Left, p.Y(), half, document.Plain, "C", p.w.By)
	left += p.At(document.Left, p.Y()+left, half, document.Bold, "C", p.w.Unit)
	right := p.At(document.Left+half, p.Y(), half, document.Plain, "C", p.r.T("reportui.receipt.code"))
	right += p.At(document.Left+half, p.Y()+right, half, document.Face{Style: "M", Size: 13}, "C", p.w.Code())
	p.Skip(max(left, right) + 8)
	p.marks()
	p.Write(document.Title, "C", strings.ToUpper(title))
	p.Write(document.Face{Style: "I", Size: 12}, "C", p.r.T("reportui.receipt.means"))
	p.Skip(5)
}

// marks are how secret and how urgent it is, as the stamps on paper.
func (p receiptPaper) marks() {
	if stamps := p.r.Marks(p.w.Marks); stamps != "" {
		p.Write(document.Title, "L", strings.ToUpper(stamps))
		p.Skip(3)
	}
}

// facts are what was reported, as much of it as the sheet has room for: the
// whole lies in the file's data.
func (p receiptPaper) facts() {
	p.fact(p.r.T("reportui.receipt.directive"), p.w.Number+", "+p.w.Subject)
	p.fact(p.r.T("reportui.receipt.milestone"), p.w.Milestone)
	p.fact(p.r.T("reportui.receipt.version"), fmt.Sprint(p.w.Sent.Version))
	p.Skip(1.5)
	p.Rule(document.Left, document.Width)
	p.Skip(2.5)
	if len(p.w.Values) == 0 {
		p.Write(document.Plain, "L", p.r.T("reportui.values.none"))
	}
	const people = 42 // of what follows above the proof
	for i, v := range p.w.Values {
		if p.Y() > proofAt-people {
			p.Write(document.Small, "L", p.r.T("reportui.receipt.more", "n", len(p.w.Values)-i))
			break
		}
		p.fact(v.Name, strings.TrimSpace(v.Shown+" "+v.Unit))
	}
	p.Skip(1.5)
	p.Rule(document.Left, document.Width)
	p.Skip(3)
}

// fact is a label and what it says, cut after three lines.
func (p receiptPaper) fact(label, said string) {
	const most = 3
	width := document.Width - labelled - 4
	lines := p.Lines(document.Plain, said, width)
	if len(lines) > most {
		lines = append(lines[:most-1], strings.TrimSpace(lines[most-1])+" …")
	}
	height := p.At(document.Left, p.Y(), labelled, document.Label, "L", label)
	height = max(height, p.At(document.Left+labelled+4, p.Y(), width, document.Plain, "L", strings.Join(lines, "\n")))
	p.Skip(height + 0.8)
}

// people are who signed and who accepted, side by side.
func (p receiptPaper) people() {
	const half = document.Width / 2
	signed := []string{p.w.Sent.Signer, p.moment(p.w.SentAt), p.w.Method}
	if p.w.Committee != "" {
		signed = append(signed, p.r.T("reportui.by-committee", "unit", p.w.Committee))
	}
	accepted := []string{p.w.Decision.Decider, p.moment(p.w.AcceptedAt), p.w.By}
	var height float64
	for i, column := range [][]string{signed, accepted} {
		x := document.Left + float64(i)*half
		label := p.r.T([]string{"reportui.signed-by", "reportui.receipt.accepted-by"}[i])
		down := p.At(x, p.Y(), half-4, document.Label, "L", label)
		down += p.At(x, p.Y()+down, half-4, document.Bold, "L", column[0])
		down += p.At(x, p.Y()+down, half-4, document.Plain, "L", column[1])
		for _, more := range column[2:] {
			down += p.At(x, p.Y()+down, half-4, document.Small, "L", more)
		}
		height = max(height, down)
	}
	p.Skip(height)
}

// proof is where the report's acceptance stands in the log, and how to check it.
func (p receiptPaper) proof(page, scanned string) error {
	p.To(proofAt)
	p.Rule(document.Left, document.Width)
	p.Skip(3)
	from := p.Y()
	if err := p.Scan(document.Left-4, from-3, scanSize, scanned); err != nil {
		return err
	}
	x, width := document.Left+scanSize-1, document.Width-scanSize+1
	down := p.At(x, from, width, document.Bold, "L", p.r.T("reportui.receipt.check"))
	down += p.At(x, from+down, width, document.Plain, "L", p.r.T("reportui.receipt.check.how", "page", page))
	down += 1.5
	down += p.At(x, from+down, width, document.Code, "L", p.w.Code())
	down += 1.5
	down += p.At(x, from+down, width, document.Small, "L", p.r.T("reportui.receipt.event", "n", text.Number(p.r.Lang, p.w.Position)))
	p.Skip(max(down, scanSize-3))
	p.Write(document.Small, "L", p.r.T("reportui.receipt.leaf"))
	p.Write(document.Fine, "L", p.w.Proof.Leaf().String())
	p.Write(document.Small, "L", p.r.T("reportui.receipt.checkpoint"))
	p.Write(document.Fine, "L", strings.ReplaceAll(strings.TrimSpace(p.w.Proof.Checkpoint), "\n\n", "\n"))
	return nil
}

func (p receiptPaper) moment(at time.Time) string { return text.Moment(p.r.Lang, at, p.r.Zone()) }
