package org

import (
	"strconv"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Kinds of events about units. Their payload is [UnitChanged]; their subject is
// that of [Subject].
const (
	Founded   ledger.Kind = "organisation.founded" // payload [OrganisationFounded]
	Created   ledger.Kind = "unit.created"
	Renamed   ledger.Kind = "unit.renamed"
	Moved     ledger.Kind = "unit.moved"   // also when it was renamed at once
	Changed   ledger.Kind = "unit.changed" // level or kind, and whatever else at once
	Dissolved ledger.Kind = "unit.dissolved"
)

// Kinds of events about posts. Their payload is [PostChanged]; it names a
// person and may be erased.
const (
	Appointed ledger.Kind = "post.appointed"
	PostEnded ledger.Kind = "post.ended"
)

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

// Of says whether an event is about a unit's place, name, level or kind.
func Of(kind ledger.Kind) bool {
	switch kind {
	case Created, Renamed, Moved, Changed, Dissolved:
		return true
	}
	return false
}
