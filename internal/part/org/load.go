package org

import (
	"context"
	"fmt"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// LoadTree gives the units as they stand now, and the position of the last
// event that they include. Both are of one moment only in a transaction that
// sees one: give it that of store.DB.View. [ApplyTo] keeps the tree up to date
// from there.
func LoadTree(ctx context.Context, q store.Querier) (*tree.Tree, int64, error) {
	position, _, err := ledger.Head(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	units, err := readRecords(ctx, q, `WHERE p.to_date = ''`)
	if err != nil {
		return nil, 0, fmt.Errorf("loading the tree: %w", err)
	}
	below := map[tree.UnitID][]tree.Unit{}
	for _, r := range units {
		is := r.Times[0]
		below[is.Parent] = append(below[is.Parent], tree.Unit{
			ID: r.ID, Parent: is.Parent, Code: r.Code, Name: is.Name, Level: is.Level, Kind: is.Kind,
		})
	}
	t := tree.New()
	// A parent goes before its children, or it would not know them.
	for next := below[0]; len(next) > 0; {
		unit := next[0]
		next = append(next[1:], below[unit.ID]...)
		t.Put(unit)
	}
	return t, position, nil
}

// ApplyTo brings a tree up to date with events, in their order. Events about
// other things, and about the past alone, leave it as it is.
func ApplyTo(t *tree.Tree, events []ledger.Event) error {
	for _, event := range events {
		if !Of(event.Kind) {
			continue
		}
		var unit UnitChanged
		if err := event.Decode(&unit); err != nil {
			return fmt.Errorf("following the tree: %w", err)
		}
		switch {
		case unit.Past:
		case event.Kind == Dissolved:
			t.Remove(unit.Unit)
		default:
			t.Put(tree.Unit{
				ID: unit.Unit, Parent: unit.Parent, Code: unit.Code, Name: unit.Name, Level: unit.Level, Kind: unit.Kind,
			})
		}
	}
	return nil
}
