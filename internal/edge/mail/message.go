package mail

import (
	"bytes"
	"cmp"
	_ "embed" // the look of a letter
	"fmt"
	"html/template"
	"net/mail"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"giaoban/internal/part/letter"
)

//go:embed letter.html
var look string

var page = template.Must(template.New("letter").Funcs(template.FuncMap{
	"lines": func(s string) []string { return strings.Split(s, "\n") },
}).Parse(look))

// message is a letter as mail programs read it: text, simple HTML, and where there is
// one the entry for the calendar, which some programs show in place and others as a file.
func message(from, address string, m letter.Message) (*gomail.Msg, error) {
	m.Base = cmp.Or(m.Base, address)
	url := m.Base + m.Path
	var html bytes.Buffer
	if err := page.Execute(&html, struct {
		letter.Message
		URL string
	}{m, url}); err != nil {
		return nil, fmt.Errorf("writing a letter: %w", err)
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.From(from); err != nil {
		return nil, err
	}
	to, err := mail.ParseAddress(m.Address)
	if err != nil {
		return nil, err
	}
	msg.AddToMailAddress(&mail.Address{Name: m.Name, Address: to.Address})
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetGenHeader(gomail.HeaderReferences, "<"+m.Thread+">")
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // nobody's absence answers it: RFC 3834
	msg.SetGenHeader(gomail.HeaderContentLang, string(m.Lang))
	msg.SetDate()
	msg.SetBodyString(gomail.TypeTextPlain, plain(m, url))
	msg.AddAlternativeString(gomail.TypeTextHTML, html.String())
	if m.Calendar == nil {
		return msg, nil
	}
	entry := m.Calendar.String()
	kind := gomail.ContentType("text/calendar; method=" + string(m.Calendar.Method))
	msg.AddAlternativeString(kind, entry, gomail.WithPartEncoding(gomail.EncodingB64))
	return msg, msg.AttachReader("giao-ban.ics", strings.NewReader(entry), gomail.WithFileContentType(kind+"; charset=UTF-8"))
}

// plain is a letter as text.
func plain(m letter.Message, url string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", m.Opening, m.Says)
	for _, f := range m.Facts {
		fmt.Fprintf(&b, "%s: %s\n", f.Label, f.Value)
	}
	fmt.Fprintf(&b, "\n%s:\n%s\n", m.Link, url)
	for _, way := range m.Ways {
		fmt.Fprintf(&b, "\n%s:\n%s\n", way.Label, m.Base+way.Path)
	}
	fmt.Fprintf(&b, "\n-- \n%s\n", m.Foot)
	return b.String()
}
