package inboxui

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// step is one thing to do before the first directive is in force; its words are
// "inboxui.step." and the key.
type step struct {
	Key  string
	Path string // "" where somebody else does it
	Done string // says what is there already; "" for not yet
}

// first are the steps from an empty installation to a board that moves, as far as
// the person may take them: the list of units, the leaders, the first directive.
// Somebody who may take none of them has none.
func first(r *web.Request, unit tree.Unit) []step {
	may := func(action access.Action) bool { return r.Actor.May(action, unit.ID) == nil }
	var list []step
	children := len(r.Actor.Tree.Children(unit.ID))
	if may(access.UnitChange) {
		units := step{Key: "units", Path: "/org/import"}
		if children > 0 {
			units.Done = r.T("inboxui.step.units.done", "n", children)
		}
		list = append(list, units)
	}
	if may(access.AccountManage) {
		list = append(list, step{Key: "own", Path: "/admin/invite"})
		if children > 0 {
			list = append(list, step{Key: "leaders", Path: "/admin/leaders"})
		}
	}
	switch {
	case may(access.DirectiveDraft) && children > 0:
		list = append(list, step{Key: "directive", Path: "/directives/new"})
	case may(access.AccountManage) && unit.Parent == 0:
		list = append(list, step{Key: "theirs"})
	}
	return list
}
