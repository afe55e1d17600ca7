package directiveui_test

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// root is the page parsed.
func (b *visitor) root() *html.Node {
	b.Helper()
	root, err := html.Parse(strings.NewReader(b.body))
	if err != nil {
		b.Fatal(err)
	}
	return root
}

// words is the text of the page's main part with single spaces.
func (b *visitor) words() string {
	var text strings.Builder
	for node := range b.root().Descendants() {
		if node.Type == html.TextNode && node.Parent.Data != "script" && node.Parent.Data != "style" {
			text.WriteString(" " + node.Data)
		}
	}
	return strings.Join(strings.Fields(text.String()), " ")
}

// form gives what a browser would send of the page's form with an action,
// without a pressed button.
func (b *visitor) form(action string) url.Values {
	b.Helper()
	for node := range b.root().Descendants() {
		if node.Data == "form" && attribute(node, "action") == action {
			return fields(node)
		}
	}
	b.Fatalf("%s has no form to %s:\n%s", b.path, action, b.words())
	return nil
}

func fields(form *html.Node) url.Values {
	values := url.Values{}
	for node := range form.Descendants() {
		name := attribute(node, "name")
		switch {
		case name == "" || node.Data == "button":
		case node.Data == "textarea":
			content := ""
			if node.FirstChild != nil {
				content = node.FirstChild.Data
			}
			values.Add(name, content)
		case node.Data == "select":
			values.Add(name, selected(node))
		case node.Data != "input" || attribute(node, "type") == "file":
		case attribute(node, "type") == "checkbox" || attribute(node, "type") == "radio":
			if has(node, "checked") {
				values.Add(name, attribute(node, "value"))
			}
		default:
			values.Add(name, attribute(node, "value"))
		}
	}
	return values
}

func selected(list *html.Node) string {
	first := ""
	for node := range list.Descendants() {
		if node.Data != "option" {
			continue
		}
		if has(node, "selected") {
			return attribute(node, "value")
		}
		if first == "" {
			first = attribute(node, "value")
		}
	}
	return first
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name && node.Type == html.ElementNode {
			return a.Val
		}
	}
	return ""
}

func has(node *html.Node, name string) bool {
	for _, a := range node.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
