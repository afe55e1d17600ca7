package briefingui

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"giaoban/internal/edge/web"
)

// calendar is the briefing as an entry for a calendar: iCalendar, RFC 5545.
func (s *Screens) calendar(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	stamp := func(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
	lines := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//giaoban//giaoban//VI", "METHOD:PUBLISH", "BEGIN:VEVENT",
		fmt.Sprintf("UID:briefing-%d@%s", b.ID, r.Host),
		fmt.Sprintf("SEQUENCE:%d", b.Revision),
		"DTSTAMP:" + stamp(b.CalledAt), "DTSTART:" + stamp(b.Begins), "DTEND:" + stamp(b.Ends()),
		"SUMMARY:" + escaped(b.Title), "DESCRIPTION:" + escaped(b.Asked), "LOCATION:" + escaped(names(s.Tree)(b.Unit)),
		"URL:" + s.Address + path(b.ID, ""),
		"BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:" + escaped(b.Title), "TRIGGER:-PT30M", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
	}
	var body strings.Builder
	for _, line := range lines {
		body.WriteString(folded(line))
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "text/calendar; charset=utf-8")
	header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="giao-ban-%d.ics"`, b.ID))
	header.Set("Cache-Control", "private, no-store")
	r.Writer.WriteHeader(http.StatusOK)
	_, err = r.Writer.Write([]byte(body.String()))
	return err
}

// escaped writes a text as RFC 5545, 3.3.11 asks.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(text)
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
