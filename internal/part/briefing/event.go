package briefing

import (
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/tree"
)

// Kinds of events about briefings; their subject is "briefing:" and the id. What
// the chair does, a secretary can do by the chair's word: the payload says so.
const (
	WasCalled     ledger.Kind = "briefing.called"    // payload [Plan]
	WasChanged    ledger.Kind = "briefing.changed"   // payload [Plan]
	WasCancelled  ledger.Kind = "briefing.cancelled" // payload [Ruled], with the reason
	AgendaSet     ledger.Kind = "briefing.agenda"    // payload [Agenda]
	SiteAnswered  ledger.Kind = "briefing.answered"  // payload [Answered]
	SitesReminded ledger.Kind = "briefing.reminded"  // payload [SitesNamed]: of their answer
	SiteListed    ledger.Kind = "briefing.listed"    // payload [Listed]: who is in a site's room
	SheetKept     ledger.Kind = "briefing.sheet"     // payload [Scanned]: the sheet that its people signed

	Opened      ledger.Kind = "briefing.opened"    // payload [Ruled]
	Paused      ledger.Kind = "briefing.paused"    // payload [Ruled]
	Resumed     ledger.Kind = "briefing.resumed"   // payload [Ruled]
	DoorLocked  ledger.Kind = "briefing.locked"    // payload [Ruled]
	DoorOpened  ledger.Kind = "briefing.unlocked"  // payload [Ruled]
	WasEnded    ledger.Kind = "briefing.ended"     // payload [Ruled]
	BoardShown  ledger.Kind = "briefing.shown"     // payload [ShownNow]
	ItemBegun   ledger.Kind = "briefing.item"      // payload [ItemNow]
	SiteArrived ledger.Kind = "briefing.arrived"   // payload [AtSite]
	SiteMarked  ledger.Kind = "briefing.marked"    // payload [Marked]
	LeaveGiven  ledger.Kind = "briefing.leave"     // payload [Marked]
	SiteRemoved ledger.Kind = "briefing.removed"   // payload [AtSite]
	SiteBack    ledger.Kind = "briefing.back"      // payload [AtSite]: it may come in again
	SiteBrought ledger.Kind = "briefing.brought"   // payload [AtSite]: another site brought it in
	HandRaised  ledger.Kind = "briefing.hand"      // payload [Hand]
	HandLowered ledger.Kind = "briefing.hand-down" // payload [AtSite]
	FloorGiven  ledger.Kind = "briefing.floor"     // payload [FloorTurn]
	FloorEnded  ledger.Kind = "briefing.floor-end" // payload [FloorTurn], with what was used
	ScreenShown ledger.Kind = "briefing.screen"    // payload [ShownNow]: a shared screen, before a board

	MicrophoneClosed ledger.Kind = "briefing.muted"   // payload [AtSite]: by the chair, of who speaks
	MicrophoneOpened ledger.Kind = "briefing.unmuted" // payload [AtSite]: again, before its turn ends

	QuestionAsked    ledger.Kind = "briefing.asked"            // payload [Question]
	QuestionAnswered ledger.Kind = "briefing.replied"          // payload [Question]
	PollOpened       ledger.Kind = "briefing.poll"             // payload [PollNow]
	HandsShown       ledger.Kind = "briefing.show"             // payload [ShowOfHands]
	PollClosed       ledger.Kind = "briefing.poll-closed"      // payload [PollNow], with the result
	MinutesSigned    ledger.Kind = "briefing.minutes"          // payload [SignedMinutes]
	MinutesIssued    ledger.Kind = "briefing.issued"           // payload [IssuedMinutes]: they have a number
	MinutesReturned  ledger.Kind = "briefing.minutes-returned" // payload [ReturnedMinutes]: whom they name did not sign them
	WallSet          ledger.Kind = "briefing.wall"             // payload [WallNow]

	RecordingBegun   ledger.Kind = "briefing.recording-begun"   // payload [Recorded]
	RecordingEnded   ledger.Kind = "briefing.recording-ended"   // payload [Recorded]
	RecordingKept    ledger.Kind = "briefing.recording-kept"    // payload [RecordingRule]
	RecordingDeleted ledger.Kind = "briefing.recording-deleted" // payload [Ruled], with the reason
	RecordingExpired ledger.Kind = "briefing.recording-expired" // payload [Ruled]: its last day had passed

	HandoutGiven     ledger.Kind = "briefing.handout"           // payload [HandedOut]
	PageShown        ledger.Kind = "briefing.page"              // payload [PageNow]: of a handout, instead of a board
	HandoutWithdrawn ledger.Kind = "briefing.handout-withdrawn" // payload [HandedOut], of the handout as a whole
)

// Plan is the payload of WasCalled and WasChanged: how it was called.
type Plan struct {
	Briefing    int64         `json:"briefing"`
	Unit        tree.UnitID   `json:"unit"`
	Directive   int64         `json:"directive,omitempty"`
	Title       string        `json:"title"`
	Asked       string        `json:"asked,omitempty"`
	Begins      time.Time     `json:"begins"`
	Minutes     int           `json:"minutes"`
	Cutoff      time.Time     `json:"cutoff,omitzero"`
	Devices     bool          `json:"devices,omitempty"`
	Repeats     Repeat        `json:"repeats,omitempty"`
	Series      int64         `json:"series"`
	Chair       Person        `json:"chair"`
	Secretaries []Person      `json:"secretaries,omitempty"`
	Media       bool          `json:"media,omitempty"` // with picture and sound
	Sites       []tree.UnitID `json:"sites"`           // in their order
}

// Ruled is the payload of what the chair does to the meeting as a whole.
type Ruled struct {
	Briefing int64  `json:"briefing"`
	ByWord   bool   `json:"byWord,omitempty"` // a secretary did it, by the chair's word
	Reason   string `json:"reason,omitempty"`
}

// Recorded is the payload of RecordingBegun and RecordingEnded.
type Recorded struct {
	Briefing int64 `json:"briefing"`
	Rests    bool  `json:"rests,omitempty"` // with the meeting, that paused or goes on
	ByWord   bool  `json:"byWord,omitempty"`
}

// RecordingRule is the payload of RecordingKept.
type RecordingRule struct {
	Briefing int64      `json:"briefing"`
	Until    clock.Date `json:"until"` // the last day on which it is kept
	Watchers Watchers   `json:"watchers,omitempty"`
	ByWord   bool       `json:"byWord,omitempty"`
}

// Agenda is the payload of AgendaSet.
type Agenda struct {
	Briefing int64       `json:"briefing"`
	Items    []AgendaRow `json:"items"`
}

// AgendaRow is an item in an event.
type AgendaRow struct {
	Title   string      `json:"title"`
	Minutes int         `json:"minutes"`
	Site    tree.UnitID `json:"site,omitempty"`
	Unit    tree.UnitID `json:"unit,omitempty"`
	Why     *Reason     `json:"why,omitempty"`
}

// Answered is the payload of SiteAnswered.
type Answered struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"`
	Answer   Answer      `json:"answer"`
	Reason   string      `json:"reason,omitempty"`
	StandIn  string      `json:"standIn,omitempty"`
	Topic    string      `json:"topic,omitempty"`
	Minutes  int         `json:"minutes,omitempty"`
}

// SitesNamed is the payload of SitesReminded.
type SitesNamed struct {
	Briefing int64         `json:"briefing"`
	Units    []tree.UnitID `json:"units"`
}

// Listed is the payload of SiteListed.
type Listed struct {
	Briefing  int64       `json:"briefing"`
	Unit      tree.UnitID `json:"unit"`
	Heads     int         `json:"heads"`
	Attendees []Attendee  `json:"attendees,omitempty"`
}

// Scanned is the payload of SheetKept.
type Scanned struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"`
	Heads    int         `json:"heads"` // that signed
	File     string      `json:"file"`  // id, with the hash of its content
}

// ShownNow is the payload of BoardShown: what all screens show from now on.
type ShownNow struct {
	Briefing int64 `json:"briefing"`
	Shown
	Live    bool `json:"live,omitempty"`
	Neutral bool `json:"neutral,omitempty"`
	ByWord  bool `json:"byWord,omitempty"`
}

// HandedOut is the payload of HandoutGiven and HandoutWithdrawn.
type HandedOut struct {
	Briefing int64       `json:"briefing"`
	Handout  int64       `json:"handout"`
	Version  int         `json:"version,omitempty"`
	Item     int64       `json:"item,omitempty"`
	Unit     tree.UnitID `json:"unit"` // who handed it out
	Title    string      `json:"title"`
	File     string      `json:"file,omitempty"` // id, with the hash of its content
	marking.Marks
}

// PageNow is the payload of PageShown: what all screens show from now on.
type PageNow struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"` // who handed it out
	Handout  int64       `json:"handout"`
	Version  int         `json:"version"`
	Page     int         `json:"page"` // from 1
	Title    string      `json:"title"`
	Neutral  bool        `json:"neutral,omitempty"`
	ByWord   bool        `json:"byWord,omitempty"`
}

// ItemNow is the payload of ItemBegun.
type ItemNow struct {
	Briefing int64  `json:"briefing"`
	Item     int64  `json:"item"`
	Number   int    `json:"number"` // from 1
	Title    string `json:"title"`
	Minutes  int    `json:"minutes"`
	ByWord   bool   `json:"byWord,omitempty"`
}

// AtSite is the payload of what happens to a site.
type AtSite struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"`
	By       tree.UnitID `json:"by,omitempty"` // the site that brought it in
	ByWord   bool        `json:"byWord,omitempty"`
}

// Marked is the payload of SiteMarked and LeaveGiven.
type Marked struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"`
	Presence Presence    `json:"presence,omitempty"`
	Note     string      `json:"note,omitempty"`
	Leave    Leave       `json:"leave,omitempty"`
	ByWord   bool        `json:"byWord,omitempty"`
}

// Hand is the payload of HandRaised.
type Hand struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"`
	Topic    string      `json:"topic,omitempty"`
}

// FloorTurn is the payload of FloorGiven and FloorEnded.
type FloorTurn struct {
	Briefing int64       `json:"briefing"`
	Turn     int64       `json:"turn"`
	Unit     tree.UnitID `json:"unit"`
	Item     int64       `json:"item,omitempty"`
	Planned  int         `json:"planned"`        // seconds
	Used     int         `json:"used,omitempty"` // seconds, without those of a pause
	ByWord   bool        `json:"byWord,omitempty"`
}

// PollNow is the payload of PollOpened and PollClosed.
type PollNow struct {
	Briefing int64  `json:"briefing"`
	Poll     int64  `json:"poll"`
	Question string `json:"question"`
	Yes      int    `json:"yes,omitempty"`
	No       int    `json:"no,omitempty"`
	Neither  int    `json:"neither,omitempty"`
	ByWord   bool   `json:"byWord,omitempty"`
}

// ShowOfHands is the payload of HandsShown.
type ShowOfHands struct {
	Briefing int64       `json:"briefing"`
	Poll     int64       `json:"poll"`
	Unit     tree.UnitID `json:"unit"`
	Yes      int         `json:"yes"`
	No       int         `json:"no"`
	Neither  int         `json:"neither"`
}

// WallNow is the payload of WallSet: what a wall of the host's room shows; no
// pictures say that it was taken down.
type WallNow struct {
	Briefing  int64     `json:"briefing"`
	Wall      int       `json:"wall"`
	Pictures  []Picture `json:"pictures,omitempty"`
	Seconds   int       `json:"seconds,omitempty"`
	Milestone string    `json:"milestone,omitempty"`
	Level     string    `json:"level,omitempty"`
	ByWord    bool      `json:"byWord,omitempty"`
}

// SignedMinutes is the payload of MinutesSigned.
type SignedMinutes struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"`
	Revision int64       `json:"revision"`
	Body     Body        `json:"body"`
	Signer   string      `json:"signer"`
	Method   string      `json:"method"`

	Passkey    *account.Assertion `json:"passkey,omitempty"`
	Delegation int64              `json:"delegation,omitempty"`
}

// ReturnedMinutes is the payload of MinutesReturned.
type ReturnedMinutes struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"`
}

// IssuedMinutes is the payload of MinutesIssued.
type IssuedMinutes struct {
	Briefing int64       `json:"briefing"`
	Unit     tree.UnitID `json:"unit"`
	Paper    int64       `json:"paper"` // in the register
	Number   string      `json:"number"`
}
