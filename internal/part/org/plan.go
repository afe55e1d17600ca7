package org

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// PlanOptions say how a list is to be understood.
type PlanOptions struct {
	// Under is the unit that the list speaks for: it tells of all units below it
	// and of no other. 0 is the root.
	Under tree.UnitID
	// AsOf is the day from which the list holds; "" is today.
	AsOf clock.Date
	// Today is the present day: a list of a later one is refused.
	Today   clock.Date
	Mapping Mapping
	// Accept says which likely mergers are ones; nil for none.
	Accept *Acceptance
}

// Plan is what a list would change. Nothing is changed until it is applied, and
// a plan with errors cannot be.
type Plan struct {
	Under Unit
	AsOf  clock.Date
	// The units of the list, in its order. One that is renamed and moved stands
	// in both; Changed are those whose level or kind changes.
	Added, Renamed, Moved, Changed, Dissolved, Unchanged []PlannedUnit
	// Lined are those that report in other lines, Before and After being the heads.
	Lined []PlannedUnit
	// Merged are those of the dissolved that likely went into other units.
	Merged []Merged
	// Levels is how many units there would be below Under, from the highest level.
	Levels []LevelCount
	// Errors are all that is wrong with the list, sheet by sheet from the top.
	Errors []CellError
	// Tables are the tables that were read.
	Tables []PlannedTable

	list    List
	options PlanOptions
	changes int64 // to the tree before the plan was made
	steps   []step
	lines   []lineStep
	// tellsLines says that the list has a column of lines.
	tellsLines bool
	mergers    []merger // that were accepted
}

// PlannedUnit is a unit of a plan.
type PlannedUnit struct {
	Code string `json:"code"`
	Name string `json:"name"` // that it has, or will have
	// Before is what changes: the old name, the name of the unit that counted it,
	// the key of the old level or, when the level stays, of the old kind. It is ""
	// for an added unit.
	Before string `json:"-"`
	// After is the new name, parent, level or kind in the same way, and for an
	// added unit the name of the one that will count it.
	After string `json:"-"`
}

// LevelCount is how many units of a level there are.
type LevelCount struct {
	Level string
	Units int
}

// PlannedTable tells how a sheet was read.
type PlannedTable struct {
	Sheet string
	// Below is the row of headings, counted from 1; 0 for none.
	Below    int
	Headings map[Column]string
	Units    int // rows that tell of a unit
}

// CellError is something wrong at one cell of a list. Cell is "" when it is the
// list as a whole that cannot be.
type CellError struct {
	Sheet string
	Cell  string
	Fault *fault.Error

	order, row, column int
}

// step is what is done to one unit.
type step struct {
	kind          ledger.Kind
	before, after *record // an added unit's id is negative
	day           clock.Date
}

// Conflicts says whether the plan has errors.
func (p Plan) Conflicts() bool { return len(p.Errors) > 0 }

// Empty says that the plan would change nothing.
func (p Plan) Empty() bool { return len(p.steps)+len(p.lines) == 0 && !p.Conflicts() }

// Changes is how many changes to the tree there had been when the plan was
// made. A plan that is made again with the same number is the same plan.
func (p Plan) Changes() int64 { return p.changes }

// planner makes a plan of a list.
type planner struct {
	plan       *Plan
	profile    *profile.Profile
	options    PlanOptions
	list       List
	under      Unit
	underLevel string

	units   map[tree.UnitID]*record
	codes   map[string]*record
	lines   map[tree.UnitID][]headed // on the list's day
	inside  map[tree.UnitID]bool     // below under as of the list's day
	numbers map[string][]*record     // that exist on that day, by their code without zeros

	entries  []*entry
	byText   map[string][]*entry
	byNumber map[string][]*entry
	zeros    bool // some code of the list has kept the zeros before it
	kinds    map[string]string
	levels   map[string]string
	widths   map[string]*widths
	sheets   map[string]int
}

// MakePlan works out what a list would change. What is wrong with the list is in
// the plan, all of it; an error is returned for what is wrong with the options:
// a day after today (field "as-of"), a unit that did not exist then.
func MakePlan(ctx context.Context, q store.Querier, p *profile.Profile, list List, options PlanOptions) (Plan, error) {
	planner, err := newPlanner(ctx, q, p, list, options)
	if err != nil {
		return Plan{}, err
	}
	planner.read()
	planner.understand()
	planner.compare()
	planner.sortErrors()
	return *planner.plan, nil
}

func newPlanner(ctx context.Context, q store.Querier, p *profile.Profile, list List, options PlanOptions) (*planner, error) {
	day, refusal := settle(options.AsOf, options.Today)
	if refusal != nil {
		return nil, refusal.At("as-of")
	}
	options.AsOf = day
	if options.Under == 0 {
		root, err := Root(ctx, q)
		if err != nil {
			return nil, err
		}
		options.Under = root
	}
	planner := &planner{
		profile: p, options: options, list: list, plan: &Plan{AsOf: day, list: list, options: options},
		kinds: map[string]string{}, levels: map[string]string{}, sheets: map[string]int{},
	}
	err := q.QueryRowContext(ctx, `SELECT changes FROM organisation WHERE id = 1`).Scan(&planner.plan.changes)
	if err != nil {
		return nil, fmt.Errorf("reading the state of the tree: %w", err)
	}
	if err := planner.load(ctx, q); err != nil {
		return nil, err
	}
	for i, s := range list.Sheets {
		planner.sheets[s.Name] = i
	}
	return planner, nil
}

// load reads all units that there are or were, since a code counts wherever it
// is.
func (p *planner) load(ctx context.Context, q store.Querier) error {
	all, err := readRecords(ctx, q, "")
	if err != nil {
		return err
	}
	p.units, p.codes = make(map[tree.UnitID]*record, len(all)), make(map[string]*record, len(all))
	children := map[tree.UnitID][]tree.UnitID{}
	for _, r := range all {
		p.units[r.ID], p.codes[r.Code] = r, r
		if was, exists := r.Times.on(p.options.AsOf); exists {
			children[was.Parent] = append(children[was.Parent], r.ID)
		}
	}
	under := p.units[p.options.Under]
	exists := false
	if under != nil {
		p.under, exists = under.unitOn(p.options.AsOf)
	}
	if !exists {
		return fault.New(fault.NotFound, "org.import.no-under", "day", p.options.AsOf).At("under")
	}
	p.underLevel, p.plan.Under = p.under.Level, p.under
	if p.lines, err = linesOn(ctx, q, p.options.AsOf); err != nil {
		return err
	}
	p.inside = map[tree.UnitID]bool{}
	for next := children[p.under.ID]; len(next) > 0; {
		p.inside[next[0]] = true
		next = append(next[1:], children[next[0]]...)
	}
	return nil
}

// read reads the rows of all tables.
func (p *planner) read() {
	tables, wrong := p.list.tables(p.options.Mapping)
	for _, refusal := range wrong {
		p.refuseAt(refusal)
	}
	for _, t := range tables {
		planned := PlannedTable{Sheet: t.Name, Below: t.header + 1, Headings: map[Column]string{}}
		for column, at := range t.columns {
			planned.Headings[column] = t.Cell(max(t.header, 0), at).Text
		}
		rows := t.rows()
		planned.Units = len(rows)
		for _, row := range rows {
			e := p.entryOf(t, row)
			p.entries, p.plan.tellsLines = append(p.entries, e), p.plan.tellsLines || e.lined
		}
		p.plan.Tables = append(p.plan.Tables, planned)
	}
}

// understand finds out what the rows mean: which unit each tells of, where it
// stands, and which level it has.
func (p *planner) understand() {
	p.setAside()
	p.index()
	for _, e := range p.entries {
		p.settle(e)
	}
	p.circles()
	p.measure()
	for _, e := range p.entries {
		p.match(e)
	}
	p.duplicates()
}

// setAside takes out the row of the unit that the list speaks for: offices begin
// their list with themselves. It may say nothing new of it. A number may mean
// that unit, too, where the row names the unit above it as its parent.
func (p *planner) setAside() {
	above, under := "", p.under.Code
	if r := p.units[p.under.Parent]; r != nil {
		above = r.Code
	}
	p.entries = slices.DeleteFunc(p.entries, func(e *entry) bool {
		meant := e.code.loose && above != "" && sameNumber(e.code.text, under) && (e.parent.text == above || sameNumber(e.parent.text, above))
		if e.code.text != under && !meant {
			return false
		}
		if e.name != "" && e.name != p.under.Name {
			p.refuse(e, ColumnName, fault.New(fault.Invalid, "org.import.own-name", "unit", p.under.Name))
		}
		return true
	})
}

// refuse notes what is wrong at a cell of a row. nil is nothing.
func (p *planner) refuse(e *entry, column Column, refusal *fault.Error) {
	if refusal == nil {
		return
	}
	e.broken = true
	at := e.cells[column].At
	p.plan.Errors = append(p.plan.Errors, CellError{
		Sheet: at.Sheet, Cell: at.Ref(), Fault: refusal.At(at.String()), order: p.sheets[at.Sheet], row: at.Row, column: at.Column,
	})
}

// refuseAt notes what is wrong at the cell that the refusal itself names.
func (p *planner) refuseAt(refusal *fault.Error) {
	wrong := CellError{Fault: refusal}
	if at, ok := sheet.ParseAddress(refusal.Field); ok {
		wrong.Sheet, wrong.Cell = at.Sheet, at.Ref()
		wrong.order, wrong.row, wrong.column = p.sheets[at.Sheet], at.Row, at.Column
	} else if len(p.list.Sheets) > 0 {
		wrong.Sheet = p.list.Sheets[0].Name
	}
	p.plan.Errors = append(p.plan.Errors, wrong)
}

func (p *planner) sortErrors() {
	slices.SortStableFunc(p.plan.Errors, func(a, b CellError) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
	})
}
