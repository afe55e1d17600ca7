package folder

import (
	"fmt"
	"strings"

	"giaoban/internal/base/account"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
)

// slip is the page of one item: what is proposed above, the leader's part below, the
// code at the foot.
func (p paper) slip(s Slip) error {
	p.head()
	p.Write(document.Title, "C", strings.ToUpper(p.say("folder.paper.slip")))
	p.Write(document.Plain, "C", p.say("folder.paper.to", "name", p.folder.Name))
	p.Skip(4)
	p.marks(s.Content.Marks)
	p.proposed(s)
	p.pen(s)
	return p.proof(s)
}

// proposed is who proposes what, as much of it as there is room for.
func (p paper) proposed(s Slip) {
	c := s.Content
	p.fact(p.say("folder.paper.what"), c.Title, document.Bold, 3)
	from := c.From
	if c.By != "" {
		from += "\n" + c.By
	}
	p.fact(p.say("folder.paper.from"), from, document.Plain, 3)
	p.fact(p.say("folder.paper.since"), p.day(c.Since), document.Plain, 1)
	if c.Due != "" {
		due := text.Date(p.folder.Lang, c.Due)
		if c.Late {
			due = "▲ " + due
		}
		p.fact(p.say("folder.paper.due"), due, document.Plain, 1)
	}
	p.Skip(1)
	proposal := p.Lines(document.Bold, c.Proposal, document.Width)
	last := penFrom - 6 - 6*float64(len(proposal))
	for i, fact := range c.Facts {
		if p.Y() > last-14 {
			p.Write(document.Small, "L", p.say("folder.paper.facts-left", "n", len(c.Facts)-i))
			break
		}
		p.fact(fact.Label, fact.Said, document.Plain, 2)
	}
	if room := int((last - p.Y()) / 5.4); c.Said != "" && room > 0 {
		p.Write(document.Plain, "L", p.cut(document.Plain, "“"+c.Said+"”", document.Width, room))
	}
	p.Skip(2)
	p.Write(document.Bold, "L", c.Proposal)
}

// pen is where the leader ticks, writes and signs.
func (p paper) pen(s Slip) {
	const box, column = 5.0, 92.0
	p.Skip(5)
	p.Rule(document.Left, document.Width)
	p.Skip(3)
	p.section(p.say("folder.paper.decision"))
	top := p.Y()
	for _, way := range s.Content.Ways {
		p.Box(document.Left, p.Y()+0.4, box, box)
		words := p.say("folder.choice." + string(way))
		if way.NeedsNote() {
			words += " " + p.say("folder.paper.write")
		}
		p.Skip(max(box, p.At(document.Left+box+3, p.Y(), column-box-3, document.Plain, "L", words)) + 2.5)
	}
	p.Write(document.Small, "L", p.say("folder.paper.note"))
	for p.Y() < proofAt-12 {
		p.Skip(8.5)
		p.Rule(document.Left, column)
	}
	x, width := document.Left+column+6, document.Width-column-6
	down := p.At(x, top, width, document.Face{Style: "I", Size: 12}, "C", p.say("folder.paper.dated"))
	p.At(x, top+down, width, document.Small, "C", p.say("folder.paper.sign"))
	p.At(x, proofAt-18, width, document.Bold, "C", p.cut(document.Bold, p.folder.Name, width, 3))
}

// proof is the code by which the slip is found again.
func (p paper) proof(s Slip) error {
	p.To(proofAt)
	p.Rule(document.Left, document.Width)
	p.Skip(2)
	from := p.Y()
	if err := p.Scan(document.Left-4, from-1, scanSize, p.address+SlipPath(s.Code)); err != nil {
		return err
	}
	x, width := document.Left+scanSize, document.Width-scanSize
	down := 2 + p.At(x, from+2, width, document.Label, "L", p.say("folder.paper.code"))
	down += 1 + p.At(x, from+down, width, document.Face{Style: "M", Size: 20}, "L", string(s.Code))
	down += 1 + p.At(x, from+down, width, document.Small, "L", p.say("folder.paper.code.how"))
	p.At(x, from+down, width, document.Small, "L", p.say("folder.paper.place",
		"place", fmt.Sprint(s.Place), "all", fmt.Sprint(p.folder.Slips), "event", text.Number(p.folder.Lang, s.Position)))
	return nil
}

// SlipPath is the page of a slip.
func SlipPath(code account.Code) string { return "/slips/" + string(code) }
