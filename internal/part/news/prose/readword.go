package prose

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// wordItem is a paragraph that Word shows as an item of a list: its level, and the mark
// before it.
type wordItem struct {
	level int
	mark  string
	line  Line
}

// wordItem reads such a paragraph.
func (r *reader) wordItem(n *html.Node, as style, look look) {
	r.flush()
	item := wordItem{level: look.listLevel(), mark: strings.TrimSpace(wordMark(n))}
	item.line = joined(lines(n, as, nil))
	if len(item.line.normal()) > 0 {
		r.word = append(r.word, item)
	}
}

// wrapped reads the items that Word's pages on the web wrap, each in a list of its own.
func (r *reader) wrapped(n *html.Node, as style) {
	r.flush()
	for child := range n.Descendants() {
		if child.Type != html.ElementNode || child.Data != "li" {
			continue
		}
		item := wordItem{level: 1, line: joined(lines(child, as.of(child, declared(child)), nil))}
		if level, err := strconv.Atoi(attribute(child, "data-aria-level")); err == nil && level > 1 {
			item.level = min(level, 9)
		}
		if list := child.Parent; list.Data == "ol" {
			item.mark = "1."
		}
		if len(item.line.normal()) > 0 {
			r.word = append(r.word, item)
		}
	}
}

// wordMark is the mark that Word wrote before an item: "1.", "b)", a dot of some font.
func wordMark(n *html.Node) string {
	for child := range n.Descendants() {
		if child.Type == html.ElementNode && declared(child)["mso-list"] == "ignore" {
			return words(textIn(child))
		}
	}
	return ""
}

// remarked says whether a node is Word's mark of a comment: "[BT1]" behind the words that
// it is about.
func remarked(n *html.Node) bool {
	return has(n, "class", "MsoCommentReference") || has(n, "class", "msocomanchor")
}

// textIn is all text in a node.
func textIn(n *html.Node) string {
	var b strings.Builder
	for child := range n.Descendants() {
		if child.Type == html.TextNode {
			b.WriteString(child.Data)
		}
	}
	return b.String()
}

// numbered is a mark that counts.
var numbered = regexp.MustCompile(`^\(?([0-9]+|[a-zđA-ZĐ]{1,6})(\.[0-9]+)*[.)]`)

// endWord makes lists of the items that were read from Word.
func (r *reader) endWord() {
	items := r.word
	r.word = nil
	for len(items) > 0 {
		var list *List
		list, items = wordList(items)
		r.blocks = append(r.blocks, Block{List: list})
	}
}

// wordList takes the items of one list from the front: those deeper than the first go
// below the item before them. One on the same level whose mark is of another kind
// begins the next list.
func wordList(items []wordItem) (*List, []wordItem) {
	first := items[0]
	list := &List{Ordered: numbered.MatchString(first.mark)}
	if list.Ordered {
		list.Start, _ = strconv.Atoi(strings.TrimRight(first.mark, ".)")) // 0 for a letter
	}
	for len(items) > 0 {
		next := items[0]
		if next.level > first.level {
			var below *List
			below, items = wordList(items)
			list.Items = append(list.Items, Item{List: below})
			continue
		}
		if next.level < first.level || numbered.MatchString(next.mark) != list.Ordered {
			break
		}
		list.Items = append(list.Items, Item{Line: next.line})
		items = items[1:]
	}
	return list, items
}
