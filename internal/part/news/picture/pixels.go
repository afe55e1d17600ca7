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

func drawn(whole image.Image, width, height int) *image.RGBA {
	pixels := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(pixels, pixels.Bounds(), image.White, image.Point{}, draw.Src)
	if whole.Bounds().Size() == pixels.Bounds().Size() {
		draw.Draw(pixels, pixels.Bounds(), whole, whole.Bounds().Min, draw.Over)
		return pixels
	}
	draw.CatmullRom.Scale(pixels, pixels.Bounds(), whole, whole.Bounds(), draw.Over, nil)
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
