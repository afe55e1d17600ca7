package clock

import (
	"fmt"
	"time"
)

// Date is a calendar day as "2006-01-02", without a zone. The zero value ""
// means no date. Dates compare with < and == as text, are stored as text and
// travel in JSON as text.
type Date string

const layout = "2006-01-02"

// ParseDate reads an ISO date. An empty text gives no date and no error.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	t, err := time.Parse(layout, s)
	if err != nil {
		return "", fmt.Errorf("reading date %q: not a day as 2020-07-10", s)
	}
	return Date(t.Format(layout)), nil
}

// DateOf is the day of moment t in the zone loc.
func DateOf(t time.Time, loc *time.Location) Date { return Date(t.In(loc).Format(layout)) }

// Day makes a date of its parts; parts out of range roll over as in time.Date.
func Day(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format(layout))
}

// Time is midnight UTC of the day; the zero time for no date.
func (d Date) Time() time.Time {
	t, err := time.Parse(layout, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Start is the first moment of the day in the zone loc; the zero time for no
// date. Where a change of the clocks skips midnight, the day begins with the
// change; where it repeats midnight, with the first of the two.
func (d Date) Start(loc *time.Location) time.Time {
	if d == "" {
		return time.Time{}
	}
	midnight := d.Time()
	// A day before, no zone has begun the day. From there each stretch of one
	// offset is asked whether the day begins in it.
	at := midnight.AddDate(0, 0, -1).In(loc)
	for {
		_, offset := at.Zone()
		first := midnight.Add(-time.Duration(offset) * time.Second)
		_, end := at.ZoneBounds()
		if end.IsZero() || first.Before(end) {
			return later(first, at).In(loc)
		}
		at = end
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// End is the first moment after the day in the zone loc: 24:00; the zero time
// for no date.
func (d Date) End(loc *time.Location) time.Time { return d.AddDays(1).Start(loc) }

// AddDays is the day n days later; earlier for negative n. No date stays none.
func (d Date) AddDays(n int) Date {
	if d == "" {
		return ""
	}
	return Date(d.Time().AddDate(0, 0, n).Format(layout))
}

// Sub is how many days d is after e; negative when it is before.
func (d Date) Sub(e Date) int { return int(d.Time().Sub(e.Time()).Hours() / 24) }

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d == "" }

// Earliest is the earlier of two dates; no date gives way to the other.
func Earliest(a, b Date) Date {
	if a == "" || (b != "" && b < a) {
		return b
	}
	return a
}
