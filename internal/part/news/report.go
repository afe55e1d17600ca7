package news

import (
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/part/news/prose"
)

// Meeting is what an article about a briefing is begun from.
type Meeting struct {
	Title       string
	Source      string // of whoever writes, before the lead; "" for none
	Host        string // the unit that held it
	Chair       string // name and post
	Began       time.Time
	Sites       int // beside the host's, that were there
	Figures     []Figure
	As          time.Time // of the figures; zero where there are none
	Conclusions []string  // approved, in their order
}

// Figure is how far all units of a level below the host had come.
type Figure struct {
	Of               prose.Figure // where it is looked up again, whatever its kind
	Milestone, Level string
	Done, Total      int32
}

// Report is an article about a briefing as its desk finds it: date, host, chair, sites,
// figures and conclusions in their places, to be written on. The figures are bound to
// their board.
func Report(texts *text.Catalog, lang text.Lang, zone *time.Location, m Meeting) (Text, error) {
	say := func(key string, args ...any) string { return texts.T(lang, key, args...) }
	var body prose.Document
	paragraph := func(line ...prose.Run) {
		body.Blocks = append(body.Blocks, prose.Block{Paragraph: &prose.Paragraph{Line: line}})
	}
	if len(m.Figures) > 0 {
		paragraph(prose.Run{Text: say("news.report.figures", "as", text.Moment(lang, m.As, zone))})
		list := prose.List{}
		for _, f := range m.Figures {
			list.Items = append(list.Items, prose.Item{Line: f.runs(lang)})
		}
		body.Blocks = append(body.Blocks, prose.Block{List: &list})
	}
	if len(m.Conclusions) > 0 {
		paragraph(prose.Run{Text: say("news.report.conclusions", "n", len(m.Conclusions))})
		list := prose.List{Ordered: true}
		for _, said := range m.Conclusions {
			list.Items = append(list.Items, prose.Item{Line: prose.Line{{Text: said}}})
		}
		body.Blocks = append(body.Blocks, prose.Block{List: &list})
	}
	field, _, err := body.Field()
	if err != nil {
		return Text{}, fmt.Errorf("writing the article about %q: %w", m.Title, err)
	}
	headline, lead := m.words(say, text.Date(lang, clock.DateOf(m.Began, zone)), m.Began.In(zone).Hour())
	return Text{Source: m.Source, Headline: headline, Lead: lead, Body: field}, nil
}

// words are the headline and the lead of an article about the meeting: who held what, and
// then when, where, under whom and with how many.
func (m Meeting) words(say func(key string, args ...any) string, day string, hour int) (headline, lead string) {
	what, known := m.what()
	if !known {
		what = say("news.report.meeting", "title", m.Title)
	}
	headline = say("news.report.headline", "host", m.Host, "title", m.Title)
	if known {
		headline = say("news.report.headline.held", "host", m.Host, "what", what)
	}
	lead = say("news.report.lead."+partOf(hour), "day", day, "host", m.Host, "chair", m.Chair, "what", what)
	if m.Sites > 0 {
		lead += " " + say("news.report.sites", "n", m.Sites)
	}
	return headline, lead
}

// what is the meeting's title inside of a sentence, and whether it says what kind of
// meeting it is: "Giao ban tháng 7" is then what somebody held.
func (m Meeting) what() (said string, known bool) {
	for _, kind := range []string{"Giao ban", "Hội nghị", "Họp"} {
		if rest, found := strings.CutPrefix(m.Title, kind); found {
			return strings.ToLower(kind) + rest, true
		}
	}
	return "", false
}

// partOf is the part of the day as news name it.
func partOf(hour int) string {
	switch {
	case hour < 11:
		return "morning"
	case hour < 13:
		return "noon"
	case hour < 18:
		return "afternoon"
	}
	return "evening"
}

// runs is the figure in words: "Tổ chức xong đại hội, chi bộ: 3/4".
func (f Figure) runs(lang text.Lang) prose.Line {
	bound := func(kind prose.FigureKind, n int32) prose.Run {
		of := f.Of
		of.Kind = kind
		return prose.Run{Text: text.Number(lang, int64(n)), Figure: &of}
	}
	return prose.Line{{Text: f.Milestone + ", " + f.Level + ": "}, bound(prose.Done, f.Done), {Text: "/"}, bound(prose.Total, f.Total)}
}
