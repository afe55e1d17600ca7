package profile

import (
	"fmt"
	"slices"

	"giaoban/internal/base/calendar"
	"giaoban/internal/base/clock"
)

// Days says on which days and at which hours people work, beside the days of rest
// that stand with the deputies' turn.
type Days struct {
	// Country names the public holidays that ship with the program, as "vn"; "" for
	// none.
	Country string `yaml:"country,omitempty" json:"country,omitempty"`
	// Holidays are further days on which nobody works.
	Holidays []clock.Date `yaml:"holidays,omitempty" json:"holidays,omitempty"`
	// Worked are days of rest or holidays on which people work all the same.
	Worked []clock.Date `yaml:"worked,omitempty" json:"worked,omitempty"`
	// Quiet are the hours at which nobody is reminded of anything.
	Quiet calendar.Quiet `yaml:"quiet,omitempty" json:"quiet,omitzero"`
}

// Reminders says when units are reminded of what they owe, in working days.
type Reminders struct {
	// Before are the days before a deadline; on the day itself there is always one.
	Before []int `yaml:"before,omitempty" json:"before,omitempty"`
	// After are the days after a deadline that has passed.
	After []int `yaml:"after,omitempty" json:"after,omitempty"`
	// Above is how many days after it the unit above is told; 0 for never.
	Above int `yaml:"above,omitempty" json:"above,omitempty"`
}

// defaultReminders hold where a profile does not say (g).
var defaultReminders = Reminders{Before: []int{3, 1}, After: []int{1, 3}, Above: 2}

// mostReminders is how many reminders there are before a deadline, or after it.
const mostReminders = 5

// Calendar is on which days and at which hours people work.
func (p *Profile) Calendar() calendar.Calendar { return p.calendar }

// WorkingDay is the last of n working days after a day; every day is one where the
// profile has no days of rest.
func (p *Profile) WorkingDay(day clock.Date, n int) clock.Date { return p.calendar.After(day, n) }

// WithHolidays is the profile with other holidays and exchanged days than its own; days
// of rest and quiet hours stay.
func (p *Profile) WithHolidays(days calendar.Country) *Profile {
	with := *p
	with.calendar.Holidays, with.calendar.Worked = days.Holidays, days.Worked
	return &with
}

// makeCalendar puts together what the profile says of days.
func (p *Profile) makeCalendar() (c calendar.Calendar) {
	if p.Deputies != nil {
		c.Rests, c.Holidays = p.Deputies.RestDays, p.Deputies.Holidays
	}
	if p.Days == nil {
		return c
	}
	country, _ := calendar.Of(p.Days.Country)
	c.Holidays = slices.Concat(c.Holidays, country.Holidays, p.Days.Holidays)
	c.Worked = slices.Concat(country.Worked, p.Days.Worked)
	c.Worked = slices.DeleteFunc(c.Worked, func(day clock.Date) bool { return slices.Contains(p.Days.Holidays, day) })
	c.Quiet = p.Days.Quiet
	return c
}

func (p *Profile) validateDays(c *checker) {
	if d := p.Days; d != nil {
		if _, known := calendar.Of(d.Country); !known && d.Country != "" {
			c.wrong("days.country", "profile.unknown-country", "country", d.Country)
		}
		for n, day := range d.Holidays {
			c.day(fmt.Sprintf("days.holidays[%d]", n), day)
		}
		for n, day := range d.Worked {
			c.day(fmt.Sprintf("days.worked[%d]", n), day)
		}
		if !d.Quiet.Good() {
			c.wrong("days.quiet", "profile.bad-hours")
		}
	}
	if r := p.Reminders; r != nil {
		c.reminders("reminders.before", r.Before)
		c.reminders("reminders.after", r.After)
		if r.Above < 0 || r.Above > mostWorkingDays {
			c.wrong("reminders.above", "profile.bad-days", "most", mostWorkingDays)
		}
	}
}

func (c *checker) reminders(path string, days []int) {
	if len(days) > mostReminders {
		c.wrong(path, "profile.too-many-reminders", "most", mostReminders)
	}
	for n, day := range days {
		if day < 1 || day > mostWorkingDays {
			c.wrong(fmt.Sprintf("%s[%d]", path, n), "profile.bad-days", "most", mostWorkingDays)
		}
	}
}
