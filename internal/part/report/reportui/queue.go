package reportui

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// queuePage is what waits for a unit's decision.
type queuePage struct {
	Unit   tree.Unit
	Filter report.Filter
	Rows   []queued
	Asked  []choice // directives and milestones to choose from
	Chosen string   // of them
	Form   *web.Form
	Return *web.Form
	Shown  int // at most mostQueued at once
	Total  int
	Units  []queueUnit // of somebody who decides for several; none otherwise
	// Deputy is as whose deputy the person decides; only what has waited too long is
	// listed then. The zero Deputy for a leader.
	Deputy org.Deputy
}

// Filtered says whether something is left out.
func (p queuePage) Filtered() bool { return p.Filter != report.Filter{} }

// queueUnit is a unit for which the person decides.
type queueUnit struct {
	Name, Path string
	Current    bool
}

// queueUnits are the units for which the person decides, when there are several.
func queueUnits(r *web.Request, shown tree.UnitID) []queueUnit {
	units := r.Actor.Units(access.ReportDecide)
	if len(units) < 2 {
		return nil
	}
	var list []queueUnit
	for _, id := range units {
		unit, _ := r.Actor.Tree.Unit(id)
		list = append(list, queueUnit{unit.Name, queuePath(id), id == shown})
	}
	return list
}

// choice is a directive's milestone in the filter.
type choice struct{ Value, Label string }

// queued is one waiting report.
type queued struct {
	report.Queued
	Number    string // of the directive
	Milestone string
	Values    []value
	Deadline  clock.Date
	Late      bool // sent after the deadline
}

// mostQueued is how many reports a page shows at once: more are not decided in
// one sitting, and the first to come stand first.
const mostQueued = 200

// chooseQueue leads to the queue of the unit that the person decides for.
func (s *Screens) chooseQueue(r *web.Request) error {
	units := r.Actor.Units(access.ReportDecide)
	if len(units) == 0 {
		return r.Actor.May(access.ReportDecide, r.Actor.Home())
	}
	return r.See(queuePath(units[0]))
}

func queuePath(unit tree.UnitID) string { return "/queue/" + strconv.FormatInt(int64(unit), 10) }

func (s *Screens) showQueue(r *web.Request) error {
	return s.renderQueue(r, r.NewForm("queue"), http.StatusOK)
}

func (s *Screens) renderQueue(r *web.Request, form *web.Form, status int) error {
	id, err := r.ID("unit")
	if err != nil {
		return err
	}
	unit := tree.UnitID(id)
	page := queuePage{Form: form, Return: r.NewForm("return"), Chosen: r.Query("asked")}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	if err := r.Actor.May(access.ReportDecide, unit); err != nil {
		if page.Deputy, err = s.deputy(r, unit); err != nil {
			return err
		}
		if page.Deputy.Unit == 0 {
			return fault.New(fault.Forbidden, "access.refused")
		}
	}
	page.Filter = report.Filter{Words: r.Query("q")}
	page.Filter.Directive, page.Filter.Milestone = chosen(page.Chosen)
	err = r.View(func(q store.Querier) error { return page.read(r, q) })
	if err != nil {
		return err
	}
	page.Units = queueUnits(r, unit)
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("reportui.queue"), "/queue"
	layout.Crumb(r.T("reportui.work"), "/work").Crumb(r.T("reportui.queue"), "")
	layout.Script("report/queue.ts")
	return r.RenderStatus(status, s.queue, page)
}

// chosen reads what the filter names: a directive, or one of its milestones.
func chosen(value string) (directive int64, milestone string) {
	id, milestone, _ := strings.Cut(value, ".")
	// What is no number names no directive, and everything is shown.
	directive, _ = strconv.ParseInt(id, 10, 64)
	if directive == 0 {
		return 0, ""
	}
	return directive, milestone
}

func (p *queuePage) read(r *web.Request, q store.Querier) error {
	list, err := report.Queue(r.Context(), q, p.Unit.ID, p.Filter)
	if err != nil {
		return err
	}
	list = p.turn(r, list)
	p.Total, p.Shown = len(list), min(len(list), mostQueued)
	known := map[int64]*asked{}
	for _, one := range list[:p.Shown] {
		row, err := p.row(r, q, known, one)
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, row)
	}
	return p.choices(r, q, known)
}

// turn leaves a deputy what the leader has not decided in time.
func (p *queuePage) turn(r *web.Request, list []report.Queued) []report.Queued {
	if p.Deputy.Unit == 0 {
		return list
	}
	return slices.DeleteFunc(list, func(one report.Queued) bool { return !p.Deputy.Turn(one.SubmittedAt, r.Now()) })
}

// asked is a directive with what units below have tightened, and what those
// directly below are by a decision.
type asked struct {
	directive.Directive
	tightened []directive.DeadlineTightened
	apart     []directive.Standing
}

func (p *queuePage) row(r *web.Request, q store.Querier, known map[int64]*asked, one report.Queued) (queued, error) {
	of, err := p.askedOf(r, q, known, one.Directive)
	if err != nil {
		return queued{}, err
	}
	row := queued{Queued: one, Number: of.Document.Number, Milestone: one.Slot.Milestone}
	milestone, _ := milestoneOf(of.Directive, one.Slot.Milestone)
	row.Milestone = milestone.Name.In(r.Lang)
	path := directive.PathTo(r.Actor.Tree, of.Unit, one.Unit)
	row.Deadline = directive.Effective(of.Document, of.tightened, one.Slot.Milestone, one.Level, path)
	row.Deadline = directive.StandingAt(of.apart, of.ID, one.Slot.Milestone, one.Unit).Deadline(row.Deadline)
	row.Late = one.SentLate(row.Deadline, r.Zone())
	row.Values = valuesOf(r, milestone, one.Report)
	return row, nil
}

func (p *queuePage) askedOf(r *web.Request, q store.Querier, known map[int64]*asked, id int64) (*asked, error) {
	if of, ok := known[id]; ok {
		return of, nil
	}
	d, err := directive.Get(r.Context(), q, id)
	if err != nil {
		return nil, err
	}
	set, err := directive.Deadlines(r.Context(), q, id)
	if err != nil {
		return nil, err
	}
	apart, err := directive.ChildStandings(r.Context(), q, id, p.Unit.ID)
	if err != nil {
		return nil, err
	}
	known[id] = &asked{d, set, apart}
	return known[id], nil
}

// choices are the directives and milestones of what waits, whatever the filter
// leaves out.
func (p *queuePage) choices(r *web.Request, q store.Querier, known map[int64]*asked) error {
	all, err := report.Queue(r.Context(), q, p.Unit.ID, report.Filter{})
	if err != nil {
		return err
	}
	for _, one := range p.turn(r, all) {
		of, err := p.askedOf(r, q, known, one.Directive)
		if err != nil {
			return err
		}
		milestone, _ := milestoneOf(of.Directive, one.Slot.Milestone)
		c := choice{fmt.Sprintf("%d.%s", one.Directive, one.Slot.Milestone), of.Document.Number + " · " + milestone.Name.In(r.Lang)}
		if !slices.Contains(p.Asked, c) {
			p.Asked = append(p.Asked, c)
		}
	}
	return nil
}

// acceptSeveral accepts what is ticked. What cannot be accepted any more is
// named; the rest is accepted all the same.
func (s *Screens) acceptSeveral(r *web.Request) error {
	id, err := r.ID("unit")
	if err != nil {
		return err
	}
	form, err := r.Posted("queue")
	if err != nil {
		return err
	}
	ids := ticked(form)
	if len(ids) == 0 {
		form.Wrong(fault.New(fault.Invalid, "reportui.none-ticked"))
		return s.renderQueue(r, form, form.Status())
	}
	decider, err := s.decider(r, tree.UnitID(id))
	if err != nil {
		return err
	}
	var accepted []report.Report
	var refused fault.List
	err = r.Update(func(tx *ledger.Tx) (err error) {
		accepted, refused, err = report.AcceptAll(r.Context(), tx, r.Actor, ids, decider)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.explain(r, form, refused); err != nil {
		return err
	}
	if len(accepted) > 0 {
		r.Notice("reportui.accepted-several", "n", len(accepted))
	}
	if !form.OK() {
		return s.renderQueue(r, form, http.StatusConflict)
	}
	return r.See(r.Back(queuePath(tree.UnitID(id))))
}

// explain adds what could not be accepted to the form, each with its unit.
func (s *Screens) explain(r *web.Request, form *web.Form, refused fault.List) error {
	for _, f := range refused {
		id, err := strconv.ParseInt(strings.TrimPrefix(f.Field, "report."), 10, 64)
		if err != nil {
			return fmt.Errorf("reading which report was refused: %w", err)
		}
		name := "?"
		err = r.View(func(q store.Querier) error {
			of, err := report.Get(r.Context(), q, id)
			if err == nil && r.Actor.May(access.ReportRead, of.Unit) == nil {
				name = s.name(r, of.Unit)
			}
			return err
		})
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		form.Wrong(fault.New(f.Kind, "reportui.refused-one", "unit", name, "why", r.T(f.Key, f.Args...)))
	}
	return nil
}

// ticked are the reports that were ticked in the queue.
func ticked(form *web.Form) []int64 {
	var ids []int64
	for _, value := range form.All("report") {
		if id, err := strconv.ParseInt(value, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// valuesOf lays out what a version reports, in the order of its milestone; what
// the directive no longer asks for stands at the end under its key.
func valuesOf(r *web.Request, m profile.Milestone, of report.Report) []value {
	return valuesIn(r, m, of.Values())
}

// valuesIn is valuesOf for canonical values.
func valuesIn(r *web.Request, m profile.Milestone, values map[string]string) []value {
	left := maps.Clone(values)
	var list []value
	for _, i := range m.Indicators {
		canonical, ok := left[i.Key]
		delete(left, i.Key)
		if !ok {
			continue
		}
		shown := readable(r, i, canonical)
		if i.Kind == profile.Number || i.Kind == profile.Date {
			shown = i.Show(nil, r.Lang, canonical)
		}
		list = append(list, value{i.Name.In(r.Lang), shown, i.Unit.In(r.Lang), strings.Contains(shown, "\n")})
	}
	for _, key := range slices.Sorted(maps.Keys(left)) {
		list = append(list, value{Name: key, Shown: left[key]})
	}
	return list
}
