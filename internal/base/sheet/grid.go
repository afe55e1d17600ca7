package sheet

import "unicode/utf16"

// longestText is how many characters, counted as UTF-16, Excel keeps in a cell.
const longestText = 32_767

// grid fills sheets cell by cell and keeps the limits of a file.
type grid struct {
	limits Limits
	left   int // cells that may still be made, over all sheets
	sheet  *Sheet
}

func newGrid(limits Limits) *grid { return &grid{limits: limits, left: limits.Cells} }

// begin starts the next sheet.
func (g *grid) begin(s *Sheet) { g.sheet = s }

// put sets a cell that holds something. Rows come in ascending order, and so
// do the cells of a row. Blank cells count as soon as something stands behind
// them: a few bytes may name a cell far away.
func (g *grid) put(row, column int, cell Cell) error {
	s := g.sheet
	switch {
	case row >= g.limits.Rows:
		return refuse("sheet.tooManyRows", "sheet", s.Name, "limit", g.limits.Rows)
	case column >= g.limits.Columns:
		return refuse("sheet.tooManyColumns", "sheet", s.Name, "limit", g.limits.Columns)
	}
	width := 0
	for len(s.Rows) <= row {
		if len(s.Rows) > 0 {
			width = len(s.Rows[len(s.Rows)-1])
		}
		s.Rows = append(s.Rows, nil)
	}
	cells := s.Rows[row]
	if g.left -= column + 1 - len(cells); g.left < 0 {
		return refuse("sheet.tooManyCells", "limit", g.limits.Cells)
	}
	if cells == nil {
		cells = make([]Cell, 0, max(width, column+1))
	}
	for len(cells) < column {
		cells = append(cells, Cell{At: Address{s.Name, row, len(cells)}})
	}
	cell.At = Address{s.Name, row, column}
	if isLong(cell.Text) {
		cell.Text = cell.Text[:0]
		cell.Problem = cell.Refuse("sheet.cell.long", "limit", longestText)
	}
	s.Rows[row] = append(cells, cell)
	return nil
}

// isLong says that Excel would cut the text.
func isLong(text string) bool {
	if len(text) <= longestText {
		return false
	}
	units := 0
	for _, r := range text {
		units += utf16.RuneLen(r)
	}
	return units > longestText
}

// end makes blank what merged ranges cover, as the office sees it, and drops
// blank cells and rows at the ends. A file whose ranges overlap would make
// this slow and is refused: ranges that do not overlap have no more cells
// than the sheet.
func (g *grid) end() error {
	s, work := g.sheet, 2*g.limits.Cells
	for _, r := range s.Merged {
		for row := r.Top; row <= r.Bottom && row < len(s.Rows); row++ {
			cells := s.Rows[row]
			last := min(r.Right, len(cells)-1)
			if work -= 1 + max(0, last-r.Left+1); work < 0 {
				return refuse("sheet.damaged")
			}
			for column := r.Left; column <= last; column++ {
				if row != r.Top || column != r.Left {
					cells[column] = Cell{At: cells[column].At}
				}
			}
			s.Rows[row] = trimRow(cells)
		}
	}
	for len(s.Rows) > 0 && len(s.Rows[len(s.Rows)-1]) == 0 {
		s.Rows = s.Rows[:len(s.Rows)-1]
	}
	return nil
}

func trimRow(cells []Cell) []Cell {
	for len(cells) > 0 && cells[len(cells)-1].isBlank() {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// isBlank says that nothing stands in the cell; a cell with a problem is not
// blank, nor is a formula without a value.
func (c Cell) isBlank() bool { return c.Text == "" && c.Problem == nil }
