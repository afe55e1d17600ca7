package register

import (
	"context"

	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Next is what a paper waits for, and so for whom.
type Next string

// What a paper waits for.
const (
	ToInitial Next = "initial" // somebody of the office
	ToSign    Next = "sign"    // a leader, in the program
	ToHave    Next = "have"    // the clerk, who has it signed outside: the program is no way for its kind
	ToNumber  Next = "number"  // the clerk
	ToIssue   Next = "issue"   // the clerk
	ToCancel  Next = "cancel"  // the clerk: the number of a paper that was disowned
	ToOwn     Next = "own"     // the person in whose name it was put in as signed; beside what it waits for else
	Nothing   Next = ""
)

// Next is what the paper waits for, by the profile's ways for its kind.
func (p Paper) Next(rules *profile.Profile) Next {
	kind, _ := rules.PaperKind(p.Kind)
	switch {
	case p.State == Drafted && p.Initialler == "":
		return ToInitial
	case p.State == Drafted && kind.Signs(profile.InProgram):
		return ToSign
	case p.State == Drafted:
		return ToHave
	case p.State == Signed:
		return ToNumber
	case p.State == Numbered && p.Disowned:
		return ToCancel
	case p.State == Numbered:
		return ToIssue
	}
	return Nothing
}

// Waiting gives the papers of units that are neither issued nor cancelled, the oldest
// first.
func Waiting(ctx context.Context, q store.Querier, units []tree.UnitID) ([]Paper, error) {
	if len(units) == 0 {
		return nil, nil
	}
	args := make([]any, len(units))
	for i, unit := range units {
		args[i] = unit
	}
	return read(ctx, q, `WHERE p.unit_id IN (`+store.Places(len(units), 1)+`) AND p.state IN ('drafted', 'signed', 'numbered') ORDER BY p.id`, args...)
}
