package folder

import (
	"context"
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/document"
	"giaoban/internal/part/org"
)

// paper writes a folder on sheets: what stands in its rows, so that it is the same
// however often it is made.
type paper struct {
	*document.Sheet
	folder  Folder
	texts   *text.Catalog
	zone    *time.Location
	address string // of the program; "" where nobody said
	motto   string
	unit    string
}

// The places on a page, in millimetres.
const (
	labelled = 40.0  // the column of labels
	penFrom  = 150.0 // where the leader's part begins at the latest, however much is proposed
	proofAt  = 246.0 // where the code begins
	scanSize = 38.0
)

// Paper makes the PDF of a folder: the summary on one sheet and a sheet for each slip,
// in the language in which it was printed. Address is that of the program.
func Paper(ctx context.Context, q store.Querier, texts *text.Catalog, t *tree.Tree, address string, f Folder) ([]byte, error) {
	slips, err := Slips(ctx, q, f.ID)
	if err != nil {
		return nil, err
	}
	rules, err := org.Profile(ctx, q)
	if err != nil {
		return nil, err
	}
	unit, _ := t.Unit(f.Unit)
	p := paper{
		folder: f, texts: texts, zone: rules.Location(), address: strings.TrimSuffix(address, "/"), motto: rules.Motto.In(f.Lang), unit: unit.Name,
	}
	return p.write(slips)
}

// write makes the pages.
func (p paper) write(slips []Slip) ([]byte, error) {
	p.Sheet = document.NewSheet(p.say("folder.paper.title")+" "+p.folder.Name, string(p.folder.Lang), p.folder.At)
	p.summary(slips)
	for _, s := range slips {
		p.Next()
		if err := p.slip(s); err != nil {
			return nil, fmt.Errorf("printing slip %s: %w", s.Code, err)
		}
	}
	return p.PDF([]byte(Subject(p.folder.ID)))
}

func (p paper) say(key string, args ...any) string { return p.texts.T(p.folder.Lang, key, args...) }

func (p paper) day(at time.Time) string { return text.Date(p.folder.Lang, clock.DateOf(at, p.zone)) }

// head is whose folder it is.
func (p paper) head() {
	const half = document.Width / 2
	left := p.At(document.Left, p.Y(), half, document.Bold, "C", strings.ToUpper(p.unit))
	right := p.At(document.Left+half, p.Y(), half, document.Bold, "C", strings.ToUpper(p.motto))
	right += p.At(document.Left+half, p.Y()+right+1, half, document.Face{Style: "I", Size: 12}, "C",
		p.say("folder.paper.printed", "day", p.day(p.folder.At), "hour", text.TimeOfDay(p.folder.At, p.zone)))
	p.Skip(max(left, right) + 7)
}

// marks are how secret and how urgent it is, as the stamps on paper.
func (p paper) marks(m marking.Marks) {
	var stamps []string
	if m.Secrecy != "" {
		stamps = append(stamps, p.say(m.Secrecy.Text()))
	}
	if m.Urgency != "" {
		stamps = append(stamps, p.say(m.Urgency.Text()))
	}
	if len(stamps) > 0 {
		p.Write(document.Bold, "L", strings.ToUpper(strings.Join(stamps, " · ")))
		p.Skip(2)
	}
}

// section is the title of a part of the page.
func (p paper) section(title string) {
	p.Write(document.Bold, "L", title)
	p.Skip(1)
}

// cut is words that take no more lines than most at a width.
func (p paper) cut(f document.Face, words string, width float64, most int) string {
	lines := p.Lines(f, words, width)
	if len(lines) > most {
		lines = append(lines[:most-1], strings.TrimSpace(lines[most-1])+" …")
	}
	return strings.Join(lines, "\n")
}

// fact is a label and what it says, cut after some lines.
func (p paper) fact(label, said string, face document.Face, most int) {
	const width = document.Width - labelled - 3
	height := p.At(document.Left, p.Y(), labelled, document.Label, "L", p.cut(document.Label, label, labelled, most))
	height = max(height, p.At(document.Left+labelled+3, p.Y(), width, face, "L", p.cut(face, said, width, most)))
	p.Skip(height + 1)
}
