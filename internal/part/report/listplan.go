package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// ListOptions say how a list of what units told is to be understood.
type ListOptions struct {
	Directive int64
	Milestone string
	By        tree.UnitID // whose office enters it: the list tells of units below
	// Source, Said and At hold for the rows that do not say their own. The zero At
	// is the present moment.
	Source Source
	Said   string
	At     time.Time
	Lang   text.Lang // in which numbers are typed, where the headings do not tell
	Zone   *time.Location
	Now    time.Time
}

// ListPlan is what a list would enter on behalf of units. A plan with errors is
// not entered.
type ListPlan struct {
	Told      []PlannedTelling // to be entered
	Unchanged []PlannedTelling // that stand provisionally already, in the same words
	// Refused are rows of units that cannot be told for now, as they reported
	// themselves: they are left out.
	Refused []CellError
	Skipped int         // rows that tell nothing, or that the unit has not done it
	Errors  []CellError // all that is wrong with the list, from the top
}

// PlannedTelling is what a row tells.
type PlannedTelling struct {
	TellCommand
	Code, Name string // of the unit
	Sheet      string
	Cell       string // by which the row names its unit
}

// CellError is something wrong at one cell of a list. Cell is "" when it is the
// list as a whole that cannot be.
type CellError struct {
	Sheet, Cell string
	Fault       *fault.Error

	order, row, column int
}

// Conflicts says whether the plan has errors.
func (p ListPlan) Conflicts() bool { return len(p.Errors) > 0 }

// planner makes a plan of a list.
type planner struct {
	plan      *ListPlan
	actor     access.Actor
	options   ListOptions
	milestone profile.Milestone
	marks     marking.Marks // of the directive
	lang      text.Lang     // of the table that is read
	units     *unitFinder
	standings map[tree.UnitID]Standing
	apart     map[tree.UnitID][]directive.Standing
	sheets    map[string]int         // order of the sheets
	seen      map[tree.UnitID]string // the cell at which a unit was told before
}

// PlanList works out what a list would enter. Whoever may not enter anything for
// units below By is refused; so is a directive that is closed.
func PlanList(ctx context.Context, q store.Querier, actor access.Actor, list List, options ListOptions) (ListPlan, error) {
	p, err := newPlanner(ctx, q, actor, options)
	if err != nil {
		return ListPlan{}, err
	}
	for i, s := range list.Sheets {
		p.sheets[s.Name] = i
	}
	tables, wrong := list.tables(p.milestone)
	for _, one := range wrong {
		p.refuseAt(one)
	}
	for _, t := range tables {
		if !t.tells() {
			p.refuseAt(t.Cell(t.header, 0).Refuse("report.list.nothing-told"))
			continue
		}
		p.lang = cmp.Or(t.lang, options.Lang)
		for _, row := range t.rows() {
			p.row(t, row, list.Untyped)
		}
	}
	for _, errors := range [][]CellError{p.plan.Errors, p.plan.Refused} {
		slices.SortStableFunc(errors, func(a, b CellError) int {
			return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
		})
	}
	return *p.plan, nil
}

func newPlanner(ctx context.Context, q store.Querier, actor access.Actor, options ListOptions) (*planner, error) {
	if err := actor.May(access.ReportDraft, options.By); err != nil {
		return nil, err
	}
	d, err := directive.Get(ctx, q, options.Directive)
	if err != nil {
		return nil, err
	}
	if err := open(d); err != nil {
		return nil, err
	}
	milestone, ok := milestoneIn(d, options.Milestone)
	if !ok || !actor.Tree.Within(options.By, d.Unit) {
		return nil, fault.New(fault.NotFound, "report.list.no-milestone", "milestone", options.Milestone)
	}
	rules, err := org.Profile(ctx, q)
	if err != nil {
		return nil, err
	}
	p := &planner{
		plan: &ListPlan{}, actor: actor, options: options, milestone: milestone, marks: d.Document.Marks,
		units: newUnitFinder(actor.Tree, rules, milestone, options.By), sheets: map[string]int{}, apart: map[tree.UnitID][]directive.Standing{}, seen: map[tree.UnitID]string{},
	}
	if p.options.At.IsZero() {
		p.options.At = options.Now
	}
	apart, err := directive.Standings(ctx, q, d.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range apart {
		p.apart[s.Unit] = append(p.apart[s.Unit], s)
	}
	p.standings, err = standingsAt(ctx, q, d.ID, options.Milestone)
	return p, err
}

// standingsAt says how every unit that reported, or was told for, stands at a
// milestone.
func standingsAt(ctx context.Context, q store.Querier, directive int64, milestone string) (map[tree.UnitID]Standing, error) {
	list, err := query(ctx, q, `WHERE r.directive_id = $1 AND r.milestone = $2 AND r.state IN ($3, $4, $5) ORDER BY r.unit_id, r.version`,
		directive, milestone, Done, Waiting, Provisional)
	if err != nil {
		return nil, fmt.Errorf("reading how units stand: %w", err)
	}
	byUnit := map[tree.UnitID]Standing{}
	for slot, standing := range standings(list) {
		byUnit[slot.Unit] = standing
	}
	return byUnit, nil
}

// wrong notes what is wrong at a cell.
func (p *planner) wrong(c sheet.Cell, f *fault.Error) {
	p.plan.Errors = append(p.plan.Errors, p.errorAt(c, f))
}

func (p *planner) errorAt(c sheet.Cell, f *fault.Error) CellError {
	return CellError{Sheet: c.At.Sheet, Cell: c.At.Ref(), Fault: f, order: p.sheets[c.At.Sheet], row: c.At.Row, column: c.At.Column}
}

// refuseAt notes what the sheet package says of a list: it names the place in
// its values.
func (p *planner) refuseAt(f *fault.Error) {
	e := CellError{Fault: f}
	for i := 0; i+1 < len(f.Args); i += 2 {
		value, _ := f.Args[i+1].(string)
		switch f.Args[i] {
		case "sheet":
			e.Sheet, e.order = value, p.sheets[value]
		case "cell":
			e.Cell = value
		}
	}
	p.plan.Errors = append(p.plan.Errors, e)
}
