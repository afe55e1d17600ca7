package ledger

import (
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// SplitCheckpoints gives the signed checkpoints in a text, as a witness keeps
// them: one after the other. What is none is given as it stands.
func SplitCheckpoints(text string) []string {
	var list []string
	var one strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		if one.Len() == 0 && strings.TrimSpace(line) == "" {
			continue
		}
		one.WriteString(line)
		if strings.HasPrefix(line, "— ") {
			list = append(list, strings.TrimSuffix(one.String(), "\n")+"\n")
			one.Reset()
		}
	}
	if one.Len() > 0 {
		list = append(list, one.String())
	}
	return list
}

// takeOutside reads a checkpoint that was kept elsewhere.
func (v *verification) takeOutside(text string, key note.Verifier) {
	signed, err := note.Open([]byte(text), note.VerifierList(key))
	var other *note.UnverifiedNoteError
	switch {
	case errors.As(err, &other):
		tree, _ := parseCheckpoint(other.Note.Text)
		v.find(tree.N, "verify.outside.key")
	case err != nil:
		v.find(0, "verify.outside.signature")
	default:
		tree, err := parseCheckpoint(signed.Text)
		if err != nil {
			v.find(0, "verify.outside.signature")
			return
		}
		v.result.Outside++
		v.outside = append(v.outside, tree)
	}
}

// compareOutside holds the computed tree against the outside checkpoints over
// more than before events.
func (v *verification) compareOutside(tree *growing, before int64) error {
	for _, kept := range v.outside {
		if kept.N <= before || kept.N > v.leaves {
			continue
		}
		root, err := tlog.TreeHash(kept.N, tree)
		if err != nil {
			return err
		}
		if root != kept.Hash {
			v.find(kept.N, "verify.outside.rewritten")
		}
	}
	return nil
}

// shorter finds the outside checkpoints over more events than there are.
func (v *verification) shorter() {
	for _, kept := range v.outside {
		if kept.N > v.last.Position {
			v.find(kept.N, "verify.outside.shorter")
		}
	}
}
