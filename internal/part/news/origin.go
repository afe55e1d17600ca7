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
)

// Origin names the range of network addresses that a reader came from: a keyed hash that
// tells nobody which one it is. "" is none.
type Origin string

// OriginFor is how long a comment keeps its origin.
const OriginFor = 7 * 24 * time.Hour

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

// ForgetOrigins removes the origins of comments that were sent longer than [OriginFor] ago,
// and says of how many, and those of readers who agreed.
func ForgetOrigins(ctx context.Context, db *store.DB, now time.Time) (forgotten int64, err error) {
	err = db.Update(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE news_comment SET origin = '' WHERE origin <> '' AND sent_at < $1`, store.Micro(now.Add(-OriginFor)))
		if err != nil {
			return fmt.Errorf("forgetting where comments came from: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE news_agreement SET origin = '' WHERE origin <> '' AND agreed_at < $1`, store.Micro(now.Add(-OriginFor))); err != nil {
			return fmt.Errorf("forgetting where readers agreed from: %w", err)
		}
		forgotten, err = result.RowsAffected()
		return err
	})
	return forgotten, err
}
