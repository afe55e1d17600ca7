package board

import (
	"sort"
)

// part is what somebody adds to the counters above: one unit, or many at once.
type part struct {
	own    own
	lane   uint16 // the lane of the column that counts it
	values int32  // where what it adds to the sums stands, of many also their tally; 0 for nothing
}

// change is one thing that happened in a column: a part was something, and is
// something else.
type change struct {
	low    uint32 // of the position
	high   uint16
	was    part
	is     part
	before int32 // the change of the same unit before this one; 0 for none
}

func (c *change) position() int64 { return int64(c.high)<<32 | int64(c.low) }

func changeAt(position int64, was, is part, before int32) change {
	return change{low: uint32(position), high: uint16(position >> 32), was: was, is: is, before: before}
}

// changes is a column's log: all that ever happened in it, in order. It lies in
// blocks without pointers, so that the garbage collector has nothing to follow
// in millions of them and none is ever moved. Place 0 stands for none.
type changes struct {
	blocks [][]change
	n      int32
}

const (
	blockBits = 12
	blockSize = 1 << blockBits
)

func (l *changes) add(c change) int32 {
	if l.n == 0 {
		l.n = 1
	}
	if int(l.n>>blockBits) == len(l.blocks) {
		l.blocks = append(l.blocks, make([]change, blockSize))
	}
	at := l.n
	*l.at(at) = c
	l.n++
	return at
}

func (l *changes) at(i int32) *change { return &l.blocks[i>>blockBits][i&(blockSize-1)] }

// mark is the place of the first change later than a position: the changes of
// places before it had happened then.
func (l *changes) mark(position int64) int32 {
	if l.n == 0 {
		return 1
	}
	if position == present || l.at(l.n-1).position() <= position {
		return l.n
	}
	return 1 + int32(sort.Search(int(l.n-1), func(i int) bool { return l.at(int32(i)+1).position() > position }))
}
