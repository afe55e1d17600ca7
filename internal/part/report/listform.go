package report

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
)

// formHeadings are the headings of a form beside those of the indicators.
var formHeadings = map[string]text.Words{
	columnCode:   {VI: "Mã đơn vị", EN: "Unit code"},
	columnName:   {VI: "Tên đơn vị", EN: "Unit name"},
	columnDone:   {VI: "Đã xong", EN: "Done"},
	columnSource: {VI: "Báo bằng", EN: "Told by"},
	columnSaid:   {VI: "Người báo", EN: "Who said it"},
	columnAt:     {VI: "Ngày báo", EN: "Told on"},
}

// formName is the name of the sheet.
var formName = text.Words{VI: "Đơn vị chưa báo", EN: "Units to tell"}

// ListForm is a form to be filled in by telephone: the units below options.By
// that the milestone asks and that have sent nothing, with a column for each
// figure. It imports again as it is and enters nothing.
func ListForm(ctx context.Context, q store.Querier, actor access.Actor, options ListOptions) (sheet.Sheet, error) {
	p, err := newPlanner(ctx, q, actor, options)
	if err != nil {
		return sheet.Sheet{}, err
	}
	lang := options.Lang
	headings := []string{formHeadings[columnCode].In(lang), formHeadings[columnName].In(lang), formHeadings[columnDone].In(lang)}
	for _, i := range p.milestone.Indicators {
		headings = append(headings, headingOf(i, lang))
	}
	for _, column := range []string{columnSource, columnSaid, columnAt} {
		headings = append(headings, formHeadings[column].In(lang))
	}
	rows := [][]sheet.Cell{sheet.TextRow(headings...)}
	for _, u := range actor.Tree.Subtree(options.By) {
		if u.ID == options.By || !p.units.reports(u) || p.refusal(u) != nil || p.standings[u.ID].Provisional() {
			continue
		}
		rows = append(rows, sheet.TextRow(u.Code, u.Name))
	}
	return sheet.Sheet{Name: formName.In(lang), Rows: rows}, nil
}

// headingOf is an indicator's name with its unit in brackets.
func headingOf(i profile.Indicator, lang text.Lang) string {
	name := i.Name.In(lang)
	if unit := i.Unit.In(lang); unit != "" {
		name += " (" + unit + ")"
	}
	return name
}
