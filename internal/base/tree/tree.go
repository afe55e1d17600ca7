package tree

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unique"

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
//
// It takes changes in any order and does not judge them: while a reorganisation
// is followed event by event, a unit may stand for a moment under one that is
// not there yet or any more, share its code with another, or stand below
// itself. Nothing fails or hangs then; what is found is right again when the
// last event has been applied.
type Tree struct {
	mu     sync.RWMutex
	places map[UnitID]*place
	codes  map[string]*place
	count  int // of occupied places

	changes int64
}

// place is where a unit stands. It is vacant, its id 0, as long as only
// units below it are known; the one that all roots stand under always is.
type place struct {
	id, parent UnitID
	code, name string
	folded     string // of the name, for search
	what       unique.Handle[what]
	above      *place
	below      []*place // occupied ones only
	unsorted   bool     // below is not in the order of names
}

// what is what a unit is: the same few for a whole country.
type what struct{ level, kind string }

func (p *place) vacant() bool { return p == nil || p.id == 0 }

// unit is the unit at a place; ok is false when there is none.
func (p *place) unit() (u Unit, ok bool) {
	if p.vacant() {
		return Unit{}, false
	}
	is := p.what.Value()
	return Unit{ID: p.id, Parent: p.parent, Code: p.code, Name: p.name, Level: is.level, Kind: is.kind}, true
}

// New returns a tree without units.
func New() *Tree {
	return &Tree{places: map[UnitID]*place{}, codes: map[string]*place{}}
}

// Put adds a unit or changes one: its name, level, kind, code or parent.
func (t *Tree) Put(u Unit) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.changes++
	p := t.place(u.ID)
	switch {
	case p.vacant():
		t.count++
		t.enter(p, u.Parent)
	case p.parent != u.Parent:
		t.leave(p)
		t.enter(p, u.Parent)
	case p.name != u.Name || p.code != u.Code:
		p.above.unsorted = true
	}
	if p.code != u.Code || t.codes[u.Code] != p {
		t.dropCode(p)
		t.codes[u.Code] = p
	}
	if p.name != u.Name {
		p.folded = fold.Key(u.Name)
	}
	p.id, p.parent, p.code, p.name = u.ID, u.Parent, u.Code, u.Name
	p.what = unique.Make(what{u.Level, u.Kind})
}

// Remove takes a dissolved unit out.
func (t *Tree) Remove(id UnitID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.places[id]
	if p.vacant() {
		return
	}
	t.changes++
	t.count--
	t.leave(p)
	t.dropCode(p)
	p.id, p.parent, p.code, p.name, p.folded, p.above = 0, 0, "", "", "", nil
	if len(p.below) == 0 {
		delete(t.places, id)
	}
}

// place is the place of a unit, made when there is none.
func (t *Tree) place(id UnitID) *place {
	p := t.places[id]
	if p == nil {
		p = &place{}
		t.places[id] = p
	}
	return p
}

func (t *Tree) enter(p *place, parent UnitID) {
	p.above = t.place(parent)
	p.above.below = append(p.above.below, p)
	p.above.unsorted = true
}

func (t *Tree) leave(p *place) {
	above := p.above
	at := slices.Index(above.below, p)
	above.below = slices.Delete(above.below, at, at+1)
	if above.vacant() && len(above.below) == 0 {
		delete(t.places, p.parent)
	}
}

// dropCode forgets the code of p, unless another unit has taken it over.
func (t *Tree) dropCode(p *place) {
	if t.codes[p.code] == p {
		delete(t.codes, p.code)
	}
}

// Changes counts what was done to the tree: what was made of it at the same
// count is still right.
func (t *Tree) Changes() int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.changes
}

// Len is how many units there are.
func (t *Tree) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.count
}

// Root is the unit that no unit counts, the newest if there are several; ok is
// false in an empty tree.
func (t *Tree) Root() (Unit, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	top := t.places[0]
	if top == nil {
		return Unit{}, false
	}
	return top.below[len(top.below)-1].unit()
}

// Unit gives a unit; ok is false when it does not exist now.
func (t *Tree) Unit(id UnitID) (Unit, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.places[id].unit()
}

// ByCode finds a unit by its code.
func (t *Tree) ByCode(code string) (Unit, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.codes[code].unit()
}

// Children gives the units that a unit counts directly, in the order of their
// names; nil when it does not exist.
func (t *Tree) Children(id UnitID) []Unit {
	t.mu.RLock()
	p := t.places[id]
	if p.vacant() || !p.unsorted {
		defer t.mu.RUnlock()
		return p.children()
	}
	t.mu.RUnlock()

	// A big import would sort 52,000 times if Put did it.
	t.mu.Lock()
	defer t.mu.Unlock()
	if p = t.places[id]; !p.vacant() {
		slices.SortFunc(p.below, byName)
		p.unsorted = false
	}
	return p.children()
}

func (p *place) children() []Unit {
	if p.vacant() {
		return nil
	}
	return units(p.below)
}

// byName is the order of names, and of codes among units of one name.
func byName(a, b *place) int {
	if order := fold.Compare(a.name, b.name); order != 0 {
		return order
	}
	return strings.Compare(a.code, b.code)
}

func units(places []*place) []Unit {
	list := make([]Unit, len(places))
	for i, p := range places {
		list[i], _ = p.unit() // occupied ones only
	}
	return list
}

// upward goes from a place to those above it, in a circle only once.
func (t *Tree) upward(p *place) iter.Seq[*place] {
	return func(yield func(*place) bool) {
		for left := t.count; left > 0 && !p.vacant() && yield(p); left-- {
			p = p.above
		}
	}
}

// Path gives the units from the root down to a unit, the unit itself last; nil
// when it does not exist.
func (t *Tree) Path(id UnitID) []Unit {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var path []Unit
	for p := range t.upward(t.places[id]) {
		u, _ := p.unit() // upward ends at a vacant one
		path = append(path, u)
	}
	slices.Reverse(path)
	return path
}

// Within says whether a unit is top or stands anywhere below it.
func (t *Tree) Within(id, top UnitID) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for p := range t.upward(t.places[id]) {
		if p.id == top {
			return true
		}
	}
	return false
}

// Subtree gives a unit and all below it, each after its parent; nil when it
// does not exist.
func (t *Tree) Subtree(top UnitID) []Unit {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.places[top].vacant() {
		return nil
	}
	return units(t.downward(top))
}

// downward lists the places of a unit and all below it, each after the one
// above it.
func (t *Tree) downward(top UnitID) []*place {
	first := t.places[top]
	if first.vacant() {
		return nil
	}
	list := []*place{first}
	for i := 0; i < len(list); i++ {
		for _, p := range list[i].below {
			if p != first { // a circle leads back to where it was entered
				list = append(list, p)
			}
		}
	}
	return list
}
