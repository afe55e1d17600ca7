package org

import (
	"context"
	"embed"
	"fmt"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// Schema is the tables of units, bodies and posts.
//
//go:embed schema
var Schema embed.FS

// Texts are the texts of this package, a source for text.Load.
//
//go:embed texts.yaml
var Texts embed.FS

// FoundCommand begins an installation.
type FoundCommand struct {
	Profile *profile.Profile
	// RootName is the root unit's name; "" for the profile's, in Vietnamese.
	RootName string
	// Simulated says that everything in the installation is made up: every page
	// says so, and its clock goes on from the last event.
	Simulated bool
}

// Found creates the installation in an empty database: the profile that it
// follows, pinned for good, and the root unit, which exists from [Beginning].
// Only the command line and the program itself may; people come later. It is a
// Conflict when there is an installation already.
func Found(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd FoundCommand) (Unit, error) {
	if actor.Person != 0 || !actor.SignedIn() {
		return Unit{}, fault.New(fault.Forbidden, "org.found-refused")
	}
	founded, err := IsFounded(ctx, tx)
	if err != nil {
		return Unit{}, err
	}
	if founded {
		return Unit{}, fault.New(fault.Conflict, "org.founded-already")
	}
	p := cmd.Profile
	name, refusal := CleanName(cmd.RootName)
	if fold.Name(cmd.RootName) == "" {
		name, refusal = CleanName(p.Root.Name.In(text.VI))
	}
	if refusal != nil {
		return Unit{}, refusal.At("name")
	}
	ids, err := insertUnits(ctx, tx.Tx, []string{p.Root.Code})
	if err != nil {
		return Unit{}, err
	}
	root := &record{ID: ids[p.Root.Code], Code: p.Root.Code}
	root.Times = timeline{}.begin(Beginning, Period{Name: name, Level: p.Root.Level, Kind: p.Root.Kind})
	if err := insertPeriods(ctx, tx.Tx, []*record{root}, nil); err != nil {
		return Unit{}, err
	}
	version := strconv.Itoa(p.Version)
	_, err = tx.ExecContext(ctx, `INSERT INTO organisation (id, profile, version, document, root, changes, simulated) VALUES (1, $1, $2, $3, $4, 0, $5)`,
		p.Name, version, string(p.Bytes()), root.ID, cmd.Simulated)
	if err != nil {
		return Unit{}, fmt.Errorf("founding the organisation: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO profile_version (profile, version, document, from_date, adopted_at) VALUES ($1, $2, $3, $4, $5)`,
		p.Name, version, string(p.Bytes()), string(Beginning), store.Micro(tx.Now()))
	if err != nil {
		return Unit{}, fmt.Errorf("storing the first version of the profile: %w", err)
	}
	err = tx.Append(ledger.New{Unit: int64(root.ID), Kind: Founded, Subject: "organisation:1", Payload: OrganisationFounded{
		Profile: p.Name, Version: version, Document: string(p.Bytes()), Simulated: cmd.Simulated,
	}})
	if err != nil {
		return Unit{}, err
	}
	return Unit{root.ID, root.Code, root.Times[0]}, tx.Append(changed(Created, root, &record{}, Beginning))
}

// IsFounded says whether there is an installation in the database.
func IsFounded(ctx context.Context, q store.Querier) (bool, error) {
	var n int
	if err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM organisation`).Scan(&n); err != nil {
		return false, fmt.Errorf("looking for the organisation: %w", err)
	}
	return n > 0, nil
}

// IsSimulated says whether all that the installation holds is made up.
func IsSimulated(ctx context.Context, q store.Querier) (bool, error) {
	var simulated bool
	err := q.QueryRowContext(ctx, `SELECT simulated FROM organisation WHERE id = 1`).Scan(&simulated)
	if err != nil && !store.Missing(err) {
		return false, fmt.Errorf("reading whether the organisation is made up: %w", err)
	}
	return simulated, nil
}

// Profile is the version of the profile that the installation follows now; of
// earlier ones see [Versions] and [Pinned]. Without an installation it is NotFound.
func Profile(ctx context.Context, q store.Querier) (*profile.Profile, error) {
	p, err := adopted(ctx, q, "", `holidays FROM organisation WHERE id = 1`)
	if store.Missing(err) {
		return nil, fault.New(fault.NotFound, "org.not-founded")
	}
	return p, err
}

// Root is the id of the unit that no unit counts. Without an installation it
// is NotFound.
func Root(ctx context.Context, q store.Querier) (tree.UnitID, error) {
	var root tree.UnitID
	err := q.QueryRowContext(ctx, `SELECT root FROM organisation WHERE id = 1`).Scan(&root)
	if store.Missing(err) {
		return 0, fault.New(fault.NotFound, "org.not-founded")
	}
	if err != nil {
		return 0, fmt.Errorf("reading the root unit: %w", err)
	}
	return root, nil
}
