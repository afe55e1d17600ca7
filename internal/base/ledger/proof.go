package ledger

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/store"
)

// ErrBroken means that the log does not prove an event any more: it was changed
// behind the program's back.
var ErrBroken = errors.New("the log was altered")

// Proof shows that one event is in the log under a signed checkpoint.
type Proof struct {
	Record     string // the event's record, whose hash is the leaf
	Leaf       tlog.Hash
	Path       tlog.RecordProof // from the leaf to the checkpoint's root
	Checkpoint string
}

// Prove makes the proof of the event at position. It checks the proof before it
// gives it out; ok is false while the tree has not grown over the event yet. The
// error is ErrBroken for an event that is not what the tree has.
func Prove(ctx context.Context, q store.Querier, position int64) (p Proof, ok bool, err error) {
	rows, err := queryRows(ctx, q, `WHERE e.position = $1`, position)
	if err != nil || len(rows) == 0 {
		return p, false, err
	}
	p.Checkpoint, err = Checkpoint(ctx, q)
	if err != nil || p.Checkpoint == "" {
		return p, false, err
	}
	tree, err := parseCheckpoint(p.Checkpoint)
	if err != nil || tree.N < position {
		return p, false, err
	}
	if err := keptHashes(ctx, q, rows); err != nil {
		return p, false, err
	}
	record, leaf, ok := rows[0].proven()
	if !ok {
		return p, false, fmt.Errorf("the payload of event %d is gone: %w", position, ErrBroken)
	}
	p.Record, p.Leaf = string(record), leaf
	p.Path, err = tlog.ProveRecord(tree.N, position-1, hashes{ctx, q})
	if err != nil {
		return p, false, fmt.Errorf("proving event %d: %w", position, err)
	}
	if err := tlog.CheckRecord(p.Path, tree.N, tree.Hash, position-1, p.Leaf); err != nil {
		return p, false, fmt.Errorf("event %d does not stand under the checkpoint: %w: %w", position, ErrBroken, err)
	}
	return p, true, nil
}

// hashes reads the Merkle tree's stored hashes.
type hashes struct {
	ctx context.Context
	q   store.Querier
}

// ReadHashes gives the hashes at the stored indexes, as tlog asks for them: at
// most as many as the tree is high.
func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	if len(indexes) == 0 {
		return nil, nil
	}
	found, err := h.find(indexes)
	if err != nil {
		return nil, fmt.Errorf("reading the tree: %w", err)
	}
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hash, ok := found[index]
		if !ok {
			return nil, fmt.Errorf("hash %d of the tree is missing", index)
		}
		list[i] = hash
	}
	return list, nil
}

func (h hashes) find(indexes []int64) (map[int64]tlog.Hash, error) {
	args := make([]any, len(indexes))
	for i, index := range indexes {
		args[i] = index
	}
	rows, err := h.q.QueryContext(h.ctx, `SELECT id, hash FROM ledger_hash WHERE id IN `+store.Places(1, len(args)), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := make(map[int64]tlog.Hash, len(indexes))
	for rows.Next() {
		var id int64
		var hash []byte
		if err := rows.Scan(&id, &hash); err != nil {
			return nil, err
		}
		found[id] = hashOf(hash)
	}
	return found, rows.Err()
}
