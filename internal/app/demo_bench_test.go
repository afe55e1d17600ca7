package app_test

import (
	"io"
	"log/slog"
	"testing"

	"giaoban/internal/app"
)

// BenchmarkDemo tells the story of the demonstration in an empty directory and
// builds its screens: what somebody who starts it waits for.
func BenchmarkDemo(b *testing.B) {
	for b.Loop() {
		config := app.Config{Data: b.TempDir(), Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
		a, err := app.OpenDemo(b.Context(), config, false)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := a.Handler(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
