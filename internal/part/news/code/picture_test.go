package code_test

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/part/news/code"
)

// drawCode is a code and a seed.
func drawCode(r *rapid.T) (string, uint64) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune(code.Alphabet)), 5, 5, -1).Draw(r, "code")
	return text, rapid.Uint64().Draw(r, "seed")
}

func TestAPictureIsDarkOnWhiteWithAFreeEdge(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text, seed := drawCode(r)
		file, err := code.Picture(text, seed)
		if err != nil {
			r.Fatal(err)
		}
		if again, _ := code.Picture(text, seed); !bytes.Equal(file, again) {
			r.Error("one seed gives two pictures")
		}
		picture, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			r.Fatal(err)
		}
		size := picture.Bounds().Size()
		if size.X != 2*code.Width || size.Y != 2*code.Height {
			r.Errorf("the picture has %v pixels", size)
		}
		dark := 0
		for y := range size.Y {
			for x := range size.X {
				light := color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y
				if light < 60 {
					dark++
				}
				if (x == 0 || y == 0 || x == size.X-1 || y == size.Y-1) && light < 250 {
					r.Fatalf("at %d, %d the picture is cut off", x, y)
				}
			}
		}
		if share := dark * 100 / (size.X * size.Y); share < 8 || share > 40 {
			r.Errorf("%d %% of the picture are ink", share)
		}
	})
}

func TestASoundSpeaksEveryCharacter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text, seed := drawCode(r)
		file, err := code.Sound(text, seed)
		if err != nil {
			r.Fatal(err)
		}
		if again, _ := code.Sound(text, seed); !bytes.Equal(file, again) {
			r.Error("one seed gives two sounds")
		}
		if size := binary.LittleEndian.Uint32(file[40:]); int(size) != len(file)-44 {
			r.Errorf("a file of %d bytes says it has %d samples", len(file), size)
		}
		if heard := words(file[44:]); heard != len(text) {
			r.Errorf("%s is heard as %d words", text, heard)
		}
	})
}

// words counts what is said between pauses of a third of a second.
func words(samples []byte) (count int) {
	quiet := len(samples)
	for _, sample := range samples {
		if sample > 128-13 && sample < 128+13 {
			quiet++
			continue
		}
		if quiet > 16000/3 {
			count++
		}
		quiet = 0
	}
	return count
}

func TestWhatIsInNoAlphabetIsNotSpoken(t *testing.T) {
	if _, err := code.Sound("K7D", 1); err == nil || !strings.Contains(err.Error(), "D.wav") {
		t.Errorf("a code with D is spoken: %v", err)
	}
}

func BenchmarkPicture(b *testing.B) {
	for b.Loop() {
		if _, err := code.Picture("K7H4N", 7); err != nil {
			b.Fatal(err)
		}
	}
}
