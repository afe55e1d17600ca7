package remind

import (
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Kinds of events about reminders.
const (
	WereMade  ledger.Kind = "reminder.made"   // payload [Made]; subject "reminders"
	WereUrged ledger.Kind = "reminder.urged"  // payload [Made]: by hand
	RoundDone ledger.Kind = "reminder.round"  // payload [Round]: the day's reminders are made
	WasCalled ledger.Kind = "reminder.called" // payload [Called]
)

const subject = "reminders"

// Made is the payload of WereMade and WereUrged: units that were reminded of one thing.
type Made struct {
	What      What          `json:"what"`
	Stage     Stage         `json:"stage"`
	Directive int64         `json:"directive,omitempty"`
	Milestone string        `json:"milestone,omitempty"`
	Level     string        `json:"level,omitempty"`
	About     int64         `json:"about,omitempty"`
	Deadline  clock.Date    `json:"deadline,omitempty"`
	Units     []tree.UnitID `json:"units"`
	By        tree.UnitID   `json:"by,omitempty"` // whose office urges
	Note      string        `json:"note,omitempty"`
}

// Round is the payload of RoundDone.
type Round struct {
	Day   clock.Date `json:"day"`
	After int64      `json:"after"` // the newest reminder of the round before; 0 for none
	To    int64      `json:"to"`    // the newest of this one
}

// Called is the payload of WasCalled.
type Called struct {
	Directive int64       `json:"directive"`
	Milestone string      `json:"milestone"`
	Unit      tree.UnitID `json:"unit"` // that was called
	By        tree.UnitID `json:"by"`   // whose office called
	Result    Result      `json:"result"`
	Until     clock.Date  `json:"until,omitempty"`
	Note      string      `json:"note,omitempty"`
}

// Told are the units that events remind, each once.
func Told(events []ledger.Event) (units []tree.UnitID, err error) {
	for _, e := range events {
		if e.Kind != WereMade && e.Kind != WereUrged {
			continue
		}
		var m Made
		if err := e.Decode(&m); err != nil {
			return nil, err
		}
		units = append(units, m.Units...)
	}
	slices.Sort(units)
	return slices.Compact(units), nil
}

// tell appends events about new reminders: one for all units that are reminded of the
// same at the same stage.
func tell(tx *ledger.Tx, kind ledger.Kind, made []Reminder) error {
	for len(made) > 0 {
		first := made[0]
		m := Made{
			What: first.What, Stage: first.Stage, Directive: first.Directive, Milestone: first.Milestone, Level: first.Level,
			About: first.About, Deadline: first.Deadline, By: first.By, Note: first.Note,
		}
		n := 0
		for n < len(made) && made[n].alike(first) {
			m.Units = append(m.Units, made[n].Unit)
			n++
		}
		made = made[n:]
		if err := tx.Append(ledger.New{Unit: int64(m.Units[0]), Kind: kind, Subject: subject, Payload: m}); err != nil {
			return err
		}
	}
	return nil
}

func (r Reminder) alike(as Reminder) bool {
	return r.What == as.What && r.Stage == as.Stage && r.Directive == as.Directive && r.Milestone == as.Milestone &&
		r.Level == as.Level && r.About == as.About && r.Deadline == as.Deadline && r.By == as.By && r.Note == as.Note
}
