package remind_test

import (
	"fmt"
	"testing"

	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/remind"
)

// BenchmarkQueue makes 52,000 reminders, one for each grassroots organisation of the
// country, on record and in the log.
func BenchmarkQueue(b *testing.B) {
	const units = 52_000
	for name, url := range map[string]string{"sqlite": b.TempDir() + "/giaoban.db", "postgres": pgtest.New(b)} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, url)
			rounds := remind.Rounds{Ledger: w.Ledger, Boards: w.boards, Tree: w.Tree}
			list := make([]remind.Reminder, units)
			for i := range list {
				list[i] = remind.Reminder{Unit: tree.UnitID(i + 1), What: remind.Report, Stage: remind.Before, Directive: w.Directive, Milestone: officetest.Held, Deadline: "2020-06-30"}
			}
			for i := 0; b.Loop(); i++ {
				n, err := rounds.Queue(b.Context(), fmt.Sprint("round ", i), list)
				if err != nil || n != units {
					b.Fatalf("%d reminders: %v", n, err)
				}
			}
		})
	}
}
