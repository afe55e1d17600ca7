package directiveui

import (
	"net/http"
	"slices"
	"strconv"

	"giaoban/internal/base/file"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
)

// editPage is the form of a draft as the template takes it.
type editPage struct {
	Form        *web.Form
	Directive   directive.Directive
	Unit        string // name of the issuing unit
	Revising    bool   // the next version of an issued directive
	Levels      []levelField
	Acknowledge []web.Option
	Milestones  []milestoneRow
	File        *file.File
	Accept      string // extensions of files
	SavedBy     string // who saved last, when it was somebody else
	Saved       bool
	Other       text.Lang // the language that is not the page's
	Conflict    []change  // how the form differs from what somebody else saved
	Conflicted  bool
	Secrecies   []web.Option
	Urgencies   []web.Option
}

// levelField is the deadline of one level.
type levelField struct{ Key, Label string }

// milestoneRow is the place of one milestone in the form.
type milestoneRow struct {
	At         string // "milestones.0"
	Index      int
	Number     int // from 1, for people
	Indicators []indicatorRow
}

// indicatorRow is the place of one indicator in the form.
type indicatorRow struct {
	At       string // "milestones.0.indicators.2"
	Button   string // "0.2", for the values of buttons
	Number   int
	Kinds    []web.Option
	Decimals []web.Option
	NotOver  []web.Option
}

// renderEdit shows the form. What stands in it decides which rows there are.
func (s *screens) renderEdit(r *web.Request, w writing, status int, form *web.Form, conflict []change) error {
	data := s.editPage(r, w, form)
	data.Conflict, data.Conflicted = conflict, conflict != nil
	title := data.title(r)
	r.Layout().Crumb(r.T("directives.title"), "/directives").Crumb(title, "").Title = title
	r.Layout().Script("directive/directive.ts").Rail = "/directives"
	return r.RenderStatus(status, s.edit, data)
}

// renderForm answers a script with the form alone, filled from the draft.
func (s *screens) renderForm(r *web.Request, w writing) error {
	if err := r.View(func(q store.Querier) error { return w.surround(r.Context(), q, r.Actor) }); err != nil {
		return err
	}
	return r.RenderPart(s.edit, "sheet", s.editPage(r, w, s.filled(r, w)))
}

// renderConflict shows the form as its writer left it, with how it differs from
// what somebody else saved meanwhile. Saving once more keeps the writer's.
func (s *screens) renderConflict(r *web.Request, form *web.Form, draft directive.Draft) error {
	w, err := s.write(r)
	if err != nil {
		return err
	}
	form.Errors = nil
	differs := changes(r, w.profile, directive.Changes(w.directive.Draft.Document, draft.Document))
	if differs == nil {
		differs = []change{}
	}
	return s.renderEdit(r, w, http.StatusConflict, form, differs)
}

func (p editPage) title(r *web.Request) string {
	switch {
	case p.Revising:
		return r.T("directives.edit.revising", "number", p.Directive.Document.Number)
	case p.Directive.Draft.Document.Number != "":
		return r.T("directives.edit.title", "number", p.Directive.Draft.Document.Number)
	}
	return r.T("directives.edit.untitled")
}

func (s *screens) editPage(r *web.Request, w writing, form *web.Form) editPage {
	unit, _ := r.Actor.Tree.Unit(w.directive.Unit)
	p := editPage{
		Form: form, Directive: w.directive, Unit: unit.Name, Revising: w.directive.Version > 0,
		File: w.file, Accept: ".pdf,.docx,.xlsx,.png,.jpg,.jpeg", SavedBy: w.savedBy,
		Saved: w.directive.Revision > 1, Other: text.EN, Secrecies: r.Secrecies(), Urgencies: r.Urgencies(),
	}
	if r.Lang == text.EN {
		p.Other = text.VI
	}
	for _, level := range w.levels {
		p.Levels = append(p.Levels, levelField{Key: level.Key, Label: text.Capital(level.Name.In(r.Lang))})
		p.Acknowledge = append(p.Acknowledge, web.Option{Value: level.Key, Label: text.Capital(level.Plural.In(r.Lang))})
	}
	for i := 0; form.Values.Has(at("milestones", i) + ".key"); i++ {
		p.Milestones = append(p.Milestones, milestoneAt(r, form, i))
	}
	return p
}

func milestoneAt(r *web.Request, form *web.Form, i int) milestoneRow {
	field := at("milestones", i)
	m := milestoneRow{At: field, Index: i, Number: i + 1}
	numbers := numbersAt(form, field)
	for j := 0; form.Values.Has(at(field+".indicators", j) + ".key"); j++ {
		row := indicatorRow{
			At: at(field+".indicators", j), Button: strconv.Itoa(i) + "." + strconv.Itoa(j), Number: j + 1,
		}
		for _, kind := range kinds {
			row.Kinds = append(row.Kinds, web.Option{Value: string(kind), Label: r.T("directives.kind." + string(kind))})
		}
		for n := range text.MostDecimals + 1 {
			digits := strconv.Itoa(n)
			row.Decimals = append(row.Decimals, web.Option{Value: digits, Label: digits})
		}
		own := form.Text(row.At + ".key")
		row.NotOver = append([]web.Option{{Label: r.T("directives.indicator.not-over.none")}},
			slices.DeleteFunc(slices.Clone(numbers), func(o web.Option) bool { return o.Value == own })...)
		m.Indicators = append(m.Indicators, row)
	}
	return m
}

// numbersAt are the numbers of a milestone, by which another can be bounded.
func numbersAt(form *web.Form, field string) []web.Option {
	var list []web.Option
	for j := 0; form.Values.Has(at(field+".indicators", j) + ".key"); j++ {
		one := at(field+".indicators", j)
		if form.Text(one+".kind") == string(profile.Number) && form.Has(one+".name") {
			list = append(list, web.Option{Value: form.Text(one + ".key"), Label: form.Text(one + ".name")})
		}
	}
	return list
}

// kinds of indicators in the order in which they are offered.
var kinds = []profile.IndicatorKind{profile.Number, profile.Date, profile.YesNo, profile.Choice, profile.Text}
