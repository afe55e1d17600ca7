package task

import (
	"fmt"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
)

// List is what a list of an office's tasks is made of, to be printed or sent on.
type List struct {
	Motto   string // top right, as the organisation has it; "" for none
	Host    string // the unit whose list it is
	Subject string // which of its lists
	As      time.Time
	Rows    []Line
	Zone    *time.Location
}

// Line is a task in a list.
type Line struct {
	Title    string
	Source   string // where it comes from
	Whom     string // who gave it, or who has it
	Deadline clock.Date
	Standing string // how it stands, in a few words
}

// ListPaper is a list of tasks as a paper with room to sign. A list without tasks says
// so.
func ListPaper(texts *text.Catalog, lang text.Lang, of List) document.Paper {
	say := func(key string, args ...any) string { return texts.T(lang, key, args...) }
	as := of.As.In(of.Zone)
	table := document.Table{Columns: []document.Column{
		{Title: say("task.paper.number"), Width: 1.2, Align: document.AlignCentre},
		{Title: say("task.paper.title"), Width: 6},
		{Title: say("task.paper.whom"), Width: 3.8},
		{Title: say("task.paper.deadline"), Width: 2.4, Align: document.AlignCentre},
		{Title: say("task.paper.standing"), Width: 3},
	}}
	for i, line := range of.Rows {
		title := line.Title
		if line.Source != "" {
			title += "\n" + line.Source
		}
		table.Rows = append(table.Rows, []string{fmt.Sprint(i + 1), title, line.Whom, text.Date(lang, line.Deadline), line.Standing})
	}
	body := []document.Block{document.Paragraph{Text: say("task.paper.as", "hour", as.Format("15:04"), "n", len(of.Rows))}}
	if len(of.Rows) > 0 {
		body = append(body, table)
	}
	return document.Paper{
		Lang: string(lang), Made: of.As, Motto: of.Motto, Issuer: of.Host, Dated: text.Capital(text.PaperDate(lang, clock.DateOf(of.As, of.Zone))),
		Kind: say("task.paper.kind"), Subject: of.Subject, Body: body,
		Signatures: []document.Signature{{Post: say("task.paper.maker"), Note: say("task.paper.sign-here")}},
	}
}
