package directiveui

import (
	"embed"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/edge/web"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

//go:embed script/*.ts script/*.css
var scripts embed.FS

// Bundle is the script and style of these screens.
var Bundle = web.Bundle{Part: "directive", Files: scripts, Folder: "script", Entries: []string{"directive.ts", "directive.css"}}

// Config is what the screens need beside the frame.
type Config struct {
	Folder *file.Folder // of attached files
}

// screens shows directives.
type screens struct {
	Config

	list, create, edit, review, show, receipts, standing *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, config Config) {
	s := &screens{
		Config:   config,
		list:     f.Screen(pages, "page/list.html"),
		create:   f.Screen(pages, "page/new.html"),
		edit:     f.Screen(pages, "page/edit.html"),
		review:   f.Screen(pages, "page/review.html"),
		show:     f.Screen(pages, "page/show.html"),
		receipts: f.Screen(pages, "page/receipts.html"),
		standing: f.Screen(pages, "page/standing.html"),
	}
	// A form may carry a file beside its own fields.
	const formLimit = file.Limit + 2<<20
	f.Add(
		web.Route{Pattern: "GET /directives", Action: access.DirectiveRead, Handle: s.showList},
		web.Route{Pattern: "GET /directives/new", Action: access.DirectiveDraft, Handle: s.showNew},
		web.Route{Pattern: "POST /directives/new", Action: access.DirectiveDraft, Handle: s.begin},
		web.Route{Pattern: "GET /directives/{id}", Action: access.DirectiveRead, Handle: s.showDirective},
		web.Route{Pattern: "GET /directives/{id}/edit", Action: access.DirectiveDraft, Handle: s.showEdit},
		web.Route{Pattern: "POST /directives/{id}/edit", Action: access.DirectiveDraft, Handle: s.save, Limit: formLimit},
		web.Route{Pattern: "GET /directives/{id}/review", Action: access.DirectiveDraft, Handle: s.showReview},
		web.Route{Pattern: "POST /directives/{id}/issue", Action: access.DirectiveIssue, Handle: s.issue},
		web.Route{Pattern: "POST /directives/{id}/revise", Action: access.DirectiveDraft, Handle: s.revise},
		web.Route{Pattern: "POST /directives/{id}/discard", Action: access.DirectiveDraft, Handle: s.discard},
		web.Route{Pattern: "POST /directives/{id}/close", Action: access.DirectiveIssue, Handle: s.close},
		web.Route{Pattern: "POST /directives/{id}/acknowledge", Action: access.DirectiveAnswer, Handle: s.acknowledge},
		web.Route{Pattern: "POST /directives/{id}/tighten", Action: access.DirectiveAnswer, Handle: s.tighten, Once: true},
		web.Route{Pattern: "GET /directives/{id}/receipts", Action: access.DirectiveRead, Handle: s.showReceipts},
		web.Route{Pattern: "GET /directives/{id}/standing", Action: access.DirectiveRead, Handle: s.findStanding},
		web.Route{Pattern: "GET /directives/{id}/standing/{unit}", Action: access.DirectiveRead, Handle: s.showStanding},
		web.Route{Pattern: "POST /directives/{id}/standing/{unit}", Action: access.StandingSet, Handle: s.decideStanding, Once: true},
		web.Route{Pattern: "GET /directives/{id}/file", Action: access.DirectiveRead, Handle: s.download},
	)
}
