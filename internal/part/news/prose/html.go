package prose

import (
	"html"
	"html/template"
	"strconv"
	"strings"
	"time"
)

// Options say how a document is written for one kind of page.
type Options struct {
	// AsOf is what is said of a figure's moment, in the reader's language and zone: a
	// title over the figure. Without it there is none.
	AsOf func(moment time.Time) string
	// Picture is how a stored picture is fetched; false leaves it out. Without it no
	// picture is shown.
	Picture func(file string) (Image, bool)
	// Bound keeps in the page what figures and pictures are bound to, as an editor needs
	// it to give the document back. Readers get none of it.
	Bound bool
}

// Image is a picture as a browser fetches it.
type Image struct {
	URL           string
	Set, Sizes    string // srcset and sizes; "" for one size
	Width, Height int    // pixels, so that nothing moves when it comes; 0 for unknown
	First         bool   // it is seen before anybody scrolls: fetched at once
}

// HTML is the document as the middle of a page: headings, paragraphs, lists, tables,
// quotes, pictures and rules without ids, styles or scripts, every text escaped. With
// Bound, FromHTML gives the document back. It is harmless for any document, also for
// one that was put together by hand and breaks the rules.
func (d Document) HTML(options Options) template.HTML {
	w := writer{options: options}
	for _, block := range d.Blocks {
		w.block(block)
	}
	return template.HTML(w.String()) // every text in it went through text or attribute
}

// writer writes elements. Only text and attribute write what came from people.
type writer struct {
	strings.Builder
	options Options
}

func (w *writer) tags(all string)  { w.WriteString(all) }
func (w *writer) text(said string) { w.WriteString(html.EscapeString(said)) }

// attribute writes an attribute whose name is ours.
func (w *writer) attribute(name, value string) {
	w.tags(" " + name + `="` + html.EscapeString(value) + `"`)
}

func (w *writer) block(b Block) {
	switch {
	case b.Heading != nil && b.Heading.Level == 2:
		w.element("h2", b.Heading.Line)
	case b.Heading != nil:
		w.element("h3", b.Heading.Line)
	case b.Paragraph != nil:
		w.element("p", b.Paragraph.Line)
	case b.List != nil:
		w.list(b.List)
	case b.Table != nil:
		w.table(b.Table)
	case b.Quote != nil:
		w.tags("<blockquote>")
		for _, line := range b.Quote.Lines {
			w.element("p", line)
		}
		w.tags("</blockquote>\n")
		return
	case b.Picture != nil:
		w.picture(b.Picture)
	case b.Rule != nil:
		w.tags("<hr>")
	}
	w.tags("\n")
}

func (w *writer) element(name string, line Line) {
	w.tags("<" + name + ">")
	w.line(line)
	w.tags("</" + name + ">")
}

func (w *writer) list(l *List) {
	name := "ul"
	if l.Ordered {
		name = "ol"
	}
	w.tags("<" + name)
	if l.Ordered && l.Start > 1 {
		w.attribute("start", strconv.Itoa(l.Start))
	}
	w.tags(">")
	for _, item := range l.Items {
		w.tags("<li>")
		w.line(item.Line)
		if item.List != nil {
			w.list(item.List)
		}
		w.tags("</li>")
	}
	w.tags("</" + name + ">")
}

// table writes a table in a frame that scrolls on narrow screens and can be reached by
// keyboard.
func (w *writer) table(t *Table) {
	w.tags(`<div class="prose-scroll" tabindex="0"><table class="prose-table">`)
	if len(t.Header) > 0 {
		w.tags("<thead><tr>")
		for _, cell := range t.Header {
			if len(cell) == 0 {
				w.tags("<td></td>") // a name that says nothing is none
				continue
			}
			w.tags(`<th scope="col">`)
			w.line(cell)
			w.tags("</th>")
		}
		w.tags("</tr></thead>")
	}
	if len(t.Rows) > 0 {
		w.tags("<tbody>")
		for _, cells := range t.Rows {
			w.tags("<tr>")
			for _, cell := range cells {
				w.element("td", cell)
			}
			w.tags("</tr>")
		}
		w.tags("</tbody>")
	}
	w.tags("</table></div>")
}

func (w *writer) picture(p *Picture) {
	var image Image
	there := false
	if w.options.Picture != nil {
		image, there = w.options.Picture(p.File)
	}
	if !there && !w.options.Bound {
		return
	}
	w.tags(`<figure class="prose-picture"`)
	if w.options.Bound {
		w.attribute("data-file", p.File)
		if p.Decorative {
			w.attribute("data-decorative", "yes")
		}
	}
	w.tags("><img")
	if there {
		w.source(image)
	}
	w.attribute("alt", p.Alt)
	w.tags(">")
	if p.Caption != "" || p.Credit != "" {
		w.tags("<figcaption>")
		w.text(p.Caption)
		if p.Credit != "" {
			w.tags(` <span class="prose-credit">`)
			w.text(p.Credit)
			w.tags("</span>")
		}
		w.tags("</figcaption>")
	}
	w.tags("</figure>")
}

// source writes where an image is fetched.
func (w *writer) source(image Image) {
	w.attribute("src", image.URL)
	if image.Set != "" {
		w.attribute("srcset", image.Set)
		w.attribute("sizes", image.Sizes)
	}
	if image.Width > 0 && image.Height > 0 {
		w.attribute("width", strconv.Itoa(image.Width))
		w.attribute("height", strconv.Itoa(image.Height))
	}
	if image.First {
		w.tags(` fetchpriority="high"`)
		return
	}
	w.tags(` loading="lazy" decoding="async"`)
}
