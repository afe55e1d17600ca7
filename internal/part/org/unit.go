package org

import (
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Unit is a unit as it was, or is, in one of its periods.
type Unit struct {
	ID   tree.UnitID
	Code string // as the organisation writes it; the unit keeps it for good
	Period
}

// The longest texts that a unit may have, in characters.
const (
	MaxCode = 40
	MaxName = 300
)

// Beginning is the day from which the root unit of every installation exists:
// before any day that a list or a form can name.
const Beginning clock.Date = "1900-01-01"

// CleanCode gives a code as it is stored and compared: as text, Unicode NFC,
// without spaces around it. It refuses an empty one and one of more than
// MaxCode characters.
func CleanCode(code string) (string, *fault.Error) {
	return clean(code, MaxCode, "org.code-empty", "org.code-long")
}

// CleanName gives a name as it is stored and compared: Unicode NFC, without
// spaces around it. It refuses an empty one and one of more than MaxName
// characters.
func CleanName(name string) (string, *fault.Error) {
	return clean(name, MaxName, "org.name-empty", "org.name-long")
}

func clean(written string, limit int, empty, long string) (string, *fault.Error) {
	text := fold.Name(written)
	switch {
	case text == "":
		return "", fault.New(fault.Invalid, empty)
	case utf8.RuneCountInString(text) > limit:
		return text, fault.New(fault.Invalid, long, "limit", limit, "length", utf8.RuneCountInString(text))
	case strings.ContainsRune(text, utf8.RuneError):
		return text, fault.New(fault.Invalid, "org.text-broken")
	}
	return text, nil
}

// changed makes the event of a change to a unit that was before what before
// tells, dated on a day. The event tells what the unit is now; when the change
// is only one of the past, it tells what the unit was from that day on.
func changed(kind ledger.Kind, unit, before *record, day clock.Date) ledger.New {
	was, existed := before.Times.now()
	is, exists := unit.Times.now()
	past := existed == exists && was.same(is)
	state := is
	switch {
	case past && kind != Dissolved:
		state, _ = unit.Times.on(day)
	case past:
		state, _ = before.Times.on(day)
	case !exists:
		state = was
	}
	return ledger.New{Unit: int64(unit.ID), Kind: kind, Subject: Subject(unit.ID), Payload: UnitChanged{
		Unit: unit.ID, Code: unit.Code, Name: state.Name, Level: state.Level, Kind: state.Kind,
		Parent: state.Parent, From: day, Past: past,
	}}
}
