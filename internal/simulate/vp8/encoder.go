package vp8

import (
	"image"
)

// side is that of a block of luma; chroma has half of it.
const side = 16

// Encoder writes the frames of one picture. It keeps what decoders show.
type Encoder struct {
	width, height int // in blocks
	shown         *image.YCbCr
	above         []edges // whether the blocks above the next row have coefficients
	left          edges
	modes, tokens *coder
	buffers       [2][]byte
}

// edges says of the border of a block of 16 by 16 which of its small blocks have
// coefficients.
type edges struct {
	luma  [4]int
	blue  [2]int
	red   [2]int
	means int
}

// New makes an encoder of pictures of a size that whole blocks of 16 by 16 fill.
func New(size image.Point) *Encoder {
	if size.X%side != 0 || size.Y%side != 0 {
		panic("vp8: a picture's sides are multiples of 16")
	}
	return &Encoder{
		width: size.X / side, height: size.Y / side, above: make([]edges, size.X/side),
		shown: image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420),
	}
}

// Key writes a frame from which a decoder can begin.
func (e *Encoder) Key(picture *image.YCbCr) []byte {
	e.begin(true, 0)
	e.each(func(x, y int) {
		e.modes.put(145, true) // the mean of its neighbours (RFC 6386, 11.2)
		e.modes.put(156, false)
		e.modes.put(163, false)
		e.modes.put(142, false) // and of chroma
		e.predict(x, y)
		e.write(picture, x, y)
	})
	return e.end(true)
}

// Change writes a frame that follows on the one before, where the picture has changed only
// inside of a rectangle.
func (e *Encoder) Change(picture *image.YCbCr, changed image.Rectangle) []byte {
	changed = image.Rect(changed.Min.X/side, changed.Min.Y/side, (changed.Max.X+side-1)/side, (changed.Max.Y+side-1)/side).
		Intersect(image.Rect(0, 0, e.width, e.height))
	all := e.width * e.height
	still := uint8(min(255, max(1, 255*changed.Dx()*changed.Dy()/all)))
	e.begin(false, still)
	e.each(func(x, y int) {
		moved := image.Pt(x, y).In(changed)
		e.modes.put(still, !moved)
		e.modes.put(1, true)    // as in a frame before
		e.modes.put(255, false) // the last
		e.modes.put(unmoved[e.beside(x, y)], false)
		if moved {
			e.write(picture, x, y)
			return
		}
		e.left, e.above[x] = edges{}, edges{}
	})
	return e.end(false)
}

// unmoved is how probable it is that a block has moved nowhere, by how many of its
// neighbours are there, of which those above and left count twice (RFC 6386, 18.3).
var unmoved = [6]uint8{7, 14, 135, 60, 159, 234}

func (e *Encoder) beside(x, y int) (n int) {
	if y > 0 {
		n += 2
	}
	if x > 0 {
		n += 2
	}
	if x > 0 && y > 0 {
		n++
	}
	return n
}

// each goes through all blocks in their order.
func (e *Encoder) each(do func(x, y int)) {
	clear(e.above)
	for y := range e.height {
		e.left = edges{}
		for x := range e.width {
			do(x, y)
		}
	}
}

// begin writes the header of a frame (RFC 6386, 9.2 to 9.11); still is how probable
// it is, of 256, that a block is not.
func (e *Encoder) begin(key bool, still uint8) {
	e.modes, e.tokens = newCoder(e.buffers[0][:0]), newCoder(e.buffers[1][:0])
	h := e.modes
	if key {
		h.number(0, 2) // colours as usual, values to be clamped
	}
	h.number(0, 1)   // no segments
	h.number(0, 1+6) // no filter
	h.number(0, 3)   // of no sharpness
	h.number(0, 1)   // no changes to it
	h.number(0, 2)   // one partition of tokens
	h.number(fineness, 7)
	h.number(0, 5) // the same for all planes
	if !key {
		h.number(0, 2) // the golden and the other frame stay
		h.number(0, 4) // and are copied from none
		h.number(0, 2) // and have their sign
	}
	h.number(1, 1) // probabilities stay
	if !key {
		h.number(1, 1) // this is the last frame from now on
	}
	for _, planes := range renewal {
		for _, band := range planes {
			for _, context := range band {
				for _, probability := range context {
					h.put(probability, false)
				}
			}
		}
	}
	if key {
		h.number(0, 1) // no block is without coefficients
		return
	}
	h.number(1, 1)
	h.number(int(still), 8)
	h.number(1, 8)   // nearly all blocks are as in a frame before
	h.number(255, 8) // that is the last
	h.number(128, 8)
	h.number(0, 2) // the other modes' probabilities stay
	for _, direction := range motion {
		for _, probability := range direction {
			h.put(probability, false)
		}
	}
}

// motion is how probable it is that a frame leaves each probability of motion as it was
// (RFC 6386, 17.2).
var motion = [2][19]uint8{
	{237, 246, 253, 253, 254, 254, 254, 254, 254, 254, 254, 254, 254, 254, 250, 250, 252, 254, 254},
	{231, 243, 245, 253, 254, 254, 254, 254, 254, 254, 254, 254, 254, 254, 251, 251, 254, 254, 254},
}

// end puts the frame together (RFC 6386, 9.1).
func (e *Encoder) end(key bool) []byte {
	modes, tokens := e.modes.bytes(), e.tokens.bytes()
	e.buffers = [2][]byte{modes, tokens}
	tag := 1<<4 | len(modes)<<5 // it is shown
	if !key {
		tag |= 1
	}
	frame := make([]byte, 0, 10+len(modes)+len(tokens))
	frame = append(frame, byte(tag), byte(tag>>8), byte(tag>>16))
	if key {
		width, height := e.width*side, e.height*side
		frame = append(frame, 0x9d, 0x01, 0x2a, byte(width), byte(width>>8), byte(height), byte(height>>8))
	}
	return append(append(frame, modes...), tokens...)
}
