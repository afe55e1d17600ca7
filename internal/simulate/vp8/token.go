package vp8

// plane is what a block of coefficients is of (RFC 6386, 13.3).
type plane int

const (
	lumaRest plane = iota // luma without its mean
	means                 // the means of the 16 blocks of luma
	chroma
)

// zigzag is the order of coefficients, bands the band of each place in it.
var (
	zigzag = [16]int{0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15}
	bands  = [16]int{0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7}
)

// category is a range of values that share a token; the bits of what is above its least
// follow, each with a probability.
type category struct {
	least int32
	bits  []uint8
}

var categories = [6]category{
	{5, []uint8{159}},
	{7, []uint8{165, 145}},
	{11, []uint8{173, 148, 140}},
	{19, []uint8{176, 155, 140, 135}},
	{35, []uint8{180, 157, 141, 134, 130}},
	{67, []uint8{254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}},
}

// most is the largest value that a token holds.
const most = 67 + 1<<11 - 1

// tokens writes the coefficients of a block; context is how many of its two neighbours
// have any. It says whether this one has.
func (c *coder) tokens(kind plane, context int, values *block) bool {
	first := 0
	if kind == lumaRest {
		first = 1
	}
	end := 16
	for end > first && values[zigzag[end-1]] == 0 {
		end--
	}
	zero := false // a block does not end after a zero, so nothing is said about that
	for i := first; i < end; i++ {
		p := &usual[kind][bands[i]][context]
		if !zero {
			c.put(p[0], true)
		}
		context = c.value(p, values[zigzag[i]])
		zero = context == 0
	}
	if end < 16 {
		c.put(usual[kind][bands[end]][context][0], false)
	}
	return end > first
}

// value writes one coefficient and gives the context of the next.
func (c *coder) value(p *[11]uint8, value int32) (context int) {
	size := max(value, -value)
	c.put(p[1], size > 0)
	if size == 0 {
		return 0
	}
	c.put(p[2], size > 1)
	context = 1
	if size > 1 {
		context = 2
		c.large(p, size)
	}
	c.put(even, value < 0)
	return context
}

// large writes the size of a coefficient of at least 2.
func (c *coder) large(p *[11]uint8, size int32) {
	c.put(p[3], size > 4)
	if size <= 4 {
		c.put(p[4], size > 2)
		if size > 2 {
			c.put(p[5], size > 3)
		}
		return
	}
	which := 0
	for which < 5 && size >= categories[which+1].least {
		which++
	}
	c.put(p[6], which > 1)
	switch {
	case which < 2:
		c.put(p[7], which == 1)
	default:
		c.put(p[8], which > 3)
		c.put(p[9+(which-2)/2], which%2 == 1)
	}
	rest := size - categories[which].least
	bits := categories[which].bits
	for i, probability := range bits {
		c.put(probability, rest>>(len(bits)-1-i)&1 == 1)
	}
}
