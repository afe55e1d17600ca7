package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/store"
)

// Grow extends the Merkle tree to the event at position and signs a checkpoint
// over it. Of one hour the last checkpoint is kept.
func Grow(ctx context.Context, tx *sql.Tx, signer note.Signer, position int64) error {
	size, err := TreeSize(ctx, tx)
	if err != nil {
		return err
	}
	if position <= size {
		return nil
	}
	leaves, at, err := leavesBetween(ctx, tx, size, position)
	if err != nil {
		return err
	}
	grown := growing{before: hashes{ctx, tx}, start: tlog.StoredHashCount(size)}
	for i, leaf := range leaves {
		if err := grown.add(size+int64(i), leaf); err != nil {
			return err
		}
	}
	if err := grown.save(ctx, tx); err != nil {
		return err
	}
	root, err := tlog.TreeHash(position, &grown)
	if err != nil {
		return fmt.Errorf("computing the tree's root: %w", err)
	}
	return saveCheckpoint(ctx, tx, signer, tlog.Tree{N: position, Hash: root}, at)
}

func leavesBetween(ctx context.Context, q store.Querier, after, to int64) (leaves []tlog.Hash, last time.Time, err error) {
	rows, err := q.QueryContext(ctx, `SELECT time, leaf FROM event WHERE position > $1 AND position <= $2 ORDER BY position`, after, to)
	if err != nil {
		return nil, last, fmt.Errorf("reading leaves: %w", err)
	}
	defer rows.Close()
	var at int64
	for rows.Next() {
		var leaf []byte
		if err := rows.Scan(&at, &leaf); err != nil {
			return nil, last, fmt.Errorf("reading a leaf: %w", err)
		}
		leaves = append(leaves, hashOf(leaf))
	}
	if err := rows.Err(); err != nil {
		return nil, last, fmt.Errorf("reading leaves: %w", err)
	}
	if int64(len(leaves)) != to-after {
		return nil, last, fmt.Errorf("events %d to %d: only %d are in the log", after+1, to, len(leaves))
	}
	return leaves, time.UnixMicro(at).UTC(), nil
}

// growing is a Merkle tree to which leaves are added: the hashes that were
// there before and those computed since, in the order of tlog.StoredHashIndex.
type growing struct {
	before tlog.HashReader
	start  int64 // the index of the first that was added
	added  []tlog.Hash
}

// add adds the leaf of the event at position n+1.
func (g *growing) add(n int64, leaf tlog.Hash) error {
	more, err := tlog.StoredHashesForRecordHash(n, leaf, g)
	if err != nil {
		return fmt.Errorf("growing the tree over event %d: %w", n+1, err)
	}
	g.added = append(g.added, more...)
	return nil
}

// ReadHashes gives the hashes at the stored indexes, as tlog asks for them.
func (g *growing) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= g.start {
			list[i] = g.added[index-g.start]
			continue
		}
		one, err := g.before.ReadHashes([]int64{index})
		if err != nil {
			return nil, err
		}
		list[i] = one[0]
	}
	return list, nil
}

func (g *growing) save(ctx context.Context, tx *sql.Tx) error {
	for at := 0; at < len(g.added); at += store.Batch {
		part := g.added[at:min(at+store.Batch, len(g.added))]
		values := make([]any, 0, 2*len(part))
		for i, hash := range part {
			values = append(values, g.start+int64(at+i), hash[:])
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO ledger_hash (id, hash) VALUES `+store.Places(len(part), 2), values...); err != nil {
			return fmt.Errorf("storing the tree's hashes: %w", err)
		}
	}
	return nil
}
