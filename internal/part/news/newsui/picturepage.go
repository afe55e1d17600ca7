package newsui

import (
	"math"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/picture"
	"giaoban/internal/part/news/prose"
)

// shownPicture is a picture of an article as its desk sees it.
type shownPicture struct {
	news.Picture
	Says          prose.Picture
	Lead          bool
	Image         string // its address, small
	Path          string // where its words and its cut are set
	Width, Height int    // of the small one, in pixels
}

// Described says whether it can be published.
func (p shownPicture) Described() bool { return p.Says.Alt != "" || p.Says.Decorative }

// shownIn are the pictures of an article, in their order.
func shownIn(a news.Article, found map[string]news.Picture) (list []shownPicture) {
	for says := range a.Text.Pictures() {
		p, there := found[says.File]
		if !there {
			continue
		}
		small := sizeFor(p, 0)
		list = append(list, shownPicture{
			Picture: p, Says: says, Lead: a.Text.Picture != nil && a.Text.Picture.File == says.File,
			Image: deskPicture(p.ID, small.Width), Path: deskPath(a.ID) + "/pictures/" + p.ID, Width: small.Width, Height: small.Height,
		})
	}
	return list
}

// picturePage is a picture with its words and its cut.
type picturePage struct {
	shownPicture
	Article news.Article
	Form    *web.Form
	Whole   string // address of what it is cut from
	Shapes  []web.Option
}

// shapes are the proportions that a cut can be held to.
var shapes = []string{"free", "16-9", "3-2", "4-3", "1-1"}

func (s *screens) showCut(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	return s.renderCut(r, a, nil)
}

// renderCut shows a picture with the form that came back.
func (s *screens) renderCut(r *web.Request, a news.Article, sent *web.Form) error {
	var found map[string]news.Picture
	err := r.View(func(q store.Querier) (err error) {
		found, err = news.PicturesIn(r.Context(), q, a.Text)
		return err
	})
	if err != nil {
		return err
	}
	page := picturePage{Article: a}
	for _, one := range shownIn(a, found) {
		if one.ID == r.PathValue("picture") {
			page.shownPicture = one
		}
	}
	if page.ID == "" {
		return fault.New(fault.NotFound, "news.picture.not-found")
	}
	page.Whole = "/pictures/" + page.ID + "?whole=yes"
	page.Form = sent
	if sent == nil {
		page.Form = page.fill(r.NewForm("cut"))
	}
	for _, shape := range shapes {
		page.Shapes = append(page.Shapes, web.Option{Value: shape, Label: r.T("newsui.picture.shape." + shape)})
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("newsui.picture.title"), "/desk"
	layout.Crumb(r.T("newsui.desk"), "/desk?unit="+strconv.FormatInt(int64(a.Unit), 10)).Crumb(a.Text.Headline, deskPath(a.ID)).Crumb(layout.Title, "")
	layout.Script("news/cut.ts")
	return r.RenderStatus(page.Form.Status(), s.cutting, page)
}

func (p picturePage) fill(form *web.Form) *web.Form {
	form.Set("alt", p.Says.Alt).Set("caption", p.Says.Caption).Set("credit", p.Says.Credit)
	for name, on := range map[string]bool{"decorative": p.Says.Decorative, "lead": p.Lead} {
		if on {
			form.Set(name, "yes")
		}
	}
	focus := p.Focus
	if focus.Whole() {
		focus = picture.Focus{Width: 1, Height: 1}
	}
	for name, part := range map[string]float64{"left": focus.Left, "top": focus.Top, "width": focus.Width, "height": focus.Height} {
		form.Set(name, text.Decimal(math.Round(part*1000))*text.Whole(1)/10)
	}
	return form
}

// focusOf reads the cut, in hundredths of the sides.
func focusOf(form *web.Form) (focus picture.Focus, err error) {
	for name, part := range map[string]*float64{"left": &focus.Left, "top": &focus.Top, "width": &focus.Width, "height": &focus.Height} {
		typed, _ := form.Number(name)
		*part = float64(typed) / float64(text.Whole(100))
	}
	switch {
	case !form.OK(): // a number is none
		return focus, nil
	case focus.Whole():
		return picture.Focus{}, nil
	case focus.Check() != nil:
		return focus, fault.New(fault.Invalid, "picture.focus").At("width")
	}
	return focus, nil
}

// changePicture sets a picture's words, its place and its cut, or takes it out.
func (s *screens) changePicture(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("cut")
	if err != nil {
		return err
	}
	old := r.PathValue("picture")
	if form.Text("act") == "remove" {
		err := r.Update(func(tx *ledger.Tx) error {
			_, err := news.ReplacePicture(r.Context(), tx, r.Actor, news.ReplacePictureCommand{Article: a.ID, Old: old})
			return err
		})
		return s.changed(r, a, form, err, "newsui.picture.removed")
	}
	cut, anew, err := s.recut(r, form, old)
	if err == nil && !form.OK() {
		return s.renderCut(r, a, form)
	}
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error { return change(r, tx, a, form, old, cut, anew) })
	}
	return s.changed(r, a, form, err, "newsui.saved")
}

// recut cuts a picture anew where the form asks for another cut than it has.
func (s *screens) recut(r *web.Request, form *web.Form, old string) (cut news.CutPicture, anew bool, err error) {
	focus, err := focusOf(form)
	if err != nil || !form.OK() {
		return cut, false, err
	}
	var p news.Picture
	err = r.View(func(q store.Querier) (err error) {
		p, err = news.PictureOf(r.Context(), q, old)
		return err
	})
	if err != nil || p.Focus == focus {
		return cut, false, err
	}
	cut, err = news.Recut(s.Folder, p, focus)
	return cut, true, err
}

func change(r *web.Request, tx *ledger.Tx, a news.Article, form *web.Form, old string, cut news.CutPicture, anew bool) error {
	says := wordsOf(form, old)
	if anew {
		p, err := news.AddPicture(r.Context(), tx, r.Actor, news.AddPictureCommand{Key: form.Key, Unit: a.Unit, Cut: cut})
		if err != nil {
			return err
		}
		says.File = p.ID
	}
	_, err := news.ReplacePicture(r.Context(), tx, r.Actor, news.ReplacePictureCommand{Article: a.ID, Old: old, New: &says, Lead: form.Checked("lead")})
	return err
}

// changed leads back to the article, or shows the picture again with what is wrong.
func (s *screens) changed(r *web.Request, a news.Article, form *web.Form, err error, notice string) error {
	if err == nil {
		r.Notice(notice)
		return r.See(deskPath(a.ID) + "#desk-pictures")
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderCut(r, a, form)
}
