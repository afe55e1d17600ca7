package news

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/netip"
	"time"

	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Origin names the range of network addresses that a reader came from: a keyed hash that
// tells nobody which one it is. "" is none.
type Origin string

// How much of an address its range has in common: a home's or an office's line.
const (
	range4 = 24
	range6 = 48
)

// Origins makes origins by the installation's key.
type Origins struct{ key [32]byte }

// NewOrigins makes them by the key of [Secret].
func NewOrigins(key [32]byte) Origins {
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte("origins of comments"))
	return Origins{[32]byte(mac.Sum(nil))}
}

// Of is the origin of an address as the server sees it, "192.0.2.1:5000"; "" for what is no
// address.
func (o Origins) Of(remote string) Origin {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return ""
	}
	bits, address := range6, at.Addr().Unmap().WithZone("")
	if address.Is4() {
		bits = range4
	}
	near, err := address.Prefix(bits)
	if err != nil {
		return ""
	}
	mac := hmac.New(sha256.New, o.key[:])
	mac.Write([]byte(near.String()))
	return Origin(hex.EncodeToString(mac.Sum(nil)[:16]))
}

// ForgetOrigins removes the origins of comments that were sent longer ago than their desks
// keep them, and says of how many, and those of readers who agreed.
func ForgetOrigins(ctx context.Context, db *store.DB, now time.Time) (forgotten int64, err error) {
	err = db.Update(ctx, func(tx *sql.Tx) error {
		forgotten = 0
		desks, err := desksWithComments(ctx, tx)
		if err != nil {
			return err
		}
		for _, unit := range desks {
			rules, err := RulesOf(ctx, tx, unit)
			if err != nil {
				return err
			}
			n, err := forgetOrigins(ctx, tx, unit, now.AddDate(0, 0, -rules.Kept))
			if err != nil {
				return err
			}
			forgotten += n
		}
		return nil
	})
	return forgotten, err
}

// forgetOrigins removes those of one desk's comments from before a moment.
func forgetOrigins(ctx context.Context, tx *sql.Tx, unit tree.UnitID, before time.Time) (int64, error) {
	result, err := tx.ExecContext(ctx, `UPDATE news_comment SET origin = '' WHERE unit_id = $1 AND origin <> '' AND sent_at < $2`, unit, store.Micro(before))
	if err != nil {
		return 0, fmt.Errorf("forgetting where comments came from: %w", err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE news_agreement SET origin = '' WHERE origin <> '' AND agreed_at < $1
		AND EXISTS (SELECT 1 FROM news_comment c WHERE c.id = news_agreement.comment_id AND c.unit_id = $2)`, store.Micro(before), unit)
	if err != nil {
		return 0, fmt.Errorf("forgetting where readers agreed from: %w", err)
	}
	return result.RowsAffected()
}

func desksWithComments(ctx context.Context, q store.Querier) (desks []tree.UnitID, err error) {
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT unit_id FROM news_comment`)
	if err != nil {
		return nil, fmt.Errorf("looking for desks with comments: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var unit tree.UnitID
		if err := rows.Scan(&unit); err != nil {
			return nil, fmt.Errorf("reading a desk with comments: %w", err)
		}
		desks = append(desks, unit)
	}
	return desks, rows.Err()
}
