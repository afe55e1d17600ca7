package app

import (
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/inbox/inboxui"
)

// rail is the main places of the program, those that the person can use, with
// how much waits there.
func (a *App) rail(r *web.Request) []web.RailItem {
	home := r.Actor.Home()
	work := web.RailItem{Label: r.T("app.rail.work"), Path: "/work", Icon: "checklist"}
	queue := web.RailItem{Label: r.T("app.rail.queue"), Path: "/queue", Icon: "clipboard-check"}
	var err error
	if work.Count, queue.Count, work.Hot, err = inboxui.Counts(r, a.Tasks); err != nil {
		// The rail stands on every page: one without its counts is better than none.
		a.config.Log.Warn("counting for the rail", "error", err)
	}
	items := []web.RailItem{work}
	if len(r.Actor.Units(access.BoardRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.board"), Path: "/board", Icon: "chart-bar"})
	}
	if units := r.Actor.Units(access.ReportDecide); len(units) > 0 {
		if !slices.Contains(units, home) {
			home = units[0]
		}
		queue.Path = fmt.Sprintf("/queue/%d", home)
		items = append(items, queue)
	}
	if len(r.Actor.Units(access.BriefingRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.briefings"), Path: "/briefings", Icon: "presentation"})
	}
	if len(r.Actor.Units(access.TaskRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.tasks"), Path: "/tasks", Icon: "checks"})
	}
	if len(r.Actor.Units(access.DifficultyRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.difficulties"), Path: "/difficulties", Icon: "message"})
	}
	if len(r.Actor.Units(access.DirectiveRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.directives"), Path: "/directives", Icon: "file-text"})
	}
	if len(r.Actor.Units(access.FolderPrint)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.folders"), Path: "/folders", Icon: "folder", Group: r.T("app.rail.office")})
	}
	if len(r.Actor.Units(access.PaperRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.papers"), Path: "/papers", Icon: "files", Group: r.T("app.rail.office")})
	}
	if len(r.Actor.Units(access.NewsRead)) > 0 {
		items = append(items, web.RailItem{Label: r.T("app.rail.desk"), Path: "/desk", Icon: "news", Group: r.T("app.rail.office")})
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
