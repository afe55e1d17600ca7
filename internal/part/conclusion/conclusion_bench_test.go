package conclusion_test

import (
	"path/filepath"
	"testing"

	"giaoban/internal/base/testing/pgtest"
)

// The chair's word for a conclusion for all of a level of a country, which fixes its
// units, and its issue in a notice, from which it binds, each committed: 63 units in
// 100 ms, 1,300 and 52,000 in 300 ms.
func BenchmarkConclude(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			url := filepath.Join(b.TempDir(), "giaoban.db")
			if engine == "postgres" {
				url = pgtest.New(b)
			}
			w := newWorld(b, url)
			w.Country()
			for _, level := range []string{"provincial", "above-grassroots", "grassroots"} {
				b.Run("approve/"+level, func(b *testing.B) { w.concludes(b, level, true) })
				b.Run("issue/"+level, func(b *testing.B) { w.concludes(b, level, false) })
			}
		})
	}
}

// concludes measures approving or issuing conclusions, and makes the rest beside the clock.
func (w *world) concludes(b *testing.B, level string, approving bool) {
	for b.Loop() {
		b.StopTimer()
		cmd := w.command("Rà soát nguồn cấp ủy nữ")
		cmd.To.Level = level
		c, err := w.write("officer TW", cmd)
		w.OK(err)
		w.OK(w.reader.CatchUp(w.Ctx()))
		timed(b, approving, func() { w.OK(w.approve(c.ID)) })
		n := w.prepared()
		timed(b, !approving, func() { w.OK(w.issue(n)) })
		b.StartTimer()
	}
}

func timed(b *testing.B, counts bool, do func()) {
	if counts {
		b.StartTimer()
		defer b.StopTimer()
	}
	do()
}
