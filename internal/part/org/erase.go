package org

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// NamesOfHolders is what posts keep of a person with an account: the name, in the
// rows and in the events of taking up and leaving. That the post was held stays.
var NamesOfHolders = account.Elsewhere{
	Kinds: []ledger.Kind{Appointed, PostEnded}, Find: holderTraces,
	Clear: func(ctx context.Context, tx *ledger.Tx, person int64, nameless string) error {
		if _, err := tx.ExecContext(ctx, `UPDATE post SET name = $1 WHERE person_id = $2`, nameless, person); err != nil {
			return fmt.Errorf("erasing who held posts: %w", err)
		}
		return nil
	},
}

// holderTraces gives the positions of the events of a person's posts that are not
// erased yet.
func holderTraces(ctx context.Context, q store.Querier, person int64) ([]int64, error) {
	held, err := readPosts(ctx, q, `WHERE person_id = $1`, person)
	if err != nil {
		return nil, err
	}
	var units []tree.UnitID
	for _, post := range held {
		units = append(units, post.Unit)
	}
	slices.Sort(units)
	var positions []int64
	for _, unit := range slices.Compact(units) {
		events, err := ledger.About(ctx, q, Subject(unit))
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if e.Kind != Appointed && e.Kind != PostEnded || e.Payload == nil {
				continue
			}
			var post PostChanged
			if err := e.Decode(&post); err != nil {
				return nil, err
			}
			if post.Person == person {
				positions = append(positions, e.Position)
			}
		}
	}
	return positions, nil
}
