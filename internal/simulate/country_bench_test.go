package simulate_test

import (
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/pgtest"
)

// BenchmarkCountry makes a twentieth of the country, with its cells.
func BenchmarkCountry(b *testing.B) {
	for engine, database := range map[string]func() string{
		"sqlite": func() string { return "" }, "postgres": func() string { return pgtest.New(b) },
	} {
		b.Run(engine, func(b *testing.B) {
			var events int64
			for b.Loop() {
				b.StopTimer()
				config := app.Config{Data: b.TempDir(), Database: database()}
				b.StartTimer()
				_, made, err := app.Simulate(b.Context(), config, app.Simulation{Seed: 1, Share: 0.05, Cells: true, Password: "giao ban 2020"})
				if err != nil {
					b.Fatal(err)
				}
				events += made
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
		})
	}
}
