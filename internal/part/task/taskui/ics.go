package taskui

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/clock"
)

// due is a last day as a calendar program takes it.
type due struct {
	UID     string
	Day     clock.Date
	Title   string
	Text    string
	Address string
}

// icalendar writes last days as a calendar by RFC 5545: each a whole day.
func icalendar(name string, list []due, now time.Time) []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fold75(&b, fmt.Sprintf(format, args...)) }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//giaoban//tasks//VI")
	line("X-WR-CALNAME:%s", escaped(name))
	line("REFRESH-INTERVAL;VALUE=DURATION:PT1H")
	for _, d := range list {
		line("BEGIN:VEVENT")
		line("UID:%s", d.UID)
		line("DTSTAMP:%s", now.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE:%s", compact(d.Day))
		line("DTEND;VALUE=DATE:%s", compact(d.Day.AddDays(1)))
		line("SUMMARY:%s", escaped(d.Title))
		line("DESCRIPTION:%s", escaped(d.Text))
		line("URL:%s", d.Address)
		line("TRANSP:TRANSPARENT")
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	return []byte(b.String())
}

func compact(day clock.Date) string { return strings.ReplaceAll(string(day), "-", "") }

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\r", "")

func escaped(text string) string { return escapes.Replace(text) }

// fold75 writes a line in pieces of at most 75 bytes, none of which cuts a letter
// (RFC 5545, 3.1).
func fold75(b *strings.Builder, line string) {
	room := 75
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], 74
	}
	b.WriteString(line + "\r\n")
}
