package reportui

import (
	"embed"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

//go:embed script
var scripts embed.FS

// Bundle is the scripts and the style of these screens.
var Bundle = web.Bundle{
	Part: "report", Files: scripts, Folder: "script",
	Entries: []string{"form.ts", "queue.ts", "cells.ts", "report.css"},
}

// Screens shows and takes reports.
type Screens struct {
	ledger  *ledger.Ledger
	machine clock.Clock // of signing windows

	form, nothing, evidence, queue, cells *web.Screen
}

// Add declares the screens' routes in a frame. The machine's clock is that of
// sessions and signing windows.
func Add(f *web.Frame, l *ledger.Ledger, machine clock.Clock) {
	s := &Screens{
		ledger: l, machine: machine,
		form:     f.Screen(pages, "page/form.html"),
		nothing:  f.Screen(pages, "page/nothing.html"),
		evidence: f.Screen(pages, "page/evidence.html"),
		queue:    f.Screen(pages, "page/queue.html"),
		cells:    f.Screen(pages, "page/cells.html"),
	}
	f.Add(
		web.Route{Pattern: "GET /report/{directive}/{milestone}/{unit}", Action: access.ReportRead, Handle: s.showForm},
		web.Route{Pattern: "POST /report/{directive}/{milestone}/{unit}", Action: access.ReportDraft, Handle: s.send},
		web.Route{Pattern: "POST /report/{directive}/{milestone}/{unit}/draft", Action: access.ReportDraft, Handle: s.autosave},
		web.Route{Pattern: "GET /report/{id}", Action: access.ReportRead, Handle: s.showEvidence},
		web.Route{Pattern: "POST /report/{id}/accept", Action: access.ReportDecide, Handle: s.accept},
		web.Route{Pattern: "POST /report/{id}/return", Action: access.ReportDecide, Handle: s.giveBack},
		web.Route{Pattern: "GET /queue", Action: access.ReportDecide, Handle: s.chooseQueue},
		web.Route{Pattern: "GET /queue/{unit}", Action: access.ReportDecide, Handle: s.showQueue},
		web.Route{Pattern: "POST /queue/{unit}", Action: access.ReportDecide, Handle: s.acceptSeveral},
		web.Route{Pattern: "GET /cells/{directive}/{milestone}/{unit}", Action: access.ReportSubmit, Handle: s.showCells},
		web.Route{Pattern: "POST /cells/{directive}/{milestone}/{unit}", Action: access.ReportSubmit, Handle: s.sendCells},
	)
}
