package letter

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/news"
)

// Message is a letter as it is sent: in the person's language, as things are now.
type Message struct {
	ID      string // of this letter for good, without brackets: sent twice, it is known as one
	Thread  string // of all letters about the briefing
	Name    string // of the person
	Address string
	Lang    text.Lang
	Date    time.Time
	Subject string
	Opening string
	Says    string
	Facts   []Fact
	Path    string // of the page about it
	Link    string // the words that lead there
	Foot    string
	Base    string // of the path and the other ways; "" for where people find the program
	Ways    []Way  // besides
	// Calendar is the entry for the person's calendar; nil for none.
	Calendar *briefing.Entry
}

// Fact is a line of what a briefing is.
type Fact struct{ Label, Value string }

// Way is another page to which a letter leads.
type Way struct{ Label, Path string }

// Composer writes letters.
type Composer struct {
	Texts   *text.Catalog
	Tree    *tree.Tree
	Zone    *time.Location
	Address string // where people find the program
	From    string // the mail address of the sender
	Public  string // where readers find the public page
	Links   news.Links
}

// Compose writes a letter. Where it need not be sent any more, or cannot be, it says
// why instead.
func (c Composer) Compose(ctx context.Context, q store.Querier, l Letter, now time.Time) (Message, Trouble, error) {
	if l.Kind.forReader() {
		return c.composeReader(ctx, q, l, now)
	}
	if l.Briefing == 0 {
		return c.composeReminders(ctx, q, l, now)
	}
	b, err := briefing.Get(ctx, q, l.Briefing)
	if err != nil {
		return Message{}, NoTrouble, err
	}
	ends := l.Kind == Cancelled || l.Kind == Withdrawn
	if !now.Before(b.Begins) || !ends && b.State != briefing.Called {
		return Message{}, TooLate, nil
	}
	p, err := account.Find(ctx, q, l.Person)
	if err != nil {
		return Message{}, NoTrouble, err
	}
	if why := unreachable(p); why != NoTrouble {
		return Message{}, why, nil
	}
	events, err := briefing.Events(ctx, q, b.ID)
	if err != nil {
		return Message{}, NoTrouble, err
	}
	m, err := c.compose(l, b, p, events)
	return m, NoTrouble, err
}

// unreachable says why nothing is sent to a person. An address that was refused is left
// alone until there is another, or somebody wants it tried: who writes on and on to
// boxes that do not exist is taken for a sender of spam.
func unreachable(p account.Person) Trouble {
	switch {
	case p.Email == "" || !p.Disabled.IsZero():
		return NoAddress
	case !p.RefusedAt.IsZero():
		return Address
	}
	return NoTrouble
}

func (c Composer) compose(l Letter, b briefing.Briefing, p account.Person, events []ledger.Event) (Message, error) {
	lang, _ := text.ParseLang(p.Language)
	t := func(key string, args ...any) string { return c.Texts.T(lang, key, args...) }
	host, _ := c.Tree.Unit(b.Unit)
	unit, _ := c.Tree.Unit(l.Unit)
	title := line(b.Title)
	m := Message{
		ID:     fmt.Sprintf("briefing-%d.letter-%d.%d@%s", b.ID, l.ID, l.MadeAt.UnixMicro(), c.host()),
		Thread: fmt.Sprintf("briefing-%d.%d@%s", b.ID, b.CalledAt.UnixMicro(), c.host()),
		Name:   line(p.Name), Address: p.Email, Lang: lang, Date: l.MadeAt,
		Subject: t("letter.subject."+string(l.Kind), "title", title, "when", text.Moment(lang, b.Begins, c.Zone)),
		Opening: t("letter.dear", "name", line(p.Name)), Path: fmt.Sprintf("/briefings/%d", b.ID), Link: t("letter.look"), Foot: t("letter.foot"),
	}
	leads := l.Unit == b.Unit
	says := "letter.says." + string(l.Kind)
	if leads && l.Kind == Invited {
		says = "letter.says.leads"
	}
	m.Says = t(says, "host", host.Name, "unit", unit.Name, "was", text.Moment(lang, l.Was, c.Zone))
	if !leads && (l.Kind == Invited || l.Kind == Reminded || l.Kind == Changed) {
		m.Link = t("letter.answer")
	}
	m.Facts = []Fact{
		{t("letter.title"), title},
		{t("letter.when"), text.TimeOfDay(b.Begins, c.Zone) + " – " + text.TimeOfDay(b.Ends(), c.Zone) + " · " + text.Date(lang, clock.DateOf(b.Begins, c.Zone))},
		{t("letter.chair"), b.Chair.Name},
		{t("letter.host"), host.Name},
	}
	entry := briefing.Entry{
		Briefing: b, Host: host.Name, Address: c.Address, Method: briefing.Request, Stamp: l.MadeAt, Organizer: c.From, Attendee: p.Email, Name: line(p.Name),
	}
	switch l.Kind {
	case Cancelled, Withdrawn:
		entry.Method = briefing.CallOff
		reason, err := reasonOf(events)
		if err != nil {
			return m, err
		}
		if l.Kind == Cancelled && reason != "" {
			m.Facts = append(m.Facts, Fact{t("letter.reason"), reason})
		}
	default:
		if b.Asked != "" {
			m.Facts = append(m.Facts, Fact{t("letter.asked"), b.Asked})
		}
	}
	m.Calendar = &entry
	return m, nil
}

// reasonOf is why a briefing was called off.
func reasonOf(events []ledger.Event) (string, error) {
	for _, e := range events {
		if e.Kind == briefing.WasCancelled {
			var said briefing.Ruled
			err := e.Decode(&said)
			return said.Reason, err
		}
	}
	return "", nil
}

// Trial writes a letter by which somebody sees that letters come.
func (c Composer) Trial(p account.Person, now time.Time) Message {
	lang, _ := text.ParseLang(p.Language)
	t := func(key string, args ...any) string { return c.Texts.T(lang, key, args...) }
	id := fmt.Sprintf("trial-%d.%d@%s", p.ID, now.UnixMicro(), c.host())
	return Message{
		ID: id, Thread: id, Name: line(p.Name), Address: p.Email, Lang: lang, Date: now, Opening: t("letter.dear", "name", line(p.Name)),
		Subject: t("letter.trial"), Says: t("letter.trial.says"), Path: "/settings/mail", Link: t("letter.trial.look"), Foot: t("letter.trial.foot"),
	}
}

func (c Composer) host() string {
	if parsed, err := url.Parse(c.Address); err == nil && parsed.Hostname() != "" {
		return parsed.Hostname()
	}
	return "giaoban"
}

// line is a text in one line: what stands in a head of a mail breaks nowhere.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }
