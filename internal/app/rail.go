package app

import (
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/inbox/inboxui"
)

// rail is the main places of the program, those that the person can use, with
// how much waits there.
func (a *App) rail(r *web.Request) []web.RailItem {
	home := r.Actor.Home()
	work := web.RailItem{Label: r.T("app.rail.work"), Path: "/work", Icon: "checklist"}
	queue := web.RailItem{Label: r.T("app.rail.queue"), Path: fmt.Sprintf("/queue/%d", home), Icon: "clipboard-check"}
	var err error
	if work.Count, queue.Count, work.Hot, err = inboxui.Counts(r); err != nil {
		// The rail stands on every page: one without its counts is better than none.
		a.config.Log.Warn("counting for the rail", "error", err)
	}
	items := []web.RailItem{work}
	if r.Actor.May(access.BoardRead, home) == nil {
		items = append(items, web.RailItem{Label: r.T("app.rail.board"), Path: "/board", Icon: "chart-bar"})
	}
	if r.Actor.May(access.ReportDecide, home) == nil {
		items = append(items, queue)
	}
	if r.Actor.May(access.DirectiveRead, home) == nil {
		items = append(items, web.RailItem{Label: r.T("app.rail.directives"), Path: "/directives", Icon: "file-text"})
	}
	items = append(items, web.RailItem{Label: r.T("app.rail.org"), Path: "/org", Icon: "sitemap", Group: r.T("app.rail.office")})
	if len(r.Actor.Units(access.AccountRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.admin"), Path: "/admin", Icon: "users", Group: r.T("app.rail.office")})
	}
	if a.operator(r) {
		items = append(items, web.RailItem{Label: r.T("app.rail.settings"), Path: "/settings", Icon: "settings", Group: r.T("app.rail.office")})
	}
	return items
}
