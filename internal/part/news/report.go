package news

import (
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
)

// Meeting is what an article about a briefing is begun from.
type Meeting struct {
	Title       string
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
	Milestone, Level string
	Done, Total      int32
}

// Report is an article about a briefing as its desk finds it: date, host, chair, sites,
// figures and conclusions in their places, to be written on.
func Report(texts *text.Catalog, lang text.Lang, zone *time.Location, m Meeting) Text {
	say := func(key string, args ...any) string { return texts.T(lang, key, args...) }
	day := text.Date(lang, clock.DateOf(m.Began, zone))
	paragraphs := []string{say("news.report.chair", "chair", m.Chair, "sites", m.Sites)}
	if len(m.Figures) > 0 {
		var said []string
		for _, f := range m.Figures {
			said = append(said, say("news.report.figure", "milestone", f.Milestone, "level", f.Level, "done", text.Number(lang, int64(f.Done)), "total", text.Number(lang, int64(f.Total))))
		}
		paragraphs = append(paragraphs, say("news.report.figures", "as", text.Moment(lang, m.As, zone), "figures", strings.Join(said, "; ")))
	}
	if len(m.Conclusions) > 0 {
		paragraphs = append(paragraphs, say("news.report.conclusions", "n", len(m.Conclusions)))
		for i, said := range m.Conclusions {
			paragraphs = append(paragraphs, fmt.Sprintf("%d. %s", i+1, said))
		}
	}
	return Text{Headline: m.Title, Lead: say("news.report.lead", "day", day, "host", m.Host, "title", m.Title), Body: strings.Join(paragraphs, "\n\n")}
}
