package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/base/testing/count"
	"giaoban/internal/bench"
)

// A briefing's sites all see and hear who has the floor for as long as it lasts, in the
// full run 63 of them for ten minutes; none is dropped, and boards miss nothing meanwhile.
func TestAllSitesOfABriefingSeeAndHear(t *testing.T) {
	in := installation{t: t, dir: t.TempDir()}
	share := fmt.Sprintf("0.00%d", count.Of(1, 3)) // of the country: ten minutes' reports need the units to send them
	in.run(0, "simulate", "--share", share, "--password", "giao ban 2020")
	sites := count.Of(5, 63)
	got := in.measured("media", "--screens", "100", "--rate", "100",
		"--sites", fmt.Sprint(sites), "--time", fmt.Sprintf("%ds", count.Of(4, 600)))
	for name, want := range map[string]float64{
		"media.sites": float64(sites), "media.seeing": float64(sites), "media.hearing": float64(sites),
		"media.step": 0, "media.dropped": 0, "media.board.missed": 0, "media.board.different": 0,
	} {
		if value, found := got[name]; !found || value != want {
			t.Errorf("%s is %v, want %v", name, value, want)
		}
	}
	if got["media.loss"] >= 1 {
		t.Errorf("%v of a hundred packets were lost", got["media.loss"])
	}
}

// Three hours of who has the floor stay under 3 GB, by what the program writes of a camera's largest layer.
func TestThreeHoursOfTheFloorFit(t *testing.T) {
	in := installation{t: t, dir: t.TempDir()}
	in.run(0, "simulate", "--share", "0.001", "--password", "giao ban 2020")
	if hour := in.measured("recording", "--time", "10s")["recording.size"]; hour < 0.5 || hour > 1 {
		t.Errorf("an hour takes %v GB, want 0.5 to 1", hour)
	}
}

// measured are the figures of a measuring, by name.
func (in installation) measured(what string, arguments ...string) map[string]float64 {
	in.t.Helper()
	said := in.run(0, append([]string{"bench", what, "--json"}, arguments...)...)
	got := map[string]float64{}
	for line := range strings.Lines(said) {
		var f bench.Figure
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.Note != "" {
			in.t.Fatalf("bench says %q (%v)", line, err)
		}
		got[f.Name] = f.Value
	}
	in.t.Log(said)
	return got
}
