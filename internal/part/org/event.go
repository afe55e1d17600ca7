package org

import (
	"strconv"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// Kinds of events about units. Their payload is [UnitChanged]; their subject is
// that of [Subject].
const (
	Founded ledger.Kind = "organisation.founded" // payload [OrganisationFounded]
	// ProfileAdopted has the installation follow the next version of its profile.
	ProfileAdopted ledger.Kind = "org.profile-adopted" // payload [ProfileTaken]
	// HolidaysSet gives the installation holidays of its own, or takes them away.
	HolidaysSet ledger.Kind = "org.holidays-set" // payload [HolidaysTaken]
	Created     ledger.Kind = "unit.created"
	Renamed     ledger.Kind = "unit.renamed"
	Moved       ledger.Kind = "unit.moved"   // also when it was renamed at once
	Changed     ledger.Kind = "unit.changed" // level or kind, and whatever else at once
	Dissolved   ledger.Kind = "unit.dissolved"
	LineSet     ledger.Kind = "unit.line-set"   // payload [Lined]
	LineEnded   ledger.Kind = "unit.line-ended" // payload [Lined]
)

// Reorganised is the kind of a merger, split or dissolution: it follows the
// events of the single units in the same transaction. Its subject is that of
// [ActSubject].
const Reorganised ledger.Kind = "org.reorganised" // payload [UnitsReorganised]

// Kinds of events about changes that are dated ahead. Their payload is
// [ChangePlanned]; their subject is that of [PlanSubject]. The change itself is
// told by ordinary events when its day has come.
const (
	PlanMade      ledger.Kind = "org.planned"
	PlanStuck     ledger.Kind = "org.plan-stuck" // its day has come, and it cannot be done
	PlanCancelled ledger.Kind = "org.plan-cancelled"
)

// Kinds of events about posts. Their payload is [PostChanged]; it names a
// person and may be erased.
const (
	Appointed ledger.Kind = "post.appointed"
	PostEnded ledger.Kind = "post.ended"
)

// HolidaysTaken is the payload of HolidaysSet.
type HolidaysTaken struct {
	Content string `json:"content"` // the file; "" for the profile's days
}

// OrganisationFounded is the payload of the first event of an installation: the
// profile that it follows, whole, so that it is pinned for good.
type OrganisationFounded struct {
	Profile  string `json:"profile"`
	Version  string `json:"version"`
	Document string `json:"document"`
	// Simulated says that all that follows is made up.
	Simulated bool `json:"simulated,omitempty"`
}

// UnitChanged is what a unit is after a change that is dated on a day.
type UnitChanged struct {
	Unit   tree.UnitID `json:"unit"`
	Code   string      `json:"code"`
	Name   string      `json:"name"`
	Level  string      `json:"level"`
	Kind   string      `json:"kind"`
	Parent tree.UnitID `json:"parent"`
	From   clock.Date  `json:"from"`
	// Past says that the change leaves the present as it was, because a later
	// one was recorded already: the event then tells what the unit was from that
	// day on. Of a dissolved unit it tells what it was before.
	Past bool `json:"past,omitempty"`
}

// ProfileTaken is a version of the profile that the installation follows from a
// day on, whole.
type ProfileTaken struct {
	Document string     `json:"document"`
	From     clock.Date `json:"from"`
}

// UnitsReorganised tells who came after whom.
type UnitsReorganised struct {
	Act      int64        `json:"act"`
	Kind     ActKind      `json:"kind"`
	Decision string       `json:"decision"`
	Decided  clock.Date   `json:"decided"`
	From     clock.Date   `json:"from"`
	Units    []Succession `json:"units"`
	// Founded are the heirs that the act founded: what others reported before
	// it, they did not.
	Founded []tree.UnitID `json:"founded,omitempty"`
	// Any says that an heir is done where one of its predecessors was; otherwise
	// every one must have been (the profile's rule).
	Any bool `json:"any"`
}

// Succession is a unit with its heirs, the first of which takes up what it had
// begun. A unit that is its own heir goes on.
type Succession struct {
	Unit  tree.UnitID   `json:"unit"`
	Heirs []tree.UnitID `json:"heirs"`
}

// ChangePlanned is a change that is dated ahead.
type ChangePlanned struct {
	Plan   int64       `json:"plan"`
	What   string      `json:"what"`
	Unit   tree.UnitID `json:"unit"`
	From   clock.Date  `json:"from"`
	Change Change      `json:"change"`
	Why    *text.Words `json:"why,omitempty"` // it is stuck
}

// PostChanged is a post that somebody took up or left.
type PostChanged struct {
	Post   int64       `json:"post"`
	Unit   tree.UnitID `json:"unit"`
	Body   string      `json:"body"`
	Kind   string      `json:"kind"`
	Person int64       `json:"person,omitempty"`
	Name   string      `json:"name"`
	From   clock.Date  `json:"from"`
	To     clock.Date  `json:"to,omitempty"`
}

// Subject is how the ledger names a unit: "unit:" and its id.
func Subject(unit tree.UnitID) string { return "unit:" + strconv.FormatInt(int64(unit), 10) }

// ActSubject is how the ledger names a reorganisation: "reorganisation:" and its id.
func ActSubject(act int64) string { return "reorganisation:" + strconv.FormatInt(act, 10) }

// PlanSubject is how the ledger names a change that is dated ahead: "plan:" and
// its id.
func PlanSubject(plan int64) string { return "plan:" + strconv.FormatInt(plan, 10) }

// Of says whether an event is about a unit's place, name, level or kind.
func Of(kind ledger.Kind) bool {
	switch kind {
	case Created, Renamed, Moved, Changed, Dissolved:
		return true
	}
	return false
}
