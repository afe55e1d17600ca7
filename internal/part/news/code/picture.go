package code

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"

	"golang.org/x/image/vector"
)

// Width and Height are how large a picture is meant to be shown, in CSS pixels.
// It has twice as many of its own, so that it is crisp on a telephone.
const (
	Width   = 240
	Height  = 80
	density = 2
)

// What bends a picture, in its units and in radians. Chosen by reading fifty and by
// counting what tesseract reads (docs/decisions/0095).
const (
	capital = 44.0 // the height of capitals
	turned  = .22  // how far a letter is turned, at most
	sheared = .15  // how far it leans, at most
	shifted = 7.0  // how far it stands above or below the line, at most
	swing   = 4.6  // how far the whole is bent
	wave    = 72.0 // over which length
	stroke  = 4.0  // how thick the line through the letters is
	margin  = 17.0 // what letters leave free on both sides
)

// Picture draws a code as a PNG: dark on white, letters that touch, leaned and
// bent a little, with a line of the same ink through them. One code and one seed
// give one picture, so that nobody can ask for another view of the same code.
func Picture(code string, seed uint64) ([]byte, error) {
	dice := rand.New(rand.NewPCG(seed, 0))
	letters := row(code, dice)
	bend := warp(dice)
	sheet := image.NewAlpha(image.Rect(0, 0, Width*density, Height*density))
	for _, letter := range letters {
		fill(sheet, letter.each(bend))
	}
	fill(sheet, through(letters, dice).each(bend))
	var file bytes.Buffer
	if err := png.Encode(&file, inked(sheet)); err != nil {
		return nil, fmt.Errorf("a code's picture: %w", err)
	}
	return file.Bytes(), nil
}

// row is the letters of a code side by side, each touching the one before, in
// the middle of the picture.
func row(code string, dice *rand.Rand) []outline {
	var letters []outline
	right := 0.0
	for i, r := range code {
		letter := pose(glyph(faces()[dice.IntN(len(faces()))], r), dice)
		up := spread(dice, 0, shifted)
		letter.each(func(p point) point { return point{p.x, p.y - up} })
		if i > 0 {
			beside := touching(letters[i-1], letter)
			letter.each(func(p point) point { return point{p.x + beside, p.y} })
		}
		letters = append(letters, letter)
		_, high := letter.bounds()
		right = max(right, high.x)
	}
	low, _ := letters[0].bounds()
	fit := min(1, (Width-2*margin)/(right-low.x))
	middle := (low.x + right) / 2
	for _, letter := range letters {
		letter.each(func(p point) point { return point{(p.x-middle)*fit + Width/2, p.y + Height/2} })
	}
	return letters
}

// touching is how far a letter must be moved to the right to stand beside another
// without a gap, at the height where they come closest.
func touching(left, right outline) float64 {
	const reach = 3 // letters that pass each other diagonally are as close as that
	east, west := edge(left, 1), edge(right, -1)
	far := math.Inf(-1)
	for y, x := range east {
		for near := y - reach; near <= y+reach; near++ {
			if other, is := west[near]; is {
				far = max(far, x+other)
			}
		}
	}
	return far
}

// edge is how far a letter reaches to one side (1 right, -1 left), by height.
func edge(letter outline, side float64) map[int]float64 {
	far := map[int]float64{}
	for _, line := range letter {
		for i, p := range line {
			next := line[(i+1)%len(line)]
			for t := 0.0; t <= 1; t += .125 {
				q := between(p, next, t)
				y := int(math.Round(q.y))
				if x, is := far[y]; !is || q.x*side > x {
					far[y] = q.x * side
				}
			}
		}
	}
	return far
}

// warp is one smooth bend of the whole picture.
func warp(dice *rand.Rand) func(point) point {
	across, along := spread(dice, 0, math.Pi), spread(dice, 0, math.Pi)
	long, high := spread(dice, wave, wave/5), spread(dice, 70, 15)
	return func(p point) point {
		return point{
			p.x + swing*math.Sin(2*math.Pi*p.y/high+across),
			p.y + swing*math.Sin(2*math.Pi*p.x/long+along),
		}
	}
}

// through is a line from before the first letter to behind the last, through the
// middle of all, as thick as letters are, swelling up and down.
func through(letters []outline, dice *rand.Rand) outline {
	const pieces = 48
	first, _ := letters[0].bounds()
	_, last := letters[len(letters)-1].bounds()
	from := point{first.x - 6, Height/2 + spread(dice, 0, .1)*capital}
	to := point{last.x + 6, Height/2 + spread(dice, 0, .1)*capital}
	swell := spread(dice, 0, 5)
	upper, lower := make([]point, pieces), make([]point, pieces)
	for i := range pieces {
		t := float64(i) / (pieces - 1)
		p := between(from, to, t)
		p.y += swell * math.Sin(math.Pi*2*t)
		upper[i] = point{p.x, p.y - stroke/2}
		lower[pieces-1-i] = point{p.x, p.y + stroke/2}
	}
	return outline{append(upper, lower...)}
}

// fill adds a shape to the sheet; where shapes cross, the ink is no darker.
func fill(sheet *image.Alpha, shape outline) {
	size := sheet.Bounds()
	raster := vector.NewRasterizer(size.Dx(), size.Dy())
	for _, line := range shape {
		raster.MoveTo(float32(line[0].x*density), float32(line[0].y*density))
		for _, p := range line[1:] {
			raster.LineTo(float32(p.x*density), float32(p.y*density))
		}
		raster.ClosePath()
	}
	raster.Draw(sheet, size, image.Opaque, image.Point{})
}

// inked is the sheet in the ink of all pages on white, in sixteen steps: small,
// and still smooth at the edges.
func inked(sheet *image.Alpha) image.Image {
	const steps = 16
	var palette color.Palette
	for i := range steps {
		share := func(ink int) uint8 { return uint8(255 - (255-ink)*i/(steps-1)) }
		palette = append(palette, color.RGBA{share(0x1f), share(0x1c), share(0x18), 255})
	}
	picture := image.NewPaletted(sheet.Bounds(), palette)
	for i, alpha := range sheet.Pix {
		picture.Pix[i] = uint8((int(alpha)*(steps-1) + 127) / 255)
	}
	return picture
}
