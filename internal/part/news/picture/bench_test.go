package picture_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	"giaoban/internal/part/news/picture"
)

// BenchmarkAPhotographIsReadAndCut takes one of 12 million pixels, as telephones make
// them, to all that is kept of it.
func BenchmarkAPhotographIsReadAndCut(b *testing.B) {
	photograph := image.NewRGBA(image.Rect(0, 0, 4000, 3000))
	for y := range 3000 {
		for x := range 4000 {
			wave := func(length float64) uint8 {
				return uint8(127 + 120*math.Sin(float64(x)/length)*math.Cos(float64(y)/length))
			}
			photograph.SetRGBA(x, y, color.RGBA{R: wave(37), G: wave(91), B: wave(233), A: 255})
		}
	}
	content := encoded(b, func(to *bytes.Buffer) error { return jpeg.Encode(to, photograph, &jpeg.Options{Quality: 90}) })
	b.ReportAllocs()
	for b.Loop() {
		read, err := picture.Read(content)
		if err != nil {
			b.Fatal(err)
		}
		sent := 0
		for _, one := range everything(b, read) {
			sent += len(one.Content)
		}
		b.ReportMetric(float64(sent), "bytes-kept")
	}
}
