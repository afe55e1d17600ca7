package document

import "strconv"

// setting is how a paragraph that has no style is set.
type setting struct {
	face   Face
	align  string // "left", "center", "both"
	before float64
	after  float64
	side   string // of a line beneath: what it leaves free at both ends, in twips; "" for no line
	under  bool   // underlined
	joined bool   // stays on the page of what follows
}

// run is words of one face; line breaks are those of the text.
func run(of []element, texts ...string) element {
	r := group("w:r")
	if len(of) > 0 {
		r = r.with(group("w:rPr", of...))
	}
	for i, text := range texts {
		if i > 0 {
			r = r.with(node("w:br"))
		}
		r = r.with(element{name: "w:t", attrs: []string{"xml:space", "preserve"}, text: text})
	}
	return r
}

// styled is a paragraph of a style.
func styled(style, text string, more ...element) element {
	return group("w:p", group("w:pPr", append([]element{value("w:pStyle", style)}, more...)...), run(nil, text))
}

// set is a paragraph set by itself; "" is an empty one.
func (s setting) set(texts ...string) element {
	var of []element
	if s.joined {
		of = append(of, node("w:keepNext"))
	}
	if s.side != "" {
		of = append(of, group("w:pBdr", node("w:bottom", "w:val", "single", "w:sz", "6", "w:space", "1", "w:color", "000000")))
	}
	of = append(of, leadingOf(s.face, s.before, s.after))
	if s.side != "" {
		of = append(of, node("w:ind", "w:left", s.side, "w:right", s.side))
	}
	of = append(of, value("w:jc", s.align))
	p := group("w:p", group("w:pPr", of...))
	if len(texts) == 0 {
		return p
	}
	letters := runOf(s.face)
	if s.under {
		letters = append(letters, value("w:u", "single"))
	}
	return p.with(run(letters, texts...))
}

// document is the paper's main part.
func (p Paper) document(w *wordWriter) element {
	body := p.head()
	centred := setting{face: faceKind, align: "center", before: 4 * after, joined: true}
	if p.Kind != "" {
		body = append(body, centred.set(capitals(p.Kind)))
	}
	centred.face, centred.before = faceStrong, 0
	for _, line := range lines(p.Subject) {
		body = append(body, centred.set(line))
	}
	body = append(body, setting{face: faceCell, align: "center"}.set())
	for _, block := range p.Body {
		body = append(body, block.word(w)...)
	}
	body = append(body, p.foot()...)
	return node("w:document", namespaces...).with(group("w:body", append(body, section())...))
}

func (h Heading) word(*wordWriter) []element {
	if flat(h.Text) == "" {
		return nil
	}
	return []element{styled("Heading"+strconv.Itoa(min(max(h.Level, 1), 2)), flat(h.Text))}
}

func (p Paragraph) word(*wordWriter) (all []element) {
	for _, line := range lines(p.Text) {
		all = append(all, styled("BodyText", line))
	}
	return all
}

func (l List) word(w *wordWriter) (all []element) {
	id := dashes
	if l.Numbered {
		w.numbered++
		id = dashes + w.numbered
	}
	counted := group("w:numPr", value("w:ilvl", "0"), value("w:numId", strconv.Itoa(id)))
	for _, item := range l.Items {
		all = append(all, styled("ListParagraph", flat(item), counted))
	}
	return all
}

func (t Table) word(*wordWriter) []element {
	if len(t.Columns) == 0 {
		return nil
	}
	widths := t.widths(Width)
	table := linedOf(widths)
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	table = table.with(t.row(widths, titles, true))
	for _, row := range t.Rows {
		table = table.with(t.row(widths, row, false))
	}
	return []element{table, setting{face: Face{Size: 6}, align: "left"}.set()}
}

func (t Table) row(widths []float64, texts []string, head bool) element {
	of := group("w:trPr", node("w:cantSplit"))
	if head {
		of = of.with(node("w:tblHeader"))
	}
	r := group("w:tr", of)
	for i, column := range t.Columns {
		in := group("w:pPr", value("w:pStyle", "TableText"))
		align := map[Align]string{AlignCentre: "center", AlignRight: "right"}[column.Align]
		middle := []element(nil)
		var letters []element
		if head {
			in, align, letters = in.with(node("w:keepNext")), "center", runOf(faceColumn)
			middle = append(middle, value("w:vAlign", "center"))
		}
		if align != "" {
			in = in.with(value("w:jc", align))
		}
		r = r.with(cellOf(widths[i], middle, group("w:p", in, run(letters, lines(cell(texts, i))...))))
	}
	return r
}

// tableOf is a table without rows and lines.
func tableOf(widths []float64) element { return gridOf(widths, 0) }

// linedOf is one with lines.
func linedOf(widths []float64) element {
	lined := group("w:tblBorders")
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		lined = lined.with(node("w:"+side, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "000000"))
	}
	return gridOf(widths, cellPadding, lined)
}

func gridOf(widths []float64, padding float64, borders ...element) element {
	whole, grid := 0.0, group("w:tblGrid")
	for _, width := range widths {
		whole += width
		grid = grid.with(node("w:gridCol", "w:w", twips(width)))
	}
	of := group("w:tblPr", node("w:tblW", "w:w", twips(whole), "w:type", "dxa"))
	of = of.with(borders...).with(node("w:tblLayout", "w:type", "fixed"), cellMargins(padding))
	return group("w:tbl", of, grid)
}

// cellOf is a cell of paragraphs; Word wants one at least.
func cellOf(width float64, of []element, paragraphs ...element) element {
	if len(paragraphs) == 0 {
		paragraphs = []element{group("w:p")}
	}
	return group("w:tc", append([]element{group("w:tcPr", append([]element{node("w:tcW", "w:w", twips(width), "w:type", "dxa")}, of...)...)}, paragraphs...)...)
}
