package app_test

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestShotsOfPapers takes the pages of a paper that is signed outside the program, from
// its notice to the leader who is asked about it, and those of the leader's folder and
// of the holidays.
func TestShotsOfPapers(t *testing.T) {
	folder := os.Getenv("GIAOBAN_SHOTS")
	o := newOffice(t, "")
	slip, notice := o.slip(), o.notice()
	paper := fmt.Sprintf("%s/papers/%d", o.url, o.count(`SELECT MIN(id) FROM paper WHERE unit_id = $1`, o.home))
	languages := []string{"vi", "en"}
	if folder == "" {
		languages = languages[:1]
	}
	for n, lang := range languages {
		clerk := camera{o.person(t, "bacninh-cv"), folder, lang}
		clerk.Go(fmt.Sprintf("%s/briefings/%d/notices/%d?lang=%s", o.url, o.briefing(), notice, lang))
		clerk.shoot(t, "notice")
		clerk.Go(paper + "#outside")
		if n == 0 {
			clerk.Click("#copy .btn")
			clerk.Wait(".items code")
		}
		clerk.shoot(t, "paper-outside")
		clerk.Go(fmt.Sprintf("%s/folders/%d", o.url, o.count(`SELECT MIN(id) FROM folder WHERE unit_id = $1`, o.home)))
		clerk.shoot(t, "folder")
		clerk.Go(o.url + "/slips/" + slip)
		clerk.shoot(t, "slip")
		admin := camera{o.person(t, "quantri"), folder, lang}
		admin.Go(o.url + "/settings/holidays?lang=" + lang)
		admin.shoot(t, "holidays")
	}
	clerk := o.person(t, "bacninh-cv")
	clerk.Go(paper + "#scan")
	clerk.Type("#scan [name=code]", strings.ToLower(clerk.Text(".items code")))
	clerk.Upload("#scan [name=file]", signedSheet(t))
	clerk.Click("#scan .btn.primary")
	clerk.Wait(".notices, [role=status]")
	for _, lang := range languages {
		leader := camera{o.person(t, "bacninh"), folder, lang}
		leader.Go(paper + "?lang=" + lang)
		leader.Wait("#answer")
		leader.shoot(t, "paper-own")
	}
}

// signedSheet is a photograph of a sheet.
func signedSheet(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "ban-ky.png")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 420, 594))); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}
