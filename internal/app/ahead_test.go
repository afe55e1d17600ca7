package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/part/org"
)

// TestAListDatedAheadTakesEffectWhenTheProgramRuns plans a list by one command,
// and the next command, days later, finds it done before its own work.
func TestAListDatedAheadTakesEffectWhenTheProgramRuns(t *testing.T) {
	business := clock.NewManual(time.Date(2025, 6, 20, 2, 0, 0, 0, time.UTC))
	config := app.Config{Data: t.TempDir(), Business: business, Lang: "en"}
	visit := func(do func(context.Context, app.Commands)) {
		t.Helper()
		c, err := app.Reach(t.Context(), config, app.ToCreate)
		if err != nil {
			t.Fatal(err)
		}
		do(t.Context(), c)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	take := func(content string, day clock.Date, dry bool) (result org.Result) {
		t.Helper()
		visit(func(ctx context.Context, c app.Commands) {
			var err error
			result, err = c.ImportUnits(ctx, app.ImportRequest{Name: "list.csv", Content: []byte(content), AsOf: day, DryRun: dry, Lang: "en"}, nil)
			if err != nil {
				t.Fatal(err)
			}
		})
		return result
	}
	units := func() (content string) {
		t.Helper()
		visit(func(ctx context.Context, c app.Commands) {
			list, err := c.ExportUnits(ctx, app.ExportRequest{Kind: ".csv", Lang: "en"})
			if err != nil {
				t.Fatal(err)
			}
			content = string(list)
		})
		return content
	}
	const before = "Code,Name,Kind,Parent code\n27,Bắc Ninh,province,\n24,Bắc Giang,province,\n"
	const after = "Code,Name,Kind,Parent code\n24,Bắc Ninh,province,\n"
	take(before, "2025-01-01", false)
	for _, dry := range []bool{true, false} {
		result := take(after, "2025-07-01", dry)
		if len(result.Renamed) != 1 || len(result.Dissolved) != 1 || (result.Planned == "2025-07-01") == dry {
			t.Errorf("the list (dry run: %v) is told as %+v", dry, result)
		}
	}
	business.Set(time.Date(2025, 6, 30, 16, 59, 0, 0, time.UTC)) // 23:59 in Hanoi
	if got := units(); !strings.Contains(got, "27,Bắc Ninh") {
		t.Errorf("a minute before its day the units are\n%s", got)
	}
	business.Set(time.Date(2025, 6, 30, 17, 0, 0, 0, time.UTC))
	if got := units(); strings.Contains(got, "27,") || !strings.Contains(got, "24,Bắc Ninh") {
		t.Errorf("on its day the units are\n%s", got)
	}
	a, err := app.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if unit, exists := a.Tree.ByCode("24"); !exists || unit.Name != "Bắc Ninh" {
		t.Errorf("the served tree has %+v", unit)
	}
}
