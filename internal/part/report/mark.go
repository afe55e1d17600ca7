package report

import (
	"time"

	"giaoban/internal/base/clock"
)

// Mark is the sign under which a unit's place at a milestone is shown. It means
// the same as on a board.
type Mark string

// The marks.
const (
	MarkDone    Mark = "done"    // accepted
	MarkWaiting Mark = "waiting" // the newest version is undecided, none is accepted
	MarkTold    Mark = "told"    // entered on behalf of the unit, which has not confirmed it
	MarkLate    Mark = "late"    // 24:00 of the deadline has passed with nothing waiting or accepted
	MarkSoon    Mark = "soon"    // nothing yet, and the deadline comes within the profile's days
	MarkNone    Mark = "none"    // nothing yet
)

// Mark gives the mark of a standing on a day; soon is how many days before its
// deadline a report is due soon.
func (s Standing) Mark(deadline, today clock.Date, soon int) Mark {
	switch {
	case s.Done():
		return MarkDone
	case s.Waiting():
		return MarkWaiting
	case s.Provisional():
		return MarkTold
	case deadline == "":
		return MarkNone
	case today > deadline:
		return MarkLate
	case today >= deadline.AddDays(-soon):
		return MarkSoon
	}
	return MarkNone
}

// SentLate says whether a version came after 24:00 of its deadline. It is a
// sign beside the report, and counts nowhere.
func (r Report) SentLate(deadline clock.Date, zone *time.Location) bool {
	return deadline != "" && !r.SubmittedAt.Before(deadline.End(zone))
}
