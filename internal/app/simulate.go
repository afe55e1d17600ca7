package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
	"giaoban/internal/simulate"
)

// Simulation says which country is made up.
type Simulation struct {
	Seed     uint64
	Share    float64 // of the country's units, above 0 and up to 1
	Cells    bool
	Password string // of the sign-ins
	// Progress is told how much of a stage is done: those of simulate, and
	// [Proving]. It may be nil.
	Progress func(stage simulate.Stage, done, total int)
}

// Proving is the last stage of a simulation: the Merkle tree grows over its
// events.
const Proving simulate.Stage = "proof"

// simulationMemory is what SQLite may use while a country is written, in MiB: the
// pages that one of its large transactions changes.
const simulationMemory = 256

// Simulate makes a country up in an empty directory and database, and gives
// those who can sign in. A directory in use, or one with an installation, is
// refused; a simulation that broke off leaves nothing in a directory that was
// empty.
func Simulate(ctx context.Context, config Config, s Simulation) (signIns []simulate.SignIn, events int64, err error) {
	v, err := openVisit(ctx, config, ToCreate)
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if err != nil && config.Database == "" {
			err = errors.Join(err, v.undo())
			return
		}
		err = errors.Join(err, v.Close())
	}()
	events, _, err = ledger.Head(ctx, v.DB.Reader())
	if err == nil && events > 0 {
		v.made = nil // it was somebody's before
		err = fault.New(fault.Conflict, "app.simulate.used", "dir", config.Data)
	}
	if err != nil {
		return nil, 0, err
	}
	if err := v.DB.Widen(ctx, simulationMemory); err != nil {
		return nil, 0, fmt.Errorf("simulating: %w", err)
	}
	country, err := v.country(ctx, s)
	if err != nil {
		return nil, 0, err
	}
	if err := country.Write(ctx); err != nil {
		return nil, 0, fmt.Errorf("simulating: %w", err)
	}
	events, err = v.prove(ctx, s)
	return country.SignIns(), events, err
}

// country is the simulation with a tree that follows it.
func (r *Records) country(ctx context.Context, s Simulation) (country simulate.Country, err error) {
	err = r.DB.View(ctx, func(tx *sql.Tx) error {
		units, position, err := org.LoadTree(ctx, tx)
		if err != nil {
			return err
		}
		trees := follow.NewReader(r.Ledger, position, func(events []ledger.Event) error { return org.ApplyTo(units, events) })
		country = simulate.Country{
			Ledger: r.Ledger, Tree: units, CatchUp: trees.CatchUp,
			Seed: s.Seed, Share: s.Share, Cells: s.Cells, Password: s.Password, Progress: s.Progress,
		}
		return nil
	})
	return country, err
}

// prove grows the Merkle tree over what was simulated.
func (r *Records) prove(ctx context.Context, s Simulation) (int64, error) {
	head, _, err := ledger.Head(ctx, r.DB.Reader())
	if err != nil {
		return 0, err
	}
	merkle := r.merkle
	apply := merkle.Apply
	merkle.Apply = func(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
		if s.Progress != nil {
			s.Progress(Proving, int(events[len(events)-1].Position), int(head))
		}
		return apply(ctx, tx, events)
	}
	return head, merkle.CatchUp(ctx)
}
