package app

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/news/exchange"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// Commands is what the command line can do with an installation: in this
// process, or through the socket of the one that serves it.
type Commands interface {
	// ImportUnits plans a list and, unless it is a dry run or has errors, applies
	// it, all or nothing. progress hears how many units are written.
	ImportUnits(ctx context.Context, r ImportRequest, progress func(done, total int)) (org.Result, error)
	// ExportUnits gives the units as the content of a file.
	ExportUnits(ctx context.Context, r ExportRequest) ([]byte, error)
	// ImportReports plans a list of what units told and, unless it is a dry run or
	// has errors, enters it, all or nothing. progress hears how many are entered.
	ImportReports(ctx context.Context, r ToldRequest, progress func(done, total int)) (report.ListResult, error)
	// ReportForm gives a form to be filled in with what units tell.
	ReportForm(ctx context.Context, r ToldRequest) ([]byte, error)
	// Verify proves the log and the reports it names, also against checkpoints that
	// were kept elsewhere.
	Verify(ctx context.Context, outside ...string) (Verification, error)
	// Checkpoint gives the newest signed checkpoint.
	Checkpoint(ctx context.Context) (string, error)
	// ExportProof writes the log with its proofs.
	ExportProof(ctx context.Context, r ProofRequest, to io.Writer, progress func(done, total int)) error
	// Backup writes an archive of the installation as it is now.
	Backup(ctx context.Context, to io.Writer, progress func(done, total int)) (Backup, error)
	// AdoptProfile has the installation follow the next version of its profile.
	AdoptProfile(ctx context.Context, r AdoptRequest) (Adopted, error)
	// SetHolidays gives the installation a file of holidays, or goes back to the
	// profile's.
	SetHolidays(ctx context.Context, r HolidaysRequest) error
	// PublicKey gives the key by which others prove what this installation signs.
	PublicKey(ctx context.Context) (string, error)
	// ExportNews writes a bundle for another installation: what the public reads, or what
	// readers sent.
	ExportNews(ctx context.Context, kind exchange.Kind, to io.Writer) (exchange.Written, error)
	// ImportNews takes up a bundle of another installation, all or nothing.
	ImportNews(ctx context.Context, r BundleRequest, from io.Reader) (exchange.Taken, error)
	// Close lets go of the installation.
	Close() error
}

// ImportRequest is a list of units to be taken up.
type ImportRequest struct {
	Name    string // of the file
	Content []byte
	AsOf    clock.Date // "" for today
	DryRun  bool
	// Profile is that of an installation which the import creates; "" for the
	// default. For an installation that there is, it must be the same or "".
	Profile  string
	Under    string // code of the unit whose subtree the list describes; "" for the root
	Headings map[org.Column]string
	// Accept says which likely mergers are ones; nil for none.
	Accept *org.Acceptance
	Lang   text.Lang // of the words in the result
}

// errUndo rolls a transaction back whose result was all that was wanted.
var errUndo = errors.New("nothing is to be kept")

// ImportUnits plans a list and applies it; in an empty database it creates the
// installation first.
func (r *Records) ImportUnits(ctx context.Context, request ImportRequest, progress func(done, total int)) (org.Result, error) {
	if err := r.signable(ctx); err != nil {
		return org.Result{}, err
	}
	list, err := org.ReadList(request.Name, request.Content)
	if err != nil {
		return org.Result{}, err
	}
	founded, err := org.IsFounded(ctx, r.DB.Reader())
	if err != nil {
		return org.Result{}, err
	}
	importing := r.importInto
	if !founded {
		importing = r.importFounding
	} else if ahead, err := r.ahead(ctx, request.AsOf); err != nil || ahead {
		if err != nil {
			return org.Result{}, err
		}
		importing = r.importAhead
	}
	result, err := importing(ctx, list, request, progress)
	if err != nil {
		return org.Result{}, err
	}
	return result, r.merkle.CatchUp(ctx)
}

// importInto takes a list up in an installation that there is. The plan is made
// without holding up those who write.
func (r *Records) importInto(ctx context.Context, list org.List, request ImportRequest, progress func(done, total int)) (org.Result, error) {
	var plan org.Plan
	var result org.Result
	err := r.DB.View(ctx, func(tx *sql.Tx) error {
		p, err := r.following(ctx, tx, request)
		if err != nil {
			return err
		}
		plan, result, err = r.plan(ctx, tx, p, list, request)
		return err
	})
	if err != nil || request.DryRun || plan.Conflicts() {
		return result, err
	}
	_, err = r.Ledger.Update(ctx, r.CommandLine().Name, func(tx *ledger.Tx) error {
		return org.Apply(ctx, tx, r.CommandLine(), plan, progress)
	})
	return result, err
}

// following is the profile of an installation that there is; the request names the
// same or none.
func (r *Records) following(ctx context.Context, q store.Querier, request ImportRequest) (*profile.Profile, error) {
	p, err := org.Profile(ctx, q)
	if err == nil && request.Profile != "" && request.Profile != p.Name {
		err = fault.New(fault.Conflict, "app.profile.other", "profile", p.Name).At("profile")
	}
	return p, err
}

// importFounding creates the installation and takes the list up, in one
// transaction; a dry run and a list with errors leave neither.
func (r *Records) importFounding(ctx context.Context, list org.List, request ImportRequest, progress func(done, total int)) (result org.Result, err error) {
	if request.Profile == "" {
		request.Profile = profile.Default
	}
	p, err := profile.Get(request.Profile)
	if err != nil {
		return org.Result{}, err
	}
	_, err = r.Ledger.Update(ctx, r.CommandLine().Name, func(tx *ledger.Tx) error {
		if _, err := org.Found(ctx, tx, r.CommandLine(), org.FoundCommand{Profile: p}); err != nil {
			return err
		}
		var plan org.Plan
		if plan, result, err = r.plan(ctx, tx, p, list, request); err != nil {
			return err
		}
		if request.DryRun || plan.Conflicts() {
			return errUndo
		}
		return org.Apply(ctx, tx, r.CommandLine(), plan, progress)
	})
	if errors.Is(err, errUndo) {
		err = nil
	}
	return result, err
}

// plan works out what a list would change, and says it in words.
func (r *Records) plan(ctx context.Context, q store.Querier, p *profile.Profile, list org.List, request ImportRequest) (org.Plan, org.Result, error) {
	texts, err := Texts()
	if err != nil {
		return org.Plan{}, org.Result{}, err
	}
	options := org.PlanOptions{
		AsOf: request.AsOf, Today: clock.DateOf(r.Now(), p.Location()), Mapping: org.Mapping{Headings: request.Headings},
		Accept: request.Accept,
	}
	day := options.AsOf
	if day == "" {
		day = options.Today
	}
	if options.Under, err = under(ctx, q, request.Under, day); err != nil {
		return org.Plan{}, org.Result{}, err
	}
	plan, err := org.MakePlan(ctx, q, p, list, options)
	if err != nil {
		return org.Plan{}, org.Result{}, err
	}
	return plan, plan.Result(texts, request.Lang, p), nil
}

// under finds a unit by its code; the root for none.
func under(ctx context.Context, q store.Querier, code string, day clock.Date) (tree.UnitID, error) {
	if code == "" {
		return org.Root(ctx, q)
	}
	unit, err := org.ByCode(ctx, q, day, code)
	return unit.ID, err
}

// ExportRequest says what to export and how.
type ExportRequest struct {
	Kind  string     // ".xlsx" or ".csv"
	AsOf  clock.Date // "" for today
	Under string     // code; "" for the root
	Lang  text.Lang
}

// ExportUnits gives the units as the content of a file that imports cleanly.
func (r *Records) ExportUnits(ctx context.Context, request ExportRequest) ([]byte, error) {
	var made sheet.Sheet
	err := r.DB.View(ctx, func(tx *sql.Tx) error {
		if err := r.founded(ctx, tx); err != nil {
			return err
		}
		p, err := org.Profile(ctx, tx)
		if err != nil {
			return err
		}
		if request.AsOf == "" {
			request.AsOf = clock.DateOf(r.Now(), p.Location())
		}
		top, err := under(ctx, tx, request.Under, request.AsOf)
		if err != nil {
			return err
		}
		made, err = org.Export(ctx, tx, request.Lang, top, request.AsOf)
		return err
	})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	switch request.Kind {
	case ".csv":
		err = sheet.WriteCSV(&b, made)
	case ".xlsx":
		err = sheet.WriteXLSX(&b, []sheet.Sheet{made})
	default:
		err = fmt.Errorf("a file of kind %q cannot be written", request.Kind)
	}
	return b.Bytes(), err
}

// founded refuses a directory in which no installation was made yet.
func (r *Records) founded(ctx context.Context, q store.Querier) error {
	founded, err := org.IsFounded(ctx, q)
	if err == nil && !founded {
		err = nothingIn(r.config.Data)
	}
	return err
}

func nothingIn(dir string) error { return fault.New(fault.NotFound, "app.nothing", "dir", dir) }

// Verification is what verifying found.
type Verification struct {
	Events, Covered int64
	Reports         int
	Outside         int                  // checkpoints kept elsewhere that were compared
	Erased          []ledger.ErasedEvent // payloads that events erased
	Findings        []Finding            // the first event's first
}

// Finding is something wrong: with the log at a position, with a report, with a
// directive, with a briefing's minutes, with a paper of the register, with a task or with
// a slip of a leader's folder.
type Finding struct {
	Position, Report, Directive, Briefing, Paper, Task int64

	Slip account.Code
	What string // text key
}

// Verify reads the whole log, proves it, and holds the reports against it, and
// it against checkpoints that were kept elsewhere.
func (r *Records) Verify(ctx context.Context, outside ...string) (Verification, error) {
	var v Verification
	sparing() // what the log says of each report stays until all rows are read
	if err := r.merkle.CatchUp(ctx); err != nil {
		// A log that is so broken that no tree grows over it is what Verify is for.
		r.config.Log.WarnContext(ctx, "the newest events are not covered by a checkpoint", "error", err)
	}
	err := r.DB.View(ctx, func(tx *sql.Tx) error {
		var reports report.Verification
		var directives directive.Verification
		var briefings briefing.Verification
		var papers register.Verification
		var tasks task.Verification
		var slips folder.Verification
		result, err := ledger.Verify(ctx, tx, r.Key.Verifier, func(e ledger.Event) error {
			return errors.Join(reports.Each(e), directives.Each(e), briefings.Each(e), papers.Each(e), tasks.Each(e), slips.Each(e))
		}, outside...)
		if err != nil {
			return err
		}
		v.Events, v.Covered, v.Outside, v.Erased = result.Events, result.Covered, result.Outside, result.Erased
		for _, f := range result.Findings {
			v.Findings = append(v.Findings, Finding{Position: f.Position, What: f.What})
		}
		altered, err := reports.Compare(ctx, tx)
		if err != nil {
			return err
		}
		for _, f := range altered {
			v.Findings = append(v.Findings, Finding{Position: f.Position, Report: f.Report, What: f.What})
		}
		for _, f := range directives.Wrong {
			v.Findings = append(v.Findings, Finding{Position: f.Position, Directive: f.Directive, What: f.What})
		}
		for _, f := range briefings.Wrong {
			v.Findings = append(v.Findings, Finding{Position: f.Position, Briefing: f.Briefing, What: f.What})
		}
		if err := papers.Compare(ctx, tx, r.condition); err != nil {
			return err
		}
		for _, f := range papers.Wrong {
			v.Findings = append(v.Findings, Finding{Position: f.Position, Paper: f.Paper, What: f.What})
		}
		for _, f := range tasks.Wrong {
			v.Findings = append(v.Findings, Finding{Position: f.Position, Task: f.Task, What: f.What})
		}
		if err := slips.Compare(ctx, tx, r.condition); err != nil {
			return err
		}
		for _, f := range slips.Wrong {
			v.Findings = append(v.Findings, Finding{Position: f.Position, Slip: f.Code, What: f.What})
		}
		v.Reports = reports.Rows
		return nil
	})
	slices.SortStableFunc(v.Findings, func(a, b Finding) int { return cmp.Compare(a.Position, b.Position) })
	if err != nil {
		err = fmt.Errorf("verifying: %w", err)
	}
	return v, err
}

// condition is what is wrong with a file that is kept, as a text key; "" for nothing.
func (r *Records) condition(id string) (string, error) {
	is, err := file.Intact(r.config.Data, id)
	if err != nil || is == file.Whole {
		return "", err
	}
	return "verify.file-" + string(is), nil
}
