package calendar

import (
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/clock"
)

// Calendar says which days are working days. The zero Calendar works every day, at
// all hours.
type Calendar struct {
	// Rests are the days of the week on which nobody works: "saturday".
	Rests []string
	// Holidays are further days on which nobody works.
	Holidays []clock.Date
	// Worked are days of rest on which people work in exchange for another day.
	Worked []clock.Date
	Quiet  Quiet
}

// Quiet are the hours at which nobody is disturbed, by the wall clock: "18:00" to
// "07:30". Where both are "", there are none.
type Quiet struct {
	From  string `yaml:"from" json:"from"`
	Until string `yaml:"until" json:"until"`
}

// farthest is how many days are looked through for a working day: a calendar in which
// nobody ever works gives the last of them.
const farthest = 366

// Works says whether a day is a working day.
func (c Calendar) Works(day clock.Date) bool {
	if slices.Contains(c.Worked, day) {
		return true
	}
	name := strings.ToLower(day.Time().Weekday().String())
	return !slices.Contains(c.Rests, name) && !slices.Contains(c.Holidays, day)
}

// After is the n-th working day after a day; the day itself for 0.
func (c Calendar) After(day clock.Date, n int) clock.Date { return c.step(day, n, 1) }

// Before is the n-th working day before a day; for 0 the day itself, or the last
// working day before it where it is none.
func (c Calendar) Before(day clock.Date, n int) clock.Date {
	if n == 0 && !c.Works(day) {
		n = 1
	}
	return c.step(day, n, -1)
}

func (c Calendar) step(day clock.Date, n, by int) clock.Date {
	for range farthest {
		if n <= 0 {
			break
		}
		if day = day.AddDays(by); c.Works(day) {
			n--
		}
	}
	return day
}

// Silent says whether people are left in peace at a moment: outside working days, and
// in the quiet hours of the zone.
func (c Calendar) Silent(at time.Time, zone *time.Location) bool {
	if !c.Works(clock.DateOf(at, zone)) {
		return true
	}
	return c.Quiet.at(at.In(zone).Format("15:04"))
}

// at says whether an hour is quiet; the end belongs to the day.
func (q Quiet) at(hour string) bool {
	if q.From <= q.Until {
		return hour >= q.From && hour < q.Until
	}
	return hour >= q.From || hour < q.Until
}

// Good says whether both are hours as "07:30", or both left out.
func (q Quiet) Good() bool {
	if q == (Quiet{}) {
		return true
	}
	return goodHour(q.From) && goodHour(q.Until)
}

func goodHour(hour string) bool {
	at, err := time.Parse("15:04", hour)
	return err == nil && at.Format("15:04") == hour
}
