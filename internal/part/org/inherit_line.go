package org

import (
	"context"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// heldLines gives the lines in which units report, and those that they head:
// what ends with them.
func heldLines(ctx context.Context, q store.Querier, units []tree.UnitID) ([]Lined, error) {
	var held []Lined
	for _, unit := range units {
		list, err := readLines(ctx, q, `WHERE to_date = '' AND (unit_id = $1 OR head_id = $1)`, unit)
		if err != nil {
			return nil, err
		}
		for _, l := range list {
			if !slices.Contains(held, l) {
				held = append(held, l)
			}
		}
	}
	return held, nil
}

// passLines hands lines that ended on a day on: who comes after a unit reports
// where it did, and gets what reported to it. heirs are the first heirs, by the
// units that ended; 0 for none. Where that does not tell one head, or the unit
// cannot report to it, nothing is handed on.
func passLines(ctx context.Context, tx *ledger.Tx, program access.Actor, held []Lined, heirs map[tree.UnitID]tree.UnitID, day clock.Date) error {
	after := func(unit tree.UnitID) tree.UnitID {
		if heir, ended := heirs[unit]; ended {
			return heir
		}
		return unit
	}
	var list []SetLineCommand
	unclear := map[SetLineCommand]bool{} // by unit and line
	for _, l := range held {
		next := SetLineCommand{Unit: after(l.Unit), Line: l.Line, Head: after(l.Head), From: max(l.From, day)}
		if next.Unit == 0 || next.Head == 0 || next.Unit == next.Head {
			continue
		}
		i := slices.IndexFunc(list, func(c SetLineCommand) bool { return c.Unit == next.Unit && c.Line == next.Line })
		switch {
		case i < 0:
			list = append(list, next)
		case list[i].Head != next.Head:
			unclear[SetLineCommand{Unit: next.Unit, Line: next.Line}] = true
		}
	}
	for _, next := range list {
		_, in, err := lineNow(ctx, tx, next.Unit, next.Line)
		if err != nil {
			return err
		}
		if in || unclear[SetLineCommand{Unit: next.Unit, Line: next.Line}] {
			continue
		}
		err = tx.Attempt(ctx, func() error {
			_, err := SetLine(ctx, tx, program, next)
			return err
		})
		if err != nil && len(fault.All(err)) == 0 {
			return err
		}
	}
	return nil
}

// firstHeirs are the first heirs of the units that an act ends; 0 for none.
func firstHeirs(act Act) map[tree.UnitID]tree.UnitID {
	heirs := map[tree.UnitID]tree.UnitID{}
	for _, s := range act.Units {
		switch {
		case slices.Contains(s.Heirs, s.Unit): // it goes on
		case len(s.Heirs) == 0:
			heirs[s.Unit] = 0
		default:
			heirs[s.Unit] = s.Heirs[0]
		}
	}
	return heirs
}
