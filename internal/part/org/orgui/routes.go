package orgui

import (
	"context"
	"embed"

	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

//go:embed script
var scripts embed.FS

// Bundle is the script and style of these screens.
var Bundle = web.Bundle{Part: "org", Files: scripts, Folder: "script", Entries: []string{"tree.ts", "apply.ts", "org.css"}}

// Config is what the screens need beside the frame.
type Config struct {
	// Dir is the data directory: lists wait there between check and application.
	Dir string
	// Open gives what is unfinished at a unit in the parts that come later; nil
	// where there are none.
	Open openItems
	// Hindered counts the difficulties of a unit and of those below that are not settled;
	// nil where there are none.
	Hindered counts
	// Owes counts the tasks that a unit has to do; nil where there are none.
	Owes func(tree.UnitID) int
}

// counts counts something of a unit and of those below.
type counts = func(context.Context, store.Querier, *tree.Tree, tree.UnitID) (int, error)

// openItems gives what is unfinished at a unit.
type openItems = func(context.Context, store.Querier, *tree.Tree, tree.UnitID) ([]org.OpenItem, error)

// screens shows the organisation.
type screens struct {
	waiting  *waitingRoom
	progress *progressBoard

	open     openItems
	hindered counts
	owes     func(tree.UnitID) int

	tree, unit, change, send, check, reorganise, review, profile, holidays *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, config Config) {
	s := &screens{
		waiting: newWaitingRoom(config.Dir), progress: newProgressBoard(), open: config.Open, hindered: config.Hindered, owes: config.Owes,
		tree:   f.Screen(pages, "page/tree.html"),
		unit:   f.Screen(pages, "page/unit.html"),
		change: f.Screen(pages, "page/change.html"),
		send:   f.Screen(pages, "page/send.html"),
		check:  f.Screen(pages, "page/check.html"),

		reorganise: f.Screen(pages, "page/reorganise.html"),
		review:     f.Screen(pages, "page/review.html"),
		profile:    f.Screen(pages, "page/profile.html"),
		holidays:   f.Screen(pages, "page/holidays.html"),
	}
	const listLimit = largestList + 1<<20 // the other fields of the form
	f.Add(
		web.Route{Pattern: "GET /org", Action: access.UnitRead, Handle: s.showTree},
		web.Route{Pattern: "GET /org/export.xlsx", Action: access.UnitRead, Handle: s.export},
		web.Route{Pattern: "GET /org/import", Action: access.UnitChange, Handle: s.showImport},
		web.Route{Pattern: "POST /org/import", Action: access.UnitChange, Handle: s.takeList, Limit: listLimit},
		web.Route{Pattern: "POST /org/import/columns", Action: access.UnitChange, Handle: s.chooseColumns},
		web.Route{Pattern: "POST /org/import/apply", Action: access.UnitChange, Handle: s.applyList, Once: true},
		web.Route{Pattern: "POST /org/import/discard", Action: access.UnitChange, Handle: s.discardList},
		web.Route{Pattern: "GET /org/import/progress", Action: access.UnitChange, Handle: s.showProgress},
		web.Route{Pattern: "GET /org/{unit}", Action: access.UnitRead, Handle: s.showUnit},
		web.Route{Pattern: "GET /org/{unit}/children", Action: access.UnitRead, Handle: s.showChildren},
		web.Route{Pattern: "GET /org/{unit}/create", Action: access.UnitChange, Handle: s.on(create).show},
		web.Route{Pattern: "POST /org/{unit}/create", Action: access.UnitChange, Handle: s.on(create).send, Once: true},
		web.Route{Pattern: "GET /org/{unit}/rename", Action: access.UnitChange, Handle: s.on(rename).show},
		web.Route{Pattern: "POST /org/{unit}/rename", Action: access.UnitChange, Handle: s.on(rename).send, Once: true},
		web.Route{Pattern: "GET /org/{unit}/move", Action: access.UnitChange, Handle: s.on(move).show},
		web.Route{Pattern: "POST /org/{unit}/move", Action: access.UnitChange, Handle: s.on(move).send, Once: true},
		web.Route{Pattern: "GET /org/{unit}/level", Action: access.UnitChange, Handle: s.on(level).show},
		web.Route{Pattern: "POST /org/{unit}/level", Action: access.UnitChange, Handle: s.on(level).send, Once: true},
		web.Route{Pattern: "GET /org/{unit}/dissolve", Action: access.UnitChange, Handle: s.on(dissolve).show},
		web.Route{Pattern: "POST /org/{unit}/dissolve", Action: access.UnitChange, Handle: s.on(dissolve).send, Once: true},
		web.Route{Pattern: "GET /org/{unit}/line", Action: access.UnitChange, Handle: s.on(line).show},
		web.Route{Pattern: "POST /org/{unit}/line", Action: access.UnitChange, Handle: s.on(line).send, Once: true},
		web.Route{Pattern: "GET /org/{unit}/lines/{line}/end", Action: access.UnitChange, Handle: s.on(endLine).show},
		web.Route{Pattern: "POST /org/{unit}/lines/{line}/end", Action: access.UnitChange, Handle: s.on(endLine).send, Once: true},
		web.Route{Pattern: "GET /org/{unit}/reorganise", Action: access.UnitChange, Handle: s.showReorganise},
		web.Route{Pattern: "POST /org/{unit}/reorganise", Action: access.UnitChange, Handle: s.reviewReorganise},
		web.Route{Pattern: "POST /org/{unit}/reorganise/apply", Action: access.UnitChange, Handle: s.applyReorganise, Once: true},
		web.Route{Pattern: "POST /org/plans/{plan}/cancel", Action: access.UnitChange, Handle: s.cancelPlan, Once: true},
		web.Route{Pattern: "POST /org/plans/{plan}/retry", Action: access.UnitChange, Handle: s.retryPlan, Once: true},
		web.Route{Pattern: "GET /profile", Action: access.SystemRun, Handle: s.showProfile},
		web.Route{Pattern: "POST /profile/check", Action: access.SystemRun, Handle: s.checkProfile},
		web.Route{Pattern: "POST /profile/adopt", Action: access.SystemRun, Handle: s.adoptProfile, Once: true},
		web.Route{Pattern: "POST /profile/plans/{plan}/cancel", Action: access.SystemRun, Handle: s.cancelPlan, Once: true},
		web.Route{Pattern: "POST /profile/plans/{plan}/retry", Action: access.SystemRun, Handle: s.retryPlan, Once: true},
		web.Route{Pattern: "GET /settings/holidays", Action: access.SystemRun, Handle: s.showHolidays},
		web.Route{Pattern: "POST /settings/holidays", Action: access.SystemRun, Handle: s.setHolidays},
		web.Route{Pattern: "GET /org/{unit}/appoint", Action: access.PostChange, Handle: s.on(appoint).show},
		web.Route{Pattern: "POST /org/{unit}/appoint", Action: access.PostChange, Handle: s.on(appoint).send, Once: true},
		web.Route{Pattern: "GET /org/{unit}/posts/{post}/end", Action: access.PostChange, Handle: s.on(endPost).show},
		web.Route{Pattern: "POST /org/{unit}/posts/{post}/end", Action: access.PostChange, Handle: s.on(endPost).send, Once: true},
	)
}
