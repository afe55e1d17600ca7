package tree

import (
	"slices"
	"strings"
	"sync"

	"giaoban/internal/base/fold"
)

// UnitID names a unit for good, whatever it is called and wherever it stands.
// The zero value names none.
type UnitID int64

// Unit is a unit as it stands now.
type Unit struct {
	ID     UnitID
	Parent UnitID // the unit that counts it; 0 for the root
	Code   string // as the organisation writes it, unique in the installation
	Name   string
	Level  string // key of a level of the profile
	Kind   string // key of a kind of the profile
}

// Tree is all units that exist now. It is safe for concurrent use; the zero
// value is not, use New.
type Tree struct {
	mu    sync.RWMutex
	units map[UnitID]*node
	codes map[string]UnitID
	root  UnitID
}

type node struct {
	Unit
	folded   string // of the name, for search
	children []UnitID
	unsorted bool
}

// New returns a tree without units.
func New() *Tree {
	return &Tree{units: map[UnitID]*node{}, codes: map[string]UnitID{}}
}

// Put adds a unit or changes one: its name, level, kind, code or parent.
func (t *Tree) Put(u Unit) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.units[u.ID]
	if n == nil {
		n = &node{}
		t.units[u.ID] = n
		t.adopt(u)
	} else if n.Parent != u.Parent {
		t.orphan(n.Unit)
		t.adopt(u)
	} else if p := t.units[u.Parent]; p != nil && n.Name != u.Name {
		p.unsorted = true
	}
	if n.Code != u.Code {
		delete(t.codes, n.Code)
		t.codes[u.Code] = u.ID
	}
	if n.Name != u.Name {
		n.folded = fold.Key(u.Name)
	}
	n.Unit = u
	if u.Parent == 0 {
		t.root = u.ID
	}
}

// Remove takes a dissolved unit out.
func (t *Tree) Remove(id UnitID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.units[id]
	if n == nil {
		return
	}
	t.orphan(n.Unit)
	delete(t.units, id)
	delete(t.codes, n.Code)
}

func (t *Tree) adopt(u Unit) {
	if p := t.units[u.Parent]; p != nil {
		p.children = append(p.children, u.ID)
		p.unsorted = true
	}
}

func (t *Tree) orphan(u Unit) {
	if p := t.units[u.Parent]; p != nil {
		p.children = slices.DeleteFunc(p.children, func(id UnitID) bool { return id == u.ID })
	}
}

// Len is how many units there are.
func (t *Tree) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.units)
}

// Root is the unit that no unit counts; ok is false in an empty tree.
func (t *Tree) Root() (Unit, bool) { return t.Unit(t.rootID()) }

func (t *Tree) rootID() UnitID {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.root
}

// Unit gives a unit; ok is false when it does not exist now.
func (t *Tree) Unit(id UnitID) (Unit, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if n := t.units[id]; n != nil {
		return n.Unit, true
	}
	return Unit{}, false
}

// ByCode finds a unit by its code.
func (t *Tree) ByCode(code string) (Unit, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if n := t.units[t.codes[code]]; n != nil {
		return n.Unit, true
	}
	return Unit{}, false
}

// Children gives the units that a unit counts directly, in the order of their
// names.
func (t *Tree) Children(id UnitID) []Unit {
	t.sort(id)
	t.mu.RLock()
	defer t.mu.RUnlock()
	n := t.units[id]
	if n == nil {
		return nil
	}
	list := make([]Unit, 0, len(n.children))
	for _, child := range n.children {
		list = append(list, t.units[child].Unit)
	}
	return list
}

// sort puts a unit's children in order of name, when they are not: a big import
// would sort 52,000 times if Put did it.
func (t *Tree) sort(id UnitID) {
	t.mu.RLock()
	n := t.units[id]
	sorted := n == nil || !n.unsorted
	t.mu.RUnlock()
	if sorted {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	slices.SortFunc(n.children, func(a, b UnitID) int {
		x, y := t.units[a], t.units[b]
		if c := fold.Compare(x.Name, y.Name); c != 0 {
			return c
		}
		return strings.Compare(x.Code, y.Code)
	})
	n.unsorted = false
}

// Path gives the units from the root down to a unit, the unit itself last; nil
// when it does not exist.
func (t *Tree) Path(id UnitID) []Unit {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var path []Unit
	for n := t.units[id]; n != nil; n = t.units[n.Parent] {
		path = append(path, n.Unit)
	}
	slices.Reverse(path)
	return path
}

// Within says whether a unit is top or stands anywhere below it.
func (t *Tree) Within(id, top UnitID) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for n := t.units[id]; n != nil; n = t.units[n.Parent] {
		if n.ID == top {
			return true
		}
	}
	return false
}

// Subtree gives a unit and all below it, each after its parent.
func (t *Tree) Subtree(top UnitID) []Unit {
	t.mu.RLock()
	defer t.mu.RUnlock()
	first := t.units[top]
	if first == nil {
		return nil
	}
	list := []Unit{first.Unit}
	for i := 0; i < len(list); i++ {
		for _, child := range t.units[list[i].ID].children {
			list = append(list, t.units[child].Unit)
		}
	}
	return list
}

// Find gives up to limit units in top's subtree whose name, without marks, or
// whose code contains the words; names that begin with them come first.
func (t *Tree) Find(top UnitID, words string, limit int) []Unit {
	key := fold.Key(words)
	if key == "" {
		return nil
	}
	var begins, holds []Unit
	for _, u := range t.Subtree(top) {
		switch folded := t.folded(u.ID); {
		case strings.HasPrefix(folded, key) || u.Code == words:
			begins = append(begins, u)
		case strings.Contains(folded, key):
			holds = append(holds, u)
		}
	}
	byName := func(a, b Unit) int { return fold.Compare(a.Name, b.Name) }
	slices.SortStableFunc(begins, byName)
	found := begins
	if len(found) < limit {
		slices.SortStableFunc(holds, byName)
		found = append(found, holds...)
	}
	return found[:min(limit, len(found))]
}

func (t *Tree) folded(id UnitID) string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if n := t.units[id]; n != nil {
		return n.folded
	}
	return ""
}
