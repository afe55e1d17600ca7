package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Finding is something that verification found wrong.
type Finding struct {
	Position int64  // of the first event it concerns; 0 when it concerns none
	What     string // text key
}

// Result is what verification found.
type Result struct {
	Events   int64     // that were read
	Covered  int64     // of them under a signed checkpoint
	Findings []Finding // empty when all is in order; the first is the earliest
}

// Verify reads the whole log and proves that it is as it was written: positions
// without gaps, time that never goes back, each event's bytes against its leaf,
// the leaves against the Merkle tree, the tree against every signed checkpoint.
// each, when it is not nil, sees every event in order.
func Verify(ctx context.Context, tx *sql.Tx, key note.Verifier, each func(Event) error) (Result, error) {
	v := verification{tx: tx}
	var err error
	if v.size, err = TreeSize(ctx, tx); err != nil {
		return v.result, err
	}
	if err := v.readAll(ctx, each); err != nil {
		return v.result, err
	}
	head, _, err := Head(ctx, tx)
	if err != nil {
		return v.result, err
	}
	if last := max(head, v.size); v.result.Events < last {
		v.find(v.result.Events+1, "verify.missing")
	}
	v.result.Covered = min(v.size, v.result.Events)
	return v.result, v.checkpoints(ctx, key)
}

type verification struct {
	tx       *sql.Tx
	size     int64 // of the stored tree
	last     Event
	result   Result
	grown    growing // the tree computed anew from the events' own bytes
	compared int64   // how many events compareTree has seen
}

// find keeps the earliest finding of each kind: after one altered event all
// later hashes above it differ too, which says nothing more.
func (v *verification) find(position int64, what string) {
	for _, f := range v.result.Findings {
		if f.What == what {
			return
		}
	}
	v.result.Findings = append(v.result.Findings, Finding{position, what})
}

func (v *verification) readAll(ctx context.Context, each func(Event) error) error {
	const batch = 2000
	for {
		rows, err := queryRows(ctx, v.tx, `WHERE e.position > $1 ORDER BY e.position LIMIT $2`, v.last.Position, batch)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			if err := v.event(r); err != nil {
				return err
			}
			if each == nil || r.erased {
				continue
			}
			if err := each(r.event); err != nil {
				return err
			}
		}
		if err := v.compareTree(ctx); err != nil {
			return err
		}
	}
}

func (v *verification) event(r row) error {
	e := r.event
	if e.Position != v.last.Position+1 {
		v.find(v.last.Position+1, "verify.missing")
	}
	if e.Time.Before(v.last.Time) {
		v.find(e.Position, "verify.time")
	}
	leaf := r.leaf
	if !r.erased {
		if leaf = e.leaf(r.salt); leaf != r.leaf {
			v.find(e.Position, "verify.altered")
		}
	}
	v.last = e
	v.result.Events++
	more, err := tlog.StoredHashesForRecordHash(v.result.Events-1, leaf, &v.grown)
	if err != nil {
		return fmt.Errorf("computing the tree: %w", err)
	}
	v.grown.added = append(v.grown.added, more...)
	return nil
}

// compareTree holds the leaves of the stored tree against the events read. The
// leaf of an event whose row and hash were both rewritten differs here.
func (v *verification) compareTree(ctx context.Context) error {
	from := tlog.StoredHashCount(v.compared)
	rows, err := v.tx.QueryContext(ctx, `SELECT id, hash FROM ledger_hash WHERE id >= $1 AND id < $2 ORDER BY id`, from, int64(len(v.grown.added)))
	if err != nil {
		return fmt.Errorf("reading the tree: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var hash []byte
		if err := rows.Scan(&id, &hash); err != nil {
			return fmt.Errorf("reading a hash of the tree: %w", err)
		}
		if v.grown.added[id] == tlog.Hash(hash) {
			continue
		}
		level, n := tlog.SplitStoredHashIndex(id)
		if level == 0 {
			v.find(n+1, "verify.altered")
		} else {
			v.find(n<<level+1, "verify.tree")
		}
	}
	v.compared = v.result.Events
	return rows.Err()
}

func (v *verification) checkpoints(ctx context.Context, key note.Verifier) error {
	rows, err := v.tx.QueryContext(ctx, `SELECT size, note FROM ledger_checkpoint ORDER BY size`)
	if err != nil {
		return fmt.Errorf("reading checkpoints: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var size int64
		var text string
		if err := rows.Scan(&size, &text); err != nil {
			return fmt.Errorf("reading a checkpoint: %w", err)
		}
		v.checkpoint(size, text, key)
	}
	return rows.Err()
}

func (v *verification) checkpoint(size int64, text string, key note.Verifier) {
	signed, err := note.Open([]byte(text), note.VerifierList(key))
	if err != nil {
		v.find(size, "verify.signature")
		return
	}
	tree, err := parseCheckpoint(signed.Text)
	if err != nil || tree.N != size {
		v.find(size, "verify.checkpoint")
		return
	}
	if size > v.result.Events {
		v.find(v.result.Events+1, "verify.missing")
		return
	}
	root, err := tlog.TreeHash(size, &v.grown)
	if err != nil || root != tree.Hash {
		v.find(size, "verify.checkpoint")
	}
}
