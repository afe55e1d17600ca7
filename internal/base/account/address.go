package account

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// AddressRefused notes that a mail server does not take a person's address for good,
// and what it said. Nothing happens where that is known, or where the person has
// another address by now.
func AddressRefused(ctx context.Context, tx *ledger.Tx, person int64, address, said string) error {
	return setRefused(ctx, tx, AddressFailed, person, `UPDATE person SET refused_at = $1, refused = $2 WHERE id = $3 AND email = $4 AND refused_at = 0`,
		store.Micro(tx.Now()), said, person, address)
}

// AddressAgain has letters go to a person's address again, because one was taken or
// somebody asks for it; who may is for the caller to decide. Nothing happens where the
// address was not refused.
func AddressAgain(ctx context.Context, tx *ledger.Tx, person int64) error {
	return setRefused(ctx, tx, AddressTried, person, `UPDATE person SET refused_at = 0, refused = '' WHERE id = $1 AND refused_at <> 0`, person)
}

func setRefused(ctx context.Context, tx *ledger.Tx, kind ledger.Kind, person int64, query string, args ...any) error {
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("noting how the address of person %d is: %w", person, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return tx.Append(ledger.New{Kind: kind, Subject: subject(person), Payload: none{}})
}

// TryAddress has letters go to an address again that was refused: the person's own, or
// that of somebody whom the actor manages. Faults: Forbidden, NotFound.
func TryAddress(ctx context.Context, tx *ledger.Tx, actor access.Actor, person int64) error {
	if actor.Person != person {
		if err := mayManage(ctx, tx, actor, person); err != nil {
			return err
		}
	}
	return AddressAgain(ctx, tx, person)
}

// Unreached gives those whose address is refused among the people whose accounts the
// actor manages, by their names.
func Unreached(ctx context.Context, q store.Querier, actor access.Actor) ([]Account, error) {
	if len(actor.Units(access.AccountManage)) == 0 {
		return nil, nil
	}
	managed := func(a Account) bool {
		for _, g := range a.Grants {
			if actor.May(access.AccountManage, g.Unit) == nil {
				return true
			}
		}
		return false
	}
	return accounts(ctx, q, managed, math.MaxInt, `p.refused_at <> 0 AND p.disabled = 0 ORDER BY p.folded, p.id, g.id`)
}

// PersonOf is the person whom an event of this package is about; 0 for none.
func PersonOf(e ledger.Event) int64 {
	number, ok := strings.CutPrefix(e.Subject, personSubject)
	id, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil {
		return 0
	}
	return id
}
