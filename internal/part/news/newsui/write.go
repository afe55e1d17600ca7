package newsui

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
	"giaoban/internal/part/news/prose/proseui"
)

// writePage is an article as its desk writes on it.
type writePage struct {
	row
	way
	Of        tree.Unit
	Action    string // of the form
	Form      *web.Form
	Lead      template.HTML // the picture that leads it
	Pictures  []shownPicture
	Add       *web.Form // of a picture
	Files     []file.File
	Attach    *web.Form // of a file
	Publish   *web.Form // nil for who does nothing about its stage
	Withdraw  *web.Form
	Writes    bool
	Versions  []given // the newest first
	Body      template.HTML
	Prose     proseui.Field // of the body
	Pending   bool          // the desk's text is not what the public reads
	Public    string        // where the public reads it; "" where it does not
	Figures   figureChoice  // that the text can be given
	Differs   bool          // a figure of it is not the board's
	MostTexts map[string]int
	Other     *other // nil where nobody else saved
	Suggested suggested
	Held      []tab // briefings that a new article can be begun from
}

// given is a version with its body as it is read.
type given struct {
	news.Given
	Body template.HTML
}

// textLimit is the most bytes that the form of an article may have: what is longer than may
// be is refused at its field, and a form writes three bytes for one.
const textLimit = 3*prose.MaxBytes + 1<<20

var bounds = map[string]int{"headline": news.MostHeadline, "lead": news.MostLead, "note": news.MostNote}

func (s *screens) showNew(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsWrite, unit); err != nil {
		return err
	}
	form := r.NewForm("article")
	if err := s.reported(r, unit, form); err != nil {
		return err
	}
	return s.renderNew(r, unit, form)
}

func (s *screens) renderNew(r *web.Request, unit tree.UnitID, form *web.Form) error {
	page := writePage{Form: form, Writes: true, MostTexts: bounds, Action: "/desk/new?unit=" + strconv.FormatInt(int64(unit), 10)}
	page.Of, _ = r.Actor.Tree.Unit(unit)
	var err error
	if page.Held, err = heldAt(r, unit); err != nil {
		return err
	}
	return s.renderPage(r, page, r.T("newsui.new"))
}

func (s *screens) renderPage(r *web.Request, page writePage, title string) error {
	editor, err := proseui.NewField(r, prose.Document{}, "/desk/paste")
	if err != nil {
		return err
	}
	editor.Pictures, editor.Upload = "/pictures/", "/pictures?unit="+strconv.FormatInt(int64(page.Of.ID), 10)
	page.Prose = editor.Typed(page.Form.Raw("body"))
	if page.Suggested, err = suggest(r, page.Of.ID, page.Article, page.Form.Raw("category")); err != nil {
		return err
	}
	if page.Figures, err = s.figuresFor(r, page.Of.ID); err != nil {
		return err
	}
	layout := r.Layout()
	layout.Script(proseui.Script)
	layout.Script("news/figure.ts")
	layout.Script("news/desk.ts")
	layout.Title, layout.Rail = title, "/desk"
	layout.Crumb(r.T("newsui.desk"), "/desk?unit="+strconv.FormatInt(int64(page.Of.ID), 10)).Crumb(title, "")
	status := page.Form.Status()
	for _, form := range []*web.Form{page.Publish, page.Back, page.Withdraw, page.Add, page.Attach} {
		if form != nil {
			status = max(status, form.Status())
		}
	}
	return r.RenderStatus(status, s.write, page)
}

// textOf is what stands in the form.
func textOf(form *web.Form) news.Text {
	return news.Text{
		Source: form.Text("source"), Category: form.Text("category"), Headline: form.Text("headline"),
		Lead: form.Lines("lead"), Body: strings.ReplaceAll(form.Raw("body"), "\r\n", "\n"),
		Authors: strings.Split(form.Text("authors"), ","), Tags: append(strings.Split(form.Text("tags"), ","), form.All("tag")...), Related: relatedOf(form),
		Picture: leadFrom(form), Files: strings.Fields(form.Raw("files")),
	}
}

// addressOf finds an article's number in its address, or alone.
var addressOf = regexp.MustCompile(`^(?:\S*/news/)?([0-9]{1,18})(?:/\S*)?$`)

// relatedOf are the articles whose addresses stand in the form.
func relatedOf(form *web.Form) (articles []int64) {
	for _, said := range strings.FieldsFunc(strings.Join(append(form.All("beside"), form.Text("related")), " "), func(r rune) bool { return r == ' ' || r == ',' }) {
		found := addressOf.FindStringSubmatch(said)
		if found == nil {
			form.Wrong(fault.New(fault.Invalid, "newsui.related.wrong", "said", said).At("related"))
			continue
		}
		id, _ := strconv.ParseInt(found[1], 10, 64) // as many digits as fit
		articles = append(articles, id)
	}
	return articles
}

func fill(form *web.Form, a news.Article) *web.Form {
	form.Set("source", a.Text.Source).Set("category", a.Text.Category).Set("headline", a.Text.Headline)
	form.Set("lead", a.Text.Lead).Set("body", a.Text.Body).Set("authors", strings.Join(a.Text.Authors, ", ")).Set("tags", strings.Join(a.Text.Tags, ", "))
	var related []string
	for _, id := range a.Text.Related {
		related = append(related, strconv.FormatInt(id, 10))
	}
	form.Set("related", strings.Join(related, " "))
	form.Values.Set("lead-picture", leadField(a.Text))
	form.Values.Set("files", strings.Join(a.Text.Files, " "))
	form.Values.Set("revision", strconv.FormatInt(a.Revision, 10))
	return form
}

func (s *screens) begin(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsWrite, unit); err != nil {
		return err
	}
	form, err := r.Posted("article")
	if err != nil {
		return err
	}
	written := textOf(form)
	if !form.OK() && r.WantsJSON() {
		return form.Errors
	}
	if !form.OK() {
		return s.renderNew(r, unit, form)
	}
	var a news.Article
	err = r.Update(func(tx *ledger.Tx) (err error) {
		a, err = news.Begin(r.Context(), tx, r.Actor, news.BeginCommand{Key: form.Key, Unit: unit, Text: written})
		if err != nil {
			return err
		}
		// The same form sent again may hold more: what was begun goes on.
		a, err = news.Save(r.Context(), tx, r.Actor, news.SaveCommand{Article: a.ID, Revision: 1, Page: pageOf(form), Text: written})
		return err
	})
	switch {
	case r.WantsJSON() && err != nil:
		return err
	case r.WantsJSON():
		return savedOf(r, a)
	case err == nil, fault.Is(err, fault.Conflict):
		return s.done(r, a, form, err, "newsui.saved")
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderNew(r, unit, form)
}

func (s *screens) showWrite(r *web.Request) error {
	a, err := articleOf(r, access.NewsRead)
	if err != nil {
		return err
	}
	return s.renderWrite(r, a, nil)
}

// articleOf is the article of the address, for whoever may do something about it.
func articleOf(r *web.Request, action access.Action) (a news.Article, err error) {
	id, err := r.ID("id")
	if err != nil {
		return a, err
	}
	err = r.View(func(q store.Querier) error {
		if a, err = news.Get(r.Context(), q, id); err != nil {
			return err
		}
		return r.Actor.May(action, a.Unit)
	})
	return a, err
}

// renderWrite shows an article with the form that came back.
func (s *screens) renderWrite(r *web.Request, a news.Article, sent *web.Form) error {
	page := writePage{row: rowOf(r, a), Action: deskPath(a.ID), MostTexts: bounds}
	page.Of, _ = r.Actor.Tree.Unit(a.Unit)
	page.Writes = a.State != news.Withdrawn && r.Actor.May(access.NewsWrite, a.Unit) == nil
	page.Form = fill(r.NewForm("article"), a)
	if a.State == news.Published {
		page.Public = publicPath(a.ID, a.Slug)
	}
	err := r.View(func(q store.Querier) error {
		found, err := news.PicturesIn(r.Context(), q, a.Text)
		if err != nil {
			return err
		}
		page.Pictures = shownIn(a, found)
		if page.Files, err = news.FilesIn(r.Context(), q, a.Text); err != nil {
			return err
		}
		page.Lead, page.Body = leadOf(a.Text, found, deskPicture), bodyOf(r, a.Text, found, deskPicture)
		list, err := news.Versions(r.Context(), q, a.ID)
		if err != nil {
			return err
		}
		for _, one := range list {
			found, err := news.PicturesIn(r.Context(), q, one.Text)
			if err != nil {
				return err
			}
			page.Versions = append(page.Versions, given{one, bodyOf(r, one.Text, found, deskPicture)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	page.Pending = len(page.Versions) == 0 || !page.Versions[0].Text.Same(a.Text)
	page.way, page.Publish = wayOf(r, a)
	if page.Approves {
		page.Withdraw = r.NewForm("withdraw")
	}
	if page.Writes {
		page.Add, page.Attach = r.NewForm("add-picture"), r.NewForm("attach")
	}
	if sent != nil {
		page.Other = otherOf(r, a, sent)
		page.Differs = slices.ContainsFunc(sent.Errors, func(one *fault.Error) bool { return one.Field == "figures" })
		*map[string]**web.Form{"article": &page.Form, "add-picture": &page.Add, "attach": &page.Attach, "publish": &page.Publish, "send-back": &page.Back, "withdraw": &page.Withdraw}[sent.ID] = sent
	}
	return s.renderPage(r, page, a.Text.Headline)
}

// save saves what somebody wrote; what was typed stays where somebody else was first.
func (s *screens) save(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("article")
	if err != nil {
		return err
	}
	switch {
	case form.Has("take"):
		return s.takeField(r, a, form)
	case form.Raw("act") == "theirs":
		return s.leave(r, a, form)
	}
	written := textOf(form)
	if !form.OK() {
		return s.renderWrite(r, a, form)
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.Save(r.Context(), tx, r.Actor, news.SaveCommand{Article: a.ID, Revision: revisionOf(form), Page: pageOf(form), Text: written})
		return err
	})
	return s.done(r, a, form, err, "newsui.saved")
}

// done leads on after an act at the desk, or shows its form again with what is wrong.
func (s *screens) done(r *web.Request, a news.Article, form *web.Form, err error, notice string) error {
	if err == nil {
		r.Notice(notice)
		return r.See(deskPath(a.ID))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	if form.ID == "article" { // saved again, it goes on from what is there now
		form.Values.Set("revision", strconv.FormatInt(a.Revision, 10))
	}
	return s.renderWrite(r, a, form)
}

func (s *screens) withdraw(r *web.Request) error {
	a, err := articleOf(r, access.NewsPublish)
	if err != nil {
		return err
	}
	form, err := r.Posted("withdraw")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.Withdraw(r.Context(), tx, r.Actor, a.ID, form.Lines("reason"))
		return err
	})
	return s.done(r, a, form, err, "newsui.withdrawn")
}

// revisionOf is the revision that stood in the form; 0 for none that was read.
func revisionOf(form *web.Form) int64 {
	revision, err := strconv.ParseInt(form.Raw("revision"), 10, 64)
	if err != nil {
		return 0
	}
	return revision
}

func publicPath(id int64, slug string) string { return fmt.Sprintf("/news/%d/%s", id, slug) }
