package reportui

import (
	"time"

	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// since is what became of a receipt's version after it was accepted: whether it is
// in force, and which other version is, or may come to be. It tells numbers and
// times alone: what another version says is not the holder's of this one.
type since struct {
	Key     string // of the text
	Version int    // the other one; 0 when there is none
	At      time.Time
}

// InForce says whether the receipt's own version counts today.
func (s since) InForce() bool { return s.Key != "superseded" && s.Key != "none" }

// sinceThen says what became of a receipt's version.
func sinceThen(r *web.Request, q store.Querier, of report.Receipt) (since, error) {
	standing, err := report.StandingOf(r.Context(), q, of.Report().Slot)
	if err != nil {
		return since{}, err
	}
	accepted, newest := standing.Accepted, standing.Newest
	switch {
	case accepted.ID == 0:
		return since{Key: "none"}, nil
	case accepted.ID != of.Sent.Report:
		return since{"superseded", accepted.Version, accepted.DecidedAt}, nil
	case standing.Waiting():
		return since{"waiting", newest.Version, newest.SubmittedAt}, nil
	case standing.Returned():
		return since{"returned", newest.Version, newest.DecidedAt}, nil
	}
	return since{Key: "in-force"}, nil
}
