package briefing

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/document"
)

// Review is what the report for a briefing is made of: the host's board as its
// figures were closed.
type Review struct {
	Briefing   Briefing
	Letterhead Letterhead
	Motto      string // top right, as the organisation has it; "" for none
	Host       string // the unit that holds the briefing
	View       board.View
	As         time.Time // of the figures
	Name       func(tree.UnitID) string
	Level      func(key string) text.Words
	Zone       *time.Location
}

// ReviewPaper is the report that the briefing opens on, as an official paper: each
// milestone by level, then by unit, and who is late.
func ReviewPaper(texts *text.Catalog, lang text.Lang, of Review) document.Paper {
	w := reviewWriter{
		paperWriter: paperWriter{
			Official: Official{Briefing: of.Briefing, Host: of.Host, Zone: of.Zone, Minutes: Minutes{Body: Body{Letterhead: of.Letterhead}}},
			texts:    texts, lang: lang,
		},
		Review: of,
	}
	w.opening()
	for _, m := range of.View.Document.Milestones {
		w.milestone(m.Key, m.Name.In(lang))
	}
	w.late()
	head := of.Letterhead
	return document.Paper{
		Lang: string(lang), Made: of.As, Motto: of.Motto, Above: head.Above, Issuer: w.issuer(), Dated: w.dated(of.As), Kind: w.say("briefing.review.kind"),
		Subject:    w.say("briefing.review.subject", "number", of.View.Document.Number),
		Body:       w.body,
		Signatures: []document.Signature{{Post: w.say("briefing.review.signer"), Note: w.say("briefing.paper.sign-here")}},
		Recipients: document.Recipients{Title: w.say("briefing.paper.recipients"), Names: head.Recipients},
	}
}

type reviewWriter struct {
	paperWriter
	Review
}

func (w *reviewWriter) opening() {
	document := w.View.Document
	w.paragraph(w.say("briefing.review.opening", "number", document.Number, "title", document.Title,
		"hour", w.hour(w.As), "day", w.day(w.As), "briefing", w.Review.Briefing.Title))
	w.paragraph(w.say("briefing.review.counted"))
}

// columns are those of a milestone that count somebody.
func (w *reviewWriter) columns(milestone string) (list []int) {
	for i, c := range w.View.Columns {
		if c.Milestone == milestone && w.View.Head.Cells[i].Total > 0 {
			list = append(list, i)
		}
	}
	return list
}

// milestone is a part for one milestone: the whole by level, then each unit.
func (w *reviewWriter) milestone(key, name string) {
	columns := w.columns(key)
	if len(columns) == 0 {
		return
	}
	w.part(name)
	table := document.Table{Columns: []document.Column{
		{Title: w.say("briefing.paper.number"), Width: 1.2, Align: document.AlignCentre}, {Title: w.say("briefing.review.unit"), Width: 5},
	}}
	var whole []string
	for _, c := range columns {
		cell, level := w.View.Head.Cells[c], w.level(c)
		done, total := int(cell.Done), int(cell.Total)
		whole = append(whole, w.say("briefing.review.level", "level", level, "done", done, "total", total, "percent", text.Percent(w.lang, done, total),
			"waiting", int(cell.Waiting), "provisional", int(cell.Provisional), "late", int(cell.Late)))
		table.Columns = append(table.Columns, document.Column{Title: level, Width: 3, Align: document.AlignRight})
	}
	for i, row := range w.rows() {
		line := []string{strconv.Itoa(i + 1), w.Name(row.Unit)}
		for _, c := range columns {
			line = append(line, w.cell(row, c))
		}
		table.Rows = append(table.Rows, line)
	}
	w.add(document.List{Items: whole})
	if len(table.Rows) > 0 {
		w.add(table)
	}
}

// rows are the units directly below, by name.
func (w *reviewWriter) rows() []board.Row {
	rows := slices.Clone(w.View.Rows)
	slices.SortStableFunc(rows, func(a, b board.Row) int { return fold.Compare(w.Name(a.Unit), w.Name(b.Unit)) })
	return rows
}

// level is the level that a column counts, as a heading.
func (w *reviewWriter) level(column int) string {
	return capital(w.Level(w.View.Columns[column].Level).In(w.lang))
}

// cell is how far a unit's own have come; of the unit itself, whether it is done.
func (w *reviewWriter) cell(row board.Row, column int) string {
	c := row.Cells[column]
	switch {
	case c.Total == 0:
		return "–"
	case row.Own[column] && c.Done > 0:
		return w.say("briefing.review.done")
	case row.Own[column]:
		return w.say("briefing.review.open")
	}
	return fmt.Sprintf("%s/%s (%s)", text.Value(w.lang, int(c.Done)), text.Value(w.lang, int(c.Total)), text.Percent(w.lang, int(c.Done), int(c.Total)))
}

// late are the units below which somebody is late, those with most first.
func (w *reviewWriter) late() {
	type behind struct {
		name, what string
		late       int32
	}
	var list []behind
	for _, row := range w.rows() {
		for c, head := range w.View.Columns {
			if late := row.Cells[c].Late; late > 0 {
				list = append(list, behind{w.Name(row.Unit), w.level(c) + ", " + w.milestoneName(head.Milestone), late})
			}
		}
	}
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(a, b behind) int { return cmp.Compare(b.late, a.late) })
	w.part(w.say("briefing.review.late"))
	table := document.Table{Columns: []document.Column{
		{Title: w.say("briefing.paper.number"), Width: 1.2, Align: document.AlignCentre},
		{Title: w.say("briefing.review.unit"), Width: 5},
		{Title: w.say("briefing.review.what"), Width: 8},
		{Title: w.say("briefing.review.units-late"), Width: 2.5, Align: document.AlignRight},
	}}
	for i, b := range list {
		table.Rows = append(table.Rows, []string{strconv.Itoa(i + 1), b.name, b.what, text.Value(w.lang, int(b.late))})
	}
	w.add(table)
}

func (w *reviewWriter) milestoneName(key string) string {
	for _, m := range w.View.Document.Milestones {
		if m.Key == key {
			return m.Name.In(w.lang)
		}
	}
	return key
}
