package reportui

import (
	"embed"

	"golang.org/x/mod/sumdb/note"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
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

// Config is what the screens are built from.
type Config struct {
	// Machine is the clock by which guessing a receipt's code takes time.
	Machine clock.Clock
	// Key checks the log's signatures: receipts are held against it.
	Key note.Verifier
	// Address is how people reach the program, as "https://giaoban.example.vn":
	// it stands on receipts. "" takes the address by which a person came.
	Address string
	Folder  *file.Folder // of attached files
}

// Screens shows and takes reports, and checks their receipts.
type Screens struct {
	config Config
	folder *file.Folder
	wrong  *guesses // codes of receipts

	form, nothing, evidence, queue, cells, check, tell, confirm, list *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, config Config) {
	const tellLimit = file.Limit + 1<<20 // the other fields of the form
	s := &Screens{
		folder: config.Folder, config: config, wrong: newGuesses(config.Machine),
		form:     f.Screen(pages, "page/form.html"),
		nothing:  f.Screen(pages, "page/nothing.html"),
		evidence: f.Screen(pages, "page/evidence.html"),
		queue:    f.Screen(pages, "page/queue.html"),
		cells:    f.Screen(pages, "page/cells.html"),
		check:    f.Screen(pages, "page/check.html"),
		tell:     f.Screen(pages, "page/tell.html"),
		confirm:  f.Screen(pages, "page/confirm.html"),
		list:     f.Screen(pages, "page/list.html"),
	}
	f.Add(
		web.Route{Pattern: "GET /report/{directive}/{milestone}/{unit}", Action: access.ReportRead, Handle: s.showForm},
		web.Route{Pattern: "POST /report/{directive}/{milestone}/{unit}", Action: access.ReportDraft, Handle: s.send},
		web.Route{Pattern: "POST /report/{directive}/{milestone}/{unit}/draft", Action: access.ReportDraft, Handle: s.autosave},
		web.Route{Pattern: "GET /report/{directive}/{milestone}/{unit}/tell", Action: access.ReportTell, Handle: s.showTell},
		web.Route{Pattern: "POST /report/{directive}/{milestone}/{unit}/tell", Action: access.ReportTell, Handle: s.takeTelling, Limit: tellLimit},
		web.Route{Pattern: "POST /report/{directive}/{milestone}/{unit}/withdraw", Action: access.ReportTell, Handle: s.withdraw},
		web.Route{Pattern: "POST /report/{id}/confirm", Action: access.ReportSubmit, Handle: s.takeConfirmation},
		web.Route{Pattern: "GET /report/{id}/file", Action: access.ReportRead, Handle: s.download},
		web.Route{Pattern: "GET /report/{id}", Action: access.ReportRead, Handle: s.showEvidence},
		web.Route{Pattern: "GET /report/{id}/receipt", Action: access.ReportRead, Handle: s.sendReceipt},
		web.Route{Pattern: "GET /check", Action: access.Public, Handle: s.checkCode},
		web.Route{Pattern: "POST /check", Action: access.Public, Handle: s.checkFile, Limit: longestReceipt + 64<<10},
		web.Route{Pattern: "POST /report/{id}/accept", Action: access.ReportDecide, Handle: s.accept},
		web.Route{Pattern: "POST /report/{id}/return", Action: access.ReportDecide, Handle: s.giveBack},
		web.Route{Pattern: "GET /told/{directive}/{milestone}/{unit}", Action: access.ReportDraft, Handle: s.showList},
		web.Route{Pattern: "POST /told/{directive}/{milestone}/{unit}", Action: access.ReportDraft, Handle: s.takeList, Limit: 2*largestTold + 1<<20},
		web.Route{Pattern: "GET /told/{directive}/{milestone}/{unit}/form.xlsx", Action: access.ReportDraft, Handle: s.sendForm},
		web.Route{Pattern: "GET /queue", Action: access.ReportDecide, Handle: s.chooseQueue},
		web.Route{Pattern: "GET /queue/{unit}", Action: access.ReportDecide, Handle: s.showQueue},
		web.Route{Pattern: "POST /queue/{unit}", Action: access.ReportDecide, Handle: s.acceptSeveral},
		web.Route{Pattern: "GET /cells/{directive}/{milestone}/{unit}", Action: access.ReportSubmit, Handle: s.showCells},
		web.Route{Pattern: "POST /cells/{directive}/{milestone}/{unit}", Action: access.ReportSubmit, Handle: s.sendCells},
		web.Route{Pattern: "POST /cells/{directive}/{milestone}/{unit}/draft", Action: access.ReportDraft, Handle: s.autosaveCells},
	)
}
