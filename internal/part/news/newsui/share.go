package newsui

import (
	"strings"

	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// AnyArticle is what lists of articles are shared by: see [web.Request.Share].
const AnyArticle = "news"

// AnyBoard is what lists of public boards are shared by.
const AnyBoard = "public-boards"

// Outside says whether a route is for the public at an address of its own, too.
func Outside(route web.Route) bool {
	return strings.HasPrefix(route.Path(), "/news/") || route.Path() == "/robots.txt" || route.Path() == "/sitemap.xml"
}

// quiet are the events of the public page that change nothing that it shows.
var quiet = map[ledger.Kind]bool{
	news.WasBegun: true, news.WasHandedIn: true, news.WasSentBack: true, news.WasApproved: true,
	news.WasScheduled: true, news.WasUnscheduled: true, news.WasReopened: true, news.WasStuck: true,
	news.CommentSent: true, news.CommentSorted: true, news.CommentHanded: true,
	news.ReaderConfirmed: true, news.ReaderAsked: true, news.BoardAsked: true, news.SideWasTaken: true,
}

// Changed names what an event changes of what the public is shown: one article or
// one board with the lists in which it stands, or everything; nothing where nobody is shown the difference.
func Changed(e ledger.Event) []string {
	switch {
	case !strings.HasPrefix(string(e.Kind), "news.") || quiet[e.Kind]:
		return nil
	case strings.HasPrefix(e.Subject, news.Subjects):
		return []string{e.Subject, AnyArticle}
	case strings.HasPrefix(e.Subject, news.PublicBoards):
		return []string{e.Subject, AnyBoard}
	}
	return []string{""}
}
