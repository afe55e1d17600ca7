package registerui

import (
	"context"
	"embed"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// Place is where the part that drafted a paper shows what it says; empty for nowhere.
type Place struct{ Page, Word, PDF string }

// Find gives the place of what a subject of the ledger names.
type Find func(ctx context.Context, q store.Querier, subject string) (Place, error)

// screens shows the register.
type screens struct {
	find Find

	list, paper, numbers *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, find Find) {
	s := &screens{
		find: find, list: f.Screen(pages, "page/list.html"), paper: f.Screen(pages, "page/paper.html"), numbers: f.Screen(pages, "page/numbers.html"),
	}
	f.Add(
		web.Route{Pattern: "GET /papers", Action: access.PaperRead, Handle: s.showList},
		web.Route{Pattern: "GET /papers/{id}", Action: access.PaperRead, Handle: s.showPaper},
		web.Route{Pattern: "POST /papers/{id}/number", Action: access.PaperNumber, Handle: s.number},
		web.Route{Pattern: "GET /papers/numbers", Action: access.PaperRead, Handle: s.showNumbers},
		web.Route{Pattern: "POST /papers/numbers/reserve", Action: access.PaperNumber, Handle: s.keepNumbers(reserve), Once: true},
		web.Route{Pattern: "POST /papers/numbers/cancel", Action: access.PaperNumber, Handle: s.keepNumbers(cancel), Once: true},
		web.Route{Pattern: "POST /papers/numbers/symbol", Action: access.PaperNumber, Handle: s.keepNumbers(symbol)},
		web.Route{Pattern: "POST /papers/numbers/term", Action: access.PaperNumber, Handle: s.keepNumbers(term), Once: true},
	)
}

// unitOf is the unit of the address, or where the person works.
func unitOf(r *web.Request) tree.UnitID {
	if id, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		return tree.UnitID(id)
	}
	return r.Actor.Home()
}
