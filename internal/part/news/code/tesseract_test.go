package code_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"giaoban/internal/base/testing/count"
	"giaoban/internal/part/news/code"
)

// A robot succeeds on fewer than this share of codes: from the brief of the public
// page.
const tooOften = 5.0 / 100

// TestTesseractReadsFewCodes is the robot: Debian's tesseract, told which letters
// there are and that they are one line or one word, given each picture as it is,
// cleaned, and with thin strokes removed by an opening. GIAOBAN_FULL=1 draws 500.
func TestTesseractReadsFewCodes(t *testing.T) {
	if _, err := exec.LookPath("tesseract"); err != nil {
		t.Fatal("tesseract is missing; scripts/setup installs it")
	}
	n := count.Of(100, 500) // of forty, two would be too many, and are so by chance
	codes, pictures := drawn(t, n, count.Seed(1))
	for _, way := range []struct {
		name  string
		clean func(image.Image) image.Image
	}{
		{"raw", func(picture image.Image) image.Image { return picture }},
		{"half", func(picture image.Image) image.Image { return scaled(picture, .5) }},
		{"cleaned", func(picture image.Image) image.Image { return scaled(median(threshold(picture)), 3) }},
		{"opened 5", func(picture image.Image) image.Image { return opened(threshold(picture), 5) }},
		{"opened 7", func(picture image.Image) image.Image { return opened(threshold(picture), 7) }},
		{"opened 9", func(picture image.Image) image.Image { return opened(threshold(picture), 9) }},
	} {
		folder := t.TempDir()
		for i, picture := range pictures {
			write(t, filepath.Join(folder, fmt.Sprintf("%03d.png", i)), way.clean(picture))
		}
		for _, mode := range []string{"7", "8"} {
			read := 0
			for i, text := range tesseract(t, folder, n, mode) {
				if text == codes[i] {
					read++
				}
			}
			t.Logf("tesseract reads %d of %d, %s, --psm %s", read, n, way.name, mode)
			if float64(read) >= tooOften*float64(n) {
				t.Errorf("tesseract reads %d of %d codes %s with --psm %s, want fewer than %d in 100", read, n, way.name, mode, int(tooOften*100))
			}
		}
	}
}

// TestSheet lays fifty codes on two sheets for a person to read, and their answers
// beside them: GIAOBAN_SHOTS names the folder.
func TestSheet(t *testing.T) {
	folder := os.Getenv("GIAOBAN_SHOTS")
	if folder == "" {
		t.Skip("GIAOBAN_SHOTS names no folder")
	}
	const columns, each = 5, 25
	codes, pictures := drawn(t, 2*each, count.Seed(2))
	for first := 0; first < len(codes); first += each {
		sheet := image.NewGray(image.Rect(0, 0, columns*300, each/columns*100))
		for i, picture := range pictures[first : first+each] {
			at := image.Pt(i%columns*300, i/columns*100)
			draw.CatmullRom.Scale(sheet, image.Rectangle{at, at.Add(image.Pt(300, 100))}, picture, picture.Bounds(), draw.Src, nil)
		}
		write(t, filepath.Join(folder, fmt.Sprintf("code-%d.png", first)), sheet)
	}
	if err := os.WriteFile(filepath.Join(folder, "code.txt"), []byte(strings.Join(codes, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// drawn are codes and their pictures.
func drawn(t *testing.T, n int, seed uint64) (codes []string, pictures []image.Image) {
	t.Helper()
	dice := rand.New(rand.NewPCG(seed, 0))
	for range n {
		var text strings.Builder
		for range 5 {
			text.WriteByte(code.Alphabet[dice.IntN(len(code.Alphabet))])
		}
		file, err := code.Picture(text.String(), dice.Uint64())
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		codes, pictures = append(codes, text.String()), append(pictures, picture)
	}
	return codes, pictures
}

// tesseract reads the pictures of a folder in one go.
func tesseract(t *testing.T, folder string, n int, mode string) []string {
	t.Helper()
	var list strings.Builder
	for i := range n {
		fmt.Fprintf(&list, "%s\n", filepath.Join(folder, fmt.Sprintf("%03d.png", i)))
	}
	command := exec.Command("tesseract", "stdin", "stdout", "--psm", mode, "-c", "tessedit_char_whitelist="+code.Alphabet, "tsv")
	command.Stdin = strings.NewReader(list.String())
	command.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	out, err := command.Output()
	if err != nil {
		t.Fatalf("tesseract: %v", err)
	}
	texts := make([]string, n)
	for line := range strings.Lines(string(out)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		page, err := strconv.Atoi(cells[1])
		if err != nil { // the headings
			continue
		}
		texts[page-1] += strings.Join(strings.Fields(cells[11]), "")
	}
	return texts
}

func threshold(picture image.Image) *image.Gray {
	grey := image.NewGray(picture.Bounds())
	draw.Draw(grey, grey.Bounds(), picture, image.Point{}, draw.Src)
	for i, v := range grey.Pix {
		grey.Pix[i] = 255
		if v < 128 {
			grey.Pix[i] = 0
		}
	}
	return grey
}

// median gives each pixel of a black and white picture what most of the nine
// around it have.
func median(picture *image.Gray) *image.Gray {
	return filtered(picture, 3, func(dark, all int) bool { return dark*2 > all })
}

// opened removes strokes thinner than so many pixels: ink that is worn away on
// all sides and then grown again.
func opened(picture *image.Gray, thick int) *image.Gray {
	worn := filtered(picture, thick, func(dark, all int) bool { return dark == all })
	return filtered(worn, thick, func(dark, _ int) bool { return dark > 0 })
}

func filtered(picture *image.Gray, side int, dark func(dark, all int) bool) *image.Gray {
	size := picture.Bounds()
	after := image.NewGray(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			inked, all := 0, 0
			around := image.Rect(x-side/2, y-side/2, x-side/2+side, y-side/2+side).Intersect(size)
			for v := around.Min.Y; v < around.Max.Y; v++ {
				for u := around.Min.X; u < around.Max.X; u++ {
					all++
					if picture.GrayAt(u, v).Y == 0 {
						inked++
					}
				}
			}
			if !dark(inked, all) {
				after.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	return after
}

func scaled(picture image.Image, by float64) image.Image {
	size := picture.Bounds()
	large := image.NewGray(image.Rect(0, 0, int(float64(size.Dx())*by), int(float64(size.Dy())*by)))
	draw.CatmullRom.Scale(large, large.Bounds(), picture, size, draw.Src, nil)
	return large
}

func write(t *testing.T, name string, picture image.Image) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
