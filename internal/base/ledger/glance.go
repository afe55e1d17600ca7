package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Glimpse is what a quick look at the log found. [Verify] is the proof; this
// says whether the end of the log fits together.
type Glimpse struct {
	Head     int64     // position that the head row says
	Last     int64     // position of the last event
	Time     time.Time // of the last event
	Covered  int64     // events under the newest checkpoint
	Unsigned bool      // the newest checkpoint's signature is another key's
	Torn     bool      // the stored tree is not what the newest checkpoint signed
	Altered  int64     // the first of the last events whose bytes are not its leaf's; 0 for none
}

// glanced is how many of the last events a glance reads.
const glanced = 1000

// Glance looks at the end of the log, in the time of some pages.
func Glance(ctx context.Context, tx *sql.Tx, key note.Verifier) (g Glimpse, err error) {
	if g.Head, _, err = Head(ctx, tx); err != nil {
		return g, err
	}
	var last sql.NullInt64
	if err := tx.QueryRowContext(ctx, `SELECT MAX(position) FROM event`).Scan(&last); err != nil {
		return g, fmt.Errorf("reading the log's end: %w", err)
	}
	g.Last = last.Int64
	rows, err := queryRows(ctx, tx, whereAfter, g.Last-glanced, glanced)
	if err != nil {
		return g, err
	}
	for _, r := range rows {
		g.Time = r.event.Time
		if !r.erased && r.event.leaf(r.salt) != r.leaf && g.Altered == 0 {
			g.Altered = r.event.Position
		}
	}
	newest, err := Checkpoint(ctx, tx)
	if err != nil || newest == "" {
		return g, err
	}
	if g.Covered, err = TreeSize(ctx, tx); err != nil {
		return g, err
	}
	signed, err := note.Open([]byte(newest), note.VerifierList(key))
	if err != nil {
		g.Unsigned = true
		return g, nil // that is what was found
	}
	tree, err := parseCheckpoint(signed.Text)
	if err != nil {
		return g, err
	}
	root, err := tlog.TreeHash(tree.N, hashes{ctx, tx})
	g.Torn = err != nil || root != tree.Hash || tree.N != g.Covered
	return g, nil
}
