package vp8_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"

	"golang.org/x/image/vp8"
	"pgregory.net/rapid"

	"giaoban/internal/base/testing/browser"
	our "giaoban/internal/simulate/vp8"
)

// decode shows a key frame as a decoder of others does.
func decode(t interface{ Fatalf(string, ...any) }, frame []byte) *image.YCbCr {
	d := vp8.NewDecoder()
	d.Init(bytes.NewReader(frame), len(frame))
	if _, err := d.DecodeFrameHeader(); err != nil {
		t.Fatalf("the header of a key frame: %v", err)
	}
	picture, err := d.DecodeFrame()
	if err != nil {
		t.Fatalf("a key frame: %v", err)
	}
	return picture
}

// furthest is by how much the pixels of two pictures differ at most.
func furthest(a, b *image.YCbCr) (most int) {
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			most = max(most, apart(a.Y[a.YOffset(x, y)], b.Y[b.YOffset(x, y)]),
				apart(a.Cb[a.COffset(x, y)], b.Cb[b.COffset(x, y)]), apart(a.Cr[a.COffset(x, y)], b.Cr[b.COffset(x, y)]))
		}
	}
	return most
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// Whatever the picture, a decoder of others shows it, near enough: what a block loses
// is at most what its divisors take.
func TestAnyPictureIsShownByADecoderOfOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := image.Pt(16*rapid.IntRange(1, 5).Draw(t, "width"), 16*rapid.IntRange(1, 5).Draw(t, "height"))
		picture := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		noise := rapid.IntRange(1, 256).Draw(t, "noise")
		for _, plane := range [][]uint8{picture.Y, picture.Cb, picture.Cr} {
			for i := range plane {
				plane[i] = uint8(random.IntN(noise))
			}
		}
		if far := furthest(picture, decode(t, our.New(size).Key(picture))); far > 64 {
			t.Fatalf("a pixel of %v is %d from what it was", size, far)
		}
	})
}

// What changes is shown by Chromium as it was drawn, frame upon frame.
func TestChangesAreShownByChromium(t *testing.T) {
	size := image.Pt(96, 64)
	picture := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
	for _, plane := range [][]uint8{picture.Y, picture.Cb, picture.Cr} {
		for i := range plane {
			plane[i] = uint8(40 + i%96)
		}
	}
	encoder := our.New(size)
	frames := []string{base64.StdEncoding.EncodeToString(encoder.Key(picture))}
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		at := image.Pt(2*random.IntN(40), 2*random.IntN(28))
		square := image.Rectangle{at, at.Add(image.Pt(16, 8))}
		luma, blue := uint8(random.IntN(256)), uint8(random.IntN(256))
		for y := square.Min.Y; y < square.Max.Y; y++ {
			for x := square.Min.X; x < square.Max.X; x++ {
				picture.Y[picture.YOffset(x, y)], picture.Cb[picture.COffset(x, y)] = luma, blue
			}
		}
		frames = append(frames, base64.StdEncoding.EncodeToString(encoder.Change(picture, square)))
	}
	if far := furthest(picture, shown(t, size, frames)); far > 48 {
		t.Errorf("after %d changes a pixel is %d from what was drawn", len(frames)-1, far)
	}
}

// shown is what Chromium shows after the last of some frames.
func shown(t *testing.T, size image.Point, frames []string) *image.YCbCr {
	t.Helper()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><link rel="icon" href="data:,"><title>Frames</title>`)
	}))
	t.Cleanup(page.Close)
	b := browser.New(t)
	b.Go(page.URL)
	list, err := json.Marshal(frames)
	if err != nil {
		t.Fatal(err)
	}
	planes, ok := b.Eval(fmt.Sprintf(`(async () => {
		let last, wrong;
		const decoder = new VideoDecoder({output: (frame) => { last?.close(); last = frame; }, error: (e) => { wrong = e; }});
		decoder.configure({codec: "vp8"});
		%s.forEach((text, i) => decoder.decode(new EncodedVideoChunk({
			type: i ? "delta" : "key", timestamp: i * 1000, data: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)),
		})));
		await decoder.flush();
		if (wrong) throw wrong;
		const planes = new Uint8Array(last.allocationSize());
		const layout = await last.copyTo(planes);
		return JSON.stringify({Format: last.format, Layout: layout, Planes: btoa(String.fromCharCode(...planes))});
	})()`, list)).(string)
	if !ok {
		t.Fatal("Chromium shows nothing")
	}
	var copied struct {
		Format string
		Layout []struct{ Offset, Stride int }
		Planes []byte
	}
	if err := json.Unmarshal([]byte(planes), &copied); err != nil || copied.Format != "I420" {
		t.Fatalf("Chromium shows %q (%v)", copied.Format, err)
	}
	at := func(i int) []byte { return copied.Planes[copied.Layout[i].Offset:] }
	return &image.YCbCr{
		Y: at(0), Cb: at(1), Cr: at(2), YStride: copied.Layout[0].Stride, CStride: copied.Layout[1].Stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: image.Rectangle{Max: size},
	}
}
