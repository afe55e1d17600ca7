package picture

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// fitted is a picture on white, made smaller where a side is longer than most.
func fitted(whole image.Image, most int) *image.RGBA {
	size := whole.Bounds().Size()
	width, height := size.X, size.Y
	if longest := max(width, height); longest > most {
		width, height = max(1, width*most/longest), max(1, height*most/longest)
	}
	return drawn(whole, width, height)
}

// scaled is a picture in another width, in its own proportions.
func scaled(whole image.Image, width int) *image.RGBA {
	size := whole.Bounds().Size()
	return drawn(whole, width, max(1, (size.Y*width+size.X/2)/size.X))
}

// strip is how many rows, and how many columns, are made smaller at a time.
const strip = 128

// drawn is a picture on white in another size. It is made narrower first and then lower,
// in strips: as a whole that takes a third of a gigabyte more for a large photograph.
func drawn(whole image.Image, width, height int) *image.RGBA {
	from := whole.Bounds()
	narrow := image.NewRGBA(image.Rect(0, 0, width, from.Dy()))
	draw.Draw(narrow, narrow.Rect, image.White, image.Point{}, draw.Src)
	if from.Size() == image.Pt(width, height) {
		draw.Draw(narrow, narrow.Rect, whole, from.Min, draw.Over)
		return narrow
	}
	scaler := draw.CatmullRom.NewScaler(width, strip, from.Dx(), strip) // which keeps what it works with for the next strip
	for y := 0; y < from.Dy(); y += strip {
		rows := image.Rect(0, y, width, min(y+strip, from.Dy()))
		scaler.Scale(narrow, rows, whole, image.Rect(from.Min.X, from.Min.Y+rows.Min.Y, from.Max.X, from.Min.Y+rows.Max.Y), draw.Over, nil)
	}
	pixels := image.NewRGBA(image.Rect(0, 0, width, height))
	scaler = draw.CatmullRom.NewScaler(strip, height, strip, from.Dy())
	for x := 0; x < width; x += strip {
		columns := image.Rect(x, 0, min(x+strip, width), from.Dy())
		scaler.Scale(pixels, image.Rect(columns.Min.X, 0, columns.Max.X, height), narrow, columns, draw.Src, nil)
	}
	return pixels
}

// mostFlat is how many colours a drawing has at most: lines and letters are drawn with
// soft edges.
const mostFlat = 1024

// few says whether a picture has the few colours of a drawing. It looks at no more than
// some hundred thousand of its pixels: runs of neighbours, so that edges are among them.
func few(whole image.Image) bool {
	const looked = 300 // rows
	seen := map[color.RGBA64]bool{}
	b := whole.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y += max(1, b.Dy()/looked) {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, b, a := whole.At(x, y).RGBA()
			seen[color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)}] = true
			if len(seen) > mostFlat {
				return false
			}
		}
	}
	return true
}

// turn is how a picture must be turned to stand upright: the value of its orientation.
type turn uint16

const upright turn = 1

// apply turns the pixels.
func (t turn) apply(lying *image.RGBA) *image.RGBA {
	if t <= upright || t > 8 {
		return lying
	}
	w, h := lying.Bounds().Dx(), lying.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if t >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	standing := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			from := t.from(x, y, w, h)
			standing.SetRGBA(x, y, lying.RGBAAt(from.X, from.Y))
		}
	}
	return standing
}

// from is where the pixel that will stand at x, y lies in a picture of w×h.
func (t turn) from(x, y, w, h int) image.Point {
	switch t {
	case 2: // mirrored
		return image.Pt(w-1-x, y)
	case 3: // upside down
		return image.Pt(w-1-x, h-1-y)
	case 4: // upside down and mirrored
		return image.Pt(x, h-1-y)
	case 5: // lying on its left and mirrored
		return image.Pt(y, x)
	case 6: // its top is at the left
		return image.Pt(y, h-1-x)
	case 7: // lying on its right and mirrored
		return image.Pt(w-1-y, h-1-x)
	case 8: // its top is at the right
		return image.Pt(w-1-y, x)
	}
	return image.Pt(x, y)
}
