package briefing

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/base/account"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
	"giaoban/internal/part/register"
)

// Official is what minutes become an official paper of.
type Official struct {
	Briefing Briefing
	Minutes  Minutes
	Record   Record // as of now; signed minutes hold their own, which counts
	Motto    string // top right, as the organisation has it; "" for none
	Host     string // the unit that holds the briefing
	Number   string // of the register; "" for the one that the secretary typed
	Zone     *time.Location
}

// MinutesPaper is the minutes as an official paper. Until the chair has signed it is
// marked as a draft.
func MinutesPaper(texts *text.Catalog, lang text.Lang, of Official) document.Paper {
	if of.Minutes.Body.Record != nil {
		of.Record = *of.Minutes.Body.Record
	}
	w := paperWriter{Official: of, texts: texts, lang: lang}
	head := of.Minutes.Body.Letterhead
	p := document.Paper{
		Lang: string(lang), Made: w.made(), Motto: of.Motto, Above: head.Above, Issuer: w.issuer(), Number: head.Number,
		Dated: w.dated(w.held()), Kind: w.say("briefing.paper.kind"), Subject: w.subject(),
		Signatures: w.signatures(), Recipients: document.Recipients{Title: w.say("briefing.paper.recipients"), Names: head.Recipients},
	}
	if of.Number != "" {
		p.Number = w.say("briefing.paper.numbered", "number", of.Number)
	}
	if !of.Minutes.Signed() {
		p.Stamp = w.say("briefing.paper.draft")
	}
	w.opening()
	w.people()
	w.agenda()
	w.sections()
	w.turns()
	w.questions()
	w.polls()
	w.closing()
	p.Body = w.body
	return p
}

// paperWriter writes the body from the top down.
type paperWriter struct {
	Official
	texts *text.Catalog
	lang  text.Lang
	body  []document.Block
	parts int // headings so far
}

func (w *paperWriter) say(key string, args ...any) string { return w.texts.T(w.lang, key, args...) }

func (w *paperWriter) add(blocks ...document.Block) { w.body = append(w.body, blocks...) }

// part begins a part, counted in Roman numerals.
func (w *paperWriter) part(title string) {
	w.parts++
	numerals := [...]string{"I", "II", "III", "IV", "V", "VI", "VII"}
	w.add(document.Heading{Level: 1, Text: numerals[w.parts-1] + ". " + title})
}

// paragraph adds a paragraph of a text.
func (w *paperWriter) paragraph(said string) { w.add(document.Paragraph{Text: said}) }

// made is when the paper became what it is, so that it stays the same file.
func (w *paperWriter) made() time.Time {
	for _, at := range []time.Time{w.Minutes.SignedAt, w.Minutes.WrittenAt, w.Record.Ended, w.Record.Opened} {
		if !at.IsZero() {
			return at
		}
	}
	return w.Briefing.Begins
}

// begun is when the meeting began, or when it is to.
func (w *paperWriter) begun() time.Time {
	if w.Record.Opened.IsZero() {
		return w.Briefing.Begins
	}
	return w.Record.Opened
}

// held is the day of the paper: of the meeting's end.
func (w *paperWriter) held() time.Time {
	if w.Record.Ended.IsZero() {
		return w.begun()
	}
	return w.Record.Ended
}

// dated is the place and a date.
func (w *paperWriter) dated(at time.Time) string {
	place := w.Minutes.Body.Letterhead.Place
	if place == "" {
		return capital(w.day(at))
	}
	return place + ", " + w.day(at)
}

// capital is words as they begin a line.
func capital(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// day writes a day as papers do: in Vietnamese with a nought before days under ten
// and before the first two months, so that nobody puts a digit there.
func (w *paperWriter) day(at time.Time) string {
	at = at.In(w.Zone)
	month := fmt.Sprint(int(at.Month()))
	if w.lang == text.VI && at.Month() <= time.February {
		month = "0" + month
	}
	day := fmt.Sprint(at.Day())
	if w.lang == text.VI {
		day = fmt.Sprintf("%02d", at.Day())
	} else {
		month = at.Month().String()
	}
	return w.say("briefing.paper.day", "day", day, "month", month, "year", fmt.Sprint(at.Year()))
}

// hour writes a moment's hour and minute in words: "08 giờ 30 phút".
func (w *paperWriter) hour(at time.Time) string {
	at = at.In(w.Zone)
	return w.say("briefing.paper.hour", "hour", fmt.Sprintf("%02d", at.Hour()), "minute", fmt.Sprintf("%02d", at.Minute()))
}

// clock writes it in figures, for tables.
func (w *paperWriter) clock(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return text.TimeOfDay(at, w.Zone)
}

// issuer is whose paper it is: the host's, unless the secretary wrote another.
func (w *paperWriter) issuer() string {
	if issuer := w.Minutes.Body.Letterhead.Issuer; issuer != "" {
		return issuer
	}
	return w.Host
}

// subject is what the meeting was: a title that says so already is not said twice.
func (w *paperWriter) subject() string {
	title := strings.TrimSpace(w.Briefing.Title)
	lower := strings.ToLower(title)
	switch {
	case strings.HasPrefix(lower, "hội nghị"):
		return w.lowered(title)
	case strings.HasPrefix(lower, "giao ban"):
		return w.say("briefing.paper.subject-short", "title", w.lowered(title))
	}
	return w.say("briefing.paper.subject") + "\n" + title
}

// lowered is a title inside a sentence.
func (w *paperWriter) lowered(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToLower(first)) + title[size:]
}

// signatures are the secretary's on the left and the chair's on the right.
func (w *paperWriter) signatures() []document.Signature {
	ink := w.say("briefing.paper.sign-here")
	secretary := document.Signature{Post: w.say("briefing.paper.secretary"), Note: ink}
	if len(w.Briefing.Secretaries) > 0 {
		secretary.Name = w.Briefing.Secretaries[0].Name
	}
	chair := document.Signature{Post: w.say("briefing.paper.chair"), Note: ink, Name: w.Briefing.Chair.Name}
	if w.Minutes.Signed() {
		how := "briefing.paper.signed"
		switch w.Minutes.Method {
		case account.ByPasskey:
			how = "briefing.paper.signed-passkey"
		case account.ByPassword:
			how = "briefing.paper.signed-password"
		case register.ByPen:
			how = "briefing.paper.signed-pen"
		case register.ByToken:
			how = "briefing.paper.signed-token"
		}
		at := w.Minutes.SignedAt
		chair.Note, chair.Name, chair.Signed = w.say(how)+"\n"+w.hour(at)+", "+w.day(at), w.Minutes.Signer, true
	}
	return []document.Signature{secretary, chair}
}
