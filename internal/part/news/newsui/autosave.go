package newsui

import (
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// saved is what the script of the form is told: all of it is on disk.
type saved struct {
	Path     string `json:"path"` // of the article
	Revision int64  `json:"revision"`
	Saved    string `json:"saved"`   // in words
	Pending  bool   `json:"pending"` // the public does not read it yet
	Stage    string `json:"stage"`
}

// autosave keeps what somebody writes while it is written.
func (s *screens) autosave(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("article")
	if err != nil {
		return err
	}
	written := textOf(form)
	if !form.OK() {
		return form.Errors
	}
	err = r.Update(func(tx *ledger.Tx) (err error) {
		a, err = news.Save(r.Context(), tx, r.Actor, news.SaveCommand{Article: a.ID, Revision: revisionOf(form), Page: pageOf(form), Text: written})
		return err
	})
	if err != nil {
		return err
	}
	return savedOf(r, a)
}

func savedOf(r *web.Request, a news.Article) error {
	answer := saved{Path: deskPath(a.ID), Revision: a.Revision, Saved: r.T("newsui.saved-at", "time", text.TimeOfDay(a.SavedAt, r.Zone())), Stage: string(a.Stage)}
	err := r.View(func(q store.Querier) error {
		public, err := a.Public(r.Context(), q)
		answer.Pending = !public
		return err
	})
	if err != nil {
		return err
	}
	return r.JSON(answer)
}

// mostPage is the most that the name of an open page may have, in bytes.
const mostPage = 64

// pageOf is the name that an open page gave itself; "" for none, and for one that is too long.
func pageOf(form *web.Form) string {
	if page := form.Raw("page"); len(page) <= mostPage {
		return page
	}
	return ""
}

// beat is what the script of an open form is told every few seconds.
type beat struct {
	Revision int64  `json:"revision"`
	Own      bool   `json:"own"`    // the page that asks saved it, and did not hear of it
	Moved    string `json:"moved"`  // who saved that revision
	Others   string `json:"others"` // who has the article open too; "" for nobody
}

// open notes who has an article open, and says who else has.
func (s *screens) open(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("open")
	if err != nil {
		return err
	}
	var seen news.Beat
	err = r.Update(func(tx *ledger.Tx) (err error) {
		seen, err = news.Open(r.Context(), tx, r.Actor, a.ID, s.Machine.Now())
		return err
	})
	if err != nil {
		return err
	}
	page := pageOf(form)
	answer := beat{Revision: seen.Article.Revision, Own: page != "" && page == seen.Article.Page, Moved: r.T("newsui.moved", "name", r.Person(seen.Article.Editor), "time", text.TimeOfDay(seen.Article.SavedAt, r.Zone()))}
	if len(seen.Others) > 0 {
		answer.Others = r.T("newsui.others", "names", strings.Join(seen.Others, ", "))
	}
	return r.JSON(answer)
}
