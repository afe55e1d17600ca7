package prose

import (
	"embed"
	"iter"
	"time"
)

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// What a document may hold. A longer one is refused, never cut.
const (
	MaxCharacters = 200_000 // in all its texts together
	MaxBlocks     = 2_000
	MaxRuns       = 20_000 // in all its lines together
	MaxItems      = 2_000  // in one list with the lists below it
	MaxDepth      = 3      // of lists in lists; deeper ones come up
	MaxRows       = 500    // of a table, its header not counted
	MaxColumns    = 30
)

// Document is the body of an article. Documents that [Decode], [FromHTML] and
// [FromText] give are in their normal form: equal documents have equal fields, and
// nothing in them is empty.
type Document struct {
	Blocks []Block
}

// Block is one part of a document from its left edge to its right: exactly one of
// its fields is set.
type Block struct {
	Heading   *Heading   `json:"heading,omitempty"`
	Paragraph *Paragraph `json:"paragraph,omitempty"`
	List      *List      `json:"list,omitempty"`
	Table     *Table     `json:"table,omitempty"`
	Quote     *Quote     `json:"quote,omitempty"`
	Picture   *Picture   `json:"picture,omitempty"`
	Rule      *Rule      `json:"rule,omitempty"`
}

// Heading begins a section. Level is 2 or 3: an article's headline is level 1.
type Heading struct {
	Level int  `json:"level"`
	Line  Line `json:"line"`
}

// Paragraph is a paragraph.
type Paragraph struct {
	Line Line `json:"line"`
}

// List has numbers where it is ordered, else bullets. Start is its first number,
// 0 for one.
type List struct {
	Ordered bool   `json:"ordered,omitempty"`
	Start   int    `json:"start,omitempty"`
	Items   []Item `json:"items"`
}

// Item is an item of a list, with the list below it or none.
type Item struct {
	Line Line  `json:"line"`
	List *List `json:"list,omitempty"`
}

// Table has the same number of cells in its header and in each row. The header may
// be none; a cell may be empty.
type Table struct {
	Header []Line   `json:"header,omitempty"`
	Rows   [][]Line `json:"rows,omitempty"`
}

// Quote is what somebody said, a paragraph a line.
type Quote struct {
	Lines []Line `json:"lines"`
}

// Picture shows a stored picture by its file's id.
type Picture struct {
	File    string `json:"file"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
	Alt     string `json:"alt,omitempty"` // for those who cannot see it
	// Decorative says that it tells nothing: there is nothing to say for those who cannot
	// see it.
	Decorative bool `json:"decorative,omitempty"`
}

// Rule is a line across, between two parts.
type Rule struct{}

// Line is running text without a paragraph's end in it.
type Line []Run

// Run is text that looks the same from end to end; or a break, which has nothing else.
type Run struct {
	Text   string  `json:"text,omitempty"`
	Bold   bool    `json:"bold,omitempty"`
	Italic bool    `json:"italic,omitempty"`
	Link   string  `json:"link,omitempty"`   // http, https, mailto or a path of this site
	Figure *Figure `json:"figure,omitempty"` // what Text was taken from
	Break  bool    `json:"break,omitempty"`
}

// Figure says where a figure in a text comes from: of which cell of which board, as
// of when. What is read is the Text of its run.
type Figure struct {
	Directive int64      `json:"directive"`
	Milestone string     `json:"milestone"`
	Unit      int64      `json:"unit"`
	Level     string     `json:"level,omitempty"` // whose units are counted; "" for all below Unit
	Kind      FigureKind `json:"kind"`
	Moment    time.Time  `json:"moment"` // in UTC, to the microsecond
}

// FigureKind is what of a cell a figure tells.
type FigureKind string

// The kinds of figures.
const (
	Done    FigureKind = "done"    // units that are done
	Total   FigureKind = "total"   // units that are asked
	Percent FigureKind = "percent" // the first of the second, in hundreds
)

// Figures are the runs that are bound to a board, in reading order.
func (d Document) Figures() iter.Seq[Run] {
	return func(yield func(Run) bool) {
		for line := range d.lines() {
			for _, run := range line {
				if run.Figure != nil && !yield(run) {
					return
				}
			}
		}
	}
}

// Say puts what a function says of each figure in the place of its text.
func (d Document) Say(of func(run Run) string) {
	for line := range d.lines() {
		for i, run := range line {
			if run.Figure != nil {
				line[i].Text = of(run)
			}
		}
	}
}

// Pictures are the pictures, in reading order.
func (d Document) Pictures() iter.Seq[Picture] {
	return func(yield func(Picture) bool) {
		for _, block := range d.Blocks {
			if block.Picture != nil && !yield(*block.Picture) {
				return
			}
		}
	}
}

// lines are all lines, in reading order.
func (d Document) lines() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for _, block := range d.Blocks {
			for _, line := range block.lines() {
				if !yield(line) {
					return
				}
			}
		}
	}
}

// lines are the block's lines, in reading order.
func (b Block) lines() []Line {
	switch {
	case b.Heading != nil:
		return []Line{b.Heading.Line}
	case b.Paragraph != nil:
		return []Line{b.Paragraph.Line}
	case b.List != nil:
		return b.List.lines()
	case b.Quote != nil:
		return b.Quote.Lines
	case b.Table != nil:
		all := append([]Line(nil), b.Table.Header...)
		for _, row := range b.Table.Rows {
			all = append(all, row...)
		}
		return all
	}
	return nil
}

func (l *List) lines() (all []Line) {
	if l == nil {
		return nil
	}
	for _, item := range l.Items {
		all = append(append(all, item.Line), item.List.lines()...)
	}
	return all
}
