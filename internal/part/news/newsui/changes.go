package newsui

import (
	"fmt"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// changesPage is what is different between two texts of an article.
type changesPage struct {
	row
	Of        tree.Unit
	From, To  string // values of Texts
	Texts     []web.Option
	Changes   []changed
	Revisions []revision
	Most      int
	Restore   *web.Form // has the desk go on from one of them; nil for who may not

	said map[string]news.Text // by value
}

// revision is one with what it says in plain words.
type revision struct {
	news.Revision
	Value string
	Words string // of its body
	Now   bool   // the desk writes on it
}

// deskText is the value of what the desk writes on.
const deskText = "desk"

// showChanges shows what is different between two texts of an article: by itself, between
// what the public reads and what the desk writes on, or between the last two that were
// published.
func (s *screens) showChanges(r *web.Request) error {
	a, err := articleOf(r, access.NewsRead)
	if err != nil {
		return err
	}
	page := changesPage{row: rowOf(r, a), Most: news.MostRevisions, said: map[string]news.Text{}}
	page.Of, _ = r.Actor.Tree.Unit(a.Unit)
	page.add(deskText, r.T("newsui.changes.desk"), a.Text)
	if err := page.read(r, a); err != nil {
		return err
	}
	if a.State != news.Withdrawn && r.Actor.May(access.NewsWrite, a.Unit) == nil {
		page.Restore = r.NewForm("restore").Set("revision", a.Revision)
	}
	page.choose(r.Query("from"), r.Query("to"))
	page.Changes = changesOf(r, page.said[page.From], page.said[page.To])
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("newsui.changes"), "/desk"
	layout.Crumb(r.T("newsui.desk"), fmt.Sprintf("/desk?unit=%d", a.Unit)).Crumb(a.Text.Headline, deskPath(a.ID)).Crumb(r.T("newsui.changes"), "")
	return r.Render(s.changes, page)
}

func (p *changesPage) add(value, label string, said news.Text) {
	p.Texts = append(p.Texts, web.Option{Value: value, Label: label})
	p.said[value] = said
}

// read reads what was published and what is kept of what was saved.
func (p *changesPage) read(r *web.Request, a news.Article) error {
	return r.View(func(q store.Querier) error {
		given, err := news.Versions(r.Context(), q, a.ID)
		if err != nil {
			return err
		}
		for _, one := range given {
			p.add(versionValue(one.Version), r.T("newsui.changes.version", "n", one.Version, "at", text.Moment(r.Lang, one.At, r.Zone())), one.Text)
		}
		saved, err := news.Revisions(r.Context(), q, a.ID)
		for _, one := range saved {
			value := fmt.Sprintf("r%d", one.ID)
			at := text.Moment(r.Lang, one.At, r.Zone())
			label := r.T("newsui.changes.saved", "n", one.Revision, "name", r.Person(one.Editor), "at", at)
			if one.Aside {
				label = r.T("newsui.changes.aside", "name", r.Person(one.Editor), "at", at)
			}
			p.add(value, label, one.Text)
			shown := revision{Revision: one, Value: value, Now: one.Text.Same(a.Text)}
			if document, err := one.Text.Document(); err == nil {
				shown.Words = document.Text()
			}
			p.Revisions = append(p.Revisions, shown)
		}
		return err
	})
}

func versionValue(version int64) string { return fmt.Sprintf("v%d", version) }

// restore has the desk go on from a text that is kept.
func (s *screens) restore(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("restore")
	if err != nil {
		return err
	}
	from, _ := strconv.ParseInt(form.Raw("from"), 10, 64) // what is no number is kept nowhere
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.Restore(r.Context(), tx, r.Actor, news.RestoreCommand{Article: a.ID, Revision: revisionOf(form), From: from})
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("newsui.restored")
	return r.See(deskPath(a.ID))
}

// choose takes two texts that were named, or those that an editor would look at first.
func (p *changesPage) choose(from, to string) {
	p.From, p.To = versionValue(p.Version), deskText
	if p.Version > 1 && p.said[p.From].Same(p.said[deskText]) {
		p.From, p.To = versionValue(p.Version-1), versionValue(p.Version)
	}
	if p.Version == 0 {
		p.From = p.Texts[len(p.Texts)-1].Value // the oldest that is kept
	}
	if _, known := p.said[from]; known {
		p.From = from
	}
	if _, known := p.said[to]; known {
		p.To = to
	}
}
