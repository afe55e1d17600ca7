package vp8

import "image"

// fineness is the index of the divisors; 127 is the coarsest. Letters stay sharp with it.
const fineness = 20

// The divisors of that fineness (RFC 6386, 14.1), of the mean and of the rest.
var (
	lumaDivisors   = [2]int32{21, 24}
	meansDivisors  = [2]int32{2 * 21, 24 * 155 / 100}
	chromaDivisors = [2]int32{21, 24}
)

// predict shows in place of a block the mean of its neighbours.
func (e *Encoder) predict(x, y int) {
	mean(e.shown.Y, e.shown.YStride, x, y, side)
	mean(e.shown.Cb, e.shown.CStride, x, y, side/2)
	mean(e.shown.Cr, e.shown.CStride, x, y, side/2)
}

// mean fills a square with the mean of the row above it and the column left of it, as
// far as they are there (RFC 6386, 12.2).
func mean(pixels []uint8, stride, x, y, size int) {
	at := y*size*stride + x*size
	sum, n := 0, 0
	if y > 0 {
		for i := range size {
			sum += int(pixels[at-stride+i])
		}
		n += size
	}
	if x > 0 {
		for i := range size {
			sum += int(pixels[at-1+i*stride])
		}
		n += size
	}
	value := uint8(128)
	if n > 0 {
		value = uint8((sum + n/2) / n)
	}
	for i := range size {
		row := pixels[at+i*stride:][:size]
		for j := range row {
			row[j] = value
		}
	}
}

// write writes by what the picture differs from what is shown in place of a block, and
// shows that.
func (e *Encoder) write(picture *image.YCbCr, x, y int) {
	left, above := &e.left, &e.above[x]
	at := func(i int) int { return (y*side+i/4*4)*e.shown.YStride + x*side + i%4*4 }
	var luma [16]block
	var second block
	for i := range luma {
		coefficients := difference(picture.Y, picture.YStride, picture.YOffset(x*side+i%4*4, y*side+i/4*4), e.shown.Y[at(i):], e.shown.YStride).transform(&cosines)
		second[i] = int32(coefficients[0])
		luma[i] = divided(coefficients, lumaDivisors)
	}
	second = divided(second.transform(&hadamard), meansDivisors)
	has := e.tokens.tokens(means, left.means+above.means, &second)
	left.means, above.means = one(has), one(has)
	second.multiply(meansDivisors)
	second.restoreMeans()
	for i := range luma {
		l, a := &left.luma[i/4], &above.luma[i%4]
		has := e.tokens.tokens(lumaRest, *l+*a, &luma[i])
		*l, *a = one(has), one(has)
		luma[i].multiply(lumaDivisors)
		luma[i][0] = second[i]
		luma[i].restore()
		luma[i].addTo(e.shown.Y[at(i):], e.shown.YStride)
	}
	e.chroma(picture.Cb, e.shown.Cb, picture, x, y, &left.blue, &above.blue)
	e.chroma(picture.Cr, e.shown.Cr, picture, x, y, &left.red, &above.red)
}

// chroma is as write, for one plane of colour.
func (e *Encoder) chroma(pixels, shown []uint8, picture *image.YCbCr, x, y int, left, above *[2]int) {
	for i := range 4 {
		from := picture.COffset(x*side+i%2*8, y*side+i/2*8)
		to := shown[(y*side/2+i/2*4)*e.shown.CStride+x*side/2+i%2*4:]
		coefficients := divided(difference(pixels, picture.CStride, from, to, e.shown.CStride).transform(&cosines), chromaDivisors)
		l, a := &left[i/2], &above[i%2]
		has := e.tokens.tokens(chroma, *l+*a, &coefficients)
		*l, *a = one(has), one(has)
		coefficients.multiply(chromaDivisors)
		coefficients.restore()
		coefficients.addTo(to, e.shown.CStride)
	}
}

// difference is by what 4 by 4 pixels differ from those shown.
func difference(pixels []uint8, stride, at int, shown []uint8, shownStride int) *block {
	var b block
	for i := range b {
		b[i] = int32(pixels[at+i/4*stride+i%4]) - int32(shown[i/4*shownStride+i%4])
	}
	return &b
}

// divided are coefficients as whole multiples of their divisors.
func divided(coefficients [16]float64, divisors [2]int32) (b block) {
	for i, c := range coefficients {
		divisor := float64(divisors[min(i, 1)])
		rounded := 0.5
		if c < 0 {
			rounded = -0.5
		}
		b[i] = min(most, max(-most, int32(c/divisor+rounded)))
	}
	return b
}

func (b *block) multiply(divisors [2]int32) {
	for i := range b {
		b[i] *= divisors[min(i, 1)]
	}
}

// addTo adds to 4 by 4 pixels, within what a pixel can be.
func (b *block) addTo(shown []uint8, stride int) {
	for i, value := range b {
		pixel := &shown[i/4*stride+i%4]
		*pixel = uint8(min(255, max(0, int32(*pixel)+value)))
	}
}

func one(has bool) int {
	if has {
		return 1
	}
	return 0
}
