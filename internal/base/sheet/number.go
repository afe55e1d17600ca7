package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// exactDigits is how many significant digits Excel keeps and shows of a
// number; it stores 17, so 0.3 may be stored as 0.30000000000000004.
const exactDigits = 15

// plainNumber writes a stored number in plain digits: without grouping, power
// of ten or idle zeros, at most 15 significant digits where there is a point.
func plainNumber(stored string) (plain string, ok bool) {
	if stored == "" || strings.Trim(stored, "0123456789+-.eE") != "" {
		return "", false // ParseFloat also takes Inf, NaN, hexadecimal and underscores
	}
	value, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return "", false
	}
	if !strings.ContainsAny(stored, ".eE") {
		// All digits of a whole number count, however many: they may be a code.
		digits := strings.TrimLeft(strings.TrimLeft(stored, "+-"), "0")
		switch {
		case digits == "":
			return "0", true
		case value < 0:
			return "-" + digits, true
		}
		return digits, true
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', exactDigits-1, 64), 64)
	if err != nil {
		return "", false
	}
	if rounded == 0 {
		return "0", true
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64), true
}

// exactNumber is the value of plain digits; false where Excel could not keep
// all of them.
func exactNumber(digits string) (float64, bool) {
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0, false
	}
	kept, ok := plainNumber(strconv.FormatFloat(value, 'e', exactDigits-1, 64))
	return value, ok && kept == digits
}

const (
	isoDay    = "2006-01-02"
	isoMoment = "2006-01-02T15:04:05"

	daysTo1904 = 1462      // from the beginning of days in 1900 to that in 1904
	lastDay    = 2_958_466 // the day after 31 December 9999
	leapDay    = 60        // 29 February 1900, which Excel counts and which never was
)

// momentOf is the moment that Excel stores as a number of days. Day 1 is 1
// January 1900, and after the day that never was the count is one ahead.
func momentOf(days float64) (time.Time, bool) {
	seconds := math.Round(days * 24 * 60 * 60)
	day := int(math.Floor(seconds / (24 * 60 * 60)))
	if !(days >= 1) || days >= lastDay || day >= lastDay || day == leapDay {
		return time.Time{}, false
	}
	start := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if day < leapDay {
		start = start.AddDate(0, 0, 1)
	}
	ofDay := time.Duration(seconds-float64(day)*24*60*60) * time.Second
	return start.AddDate(0, 0, day).Add(ofDay), true
}

// daysOf is the number of days under which Excel stores a moment; false before
// 1 January 1900.
func daysOf(t time.Time) (float64, bool) {
	start := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	days := float64(t.Unix()-start.Unix()) / (24 * 60 * 60)
	if days < leapDay+1 {
		days--
	}
	return days, days >= 1
}

// isoText writes a moment as the text of a cell; midnight is only a day.
func isoText(t time.Time) string {
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format(isoDay)
	}
	return t.Format(isoMoment)
}

// isoTime reads what isoText wrote.
func isoTime(text string) (t time.Time, hasTime, ok bool) {
	if t, err := time.Parse(isoDay, text); err == nil {
		return t, false, true
	}
	t, err := time.Parse(isoMoment, text)
	return t, true, err == nil
}
