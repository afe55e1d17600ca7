package briefing

import (
	"fmt"
	"time"

	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
)

// Blank is the sheet that people in a site's room sign, to be printed.
type Blank struct {
	Briefing Briefing
	Site     string // what the site's unit is called
	Motto    string
	Listed   []Attendee // whose names stand there already
	Zone     *time.Location
}

// blankLines is how many lines are left for names beside those that are listed: with
// the head they fill one page.
const blankLines = 16

// BlankPaper makes the sheet: names, posts and signatures, numbered, and who answers
// for it at the foot.
func BlankPaper(texts *text.Catalog, lang text.Lang, of Blank) document.Paper {
	w := paperWriter{Official: Official{Briefing: of.Briefing, Zone: of.Zone, Record: Record{}}, texts: texts, lang: lang}
	table := document.Table{Columns: []document.Column{
		{Title: w.say("briefing.paper.number"), Width: 1.2, Align: document.AlignCentre},
		{Title: w.say("briefing.paper.name"), Width: 5.5},
		{Title: w.say("briefing.paper.post"), Width: 5.5},
		{Title: w.say("briefing.sheet.signature"), Width: 4},
	}}
	for i := range max(blankLines, len(of.Listed)+5) {
		row := []string{fmt.Sprint(i + 1), "", "", ""}
		if i < len(of.Listed) && !of.Listed[i].Absent {
			row[1], row[2] = of.Listed[i].Name, of.Listed[i].Post
		}
		table.Rows = append(table.Rows, row)
	}
	w.paragraph(w.say("briefing.sheet.of", "title", of.Briefing.Title, "hour", w.hour(of.Briefing.Begins), "day", w.day(of.Briefing.Begins)))
	w.add(table)
	w.paragraph(w.say("briefing.sheet.heads"))
	return document.Paper{
		Lang: string(lang), Made: of.Briefing.Begins, Motto: of.Motto, Issuer: of.Site, Dated: w.dated(of.Briefing.Begins),
		Kind: w.say("briefing.sheet.kind"), Subject: w.say("briefing.sheet.subject", "site", of.Site), Body: w.body,
		Signatures: []document.Signature{{Post: w.say("briefing.sheet.secretary"), Note: w.say("briefing.paper.sign-here")}},
	}
}
