package tree

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/internal/base/fold"
)

// Find gives up to limit units in top's subtree that fit the words: first the
// one with that code, then those whose name, without marks, begins with the
// words, then those whose name contains them or whose code begins with them;
// each group in the order of names.
func (t *Tree) Find(top UnitID, words string, limit int) []Unit {
	key, code := fold.Key(words), strings.TrimSpace(words)
	if key == "" || limit <= 0 {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	var best []hit
	for _, p := range t.downward(top) {
		h := hit{p, p.rank(key, code)}
		if h.rank == unfit || len(best) == limit && better(best[limit-1], h) <= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, h, better)
		best = slices.Insert(best, at, h)
		best = best[:min(limit, len(best))]
	}
	list := make([]Unit, len(best))
	for i, h := range best {
		list[i], _ = h.unit() // only occupied places are found
	}
	return list
}

// hit is a unit that was found.
type hit struct {
	*place
	rank rank
}

// rank is how well a unit fits the words; smaller is better.
type rank uint8

const (
	sameCode rank = iota
	nameBegins
	contains
	unfit
)

func (p *place) rank(key, code string) rank {
	switch {
	case strings.EqualFold(p.code, code):
		return sameCode
	case strings.HasPrefix(p.folded, key):
		return nameBegins
	case strings.Contains(p.folded, key), len(p.code) > len(code) && strings.EqualFold(p.code[:len(code)], code):
		return contains
	}
	return unfit
}

func better(a, b hit) int {
	if order := cmp.Compare(a.rank, b.rank); order != 0 {
		return order
	}
	return byName(a.place, b.place)
}
