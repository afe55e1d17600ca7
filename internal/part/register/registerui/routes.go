package registerui

import (
	"context"
	"embed"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/register"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// Place is where the part that drafted a paper shows what it says; empty for nowhere.
type Place struct{ Page, Word, PDF string }

// Config is what the screens stand on beside the frame.
type Config struct {
	// Find gives the place of what a subject of the ledger names.
	Find func(ctx context.Context, q store.Querier, subject string) (Place, error)
	// Say gives what it says now, as the part that drafted it has it. NotFound: nothing
	// that could be signed outside the program.
	Say func(r *web.Request, subject string) (register.Said, error)
	// Follow does what may change whether a paper is signed, and has what its subject
	// names follow. Nothing of either stays when one fails.
	Follow  func(ctx context.Context, tx *ledger.Tx, actor access.Actor, subject string, act func() (register.Paper, error)) error
	Folder  *file.Folder
	Data    string      // the data directory, for the authorities that are trusted
	Machine clock.Clock // by which certificates are valid
	Address string      // of the installation, for the codes on printed copies
}

// screens shows the register.
type screens struct {
	Config

	list, paper, numbers *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, config Config) {
	s := &screens{
		Config: config, list: f.Screen(pages, "page/list.html"), paper: f.Screen(pages, "page/paper.html"), numbers: f.Screen(pages, "page/numbers.html"),
	}
	const formLimit = file.Limit + 2<<20 // a file beside a form's own fields
	f.Add(
		web.Route{Pattern: "GET /papers", Action: access.PaperRead, Handle: s.showList},
		web.Route{Pattern: "GET /papers/{id}", Action: access.PaperRead, Handle: s.showPaper},
		web.Route{Pattern: "GET /papers/{id}/open", Action: access.PaperRead, Handle: s.open},
		web.Route{Pattern: "POST /papers/{id}/number", Action: access.PaperNumber, Handle: s.number},
		web.Route{Pattern: "POST /papers/{id}/copies", Action: access.PaperDraft, Handle: s.giveOut, Once: true},
		web.Route{Pattern: "GET /papers/{id}/copies/{copy}", Action: access.PaperDraft, Handle: s.sendCopy},
		web.Route{Pattern: "POST /papers/{id}/scan", Action: access.PaperNumber, Handle: s.enterScan, Limit: formLimit},
		web.Route{Pattern: "POST /papers/{id}/token", Action: access.PaperNumber, Handle: s.enterSigned, Limit: formLimit},
		web.Route{Pattern: "POST /papers/{id}/answer", Action: access.PaperRead, Handle: s.answer},
		web.Route{Pattern: "GET /papers/{id}/signed", Action: access.PaperRead, Handle: s.sendSigned},
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
