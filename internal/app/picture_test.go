package app_test

import (
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"giaoban/internal/base/testing/browser"
)

// picture is a screen as the README shows it.
type picture struct {
	name, login, path string
	screen            browser.Screen
}

var pictures = []picture{
	{"board", "trunguong", "/board/1/{Trung ương}", browser.Desk},
	{"board-phone", "bacninh", "/board/1/{Tỉnh Bắc Ninh}", browser.Phone},
	{"report-phone", "yenphong", "/report/1/congress-held/{Huyện Yên Phong}", browser.Phone},
	{"news-phone", "bacninh", "/news/1", browser.Phone},
	{"work", "bacninh", "/work", browser.Desk},
	{"evidence", "bacninh", "/report/%d", browser.Desk},
	{"wall", "trunguong", "/board/1/{Trung ương}?screen=1", browser.Desk},
	{"organisation", "bacninh", "/org", browser.Desk},
}

// TestPictures takes the pictures of the README, what a screen shows without
// scrolling, into the folder that GIAOBAN_PICTURES names.
func TestPictures(t *testing.T) {
	folder := os.Getenv("GIAOBAN_PICTURES")
	if folder == "" {
		t.Skip("GIAOBAN_PICTURES names no folder")
	}
	s := serveDemo(t, "")
	for _, p := range pictures {
		b := s.person(t, p.login)
		b.Show(p.screen)
		path := s.path(t, p.path)
		if p.name == "evidence" {
			path = fmt.Sprintf(path, s.reported(t, "Huyện Quế Võ"))
		}
		b.Go(s.url + path)
		b.Wait("h1")
		file := filepath.Join(folder, p.name+".png")
		b.Screenshot(file)
		crop(t, file, int(p.screen.Width), int(p.screen.Height))
	}
}

// reported is the id of the accepted report of a unit's congress.
func (s served) reported(t *testing.T, unit string) (id int64) {
	t.Helper()
	err := s.DB.Reader().QueryRowContext(t.Context(),
		`SELECT id FROM report WHERE unit_id = $1 AND milestone = 'congress-held' AND state = 'accepted'`, int64(s.unit(t, unit))).Scan(&id)
	if err != nil {
		t.Fatalf("finding the report of %s: %v", unit, err)
	}
	return id
}

// crop keeps of a picture what a screen of that size shows.
func crop(t *testing.T, file string, width, height int) {
	t.Helper()
	content, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	whole, err := png.Decode(content)
	if err != nil {
		t.Fatal(err)
	}
	part := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(part, part.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(part, part.Bounds(), whole, image.Point{}, draw.Src)
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(out, part); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
