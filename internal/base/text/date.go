package text

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
)

// own holds the words that the formatters of this package need themselves.
var own = sync.OnceValue(func() *Catalog {
	c, err := Load(Texts)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return c
})

// Date writes a day: 10/7/2020 in Vietnamese, 10 July 2020 in English, ""
// for no date.
func Date(lang Lang, d clock.Date) string { return write(lang, d, "2/1/2006", "2 January 2006") }

// Month writes the month of a day: "Tháng 7 năm 2020" in Vietnamese, "July 2020" in
// English.
func Month(lang Lang, d clock.Date) string {
	return write(lang, d, "Tháng 1 năm 2006", "January 2006")
}

// ShortDate writes a day without its year, where the year is plain from the
// page: 10/7 in Vietnamese, 10 Jul in English.
func ShortDate(lang Lang, d clock.Date) string { return write(lang, d, "2/1", "2 Jan") }

// PaperDate writes a day as official papers do: in Vietnamese "ngày 09 tháng 02 năm
// 2020", with a nought before days under ten and before the first two months, so that
// nobody puts a digit there.
func PaperDate(lang Lang, d clock.Date) string {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	if lang != VI {
		return at.Format("2 January 2006")
	}
	month := "tháng 1"
	if at.Month() <= time.February {
		month = "tháng 01"
	}
	return at.Format("ngày 02 " + month + " năm 2006")
}

// NearDate writes a day without its year where that is today's year: 10/7, but
// 31/10/2020 in 2021.
func NearDate(lang Lang, d, today clock.Date) string {
	if d.IsZero() || today.IsZero() || d.Time().Year() != today.Time().Year() {
		return Date(lang, d)
	}
	return ShortDate(lang, d)
}

// Moment writes a moment in a zone, its time first: "08:42 · 10/7/2020".
func Moment(lang Lang, t time.Time, zone *time.Location) string {
	return TimeOfDay(t, zone) + " · " + Date(lang, clock.DateOf(t, zone))
}

// TimeOfDay writes the hour and minute of a moment in a zone, "08:42", which
// both languages write alike.
func TimeOfDay(t time.Time, zone *time.Location) string { return t.In(zone).Format("15:04") }

// Remaining says how a deadline lies to today: "còn 4 ngày", "hạn hôm nay",
// "chậm 9 ngày"; "4 days left", "due today", "9 days late". It is "" where
// either is no date.
func Remaining(lang Lang, deadline, today clock.Date) string {
	if deadline.IsZero() || today.IsZero() {
		return ""
	}
	switch days := deadline.Sub(today); {
	case days > 0:
		return own().T(lang, "days.left", "n", days)
	case days < 0:
		return own().T(lang, "days.late", "n", -days)
	default:
		return own().T(lang, "days.today")
	}
}

func write(lang Lang, d clock.Date, vietnamese, english string) string {
	switch {
	case d.IsZero():
		return ""
	case lang == EN:
		return d.Time().Format(english)
	default:
		return d.Time().Format(vietnamese)
	}
}

// The forms in which people type a day, in letters of a fold.Key.
var (
	dayFirst   = regexp.MustCompile(`^(?:ngay )?(\d{1,2}) ?(?:[-/.]|thang) ?(\d{1,2}) ?(?:[-/.]|nam) ?(\d+)$`)
	yearFirst  = regexp.MustCompile(`^(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})$`)
	digitsOnly = regexp.MustCompile(`^(\d{2})(\d{2})(\d{4}|\d{2})$`)
	dayMonth   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d+)$`)
	monthDay   = regexp.MustCompile(`^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d+)$`)
)

// ParseDate reads a day as a person types it, in any of these forms whatever
// the language: 10/7/2020, 10-7-2020, 10.7.2020, 10072020, 2020-07-10, "ngày 10
// tháng 7 năm 2020", "10 July 2020", "July 10, 2020". The day always stands
// before the month where both are numbers. An empty text gives no date and no
// error. Errors are faults of kind Invalid: not a date, no such day, a year of
// two digits (19 or 20 cannot be guessed for people's births), a year outside
// 1900 to 2199.
func ParseDate(_ Lang, s string) (clock.Date, error) {
	typed := fold.Key(s)
	if typed == "" {
		return "", nil
	}
	day, month, year, ok := dateParts(typed)
	if !ok {
		return "", fault.New(fault.Invalid, "date.not-a-date", "typed", excerpt(s))
	}
	if len(year) == 2 {
		return "", fault.New(fault.Invalid, "date.short-year", "typed", excerpt(s))
	}
	if len(year) != 4 || year < "1900" || year > "2199" {
		return "", fault.New(fault.Invalid, "date.far-year", "typed", excerpt(s))
	}
	date, err := time.Parse("2006-1-2", year+"-"+month+"-"+day)
	if err != nil {
		return "", fault.New(fault.Invalid, "date.no-such-day", "typed", excerpt(s))
	}
	return clock.Date(date.Format(time.DateOnly)), nil
}

// dateParts are the day, month and year of a typed day as digits.
func dateParts(typed string) (day, month, year string, ok bool) {
	for _, form := range []*regexp.Regexp{dayFirst, digitsOnly} {
		if m := form.FindStringSubmatch(typed); m != nil {
			return m[1], m[2], m[3], true
		}
	}
	if m := yearFirst.FindStringSubmatch(typed); m != nil {
		return m[3], m[2], m[1], true
	}
	if m := dayMonth.FindStringSubmatch(typed); m != nil {
		month, ok = monthNumber(m[2])
		return m[1], month, m[3], ok
	}
	if m := monthDay.FindStringSubmatch(typed); m != nil {
		month, ok = monthNumber(m[1])
		return m[2], month, m[3], ok
	}
	return "", "", "", false
}

// monthNumber is the number of an English month, given in full or by at least
// three letters.
func monthNumber(name string) (string, bool) {
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), name) {
			return strconv.Itoa(int(m)), true
		}
	}
	return "", false
}
