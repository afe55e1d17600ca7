package prose

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// style is how text is read that stands at one place of a page.
type style struct {
	bold, italic bool
	raised       bool // digits stand above the line: m²
	kept         bool // line ends are line ends
	link         string
}

// run is a text in the style.
func (s style) run(said string) Run {
	if s.raised {
		said = raisedDigits.Replace(said)
	}
	return Run{Text: said, Bold: s.bold, Italic: s.italic, Link: s.link}
}

var raisedDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// of is the style inside a node.
func (s style) of(n *html.Node, look look) style {
	switch n.Data {
	case "b", "strong":
		s.bold = true
	case "i", "em", "cite", "dfn", "var":
		s.italic = true
	case "sup":
		s.raised = true
	case "pre":
		s.kept = true
	case "a":
		s.link, _ = Link(attribute(n, "href"))
	}
	switch weight := look["font-weight"]; {
	case weight == "bold", weight == "bolder", len(weight) == 3 && weight >= "600" && weight <= "900":
		s.bold = true
	case weight == "normal", weight == "lighter", len(weight) == 3 && weight >= "100" && weight < "600":
		s.bold = false // a web office wraps all it copies in a b that is none
	}
	if look["vertical-align"] == "super" || has(n, "class", "sdfootnotesym") { // the latter before a footnote's words
		s.raised = true
	}
	switch look["font-style"] {
	case "italic", "oblique":
		s.italic = true
	case "normal":
		s.italic = false
	}
	return s
}

// look are the declarations in a node's style attribute, in lower case.
type look map[string]string

func declared(n *html.Node) look {
	text := attribute(n, "style")
	if text == "" {
		return nil
	}
	all := look{}
	for declaration := range strings.SplitSeq(strings.ToLower(text), ";") {
		if name, value, found := strings.Cut(declaration, ":"); found {
			all[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	return all
}

// hidden says whether nobody saw the node as words of the text where it comes from. The
// marks that Word writes before a list's items are read with the item; of its comments the
// words that they are about stay.
func (l look) hidden() bool {
	return l["display"] == "none" || l["visibility"] == "hidden" || l["mso-hide"] == "all" ||
		l["mso-element"] == "comment-list" || l["mso-special-character"] == "comment" || l["mso-list"] == "ignore"
}

// listLevel is at which level of a list Word shows the paragraph, 0 for none.
func (l look) listLevel() int {
	found := wordLevel.FindStringSubmatch(l["mso-list"])
	if found == nil {
		return 0
	}
	level, err := strconv.Atoi(found[1])
	if err != nil {
		return 0
	}
	return level
}

var wordLevel = regexp.MustCompile(`\blevel([1-9])\b`)

// attribute is a node's attribute, "" for none.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// has says whether an attribute has a word, as class has names.
func has(n *html.Node, name, word string) bool {
	for field := range strings.FieldsSeq(attribute(n, name)) {
		if strings.EqualFold(field, word) {
			return true
		}
	}
	return false
}
