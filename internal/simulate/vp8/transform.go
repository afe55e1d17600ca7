package vp8

import "math"

// block is 4 by 4 values, row by row.
type block [16]int32

// cosines are the rows of the discrete cosine transform, hadamard those of the second
// transform, over the means of 16 blocks. Decoders reverse both, as exactly as RFC 6386
// says; what is done here may be any transform near theirs.
var cosines, hadamard [4][4]float64

func init() {
	for u := range 4 {
		scale := math.Sqrt(0.5)
		if u == 0 {
			scale = 0.5
		}
		for x := range 4 {
			cosines[u][x] = scale * math.Cos(math.Pi*float64(u)*(2*float64(x)+1)/8)
		}
	}
	for u, row := range [4][4]float64{{1, 1, 1, 1}, {1, 1, -1, -1}, {1, -1, -1, 1}, {1, -1, 1, -1}} {
		for x, sign := range row {
			hadamard[u][x] = sign / 2
		}
	}
}

// transform is the two-dimensional transform by its rows, twice as large, as VP8 has it.
func (b *block) transform(rows *[4][4]float64) (out [16]float64) {
	var half [16]float64
	for u := range 4 {
		for y := range 4 {
			for x := range 4 {
				half[4*y+u] += rows[u][x] * float64(b[4*y+x])
			}
		}
	}
	for v := range 4 {
		for u := range 4 {
			for y := range 4 {
				out[4*v+u] += 2 * rows[v][y] * half[4*y+u]
			}
		}
	}
	return out
}

// Constants of RFC 6386, 14.3: the square root of 2 times the sine of π/8, and times its
// cosine less one, of 65536.
const (
	sine   = 35468
	cosine = 20091
)

// restore reverses the cosine transform as every decoder does (RFC 6386, 14.3).
func (b *block) restore() {
	for i := range 4 {
		b[i], b[4+i], b[8+i], b[12+i] = restored(b[i], b[4+i], b[8+i], b[12+i])
	}
	for i := 0; i < 16; i += 4 {
		p, q, r, s := restored(b[i], b[i+1], b[i+2], b[i+3])
		b[i], b[i+1], b[i+2], b[i+3] = (p+4)>>3, (q+4)>>3, (r+4)>>3, (s+4)>>3
	}
}

func restored(p, q, r, s int32) (a, b, c, d int32) {
	sum, difference := p+r, p-r
	low := q*sine>>16 - (s + s*cosine>>16)
	high := q + q*cosine>>16 + s*sine>>16
	return sum + high, difference + low, difference - low, sum - high
}

// restoreMeans reverses the second transform as every decoder does (RFC 6386, 14.3).
func (b *block) restoreMeans() {
	for i := range 4 {
		b[i], b[4+i], b[8+i], b[12+i] = restoredMeans(b[i], b[4+i], b[8+i], b[12+i])
	}
	for i := 0; i < 16; i += 4 {
		p, q, r, s := restoredMeans(b[i], b[i+1], b[i+2], b[i+3])
		b[i], b[i+1], b[i+2], b[i+3] = (p+3)>>3, (q+3)>>3, (r+3)>>3, (s+3)>>3
	}
}

func restoredMeans(p, q, r, s int32) (a, b, c, d int32) {
	outer, inner := p+s, q+r
	across, within := p-s, q-r
	return outer + inner, across + within, outer - inner, across - within
}
