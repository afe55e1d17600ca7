package boardui

import (
	"fmt"

	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
)

// export gives the board's table as a spreadsheet.
func (s *Screens) export(r *web.Request) error {
	directive, unit, err := s.asked(r)
	if err != nil {
		return err
	}
	_, position, p, err := s.compared(r)
	if err != nil {
		return err
	}
	v, err := s.boards.Read(directive, unit, position)
	if err != nil {
		return err
	}
	page := &boardPage{}
	rows := [][]sheet.Cell{{sheet.Text(r.T("board.sheet.code")), sheet.Text(r.T("board.unit"))}}
	for _, m := range v.Document.Milestones {
		page.Milestone = m.Key
		page.columns(r.Lang, v, p)
	}
	for _, h := range page.Columns {
		of := []any{"level", h.Level}
		for _, key := range []string{"board.sheet.total", "board.sheet.done", "board.sheet.waiting", "board.sheet.soon", "board.sheet.late", "board.sheet.none"} {
			rows[0] = append(rows[0], sheet.Text(r.T(key, of...)))
		}
	}
	s.rows(page, v, p, r.Lang)
	for _, line := range append(page.Rows, s.total(v, page)) {
		cells := []sheet.Cell{sheet.Text(line.Unit.Code), sheet.Text(line.Unit.Name)}
		for _, c := range line.Cells {
			for _, n := range []int32{c.Total, c.Done, c.Waiting, c.Soon, c.Late, c.Nothing()} {
				cells = append(cells, sheet.Integer(int64(n)))
			}
		}
		rows = append(rows, cells)
	}
	rows = append(rows, nil, []sheet.Cell{sheet.Text(r.T("board.sheet.note", "moment", text.Moment(r.Lang, r.Now(), s.boards.Zone())))})
	attach(r.Writer, fmt.Sprintf("giaoban-%d-%d.xlsx", directive, unit), spreadsheet)
	return sheet.WriteXLSX(r.Writer, []sheet.Sheet{{Name: r.T("board.sheet"), Rows: rows}})
}

// total is the row of the unit itself.
func (s *Screens) total(v board.View, page *boardPage) row {
	unit, _ := s.tree.Unit(v.Head.Unit)
	line := row{Unit: unit}
	for _, h := range page.Columns {
		line.Cells = append(line.Cells, newCell(v.Head, h.Index))
	}
	return line
}
