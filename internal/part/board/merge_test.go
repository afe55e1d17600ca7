package board

import (
	"strconv"

	"pgregory.net/rapid"

	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// merge dissolves a unit and makes another of its level its heir.
func (p *play) merge() {
	gone, ok := p.some("merged", func(u int64) bool {
		for _, parent := range p.parent {
			if parent == u {
				return false
			}
		}
		return p.parent[u] != 0
	})
	if !ok {
		return
	}
	heir, ok := p.some("heir", func(u int64) bool { return u != gone && p.level[u] == p.level[gone] })
	if !ok {
		return
	}
	act := org.UnitsReorganised{
		Kind: rapid.SampledFrom(org.ActKinds[:]).Draw(p.t, "act"), Any: rapid.Bool().Draw(p.t, "any"),
		Units: []org.Succession{{Unit: id(gone), Heirs: []tree.UnitID{id(heir)}}},
	}
	before := []int64{gone}
	if rapid.Bool().Draw(p.t, "founded") {
		act.Founded = []tree.UnitID{id(heir)}
	} else {
		before = append(before, heir)
	}
	p.put(org.Dissolved, gone)
	delete(p.parent, gone)
	delete(p.level, gone)
	delete(p.pages, id(gone))
	p.happen(org.Reorganised, act)
	p.inherit(act, heir, before)
}

// inherit is the rule, counted the slow way.
func (p *play) inherit(act org.UnitsReorganised, heir int64, before []int64) {
	counted, done, total, rests := 0, 0, 0, 0
	for _, unit := range before {
		key := [2]any{"done", unit}
		if set, exception := p.standing(key); exception && !set.counts {
			continue
		}
		counted++
		if p.accepted[key] {
			done++
			n, _ := strconv.Atoi(p.values[key])
			if p.values[key] != "" {
				total, rests = total+n, rests+p.restsOn(key)
			}
		}
	}
	if counted == 0 {
		return
	}
	key := [2]any{"done", heir}
	p.accepted[key] = done == counted || act.Any && done > 0
	switch {
	case act.Kind == org.Merger && p.accepted[key]:
		p.values[key], p.rests[key] = strconv.Itoa(total), rests
	case p.accepted[key] && act.Founded != nil && p.values[key] == "":
		p.rests[key] = 0
	}
}

// restsOn is how many reports the figures of a unit rest on.
func (p *play) restsOn(key [2]any) int {
	if n, merged := p.rests[key]; merged {
		return n
	}
	return 1
}
