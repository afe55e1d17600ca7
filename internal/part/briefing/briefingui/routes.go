package briefingui

import (
	"embed"
	"log/slog"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/media"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/task"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

//go:embed script/*.ts script/*.css script/livekit/*.js
var scripts embed.FS

//go:embed pdfjs/*.mjs
var pdfjs embed.FS

// Drawing is what draws PDF in browsers; scripts fetch it when there is one to draw.
var Drawing = web.Bundle{Part: "pdfjs", Files: pdfjs, Folder: "pdfjs"}

// Bundle is the script and the style of these screens.
var Bundle = web.Bundle{Part: "briefing", Files: scripts, Folder: "script", Entries: []string{"room.ts", "media.ts", "wall.ts", "walls.ts", "reading.ts", "check.ts", "replay.ts", "briefing.ts", "briefing.css"}}

// Config is what the screens need beside the frame.
type Config struct {
	Boards  *board.Boards
	Tasks   *task.Index // how far what was concluded is
	Tree    *tree.Tree
	Hub     *live.Hub
	DB      *store.DB
	Ledger  *ledger.Ledger
	Folder  *file.Folder     // of papers that are handed out
	Prints  bool             // Office files become PDF on this machine
	Machine clock.Clock      // bounds how often a line is measured
	Now     func() time.Time // by the business clock
	Address string           // where people find the program
	Media   media.Finder     // picture and sound; nil where there are none

	Recordings string // the folder in which they lie

	Log *slog.Logger
}

// Screens shows briefings.
type Screens struct {
	Config
	shows  *showing
	loads  *loads
	gate   *media.Gate
	tends  *tending
	stills *stills
	lines  *lines
	crowd  *crowd
	halls  *halls
	takes  *takes

	list, call, show, agenda, attendees, below, room, wall, walls, minutes, notice, record, replay, handOut, handout, check, erase *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, config Config) *Screens {
	s := &Screens{
		Config:    config,
		shows:     newShowing(),
		loads:     newLoads(),
		gate:      media.NewGate(config.Media, config.Log),
		tends:     newTending(),
		takes:     newTakes(config.Recordings),
		stills:    newStills(),
		lines:     newLines(),
		crowd:     &crowd{},
		halls:     newHalls(),
		list:      f.Screen(pages, "page/list.html"),
		call:      f.Screen(pages, "page/call.html"),
		show:      f.Screen(pages, "page/show.html"),
		agenda:    f.Screen(pages, "page/agenda.html"),
		attendees: f.Screen(pages, "page/attendees.html"),
		below:     f.Screen(pages, "page/below.html"),
		room:      f.Screen(pages, "page/room.html"),
		wall:      f.Screen(pages, "page/wall.html"),
		walls:     f.Screen(pages, "page/walls.html"),
		minutes:   f.Screen(pages, "page/minutes.html"),
		notice:    f.Screen(pages, "page/notice.html"),
		record:    f.Screen(pages, "page/record.html"),
		replay:    f.Screen(pages, "page/replay.html"),
		handOut:   f.Screen(pages, "page/hand-out.html"),
		handout:   f.Screen(pages, "page/handout.html"),
		check:     f.Screen(pages, "page/check.html"),
		erase:     f.Screen(pages, "page/erase.html"),
	}
	f.Add(
		web.Route{Pattern: "GET /briefings", Action: access.BriefingRead, Handle: s.showList},
		web.Route{Pattern: "GET /briefings/new", Action: access.BriefingCall, Handle: s.showNew},
		web.Route{Pattern: "POST /briefings/new", Action: access.BriefingCall, Handle: s.callNew},
		web.Route{Pattern: "GET /briefings/{id}", Action: access.BriefingRead, Handle: s.showBriefing},
		web.Route{Pattern: "GET /briefings/{id}/change", Action: access.BriefingCall, Handle: s.showChange},
		web.Route{Pattern: "POST /briefings/{id}/change", Action: access.BriefingCall, Handle: s.change},
		web.Route{Pattern: "POST /briefings/{id}/cancel", Action: access.BriefingCall, Handle: s.cancel},
		web.Route{Pattern: "POST /briefings/{id}/remind", Action: access.BriefingCall, Handle: s.remind},
		web.Route{Pattern: "GET /briefings/{id}/calendar.ics", Action: access.BriefingRead, Handle: s.calendar},
		web.Route{Pattern: "POST /briefings/{id}/answer/{unit}", Action: access.BriefingAttend, Handle: s.answer},
		web.Route{Pattern: "GET /briefings/{id}/agenda", Action: access.BriefingCall, Handle: s.showAgenda},
		web.Route{Pattern: "POST /briefings/{id}/agenda", Action: access.BriefingCall, Handle: s.setAgenda},
		web.Route{Pattern: "GET /briefings/{id}/room", Action: access.BriefingRead, Handle: s.showRoom},
		web.Route{Pattern: "GET /briefings/{id}/stage", Action: access.BriefingRead, Handle: s.stage},
		web.Route{Pattern: "GET /briefings/{id}/panel", Action: access.BriefingRead, Handle: s.panel},
		web.Route{Pattern: "GET /briefings/{id}/live", Action: access.BriefingRead, Handle: s.live, Stream: true},
		web.Route{Pattern: "GET /briefings/{id}/walls", Action: access.BriefingCall, Handle: s.showWalls},
		web.Route{Pattern: "GET /briefings/{id}/walls/{wall}", Action: access.BriefingRead, Handle: s.showWall},
		web.Route{Pattern: "POST /briefings/{id}/lead/{act}", Action: access.BriefingCall, Handle: s.lead},
		web.Route{Pattern: "POST /briefings/{id}/site/{unit}/{act}", Action: access.BriefingAttend, Handle: s.act},
		web.Route{Pattern: "GET /briefings/{id}/check/{unit}", Action: access.BriefingAttend, Handle: s.showCheck},
		web.Route{Pattern: "POST /briefings/{id}/check/{unit}", Action: access.BriefingAttend, Handle: s.keepCheck},
		web.Route{Pattern: "GET /briefings/{id}/check/{unit}/load", Action: access.BriefingAttend, Handle: s.fetchLoad},
		web.Route{Pattern: "POST /briefings/{id}/check/{unit}/load", Action: access.BriefingAttend, Handle: s.takeLoad, Limit: mostLoad},
		web.Route{Pattern: "GET /briefings/{id}/record", Action: access.BriefingRead, Handle: s.showRecord},
	)
	s.addMinutes(f)
	s.addConclusions(f)
	s.addPeople(f)
	s.addHandouts(f)
	s.addMedia(f)
	s.addReplay(f)
	return s
}

// addMinutes declares the routes of the minutes and of the report that stands beside them.
func (s *Screens) addMinutes(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "GET /briefings/{id}/minutes", Action: access.BriefingRead, Handle: s.showMinutes},
		web.Route{Pattern: "GET /briefings/{id}/review.docx", Action: access.BriefingRead, Handle: s.reviewWord},
		web.Route{Pattern: "GET /briefings/{id}/review.pdf", Action: access.BriefingRead, Handle: s.reviewPDF},
		web.Route{Pattern: "GET /briefings/{id}/minutes.docx", Action: access.BriefingRead, Handle: s.minutesWord},
		web.Route{Pattern: "GET /briefings/{id}/minutes.pdf", Action: access.BriefingRead, Handle: s.minutesPDF},
		web.Route{Pattern: "POST /briefings/{id}/minutes", Action: access.BriefingCall, Handle: s.writeMinutes},
		web.Route{Pattern: "POST /briefings/{id}/minutes/sign", Action: access.BriefingCall, Handle: s.signMinutes},
		web.Route{Pattern: "POST /briefings/{id}/minutes/outside", Action: access.PaperDraft, Handle: s.draftMinutes},
		web.Route{Pattern: "POST /briefings/{id}/minutes/issue", Action: access.PaperNumber, Handle: s.issueMinutes},
	)
}

// addConclusions declares the routes of conclusions and their notices.
func (s *Screens) addConclusions(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "POST /briefings/{id}/conclusions", Action: access.BriefingCall, Handle: s.writeConclusion},
		web.Route{Pattern: "POST /briefings/{id}/conclusions/approve", Action: access.BriefingCall, Handle: s.approveConclusions},
		web.Route{Pattern: "POST /briefings/{id}/conclusions/{conclusion}/{act}", Action: access.BriefingCall, Handle: s.concludeOne},
		web.Route{Pattern: "GET /briefings/{id}/notices/new", Action: access.PaperDraft, Handle: s.newNotice},
		web.Route{Pattern: "POST /briefings/{id}/notices", Action: access.PaperDraft, Handle: s.prepareNotice},
		web.Route{Pattern: "GET /briefings/{id}/notices/{notice}", Action: access.BriefingRead, Handle: s.showNotice},
		web.Route{Pattern: "GET /briefings/{id}/notices/{notice}/notice.docx", Action: access.BriefingRead, Handle: s.noticeWord},
		web.Route{Pattern: "GET /briefings/{id}/notices/{notice}/notice.pdf", Action: access.BriefingRead, Handle: s.noticePDF},
		web.Route{Pattern: "POST /briefings/{id}/notices/{notice}/sign", Action: access.PaperSign, Handle: s.signNotice},
		web.Route{Pattern: "POST /briefings/{id}/notices/{notice}/{act}", Action: access.PaperDraft, Handle: s.actOnNotice},
	)
}

// addHandouts declares the routes of papers.
func (s *Screens) addHandouts(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "GET /briefings/{id}/handouts/new", Action: access.BriefingAttend, Handle: s.showHandOut},
		web.Route{Pattern: "POST /briefings/{id}/handouts/new", Action: access.BriefingAttend, Handle: s.takeHandOut, Limit: file.Limit + 1<<20},
		web.Route{Pattern: "GET /briefings/{id}/handouts/{handout}", Action: access.BriefingRead, Handle: s.showHandout},
		web.Route{Pattern: "POST /briefings/{id}/handouts/{handout}", Action: access.BriefingAttend, Handle: s.replaceHandout, Limit: file.Limit + 1<<20},
		web.Route{Pattern: "POST /briefings/{id}/handouts/{handout}/withdraw", Action: access.BriefingAttend, Handle: s.withdrawHandout},
		web.Route{Pattern: "GET /briefings/{id}/handouts/{handout}/sheet", Action: access.BriefingRead, Handle: s.handoutSheet},
		web.Route{Pattern: "POST /briefings/{id}/handouts/{handout}/notes", Action: access.BriefingRead, Handle: s.writeNote},
		web.Route{Pattern: "GET /briefings/{id}/handouts/{handout}/file", Action: access.BriefingRead, Handle: s.handoutFile},
	)
}

// addMedia declares the routes of picture and sound.
func (s *Screens) addMedia(f *web.Frame) {
	f.Add(web.Route{Pattern: "GET /briefings/{id}/pass", Action: access.BriefingRead, Handle: s.pass})
	f.Add(
		web.Route{Pattern: "POST /briefings/{id}/still/{unit}", Action: access.BriefingAttend, Handle: s.takeStill},
		web.Route{Pattern: "GET /briefings/{id}/stills", Action: access.BriefingRead, Handle: s.giveStills},
		web.Route{Pattern: "POST /briefings/{id}/line/{unit}", Action: access.BriefingAttend, Handle: s.takeLine},
	)
	for _, path := range signalling {
		f.Add(web.Route{Pattern: "GET /briefings/{id}/" + path, Action: access.BriefingRead, Handle: s.signal, Stream: true})
	}
}

// addPeople declares the routes of who is in the rooms of sites.
func (s *Screens) addPeople(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "GET /briefings/erase", Action: access.AccountManage, Handle: s.showErase},
		web.Route{Pattern: "POST /briefings/erase", Action: access.AccountManage, Handle: s.eraseName},
		web.Route{Pattern: "GET /briefings/{id}/people/{unit}", Action: access.BriefingAttend, Handle: s.showPeople},
		web.Route{Pattern: "POST /briefings/{id}/people/{unit}", Action: access.BriefingAttend, Handle: s.keepPeople},
		web.Route{Pattern: "GET /briefings/{id}/people/{unit}/blank.pdf", Action: access.BriefingAttend, Handle: s.blankSheet},
		web.Route{Pattern: "GET /briefings/{id}/people/{unit}/sheet", Action: access.BriefingRead, Handle: s.showSheet},
		web.Route{Pattern: "POST /briefings/{id}/people/{unit}/sheet", Action: access.BriefingAttend, Handle: s.keepSheet, Limit: file.Limit + 1<<20},
		web.Route{Pattern: "GET /briefings/{id}/below/{unit}", Action: access.BriefingAttend, Handle: s.showBelow},
	)
}

// addReplay declares the routes at which a recording is seen again.
func (s *Screens) addReplay(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "GET /briefings/{id}/replay", Action: access.BriefingRead, Handle: s.showReplay},
		web.Route{Pattern: "GET /briefings/{id}/replay/board", Action: access.BriefingRead, Handle: s.replayedBoard},
		web.Route{Pattern: "GET /briefings/{id}/replay/lanes/{lane}", Action: access.BriefingRead, Handle: s.lane, Stream: true},
		web.Route{Pattern: "POST /briefings/{id}/replay/keep", Action: access.BriefingCall, Handle: s.keepRecording},
		web.Route{Pattern: "POST /briefings/{id}/replay/delete", Action: access.BriefingCall, Handle: s.deleteRecording},
	)
}
