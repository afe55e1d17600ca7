package board

import (
	"encoding/binary"

	"giaoban/internal/base/text"
)

// write keeps what a part adds to the sums, and gives the place; 0 for nothing.
// Most of it is small numbers, and a country's year has millions of them: they
// take the bytes that they need.
func (c *column) write(sums []Sum) int32 {
	for len(sums) > 0 && sums[len(sums)-1] == (Sum{}) {
		sums = sums[:len(sums)-1]
	}
	if len(sums) == 0 {
		return 0
	}
	at := c.room()
	c.values = binary.AppendUvarint(c.values, uint64(len(sums)))
	for _, s := range sums {
		c.values = binary.AppendVarint(c.values, int64(s.Units))
		c.values = binary.AppendVarint(c.values, int64(s.Total))
	}
	return at
}

// writeMany keeps what many units add to counters and sums.
func (c *column) writeMany(t tally, sums []Sum) int32 {
	at := c.room()
	for _, n := range [...]int32{t.total, t.done, t.waiting, t.provisional, t.exempt, t.apart} {
		c.values = binary.AppendVarint(c.values, int64(n))
	}
	if c.write(sums) == 0 {
		c.values = append(c.values, 0)
	}
	return at
}

// room is where the next values begin; place 0 stands for none.
func (c *column) room() int32 {
	if len(c.values) == 0 {
		c.values = append(c.values, 0)
	}
	return int32(len(c.values))
}

// tally is what a part adds to the counters.
func (c *column) tally(p part) tally {
	if p.own&many == 0 {
		return *p.own.tally()
	}
	var t tally
	at := int(p.values)
	for _, n := range [...]*int32{&t.total, &t.done, &t.waiting, &t.provisional, &t.exempt, &t.apart} {
		read, size := binary.Varint(c.values[at:])
		*n = int32(read)
		at += size
	}
	return t
}

// addTo adds what a part adds to the sums, sign times.
func (c *column) addTo(sums []Sum, p part, sign int64) {
	if p.own&many == 0 && (p.values == 0 || !p.own.counted()) {
		return
	}
	at := int(p.values)
	if p.own&many != 0 {
		for range 6 { // the tally stands before
			_, size := binary.Varint(c.values[at:])
			at += size
		}
	}
	c.addAt(sums, at, sign)
}

// addAt adds what is written at a place to sums. Of the series that came later
// nothing is written.
func (c *column) addAt(sums []Sum, at int, sign int64) {
	n, size := binary.Uvarint(c.values[at:])
	at += size
	for i := range int(n) {
		units, size := binary.Varint(c.values[at:])
		at += size
		total, more := binary.Varint(c.values[at:])
		at += more
		sums[i].Units += int32(sign * units)
		sums[i].Total += text.Decimal(sign * total)
	}
}
