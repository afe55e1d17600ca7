package simulate

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// found begins a made-up installation on 3 June 2019 and takes its units up as a
// list, as an office would send it.
func found(ctx context.Context, tx *ledger.Tx, actor access.Actor, units []unit, progress org.Progress) error {
	p, err := profile.Get(profile.Default)
	if err != nil {
		return err
	}
	tx.SetNow(time.Date(2019, time.June, 3, 8, 0, 0, 0, p.Location()))
	root, err := org.Found(ctx, tx, actor, org.FoundCommand{Profile: p, Simulated: true})
	if err != nil {
		return err
	}
	rows := [][]sheet.Cell{sheet.TextRow("code", "name", "kind", "parent")}
	for _, u := range units {
		rows = append(rows, sheet.TextRow(u.code, u.name, u.kind, u.parent))
	}
	today := clock.DateOf(tx.Now(), p.Location())
	plan, err := org.MakePlan(ctx, tx, p, org.List{Sheets: []sheet.Sheet{{Name: "country", Rows: rows}}},
		org.PlanOptions{Under: root.ID, AsOf: today, Today: today})
	if err != nil {
		return err
	}
	if plan.Conflicts() {
		return fmt.Errorf("%d mistakes in the list of units, the first: %w", len(plan.Errors), plan.Errors[0].Fault)
	}
	return org.Apply(ctx, tx, actor, plan, progress)
}

// issue issues a document by the root, signed by nobody.
func issue(ctx context.Context, tx *ledger.Tx, actor access.Actor, key string, document directive.Document) (directive.Directive, error) {
	root, _ := actor.Tree.Root()
	made, err := directive.Create(ctx, tx, actor, directive.CreateCommand{Unit: root.ID, Key: key, Draft: directive.Draft{Document: document}})
	if err != nil {
		return directive.Directive{}, err
	}
	return directive.Issue(ctx, tx, actor, directive.IssueCommand{
		Directive: made.ID, Revision: made.Revision,
		Signature: account.Signature{Name: posts[0].name, Capacity: account.Capacity{Post: posts[0].title}, Method: Simulated},
	})
}
