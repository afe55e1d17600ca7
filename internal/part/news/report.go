package news

import (
	"fmt"
	"strconv"
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
	Chair       string // name, and the post behind a comma
	Began       time.Time
	Sites       int // beside the host's, that were there
	Figures     []Figure
	As          time.Time // of the figures; zero where there are none
	Conclusions []string  // approved, in their order
}

// Figure is how far all units of a level below the host had come.
type Figure struct {
	Of               prose.Figure // where it is looked up again, whatever its kind
	Milestone, Level string       // its name, and that of the units in the plural
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
		paragraph(prose.Run{Text: asOfWords(say, lang, m.As.In(zone))})
		body.Blocks = append(body.Blocks, prose.Block{List: &prose.List{Items: m.lines(lang)}})
	}
	if len(m.Conclusions) > 0 {
		name, _, _ := strings.Cut(m.Chair, ",")
		paragraph(prose.Run{Text: say("news.report.conclusions", "n", len(m.Conclusions), "chair", name)})
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
	if strings.HasPrefix(what, "giao ban") { // which is done; what somebody chairs is a meeting
		what = say("news.report.held", "what", what)
	}
	chair := m.Chair
	if strings.Contains(chair, ",") {
		chair += "," // behind the post that was put in
	}
	lead = say("news.report.lead."+partOf(hour), "day", day, "host", m.Host, "chair", chair, "what", what)
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

// asOfWords say as of when the figures are.
func asOfWords(say func(key string, args ...any) string, lang text.Lang, as time.Time) string {
	hour := strconv.Itoa(as.Hour())
	at := say("news.report.time", "hour", hour, "minute", as.Format("04"))
	if as.Minute() == 0 {
		at = say("news.report.hour", "hour", hour)
	}
	return say("news.report.figures", "time", at, "day", text.Date(lang, clock.DateOf(as, as.Location())))
}

// lines are the figures in words, a line for each milestone: "Tổ chức xong đại hội:
// 3.226/3.236 tổ chức cơ sở đảng (99,7 %); 417/1.297 đảng bộ cấp trên trực tiếp cơ sở (32,2 %)".
func (m Meeting) lines(lang text.Lang) (list []prose.Item) {
	for i, f := range m.Figures {
		if i == 0 || f.Milestone != m.Figures[i-1].Milestone {
			list = append(list, prose.Item{Line: prose.Line{{Text: f.Milestone + ": "}}})
		} else {
			last := &list[len(list)-1]
			last.Line = append(last.Line, prose.Run{Text: "; "})
		}
		last := &list[len(list)-1]
		last.Line = append(last.Line, f.runs(lang)...)
	}
	return list
}

// runs is the figure in words: "3/4 chi bộ trực thuộc (75 %)".
func (f Figure) runs(lang text.Lang) prose.Line {
	bound := func(kind prose.FigureKind, said string) prose.Run {
		of := f.Of
		of.Kind = kind
		return prose.Run{Text: said, Figure: &of}
	}
	return prose.Line{
		bound(prose.Done, text.Number(lang, int64(f.Done))),
		{Text: "/"},
		bound(prose.Total, text.Number(lang, int64(f.Total))),
		{Text: " " + f.Level + " ("},
		bound(prose.Percent, text.Percent(lang, int(f.Done), int(f.Total))),
		{Text: ")"},
	}
}
