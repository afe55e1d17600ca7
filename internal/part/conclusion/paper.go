package conclusion

import (
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
	"giaoban/internal/part/register"
)

// Official is what a notice becomes an official paper of.
type Official struct {
	Meeting Meeting
	Notice  Notice
	Points  []Point
	Motto   string // top right, as the organisation has it; "" for none
	Host    string // the unit that held the meeting
	Zone    *time.Location
}

// Point is a conclusion in the words of a notice.
type Point struct {
	Number    int
	Title     string
	Text      string
	Who       string   // for whom it is
	Names     []string // of the units, where they were chosen one by one or by a condition
	Deadline  clock.Date
	Done      string // what counts as done
	Old       string // the title of what it replaces; "" for nothing
	OldNumber string // of the notice in which that stands
	Ends      bool
}

// NoticePaper is a notice as an official paper, by guidance 36-HD/VPTW. Until it is
// signed it is marked as a draft.
func NoticePaper(texts *text.Catalog, lang text.Lang, of Official) document.Paper {
	w := noticeWriter{Official: of, texts: texts, lang: lang}
	paper := of.Notice.Paper
	p := document.Paper{
		Lang: string(lang), Made: w.made(), Motto: of.Motto, Above: of.Notice.Head.Above, Issuer: of.Notice.Head.Issuer, Dated: w.dated(),
		Kind: w.say("conclusion.paper.kind"), Subject: of.Notice.Head.Subject, Body: w.body(), Signatures: []document.Signature{w.signature()},
		Recipients: document.Recipients{Title: w.say("conclusion.paper.recipients"), Names: of.Notice.Head.Recipients},
	}
	if paper.NumberText != "" {
		p.Number = w.say("conclusion.paper.number", "number", paper.NumberText)
	}
	if paper.State == register.Drafted {
		p.Stamp = w.say("conclusion.paper.draft")
	}
	return p
}

type noticeWriter struct {
	Official
	texts *text.Catalog
	lang  text.Lang
}

func (w noticeWriter) say(key string, args ...any) string { return w.texts.T(w.lang, key, args...) }

// made is when the paper became what it is, so that it stays the same file.
func (w noticeWriter) made() time.Time {
	if at := w.Notice.Paper.SignedAt; !at.IsZero() {
		return at
	}
	return w.Notice.PreparedAt
}

// dated is the place and the date: of its number, or while it has none of the draft.
func (w noticeWriter) dated() string {
	day := w.Notice.Paper.Dated
	if day == "" {
		day = clock.DateOf(w.Notice.PreparedAt, w.Zone)
	}
	if w.Notice.Head.Place == "" {
		return text.Capital(text.PaperDate(w.lang, day))
	}
	return w.Notice.Head.Place + ", " + text.PaperDate(w.lang, day)
}

func (w noticeWriter) body() (body []document.Block) {
	add := func(key string, args ...any) { body = append(body, document.Paragraph{Text: w.say(key, args...)}) }
	add("conclusion.paper.opening", "day", text.Date(w.lang, clock.DateOf(w.Meeting.Held, w.Zone)), "host", w.Host, "title", w.Meeting.Title, "chair", w.Meeting.Chair)
	for _, p := range w.Points {
		body = append(body, document.Heading{Level: 2, Text: w.say("conclusion.paper.point", "number", fmt.Sprint(p.Number), "title", p.Title)})
		if p.Text != "" {
			body = append(body, document.Paragraph{Text: p.Text})
		}
		if p.Ends {
			add("conclusion.paper.ends", "title", p.Old, "number", p.OldNumber)
			continue
		}
		add("conclusion.paper.to", "who", p.Who, "deadline", text.Date(w.lang, p.Deadline), "done", p.Done)
		if len(p.Names) > 0 {
			add("conclusion.paper.names", "names", strings.Join(p.Names, "; "))
		}
		if p.Old != "" {
			add("conclusion.paper.replaces", "title", p.Old, "number", p.OldNumber)
		}
	}
	add("conclusion.paper.closing", "verifier", w.Notice.Head.Issuer)
	return body
}

// signature is the block of whoever signed, or room for it.
func (w noticeWriter) signature() document.Signature {
	p := w.Notice.Paper
	name, post, _ := strings.Cut(p.Signer, ", ")
	s := document.Signature{Authority: p.Authority, Post: strings.ToUpper(post), Name: name, Signed: p.Signer != ""}
	if !s.Signed {
		return s
	}
	how := "conclusion.paper.signed"
	switch p.Method {
	case account.ByPasskey:
		how = "conclusion.paper.signed-passkey"
	case account.ByPassword:
		how = "conclusion.paper.signed-password"
	case register.ByPen:
		how = "conclusion.paper.signed-pen"
	case register.ByToken:
		how = "conclusion.paper.signed-token"
	}
	s.Note = w.say(how) + "\n" + text.Moment(w.lang, p.SignedAt, w.Zone)
	return s
}
