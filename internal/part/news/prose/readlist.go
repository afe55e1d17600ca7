package prose

import (
	"strconv"

	"golang.org/x/net/html"
)

// readList reads a list. A web office puts lists below an item behind it instead of in
// it; a list that is too deep comes up when the document gets its normal form.
func readList(n *html.Node, as style) *List {
	list := &List{Ordered: n.Data == "ol"}
	list.Start, _ = strconv.Atoi(attribute(n, "start")) // 0 for what is no number
	var loose Line
	end := func() {
		if len(loose.normal()) > 0 {
			list.Items = append(list.Items, Item{Line: loose})
		}
		loose = nil
	}
	for child := range n.ChildNodes() {
		switch {
		case child.Type == html.ElementNode && (child.Data == "ul" || child.Data == "ol"):
			end()
			list.Items = append(list.Items, Item{List: readList(child, as)})
		case child.Type == html.ElementNode && child.Data == "li":
			end()
			list.Items = append(list.Items, readItem(child, as)...)
		default:
			inner := reader{inside: true}
			inner.node(child, as)
			loose = append(loose, inner.all()...)
		}
	}
	end()
	return list
}

// readItem reads an item and puts the lists in it behind it: they go below it when the
// document gets its normal form.
func readItem(n *html.Node, as style) []Item {
	look := declared(n)
	if look.hidden() {
		return nil
	}
	as = as.of(n, look)
	var below []Item
	line := joined(lines(n, as, func(list *html.Node, as style) {
		below = append(below, Item{List: readList(list, as)})
	}))
	return append([]Item{{Line: line}}, below...)
}

// all are the lines that were read, as one.
func (r *reader) all() Line {
	r.flush()
	var read []Line
	for _, block := range r.blocks {
		read = append(read, block.Paragraph.Line)
	}
	return joined(read)
}
