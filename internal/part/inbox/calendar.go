package inbox

import (
	"cmp"
	"slices"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/directive"
)

// Date is something that stands on the calendar of the person's units, from today on:
// a briefing, or the last day of a milestone for the units of a level.
type Date struct {
	Day      clock.Date
	At       time.Time         // when it begins; zero for what takes the day
	Briefing briefing.Briefing // the zero Briefing for a deadline

	Directive int64 // of a deadline
	Number    string
	Milestone text.Words
	Level     profile.Level // whose deadline it is
	Unit      tree.UnitID   // of the person
}

// meeting puts a briefing that is not over on the calendar.
func (g *gatherer) meeting(b briefing.Briefing) {
	day := clock.DateOf(b.Begins, g.zone)
	if day >= g.work.Today && (b.State == briefing.Called || b.State == briefing.Open) {
		g.work.Calendar = append(g.work.Calendar, Date{Day: day, At: b.Begins, Briefing: b, Unit: b.Unit})
	}
}

// deadlines puts the last days of a directive on the calendar, those of the unit's own
// level and of the levels below.
func (g *gatherer) deadlines(d directive.Directive, unit tree.Unit) error {
	levels := directive.LevelsBelow(g.rules, unit.Level)
	if own, ok := g.rules.Level(unit.Level); ok {
		levels = append([]profile.Level{own}, levels...)
	}
	for _, m := range d.Document.Milestones {
		for _, level := range levels {
			if _, asked := m.Deadline(level.Key); !asked || level.Key == unit.Level && d.Unit == unit.ID {
				continue
			}
			day, err := g.deadline(d, m, level.Key, unit.ID)
			if err != nil {
				return err
			}
			if day >= g.work.Today {
				g.work.Calendar = append(g.work.Calendar, Date{
					Day: day, Directive: d.ID, Number: d.Document.Number, Milestone: m.Name, Level: level, Unit: unit.ID,
				})
			}
		}
	}
	return nil
}

// calendar puts the calendar in order; what several units of the person share stands
// there once.
func (g *gatherer) calendar() {
	slices.SortStableFunc(g.work.Calendar, func(a, b Date) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), a.At.Compare(b.At), cmp.Compare(a.Directive, b.Directive))
	})
	g.work.Calendar = slices.CompactFunc(g.work.Calendar, func(a, b Date) bool {
		return a.Day == b.Day && a.Briefing.ID == b.Briefing.ID && a.Directive == b.Directive && a.Milestone == b.Milestone && a.Level.Key == b.Level.Key
	})
}
