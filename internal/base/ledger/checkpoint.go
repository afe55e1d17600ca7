package ledger

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/store"
)

// TreeSize is how many events the Merkle tree covers.
func TreeSize(ctx context.Context, q store.Querier) (int64, error) {
	var size sql.NullInt64
	if err := q.QueryRowContext(ctx, `SELECT MAX(size) FROM ledger_checkpoint`).Scan(&size); err != nil {
		return 0, fmt.Errorf("reading the tree's size: %w", err)
	}
	return size.Int64, nil
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
	var tree tlog.Tree
	lines := strings.Split(text, "\n")
	if len(lines) < 3 {
		return tree, errors.New("a checkpoint has three lines")
	}
	var err error
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, fmt.Errorf("reading a checkpoint's size: %w", err)
	}
	if tree.Hash, err = tlog.ParseHash(lines[2]); err != nil {
		return tree, fmt.Errorf("reading a checkpoint's root: %w", err)
	}
	return tree, nil
}

// Pack writes a signed checkpoint as short as a code to be scanned has room for:
// size, root and signature. "" for what is no checkpoint.
func Pack(checkpoint string) string {
	tree, err := parseCheckpoint(checkpoint)
	_, encoded, ok := strings.Cut(checkpoint, "\n\n— "+keyName+" ")
	if err != nil || !ok {
		return ""
	}
	signature, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(encoded, "\n"))
	if err != nil {
		return ""
	}
	packed := binary.AppendUvarint(nil, uint64(tree.N))
	packed = append(append(packed, tree.Hash[:]...), signature...)
	return base64.RawURLEncoding.EncodeToString(packed)
}

// Unpack reads what Pack wrote; ok is false for anything else.
func Unpack(packed string) (checkpoint string, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(packed)
	if err != nil {
		return "", false
	}
	size, n := binary.Uvarint(b)
	if n <= 0 || size > math.MaxInt64 || len(b) < n+tlog.HashSize {
		return "", false
	}
	tree := tlog.Tree{N: int64(size), Hash: tlog.Hash(b[n : n+tlog.HashSize])}
	signature := base64.StdEncoding.EncodeToString(b[n+tlog.HashSize:])
	return checkpointText(keyName, tree) + "\n— " + keyName + " " + signature + "\n", true
}
