package app

import (
	"bytes"
	"context"
	"database/sql"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// ToldRequest is a list of what units told, or asks for a form to be filled in.
type ToldRequest struct {
	Name      string // of the file
	Content   []byte
	Directive int64
	Milestone string
	Under     string        // code of the unit whose office enters it; "" for the directive's issuer
	Source    report.Source // for rows that do not say theirs
	Said      string
	Told      clock.Date // "" for now
	DryRun    bool
	Lang      text.Lang // of the list, and of the words in the result
}

// ImportReports plans a list of what units told and, unless it is a dry run or
// has errors, enters it on their behalf, all or nothing.
func (r *Records) ImportReports(ctx context.Context, request ToldRequest, progress func(done, total int)) (report.ListResult, error) {
	if err := r.signable(ctx); err != nil {
		return report.ListResult{}, err
	}
	texts, err := Texts()
	if err != nil {
		return report.ListResult{}, err
	}
	list, err := report.ReadList(request.Name, request.Content)
	if err != nil {
		return report.ListResult{}, err
	}
	var plan report.ListPlan
	var actor access.Actor
	err = r.DB.View(ctx, func(tx *sql.Tx) (err error) {
		var options report.ListOptions
		if actor, options, err = r.listOptions(ctx, tx, request); err != nil {
			return err
		}
		plan, err = report.PlanList(ctx, tx, actor, list, options)
		return err
	})
	if err != nil || request.DryRun || plan.Conflicts() || len(plan.Told) == 0 {
		return plan.Result(texts, request.Lang), err
	}
	_, err = r.Ledger.Update(ctx, actor.Name, func(tx *ledger.Tx) error {
		_, err := report.TellList(ctx, tx, actor, plan, progress)
		return err
	})
	if err != nil {
		return report.ListResult{}, err
	}
	return plan.Result(texts, request.Lang), r.merkle.CatchUp(ctx)
}

// ReportForm gives a form to be filled in with what units tell, as the content of
// an .xlsx file that imports cleanly.
func (r *Records) ReportForm(ctx context.Context, request ToldRequest) ([]byte, error) {
	var form sheet.Sheet
	err := r.DB.View(ctx, func(tx *sql.Tx) error {
		actor, options, err := r.listOptions(ctx, tx, request)
		if err != nil {
			return err
		}
		form, err = report.ListForm(ctx, tx, actor, options)
		return err
	})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = sheet.WriteXLSX(&b, []sheet.Sheet{form})
	return b.Bytes(), err
}

// listOptions says for whom and how a request's list is understood. The tree is
// read anew: a command holds nothing of it in memory.
func (r *Records) listOptions(ctx context.Context, q store.Querier, request ToldRequest) (access.Actor, report.ListOptions, error) {
	none := report.ListOptions{}
	if err := r.founded(ctx, q); err != nil {
		return access.Actor{}, none, err
	}
	units, _, err := org.LoadTree(ctx, q)
	if err != nil {
		return access.Actor{}, none, err
	}
	actor := access.CommandLine(units)
	p, err := org.Profile(ctx, q)
	if err != nil {
		return actor, none, err
	}
	d, err := directive.Get(ctx, q, request.Directive)
	if err != nil {
		return actor, none, err
	}
	options := report.ListOptions{
		Directive: d.ID, Milestone: request.Milestone, By: d.Unit, Source: request.Source, Said: request.Said,
		At: toldOn(request.Told, r.Now(), p.Location()), Lang: request.Lang, Zone: p.Location(), Now: r.Now(),
	}
	if request.Under != "" {
		options.By, err = under(ctx, q, request.Under, clock.DateOf(r.Now(), p.Location()))
	}
	return actor, options, err
}

// toldOn is the moment of a day on which something was told: the present one
// for today.
func toldOn(day clock.Date, now time.Time, zone *time.Location) time.Time {
	if day == "" || day == clock.DateOf(now, zone) {
		return now
	}
	return day.Start(zone)
}
