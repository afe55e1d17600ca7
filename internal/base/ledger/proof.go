package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/store"
)

// hashes reads the Merkle tree's stored hashes.
type hashes struct {
	ctx context.Context
	q   store.Querier
}

// ReadHashes gives the hashes at the stored indexes, as tlog asks for them.
func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		var hash []byte
		err := h.q.QueryRowContext(h.ctx, `SELECT hash FROM ledger_hash WHERE id = $1`, index).Scan(&hash)
		if err != nil {
			return nil, fmt.Errorf("reading hash %d of the tree: %w", index, err)
		}
		copy(list[i][:], hash)
	}
	return list, nil
}

// TreeSize is how many events the Merkle tree covers.
func TreeSize(ctx context.Context, q store.Querier) (int64, error) {
	var size sql.NullInt64
	if err := q.QueryRowContext(ctx, `SELECT MAX(size) FROM ledger_checkpoint`).Scan(&size); err != nil {
		return 0, fmt.Errorf("reading the tree's size: %w", err)
	}
	return size.Int64, nil
}

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
	grown := &growing{stored: hashes{ctx, tx}, next: tlog.StoredHashCount(size), start: tlog.StoredHashCount(size)}
	for i, leaf := range leaves {
		more, err := tlog.StoredHashesForRecordHash(size+int64(i), leaf, grown)
		if err != nil {
			return fmt.Errorf("growing the tree: %w", err)
		}
		grown.added = append(grown.added, more...)
		grown.next += int64(len(more))
	}
	if err := grown.save(ctx, tx); err != nil {
		return err
	}
	root, err := tlog.TreeHash(position, grown)
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
		leaves = append(leaves, tlog.Hash(leaf))
	}
	if err := rows.Err(); err != nil {
		return nil, last, fmt.Errorf("reading leaves: %w", err)
	}
	if int64(len(leaves)) != to-after {
		return nil, last, fmt.Errorf("events %d to %d: only %d are in the log", after+1, to, len(leaves))
	}
	return leaves, time.UnixMicro(at).UTC(), nil
}

// growing reads hashes that were just computed before those in the table.
type growing struct {
	stored      hashes
	start, next int64
	added       []tlog.Hash
}

// ReadHashes gives the hashes at the stored indexes, as tlog asks for them.
func (g *growing) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= g.start {
			list[i] = g.added[index-g.start]
			continue
		}
		one, err := g.stored.ReadHashes([]int64{index})
		if err != nil {
			return nil, err
		}
		list[i] = one[0]
	}
	return list, nil
}

func (g *growing) save(ctx context.Context, tx *sql.Tx) error {
	for at := 0; at < len(g.added); at += insertBatch {
		part := g.added[at:min(at+insertBatch, len(g.added))]
		values := make([]any, 0, 2*len(part))
		for i, hash := range part {
			values = append(values, g.start+int64(at+i), hash[:])
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO ledger_hash (id, hash) VALUES `+places(len(part), 2), values...); err != nil {
			return fmt.Errorf("storing the tree's hashes: %w", err)
		}
	}
	return nil
}

const hour = int64(time.Hour / time.Microsecond)

func saveCheckpoint(ctx context.Context, tx *sql.Tx, signer note.Signer, tree tlog.Tree, at time.Time) error {
	signed, err := note.Sign(&note.Note{Text: checkpointText(signer.Name(), tree)}, signer)
	if err != nil {
		return fmt.Errorf("signing a checkpoint: %w", err)
	}
	micro := at.UnixMicro()
	if _, err := tx.ExecContext(ctx, `DELETE FROM ledger_checkpoint WHERE time >= $1`, micro-micro%hour); err != nil {
		return fmt.Errorf("thinning out checkpoints: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO ledger_checkpoint (size, time, note) VALUES ($1, $2, $3)`, tree.N, micro, string(signed))
	if err != nil {
		return fmt.Errorf("storing a checkpoint: %w", err)
	}
	return nil
}

// checkpointText is the text of a checkpoint in the form that transparency logs
// share: name, size and root, a line each.
func checkpointText(name string, tree tlog.Tree) string {
	return fmt.Sprintf("%s\n%d\n%s\n", name, tree.N, tree.Hash)
}

func parseCheckpoint(text string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	var tree tlog.Tree
	if len(lines) < 3 {
		return tree, errors.New("a checkpoint has three lines")
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &tree.N); err != nil {
		return tree, fmt.Errorf("reading a checkpoint's size: %w", err)
	}
	hash, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tree, fmt.Errorf("reading a checkpoint's root: %w", err)
	}
	tree.Hash = hash
	return tree, nil
}

// Checkpoint gives the newest signed checkpoint; "" before there is one.
func Checkpoint(ctx context.Context, q store.Querier) (string, error) {
	var text string
	err := q.QueryRowContext(ctx, `SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1`).Scan(&text)
	if err != nil && !store.Missing(err) {
		return "", fmt.Errorf("reading the newest checkpoint: %w", err)
	}
	return text, nil
}

// Proof shows that one event is in the log under a signed checkpoint.
type Proof struct {
	Record     string // the event's record, whose hash is the leaf
	Leaf       tlog.Hash
	Path       tlog.RecordProof // from the leaf to the checkpoint's root
	Checkpoint string
}

// Prove makes the proof of the event at position. It checks the proof before it
// gives it out; ok is false while the tree has not grown over the event yet.
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
	if !rows[0].erased {
		record := rows[0].event.record(hashPayload(rows[0].salt, rows[0].event.Payload))
		p.Record, p.Leaf = string(record), tlog.RecordHash(record)
	} else {
		p.Leaf = rows[0].leaf
	}
	p.Path, err = tlog.ProveRecord(tree.N, position-1, hashes{ctx, q})
	if err != nil {
		return p, false, fmt.Errorf("proving event %d: %w", position, err)
	}
	if err := tlog.CheckRecord(p.Path, tree.N, tree.Hash, position-1, p.Leaf); err != nil {
		return p, false, fmt.Errorf("event %d does not stand under the checkpoint: %w", position, err)
	}
	return p, true, nil
}
