package newsui

import (
	"bytes"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// exportOpinions gives what readers said of an article as a spreadsheet, by topic. No
// address stands in it: it is handed on.
func (s *screens) exportOpinions(r *web.Request) error {
	a, err := articleOf(r, access.NewsModerate)
	if err != nil {
		return err
	}
	var list []news.Comment
	err = r.View(func(q store.Querier) error {
		list, err = news.Collected(r.Context(), q, a.ID)
		return err
	})
	if err != nil {
		return err
	}
	var content bytes.Buffer
	if err := sheet.WriteXLSX(&content, []sheet.Sheet{opinionSheet(r, list)}); err != nil {
		return err
	}
	return r.Attach(fmt.Sprintf("giaoban-y-kien-%d.xlsx", a.ID), file.Xlsx, content.Bytes())
}

// opinionSheet is a row for each opinion: whole, as the desk keeps it.
func opinionSheet(r *web.Request, list []news.Comment) sheet.Sheet {
	rows := [][]sheet.Cell{sheet.TextRow(
		r.T("newsui.topic"), r.T("newsui.sheet.text"), r.T("newsui.sheet.name"), r.T("newsui.sheet.sent"), r.T("newsui.sheet.state"),
		r.T("newsui.sheet.reason"), r.T("newsui.sheet.reply"), r.T("newsui.sheet.agreed"))}
	for _, c := range list {
		topic := c.Topic
		if topic == "" {
			topic = r.T("newsui.sheet.none")
		}
		row := sheet.TextRow(topic, string(c.Text), c.Name, text.Moment(r.Lang, c.SentAt, r.Zone()), r.T("newsui.opinions."+string(c.State)), c.Reason, c.Reply)
		rows = append(rows, append(row, sheet.Integer(int64(c.Agreed))))
	}
	return sheet.Sheet{Name: r.T("newsui.sheet"), Rows: rows}
}
