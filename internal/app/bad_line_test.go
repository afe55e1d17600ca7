package app_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/authority"
	"giaoban/internal/part/briefing"
)

// afar is the morning's room with a chair beside the program and Bac Ninh at the end of a
// line that carries all it sends and receives: pages, signalling, picture and sound.
type afar struct {
	served
	t           *testing.T
	chair, site *browser.Browser
	unit        string // Bac Ninh's number
}

func meetAfar(t *testing.T) *afar {
	t.Helper()
	dir := t.TempDir()
	if _, err := authority.Load(dir, "localhost", clock.Machine); err != nil {
		t.Fatal(err)
	}
	s := serveDemoAs(t, app.Config{Media: livekittest.Relayed(t, "localhost", filepath.Join(dir, "server.pem")).Find})
	a := &afar{served: s, t: t, unit: fmt.Sprint(s.unit(t, "Tỉnh Bắc Ninh"))}
	a.chair = s.person(t, "trunguong")
	a.chair.Devices(true)
	a.chair.Allow("that's not present") // LiveKit's script, of one whose line was cut
	a.chair.Go(s.url + "/briefings/1/room")
	a.chair.Click("[data-media-join]")
	a.chair.Wait(`[data-media][data-state="open"]`)
	a.sit()
	a.give()
	return a
}

// sit has somebody of Bac Ninh open the room at the end of the line.
func (a *afar) sit() {
	a.t.Helper()
	a.site = a.person(a.t, "bacninh")
	a.site.Devices(true)
	for _, said := range []string{"Failed to fetch", "error reading from signal stream"} {
		a.site.Allow(said) // LiveKit's script, while the line is cut
	}
	a.site.Go(a.url + "/briefings/1/room")
	a.site.Eval(onlyByRelay)
	a.site.Click("[data-media-join]")
	a.site.WaitTrue("picture and sound are there", `["open", "closed"].includes(document.querySelector("[data-media]").dataset.state)`)
}

// give has Bac Ninh have the floor, and waits until the chair sees it.
func (a *afar) give() {
	a.t.Helper()
	a.lead(a.t, func(tx *ledger.Tx, chair access.Actor) error {
		_, err := briefing.Give(a.t.Context(), tx, chair, briefing.GiveCommand{Briefing: 1, Unit: a.served.unit(a.t, "Tỉnh Bắc Ninh")})
		return err
	})
	a.site.Wait(`[data-media][data-state="open"]`)
	a.seen()
}

// seen waits until the chair sees Bac Ninh move, large.
func (a *afar) seen() {
	a.t.Helper()
	frames := fmt.Sprintf(`(document.querySelector('.video video.large[data-kept="unit:%s"]')?.getVideoPlaybackQuality().totalVideoFrames ?? 0)`, a.unit)
	a.chair.Eval(`window.before = ` + frames)
	a.chair.WaitTrue("Bac Ninh moves", frames+` > 0 && (`+frames+` < before || `+frames+` > before + 10)`)
}

// Bac Ninh's line is cut for half a minute, then its browser is killed: the chair is told,
// the meeting goes on, and each time the site is in its place again, with the floor.
func TestASiteThatIsCutOffIsMissedAndComesBackToItsPlace(t *testing.T) {
	a := meetAfar(t)
	a.site.Offline(true)
	began := time.Now()
	a.chair.WaitText("main", "mất hình, tiếng")
	a.site.WaitTrue("the site says so", `document.querySelector("[data-media]").dataset.state === "away"`)
	a.lead(t, func(tx *ledger.Tx, chair access.Actor) error { // the meeting goes on meanwhile
		_, err := briefing.MarkArrived(t.Context(), tx, chair, 1)
		return err
	})
	time.Sleep(time.Until(began.Add(time.Duration(count.Of(6, 30)) * time.Second))) // for so long it is away
	a.site.Offline(false)
	a.site.WaitTrue("the site is back, with the floor", `document.querySelector("[data-media]").dataset.state === "open"`)
	a.seen()

	a.site.Kill()
	a.chair.WaitText("main", "mất hình, tiếng")
	a.sit()
	a.site.Wait(`[data-media][data-state="open"]`)
	a.seen()
}

// On a line that grows thin a site's picture goes, and where it grows slow its sound too,
// each said on its page and to the chair; when it is wide again they come back by themselves.
func TestOnAThinLineLessIsSentAndThatIsSaid(t *testing.T) {
	a := meetAfar(t)
	a.site.Thin(2_000_000, 300*time.Millisecond) // wide, and slow
	a.chair.WaitText("main", "đường truyền")
	a.site.WaitText("[data-media-line]", "giảm độ nét")
	a.site.Thin(20_000, 300*time.Millisecond) // 160 kbit/s
	a.site.WaitText("[data-media-line]", "chỉ còn tiếng")
	a.chair.WaitText("main", "chỉ còn tiếng")
	a.site.WaitTrue("sound goes by a line that is there", `document.querySelector("[data-media]").dataset.state === "open" && ways().then((by) => by === "relay tls")`)
	a.site.Thin(20_000, 600*time.Millisecond)
	a.site.WaitText("[data-media-line]", "chỉ xem bảng và chữ")
	a.site.Thin(0, 0)
	a.site.Wait(`[data-media][data-state="unheard"]`) // at once, or when it is joined again
	for deadline := time.Now().Add(100 * time.Second); a.site.Text("[data-media-line]") != "" && !strings.Contains(a.site.Text("[data-media-line]"), "chỉ còn tiếng"); {
		if time.Now().After(deadline) { // longest that a line is looked at after relapses
			t.Fatalf("the site says %q, want that sound goes again", a.site.Text("[data-media-line]"))
		}
		time.Sleep(100 * time.Millisecond)
	}
	a.site.Wait(`[data-media][data-state="open"]`)
}
