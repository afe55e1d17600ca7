package inbox

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/difficulty"
)

// Difficulty is one about which a unit of the person has something to do.
type Difficulty struct {
	difficulty.Difficulty
	At   tree.Unit // for which the person acts
	From tree.Unit // that raised it
}

// difficulties gathers what the person's units are asked, and the answers that they
// have to confirm.
func (g *gatherer) difficulties() error {
	for _, unit := range g.actor.Units(access.DifficultyAnswer) {
		list, err := difficulty.Asked(g.ctx, g.q, unit)
		if err != nil {
			return err
		}
		g.work.Asked = append(g.work.Asked, g.concerning(unit, list)...)
	}
	for _, unit := range g.actor.Units(access.DifficultyRaise) {
		list, err := difficulty.ToConfirm(g.ctx, g.q, unit)
		if err != nil {
			return err
		}
		g.work.Answered = append(g.work.Answered, g.concerning(unit, list)...)
	}
	return nil
}

func (g *gatherer) concerning(unit tree.UnitID, list []difficulty.Difficulty) (all []Difficulty) {
	for _, d := range list {
		one := Difficulty{Difficulty: d}
		one.At, _ = g.actor.Tree.Unit(unit)
		one.From, _ = g.actor.Tree.Unit(d.Unit)
		all = append(all, one)
	}
	return all
}
