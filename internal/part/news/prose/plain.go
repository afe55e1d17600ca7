package prose

import "strings"

// Text is the document as plain text, for search, feeds and comparing versions: a line
// for each line, cells parted by tabs, an empty line between blocks.
func (d Document) Text() string {
	var parts []string
	for _, block := range d.Blocks {
		if text := block.text(); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n\n")
}

// text is the block as plain text.
func (b Block) text() string {
	var lines []string
	switch {
	case b.Table != nil:
		for _, cells := range append([][]Line{b.Table.Header}, b.Table.Rows...) {
			if len(cells) > 0 {
				lines = append(lines, cellsText(cells))
			}
		}
	case b.Picture != nil:
		for _, said := range []string{b.Picture.Caption, b.Picture.Credit, b.Picture.Alt} {
			if said != "" {
				lines = append(lines, said)
			}
		}
	default:
		for _, line := range b.lines() {
			lines = append(lines, line.text())
		}
	}
	return strings.Join(lines, "\n")
}

func cellsText(cells []Line) string {
	said := make([]string, len(cells))
	for i, cell := range cells {
		said[i] = strings.ReplaceAll(cell.text(), "\n", " ")
	}
	return strings.Join(said, "\t")
}

// FromText is plain text as a document: a paragraph ends at an empty line, a line at
// its end. It fails as [Decode] does for one that is too long.
func FromText(typed string) (Document, error) {
	var d Document
	var open Line
	for said := range strings.Lines(oneEnding.Replace(typed)) {
		if words(said) == "" {
			d.Blocks = append(d.Blocks, Block{Paragraph: &Paragraph{Line: open}})
			open = nil
			continue
		}
		open = append(open, Run{Text: said}, Run{Break: true})
	}
	d.Blocks = append(d.Blocks, Block{Paragraph: &Paragraph{Line: open}})
	return d.normal()
}

// oneEnding makes one kind of line's end of all.
var oneEnding = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\v", "\n", "\f", "\n")
