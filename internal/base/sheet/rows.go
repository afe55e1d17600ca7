package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// readSheet reads the part of one sheet.
func (w *workbook) readSheet(part string, s *Sheet) error {
	w.grid.begin(s)
	err := w.parts.read(part, func(r io.Reader) error {
		m := newMarkup(r)
		reader := rowReader{workbook: w, markup: m, text: texts{markup: m, depth: depthCell + 1}, row: -1}
		return reader.read()
	})
	if err != nil {
		return err
	}
	return w.grid.end()
}

// How deep the elements of a sheet stand. Elements of the same names occur
// elsewhere in the part, in the places of buttons and charts.
const (
	depthRow  = 3 // worksheet, sheetData, row
	depthCell = 4
)

// rowReader reads the rows of one sheet.
type rowReader struct {
	workbook *workbook
	markup   *markup
	text     texts
	row      int // the present one, counted from 0; -1 before the first
	column   int
}

func (r *rowReader) read() error {
	for {
		token, err := r.markup.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch {
		case r.markup.inside("row", depthRow) && r.markup.open[1] == "sheetData":
			err = r.beginRow(start)
		case r.markup.inside("c", depthCell) && r.markup.open[2] == "row":
			err = r.readCell(start)
		case r.markup.inside("mergeCell", 3):
			err = r.merge(attribute(start, "ref"))
		case r.markup.depth() == 1 && start.Name.Local != "worksheet":
			err = fmt.Errorf("a sheet that begins with <%s>", start.Name.Local)
		}
		if err != nil {
			return err
		}
	}
}

// beginRow takes the row's number, or the next one where it has none. Rows
// that go back are refused, as Excel does.
func (r *rowReader) beginRow(start xml.StartElement) error {
	next := r.row + 1
	if written := attribute(start, "r"); written != "" {
		number, err := strconv.Atoi(written)
		if err != nil || number-1 < next || number > excelRows {
			return fmt.Errorf("row %q after row %d", written, r.row+1)
		}
		next = number - 1
	}
	r.row, r.column = next, -1
	return nil
}

func (r *rowReader) readCell(start xml.StartElement) error {
	stored, err := r.begin(start)
	if err != nil {
		return err
	}
	if err := r.content(&stored); err != nil {
		return err
	}
	cell := r.workbook.cell(stored, Address{r.workbook.grid.sheet.Name, r.row, r.column})
	if cell.isBlank() {
		return nil
	}
	return r.workbook.grid.put(r.row, r.column, cell)
}

// begin takes the cell's place, its kind and its style from its tag.
func (r *rowReader) begin(start xml.StartElement) (storedCell, error) {
	var stored storedCell
	next := r.column + 1
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			row, column, ok := parseRef(a.Value)
			if !ok || row != r.row || column < next {
				return stored, fmt.Errorf("cell %q in row %d after column %d", a.Value, r.row+1, r.column+1)
			}
			next = column
		case "t":
			stored.kind = a.Value
		case "s":
			style, err := strconv.Atoi(a.Value)
			if err != nil {
				return stored, fmt.Errorf("style %q of a cell in row %d", a.Value, r.row+1)
			}
			stored.style = style
		}
	}
	r.column = next
	return stored, nil
}

// content reads up to the end of the cell.
func (r *rowReader) content(stored *storedCell) error {
	for {
		token, err := r.markup.Token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if r.markup.depth() == depthCell+1 {
				stored.hasValue = stored.hasValue || token.Name.Local == "v" || token.Name.Local == "is"
				stored.formula = stored.formula || token.Name.Local == "f"
			}
		case xml.CharData:
			if r.markup.inside("v", depthCell+1) {
				stored.value = append(stored.value, token...)
			}
		case xml.EndElement:
			if r.markup.depth() == depthCell-1 {
				stored.inline = r.text.end()
				return nil
			}
		}
		r.text.take(token)
	}
}

func (r *rowReader) merge(ref string) error {
	joined, ok := parseRange(ref)
	if !ok {
		return fmt.Errorf("merged range %q", ref)
	}
	s := r.workbook.grid.sheet
	if len(s.Merged) >= r.workbook.grid.limits.Cells {
		return refuse("sheet.tooManyCells", "limit", r.workbook.grid.limits.Cells)
	}
	s.Merged = append(s.Merged, joined)
	return nil
}
