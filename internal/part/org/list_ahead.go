package org

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// ListCommand is a list that is taken up on a day ahead. Its content stays with
// the plan, out of the log, which tells its hash.
type ListCommand struct {
	Name    string      `json:"name"` // of the file
	Content []byte      `json:"-"`
	SHA256  string      `json:"sha256"` // of the content, hex
	Under   tree.UnitID `json:"under"`
	AsOf    clock.Date  `json:"asOf"`
	Mapping Mapping     `json:"mapping"`
	Accept  *Acceptance `json:"accept,omitempty"`
	// Digest is of all that the list was shown to do; if on its day it would do
	// anything else, it is not done.
	Digest string `json:"digest"`
}

// PlanAhead works out what a list would change on a day ahead, once the changes
// that are planned up to then are made. Nothing is kept.
func PlanAhead(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ListCommand) (Plan, error) {
	if err := actor.May(access.UnitChange, cmd.Under); err != nil {
		return Plan{}, err
	}
	p, err := Profile(ctx, tx)
	if err != nil {
		return Plan{}, err
	}
	var plan Plan
	err = rehearse(ctx, tx, actor, cmd.AsOf.Start(p.Location()), cmd.AsOf, func() error {
		plan, err = cmd.plan(ctx, tx, p)
		return err
	})
	return plan, err
}

// plan makes the list's plan on a day that has come, or is tried.
func (c *ListCommand) plan(ctx context.Context, q store.Querier, p *profile.Profile) (Plan, error) {
	list, err := ReadList(c.Name, c.Content)
	if err != nil {
		return Plan{}, err
	}
	return MakePlan(ctx, q, p, list, PlanOptions{Under: c.Under, AsOf: c.AsOf, Today: c.AsOf, Mapping: c.Mapping, Accept: c.Accept})
}

// apply takes the list up. The first time, when it is tried, it notes what it
// does; later it does just that.
func (c *ListCommand) apply(ctx context.Context, tx *ledger.Tx, actor access.Actor) error {
	p, err := Profile(ctx, tx)
	if err != nil {
		return err
	}
	plan, err := c.plan(ctx, tx, p)
	if err != nil {
		return err
	}
	switch digest := plan.digest(); {
	case c.Digest == "":
		sum := sha256.Sum256(c.Content)
		c.Digest, c.SHA256 = digest, hex.EncodeToString(sum[:])
	case c.Digest != digest:
		return fault.New(fault.Conflict, "org.import.stale")
	}
	return Apply(ctx, tx, actor, plan, nil)
}

// digest is a hash of all that the plan does.
func (p Plan) digest() string {
	hash := sha256.New()
	for _, s := range p.steps {
		fmt.Fprintln(hash, s.kind, s.day, s.after.ID, s.after.Code, s.after.Times)
	}
	fmt.Fprintln(hash, p.mergers)
	for _, s := range p.lines {
		fmt.Fprintln(hash, s)
	}
	return hex.EncodeToString(hash.Sum(nil))
}
