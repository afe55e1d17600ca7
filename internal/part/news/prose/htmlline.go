package prose

import (
	"strconv"
	"time"
)

// line writes the runs of a line; those that follow each other under one link are one
// link.
func (w *writer) line(line Line) {
	open := ""
	for _, run := range line {
		link := run.Link
		if link != open {
			w.closeLink(open)
			open = w.openLink(link)
		}
		w.run(run)
	}
	w.closeLink(open)
}

// openLink begins a link and gives it; "" when it is none or not a safe one.
func (w *writer) openLink(stored string) string {
	link, ok := Link(stored)
	if stored == "" || !ok {
		return ""
	}
	w.tags("<a")
	w.attribute("href", link)
	if outward(link) {
		w.tags(` rel="nofollow noopener"`)
	}
	w.tags(">")
	return stored
}

func (w *writer) closeLink(open string) {
	if open != "" {
		w.tags("</a>")
	}
}

func (w *writer) run(run Run) {
	if run.Break {
		w.tags("<br>")
		return
	}
	if run.Bold {
		w.tags("<strong>")
	}
	if run.Italic {
		w.tags("<em>")
	}
	if run.Figure != nil {
		w.figure(run)
	} else {
		w.text(run.Text)
	}
	if run.Italic {
		w.tags("</em>")
	}
	if run.Bold {
		w.tags("</strong>")
	}
}

// figure writes a figure: what it says, for machines too, and as of when.
func (w *writer) figure(run Run) {
	w.tags(`<data class="prose-figure"`)
	w.attribute("value", run.Text)
	if w.options.AsOf != nil {
		w.attribute("title", w.options.AsOf(run.Figure.Moment))
	}
	if w.options.Bound {
		w.attribute("data-directive", strconv.FormatInt(run.Figure.Directive, 10))
		w.attribute("data-milestone", run.Figure.Milestone)
		w.attribute("data-unit", strconv.FormatInt(run.Figure.Unit, 10))
		w.attribute("data-level", run.Figure.Level)
		w.attribute("data-kind", string(run.Figure.Kind))
		w.attribute("data-moment", run.Figure.Moment.Format(time.RFC3339Nano))
	}
	w.tags(">")
	w.text(run.Text)
	w.tags("</data>")
}
