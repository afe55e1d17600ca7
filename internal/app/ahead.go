package app

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// MakeEffective makes the planned changes whose day has come by the business
// clock, the first day first and each in a transaction of its own. One that
// cannot be made any more is marked with the reason, for a person to settle; it
// holds up no other. It is run at start, by every command before its work, and
// every few seconds while the program serves.
func (r *Records) MakeEffective(ctx context.Context) error {
	due, err := r.due(ctx)
	if err != nil || len(due) == 0 {
		return err
	}
	if err := r.signable(ctx); err != nil {
		return err
	}
	for _, plan := range due {
		_, err := r.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
			_, err := org.MakeEffective(ctx, tx, access.Program(tree.New()), plan)
			return err
		})
		if faults := fault.All(err); len(faults) > 0 {
			err = r.markStuck(ctx, plan, faults)
		}
		if err != nil {
			return err
		}
	}
	return r.inherit(ctx)
}

// due are the planned changes whose day has come; none before there is an
// installation.
func (r *Records) due(ctx context.Context) (due []int64, err error) {
	err = r.DB.View(ctx, func(tx *sql.Tx) error {
		p, err := org.Profile(ctx, tx)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		due, err = org.Due(ctx, tx, clock.DateOf(r.Now(), p.Location()))
		return err
	})
	return due, err
}

func (r *Records) markStuck(ctx context.Context, plan int64, faults fault.List) error {
	texts, err := Texts()
	if err != nil {
		return err
	}
	why := text.Words{VI: texts.T(text.VI, faults[0].Key, faults[0].Args...), EN: texts.T(text.EN, faults[0].Key, faults[0].Args...)}
	r.config.Log.WarnContext(ctx, "a planned change could not be made on its day", "plan", plan, "why", why.EN)
	_, err = r.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		_, err := org.MarkStuck(ctx, tx, plan, why)
		return err
	})
	return err
}

// ahead says whether a day is after today.
func (r *Records) ahead(ctx context.Context, day clock.Date) (bool, error) {
	p, err := org.Profile(ctx, r.DB.Reader())
	return err == nil && day > clock.DateOf(r.Now(), p.Location()), err
}

// importAhead plans a list for its day. What it would change is worked out as on
// that day, after what is planned before it.
func (r *Records) importAhead(ctx context.Context, _ org.List, request ImportRequest, _ func(done, total int)) (result org.Result, err error) {
	texts, err := Texts()
	if err != nil {
		return org.Result{}, err
	}
	actor := r.CommandLine()
	_, err = r.Ledger.Update(ctx, actor.Name, func(tx *ledger.Tx) error {
		p, err := r.following(ctx, tx, request)
		if err != nil {
			return err
		}
		cmd := org.ListCommand{
			Name: request.Name, Content: request.Content, AsOf: request.AsOf,
			Mapping: org.Mapping{Headings: request.Headings}, Accept: request.Accept,
		}
		if cmd.Under, err = under(ctx, tx, request.Under, request.AsOf); err != nil {
			return err
		}
		plan, err := org.PlanAhead(ctx, tx, actor, cmd)
		if err != nil {
			return err
		}
		result = plan.Result(texts, request.Lang, p)
		if request.DryRun || plan.Conflicts() || plan.Empty() {
			return errUndo
		}
		result.Planned = request.AsOf
		_, err = org.Do(ctx, tx, actor, org.Change{List: &cmd})
		return err
	})
	if errors.Is(err, errUndo) {
		err = nil
	}
	return result, err
}

// inherit gives heirs the reports that their predecessors had begun.
func (r *Records) inherit(ctx context.Context) error {
	return r.DB.Update(ctx, func(tx *sql.Tx) error { return report.Inherit(ctx, tx) })
}

// inheritAll gives heirs the reports that their predecessors had begun, what stood in
// their way, and their tasks.
func (a *App) inheritAll(ctx context.Context) error {
	if err := errors.Join(a.inherit(ctx), a.trees.CatchUp(ctx)); err != nil {
		return err
	}
	_, err := a.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		program := access.Program(a.Tree)
		if err := difficulty.Inherit(ctx, tx, program); err != nil {
			return err
		}
		return task.Inherit(ctx, tx, program)
	})
	return err
}

// passOn follows the ledger: after a reorganisation the heirs get what was begun.
func (a *App) passOn(events []ledger.Event) error {
	if !slices.ContainsFunc(events, func(e ledger.Event) bool { return e.Kind == org.Reorganised }) {
		return nil
	}
	return a.inheritAll(context.Background())
}

// comeDue makes what is due now and brings tree and boards up to it.
func (a *App) comeDue(ctx context.Context) error {
	return errors.Join(a.MakeEffective(ctx), a.CatchUp(ctx))
}
