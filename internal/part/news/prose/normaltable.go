package prose

// normal is the table in its normal form, nil when nothing is in it: as wide in each
// row, without empty rows and without empty columns at its right.
func (t *Table) normal() (*Table, error) {
	if len(t.Rows) > MaxRows {
		return nil, refuse("prose.table-large", "rows", MaxRows, "columns", MaxColumns)
	}
	header, err := row(t.Header)
	if err != nil {
		return nil, err
	}
	for i := range header {
		header[i] = header[i].plain()
	}
	clean := Table{Header: header[:filled(header)]}
	width := len(clean.Header)
	for _, cells := range t.Rows {
		cells, err := row(cells)
		if err != nil {
			return nil, err
		}
		if some := filled(cells); some > 0 {
			clean.Rows = append(clean.Rows, cells[:some])
			width = max(width, some)
		}
	}
	if width == 0 {
		return nil, nil
	}
	if len(clean.Header) > 0 {
		clean.Header = widened(clean.Header, width)
	} else {
		clean.Header = nil
	}
	for i, cells := range clean.Rows {
		clean.Rows[i] = widened(cells, width)
	}
	return &clean, nil
}

// row is a row with its lines checked.
func row(cells []Line) ([]Line, error) {
	if len(cells) > MaxColumns {
		return nil, refuse("prose.table-large", "rows", MaxRows, "columns", MaxColumns)
	}
	clean := make([]Line, len(cells))
	for i, cell := range cells {
		line, err := cell.checked()
		if err != nil {
			return nil, err
		}
		clean[i] = line
	}
	return clean, nil
}

// filled is how many cells there are up to the last that says something.
func filled(cells []Line) int {
	for i := len(cells); i > 0; i-- {
		if len(cells[i-1]) > 0 {
			return i
		}
	}
	return 0
}

// widened is a row with empty cells up to the width.
func widened(cells []Line, width int) []Line {
	for len(cells) < width {
		cells = append(cells, nil)
	}
	return cells
}
