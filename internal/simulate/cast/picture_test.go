package cast

import (
	"bytes"
	"testing"

	decoder "golang.org/x/image/vp8"

	"giaoban/internal/edge/media"
)

var longest = media.Seat{Identity: "unit:3", Name: "Tỉnh Bà Rịa - Vũng Tàu"}

// The whole of a picture is small enough to be sent whenever somebody begins to look,
// what moves in it so small that sixty of them cost nearly nothing.
func TestAPictureIsWholeAndItsMovesAreSmall(t *testing.T) {
	p := draw(longest)
	whole := p.next(true)
	d := decoder.NewDecoder()
	d.Init(bytes.NewReader(whole), len(whole))
	header, err := d.DecodeFrameHeader()
	if err != nil || header.Width != size.X || header.Height != size.Y || !header.KeyFrame {
		t.Fatalf("the first frame is %+v (%v), want a key frame of %v", header, err, size)
	}
	if _, err := d.DecodeFrame(); err != nil {
		t.Fatal(err)
	}
	if len(whole) > 30_000 {
		t.Errorf("a whole frame takes %d bytes", len(whole))
	}
	moved := 0
	for i := range 100 {
		frame := p.next(false)
		moved += len(frame)
		if frame[0]&1 == 0 {
			t.Fatalf("frame %d is a whole one", i)
		}
	}
	if moved/100 > 1200 { // one packet
		t.Errorf("a frame takes %d bytes where only the disc moves", moved/100)
	}
	for _, c := range [][2]any{{len(packets()), 201}, {p.at >= 0 && p.at+2*radius <= size.X, true}} {
		if c[0] != c[1] {
			t.Errorf("got %v, want %v", c[0], c[1])
		}
	}
}

func BenchmarkPicture(b *testing.B) {
	for _, whole := range []bool{true, false} {
		b.Run(map[bool]string{true: "whole", false: "moved"}[whole], func(b *testing.B) {
			p := draw(longest)
			p.next(true)
			for b.Loop() {
				p.next(whole)
			}
		})
	}
}
