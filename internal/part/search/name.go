package search

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"

	"giaoban/internal/base/word"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/tree"
)

// names finds units by words of their codes and names, those that stand higher
// first. A country's stand in one text, a line each, in the order in which they are
// given: what is typed is looked for in all of it within milliseconds, where an index
// by words would have a list of hundreds of thousands for each of the few words of
// which their names are made.
type names struct {
	tree *tree.Tree

	mu     sync.Mutex
	made   *nameList
	making bool
}

// nameList is the units as they were after some changes of the tree.
type nameList struct {
	changes int64
	text    []byte // folded; a line break before each
	lines   []nameLine
}

// nameLine is a unit: where its line begins, and which places it and those below it
// have when the tree is walked from above.
type nameLine struct {
	begins, enter, leave int32
	id                   tree.UnitID
}

// few is how many units are listed at once before an answer; of more, an answer is
// given by the last list while the next is made.
const few = 10_000

// list is the units as they are now, or were a moment ago.
func (n *names) list() *nameList {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch changes := n.tree.Changes(); {
	case n.made != nil && n.made.changes == changes:
	case n.made == nil || n.tree.Len() <= few:
		n.made = listNames(n.tree)
	case !n.making:
		n.making = true
		go n.makeAnew()
	}
	return n.made
}

func (n *names) makeAnew() {
	made := listNames(n.tree)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.made, n.making = made, false
}

func listNames(t *tree.Tree) *nameList {
	made := &nameList{changes: t.Changes()}
	root, ok := t.Root()
	if !ok {
		return made
	}
	units := t.Subtree(root.ID) // parents before those below them
	at := make(map[tree.UnitID]int32, len(units))
	depth, size, enter := make([]int32, len(units)), make([]int32, len(units)), make([]int32, len(units))
	for i, u := range units {
		at[u.ID], size[i] = int32(i), 1
		if i > 0 {
			depth[i] = depth[at[u.Parent]] + 1
		}
	}
	for i := len(units) - 1; i > 0; i-- {
		size[at[units[i].Parent]] += size[i]
	}
	next := make([]int32, len(units)) // the place of the next unit below one
	for i, u := range units {
		if i > 0 {
			parent := at[u.Parent]
			enter[i] = next[parent]
			next[parent] += size[i]
		}
		next[i] = enter[i] + 1
	}
	keys, order := make([]string, len(units)), make([]int, len(units))
	for i, u := range units {
		keys[i], order[i] = fold.Key(u.Name)+" "+fold.Key(u.Code), i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(depth[a], depth[b]), strings.Compare(keys[a], keys[b]), cmp.Compare(units[a].ID, units[b].ID))
	})
	made.lines = make([]nameLine, 0, len(units))
	for _, i := range order {
		made.text = append(append(made.text, '\n'), keys[i]...)
		made.lines = append(made.lines, nameLine{int32(len(made.text) - len(keys[i])), enter[i], enter[i] + size[i], units[i].ID})
	}
	made.text = slices.Clip(append(made.text, '\n'))
	return made
}

// mostFits is how many units that fit are looked at for those whose marks fit, too.
const mostFits = 2000

// find gives up to so many units below the tops with all the words: whose code it is,
// those written with the marks that were typed, then the others; each as they stand,
// from above.
func (n *names) find(tops []tree.UnitID, typed string, words []word.Word, most int) (found []tree.Unit) {
	list := n.list()
	spans := list.spans(tops)
	var others []tree.Unit
	marked := slices.ContainsFunc(words, func(w word.Word) bool { return w.Exact != w.Folded })
	first, coded := n.tree.ByCode(strings.TrimSpace(typed))
	coded = coded && slices.ContainsFunc(tops, func(top tree.UnitID) bool { return n.tree.Within(first.ID, top) })
	if coded {
		found = append(found, first)
	}
	fits := 0
	list.each(spans, words, func(id tree.UnitID) bool {
		unit, exists := n.tree.Unit(id)
		if !exists || coded && unit.ID == first.ID {
			return true
		}
		if fits++; !marked || word.HasExact(word.Split(unit.Name), words) {
			found = append(found, unit)
		} else if len(others) < most {
			others = append(others, unit)
		}
		return len(found) < most && fits < mostFits
	})
	found = append(found, others...)
	return found[:min(len(found), most)]
}

// spans are the lines of units.
func (l *nameList) spans(of []tree.UnitID) (list []nameLine) {
	for _, line := range l.lines {
		if slices.Contains(of, line.id) {
			list = append(list, line)
		}
	}
	return list
}

// each gives the units of spans whose lines have all the words, until it is told to
// stop.
func (l *nameList) each(spans []nameLine, words []word.Word, give func(tree.UnitID) bool) {
	rarest := slices.MaxFunc(words, func(a, b word.Word) int { return cmp.Compare(len(a.Folded), len(b.Folded)) })
	line := 0
	for at := 0; at < len(l.text); {
		i := bytes.Index(l.text[at:], []byte(rarest.Folded))
		if i < 0 {
			return
		}
		at += i
		for line+1 < len(l.lines) && int(l.lines[line+1].begins) <= at {
			line++
		}
		from, to := int(l.lines[line].begins)-1, len(l.text)-1
		if line+1 < len(l.lines) {
			to = int(l.lines[line+1].begins) - 1
		}
		if l.lines[line].within(spans) && hasBegun(l.text[from:to], words) && !give(l.lines[line].id) {
			return
		}
		at = to
	}
}

// within says whether a unit is one of others or below one.
func (l nameLine) within(spans []nameLine) bool {
	for _, s := range spans {
		if s.enter <= l.enter && l.enter < s.leave {
			return true
		}
	}
	return false
}

func hasBegun(line []byte, words []word.Word) bool {
	for _, w := range words {
		if !begun(line, w.Folded) {
			return false
		}
	}
	return true
}

// begun says whether a word of a line begins so.
func begun(line []byte, begins string) bool {
	for at := 0; ; at++ {
		i := bytes.Index(line[at:], []byte(begins))
		if i < 0 {
			return false
		}
		if at += i; at > 0 && !inWord(line[at-1]) {
			return true
		}
	}
}

// inWord says whether a byte of a folded text is part of a word.
func inWord(b byte) bool { return b >= 0x80 || word.IsPlain(rune(b)) }
