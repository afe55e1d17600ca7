package inboxui

import (
	"fmt"

	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/register"
)

// papers lists the official papers with which the person has to go on, by what they wait
// for.
func (p *page) papers(r *web.Request) {
	for _, next := range []register.Next{register.ToOwn, register.ToSign, register.ToInitial, register.ToHave, register.ToCancel, register.ToNumber, register.ToIssue} {
		var lines []line
		for _, one := range p.Papers {
			if one.Next == next {
				lines = append(lines, paperLine(r, one))
			}
		}
		p.add("paper-"+string(next), lines)
	}
}

// paperLine leads to where the paper is read and gone on with; to the register for what is
// signed outside.
func paperLine(r *web.Request, one inbox.Paper) line {
	l := line{
		Path: fmt.Sprintf("/papers/%d/open", one.ID), What: text.Capital(one.Title), Marks: one.Marks, Sign: "waiting", Word: r.T("inboxui.paper." + string(one.Next)),
		Small: []string{text.Capital(one.Kind.Name.In(r.Lang)), one.At.Name},
	}
	if one.NumberText != "" {
		l.Small[0] += " " + one.NumberText
	}
	switch one.Next {
	case register.ToHave:
		l.Path = fmt.Sprintf("/papers/%d#outside", one.ID)
	case register.ToOwn:
		l.Path = fmt.Sprintf("/papers/%d#answer", one.ID)
	case register.ToCancel:
		l.Path, l.Sign = fmt.Sprintf("/papers/numbers?unit=%d&kind=%s", one.Unit, one.Paper.Kind), "late"
	case register.ToInitial, register.ToSign:
		l.Small = append(l.Small, r.T("inboxui.paper.drafted", "name", r.Person(one.Drafter), "time", moment(r, one.DraftedAt)))
	case register.ToNumber, register.ToIssue:
		l.Small = append(l.Small, r.T("inboxui.paper.signed", "name", r.Person(one.Signer), "time", moment(r, one.SignedAt)))
	}
	return l
}
