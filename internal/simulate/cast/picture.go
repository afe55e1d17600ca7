package cast

import (
	"image"
	"image/color"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"giaoban/internal/edge/media"
	"giaoban/internal/part/document"
	"giaoban/internal/simulate/vp8"
)

// size is that of all pictures: whole blocks of 16, as wide to high as cameras are.
var size = image.Pt(512, 288)

// Where things are in the picture.
const (
	bars   = 24 // high, of colours at the top
	lane   = 32 // high, in which the disc goes to and fro at the bottom: two blocks
	radius = 14
	step   = 12 // from frame to frame
)

// picture is a test picture that moves.
type picture struct {
	frame   *image.YCbCr
	ground  color.YCbCr
	encoder *vp8.Encoder
	at, way int // the disc's left end and its direction
}

// draw draws the picture of a seat: its name over colours of its own.
func draw(seat media.Seat) *picture {
	ground := grounds[int(media.UnitOf(seat.Identity))%len(grounds)]
	drawn := image.NewRGBA(image.Rectangle{Max: size})
	fill(drawn, drawn.Rect, ground)
	for i, c := range colours {
		fill(drawn, image.Rect(i*size.X/len(colours), 0, (i+1)*size.X/len(colours), bars), c)
	}
	letters := faces()
	lines := broken(letters.large, seat.Name, size.X-48)
	middle := (bars + size.Y - lane) / 2
	for i, line := range lines {
		write(drawn, letters.large, line, middle-8+(2*i-len(lines)+2)*26, color.White)
	}
	write(drawn, letters.small, madeUp, size.Y-lane-14, color.RGBA{220, 220, 220, 255})
	return &picture{frame: studio(drawn), ground: inStudio(ground), encoder: vp8.New(size), way: step}
}

// madeUp says in the picture what it is. It is part of the picture, as a camera's sight is,
// and the same in all languages.
const madeUp = "Điểm cầu giả lập"

var (
	colours = []color.RGBA{{200, 200, 200, 255}, {200, 200, 30, 255}, {30, 200, 200, 255}, {30, 180, 40, 255}, {190, 40, 190, 255}, {200, 40, 40, 255}, {40, 40, 200, 255}, {20, 20, 20, 255}}
	grounds = []color.RGBA{{38, 70, 83, 255}, {58, 74, 107, 255}, {84, 61, 92, 255}, {96, 62, 55, 255}, {47, 84, 66, 255}, {70, 70, 70, 255}, {92, 78, 40, 255}}
	gold    = color.RGBA{226, 178, 64, 255}
)

// next moves the disc and gives the frame; a whole one is one from which a browser can
// begin to look.
func (p *picture) next(whole bool) []byte {
	top := size.Y - lane
	old := image.Rect(p.at, top, p.at+2*radius, size.Y)
	if p.at+p.way < 0 || p.at+2*radius+p.way > size.X {
		p.way = -p.way
	}
	p.at += p.way
	now := image.Rect(p.at, top, p.at+2*radius, size.Y)
	set(p.frame, old, func(int, int) (color.YCbCr, bool) { return p.ground, true })
	center := image.Pt(p.at+radius, top+lane/2)
	disc := inStudio(gold)
	set(p.frame, now, func(x, y int) (color.YCbCr, bool) {
		dx, dy := x-center.X, y-center.Y
		return disc, dx*dx+dy*dy < radius*radius
	})
	if whole {
		return p.encoder.Key(p.frame)
	}
	return p.encoder.Change(p.frame, old.Union(now))
}

// set sets those pixels of a rectangle that a function has a colour for.
func set(frame *image.YCbCr, in image.Rectangle, colour func(x, y int) (color.YCbCr, bool)) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if c, has := colour(x, y); has {
				at := frame.COffset(x, y)
				frame.Y[frame.YOffset(x, y)], frame.Cb[at], frame.Cr[at] = c.Y, c.Cb, c.Cr
			}
		}
	}
}

// studio are the colours as video has them.
func studio(drawn *image.RGBA) *image.YCbCr {
	frame := image.NewYCbCr(drawn.Rect, image.YCbCrSubsampleRatio420)
	set(frame, drawn.Rect, func(x, y int) (color.YCbCr, bool) { return inStudio(drawn.RGBAAt(x, y)), true })
	return frame
}

// inStudio is a colour in the narrower range that video has: black is 16, white 235.
func inStudio(c color.RGBA) color.YCbCr {
	y, cb, cr := color.RGBToYCbCr(c.R, c.G, c.B)
	narrow := func(c uint8) uint8 { return uint8(128 + (int(c)-128)*224/255) }
	return color.YCbCr{Y: uint8(16 + int(y)*219/255), Cb: narrow(cb), Cr: narrow(cr)}
}

func fill(drawn *image.RGBA, in image.Rectangle, c color.RGBA) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			drawn.SetRGBA(x, y, c)
		}
	}
}

type letters struct{ large, small font.Face }

// faces are those of official papers, which have all Vietnamese letters.
var faces = sync.OnceValue(func() letters {
	parsed, err := opentype.Parse(document.SerifBold())
	if err != nil {
		panic("cast: the font of papers: " + err.Error())
	}
	face := func(points float64) font.Face {
		f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: points, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			panic("cast: the font of papers: " + err.Error())
		}
		return f
	}
	return letters{face(50), face(18)}
})

var drawing sync.Mutex // a face draws one letter at a time

// write writes a line in the middle, at a height.
func write(drawn *image.RGBA, face font.Face, line string, y int, c color.Color) {
	drawing.Lock()
	defer drawing.Unlock()
	d := font.Drawer{Dst: drawn, Src: image.NewUniform(c), Face: face}
	d.Dot = fixed.P((size.X-d.MeasureString(line).Round())/2, y)
	d.DrawString(line)
}

// broken breaks a name into lines that fit.
func broken(face font.Face, name string, width int) (lines []string) {
	drawing.Lock()
	defer drawing.Unlock()
	line := ""
	for word := range strings.FieldsSeq(name) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && font.MeasureString(face, longer).Round() > width {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	return append(lines, line)
}
