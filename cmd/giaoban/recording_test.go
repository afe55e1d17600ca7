package main

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/edge/media/recording"
)

// The program is killed while it records and started again: the next one goes on in the
// same recording, which is seen again as one.
func TestARecordingGoesOnAfterTheProgramWasKilled(t *testing.T) {
	in := installation{t: t, dir: t.TempDir()}
	t.Cleanup(func() { in.end() })
	address := freeAddress(t)
	program := in.demo(address)
	chair := signedIn(t, program.url, "trunguong")
	for _, said := range lineLost {
		chair.Allow(said)
	}
	chair.Devices(true)
	chair.Go(program.url + "/briefings/1/room")
	chair.Click("[data-media-join]")
	chair.Wait(`[data-media][data-state="open"]`)
	chair.Click(`#act-record button`)
	before := in.recorded(0, 3*time.Second)
	program.kill()

	program = in.demo(address)
	chair.Wait(`[data-media][data-state="open"]`)
	after := in.recorded(before.Length, 3*time.Second)
	if !after.Began.Equal(before.Began) {
		t.Errorf("after the kill the recording began at %s, want %s as before", after.Began, before.Began)
	}
	chair.Click(`#act-record button`)
	chair.WaitGone(".recording-sign")
	chair.Go(program.url + "/briefings/1/replay")
	chair.WaitTrue("the player knows the length of both parts", `document.querySelector(".lane.floor")?.duration > `+fmt.Sprint((before.Length+3*time.Second).Seconds()))
	program.end()
	in.run(0, "verify")
}

// recorded returns the recording of the demonstration once it is so much longer.
func (in installation) recorded(than, more time.Duration) *recording.Recording {
	in.t.Helper()
	for late := time.Now().Add(time.Minute); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		film, err := recording.Open(filepath.Join(in.dir, "recordings", "1"))
		if err == nil && film.Length >= than+more {
			return film
		}
	}
	in.t.Fatalf("a minute later the recording is not %s longer than %s", more, than)
	return nil
}
