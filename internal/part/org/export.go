package org

import (
	"context"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// exportName is the name of an exported sheet.
var exportName = text.Words{VI: "Đơn vị", EN: "Units"}

// exportHeadings are the headings of an export; the import knows them all.
var exportHeadings = map[Column]text.Words{
	ColumnCode:   {VI: "Mã đơn vị", EN: "Unit code"},
	ColumnName:   {VI: "Tên đơn vị", EN: "Unit name"},
	ColumnKind:   {VI: "Loại", EN: "Kind"},
	ColumnParent: {VI: "Mã đơn vị cấp trên", EN: "Parent code"},
	ColumnLevel:  {VI: "Cấp", EN: "Level"},
	ColumnLines:  {VI: "Hệ ngành dọc", EN: "Lines of reporting"},
}

// Export gives the units below a unit on a day as a list that imports again and
// changes nothing, each after its parent. Units directly below have no parent's
// code: the list speaks for whatever unit it is imported under. A column of lines is
// there when one of the units reports in any. sheet.WriteXLSX
// and sheet.WriteCSV write it.
func Export(ctx context.Context, q store.Querier, lang text.Lang, under tree.UnitID, day clock.Date) (sheet.Sheet, error) {
	p, err := Profile(ctx, q)
	if err != nil {
		return sheet.Sheet{}, err
	}
	if under == 0 {
		if under, err = Root(ctx, q); err != nil {
			return sheet.Sheet{}, err
		}
	}
	if _, err := UnitAt(ctx, q, day, under); err != nil {
		return sheet.Sheet{}, err
	}
	units, err := SubtreeOn(ctx, q, day, under)
	if err != nil {
		return sheet.Sheet{}, err
	}
	codes := make(map[tree.UnitID]string, len(units))
	for _, u := range units {
		codes[u.ID] = u.Code
	}
	var headings []string
	lines, err := linesOn(ctx, q, day)
	if err != nil {
		return sheet.Sheet{}, err
	}
	lined := slices.ContainsFunc(units, func(u Unit) bool { return len(lines[u.ID]) > 0 })
	for _, column := range Columns {
		if column == ColumnFrom || column == ColumnLines && !lined {
			continue
		}
		headings = append(headings, exportHeadings[column].In(lang))
	}
	rows := [][]sheet.Cell{sheet.TextRow(headings...)}
	for _, u := range units {
		kind := u.Kind
		if known, ok := p.KindOf(u.Kind); ok {
			kind = known.Name.In(lang)
		}
		row := sheet.TextRow(u.Code, u.Name, kind, codes[u.Parent], levelName(p, u.Level).In(lang))
		if lined {
			row = append(row, sheet.Text(writeLines(p, lang, lines[u.ID])))
		}
		rows = append(rows, row)
	}
	return sheet.Sheet{Name: exportName.In(lang), Rows: rows}, nil
}
