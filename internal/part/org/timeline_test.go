package org

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/tree"
)

const (
	firstDay = clock.Date("2020-01-01")
	lastDays = 20
)

// days is a timeline written out day by day: nil where the unit did not exist.
func days(t timeline) []*Period {
	list := make([]*Period, lastDays)
	for i := range list {
		if p, exists := t.on(firstDay.AddDays(i)); exists {
			p.From, p.To = "", ""
			list[i] = &p
		}
	}
	return list
}

func TestTimelinesAreWhatTheirDaysSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var times timeline
		model := make([]*Period, lastDays)
		for range rapid.IntRange(1, count.Of(12, 40)).Draw(t, "changes") {
			at := rapid.IntRange(0, lastDays-1).Draw(t, "day")
			day := firstDay.AddDays(at)
			p := Period{
				Name: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name"), Level: "l",
				Parent: tree.UnitID(rapid.IntRange(1, 3).Draw(t, "parent")),
			}
			switch {
			case model[at] == nil:
				times = times.begin(day, p)
				for i := at; i < lastDays && model[i] == nil; i++ {
					one := p
					model[i] = &one
				}
			case rapid.Bool().Draw(t, "end"):
				times = times.end(day)
				for i := at; i < lastDays && model[i] != nil; i++ {
					model[i] = nil
				}
			default:
				what := rapid.SampledFrom([]attribute{nameOf, placeOf}).Draw(t, "what")
				times = times.change(day, what, p)
				for i, old := at, *model[at]; i < lastDays && model[i] != nil && what.same(old, *model[i]); i++ {
					what.copy(model[i], p)
				}
			}
			if diff := cmp.Diff(model, days(times)); diff != "" {
				t.Fatalf("day by day (-want +got):\n%s", diff)
			}
			for i := 1; i < len(times); i++ {
				before, after := times[i-1], times[i]
				if before.To == "" || before.To > after.From || before.To == after.From && before.same(after) {
					t.Fatalf("periods overlap or tell the same: %+v", times)
				}
			}
		}
	})
}
