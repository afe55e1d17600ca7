package profile

import (
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
)

// Deputies says when a deputy may act for a leader who has not acted.
type Deputies struct {
	// WorkingDays is how many whole working days the leader has after the day on
	// which a matter came.
	WorkingDays int `yaml:"workingDays" json:"workingDays"`
	// RestDays are the days of the week on which nobody works: "saturday".
	RestDays []string `yaml:"restDays,omitempty" json:"restDays,omitempty"`
	// Holidays are further days on which nobody works.
	Holidays []clock.Date `yaml:"holidays,omitempty" json:"holidays,omitempty"`
}

const (
	mostWorkingDays = 30
	weekdays        = 7
)

// DeputyFrom is the first day on which a deputy may act on a matter that came to
// the leader on a day: the one after the last of the leader's working days. ok is
// false where the profile leaves everything to the leader.
func (p *Profile) DeputyFrom(came clock.Date) (from clock.Date, ok bool) {
	by, ok := p.AcknowledgeBy(came)
	if !ok {
		return "", false
	}
	return by.AddDays(1), true
}

// AcknowledgeBy is the last day on which a unit acknowledges in time what came to it on
// a day: the last of the leader's working days. ok is false where the profile sets none.
func (p *Profile) AcknowledgeBy(came clock.Date) (by clock.Date, ok bool) {
	if p.Deputies == nil || came.IsZero() {
		return "", false
	}
	return p.WorkingDay(came, p.Deputies.WorkingDays), true
}

// InPlaceOf is the post that a post of a body stands in for; ok is false for one
// that stands in for none.
func (p *Profile) InPlaceOf(body, post string) (head Post, ok bool) {
	deputy, known := p.Post(body, post)
	if !known || deputy.InPlaceOf == "" {
		return Post{}, false
	}
	return p.Post(body, deputy.InPlaceOf)
}

// Authority is what stands in a signature above a deputy's own post: "K/T BÍ THƯ"
// (guidance 36-HD/VPTW, on who signs).
func (p Post) Authority() string { return "K/T " + strings.ToUpper(p.Name.In(text.VI)) }

func (p *Profile) validateDeputies(c *checker) {
	if p.Deputies == nil {
		return
	}
	d := p.Deputies
	if d.WorkingDays < 0 || d.WorkingDays > mostWorkingDays {
		c.wrong("deputies.workingDays", "profile.bad-days", "most", mostWorkingDays)
	}
	rests := map[string]bool{}
	for n, name := range d.RestDays {
		if rests[name] = true; !isWeekday(name) || len(rests) == weekdays {
			c.wrong(fmt.Sprintf("deputies.restDays[%d]", n), "profile.not-a-weekday", "day", name)
		}
	}
	for n, day := range d.Holidays {
		c.day(fmt.Sprintf("deputies.holidays[%d]", n), day)
	}
}

func isWeekday(name string) bool {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.ToLower(day.String()) == name {
			return true
		}
	}
	return false
}
