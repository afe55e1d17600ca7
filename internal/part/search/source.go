package search

import (
	"context"
	"slices"
	"strings"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// source is a part whose things can be found, by the word with which its subjects
// in the log begin.
type source struct {
	kinds []ledger.Kind // of events that change words or readers
	read  func(ctx context.Context, q store.Querier, id int64) ([]entry, error)
}

var sources = map[string]source{
	"directive": {[]ledger.Kind{directive.Issued, directive.Revised, directive.Closed}, ofDirective},
	"report":    {[]ledger.Kind{report.Submitted, report.Told, report.Returned, report.TellingWithdrawn}, ofReport},
	"difficulty": {[]ledger.Kind{
		difficulty.WasRaised, difficulty.WordGiven, difficulty.WasAnswered, difficulty.HandedUp, difficulty.HandedOver,
		difficulty.WentUp, difficulty.WasReopened, difficulty.WasWithdrawn, difficulty.WasInherited,
	}, ofDifficulty},
	"task": {[]ledger.Kind{task.WasGiven, task.WasWithdrawn, task.WasInherited}, ofTask},
	"briefing": {[]ledger.Kind{
		briefing.WasCalled, briefing.WasChanged, briefing.AgendaSet, briefing.SiteBrought, briefing.HandoutGiven,
		briefing.HandoutWithdrawn, briefing.MinutesSigned,
	}, ofBriefing},
}

// changes says whether an event can change what is found. Most reports are figures
// without a word, and a country sends a million: they are told by the event alone.
func changes(e ledger.Event) bool {
	sort, _, _ := strings.Cut(e.Subject, ":")
	if !slices.Contains(sources[sort].kinds, e.Kind) {
		return false
	}
	switch e.Kind {
	case report.Submitted, report.Told:
		var sent struct {
			Version int    `json:"version"`
			Content string `json:"content"`
		}
		return e.Decode(&sent) != nil || sent.Version > 1 || hasWords(sent.Content)
	}
	return true
}

// hasWords says whether values by indicator may have words among them: a value with
// a space in it. Figures, days and choices have none.
func hasWords(content string) bool { return strings.Contains(content, " ") }

func ofDirective(ctx context.Context, q store.Querier, id int64) ([]entry, error) {
	d, err := directive.Get(ctx, q, id)
	if err != nil || d.State == directive.Drafted {
		return nil, err
	}
	body := []string{d.Document.Text}
	for _, m := range d.Document.Milestones {
		body = append(body, m.Name.In(text.VI))
	}
	return []entry{{
		kind: Directive, about: d.ID, unit: d.Unit, at: d.IssuedAt, title: titled(d.Document.Number, d.Document.Title), body: lines(body...),
		readers: []tree.UnitID{d.Unit}, below: d.Unit,
	}}, nil
}

// ofReport gives a unit's newest version at a milestone, where it has words.
func ofReport(ctx context.Context, q store.Querier, id int64) ([]entry, error) {
	r, err := report.Get(ctx, q, id)
	if err != nil {
		return nil, err
	}
	newest, _, err := report.Latest(ctx, q, r.Slot)
	if err != nil || newest.ID != r.ID || r.State == report.Withdrawn {
		return nil, err
	}
	d, err := directive.Get(ctx, q, r.Directive)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(d.Document.Milestones, func(m directive.Milestone) bool { return m.Key == r.Milestone })
	if at < 0 {
		return nil, nil
	}
	m, values := d.Document.Milestones[at], r.Values()
	body := []string{r.Reason}
	for _, indicator := range m.Indicators {
		if indicator.Kind == profile.Text {
			body = append(body, values[indicator.Key])
		}
	}
	said := lines(body...)
	if said == "" {
		return nil, nil
	}
	return []entry{{
		kind: Report, about: r.ID, within: d.ID, unit: r.Unit, at: r.SubmittedAt, title: titled(d.Document.Number, m.Name.In(text.VI)), body: said,
		readers: []tree.UnitID{r.Unit},
	}}, nil
}

func ofDifficulty(ctx context.Context, q store.Querier, id int64) ([]entry, error) {
	d, err := difficulty.Get(ctx, q, id)
	if err != nil || d.State == difficulty.Withdrawn {
		return nil, err
	}
	e := entry{
		kind: Difficulty, about: d.ID, within: d.Directive, unit: d.Unit, at: d.RaisedAt, title: d.Title, readers: []tree.UnitID{d.Unit, d.At},
	}
	steps, err := difficulty.Steps(ctx, q, id)
	body := []string{d.Obstacle, d.Needs}
	for _, step := range steps {
		body = append(body, step.Text)
		e.readers = append(e.readers, step.By) // an office that had it may read it still
	}
	e.readers = slices.DeleteFunc(e.readers, func(unit tree.UnitID) bool { return unit == 0 })
	e.body = lines(body...)
	return []entry{e}, err
}

// ofTask gives a task. Its units can be tens of thousands, all below the unit that
// gives it: which of them have a share, the task knows.
func ofTask(ctx context.Context, q store.Querier, id int64) ([]entry, error) {
	t, err := task.Get(ctx, q, id)
	if err != nil || t.State == task.Withdrawn {
		return nil, err
	}
	return []entry{{
		kind: Task, about: t.ID, unit: t.Giver, at: t.GivenAt, title: t.Title, body: lines(t.Text, t.Source.Title),
		readers: []tree.UnitID{t.Giver, t.Verifier}, below: t.Giver,
	}}, nil
}

// ofBriefing gives a briefing with its agenda, its papers, and its minutes once they
// are signed.
func ofBriefing(ctx context.Context, q store.Querier, id int64) ([]entry, error) {
	b, err := briefing.Get(ctx, q, id)
	if err != nil {
		return nil, err
	}
	sites, err := briefing.Sites(ctx, q, id)
	if err != nil {
		return nil, err
	}
	items, err := briefing.Items(ctx, q, id)
	if err != nil {
		return nil, err
	}
	readers := []tree.UnitID{b.Unit}
	for _, s := range sites {
		readers = append(readers, s.Unit)
	}
	body := []string{b.Asked}
	for _, item := range items {
		body = append(body, item.Title)
	}
	list := []entry{{kind: Briefing, about: b.ID, unit: b.Unit, at: b.Begins, title: b.Title, body: lines(body...), readers: readers}}
	papers, err := briefing.Handouts(ctx, q, id)
	if err != nil {
		return nil, err
	}
	for _, h := range papers {
		newest := h.Versions[0]
		list = append(list, entry{
			kind: Handout, about: h.ID, within: b.ID, unit: h.Unit, at: newest.At, title: h.Title, body: lines(newest.File.Name, b.Title), readers: readers,
		})
	}
	minutes, err := briefing.MinutesOf(ctx, q, id)
	if err != nil || !minutes.Signed() {
		return list, err
	}
	said := []string{}
	for _, section := range minutes.Body.Sections {
		said = append(said, section.Title, section.Text)
	}
	return append(list, entry{
		kind: Minutes, about: b.ID, within: b.ID, unit: b.Unit, at: minutes.SignedAt, title: titled(minutes.Body.Letterhead.Number, b.Title), body: lines(said...), readers: readers,
	}), nil
}

// titled puts a number before a title.
func titled(number, title string) string {
	if number == "" {
		return title
	}
	return number + " · " + title
}

// lines are texts one below the other, without the empty ones.
func lines(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n")
}
