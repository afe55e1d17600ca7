package task

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sort"

	"giaoban/internal/base/tree"
)

// Set is a fixed set of units as one compact value: their ids in order, each as the
// distance from the one before, in a variable number of bytes. 52,000 units take about
// 60 kB and one column of one row. The zero value is the empty set.
type Set struct {
	packed []byte
	count  int
	marks  []mark // one for each stride of units
}

// mark is where a stride of a set begins: the unit before it, and the first byte.
type mark struct {
	before tree.UnitID
	at     int
}

// stride is how many units are unpacked at most to find one.
const stride = 128

// NewSet makes a set of units in any order; one that is named twice is in it once, and
// 0 is not.
func NewSet(units []tree.UnitID) Set {
	sorted := slices.Clone(units)
	slices.Sort(sorted)
	var s Set
	last := tree.UnitID(0)
	for _, unit := range sorted {
		if unit <= last {
			continue
		}
		if s.count%stride == 0 {
			s.marks = append(s.marks, mark{last, len(s.packed)})
		}
		s.packed = binary.AppendUvarint(s.packed, uint64(unit-last))
		s.count++
		last = unit
	}
	return s
}

var errNoSet = errors.New("these bytes are no set of units")

// ReadSet reads what [Set.Bytes] gave.
func ReadSet(packed []byte) (Set, error) {
	s := Set{packed: packed}
	last := tree.UnitID(0)
	for at := 0; at < len(packed); s.count++ {
		if s.count%stride == 0 {
			s.marks = append(s.marks, mark{last, at})
		}
		step, n := binary.Uvarint(packed[at:])
		if n <= 0 || step == 0 {
			return Set{}, fmt.Errorf("at byte %d of %d: %w", at, len(packed), errNoSet)
		}
		at += n
		last += tree.UnitID(step)
	}
	return s, nil
}

// Bytes is the set as it is stored.
func (s Set) Bytes() []byte { return s.packed }

// Len is how many units there are.
func (s Set) Len() int { return s.count }

// Has says whether a unit is in the set.
func (s Set) Has(unit tree.UnitID) bool {
	_, in := s.rank(unit)
	return in
}

// rank is how many units of the set stand before one that is in it.
func (s Set) rank(unit tree.UnitID) (int, bool) {
	from := sort.Search(len(s.marks), func(i int) bool { return s.marks[i].before >= unit }) - 1
	if from < 0 {
		return 0, false
	}
	last, at := s.marks[from].before, s.marks[from].at
	for rank := from * stride; rank < s.count; rank++ {
		step, n := binary.Uvarint(s.packed[at:])
		at += n
		if last += tree.UnitID(step); last >= unit {
			return rank, last == unit
		}
	}
	return 0, false
}

// All gives the units in the order of their ids.
func (s Set) All() iter.Seq[tree.UnitID] {
	return func(yield func(tree.UnitID) bool) {
		last := tree.UnitID(0)
		for at := 0; at < len(s.packed); {
			step, n := binary.Uvarint(s.packed[at:])
			at += n
			if last += tree.UnitID(step); !yield(last) {
				return
			}
		}
	}
}

// Units gives the units in the order of their ids, as a list.
func (s Set) Units() []tree.UnitID { return slices.AppendSeq(make([]tree.UnitID, 0, s.count), s.All()) }

// with is the set with one unit in the place of another; 0 for none.
func (s Set) with(heir, instead tree.UnitID) Set {
	units := slices.DeleteFunc(s.Units(), func(unit tree.UnitID) bool { return unit == instead })
	return NewSet(append(units, heir))
}
