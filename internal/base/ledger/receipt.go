package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/store"
)

// receiptVersion is the first line of a receipt's data.
const receiptVersion = "giaoban/receipt/1"

// Receipt is events with all that proves them, to be kept outside: whoever
// holds it can show, without the program, that they stood in the log under a
// signed checkpoint. Its code is that of the last event.
type Receipt struct {
	Code       Code
	Checkpoint string // signed

	rows  []row
	paths [][]tlog.Hash
}

// MakeReceipt makes the receipt of the events at positions. Each proof is
// checked before it is given out; ok is false while the tree has not grown over
// all of them, and when a payload is erased.
func MakeReceipt(ctx context.Context, q store.Querier, positions ...int64) (r Receipt, ok bool, err error) {
	for _, position := range positions {
		rows, err := queryRows(ctx, q, `WHERE e.position = $1`, position)
		if err != nil || len(rows) == 0 || rows[0].erased {
			return Receipt{}, false, err
		}
		proof, ok, err := Prove(ctx, q, position)
		if err != nil || !ok {
			return Receipt{}, false, err
		}
		r.rows, r.paths = append(r.rows, rows[0]), append(r.paths, proof.Path)
		r.Checkpoint = proof.Checkpoint
		r.Code = codeOf(position, rows[0].salt)
	}
	return r, len(r.rows) > 0, nil
}

// Events are the receipt's events, in their order.
func (r Receipt) Events() []Event { return events(r.rows) }

// Leaf is the leaf of the event that the code names.
func (r Receipt) Leaf() tlog.Hash { return r.rows[len(r.rows)-1].leaf }

// Text is the receipt as data: ParseReceipt reads it, and so does the
// independent verifier (docs/proofs.md).
func (r Receipt) Text() []byte {
	b := []byte(receiptVersion + "\n" + string(r.Code) + "\n")
	for i, one := range r.rows {
		b = append(appendPath(appendLine(b, one), r.paths[i]), '\n')
	}
	return append(b, "\n"+r.Checkpoint...)
}

// mostEvents bounds what a receipt that somebody sent may claim.
const mostEvents = 16

// ParseReceipt reads what Text wrote and checks that it proves its events under
// its own checkpoint. Who signed that, only CheckReceipt says.
func ParseReceipt(text []byte) (r Receipt, err error) {
	head, checkpoint, ok := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || lines[0] != receiptVersion || len(lines) < 3 || len(lines) > 2+mostEvents {
		return Receipt{}, errors.New("this is no receipt")
	}
	r.Code, r.Checkpoint = Code(lines[1]), checkpoint
	for _, line := range lines[2:] {
		one, path, err := parseLine(line)
		if err != nil {
			return Receipt{}, err
		}
		r.rows, r.paths = append(r.rows, one), append(r.paths, path)
	}
	return r, r.consistent()
}

// consistent checks the receipt against itself.
func (r Receipt) consistent() error {
	tree, err := parseCheckpoint(r.Checkpoint)
	if err != nil {
		return err
	}
	for i, one := range r.rows {
		_, leaf, ok := one.proven()
		if !ok || leaf != one.leaf {
			return fmt.Errorf("event %d of the receipt is not what its leaf says", one.event.Position)
		}
		if err := tlog.CheckRecord(r.paths[i], tree.N, tree.Hash, one.event.Position-1, leaf); err != nil {
			return fmt.Errorf("event %d of the receipt does not stand under its checkpoint: %w", one.event.Position, err)
		}
	}
	last := r.rows[len(r.rows)-1]
	if !r.Code.is(codeOf(last.event.Position, last.salt)) {
		return errors.New("the receipt's code is not that of its event")
	}
	return nil
}
