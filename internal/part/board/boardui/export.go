package boardui

import (
	"bytes"
	"fmt"
	"strings"

	"giaoban/internal/base/file"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
)

// export gives the board's table as a spreadsheet.
func (s *Screens) export(r *web.Request) error {
	directive, unit, m, err := s.askedThen(r)
	if err != nil {
		return err
	}
	_, position, p, err := s.compared(r, m)
	if err != nil {
		return err
	}
	v, err := s.read(&board.Room{}, directive, unit, m, position)
	if err != nil {
		return err
	}
	units, err := s.called(r, m, rowUnits(v))
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
		for _, key := range []string{
			"board.sheet.total", "board.sheet.done", "board.sheet.waiting", "board.sheet.told", "board.sheet.soon", "board.sheet.late",
			"board.sheet.none", "board.sheet.exempt", "board.sheet.apart",
		} {
			rows[0] = append(rows[0], sheet.Text(r.T(key, of...)))
		}
	}
	page.rows(units, v, p, r.Lang)
	for _, line := range append(page.Rows, page.total(units, v)) {
		cells := []sheet.Cell{sheet.Text(line.Unit.Code), sheet.Text(line.Unit.Name)}
		for _, c := range line.Cells {
			for _, n := range []int32{c.Total, c.Done, c.Waiting, c.Provisional, c.Soon, c.Late, c.Nothing(), c.Exempt, c.Apart} {
				cells = append(cells, sheet.Integer(int64(n)))
			}
		}
		rows = append(rows, cells)
	}
	if marks := r.Marks(v.Document.Marks); marks != "" {
		rows = append([][]sheet.Cell{{sheet.Text(strings.ToUpper(marks))}}, rows...)
	}
	rows = append(rows, nil, []sheet.Cell{sheet.Text(r.T("board.sheet.note", "moment", text.Moment(r.Lang, m.time, s.boards.Zone())))})
	var content bytes.Buffer
	if err := sheet.WriteXLSX(&content, []sheet.Sheet{{Name: r.T("board.sheet"), Rows: rows}}); err != nil {
		return err
	}
	return r.Attach(fmt.Sprintf("giaoban-%d-%d.xlsx", directive, unit), file.Xlsx, content.Bytes())
}

// total is the row of the unit itself.
func (p *boardPage) total(units called, v board.View) row {
	unit, _ := units.Unit(v.Head.Unit)
	line := row{Unit: unit}
	for _, h := range p.Columns {
		line.Cells = append(line.Cells, newCell(v.Head, h.Index))
	}
	return line
}
