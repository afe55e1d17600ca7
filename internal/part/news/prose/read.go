package prose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MaxPaste is how many bytes a page may have that is read: Word sends its styles along.
const MaxPaste = 4 << 20

// FromHTML reads what a browser's editor or a paste sent. It keeps what a document has
// a place for: headings, paragraphs, lists, tables, quotes, rules, bold, italic, links,
// and the figures and pictures that [Document.HTML] wrote with Bound. Word's paragraphs
// that stand for lists become lists. All else goes: an element that is not known leaves
// its text behind, one that runs, loads or asks for something leaves nothing, and so
// does what is hidden.
//
// It fails as [Decode] does for what is too long, deep or wide. Of any other text it
// makes a document in its normal form.
func FromHTML(untrusted string) (Document, error) {
	if len(untrusted) > MaxPaste {
		return Document{}, refuse("prose.long", "most", MaxCharacters)
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(untrusted), body)
	if err != nil {
		return Document{}, unreadable("parsing: %w", err)
	}
	var r reader
	for _, node := range nodes {
		r.node(node, style{})
	}
	r.flush()
	r.endWord()
	return Document{Blocks: r.blocks}.normal()
}

// reader makes blocks of nodes, one after the other.
type reader struct {
	blocks  []Block
	open    Line // the line that is being read
	heading int  // the level that it will be a heading of; 0 for a paragraph
	word    []wordItem

	// inside a list's item, a cell, a quote: all blocks are paragraphs, and lists are
	// given to below, where it is not nil.
	inside bool
	below  func(list *html.Node, as style)
}

// gone are elements of which nothing is left: they run, load, ask for something or are
// not for reading.
var gone = set("script style template iframe frame frameset object embed applet noscript noembed noframes head title meta link base " +
	"xml xmp plaintext textarea select option datalist button input audio video canvas map area source track portal rp del svg math")

// block are elements that end a line before and behind them.
var block = set("address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer form header hgroup " +
	"html legend li main menu nav ol optgroup p pre section summary table tbody td tfoot th thead tr ul blockquote hr caption h1 h2 h3 h4 h5 h6")

func set(names string) map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		all[name] = true
	}
	return all
}

// node reads one node with what is in it.
func (r *reader) node(n *html.Node, as style) {
	switch {
	case n.Type == html.TextNode:
		r.text(n.Data, as)
	case n.Type != html.ElementNode || n.Namespace != "" || gone[n.Data] || remarked(n):
	default:
		look := declared(n)
		if !look.hidden() {
			r.element(n, as.of(n, look), look)
		}
	}
}

func (r *reader) children(n *html.Node, as style) {
	for child := range n.ChildNodes() {
		r.node(child, as)
	}
}

func (r *reader) element(n *html.Node, as style, look look) {
	switch {
	case n.Data == "br":
		r.lineEnd()
	case n.Data == "data" && has(n, "class", "prose-figure"):
		r.figure(n, as)
	case r.below != nil && (n.Data == "ul" || n.Data == "ol"):
		r.below(n, as)
	case r.inside && block[n.Data]:
		r.paragraph(n, as)
	case n.Data == "ul" || n.Data == "ol":
		r.add(Block{List: readList(n, as)})
	case n.Data == "blockquote":
		r.add(Block{Quote: &Quote{Lines: lines(n, as, nil)}})
	case n.Data == "table" && !layout(n):
		r.table(n, as)
	case n.Data == "figure" && attribute(n, "data-file") != "":
		r.picture(n)
	case n.Data == "hr":
		r.add(Block{Rule: &Rule{}})
	case level(n) > 0:
		r.flush()
		r.heading = level(n)
		r.paragraph(n, as)
		r.heading = 0
	case has(n, "class", "ListContainerWrapper") && !r.inside:
		r.wrapped(n, as)
	case look.listLevel() > 0 && !r.inside:
		r.wordItem(n, as, look)
	case block[n.Data]:
		r.paragraph(n, as)
	default:
		r.children(n, as)
	}
}

// level is of which level a node is a heading, 0 for none. Word calls a paper's name a
// title.
func level(n *html.Node) int {
	switch {
	case n.Data == "h1", n.Data == "h2", has(n, "class", "MsoTitle"):
		return 2
	case len(n.Data) == 2 && n.Data[0] == 'h' && n.Data >= "h3" && n.Data <= "h6":
		return 3
	}
	return 0
}

// paragraph reads a node as lines of their own.
func (r *reader) paragraph(n *html.Node, as style) {
	r.flush()
	r.children(n, as)
	r.flush()
}

func (r *reader) text(said string, as style) {
	if !as.kept {
		r.open = append(r.open, as.run(said))
		return
	}
	for i, line := range strings.Split(oneEnding.Replace(said), "\n") {
		if i > 0 {
			r.lineEnd()
		}
		r.open = append(r.open, as.run(line))
	}
}

// lineEnd ends a line; twice with nothing between, the paragraph.
func (r *reader) lineEnd() {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].Break {
			r.flush()
			return
		}
		if words(r.open[i].Text) != "" {
			break
		}
	}
	r.open = append(r.open, Run{Break: true})
}

// flush ends the open line: it is a heading or a paragraph.
func (r *reader) flush() {
	line := r.open
	r.open = nil
	if len(line.normal()) == 0 {
		return
	}
	r.endWord()
	if r.heading > 0 && !r.inside {
		r.blocks = append(r.blocks, Block{Heading: &Heading{Level: r.heading, Line: line}})
		return
	}
	r.blocks = append(r.blocks, Block{Paragraph: &Paragraph{Line: line}})
}

// add ends the open line and puts a block behind it.
func (r *reader) add(b Block) {
	r.flush()
	r.endWord()
	r.blocks = append(r.blocks, b)
}

// lines are the lines in a node, whatever blocks are in it. Lists are given to below
// where that is not nil.
func lines(n *html.Node, as style, below func(*html.Node, style)) (all []Line) {
	inner := reader{inside: true, below: below}
	inner.children(n, as)
	inner.flush()
	for _, block := range inner.blocks {
		all = append(all, block.Paragraph.Line)
	}
	return all
}

// joined are lines as one, a break between them.
func joined(lines []Line) (one Line) {
	for i, line := range lines {
		if i > 0 {
			one = append(one, Run{Break: true})
		}
		one = append(one, line...)
	}
	return one
}
