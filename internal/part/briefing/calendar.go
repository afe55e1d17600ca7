package briefing

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Method says what a calendar does with an entry that comes by mail (RFC 5546).
type Method string

// The methods.
const (
	Publish Method = "PUBLISH" // to be looked at
	Request Method = "REQUEST" // an invitation, or how it is after a change
	CallOff Method = "CANCEL"  // the meeting is no more, at least for whom it is sent to
)

// entryLead is how long before the meeting a calendar reminds of it.
const entryLead = 30 * time.Minute

// Entry is a briefing as an entry of a calendar: iCalendar (RFC 5545). The same
// briefing is the same entry, whichever way it came into the calendar.
type Entry struct {
	Briefing
	Host    string // name of the unit
	Address string // where people find the program, as "https://giaoban.example.vn"
	Method  Method
	Stamp   time.Time // when the entry was as it is
	// Organizer and Attendee are mail addresses, and Name is the attendee's; "" for
	// an entry that was not mailed.
	Organizer, Attendee, Name string
}

// UID names the entry: the same for all that is ever sent about the briefing.
func (e Entry) UID() string {
	host := "giaoban"
	if parsed, err := url.Parse(e.Address); err == nil && parsed.Hostname() != "" {
		host = parsed.Hostname()
	}
	return fmt.Sprintf("briefing-%d@%s", e.ID, host)
}

// String writes the entry as a file for calendars.
func (e Entry) String() string {
	stamp := func(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
	status := "CONFIRMED"
	if e.Method == CallOff {
		status = "CANCELLED"
	}
	lines := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//giaoban//giaoban//VI", "METHOD:" + string(e.Method), "BEGIN:VEVENT",
		"UID:" + e.UID(), fmt.Sprintf("SEQUENCE:%d", e.Revision), "STATUS:" + status,
		"DTSTAMP:" + stamp(e.Stamp), "DTSTART:" + stamp(e.Begins), "DTEND:" + stamp(e.Ends()),
		"SUMMARY:" + escaped(e.Title), "DESCRIPTION:" + escaped(e.Asked), "LOCATION:" + escaped(e.Host),
		fmt.Sprintf("URL:%s/briefings/%d", e.Address, e.ID),
	}
	if e.Organizer != "" {
		lines = append(lines, "ORGANIZER;CN="+quoted(e.Host)+":mailto:"+e.Organizer)
	}
	if e.Attendee != "" { // who answers does so in the program: no mail is expected
		lines = append(lines, "ATTENDEE;CN="+quoted(e.Name)+";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:"+e.Attendee)
	}
	if e.Method != CallOff {
		lines = append(lines, "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:"+escaped(e.Title),
			fmt.Sprintf("TRIGGER:-PT%dM", int(entryLead.Minutes())), "END:VALARM")
	}
	var file strings.Builder
	for _, line := range append(lines, "END:VEVENT", "END:VCALENDAR") {
		file.WriteString(folded(line))
	}
	return file.String()
}

// escaped writes a text as RFC 5545, 3.3.11 asks.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(text)
}

// quoted writes a parameter's value, which knows no escape: RFC 5545, 3.2.
func quoted(text string) string {
	return `"` + strings.Map(func(r rune) rune {
		if r == '"' || r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text) + `"`
}

// folded ends a line, and breaks one of more than 75 bytes between letters (RFC
// 5545, 3.1).
func folded(line string) string {
	var b strings.Builder
	width := 0
	for _, letter := range line {
		size := len(string(letter))
		if width+size > 75 {
			b.WriteString("\r\n ")
			width = 1
		}
		b.WriteRune(letter)
		width += size
	}
	b.WriteString("\r\n")
	return b.String()
}
