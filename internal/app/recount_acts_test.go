package app_test

import (
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// levels are some of the profile's, from the highest to the lowest.
var levels = []string{"centre", "provincial", "above-grassroots", "grassroots", "cell"}

// day is mostly today, at times one of the weeks before or after.
func (h *history) day() clock.Date {
	today := clock.DateOf(h.clock.Now(), h.Boards.Zone())
	switch h.random.IntN(5) {
	case 0:
		return today.AddDays(-h.random.IntN(20))
	case 1:
		return today.AddDays(1 + h.random.IntN(20))
	}
	return today
}

// do carries a change of the tree out on its day, or plans it.
func (h *history) do(name string, change org.Change) {
	h.Helper()
	planned := false
	h.try(name, func(tx *ledger.Tx, actor access.Actor) error {
		outcome, err := org.Do(h.Context(), tx, actor, change)
		planned = err == nil && outcome.Planned != nil
		return err
	})
	if planned {
		h.done[name]--
		h.done["planned"]++
	}
}

// dayComes makes what was planned for a day that has come.
func (h *history) dayComes() {
	h.Helper()
	due, err := org.Due(h.Context(), h.DB.Reader(), clock.DateOf(h.Ledger.Now(), h.Boards.Zone()))
	if err != nil {
		h.Fatal(err)
	}
	if len(due) == 0 {
		return
	}
	h.done["its day came"] += len(due)
	if err := h.MakeEffective(h.Context()); err != nil {
		h.Fatal(err)
	}
	h.catchUp()
}

func (h *history) code() string {
	h.units++
	return fmt.Sprint("u", h.units)
}

func (h *history) create() {
	root, _ := h.Tree.Root()
	cmd := org.CreateCommand{Parent: root.ID, Code: h.code()}
	cmd.Name = "Đơn vị " + cmd.Code
	if h.units > 5 {
		cmd.Parent = h.likely(func(u tree.Unit) bool { return u.Level != "cell" && u.Level != "grassroots" }).ID
	}
	if h.id != 0 { // until then the history begins
		cmd.From = h.day()
	}
	h.do("create", org.Change{Create: &cmd})
}

// again founds a unit with the code of one that is gone: it is the same unit.
func (h *history) again() {
	gone := h.told.gone()
	if len(gone) == 0 {
		return
	}
	code := h.told.codes[gone[h.random.IntN(len(gone))]]
	h.do("founded again", org.Change{Create: &org.CreateCommand{Parent: h.any().ID, Code: code, Name: "Lại là " + code, From: h.day()}})
}

func (h *history) move() {
	unit := h.any()
	above := h.likely(func(u tree.Unit) bool {
		return slices.Index(levels, u.Level) < slices.Index(levels, unit.Level) && u.ID != unit.Parent
	})
	h.do("move", org.Change{Move: &org.MoveCommand{Unit: unit.ID, Parent: above.ID, From: h.day()}})
}

func (h *history) dissolve() {
	h.do("dissolve", org.Change{Dissolve: &org.DissolveCommand{Unit: h.any().ID, From: h.day()}})
}

func (h *history) changeLevel() {
	unit := h.likely(func(u tree.Unit) bool { return asked(u) && len(h.Tree.Children(u.ID)) == 0 })
	cmd := org.ChangeLevelCommand{Unit: unit.ID, Level: levels[1+h.random.IntN(len(levels)-1)], From: h.day()}
	h.do("change of level", org.Change{Level: &cmd})
}

// reorganise merges, splits or dissolves. Heirs are founded under any unit, or
// are units that are there.
func (h *history) reorganise() {
	cmd := org.ReorganiseCommand{
		Kind: org.ActKinds[h.random.IntN(len(org.ActKinds))], Decision: fmt.Sprint(h.random.IntN(900), "-QĐ/TU"), From: h.day(),
		ByRule: h.random.IntN(2) == 0,
	}
	cmd.Decided = min(cmd.From, clock.DateOf(h.clock.Now(), h.Boards.Zone()))
	first := h.likely(asked)
	if first.Parent == 0 {
		return
	}
	switch cmd.Kind {
	case org.Merger:
		heir := h.heir(&cmd, first)
		for _, u := range h.alike(first) {
			cmd.Units = append(cmd.Units, org.Predecessor{Unit: u, Heirs: []string{heir}})
		}
	case org.Split:
		cmd.Units = []org.Predecessor{{Unit: first.ID, Heirs: []string{h.heir(&cmd, first), h.heir(&cmd, first)}}}
	case org.Dissolution:
		cmd.Units = []org.Predecessor{{Unit: first.ID}}
		if h.random.IntN(2) == 0 {
			cmd.Units[0].Heirs = []string{h.heir(&cmd, first)}
		}
	}
	h.do(string(cmd.Kind), org.Change{Reorganise: &cmd})
}

// heir names a unit that comes after another: a new one mostly, else one that
// is there, which may be the other itself.
func (h *history) heir(cmd *org.ReorganiseCommand, of tree.Unit) string {
	heir := org.Heir{Code: h.code(), Parent: of.Parent, Level: of.Level}
	switch h.random.IntN(4) {
	case 0:
		heir = org.Heir{Code: of.Code}
	case 1:
		near := h.Tree.Children(of.Parent)
		heir = org.Heir{Code: near[h.random.IntN(len(near))].Code}
	case 2:
		heir.Parent, heir.Level = h.any().ID, ""
	}
	heir.Name = "Kế thừa " + heir.Code
	cmd.Heirs = append(cmd.Heirs, heir)
	return heir.Code
}

// alike is a unit and others of its level, two or three in all where there are.
func (h *history) alike(first tree.Unit) []tree.UnitID {
	list := []tree.UnitID{first.ID}
	for range 2 + h.random.IntN(10) {
		if other := h.any(); other.Level == first.Level && other.ID != first.ID && len(list) < 3 {
			list = append(list, other.ID)
		}
	}
	return list
}

// cancel takes a plan back.
func (h *history) cancel() {
	plans, err := org.OpenPlans(h.Context(), h.DB.Reader())
	if err != nil {
		h.Fatal(err)
	}
	if len(plans) == 0 {
		return
	}
	plan := plans[h.random.IntN(len(plans))].ID
	h.try("cancelled", func(tx *ledger.Tx, actor access.Actor) error {
		_, err := org.Cancel(h.Context(), tx, actor, plan)
		return err
	})
}
