package prose

import (
	"strconv"
	"time"

	"golang.org/x/net/html"
)

// figure reads a figure that HTML wrote with Bound; without what it is bound to, or
// with something that cannot be, it is text.
func (r *reader) figure(n *html.Node, as style) {
	run := as.run(textIn(n))
	bound := Figure{
		Milestone: attribute(n, "data-milestone"),
		Level:     attribute(n, "data-level"),
		Kind:      FigureKind(attribute(n, "data-kind")),
	}
	var errs [3]error
	bound.Directive, errs[0] = strconv.ParseInt(attribute(n, "data-directive"), 10, 64)
	bound.Unit, errs[1] = strconv.ParseInt(attribute(n, "data-unit"), 10, 64)
	bound.Moment, errs[2] = time.Parse(time.RFC3339Nano, attribute(n, "data-moment"))
	if errs == [3]error{} && bound.sound() {
		run.Figure = &bound
	}
	r.open = append(r.open, run)
}

// picture reads a picture that HTML wrote with Bound.
func (r *reader) picture(n *html.Node) {
	picture := Picture{File: attribute(n, "data-file"), Decorative: attribute(n, "data-decorative") != ""}
	if !fileID.MatchString(picture.File) {
		return
	}
	for child := range n.Descendants() {
		if child.Type != html.ElementNode || child.Namespace != "" {
			continue
		}
		switch {
		case child.Data == "img":
			picture.Alt = attribute(child, "alt")
		case has(child, "class", "prose-credit"):
			picture.Credit = textIn(child)
		case child.Data == "figcaption":
			picture.Caption = captionIn(child)
		}
	}
	r.add(Block{Picture: &picture})
}

// captionIn is a caption's text without the credit in it.
func captionIn(n *html.Node) (caption string) {
	for child := range n.ChildNodes() {
		switch {
		case child.Type == html.TextNode:
			caption += child.Data
		case !has(child, "class", "prose-credit"):
			caption += textIn(child)
		}
	}
	return caption
}
