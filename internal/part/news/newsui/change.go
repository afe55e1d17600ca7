package newsui

import (
	"strings"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// changed is a field that two texts say differently, as a page shows it.
type changed struct {
	Field, Label string
	Parts        []part
	Take         string // whose words the form may take here; "" for nobody's
}

// part is words of a change; of a long text that did not change, only how many paragraphs
// are left out.
type part struct {
	Kind, Text string
	Left       int
}

// labels are the keys of the fields' names.
var labels = map[string]string{
	"headline": "newsui.headline", "lead": "newsui.lead", "body": "newsui.body", "category": "newsui.category", "source": "newsui.source",
	"authors": "newsui.authors", "tags": "newsui.tags", "related": "newsui.related",
	"picture": "newsui.picture.leads", "files": "newsui.files",
}

// changesOf is what is different between two texts, in the person's language.
func changesOf(r *web.Request, from, to news.Text) (list []changed) {
	for _, one := range news.Changes(from, to) {
		c := changed{Field: one.Field, Label: r.T(labels[one.Field])}
		for i, p := range one.Parts {
			c.Parts = append(c.Parts, shorten(p, i > 0, i < len(one.Parts)-1)...)
		}
		list = append(list, c)
	}
	return list
}

// paragraphs part a body's words.
const paragraphs = "\n\n"

// shorten leaves out what lies far from any change: whole paragraphs that stand between
// the one that a change ends in and the one that the next begins in.
func shorten(p news.Part, before, after bool) []part {
	whole := part{Kind: string(p.Kind), Text: p.Text}
	said := strings.Split(p.Text, paragraphs)
	begin, end := 0, len(said)
	if before {
		begin = 1
	}
	if after {
		end--
	}
	if p.Kind != news.Kept || end-begin < 2 {
		return []part{whole}
	}
	var list []part
	if before {
		list = append(list, part{Kind: whole.Kind, Text: said[0] + paragraphs})
	}
	list = append(list, part{Kind: "same", Left: end - begin})
	if after {
		list = append(list, part{Kind: whole.Kind, Text: paragraphs + said[len(said)-1]})
	}
	return list
}

// other is what somebody else saved while the form was written.
type other struct {
	Editor  string
	Changes []changed // from the other's text to the form's
}

// otherOf is the other's text beside the form that was sent; nil where there is nothing
// to choose.
func otherOf(r *web.Request, a news.Article, sent *web.Form) *other {
	if sent == nil || sent.ID != "article" || a.State == news.Withdrawn || !(fault.Is(sent.Errors.Err(), fault.Conflict) || sent.Has("take")) {
		return nil
	}
	o := other{Editor: a.Editor, Changes: changesOf(r, a.Text, textOf(sent))}
	for i := range o.Changes {
		o.Changes[i].Take = a.Editor
	}
	if len(o.Changes) == 0 {
		return nil
	}
	return &o
}

// takeField puts the other's words into one field of the form, which is shown again.
func (s *screens) takeField(r *web.Request, a news.Article, form *web.Form) error {
	theirs := fill(r.NewForm("theirs"), a)
	field := form.Raw("take")
	if field == "picture" { // whose place in the form has another name
		form.Values.Set("lead-picture", theirs.Raw("lead-picture"))
	} else if _, known := labels[field]; known {
		form.Values.Set(field, theirs.Raw(field))
	}
	return s.renderWrite(r, a, form)
}

// leave takes the other's text, and keeps the form's aside.
func (s *screens) leave(r *web.Request, a news.Article, form *web.Form) error {
	written := textOf(form)
	if !form.OK() {
		return s.renderWrite(r, a, form)
	}
	err := r.Update(func(tx *ledger.Tx) error {
		return news.SetAside(r.Context(), tx, r.Actor, news.SaveCommand{Article: a.ID, Revision: revisionOf(form), Text: written})
	})
	return s.done(r, a, form, err, "newsui.set-aside")
}
