package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// Country is an empty installation into which a whole country is written, with a
// year of reporting as it was from June 2019 to the end of October 2020. The same
// seed gives the same events.
type Country struct {
	Ledger *ledger.Ledger
	Tree   *tree.Tree
	// CatchUp brings the tree up to the ledger's head.
	CatchUp func(context.Context) error

	Seed  uint64
	Share float64 // of the country's units that are made, above 0 and up to 1
	Cells bool    // 300,000 cells as well
	// Password is that of the sign-ins: the centre's, one for each of the
	// committees directly under it, and the administrator's.
	Password string
	// Progress is told how much of a stage is done. It may be nil.
	Progress func(stage Stage, done, total int)
}

// Stage is a part of the work of making a country.
type Stage string

// The stages, in their order.
const (
	MakingUnits   Stage = "units"   // counted in units
	MakingReports Stage = "reports" // counted in acts of units
)

// together is how many acts are written in one transaction.
const together = 2000

// Write writes the country.
func (c Country) Write(ctx context.Context) error {
	random := rand.New(rand.NewPCG(c.Seed, 2020))
	if c.Progress == nil {
		c.Progress = func(Stage, int, int) {}
	}
	// SQLite watches a context that can end from a goroutine for each statement.
	// Of millions of short ones none is worth breaking off.
	breakOff := ctx.Err
	ctx = context.WithoutCancel(ctx)
	actor := access.Program(c.Tree)
	_, err := c.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		return found(ctx, tx, actor, nation(random, c.Share, c.Cells), func(done, total int) { c.Progress(MakingUnits, done, total) })
	})
	if err != nil {
		return fmt.Errorf("making the organisation: %w", err)
	}
	if err := c.CatchUp(ctx); err != nil {
		return err
	}
	issued, err := c.begin(ctx, actor)
	if err != nil {
		return err
	}
	root, _ := c.Tree.Root()
	acts := plan(random, c.Tree.Subtree(root.ID))
	return c.tell(ctx, newTeller(random, c.Tree, issued), acts, breakOff)
}

// tell lets acts happen, many in one transaction.
func (c Country) tell(ctx context.Context, t *teller, acts []yearAct, breakOff func() error) error {
	for at := 0; at < len(acts); at += together {
		if err := breakOff(); err != nil {
			return err
		}
		part := acts[at:min(at+together, len(acts))]
		_, err := c.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
			for _, a := range part {
				if err := t.do(ctx, tx, a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		c.Progress(MakingReports, at+len(part), len(acts))
	}
	return nil
}

// begin makes those who can sign in, and issues Directive 35-CT/TW for all levels.
func (c Country) begin(ctx context.Context, actor access.Actor) (issued directive.Directive, err error) {
	password, err := account.HashPassword(ctx, c.Password)
	if err != nil {
		return directive.Directive{}, err
	}
	p, err := profile.Get(profile.Default)
	if err != nil {
		return directive.Directive{}, err
	}
	_, err = c.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		if err := people(ctx, tx, actor, c.posts(), password); err != nil {
			return fmt.Errorf("making the people: %w", err)
		}
		tx.SetNow(time.Date(2019, time.June, 3, 10, 0, 0, 0, p.Location()))
		if issued, err = issue(ctx, tx, actor, "country", nationDocument(p.Templates[0])); err != nil {
			return fmt.Errorf("issuing the directive: %w", err)
		}
		return nil
	})
	return issued, err
}
