package briefingui

import (
	"context"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// belowPage is the sites that a site opened below it: a province its districts.
type belowPage struct {
	seated
	Form    *web.Form
	Path    string // that the form goes to
	Name    string
	Rows    []siteRow
	Here    int
	Heads   int
	Offered []web.Option // units below that are no sites yet
	Opens   bool         // more can be opened now
}

// showBelow is that page, for whoever acts for the site.
func (s *Screens) showBelow(r *web.Request) error {
	b, site, err := s.ownSite(r)
	if err != nil {
		return err
	}
	if site.Parent != 0 {
		return fault.New(fault.Conflict, "briefing.brought-brings")
	}
	name := names(r.Actor.Tree)
	data := belowPage{seated: b, Form: r.NewForm("below"), Name: name(site.Unit)}
	data.Path = path(b.ID, "/site/"+strconv.FormatInt(int64(site.Unit), 10)+"/bring")
	for _, below := range b.Sites {
		if below.Parent != site.ID {
			continue
		}
		data.Rows = append(data.Rows, siteRow{Site: below, Name: name(below.Unit)})
		data.Heads += below.Heads
		if below.Here() {
			data.Here++
		}
	}
	data.Opens = (b.State == briefing.Called || b.State == briefing.Open) && !b.Locked && site.RemovedAt.IsZero()
	for _, u := range r.Actor.Tree.Children(site.Unit) {
		if !slices.ContainsFunc(b.Sites, func(s briefing.Site) bool { return s.Unit == u.ID }) {
			data.Offered = append(data.Offered, web.Option{Value: strconv.FormatInt(int64(u.ID), 10), Label: u.Name})
		}
	}
	b.frame(r, r.T("briefings.below")).Script("briefing/briefing.ts") // for its style
	return r.Render(s.below, data)
}

// bring opens sites below an own one, all of the form or none.
func bring(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, f *web.Form) error {
	chosen := f.All("below")
	if len(chosen) == 0 {
		return fault.New(fault.Invalid, "briefing.sites-needed").At("below")
	}
	for _, value := range chosen[:min(len(chosen), briefing.MostSites)] {
		below, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return fault.New(fault.Invalid, "briefing.not-below").At("below")
		}
		if _, err := briefing.Bring(ctx, tx, actor, id, unit, tree.UnitID(below)); err != nil {
			return err
		}
	}
	return nil
}
