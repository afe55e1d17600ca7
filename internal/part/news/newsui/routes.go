package newsui

import (
	"embed"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// screens shows the desk and the public page.
type screens struct {
	tree   *tree.Tree // of those who are nobody here, too
	boards *board.Boards

	desk, write, opinions *web.Screen
	front, article        *web.Screen
}

// Add declares the screens' routes in a frame, for the desks of units.
func Add(f *web.Frame, units *tree.Tree, boards *board.Boards) {
	s := &screens{
		tree: units, boards: boards,
		desk: f.Screen(pages, "page/desk.html"), write: f.Screen(pages, "page/write.html"), opinions: f.Screen(pages, "page/opinions.html"),
		front: f.Screen(pages, "page/front.html"), article: f.Screen(pages, "page/article.html"),
	}
	f.Add(
		web.Route{Pattern: "GET /desk", Action: access.NewsRead, Handle: s.showDesk},
		web.Route{Pattern: "GET /desk/new", Action: access.NewsWrite, Handle: s.showNew},
		web.Route{Pattern: "POST /desk/new", Action: access.NewsWrite, Handle: s.begin},
		web.Route{Pattern: "GET /desk/{id}", Action: access.NewsRead, Handle: s.showWrite},
		web.Route{Pattern: "POST /desk/{id}", Action: access.NewsWrite, Handle: s.save},
		web.Route{Pattern: "POST /desk/{id}/publish", Action: access.NewsPublish, Handle: s.publish},
		web.Route{Pattern: "POST /desk/{id}/withdraw", Action: access.NewsPublish, Handle: s.withdraw},
		web.Route{Pattern: "GET /opinions", Action: access.NewsModerate, Handle: s.showOpinions},
		web.Route{Pattern: "POST /opinions/{opinion}", Action: access.NewsModerate, Handle: s.decide},
		web.Route{Pattern: "GET /news/{$}", Action: access.Public, Handle: s.showFront},
		web.Route{Pattern: "GET /news/{id}/{slug}", Action: access.Public, Handle: s.showArticle},
		web.Route{Pattern: "GET /news/{id}", Action: access.Public, Handle: s.toArticle},
	)
}

// unitOf is the unit of the address, or where the person works.
func unitOf(r *web.Request) tree.UnitID {
	if id, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		return tree.UnitID(id)
	}
	return r.Actor.Home()
}
