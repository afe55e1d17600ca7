package app

import (
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/edge/web"
)

// rail is the main places of the program, those that the person can use.
func (a *App) rail(r *web.Request) []web.RailItem {
	home := r.Actor.Home()
	var items []web.RailItem
	if r.Actor.May(access.BoardRead, home) == nil {
		items = append(items,
			web.RailItem{Label: r.T("app.rail.work"), Path: "/work", Icon: "checklist"},
			web.RailItem{Label: r.T("app.rail.board"), Path: "/board", Icon: "chart-bar"},
		)
	}
	if r.Actor.May(access.DirectiveRead, home) == nil {
		items = append(items,
			web.RailItem{Label: r.T("app.rail.queue"), Path: fmt.Sprintf("/queue/%d", home), Icon: "clipboard-check"},
			web.RailItem{Label: r.T("app.rail.directives"), Path: "/directives", Icon: "file-text"},
		)
	}
	items = append(items, web.RailItem{Label: r.T("app.rail.org"), Path: "/org", Icon: "sitemap"})
	if len(r.Actor.Units(access.AccountRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.admin"), Path: "/admin", Icon: "users"})
	}
	return items
}
