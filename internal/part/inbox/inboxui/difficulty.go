package inboxui

import (
	"fmt"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/inbox"
)

// asked lists the difficulties for the person's offices to answer.
func (p *page) asked(r *web.Request) {
	var lines []line
	for _, d := range p.Asked {
		l := difficultyLine(d)
		l.Sign, l.Word = "waiting", r.T("inboxui.difficulty.asked")
		if !d.Silent.IsZero() {
			last := clock.DateOf(d.Silent, r.Zone()).AddDays(-1)
			l.Word, l.due = r.T("inboxui.difficulty.silent", "left", text.Remaining(r.Lang, last, p.Today)), last
			if last <= p.Today.AddDays(1) {
				l.Sign = "soon"
			}
		}
		lines = append(lines, l)
	}
	p.add("asked", lines)
}

// answered lists the answers that the person's units have to confirm.
func (p *page) answered(r *web.Request) {
	var lines []line
	for _, d := range p.Answered {
		l := difficultyLine(d)
		l.Sign, l.Word = "waiting", r.T("inboxui.difficulty.confirm")
		lines = append(lines, l)
	}
	p.add("answered", lines)
}

func difficultyLine(d inbox.Difficulty) line {
	small := []string{d.From.Name}
	if d.At.ID != d.From.ID {
		small = append(small, d.At.Name)
	}
	return line{Path: fmt.Sprintf("/difficulties/%d", d.ID), What: d.Title, Small: small, Marks: d.Marks}
}
