package bench

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
	"giaoban/internal/simulate"
)

// work is a directive made for measuring, and the reports that units of the
// lowest asked level have still to send on it.
type work struct {
	app       *app.App
	actor     access.Actor
	directive int64
	open      []report.Slot // spread over the country
}

// signature is what the made-up reports are signed with.
var signature = account.Signature{Name: "Đo lường", Capacity: account.Capacity{Post: "Chánh Văn phòng"}, Method: simulate.Simulated}

// work issues a directive that asks the grassroots organisations for one number,
// at so many milestones that there are reports enough.
func (b *bench) work(ctx context.Context, a *app.App, reports int) (*work, error) {
	root, _ := a.Tree.Root()
	w := &work{app: a, actor: access.Program(a.Tree)}
	var units []tree.UnitID
	for _, u := range a.Tree.Subtree(root.ID) {
		if u.Level == "grassroots" {
			units = append(units, u.ID)
		}
	}
	if len(units) == 0 {
		return nil, errNoBoard
	}
	if most := len(units) * directive.MostMilestones; reports > most {
		return nil, fmt.Errorf("%d reports are more than the %d that its grassroots organisations can send: take a larger share of the country, a lower rate or a shorter time", reports, most)
	}
	var milestones []directive.Milestone
	for i := range (reports + len(units) - 1) / len(units) {
		milestones = append(milestones, quickMilestone(i))
	}
	document := directive.Document{Number: "0-BM/DO", Date: "2020-10-01", Title: "Đo tốc độ", Text: "Báo cáo nhanh.", Milestones: milestones}
	_, err := a.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		key := fmt.Sprintf("bench:%d", time.Now().UnixNano())
		made, err := directive.Create(ctx, tx, w.actor, directive.CreateCommand{Unit: root.ID, Key: key, Draft: directive.Draft{Document: document}})
		if err != nil {
			return err
		}
		w.directive = made.ID
		_, err = directive.Issue(ctx, tx, w.actor, directive.IssueCommand{Directive: made.ID, Revision: made.Revision, Signature: signature})
		return err
	})
	if err != nil {
		return nil, err
	}
	// One after another from all over the country: a stride that shares no factor.
	const stride = 7919
	for i := range reports {
		unit := units[(i*stride)%len(units)]
		w.open = append(w.open, report.Slot{Directive: w.directive, Milestone: milestones[i/len(units)].Key, Unit: unit})
	}
	return w, a.CatchUp(ctx)
}

func quickMilestone(n int) directive.Milestone {
	return directive.Milestone{
		Key: fmt.Sprintf("m%d", n), Name: text.Words{VI: fmt.Sprintf("Đợt %d", n+1), EN: fmt.Sprintf("Round %d", n+1)},
		Deadlines: []profile.Deadline{{Level: "grassroots", Date: "2020-12-31"}},
		Indicators: []profile.Indicator{{
			Key: "present", Name: text.Words{VI: "Có mặt", EN: "Present"}, Kind: profile.Number, Required: true,
		}},
	}
}

// submit sends a report, in a transaction of its own.
func (w *work) submit(ctx context.Context, slot report.Slot) (int64, error) {
	var sent report.Report
	_, err := w.app.Ledger.Update(ctx, "program", func(tx *ledger.Tx) (err error) {
		sent, err = report.Submit(ctx, tx, w.actor, report.SubmitCommand{
			Slot: slot, Values: map[string]string{"present": "120"}, Lang: text.VI, Signature: signature,
		})
		return err
	})
	return sent.ID, err
}

// accept accepts a report, in a transaction of its own, and gives the position
// of its event.
func (w *work) accept(ctx context.Context, id int64) (int64, error) {
	return w.app.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		_, err := report.Accept(ctx, tx, w.actor, report.DecideCommand{Report: id, Decider: signature.Name})
		return err
	})
}

// many calls do for every number below n, by so many at once, and stops at the
// first error.
func many(ctx context.Context, n, workers int, do func(i int) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for failed.Load() == nil && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(i); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return ctx.Err()
}
