package news

import (
	"fmt"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/part/news/prose"
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
	paragraph(prose.Run{Text: say("news.report.chair", "chair", m.Chair, "sites", m.Sites)})
	if len(m.Figures) > 0 {
		line := prose.Line{{Text: say("news.report.figures", "as", text.Moment(lang, m.As, zone)) + " "}}
		for i, f := range m.Figures {
			if i > 0 {
				line = append(line, prose.Run{Text: "; "})
			}
			line = append(line, f.runs(lang)...)
		}
		paragraph(append(line, prose.Run{Text: "."})...)
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
	day := text.Date(lang, clock.DateOf(m.Began, zone))
	return Text{Headline: m.Title, Lead: say("news.report.lead", "day", day, "host", m.Host, "title", m.Title), Body: field}, nil
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
