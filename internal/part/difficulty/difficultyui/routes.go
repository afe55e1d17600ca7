package difficultyui

import (
	"embed"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// screens shows difficulties.
type screens struct {
	folder *file.Folder // of attached files

	list, raise, show *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, folder *file.Folder) {
	s := &screens{
		folder: folder,
		list:   f.Screen(pages, "page/list.html"),
		raise:  f.Screen(pages, "page/raise.html"),
		show:   f.Screen(pages, "page/show.html"),
	}
	const formLimit = difficulty.MostFiles*file.Limit + 2<<20 // a form may carry files beside its own fields
	f.Add(
		web.Route{Pattern: "GET /difficulties", Action: access.DifficultyRead, Handle: s.showList},
		web.Route{Pattern: "GET /difficulties/new", Action: access.DifficultyRaise, Handle: s.showRaise},
		web.Route{Pattern: "POST /difficulties/new", Action: access.DifficultyRaise, Handle: s.takeRaise, Limit: formLimit},
		web.Route{Pattern: "GET /difficulties/{id}", Action: access.DifficultyRead, Handle: s.showOne},
		web.Route{Pattern: "GET /difficulties/{id}/files/{n}", Action: access.DifficultyRead, Handle: s.sendFile},
		web.Route{Pattern: "POST /difficulties/{id}/answer", Action: access.DifficultyAnswer, Handle: s.answer, Once: true},
		web.Route{Pattern: "POST /difficulties/{id}/join", Action: access.DifficultyAnswer, Handle: s.join},
		web.Route{Pattern: "POST /difficulties/{id}/part", Action: access.DifficultyAnswer, Handle: s.part},
		web.Route{Pattern: "POST /difficulties/{id}/confirm", Action: access.DifficultyRaise, Handle: s.confirm},
		web.Route{Pattern: "POST /difficulties/{id}/reopen", Action: access.DifficultyRaise, Handle: s.reopen, Once: true},
		web.Route{Pattern: "POST /difficulties/{id}/withdraw", Action: access.DifficultyRaise, Handle: s.withdraw, Once: true},
	)
}
