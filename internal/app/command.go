package app

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// Commands is what the command line can do with an installation: in this
// process, or through the socket of the one that serves it.
type Commands interface {
	// ImportUnits plans a list and, unless it is a dry run or has errors, applies
	// it, all or nothing. progress hears how many units are written.
	ImportUnits(ctx context.Context, r ImportRequest, progress func(done, total int)) (ImportResult, error)
	// ExportUnits gives the units as the content of a file.
	ExportUnits(ctx context.Context, r ExportRequest) ([]byte, error)
	// Verify proves the log and the reports it names.
	Verify(ctx context.Context) (Verification, error)
	// Close lets go of the installation.
	Close() error
}

// ImportRequest is a list of units to be taken up.
type ImportRequest struct {
	Name     string // of the file
	Content  []byte
	AsOf     clock.Date
	DryRun   bool
	Profile  string // of an installation that the import creates
	Under    string // code of the unit whose subtree the list describes; "" for the root
	Headings map[string]string
	Lang     text.Lang
}

// ImportResult is what a list changes or changed.
type ImportResult struct {
	Added     []org.PlannedUnit `json:"added"`
	Renamed   []org.PlannedUnit `json:"renamed"`
	Moved     []org.PlannedUnit `json:"moved"`
	Changed   []org.PlannedUnit `json:"changed"`
	Dissolved []org.PlannedUnit `json:"dissolved"`
	Unchanged []org.PlannedUnit `json:"unchanged"`
	Levels    []LevelCount      `json:"levels"`
	Errors    []CellError       `json:"errors"`
}

// LevelCount is how many units of a level there are below the unit of the list.
type LevelCount struct {
	Level string `json:"level"`
	Name  string `json:"name"`
	Units int    `json:"units"`
}

// CellError is something wrong at one cell; Cell is "" for the list as a whole.
type CellError struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Message string `json:"message"`
}

// errUndo rolls a transaction back whose result was all that was wanted.
var errUndo = errors.New("nothing is to be kept")

// ImportUnits plans a list and applies it; in an empty database it creates the
// installation first.
func (a *App) ImportUnits(ctx context.Context, r ImportRequest, progress func(done, total int)) (ImportResult, error) {
	list, err := org.ReadList(r.Name, r.Content)
	if err != nil {
		return ImportResult{}, err
	}
	var result ImportResult
	position, err := a.Ledger.Update(ctx, a.CommandLine().Name, func(tx *ledger.Tx) error {
		p, err := a.profile(ctx, tx, r.Profile)
		if err != nil {
			return err
		}
		options, err := a.options(ctx, tx, r, p)
		if err != nil {
			return err
		}
		plan, err := org.MakePlan(ctx, tx, p, list, options)
		if err != nil {
			return err
		}
		if result, err = a.result(plan, p, r.Lang); err != nil {
			return err
		}
		if r.DryRun || plan.Conflicts() {
			return errUndo
		}
		return org.Apply(ctx, tx, a.CommandLine(), plan, progress)
	})
	if errors.Is(err, errUndo) {
		return result, nil
	}
	if err != nil {
		return ImportResult{}, err
	}
	return result, a.settled(ctx, position)
}

// settled returns when the followers have seen the event at position: at once
// where nobody follows, as in a command of its own.
func (a *App) settled(ctx context.Context, position int64) error {
	if position == 0 {
		return nil
	}
	return a.CatchUp(ctx)
}

// profile is the installation's; without an installation it creates one.
func (a *App) profile(ctx context.Context, tx *ledger.Tx, name string) (*profile.Profile, error) {
	founded, err := org.IsFounded(ctx, tx)
	if err != nil {
		return nil, err
	}
	if founded {
		return org.Profile(ctx, tx)
	}
	if name == "" {
		name = profile.Default
	}
	p, err := profile.Get(name)
	if err != nil {
		return nil, err
	}
	_, err = org.Found(ctx, tx, a.CommandLine(), org.FoundCommand{Profile: p})
	return p, err
}

func (a *App) options(ctx context.Context, q store.Querier, r ImportRequest, p *profile.Profile) (org.PlanOptions, error) {
	options := org.PlanOptions{AsOf: r.AsOf, Today: clock.DateOf(a.Now(), p.Location())}
	options.Mapping.Headings = map[org.Column]string{}
	for column, heading := range r.Headings {
		options.Mapping.Headings[org.Column(column)] = heading
	}
	if options.AsOf == "" {
		options.AsOf = options.Today
	}
	under, err := a.under(ctx, q, r.Under, options.AsOf)
	options.Under = under
	return options, err
}

// under finds a unit by its code; the root for none.
func (a *App) under(ctx context.Context, q store.Querier, code string, day clock.Date) (tree.UnitID, error) {
	if code == "" {
		return org.Root(ctx, q)
	}
	unit, err := org.ByCode(ctx, q, day, code)
	return unit.ID, err
}

func (a *App) result(plan org.Plan, p *profile.Profile, lang text.Lang) (ImportResult, error) {
	texts, err := Texts()
	if err != nil {
		return ImportResult{}, err
	}
	r := ImportResult{
		Added: listed(plan.Added), Renamed: listed(plan.Renamed), Moved: listed(plan.Moved), Changed: listed(plan.Changed),
		Dissolved: listed(plan.Dissolved), Unchanged: listed(plan.Unchanged),
		Levels: []LevelCount{}, Errors: []CellError{},
	}
	for _, l := range plan.Levels {
		level, _ := p.Level(l.Level)
		r.Levels = append(r.Levels, LevelCount{l.Level, level.Plural.In(lang), l.Units})
	}
	for _, e := range plan.Errors {
		r.Errors = append(r.Errors, CellError{e.Sheet, e.Cell, texts.T(lang, e.Fault.Key, e.Fault.Args...)})
	}
	return r, nil
}

// listed makes an empty list of none: scripts read an array either way.
func listed(units []org.PlannedUnit) []org.PlannedUnit {
	if units == nil {
		return []org.PlannedUnit{}
	}
	return units
}

// ExportRequest says what to export and how.
type ExportRequest struct {
	Kind  string // ".xlsx" or ".csv"
	AsOf  clock.Date
	Under string // code; "" for the root
	Lang  text.Lang
}

// ExportUnits gives the units as the content of a file that imports cleanly.
func (a *App) ExportUnits(ctx context.Context, r ExportRequest) ([]byte, error) {
	var made sheet.Sheet
	err := a.DB.View(ctx, func(tx *sql.Tx) error {
		p, err := org.Profile(ctx, tx)
		if err != nil {
			return err
		}
		if r.AsOf == "" {
			r.AsOf = clock.DateOf(a.Now(), p.Location())
		}
		under, err := a.under(ctx, tx, r.Under, r.AsOf)
		if err != nil {
			return err
		}
		made, err = org.Export(ctx, tx, r.Lang, under, r.AsOf)
		return err
	})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	switch r.Kind {
	case ".csv":
		err = sheet.WriteCSV(&b, made)
	case ".xlsx":
		err = sheet.WriteXLSX(&b, []sheet.Sheet{made})
	default:
		err = fmt.Errorf("a file of kind %q cannot be written", r.Kind)
	}
	return b.Bytes(), err
}

// Verification is what verifying found.
type Verification struct {
	Events, Covered int64
	Reports         int
	Findings        []Finding
}

// Finding is something wrong: with the log at a position, or with a report.
type Finding struct {
	Position, Report int64
	What             string // text key
}

// Verify reads the whole log, proves it, and holds the reports against it.
func (a *App) Verify(ctx context.Context) (Verification, error) {
	var v Verification
	if err := a.merkle.CatchUp(ctx); err != nil {
		return v, err
	}
	err := a.DB.View(ctx, func(tx *sql.Tx) error {
		var reports report.Verification
		result, err := ledger.Verify(ctx, tx, a.Key.Verifier, reports.Each)
		if err != nil {
			return err
		}
		v.Events, v.Covered = result.Events, result.Covered
		for _, f := range result.Findings {
			v.Findings = append(v.Findings, Finding{Position: f.Position, What: f.What})
		}
		altered, err := reports.Compare(ctx, tx)
		if err != nil {
			return err
		}
		for _, f := range altered {
			v.Findings = append(v.Findings, Finding{f.Position, f.Report, f.What})
		}
		return tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM report`).Scan(&v.Reports)
	})
	if fault.Of(err) == fault.Unknown && err != nil {
		err = fmt.Errorf("verifying: %w", err)
	}
	return v, err
}
