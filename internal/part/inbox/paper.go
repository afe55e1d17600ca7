package inbox

import (
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/register"
)

// Paper is an official paper with which somebody of a unit has to go on.
type Paper struct {
	register.Paper
	Next register.Next
	Kind profile.PaperKind
	At   tree.Unit // whose office issues it
}

// papers gathers the papers that wait for the person: for the signature of who signs, the
// rest for the office. A leader does the office's part where it has nobody else.
func (g *gatherer) papers() error {
	if err := g.putIn(); err != nil {
		return err
	}
	units := g.actor.Units(access.PaperDraft)
	for _, unit := range g.actor.Units(access.PaperSign) { // as a delegate, too
		if !slices.Contains(units, unit) {
			units = append(units, unit)
		}
	}
	list, err := register.Waiting(g.ctx, g.q, units)
	if err != nil {
		return err
	}
	officers := map[tree.UnitID][]account.Holder{}
	for _, p := range list {
		one := Paper{Paper: p, Next: p.Next(g.rules)}
		if _, minutes := briefing.MinutesNamed(p.Subject); minutes && (one.Next == register.ToSign || one.Next == register.ToInitial) {
			one.Next = register.ToHave // the briefing itself waits for its chair; what waits here is to be signed outside
		}
		waits, err := g.waitsFor(one, officers)
		if err != nil {
			return err
		}
		if !waits {
			continue
		}
		g.paper(one)
	}
	return nil
}

// putIn gathers the papers that others put in as signed by the person.
func (g *gatherer) putIn() error {
	list, err := register.ToSee(g.ctx, g.q, g.actor.Person)
	if err != nil {
		return err
	}
	for _, p := range list {
		if g.actor.May(access.PaperRead, p.Unit) == nil {
			g.paper(Paper{Paper: p, Next: register.ToOwn})
		}
	}
	return nil
}

func (g *gatherer) paper(one Paper) {
	one.Kind, _ = g.rules.PaperKind(one.Paper.Kind)
	one.At, _ = g.actor.Tree.Unit(one.Unit)
	g.work.Papers = append(g.work.Papers, one)
}

// waitsFor says whether a paper waits for the person; officers are those of units that
// were asked for already.
func (g *gatherer) waitsFor(p Paper, officers map[tree.UnitID][]account.Holder) (bool, error) {
	signs := g.actor.May(access.PaperSign, p.Unit) == nil
	if p.Next == register.ToSign {
		return signs, nil
	}
	office := access.PaperNumber
	if p.Next == register.ToInitial {
		office = access.PaperDraft
	}
	if err := g.actor.May(office, p.Unit); err != nil || !signs {
		return err == nil, nil
	}
	there, known := officers[p.Unit]
	if !known {
		var err error
		if there, err = account.Holders(g.ctx, g.q, []tree.UnitID{p.Unit}, access.Officer); err != nil {
			return false, err
		}
		officers[p.Unit] = there
	}
	return len(there) == 0 || slices.ContainsFunc(there, func(one account.Holder) bool { return one.ID == g.actor.Person }), nil
}
