package reportui

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// formPage is the form of a report.
type formPage struct {
	place
	Form                 *web.Form
	Signing              *web.Signing // nil for who does not sign
	Authority            string       // of a signature for somebody else, as "K/T BÍ THƯ"
	Fields               []field
	Draft                report.Draft // as it is kept; Revision 0 when nothing is
	Secrecies, Urgencies []web.Option
	Other                *comparison // what somebody else wrote meanwhile; nil when nobody did
}

// Next is the number that the version gets once it is sent.
func (p formPage) Next() int { return p.Standing.Newest.Version + 1 }

// field is an indicator as the template asks for it.
type field struct {
	profile.Indicator
	Name    string // of the form's field
	Shape   string // of the form's field: number, date, yesno, choice, select, area
	Options []web.Option
}

// fieldPrefix keeps the names of indicators apart from the form's own fields.
const fieldPrefix = "value."

// mostRadios is how many options are all shown at once.
const mostRadios = 6

func fieldsOf(m profile.Milestone, lang text.Lang) []field {
	list := make([]field, len(m.Indicators))
	for i, one := range m.Indicators {
		f := field{Indicator: one, Name: fieldPrefix + one.Key, Shape: string(one.Kind)}
		switch one.Kind {
		case profile.Text:
			f.Shape = "area"
		case profile.Choice:
			for _, o := range one.Options {
				f.Options = append(f.Options, web.Option{Value: o.Key, Label: o.Name.In(lang)})
			}
			if len(f.Options) > mostRadios {
				f.Shape = "select"
				f.Options = append([]web.Option{{Label: "–"}}, f.Options...)
			}
		}
		list[i] = f
	}
	return list
}

// showForm is a unit's place at a milestone: the form for those who write, what
// was sent for the others.
func (s *Screens) showForm(r *web.Request) error {
	slot, err := slotOf(r)
	if err != nil {
		return err
	}
	var page formPage
	var drafted bool
	err = r.View(func(q store.Querier) (err error) {
		if page.place, err = placeOf(r, q, slot); err != nil {
			return err
		}
		page.Draft, drafted, err = report.DraftOf(r.Context(), q, slot)
		return err
	})
	if err != nil {
		return err
	}
	newest := page.Standing.Newest
	writes := s.writes(r, page.place)
	sent := newest.ID != 0 && !page.Standing.Returned()
	switch {
	case page.Standing.Provisional() && writes && !drafted && r.Query("correct") == "":
		return s.showConfirm(r, page.place)
	case newest.ID != 0 && (!writes || sent && !drafted && r.Query("correct") == ""):
		return r.See("/report/" + strconv.FormatInt(newest.ID, 10))
	case page.Level.ReportedByParent && s.reportsFor(r, page.place):
		return r.See(cellsPath(page.place))
	case !writes:
		return s.showNothing(r, page.place)
	}
	page.Form = s.filled(r, page)
	return s.renderForm(r, page, http.StatusOK)
}

// writes says whether the person may write the unit's report now.
func (s *Screens) writes(r *web.Request, p place) bool {
	return !p.Closed && p.Deadline != "" && r.Actor.May(access.ReportDraft, p.Unit) == nil
}

// filled is the form as it opens: the draft, or else the newest version, which a
// correction begins with.
func (s *Screens) filled(r *web.Request, page formPage) *web.Form {
	form := r.NewForm("report")
	values, lang := page.Standing.Newest.Values(), text.EN
	if page.Draft.Revision > 0 {
		form.Key = page.Draft.Key
		values, lang = page.Draft.Values, page.Draft.Lang
	}
	for key, typed := range shown(page.Milestone, lang, r.Lang, values) {
		form.Values.Set(fieldPrefix+key, typed)
	}
	marks := page.Of.Document.Marks // an answer is marked as what it answers, until somebody says otherwise
	if newest := page.Standing.Newest; newest.ID != 0 && !newest.Told() {
		marks = newest.Marks
	}
	form.Set("secrecy", string(marks.Secrecy)).Set("urgency", string(marks.Urgency))
	setBase(form, page.Draft.Revision, page.Standing.Newest.Version, r.Lang)
	return form
}

// setBase writes down what the form is based on: the browser keeps it with what
// is typed, so that an old copy is known for one.
func setBase(form *web.Form, revision int64, after int, lang text.Lang) {
	form.Values.Set("revision", strconv.FormatInt(revision, 10))
	form.Values.Set("after", strconv.Itoa(after))
	form.Values.Set("lang", string(lang))
}

// shown gives values, typed in one language or canonical (text.EN), as a person
// of another language types them. What is wrong stays as it stands.
func shown(m profile.Milestone, from, to text.Lang, values map[string]string) map[string]string {
	all := make(map[string]string, len(values))
	for key, typed := range values {
		all[key] = typed
		indicator, ok := m.Indicator(key)
		if !ok {
			continue
		}
		canonical, err := indicator.Check(from, typed)
		if err == nil && canonical != "" {
			all[key] = written(indicator, to, canonical)
		}
	}
	return all
}

// written is a canonical value as a person types it into a field.
func written(i profile.Indicator, lang text.Lang, canonical string) string {
	switch i.Kind {
	case profile.Number, profile.Date:
		return i.Show(nil, lang, canonical)
	}
	return canonical
}

// typed reads the values of a sent form by indicator.
func typed(m profile.Milestone, form *web.Form) map[string]string {
	values := map[string]string{}
	for _, i := range m.Indicators {
		if value := form.Values.Get(fieldPrefix + i.Key); value != "" {
			values[i.Key] = value
		}
	}
	return values
}

// base reads what the sent form is based on.
func base(form *web.Form, fallback text.Lang) (revision int64, after int, lang text.Lang) {
	// What is no number is 0, the base of an empty form: at worst the person is
	// told of a version that has to be looked at.
	revision, _ = strconv.ParseInt(form.Values.Get("revision"), 10, 64)
	after, _ = strconv.Atoi(form.Values.Get("after"))
	lang, ok := text.ParseLang(form.Values.Get("lang"))
	if !ok {
		lang = fallback
	}
	return revision, after, lang
}

// renderForm shows the form, with its errors where it has any.
func (s *Screens) renderForm(r *web.Request, page formPage, status int) error {
	actor, err := s.toSign(r, page.Slot)
	if err != nil {
		return err
	}
	if page.Signing, err = s.signing(r, actor, page.Form, page.Unit); err != nil {
		return err
	}
	page.Authority = account.As(actor, access.ReportSubmit, page.Unit, "").Authority
	page.Secrecies, page.Urgencies = r.Secrecies(), r.Urgencies()
	page.Fields = fieldsOf(page.Milestone, r.Lang)
	layout := r.Layout()
	layout.Title = page.Milestone.Name.In(r.Lang) + " · " + page.At.Name
	layout.Narrow, layout.Rail = true, "/work"
	layout.Crumb(r.T("reportui.work"), "/work").Crumb(page.Milestone.Name.In(r.Lang), "")
	layout.Script("report/form.ts")
	return r.RenderStatus(status, s.form, page)
}

// nothingPage says that a unit has reported nothing yet.
type nothingPage struct {
	place
	MayTell      bool
	StandingPath string // where the person decides on the unit's standing; "" for nowhere
	ListPath     string // where the person enters a list of what units told; "" for nowhere
}

// showNothing says that a unit has reported nothing yet, to those who only read.
func (s *Screens) showNothing(r *web.Request, p place) error {
	layout := r.Layout()
	layout.Title = p.Milestone.Name.In(r.Lang) + " · " + p.At.Name
	layout.Narrow, layout.Rail = true, "/board"
	layout.Crumb(r.T("reportui.board"), p.Board()).Crumb(p.At.Name, "")
	page := nothingPage{place: p, MayTell: mayTell(r, p), StandingPath: standingPath(r, p)}
	if office, works := officeFor(r, p.Unit); works && page.MayTell {
		page.ListPath = listPage{Slot: report.Slot{Directive: p.Directive, Milestone: p.Slot.Milestone, Unit: office.ID}}.Path()
	}
	return r.Render(s.nothing, page)
}

// comparison is two texts of one report side by side.
type comparison struct {
	Message string
	Rows    []compared
	Sent    int64 // the report that was sent meanwhile; 0 for a draft
}

// compared is one indicator in both texts.
type compared struct {
	Name         string
	Theirs, Mine string
	Differs      bool
}

// compare lays the text that stands beside what the person typed. The form is
// based on the other text from now on: what is sent next is sent knowing it.
func (s *Screens) compare(r *web.Request, page *formPage, overtaken *report.Overtaken) {
	standing, from := overtaken.Draft.Values, overtaken.Draft.Lang
	_, _, lang := base(page.Form, r.Lang)
	if overtaken.Report.ID != 0 {
		standing, from = overtaken.Report.Values(), text.EN
	}
	theirs, mine := shown(page.Milestone, from, r.Lang, standing), typed(page.Milestone, page.Form)
	page.Other = &comparison{Message: message(r, overtaken), Sent: overtaken.Report.ID}
	for _, i := range page.Milestone.Indicators {
		row := compared{Name: i.Name.In(r.Lang), Theirs: readable(r, i, theirs[i.Key]), Mine: readable(r, i, mine[i.Key])}
		row.Differs = row.Theirs != row.Mine
		page.Other.Rows = append(page.Other.Rows, row)
	}
	page.Form.Key = report.NewKey()
	if overtaken.Draft.Revision > 0 {
		page.Form.Key = overtaken.Draft.Key
	}
	setBase(page.Form, overtaken.Draft.Revision, max(page.Standing.Newest.Version, overtaken.Report.Version), lang)
}

// message is what a person is told who was overtaken.
func message(r *web.Request, overtaken *report.Overtaken) string {
	told := fault.All(overtaken)[0]
	return r.T(told.Key, told.Args...)
}

// readable is a typed value in words: an option by its name, yes and no.
func readable(r *web.Request, i profile.Indicator, typed string) string {
	switch i.Kind {
	case profile.YesNo:
		if typed == "yes" || typed == "no" {
			return r.T("web." + typed)
		}
	case profile.Choice:
		if at := slices.IndexFunc(i.Options, func(o profile.Option) bool { return o.Key == typed }); at >= 0 {
			return i.Options[at].Name.In(r.Lang)
		}
	}
	return typed
}

// asOvertaken finds who was faster in an error; nil when nobody was.
func asOvertaken(err error) *report.Overtaken {
	var overtaken *report.Overtaken
	if errors.As(err, &overtaken) {
		return overtaken
	}
	return nil
}
