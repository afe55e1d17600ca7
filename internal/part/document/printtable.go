package document

// printedTable is a table with its texts broken into lines.
type printedTable struct {
	*printer
	Table
	widths []float64
	head   [][]string // a column's lines
}

func (t Table) print(p *printer) {
	if len(t.Columns) == 0 {
		return
	}
	of := printedTable{p, t, t.widths(Width), nil}
	for i, c := range t.Columns {
		of.head = append(of.head, of.broken(faceColumn, c.Title, i))
	}
	p.need(height(of.head, faceColumn) + 2*faceCell.leading())
	of.row(of.head, faceColumn, true)
	for _, row := range t.Rows {
		of.write(row)
	}
	p.Skip(Face{Size: 6}.leading())
}

// broken is a text in lines as wide as a column leaves it.
func (t printedTable) broken(f Face, text string, column int) (all []string) {
	for _, line := range lines(text) {
		all = append(all, t.Lines(f, line, max(t.widths[column]-2*cellPadding, 1))...)
	}
	return all
}

// write writes a row; one that is higher than what is left goes to the next page,
// and one that is higher than a page is broken.
func (t printedTable) write(row []string) {
	texts := make([][]string, len(t.Columns))
	for i := range t.Columns {
		texts[i] = t.broken(faceCell, cell(row, i), i)
	}
	whole := pageHeight - paperTop - paperBottom - height(t.head, faceColumn)
	for {
		if t.room() < height(texts, faceCell) && (height(texts, faceCell) <= whole || t.room() < height(nil, faceCell)) {
			t.turn()
			t.row(t.head, faceColumn, true)
		}
		// The head may be as high as a page: a line goes on each all the same.
		fits := max(int((t.room()-2*cellPadding)/faceCell.leading()+1e-9), 1)
		now, later := cut(texts, fits)
		t.row(now, faceCell, false)
		if later == nil {
			return
		}
		texts = later
	}
}

// cut parts a row after some lines; the later part is nil where there is none.
func cut(texts [][]string, after int) (now, later [][]string) {
	more := false
	now, later = make([][]string, len(texts)), make([][]string, len(texts))
	for i, lines := range texts {
		at := min(after, len(lines))
		now[i], later[i] = lines[:at], lines[at:]
		more = more || at < len(lines)
	}
	if !more {
		return now, nil
	}
	return now, later
}

// height is that of a row in millimetres, of one line at least.
func height(texts [][]string, f Face) float64 {
	most := 1
	for _, lines := range texts {
		most = max(most, len(lines))
	}
	return float64(most)*f.leading() + 2*cellPadding
}

// row draws one row and moves on; texts of a head are centred both ways.
func (t printedTable) row(texts [][]string, f Face, head bool) {
	high := height(texts, f)
	top, x := t.y, Left
	for i, lines := range texts {
		align := map[Align]string{AlignCentre: "C", AlignRight: "R"}[t.Columns[i].Align]
		t.y = top + cellPadding
		if head {
			align = "C"
			t.y += (high - 2*cellPadding - float64(len(lines))*f.leading()) / 2
		}
		for _, line := range lines {
			t.set(f, x+cellPadding, t.widths[i]-2*cellPadding, align, line)
		}
		t.pdf.SetLineWidth(0.18)
		t.pdf.SetDrawColor(0, 0, 0)
		t.pdf.Rect(x, top, t.widths[i], high, "D")
		x += t.widths[i]
	}
	t.y = top + high
}
