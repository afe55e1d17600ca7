package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
)

// TypedMoment writes a moment in a zone as it stands in a field, to be read again
// by [ParseMoment]: 30/6/2020 17:00, or 30 June 2020 17:00; with its seconds where
// it has any.
func TypedMoment(lang Lang, t time.Time, zone *time.Location) string {
	form := " 15:04"
	if t.In(zone).Second() != 0 {
		form = " 15:04:05"
	}
	return Date(lang, clock.DateOf(t, zone)) + t.In(zone).Format(form)
}

// A time of day as people type it, in letters of a fold.Key: "17:00", "17:00:30",
// "17h", "17h30", "17 giờ 30 phút".
const timeOfDay = `(?:(\d{1,2}):(\d{2})(?::(\d{2}))?|(\d{1,2}) ?(?:h|gio) ?(?:(\d{1,2})(?: ?(?:phut|p))?)?)`

// The forms in which people type a day and a time: either may stand first.
var (
	timeLast  = regexp.MustCompile(`^(.+?)[ ,·]+(?:luc |at )?` + timeOfDay + `$`)
	timeFirst = regexp.MustCompile(`^(?:luc )?` + timeOfDay + `[ ,·]+(.+)$`)
	isoMoment = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})t` + timeOfDay + `$`)
)

// ParseMoment reads a moment in a zone as a person types it: any day of
// [ParseDate] with a time before or after it, as 30/6/2020 17:00, "17:00 ·
// 30/6/2020", "17h30 ngày 30/6/2020", 2020-06-30T17:00:00. It gives the first moment
// meant and the first that is not meant any more: a second, or where no time was
// typed a whole day; 24:00 is the last second of its day. An empty text gives zero
// times and no error. Errors are the faults of ParseDate, for what is no moment at
// all "moment.not-a-moment", for a time that no day has "moment.no-such-time".
func ParseMoment(lang Lang, s string, zone *time.Location) (from, to time.Time, err error) {
	typed := fold.Key(s)
	if typed == "" {
		return time.Time{}, time.Time{}, nil
	}
	written, clocks := momentParts(typed)
	day, err := ParseDate(lang, written)
	if all := fault.All(err); len(all) > 0 {
		key := all[0].Key
		if key == "date.not-a-date" {
			key = "moment.not-a-moment"
		}
		return time.Time{}, time.Time{}, fault.New(fault.Invalid, key, "typed", excerpt(s))
	}
	if clocks == nil {
		return day.Start(zone), day.End(zone), nil
	}
	hour, minute, second := clocks[0], clocks[1], clocks[2]
	if hour == 24 && minute+second == 0 {
		return day.End(zone).Add(-time.Second), day.End(zone), nil
	}
	if hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, time.Time{}, fault.New(fault.Invalid, "moment.no-such-time", "typed", excerpt(s))
	}
	date := day.Time()
	from = time.Date(date.Year(), date.Month(), date.Day(), hour, minute, second, 0, zone)
	return from, from.Add(time.Second), nil
}

// momentParts are the day and the hour, minute and second of a typed moment; nil
// where no time was typed.
func momentParts(typed string) (day string, clocks []int) {
	typed = strings.TrimSpace(typed)
	for _, form := range []*regexp.Regexp{isoMoment, timeLast} {
		if m := form.FindStringSubmatch(typed); m != nil {
			return m[1], numbers(m[2:])
		}
	}
	if m := timeFirst.FindStringSubmatch(typed); m != nil {
		return m[6], numbers(m[1:6])
	}
	return typed, nil
}

// numbers are the hour, minute and second of what [timeOfDay] found, of which one
// half is empty.
func numbers(found []string) []int {
	number := func(digits string) int {
		n, _ := strconv.Atoi(digits) // at most two digits, or none
		return n
	}
	return []int{number(found[0] + found[3]), number(found[1] + found[4]), number(found[2])}
}
