package ledger

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/store"
)

// Verdict is what became of something that was kept outside, held against the
// log as it is now.
type Verdict string

// The verdicts. All but Holds, Unknown and Foreign mean that the log was
// tampered with.
const (
	Holds     Verdict = "holds"     // the log still has it, unchanged
	Unknown   Verdict = "unknown"   // no such thing was ever given out, as far as the log knows
	Foreign   Verdict = "foreign"   // signed by another key, or not well signed
	Altered   Verdict = "altered"   // the event is not what its leaf says, or not what was given out
	Shorter   Verdict = "shorter"   // the log has fewer events than were signed
	Rewritten Verdict = "rewritten" // the log's tree does not begin with what was signed
)

// OpenCheckpoint reads a signed checkpoint; an error when key did not sign it.
func OpenCheckpoint(text string, key note.Verifier) (tlog.Tree, error) {
	signed, err := note.Open([]byte(text), note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("opening a checkpoint: %w", err)
	}
	for _, signature := range signed.Sigs {
		if _, err := base64.StdEncoding.Strict().DecodeString(signature.Base64); err != nil {
			return tlog.Tree{}, fmt.Errorf("opening a checkpoint: its signature is written otherwise: %w", err)
		}
	}
	return parseCheckpoint(signed.Text)
}

// Consistency is the proof that a log whose tree was old has only grown since,
// up to its newest checkpoint.
type Consistency struct {
	Verdict    Verdict // Holds, Shorter or Rewritten
	Proof      tlog.TreeProof
	Checkpoint string // the newest
}

// CheckTree holds the tree of an old checkpoint against the newest one.
func CheckTree(ctx context.Context, q store.Querier, key note.Verifier, old tlog.Tree) (c Consistency, err error) {
	if c.Checkpoint, err = Checkpoint(ctx, q); err != nil {
		return c, err
	}
	now, err := OpenCheckpoint(c.Checkpoint, key)
	switch {
	case c.Checkpoint == "":
		c.Verdict = Shorter
		return c, nil
	case err != nil:
		c.Verdict = Rewritten
		return c, nil
	case old.N > now.N:
		c.Verdict = Shorter
		return c, nil
	case old.N < 1:
		c.Verdict = Holds
		return c, nil
	}
	c.Verdict = Rewritten
	proof, err := tlog.ProveTree(now.N, old.N, hashes{ctx, q})
	if ctx.Err() != nil {
		return c, err
	}
	// A tree that lacks hashes proves nothing any more.
	if err == nil && tlog.CheckTree(proof, now.N, now.Hash, old.N, old.Hash) == nil {
		c.Verdict, c.Proof = Holds, proof
	}
	return c, nil
}

// Checked is what the log says of a receipt.
type Checked struct {
	Verdict
	Event    Event // that the code names; the zero Event unless it is known
	Leaf     tlog.Hash
	Size     int64 // events under the newest checkpoint, against which it was proven
	Original int64 // events under the receipt's own checkpoint; 0 where none was shown
}

// CheckCode says whether the log still holds the event that a receipt's code
// names. The proof is computed anew from the event's own bytes. A code whose
// letters are wrong is as unknown as one whose event never was.
func CheckCode(ctx context.Context, q store.Querier, key note.Verifier, code Code) (c Checked, err error) {
	c.Verdict = Unknown
	rows, err := queryRows(ctx, q, `WHERE e.position = $1`, code.Position())
	if err != nil || len(rows) == 0 || rows[0].erased {
		return c, err
	}
	if !code.is(codeOf(code.Position(), rows[0].salt)) {
		if _, leaf, _ := rows[0].proven(); leaf != rows[0].leaf {
			c.Verdict = Altered // perhaps the salt, from which the code comes
		}
		return c, nil
	}
	newest, err := Checkpoint(ctx, q)
	if err != nil {
		return c, err
	}
	c.Event, c.Verdict = rows[0].event, Altered
	_, c.Leaf, _ = rows[0].proven()
	tree, err := OpenCheckpoint(newest, key)
	if err != nil {
		c.Verdict = Rewritten
		return c, nil
	}
	c.Size = tree.N
	if c.Size < c.Event.Position {
		c.Verdict = Shorter
		return c, nil
	}
	proof, ok, err := Prove(ctx, q, code.Position())
	if ctx.Err() != nil {
		return c, err
	}
	if err == nil && ok && proof.Leaf == c.Leaf {
		c.Verdict = Holds
	}
	return c, nil
}

// CheckSigned holds the checkpoint that stands on a receipt against the log.
func CheckSigned(ctx context.Context, q store.Querier, key note.Verifier, checkpoint string) (Verdict, int64, error) {
	old, err := OpenCheckpoint(checkpoint, key)
	if err != nil {
		return Foreign, 0, nil
	}
	c, err := CheckTree(ctx, q, key, old)
	return c.Verdict, old.N, err
}

// CheckReceipt says whether the log still holds a whole receipt: its events,
// letter by letter, and its checkpoint.
func CheckReceipt(ctx context.Context, q store.Querier, key note.Verifier, r Receipt) (c Checked, err error) {
	if len(r.rows) == 0 {
		return c, errors.New("an empty receipt")
	}
	if c, err = CheckCode(ctx, q, key, r.Code); err != nil {
		return c, err
	}
	signed, size, err := CheckSigned(ctx, q, key, r.Checkpoint)
	if err != nil {
		return c, err
	}
	c.Original = size
	switch {
	case signed == Foreign:
		return Checked{Verdict: Foreign}, nil
	case c.Verdict == Unknown: // this log gave it out, and knows it no longer
		c.Verdict = Altered
		if signed != Holds {
			c.Verdict = signed
		}
		return c, nil
	case c.Verdict == Holds && signed != Holds:
		c.Verdict = signed
	}
	if c.Verdict != Holds {
		return c, nil
	}
	for _, kept := range r.rows {
		proof, ok, err := Prove(ctx, q, kept.event.Position)
		if ctx.Err() != nil {
			return c, err
		}
		if err != nil || !ok || proof.Leaf != kept.leaf {
			c.Verdict = Altered
		}
	}
	return c, nil
}
