package difficultyui

import (
	"strconv"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
)

// view is a difficulty in words.
type view struct {
	difficulty.Difficulty
	Name   string // of the unit that raised it
	Office string // that has it now
	About  string // kind, and "vấn đề phát sinh" of an incident
	Step   string // the milestone it holds back; "" for none
	Number string // of the directive
	Sign   string
	Word   string
}

// Path is where it is read.
func (v view) Path() string { return path(v.ID) }

func path(id int64) string { return "/difficulties/" + strconv.FormatInt(id, 10) }

// words puts difficulties into words.
type words struct {
	r       *web.Request
	q       store.Querier
	rules   *profile.Profile
	reading map[int64]directive.Directive // by id, each read once
}

func (w *words) views(list []difficulty.Difficulty) ([]view, error) {
	views := make([]view, len(list))
	for i, d := range list {
		var err error
		if views[i], err = w.view(d); err != nil {
			return nil, err
		}
	}
	return views, nil
}

func (w *words) view(d difficulty.Difficulty) (view, error) {
	v := view{Difficulty: d}
	unit, _ := w.r.Actor.Tree.Unit(d.Unit)
	office, _ := w.r.Actor.Tree.Unit(d.At)
	v.Name, v.Office = unit.Name, office.Name
	kind, _ := w.rules.DifficultyKind(d.Kind)
	v.About = kind.Name.In(w.r.Lang)
	if d.Sort == difficulty.Incident {
		v.About = w.r.T("difficulties.sort.incident") + " · " + v.About
	}
	v.Sign, v.Word = w.state(v)
	if d.Directive == 0 {
		return v, nil
	}
	of, err := w.directive(d.Directive)
	if err != nil {
		return v, err
	}
	v.Number = of.Document.Number
	for _, m := range of.Document.Milestones {
		if m.Key == d.Milestone {
			v.Step = m.Name.In(w.r.Lang)
		}
	}
	return v, nil
}

func (w *words) directive(id int64) (directive.Directive, error) {
	if d, known := w.reading[id]; known {
		return d, nil
	}
	d, err := directive.Get(w.r.Context(), w.q, id)
	if err == nil {
		w.reading[id] = d
	}
	return d, err
}

// state is the sign of how far it has come, and the word beside it.
func (w *words) state(v view) (sign, word string) {
	t, zone := w.r.T, w.r.Zone()
	switch v.State {
	case difficulty.Answered:
		return "waiting", t("difficulties.state.answered")
	case difficulty.Settled:
		return "done", t("difficulties.state.settled", "day", clock.DateOf(v.EndedAt, zone))
	case difficulty.Withdrawn:
		return "none", t("difficulties.state.withdrawn", "day", clock.DateOf(v.EndedAt, zone))
	}
	if v.Silent.IsZero() {
		return "late", t("difficulties.state.open", "unit", v.Office)
	}
	today, last := clock.DateOf(w.r.Now(), zone), clock.DateOf(v.Silent, zone).AddDays(-1)
	sign = "none"
	if last <= today.AddDays(1) {
		sign = "soon"
	}
	return sign, t("difficulties.state.until", "unit", v.Office, "day", text.NearDate(w.r.Lang, last, today))
}
