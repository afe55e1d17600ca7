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
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/register"
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
	"task":  {[]ledger.Kind{task.WasGiven, task.WasWithdrawn, task.WasInherited}, ofTask},
	"paper": {[]ledger.Kind{register.WasDrafted, register.WasNumbered, register.WasIssued, register.WasCancelled}, ofPaper},
	"briefing": {[]ledger.Kind{
		briefing.WasCalled, briefing.WasChanged, briefing.AgendaSet, briefing.SiteBrought, briefing.HandoutGiven,
		briefing.HandoutWithdrawn, briefing.MinutesSigned, briefing.MinutesReturned, briefing.MinutesIssued,
	}, ofBriefing},
}

// owner is the subject of whose entries an event can change something; ok is false for
// one that changes nothing that is found. Conclusions and their notices belong to the
// meeting in which they were drawn.
func owner(e ledger.Event) (subject string, ok bool, err error) {
	if meeting, ok, err := conclusion.MeetingOf(e); ok || err != nil {
		return briefing.Subject(meeting), ok, err
	}
	return e.Subject, changes(e), nil
}

// changes says whether an event can change what is found about its subject. Most reports
// are figures without a word, and a country sends a million: they are told by the event
// alone.
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

// firstVersion is the subject of the first version of a report: what is found of a unit's
// report at a milestone is one thing, whichever version it is.
func firstVersion(ctx context.Context, q store.Querier, id int64) (subject string, err error) {
	r, err := report.Get(ctx, q, id)
	if err != nil {
		return "", err
	}
	versions, err := report.Versions(ctx, q, r.Slot)
	if err != nil {
		return "", err
	}
	return versions[len(versions)-1].Subject(), nil
}

// ofReport gives the newest version of a unit's report at a milestone, where it has
// words.
func ofReport(ctx context.Context, q store.Querier, id int64) ([]entry, error) {
	r, err := report.Get(ctx, q, id)
	if err != nil {
		return nil, err
	}
	if r, _, err = report.Latest(ctx, q, r.Slot); err != nil || r.State == report.Withdrawn {
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

// ofPaper gives a paper of a unit's register. An issued notice, and minutes, are found with
// their meeting, by whoever had a seat there.
func ofPaper(ctx context.Context, q store.Querier, id int64) ([]entry, error) {
	p, err := register.Get(ctx, q, id)
	notice := p.Kind == conclusion.Kind && p.State == register.Issued
	_, minutes := briefing.MinutesNamed(p.Subject)
	if err != nil || p.State == register.Cancelled || notice || minutes {
		return nil, err
	}
	return []entry{{kind: Paper, about: p.ID, unit: p.Unit, at: p.DraftedAt, title: titled(p.NumberText, p.Title), readers: []tree.UnitID{p.Unit}}}, nil
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
