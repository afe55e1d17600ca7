package simulate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/app"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/org"
	"giaoban/internal/simulate"
)

// simulated makes so many thousandths of a country and opens it.
func simulated(t *testing.T, database string, seed uint64, thousandths int) *app.App {
	t.Helper()
	share := float64(thousandths) / 1000
	config := app.Config{Data: t.TempDir(), Database: database}
	_, events, err := app.Simulate(t.Context(), config, app.Simulation{Seed: seed, Share: share, Cells: true, Password: "giao ban 2020"})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("a share of %g with cells has %d events", share, events)
	a, err := app.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// told is the whole log as text, without what proves it: salts differ.
func told(t *testing.T, a *app.App) []string {
	t.Helper()
	var lines []string
	for {
		events, err := ledger.After(t.Context(), a.DB.Reader(), int64(len(lines)), 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			lines = append(lines, fmt.Sprintf("%d %s %s %d %s %s %s", e.Position, e.Time.Format(time.RFC3339Nano), e.Actor, e.Unit, e.Kind, e.Subject, e.Payload))
		}
		if len(events) == 0 {
			return lines
		}
	}
}

func TestASeedMakesTheSameEventsOnBothEngines(t *testing.T) {
	var first []string
	enginetest.Each(t, func(t *testing.T, url string) {
		if !strings.HasPrefix(url, "postgres") {
			url = "" // in the directory
		}
		lines := told(t, simulated(t, url, 7, count.Of(2, 50)))
		if first == nil {
			first = lines
		}
		if diff := cmp.Diff(first, lines); diff != "" {
			t.Errorf("two runs of one seed differ (-first +second):\n%.2000s", diff)
		}
	})
	other := told(t, simulated(t, "", 8, count.Of(2, 50)))
	if cmp.Equal(first, other) {
		t.Error("two seeds make the same country")
	}
}

func TestTheYearGoesAsItDid(t *testing.T) {
	a := simulated(t, "", 1, count.Of(10, 200)) // of fewer none comes late
	zone := simulate.End().Location()
	for _, c := range []struct {
		level    string
		month    time.Month
		day      int
		from, to float64 // the share whose congress is accepted before that day
	}{
		{"cell", time.July, 1, 1, 1},
		{"grassroots", time.March, 1, 0.0005, 0.05}, // pilots
		{"grassroots", time.July, 1, 0.9975, 0.9985},
		{"grassroots", time.August, 15, 1, 1},
		{"above-grassroots", time.June, 1, 0.01, 0.15}, // pilots
		{"above-grassroots", time.July, 10, 0.2, 0.6},
		{"above-grassroots", time.September, 1, 0.97, 1},
		{"provincial", time.August, 15, 0, 0},
		{"provincial", time.October, 30, 1, 1},
	} {
		var done, total int
		at := time.Date(2020, c.month, c.day, 0, 0, 0, 0, zone).UnixMicro()
		row := a.DB.Reader().QueryRowContext(t.Context(), `SELECT COUNT(DISTINCT r.unit_id), COUNT(DISTINCT p.unit_id) FROM unit_period p
			LEFT JOIN report r ON r.unit_id = p.unit_id AND r.milestone = 'congress-held' AND r.state <> 'returned'
				AND r.decider <> '' AND r.decided_at < $1 WHERE p.level = $2`, at, c.level)
		if err := row.Scan(&done, &total); err != nil {
			t.Fatal(err)
		}
		if got := float64(done) / float64(total); got < c.from || got > c.to {
			t.Errorf("%s before %d/%d: %d of %d done, %.4f, want %.4f to %.4f", c.level, c.day, c.month, done, total, got, c.from, c.to)
		}
	}
}

func TestASimulationSaysSoInItsFirstEventAndItsSignatures(t *testing.T) {
	a := simulated(t, "", 1, 1)
	if made, err := org.IsSimulated(t.Context(), a.DB.Reader()); err != nil || !made {
		t.Errorf("the organisation is simulated: %v, %v, want true", made, err)
	}
	methods := map[string]int{}
	for _, line := range told(t, a) {
		if _, after, found := strings.Cut(line, `"method":"`); found {
			method, _, _ := strings.Cut(after, `"`)
			methods[method]++
		}
	}
	if len(methods) != 1 || methods[simulate.Simulated] == 0 {
		t.Errorf("signatures by method: %v, want only simulated ones", methods)
	}
}
