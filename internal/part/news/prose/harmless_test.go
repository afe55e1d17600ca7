package prose_test

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// allowed are the elements that a page gets from a document or a comment, each with its
// attributes.
var allowed = map[string][]string{
	"h2": nil, "h3": nil, "p": nil, "ul": nil, "ol": {"start"}, "li": nil,
	"div": {"class", "tabindex"}, "table": {"class"}, "thead": nil, "tbody": nil, "tr": nil, "th": {"scope"}, "td": nil,
	"blockquote": nil, "hr": nil, "br": nil, "strong": nil, "em": nil, "a": {"href", "rel"},
	"data":   {"class", "value", "title", "data-directive", "data-milestone", "data-unit", "data-level", "data-kind", "data-moment"},
	"figure": {"class", "data-file", "data-decorative"}, "figcaption": nil, "span": {"class"},
	"img": {"src", "srcset", "sizes", "width", "height", "loading", "decoding", "alt"},
}

// classes are the names that a page may style.
var classes = []string{"prose-scroll", "prose-table", "prose-figure", "prose-picture", "prose-credit"}

// harmful is what a browser would find in the page besides the few elements, attributes
// and links that are allowed; "" for nothing. It shares no code with the package.
func harmful(page string) string {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(page), body)
	if err != nil {
		return err.Error()
	}
	for _, node := range nodes {
		if found := harm(node); found != "" {
			return found
		}
		for child := range node.Descendants() {
			if found := harm(child); found != "" {
				return found
			}
		}
	}
	return ""
}

func harm(n *html.Node) string {
	if n.Type == html.TextNode {
		return ""
	}
	attributes, ok := allowed[n.Data]
	if n.Type != html.ElementNode || n.Namespace != "" || !ok {
		return fmt.Sprintf("a node of type %d, namespace %q: %q", n.Type, n.Namespace, n.Data)
	}
	for _, a := range n.Attr {
		switch {
		case a.Namespace != "" || !slices.Contains(attributes, a.Key):
			return fmt.Sprintf("the attribute %q of %s", a.Key, n.Data)
		case a.Key == "class" && !slices.Contains(classes, a.Val):
			return fmt.Sprintf("the class %q", a.Val)
		case a.Key == "href" && !leadsSomewhereSafe(a.Val):
			return fmt.Sprintf("a link to %q", a.Val)
		case a.Key == "src" && !strings.HasPrefix(a.Val, "/news/file/"):
			return fmt.Sprintf("a picture from %q", a.Val)
		}
	}
	return ""
}

// leadsSomewhereSafe reads an address as a browser does: what it would leave out of it
// must not be there to begin with.
func leadsSomewhereSafe(address string) bool {
	for _, r := range address {
		if r <= ' ' || r == '\\' || r == 0x7f {
			return false
		}
	}
	lower := strings.ToLower(address)
	for _, scheme := range []string{"http://", "https://", "mailto:"} {
		if rest, found := strings.CutPrefix(lower, scheme); found {
			return rest != "" && rest[0] != '/'
		}
	}
	return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
}
