package newsui

import (
	"fmt"
	"strings"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// dressPath is where the style sheet of the site's own colours is.
const dressPath = "/news/site.css"

// siteOf is how the office shows the public page.
func siteOf(r *web.Request) (site news.Site, err error) {
	err = r.View(func(q store.Querier) (err error) {
		site, err = news.SiteOf(r.Context(), q)
		return err
	})
	return site, err
}

// nameOf is what the site is called in the reader's language.
func nameOf(r *web.Request, site news.Site) string {
	switch {
	case r.Lang == text.EN && site.English != "":
		return site.English
	case site.Name != "":
		return site.Name
	}
	return r.T("newsui.name")
}

// brandOf is what pages wear of a site.
func brandOf(site news.Site) (brand web.Brand) {
	if site.Colour != "" || site.Night != "" {
		brand.Style = dressPath + "?v=" + version(site)
	}
	if site.Logo != nil {
		brand.Logo, brand.Width, brand.Height = publicPicture(site.Logo.Picture, site.Logo.Width), site.Logo.Width, site.Logo.Height
	}
	return brand
}

// version names the colours of a site, so that browsers keep their style sheet.
func version(site news.Site) string {
	return strings.ReplaceAll(string(site.Colour+"-"+site.Dark()), "#", "")
}

// giveDress gives the style sheet of the site's own colours.
func (s *screens) giveDress(r *web.Request) error {
	site, err := siteOf(r)
	if err != nil {
		return err
	}
	if r.Query("v") == version(site) {
		r.Writer.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	r.Share(news.SiteSubject)
	return give(r, "text/css; charset=utf-8", []byte(dressOf(site)))
}

// dressOf is the style sheet: the tokens of public.css in the site's colours. White words
// stand on the colour by day, whatever the ground around it is.
func dressOf(site news.Site) string {
	var b strings.Builder
	if site.Colour != "" {
		fmt.Fprintf(&b, ".for-public{%s}\n", tokens(site.Colour, "#000000", news.DayGrounds[0]))
	}
	night := ""
	if dark := site.Dark(); dark != "" {
		night += fmt.Sprintf(".for-public[data-theme=THEME]{%s}", tokens(dark, "#ffffff", news.NightGrounds[0]))
	}
	if site.Colour != "" {
		night += fmt.Sprintf(".for-public[data-theme=THEME] :is(.btn.primary,.btn.primary:hover){background:%[1]s;border-color:%[1]s}", site.Colour)
	}
	fmt.Fprintf(&b, "@media screen and (prefers-color-scheme:dark){%s}\n", strings.ReplaceAll(night, "THEME", "auto"))
	fmt.Fprintf(&b, "@media screen{%s}\n", strings.ReplaceAll(night, "THEME", "dark"))
	return b.String()
}

// tokens are a colour, one that stands out more, and a ground with a little of it.
func tokens(colour, towards, ground news.Colour) string {
	return fmt.Sprintf("--red:%s;--red-dark:%s;--red-wash:%s", colour, colour.Mixed(towards, .2), colour.Wash(ground))
}

// sitePage is the form of how the public page is shown.
type sitePage struct {
	Site    news.Site
	Brand   web.Brand
	Samples []sample
	Form    *web.Form
}

// sample shows words in a colour.
type sample struct {
	Label          string
	Ground, Colour news.Colour
}

func (s *screens) showSite(r *web.Request) error {
	if _, err := news.MaySetSite(r.Actor); err != nil {
		return err
	}
	site, err := siteOf(r)
	if err != nil {
		return err
	}
	form := r.NewForm("site").Set("name", site.Name).Set("english", site.English).Set("colour", string(site.Colour)).Set("night", string(site.Night))
	return s.renderSite(r, site, form)
}

func (s *screens) renderSite(r *web.Request, site news.Site, form *web.Form) error {
	page := sitePage{Site: site, Brand: brandOf(site), Form: form}
	if site.Colour != "" {
		page.Samples = append(page.Samples, sample{r.T("newsui.site.by-day"), news.DayGrounds[0], site.Colour})
	}
	if dark := site.Dark(); dark != "" {
		page.Samples = append(page.Samples, sample{r.T("newsui.site.by-night"), news.NightGrounds[0], dark})
	}
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Narrow = r.T("newsui.site.title"), "/desk", true
	layout.Crumb(r.T("newsui.desk"), "/desk").Crumb(r.T("newsui.site"), "")
	return r.RenderStatus(form.Status(), s.site, page)
}

func (s *screens) setSite(r *web.Request) error {
	root, err := news.MaySetSite(r.Actor)
	if err != nil {
		return err
	}
	site, err := siteOf(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("site")
	if err != nil {
		return err
	}
	cmd := news.SetSiteCommand{Name: form.Text("name"), English: form.Text("english"), Colour: form.Raw("colour"), Night: form.Raw("night")}
	if site.Logo != nil && !form.Checked("no-logo") {
		cmd.Logo = site.Logo.Picture
	}
	var logo *news.CutPicture
	if len(form.Files("picture")) > 0 {
		cut, err := s.cut(form)
		if err := form.Refused(err); err != nil {
			return err
		}
		logo = &cut
	}
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) error {
			if logo != nil {
				p, err := news.AddPicture(r.Context(), tx, r.Actor, news.AddPictureCommand{Key: form.Key, Unit: root, Cut: *logo})
				if err != nil {
					return err
				}
				cmd.Logo = p.ID
			}
			_, err := news.SetSite(r.Context(), tx, r.Actor, cmd)
			return err
		})
		if err == nil {
			r.Notice("newsui.site.saved")
			return r.See("/desk/site")
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderSite(r, site, form)
}
