package code

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"giaoban/internal/part/document"
)

// point is a place in the picture, in its units, y downwards.
type point struct{ x, y float64 }

// outline is the closed curves of one letter, each as a polygon fine enough to be
// bent.
type outline [][]point

// faces are a sans and a serif, both heavy: a robot has to know both, and
// strokes as thick as these are read through a line.
var faces = sync.OnceValue(func() []*sfnt.Font {
	var faces []*sfnt.Font
	for _, file := range [][]byte{gobold.TTF, document.SerifBold()} {
		face, err := sfnt.Parse(file)
		if err != nil {
			panic(fmt.Sprintf("a font that is part of the program: %v", err))
		}
		faces = append(faces, face)
	}
	return faces
})

// glyph is a letter's outline with capitals one unit high, standing on y = 0.
func glyph(face *sfnt.Font, letter rune) outline {
	var buffer sfnt.Buffer
	ppem := fixed.I(1024)
	metrics, err := face.Metrics(&buffer, ppem, font.HintingNone)
	if err != nil {
		panic(fmt.Sprintf("a font that is part of the program: %v", err))
	}
	index, err := face.GlyphIndex(&buffer, letter)
	if err != nil {
		panic(fmt.Sprintf("letter %q: %v", letter, err))
	}
	segments, err := face.LoadGlyph(&buffer, index, ppem, nil)
	if err != nil {
		panic(fmt.Sprintf("letter %q: %v", letter, err))
	}
	scale := 1 / float64(metrics.CapHeight)
	at := func(p fixed.Point26_6) point { return point{float64(p.X) * scale, float64(p.Y) * scale} }
	var drawn outline
	for _, segment := range segments {
		if segment.Op == sfnt.SegmentOpMoveTo {
			drawn = append(drawn, []point{at(segment.Args[0])})
			continue
		}
		last := len(drawn) - 1
		drawn[last] = append(drawn[last], curve(drawn[last][len(drawn[last])-1], segment, at)...)
	}
	return drawn
}

// curve is a segment as short straight pieces, which a warp bends like a curve.
func curve(from point, segment sfnt.Segment, at func(fixed.Point26_6) point) []point {
	const pieces = 12
	var points []point
	for i := 1; i <= pieces; i++ {
		t := float64(i) / pieces
		switch segment.Op {
		case sfnt.SegmentOpLineTo:
			points = append(points, between(from, at(segment.Args[0]), t))
		case sfnt.SegmentOpQuadTo:
			mid, to := at(segment.Args[0]), at(segment.Args[1])
			points = append(points, between(between(from, mid, t), between(mid, to, t), t))
		default:
			a, b, to := at(segment.Args[0]), at(segment.Args[1]), at(segment.Args[2])
			left, mid, right := between(from, a, t), between(a, b, t), between(b, to, t)
			points = append(points, between(between(left, mid, t), between(mid, right, t), t))
		}
	}
	return points
}

func between(a, b point, t float64) point {
	return point{a.x + (b.x-a.x)*t, a.y + (b.y-a.y)*t}
}

// each applies a change to every point, in place.
func (o outline) each(change func(point) point) outline {
	for _, line := range o {
		for i := range line {
			line[i] = change(line[i])
		}
	}
	return o
}

// bounds are the smallest and largest coordinates.
func (o outline) bounds() (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, line := range o {
		for _, p := range line {
			low = point{min(low.x, p.x), min(low.y, p.y)}
			high = point{max(high.x, p.x), max(high.y, p.y)}
		}
	}
	return low, high
}

// pose is a letter leaned a little, as a hand would write it: turned, sheared,
// nearly as high as its neighbours, around the point (0, 0) of its middle.
func pose(letter outline, dice *rand.Rand) outline {
	low, high := letter.bounds()
	middle := between(low, high, .5)
	height := capital * spread(dice, 1, .06)
	width := height * spread(dice, 1, .05)
	sin, cos := math.Sincos(spread(dice, 0, turned))
	shear := spread(dice, 0, sheared)
	return letter.each(func(p point) point {
		x, y := (p.x-middle.x)*width, (p.y-middle.y)*height
		x -= y * shear
		return point{x*cos - y*sin, x*sin + y*cos}
	})
}

// spread is a number around the middle, at most so far from it.
func spread(dice *rand.Rand, middle, most float64) float64 {
	return middle + (dice.Float64()*2-1)*most
}
