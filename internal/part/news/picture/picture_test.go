package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/part/news/picture"
)

func TestEveryTextIsUsed(t *testing.T) { texttest.Check(t, ".", picture.Texts) }

// noise is a picture as a camera takes them: of many colours.
func noise(width, height int) *image.RGBA {
	pixels := image.NewRGBA(image.Rect(0, 0, width, height))
	state := uint32(1)
	for i := range pixels.Pix {
		state = state*1664525 + 1013904223
		pixels.Pix[i] = byte(state >> 24)
		if i%4 == 3 {
			pixels.Pix[i] = 255
		}
	}
	return pixels
}

func encoded(t testing.TB, write func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, pixels image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, pixels, nil) })
}

func pngOf(t testing.TB, pixels image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, pixels) })
}

func gifOf(t testing.TB, pixels image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, pixels, nil) })
}

// claiming is a PNG whose header claims a size that its content has not.
func claiming(t testing.TB, width, height uint32) []byte {
	t.Helper()
	content := pngOf(t, image.NewGray(image.Rect(0, 0, 32, 32)))
	binary.BigEndian.PutUint32(content[16:], width)
	binary.BigEndian.PutUint32(content[20:], height)
	binary.BigEndian.PutUint32(content[29:], crc32.ChecksumIEEE(content[12:29]))
	return content
}

// wideGIF is a GIF whose header claims 4 billion pixels.
func wideGIF(t testing.TB) []byte {
	t.Helper()
	content := gifOf(t, image.NewGray(image.Rect(0, 0, 32, 32)))
	binary.LittleEndian.PutUint16(content[6:], 0xffff)
	binary.LittleEndian.PutUint16(content[8:], 0xffff)
	return content
}

// webp is the header of a WebP file: a canvas of a size, and within it a lossless picture
// that claims another.
func webp(canvas, inside uint32) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00")
	side := []byte{byte(canvas - 1), byte((canvas - 1) >> 8), byte((canvas - 1) >> 16)}
	b = append(append(b, side...), side...)
	b = append(b, "VP8L\x06\x00\x00\x00\x2f"...)
	b = binary.LittleEndian.AppendUint32(b, (inside-1)|(inside-1)<<14)
	b = append(b, 0)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	return b
}

// withExif is a JPEG that says how its camera was held, and where.
func withExif(t testing.TB, pixels image.Image, orientation uint16) []byte {
	t.Helper()
	tags := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tags = binary.BigEndian.AppendUint16(tags, orientation)
	tags = append(tags, "\x00\x00\x00\x00\x00\x00 GPS 21.0278 105.8342"...)
	segment := append([]byte("Exif\x00\x00"), tags...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(segment)+2))
	return slices.Concat(head, segment, jpegOf(t, pixels)[2:])
}

func TestWhatIsNoPictureIsRefusedByWhatItIs(t *testing.T) {
	photograph := jpegOf(t, noise(64, 48))
	for _, c := range []struct {
		name, key string
		content   []byte
	}{
		{"nothing", "picture.none", nil},
		{"more bytes than are taken", "picture.long", make([]byte, picture.MostBytes+1)},
		{"text", "picture.kind", []byte("một tệp chữ")},
		{"a page", "picture.kind", []byte("<!DOCTYPE html><script>alert(1)</script>")},
		{"SVG", "picture.kind", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)},
		{"an archive", "picture.kind", []byte("PK\x03\x04")},
		{"a BMP", "picture.kind", []byte("BM\x46\x00\x00\x00")},
		{"a TIFF", "picture.kind", []byte("II\x2a\x00\x08\x00\x00\x00")},
		{"a page that begins as a GIF", "picture.broken", []byte("GIF89a \x00 \x00=1;/*<script>alert(1)</script>*/")},
		{"a script that begins as a GIF", "picture.large", []byte("GIF89a/*<script>alert(1)</script>*/=1;")},
		{"a PNG of 4 billion pixels in 100 bytes", "picture.large", claiming(t, 65_535, 65_535)},
		{"a PNG that is one long line", "picture.large", claiming(t, 1<<30, 1)},
		{"a PNG just over the bound", "picture.large", claiming(t, 8_001, 5_000)},
		{"a PNG of no width", "picture.broken", claiming(t, 0, 10)},
		{"a PNG of more than it holds", "picture.broken", claiming(t, 4_000, 4_000)},
		{"a GIF of 4 billion pixels", "picture.large", wideGIF(t)},
		{"a WebP of 268 million pixels", "picture.large", webp(16_384, 16_384)},
		{"a WebP whose canvas is small and its picture large", "picture.broken", webp(100, 16_384)},
		{"a JPEG cut off in its header", "picture.broken", photograph[:20]},
		{"a JPEG cut off in its middle", "picture.broken", photograph[:len(photograph)/2]},
		{"a PNG cut off", "picture.broken", pngOf(t, noise(64, 48))[:2000]},
		{"a picture of one pixel", "picture.small", pngOf(t, image.NewGray(image.Rect(0, 0, 1, 1)))},
	} {
		_, err := picture.Read(c.content)
		list := fault.All(err)
		if len(list) != 1 || list[0].Key != c.key || list[0].Field != "picture" || !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want %s at the field picture", c.name, err, c.key)
		}
	}
}

func TestNothingOfWhatWasSentIsKeptButThePicture(t *testing.T) {
	photograph := noise(700, 300)
	for name, content := range map[string][]byte{
		"a JPEG with an archive behind it": append(jpegOf(t, photograph), "PK\x03\x04 hidden"...),
		"a PNG with a page behind it":      append(pngOf(t, photograph), "<script>hidden</script>"...),
		"a GIF with a script behind it":    append(gifOf(t, photograph), "*/hidden()"...),
		"a JPEG with a place in it":        withExif(t, photograph, 1),
	} {
		read, err := picture.Read(content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, made := range everything(t, read) {
			for _, word := range []string{"hidden", "PK\x03\x04", "Exif", "21.0278"} {
				if strings.Contains(string(made.Content), word) {
					t.Errorf("%s: %q is in what is kept", name, word)
				}
			}
		}
	}
}

// everything is what is kept of a picture.
func everything(t testing.TB, p picture.Picture) []picture.Encoded {
	t.Helper()
	list, err := p.Renditions(picture.Focus{})
	if err != nil {
		t.Fatal(err)
	}
	master, err := p.Master()
	if err != nil {
		t.Fatal(err)
	}
	return append(list, master)
}

func TestAPictureHasTheWidthsThatFit(t *testing.T) {
	for _, c := range []struct {
		width, height int
		focus         picture.Focus
		want          []image.Point
	}{
		{300, 200, picture.Focus{}, []image.Point{{300, 200}}},
		{480, 200, picture.Focus{}, []image.Point{{480, 200}}},
		{1000, 500, picture.Focus{}, []image.Point{{480, 240}, {960, 480}, {1000, 500}}},
		{3000, 1500, picture.Focus{}, []image.Point{{480, 240}, {960, 480}, {1600, 800}}},
		{1000, 500, picture.Focus{Left: 0.2, Top: 0.1, Width: 0.6, Height: 0.8}, []image.Point{{480, 320}, {600, 400}}},
		{200, 1000, picture.Focus{Left: 0, Top: 0.5, Width: 1, Height: 0.5}, []image.Point{{200, 500}}},
	} {
		read, err := picture.Read(pngOf(t, image.NewGray(image.Rect(0, 0, c.width, c.height))))
		if err != nil {
			t.Fatal(err)
		}
		list, err := read.Renditions(c.focus)
		if err != nil {
			t.Fatal(err)
		}
		var got []image.Point
		for _, one := range list {
			config, kind, err := image.DecodeConfig(bytes.NewReader(one.Content))
			if err != nil || config.Width != one.Width || config.Height != one.Height || kind != map[string]string{"jpg": "jpeg", "png": "png"}[one.Kind] {
				t.Errorf("a rendition of %d×%d as %s is %+v as %s (%v)", one.Width, one.Height, one.Kind, config, kind, err)
			}
			got = append(got, image.Pt(one.Width, one.Height))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%d×%d, %+v: %v, want %v", c.width, c.height, c.focus, got, c.want)
		}
	}
}

func TestPhotographsBecomeJPEGAndDrawingsStaySharp(t *testing.T) {
	drawn := image.NewPaletted(image.Rect(0, 0, 600, 400), color.Palette{color.White, color.Black})
	for x := range 600 {
		drawn.SetColorIndex(x, x/2, 1)
	}
	for name, c := range map[string]struct {
		pixels image.Image
		kind   string
	}{"a photograph": {noise(600, 400), "jpg"}, "a drawing": {drawn, "png"}} {
		read, err := picture.Read(pngOf(t, c.pixels))
		if err != nil {
			t.Fatal(err)
		}
		for _, made := range everything(t, read) {
			if made.Kind != c.kind {
				t.Errorf("%s is kept as %s", name, made.Kind)
			}
		}
	}
}

func TestASmallerPictureShowsTheSame(t *testing.T) {
	const w, h = 3001, 1807
	quarters := image.NewGray(image.Rect(0, 0, w, h)) // white at the upper left and the lower right
	for y := range h {
		for x := range w {
			if (x < w/2) == (y < h/2) {
				quarters.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	read, err := picture.Read(pngOf(t, quarters))
	if err != nil {
		t.Fatal(err)
	}
	for _, made := range everything(t, read) {
		pixels, _, err := image.Decode(bytes.NewReader(made.Content))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 400 {
			x, y := made.Width*(i%20*2+1)/40, made.Height*(i/20*2+1)/40
			want := uint8(0)
			if (x < made.Width/2) == (y < made.Height/2) {
				want = 255
			}
			if got := color.GrayModel.Convert(pixels.At(x, y)).(color.Gray).Y; max(got, want)-min(got, want) > 20 {
				t.Fatalf("%d×%d: at %d, %d it is %d, want %d", made.Width, made.Height, x, y, got, want)
			}
		}
	}
}

// TestAPictureStandsAsItsCameraWasHeld: the values of Exif 2.3, 4.6.4, tag 274. The corner
// that is black in a picture that stands upright is its upper left.
func TestAPictureStandsAsItsCameraWasHeld(t *testing.T) {
	const w, h = 64, 32
	for orientation, corner := range map[uint16]image.Point{
		0: {0, 0}, 1: {0, 0}, 2: {w - 16, 0}, 3: {w - 16, h - 16}, 4: {0, h - 16},
		5: {0, 0}, 6: {0, h - 16}, 7: {w - 16, h - 16}, 8: {w - 16, 0}, 9: {0, 0},
	} {
		lying := image.NewGray(image.Rect(0, 0, w, h))
		for i := range lying.Pix {
			lying.Pix[i] = 255
		}
		for y := range 16 {
			for x := range 16 {
				lying.SetGray(corner.X+x, corner.Y+y, color.Gray{})
			}
		}
		read, err := picture.Read(withExif(t, lying, orientation))
		if err != nil {
			t.Fatal(err)
		}
		master, err := read.Master()
		if err != nil {
			t.Fatal(err)
		}
		stands := image.Pt(w, h)
		if orientation >= 5 && orientation <= 8 {
			stands = image.Pt(h, w)
		}
		pixels, _, err := image.Decode(bytes.NewReader(master.Content))
		if err != nil {
			t.Fatal(err)
		}
		if got := pixels.Bounds().Size(); got != stands {
			t.Errorf("orientation %d: it stands %v, want %v", orientation, got, stands)
			continue
		}
		if black := color.GrayModel.Convert(pixels.At(5, 5)).(color.Gray).Y; black > 60 {
			t.Errorf("orientation %d: the upper left is %d, want it black", orientation, black)
		}
	}
}

func TestEveryFocusCutsSomethingOfThePicture(t *testing.T) {
	read, err := picture.Read(pngOf(t, image.NewGray(image.Rect(0, 0, 40, 30))))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.Float64()
		focus := picture.Focus{Left: part.Draw(t, "left"), Top: part.Draw(t, "top"), Width: part.Draw(t, "width"), Height: part.Draw(t, "height")}
		list, err := read.Renditions(focus)
		if err != nil {
			t.Fatal(err)
		}
		whole := list[0].Width == 40 && list[0].Height == 30
		if focus.Check() != nil && !whole || list[0].Width < 1 || list[0].Width > 40 || list[0].Height < 1 || list[0].Height > 30 {
			t.Fatalf("%+v cuts %d×%d", focus, list[0].Width, list[0].Height)
		}
	})
}

// FuzzRead has whatever is sent read: it is refused at its field, or becomes pictures
// within bounds.
func FuzzRead(f *testing.F) {
	small := noise(20, 17)
	for _, seed := range [][]byte{
		jpegOf(f, small), pngOf(f, small), gifOf(f, small), withExif(f, small, 6), claiming(f, 100, 100), wideGIF(f), webp(100, 100), webp(16, 16),
		[]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x0f\xc0\x03\x00\x07\x10\xfd\x8f\xfe\x07\x22\xa2\xff\x01\x00"),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if config, _, err := image.DecodeConfig(bytes.NewReader(content)); err == nil && config.Width*config.Height > 1<<20 {
			t.Skip() // decoded within the bound, but slowly
		}
		read, err := picture.Read(content)
		if err != nil {
			if list := fault.All(err); len(list) != 1 || list[0].Field != "picture" {
				t.Fatalf("refused with %v", err)
			}
			return
		}
		for _, made := range everything(t, read) {
			if made.Width < 1 || made.Height < 1 || made.Width > 2400 || made.Height > 2400 {
				t.Fatalf("%d×%d", made.Width, made.Height)
			}
		}
	})
}
