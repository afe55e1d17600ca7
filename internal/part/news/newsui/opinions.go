package newsui

import (
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// opinionsPage is readers' opinions as a desk reads them.
type opinionsPage struct {
	Unit  tree.Unit
	State news.CommentState
	Tabs  []tab
	Rows  []opinion
	Live  string    // address of the stream that says when there are others
	Form  *web.Form // decides about several

	Topics []string // that the desk uses
	All    int      // opinions of the state, of which Rows are some
	Beside besideText
	Lost   *web.Form // that came back for an opinion that is not here any more; nil for none
}

// opinion is one with the article that it is about and the form that decides.
type opinion struct {
	news.Comment
	Parts    []passage // of its text
	Headline string
	Lead     string
	Beside   string        // where the desk reads the article
	Answered *news.Comment // what it answers; nil for nothing
	Public   string        // where the article is read; "" where it is not
	Chosen   bool          // among several
	Taken    bool          // the article takes opinions
	Form     *web.Form
	Set      *web.Form // closes the article to opinions, or opens it
}

// passage is a part of an opinion's text, for the desk.
type passage struct {
	Text string
	Cut  bool // readers are not shown it
}

// partsOf is the whole text, and what of it is cut.
func partsOf(c news.Comment) (parts []passage) {
	from := 0
	for _, cut := range c.Cuts {
		parts = append(parts, passage{Text: string(c.Text[from:cut.From])}, passage{Text: string(c.Text[cut.From:cut.To]), Cut: true})
		from = cut.To
	}
	return append(parts, passage{Text: string(c.Text[from:])})
}

func (s *screens) showOpinions(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsModerate, unit); err != nil {
		return err
	}
	return s.renderOpinions(r, unit, nil)
}

// renderOpinions shows the opinions of a state, with the form that came back.
func (s *screens) renderOpinions(r *web.Request, unit tree.UnitID, sent *web.Form) error {
	page := opinionsPage{State: stateOf(r), Live: opinionsLive + "?unit=" + strconv.FormatInt(int64(unit), 10), Form: r.NewForm(several)}
	if sent != nil && sent.ID == several {
		page.Form = sent
	}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	for _, state := range []news.CommentState{news.Waiting, news.Shown, news.Refused} {
		page.Tabs = append(page.Tabs, tab{Label: r.T("newsui.opinions." + string(state)), Path: opinionsPath(unit, state), Current: state == page.State})
	}
	err := r.View(func(q store.Querier) error { return page.read(r, q, sent) })
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("newsui.opinions"), "/desk"
	layout.Live = true
	layout.Script("news/moderate.ts")
	layout.Crumb(r.T("newsui.desk"), "/desk?unit="+strconv.FormatInt(int64(unit), 10)).Crumb(r.T("newsui.opinions"), "")
	status := 200
	if sent != nil {
		status = sent.Status()
	}
	return r.RenderStatus(status, s.opinions, page)
}

// read reads the opinions, the articles that they are about and what they answer.
func (p *opinionsPage) read(r *web.Request, q store.Querier, sent *web.Form) error {
	list, err := news.Queue(r.Context(), q, p.Unit.ID, p.State)
	if err != nil {
		return err
	}
	if p.All, err = news.CountQueue(r.Context(), q, p.Unit.ID, p.State); err != nil {
		return err
	}
	answered, err := news.Answered(r.Context(), q, list)
	if err != nil {
		return err
	}
	articles := map[int64]news.Article{}
	for _, c := range list {
		a, known := articles[c.Article]
		if !known {
			if a, err = news.Get(r.Context(), q, c.Article); err != nil {
				return err
			}
			articles[a.ID] = a
		}
		p.Rows = append(p.Rows, p.opinionOf(r, c, a, sent))
		if parent, there := answered[c.Parent]; there {
			p.Rows[len(p.Rows)-1].Answered = &parent
		}
	}
	if sent != nil && sent.ID != several && !slices.ContainsFunc(p.Rows, func(one opinion) bool { return one.Form == sent }) {
		p.Lost = sent
	}
	if len(list) > 0 {
		if p.Beside, err = besideOf(r, q, articles[list[0].Article]); err != nil {
			return err
		}
	}
	p.Topics, err = news.Topics(r.Context(), q, p.Unit.ID)
	return err
}

func (p *opinionsPage) opinionOf(r *web.Request, c news.Comment, a news.Article, sent *web.Form) opinion {
	one := opinion{
		Comment: c, Chosen: slices.Contains(p.Form.All("opinion"), strconv.FormatInt(c.ID, 10)), Parts: partsOf(c),
		Form: r.NewForm(formID(c.ID)).Set("topic", c.Topic), Set: r.NewForm("opinions-set"),
		Headline: a.Text.Headline, Lead: a.Text.Lead, Beside: besidePath(a.ID), Taken: a.Comments,
	}
	if sent != nil && sent.ID == one.Form.ID {
		one.Form = sent
	}
	if a.State == news.Published {
		one.Public = publicPath(a.ID, a.Slug)
	}
	return one
}

// seen is the state in which somebody saw what the form decides about.
func seen(r *web.Request) news.CommentState { return news.CommentState(r.Query("state")) }

// stateOf is the state of the opinions on the page, which is in its address.
func stateOf(r *web.Request) news.CommentState {
	if state := seen(r); state == news.Shown || state == news.Refused {
		return state
	}
	return news.Waiting
}

func formID(id int64) string { return "opinion-" + strconv.FormatInt(id, 10) }

func opinionsPath(unit tree.UnitID, state news.CommentState) string {
	return "/opinions?unit=" + strconv.FormatInt(int64(unit), 10) + "&state=" + string(state)
}

// decide shows or refuses an opinion.
func (s *screens) decide(r *web.Request) error {
	id, err := r.ID("opinion")
	if err != nil {
		return err
	}
	form, err := r.Posted(formID(id))
	if err != nil {
		return err
	}
	before := stateOf(r)
	var c news.Comment
	err = r.Update(func(tx *ledger.Tx) (err error) {
		c, err = decided(r, tx, id, form)
		return err
	})
	if err == nil {
		r.Notice("newsui.opinion.did-" + form.Raw("to"))
		return r.See(opinionsPath(c.Unit, before))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderOpinions(r, unitOf(r), form)
}

// decided does about an opinion what the form says.
func decided(r *web.Request, tx *ledger.Tx, id int64, form *web.Form) (news.Comment, error) {
	switch to := form.Raw("to"); to {
	case "cut":
		return news.Cut(r.Context(), tx, r.Actor, news.CutCommand{Comment: id, Passage: form.Lines("passage")})
	case "topic":
		return news.SetTopic(r.Context(), tx, r.Actor, id, form.Text("topic"))
	case string(news.Waiting):
		return news.Reopen(r.Context(), tx, r.Actor, id)
	default:
		return news.Decide(r.Context(), tx, r.Actor, news.DecideCommand{Comment: id, Seen: seen(r), To: news.CommentState(to), Reason: form.Lines("reason"), Reply: form.Lines("reply")})
	}
}

// setOpinions closes an article to opinions, or opens it again.
func (s *screens) setOpinions(r *web.Request) error {
	a, err := articleOf(r, access.NewsModerate)
	if err != nil {
		return err
	}
	form, err := r.Posted("opinions-set")
	if err != nil {
		return err
	}
	taken := form.Raw("taken") == "yes"
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.SetOpinions(r.Context(), tx, r.Actor, a.ID, taken)
		return err
	})
	if err != nil {
		return err
	}
	if taken {
		r.Notice("newsui.opinions.opened")
	} else {
		r.Notice("newsui.opinions.closed")
	}
	return r.See(opinionsPath(a.Unit, news.Waiting))
}
