package access

import (
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/tree"
)

// Delegate is the role of somebody to whom a leader handed actions over. It is
// not among [Roles]: nobody is given it for good.
const Delegate Role = "delegate"

// Delegation is what a leader of a unit handed over to a person, for some days.
type Delegation struct {
	ID      int64      // 0 for a deputy's own turn, which no document hands over
	Actions []Action   // of [Delegable]; any other gives nothing
	From    clock.Date // the first day
	To      clock.Date // the last day, to its midnight
	// Authority is what stands above the delegate's post in a signature, as
	// "K/T BÍ THƯ" (in place of the secretary) or "T/L BAN THƯỜNG VỤ" (by order of
	// the standing committee).
	Authority string
}

// Delegable is the actions that a leader can hand over. Handing over is not
// among them: what was handed over goes no further.
var Delegable = []Action{ReportSubmit, ReportDecide, DirectiveIssue, DirectiveAnswer, DifficultyAnswer, PaperSign, FolderEnter}

// begins is the action that goes with one that is handed over: who signs also
// writes what is signed, and who enters what came back also prints it.
var begins = map[Action]Action{ReportSubmit: ReportDraft, DirectiveIssue: DirectiveDraft, FolderEnter: FolderPrint}

// InPlace is the actor in the turn of a unit's deputy: with actions that the unit's
// leader has left undone for too long, under an authority as "K/T BÍ THƯ". Whose
// turn it is, the caller has decided. It reaches no further than what a leader
// could hand over.
func (a Actor) InPlace(unit tree.UnitID, authority string, actions ...Action) Actor {
	turn := Grant{Unit: unit, Role: Delegate, Delegation: &Delegation{Actions: actions, Authority: authority}}
	a.Grants = append(slices.Clone(a.Grants), turn)
	return a
}

// Live says whether the delegation holds on a day.
func (d Delegation) Live(day clock.Date) bool { return d.From <= day && day <= d.To }

func (d Delegation) hands(action Action) bool {
	return slices.ContainsFunc(d.Actions, func(one Action) bool {
		return slices.Contains(Delegable, one) && (one == action || begins[one] == action)
	})
}

// reach is where the grant allows an action: by the table of roles or, for what
// was handed over, at the unit alone. Whoever acts for a unit reads as its
// viewers do.
func (g Grant) reach(action Action) Reach {
	switch {
	case g.Delegation == nil:
		return rules[g.Role][action]
	case g.Delegation.hands(action):
		return rules[Leader][action] & Own
	}
	return reads[action]
}
