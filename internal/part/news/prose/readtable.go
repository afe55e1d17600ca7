package prose

import (
	"strconv"

	"golang.org/x/net/html"
)

// layout says whether a table only arranges what is in it: it has one column, or other
// tables. Ours never does.
func layout(n *html.Node) bool {
	if has(n, "class", "prose-table") {
		return false
	}
	rows, cells := 0, 0
	for child := range n.Descendants() {
		if child.Type != html.ElementNode {
			continue
		}
		switch child.Data {
		case "table":
			return true
		case "tr":
			rows++
		case "td", "th":
			cells++
		}
	}
	return cells <= rows
}

// table reads a table. Its first row is its header where the page says so or where, in
// a paste, every cell of it is bold.
func (r *reader) table(n *html.Node, as style) {
	var grid grid
	for section := range n.ChildNodes() {
		if section.Type != html.ElementNode || declared(section).hidden() {
			continue
		}
		switch section.Data {
		case "caption":
			r.paragraph(section, as)
		case "tr":
			grid.row(section, as, false)
		case "thead", "tbody", "tfoot":
			for row := range section.ChildNodes() {
				if row.Type == html.ElementNode && row.Data == "tr" && !declared(row).hidden() {
					grid.row(row, as, section.Data == "thead")
				}
			}
		}
	}
	table := &Table{Rows: grid.rows}
	if len(grid.rows) > 0 && (grid.headed || !has(n, "class", "prose-table") && bold(grid.rows[0])) {
		table.Header, table.Rows = grid.rows[0], grid.rows[1:]
	}
	r.add(Block{Table: table})
}

// grid is a table's cells as they stand beside each other.
type grid struct {
	rows   [][]Line
	taken  []int // for each column, how many rows a cell from above still takes
	headed bool  // the first row is a header
}

// row reads a row. Where a cell is wider or higher than one, what it covers is empty.
func (g *grid) row(n *html.Node, as style, head bool) {
	if len(g.rows) > MaxRows+1 {
		return // enough to refuse it
	}
	var cells []Line
	named := true
	for child := range n.ChildNodes() {
		if child.Type != html.ElementNode || child.Data != "td" && child.Data != "th" {
			continue
		}
		look := declared(child)
		if look.hidden() {
			continue
		}
		cells = g.covered(cells)
		named = named && child.Data == "th"
		high := span(child, "rowspan")
		for i := range span(child, "colspan") {
			if len(cells) > MaxColumns {
				break // enough to refuse it
			}
			var line Line
			if i == 0 {
				line = joined(lines(child, as.of(child, look), nil))
			}
			g.cover(len(cells), high)
			cells = append(cells, line)
		}
	}
	cells = g.covered(cells)
	if len(g.rows) == 0 {
		g.headed = head || named && len(cells) > 0
	}
	g.rows = append(g.rows, cells)
}

// cover says that the column is taken by a cell that high, this row counted.
func (g *grid) cover(column, high int) {
	for len(g.taken) <= column {
		g.taken = append(g.taken, 0)
	}
	g.taken[column] = high - 1
}

// covered is the row with empty cells where cells from above reach into it.
func (g *grid) covered(cells []Line) []Line {
	for len(cells) < len(g.taken) && g.taken[len(cells)] > 0 {
		g.taken[len(cells)]--
		cells = append(cells, nil)
	}
	return cells
}

// span is how many columns or rows a cell takes: one, unless it says so. More columns
// than a table may have are as good as the most.
func span(n *html.Node, name string) int {
	many, err := strconv.Atoi(attribute(n, name))
	if err != nil || many < 1 {
		return 1
	}
	return min(many, MaxRows)
}

// bold says whether every cell that says something is bold, and one does.
func bold(cells []Line) bool {
	some := false
	for _, cell := range cells {
		for _, run := range cell.normal() {
			if !run.Bold && !run.Break {
				return false
			}
			some = true
		}
	}
	return some
}
