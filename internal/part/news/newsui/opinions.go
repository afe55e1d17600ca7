package newsui

import (
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
}

// opinion is one with the article that it is about and the form that decides.
type opinion struct {
	news.Comment
	Headline string
	Public   string // where the article is read; "" where it is not
	Form     *web.Form
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
	page := opinionsPage{State: news.CommentState(r.Query("state"))}
	if page.State != news.Shown && page.State != news.Refused {
		page.State = news.Waiting
	}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	for _, state := range []news.CommentState{news.Waiting, news.Shown, news.Refused} {
		page.Tabs = append(page.Tabs, tab{Label: r.T("newsui.opinions." + string(state)), Path: opinionsPath(unit, state), Current: state == page.State})
	}
	err := r.View(func(q store.Querier) error {
		list, err := news.Queue(r.Context(), q, unit, page.State)
		for _, c := range list {
			one := opinion{Comment: c, Form: r.NewForm(formID(c.ID))}
			if sent != nil && sent.ID == one.Form.ID {
				one.Form = sent
			}
			a, err := news.Get(r.Context(), q, c.Article)
			if err != nil {
				return err
			}
			if one.Headline = a.Text.Headline; a.State == news.Published {
				one.Public = publicPath(a.ID, a.Slug)
			}
			page.Rows = append(page.Rows, one)
		}
		return err
	})
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("newsui.opinions"), "/desk"
	layout.Crumb(r.T("newsui.desk"), "/desk?unit="+strconv.FormatInt(int64(unit), 10)).Crumb(r.T("newsui.opinions"), "")
	status := 200
	if sent != nil {
		status = sent.Status()
	}
	return r.RenderStatus(status, s.opinions, page)
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
	cmd := news.DecideCommand{Comment: id, To: news.CommentState(form.Text("to")), Reason: form.Lines("reason"), Reply: form.Lines("reply")}
	var c news.Comment
	err = r.Update(func(tx *ledger.Tx) (err error) {
		c, err = news.Decide(r.Context(), tx, r.Actor, cmd)
		return err
	})
	if err == nil {
		r.Notice("newsui.opinion." + string(c.State))
		return r.See(opinionsPath(c.Unit, news.Waiting))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderOpinions(r, unitOf(r), form)
}
