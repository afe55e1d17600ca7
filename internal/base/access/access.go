package access

import (
	"slices"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
)

// Role is what a person is at a unit.
type Role string

// The roles.
const (
	Viewer      Role = "viewer"       // reads
	Officer     Role = "officer"      // drafts, has no signature
	Leader      Role = "leader"       // signs, submits, accepts what comes from below
	UnitAdmin   Role = "unit-admin"   // keeps the units and accounts of its subtree
	SystemAdmin Role = "system-admin" // runs the system, has no say in content
)

// Roles is all roles, from the least to the most particular.
var Roles = []Role{Viewer, Officer, Leader, UnitAdmin, SystemAdmin}

// Grant is a role at a unit, or what a leader of the unit handed over.
type Grant struct {
	Unit tree.UnitID
	Role Role // Delegate for what was handed over
	// Delegation is what was handed over; nil for a role of one's own.
	Delegation *Delegation
}

// Actor is somebody who acts: a person with grants, or the command line.
type Actor struct {
	Person int64  // 0 for the command line and the program itself
	Name   string // as shown
	Grants []Grant
	Tree   *tree.Tree
	// Paper says that the actor decided on paper; nil for one who is at the program.
	Paper *OnPaper
	all   bool
}

// CommandLine is whoever may run commands on the machine itself. Who can read
// the data directory can change it anyway, so nothing is refused; the ledger
// names the actor.
func CommandLine(t *tree.Tree) Actor { return Actor{Name: "command line", Tree: t, all: true} }

// Program is the program acting by itself, by rule.
func Program(t *tree.Tree) Actor { return Actor{Name: "program", Tree: t, all: true} }

// SignedIn says whether somebody is behind the actor at all.
func (a Actor) SignedIn() bool { return a.Person != 0 || a.all }

// May decides whether the actor may do action at unit: nil, or the refusal.
func (a Actor) May(action Action, unit tree.UnitID) error {
	if a.all {
		return nil
	}
	return Decide(a.Grants, a.Tree, action, unit)
}

// Home is the unit at which the actor mostly works: the first at which it is a
// leader, else an officer, a unit administrator, a delegate, a viewer, a system
// administrator; 0 without a grant at a unit that exists.
func (a Actor) Home() tree.UnitID {
	for _, role := range [...]Role{Leader, Officer, UnitAdmin, Delegate, Viewer, SystemAdmin} {
		for _, g := range a.Grants {
			if g.Role == role && exists(a.Tree, g.Unit) {
				return g.Unit
			}
		}
	}
	return 0
}

// Units gives the units of the actor's grants at which they allow action, in
// the order of the grants, each once.
func (a Actor) Units(action Action) []tree.UnitID {
	var list []tree.UnitID
	for _, g := range a.Grants {
		if g.reach(action)&Own != 0 && exists(a.Tree, g.Unit) && !slices.Contains(list, g.Unit) {
			list = append(list, g.Unit)
		}
	}
	return list
}

// By gives the grant by which the actor may do action at unit: a role of the
// actor's own before what was handed over. ok is false without any, and for the
// program and the command line, which need none.
func (a Actor) By(action Action, unit tree.UnitID) (by Grant, ok bool) {
	for _, g := range a.Grants {
		if (!ok || by.Delegation != nil && g.Delegation == nil) && allowed(g, a.Tree, action, unit) {
			by, ok = g, true
		}
	}
	return by, ok
}

// Decide says whether any of the grants allows action at unit: nil, or a
// refusal of kind Forbidden. An unknown unit is refused like one that may not
// be seen, so that nobody learns which units exist.
func Decide(grants []Grant, t *tree.Tree, action Action, unit tree.UnitID) error {
	for _, g := range grants {
		if allowed(g, t, action, unit) {
			return nil
		}
	}
	return fault.New(fault.Forbidden, "access.refused")
}

func allowed(g Grant, t *tree.Tree, action Action, unit tree.UnitID) bool {
	where := g.reach(action)
	if where == 0 || !exists(t, unit) {
		return false
	}
	if unit == g.Unit {
		return where&Own != 0
	}
	if where&Below != 0 && t.Within(unit, g.Unit) {
		return true
	}
	own, held := t.Unit(g.Unit)
	return where&Above != 0 && held && own.Parent == unit
}

func exists(t *tree.Tree, unit tree.UnitID) bool {
	_, ok := t.Unit(unit)
	return ok
}
