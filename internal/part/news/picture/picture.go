package picture

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // registers itself with package image
	"image/jpeg"
	"image/png"
	"slices"
	"sync"

	_ "golang.org/x/image/webp" // registers itself with package image

	"giaoban/internal/base/fault"
)

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// Bounds of what is taken. A camera of 36 million pixels is within them.
const (
	MostBytes  = 20 << 20
	MostSide   = 16_000     // pixels, either way
	MostPixels = 40_000_000 // up to some 300 MB while they are decoded, 600 for a progressive JPEG
	LeastSide  = 16         // pixels, either way: less shows nothing
)

// masterSide is the longest side of what is kept to make others of, in pixels.
const masterSide = 2400

// Widths are those that pages fetch, in pixels; a smaller picture has fewer.
var Widths = []int{480, 960, 1600}

// Encoded is a picture as it is kept: JPEG, or PNG where that is not longer, as it is
// for drawings, whose lines it keeps sharp.
type Encoded struct {
	Content       []byte
	Kind          string // "jpg", "png": what its name ends with
	Width, Height int    // pixels
}

// Picture is a picture that was read.
type Picture struct {
	pixels *image.RGBA // upright, without transparency
	flat   bool        // of few colours: a drawing
}

// kinds are those that are taken, whatever else the program can decode.
var kinds = []string{"jpeg", "png", "webp", "gif"}

// decoding is held while a picture is decoded: one takes hundreds of megabytes.
var decoding sync.Mutex

// Read reads what somebody uploaded: JPEG, PNG, WebP, or the first picture of a GIF.
// What is too large, of another kind, broken or cut off is an Invalid fault at
// "picture"; that it is too large is known before anything is decoded.
func Read(content []byte) (Picture, error) {
	config, kind, err := header(content)
	if err != nil {
		return Picture{}, err
	}
	decoding.Lock()
	defer decoding.Unlock()
	decoded, _, err := image.Decode(bytes.NewReader(content))
	if err == nil && (decoded.Bounds().Dx() != config.Width || decoded.Bounds().Dy() != config.Height) && kind != "gif" {
		err = fmt.Errorf("it is %v, its header says %d×%d", decoded.Bounds(), config.Width, config.Height)
	}
	if err != nil {
		return Picture{}, wrong("picture.broken").Because(err)
	}
	turn := upright
	if kind == "jpeg" {
		turn = orientation(content)
	}
	return Picture{pixels: turn.apply(fitted(decoded, masterSide)), flat: few(decoded)}, nil
}

// header judges a content by its first bytes.
func header(content []byte) (config image.Config, kind string, err error) {
	switch {
	case len(content) == 0:
		return config, "", wrong("picture.none")
	case len(content) > MostBytes:
		return config, "", wrong("picture.long", "most", MostBytes>>20)
	}
	config, kind, err = image.DecodeConfig(bytes.NewReader(content))
	switch {
	case errors.Is(err, image.ErrFormat), err == nil && !slices.Contains(kinds, kind):
		return config, "", wrong("picture.kind").Because(err)
	case err != nil:
		return config, "", wrong("picture.broken").Because(err)
	case config.Width > MostSide || config.Height > MostSide || config.Width*config.Height > MostPixels:
		return config, "", wrong("picture.large", "width", config.Width, "height", config.Height, "most", MostPixels/1_000_000)
	case config.Width < LeastSide || config.Height < LeastSide:
		return config, "", wrong("picture.small", "least", LeastSide)
	}
	return config, kind, nil
}

func wrong(key string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, key, args...).At("picture")
}

// Master is the picture whole, as it is kept to make others of.
func (p Picture) Master() (Encoded, error) { return p.encode(p.pixels, 92) }

// Renditions are what pages fetch of the part in focus, the narrowest first. The focus is
// first made one that can be cut.
func (p Picture) Renditions(focus Focus) (list []Encoded, err error) {
	part := p.pixels.SubImage(focus.of(p.pixels.Bounds()))
	whole := part.Bounds().Dx()
	for _, width := range Widths {
		last := width >= whole
		one, err := p.encode(scaled(part, min(width, whole)), 82)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
		if last {
			break
		}
	}
	return list, nil
}

// encode writes pixels, at a quality where they become JPEG.
func (p Picture) encode(pixels *image.RGBA, quality int) (Encoded, error) {
	made := Encoded{Kind: "jpg", Width: pixels.Bounds().Dx(), Height: pixels.Bounds().Dy()}
	var photograph, drawing bytes.Buffer
	if err := jpeg.Encode(&photograph, pixels, &jpeg.Options{Quality: quality}); err != nil {
		return Encoded{}, fmt.Errorf("writing a picture of %d×%d: %w", made.Width, made.Height, err)
	}
	made.Content = photograph.Bytes()
	if !p.flat {
		return made, nil
	}
	if err := png.Encode(&drawing, pixels); err != nil {
		return Encoded{}, fmt.Errorf("writing a picture of %d×%d: %w", made.Width, made.Height, err)
	}
	if drawing.Len() <= photograph.Len() {
		made.Kind, made.Content = "png", drawing.Bytes()
	}
	return made, nil
}
