package vp8

// coder writes choices of known probability into few bits (RFC 6386, 7.3).
type coder struct {
	out    []byte
	bottom uint32
	span   uint32
	shifts int // until the next byte is whole
}

func newCoder(out []byte) *coder { return &coder{out: out, span: 255, shifts: 24} }

// put writes a choice; probability is that of false, of 256.
func (c *coder) put(probability uint8, choice bool) {
	split := 1 + ((c.span-1)*uint32(probability))>>8
	if choice {
		c.bottom += split
		c.span -= split
	} else {
		c.span = split
	}
	for c.span < 128 {
		c.span <<= 1
		if c.bottom>>31 == 1 {
			c.carry()
		}
		c.bottom <<= 1
		if c.shifts--; c.shifts == 0 {
			c.out = append(c.out, byte(c.bottom>>24))
			c.bottom &= 1<<24 - 1
			c.shifts = 8
		}
	}
}

// carry adds one to what was written.
func (c *coder) carry() {
	at := len(c.out) - 1
	for ; c.out[at] == 255; at-- {
		c.out[at] = 0
	}
	c.out[at]++
}

const even = 128 // either choice is as probable

// number writes a number of so many bits.
func (c *coder) number(value, bits int) {
	for bits--; bits >= 0; bits-- {
		c.put(even, value>>bits&1 == 1)
	}
}

// bytes ends the writing.
func (c *coder) bytes() []byte {
	for range 32 {
		c.put(even, false)
	}
	return c.out
}
