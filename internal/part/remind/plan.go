package remind

import (
	"giaoban/internal/base/calendar"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
)

// Stage is where a reminder stands to its deadline.
type Stage string

// The stages.
const (
	Before Stage = "before"
	On     Stage = "on" // the day, or the last working day before it
	After  Stage = "after"
	Above  Stage = "above" // to the unit above, of what is late below
	Urged  Stage = "urged" // by hand
)

// Step is one of the reminders of a deadline.
type Step struct {
	Stage Stage
	Days  int // working days before or after the deadline; 0 on it
	Day   clock.Date
}

// Steps gives the reminders of a deadline in the order in which they come, without
// that to the unit above. Of two on one day the later counts.
func Steps(c calendar.Calendar, r *profile.Reminders, deadline clock.Date) (list []Step) {
	for _, n := range r.Before {
		list = append(list, Step{Before, n, c.Before(deadline, n)})
	}
	list = append(list, Step{On, 0, c.Before(deadline, 0)})
	for _, n := range r.After {
		list = append(list, Step{After, n, c.After(deadline, n)})
	}
	return list
}

// Due gives the reminder of a deadline that is due on a day: the last of those whose
// day has come. What should have been said before the deadline is not said after it;
// ok is false where nothing is.
func Due(c calendar.Calendar, r *profile.Reminders, deadline, today clock.Date) (due Step, ok bool) {
	for _, s := range Steps(c, r, deadline) {
		overtaken := s.Stage != After && today > deadline
		if s.Day <= today && !overtaken && s.Day >= due.Day {
			due, ok = s, true
		}
	}
	return due, ok
}

// DueAbove says whether the unit above is to be told that those below are late.
func DueAbove(c calendar.Calendar, r *profile.Reminders, deadline, today clock.Date) bool {
	return r.Above > 0 && c.After(deadline, r.Above) <= today
}

// plan knows what is due on one day, each deadline looked up once.
type plan struct {
	rules *profile.Profile
	today clock.Date
	known map[clock.Date]planned
}

type planned struct {
	step  Step
	due   bool
	above bool // the unit above is to be told
}

func newPlan(rules *profile.Profile, today clock.Date) *plan {
	return &plan{rules, today, map[clock.Date]planned{}}
}

func (p *plan) of(deadline clock.Date) planned {
	found, known := p.known[deadline]
	if !known {
		found.step, found.due = Due(p.rules.Calendar(), p.rules.Reminders, deadline, p.today)
		found.above = DueAbove(p.rules.Calendar(), p.rules.Reminders, deadline, p.today)
		p.known[deadline] = found
	}
	return found
}
