package folder

import (
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
)

// footAt is where the foot of the summary begins, in millimetres from the top.
const footAt = 262.0

// summary is the first page: how much of what waits, and which slips follow, the most
// pressing first, as far as there is room on one sheet.
func (p paper) summary(slips []Slip) {
	p.head()
	p.Write(document.Title, "C", strings.ToUpper(p.say("folder.paper.title")))
	p.Write(document.Plain, "C", p.say("folder.paper.to", "name", p.folder.Name))
	p.Skip(6)
	p.section(p.say("folder.paper.counts"))
	for _, c := range p.folder.Summary.Kinds {
		p.count(c)
	}
	if late := lateOf(slips); late > 0 {
		p.Write(document.Bold, "L", p.say("folder.paper.late", "n", late))
	}
	if oldest := oldestOf(slips); len(slips) > 0 {
		p.Write(document.Plain, "L", p.say("folder.paper.oldest", "day", p.day(oldest)))
	}
	p.Skip(4)
	p.section(p.say("folder.paper.slips", "n", len(slips)))
	p.lines(slips)
	p.foot()
}

func (p paper) count(c Count) {
	p.At(document.Left, p.Y(), document.Width-30, document.Plain, "L", p.say("folder.count."+c.Key))
	p.Skip(p.At(document.Left, p.Y(), document.Width, document.Bold, "R", text.Number(p.folder.Lang, int64(c.N))))
}

// oldestOf is since when the one that waits the longest waits.
func oldestOf(slips []Slip) (oldest time.Time) {
	for _, s := range slips {
		if oldest.IsZero() || s.Content.Since.Before(oldest) {
			oldest = s.Content.Since
		}
	}
	return oldest
}

func lateOf(slips []Slip) (n int) {
	for _, s := range slips {
		if s.Content.Late {
			n++
		}
	}
	return n
}

// lines are the slips, one a line or two, until the sheet is full.
func (p paper) lines(slips []Slip) {
	const number, code, due = 9.0, 26.0, 24.0
	const what = document.Width - number - code - due - 3
	for i, s := range slips {
		if p.Y() > footAt-14 {
			p.Write(document.Plain, "L", p.say("folder.paper.more", "n", len(slips)-i))
			return
		}
		p.Rule(document.Left, document.Width)
		p.Skip(1)
		p.At(document.Left, p.Y(), number, document.Plain, "L", strconv.Itoa(s.Place))
		x := document.Left + number
		height := p.At(x, p.Y(), what, document.Plain, "L", p.cut(document.Plain, s.Content.Title, what, 1))
		height += p.At(x, p.Y()+height, what, document.Small, "L", p.cut(document.Small, p.say("folder.kind."+string(s.Kind))+" · "+s.Content.From, what, 1))
		if s.Content.Due != "" {
			p.At(x+what+1, p.Y(), due, document.Label, "L", p.due(s))
		}
		p.At(document.Left, p.Y()+0.6, document.Width, document.Face{Style: "M", Size: 10}, "R", string(s.Code))
		p.Skip(height + 1)
	}
}

// due is by when a slip should be decided, with a sign where that day has passed.
func (p paper) due(s Slip) string {
	day := text.ShortDate(p.folder.Lang, s.Content.Due)
	if s.Content.Late {
		return "▲ " + day
	}
	return p.say("folder.paper.until", "day", day)
}

// foot says what has no slip, and who printed the folder.
func (p paper) foot() {
	p.To(footAt)
	p.Rule(document.Left, document.Width)
	p.Skip(1.5)
	if left := p.folder.Summary.Left; left > 0 {
		p.Write(document.Bold, "L", p.say("folder.paper.left", "n", left))
	}
	var others []string
	for _, c := range p.folder.Summary.Others {
		others = append(others, p.say("folder.count."+c.Key)+": "+text.Number(p.folder.Lang, int64(c.N)))
	}
	if len(others) > 0 {
		p.Write(document.Small, "L", p.cut(document.Small, p.say("folder.paper.others", "list", strings.Join(others, " · ")), document.Width, 2))
	}
	p.Write(document.Small, "L", p.say("folder.paper.by", "name", p.folder.Printer))
}
