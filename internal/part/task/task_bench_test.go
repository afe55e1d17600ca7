package task_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// country is the small organisation with the units of a whole country in memory.
type country struct {
	world
	levels [3][]tree.UnitID
}

func newCountry(b *testing.B, url string) country {
	b.Helper()
	c := country{world: world{officetest.New(b, url), b}}
	c.levels = c.Country()
	return c
}

// to gives a task to units in the name of another.
func (c country) to(giver tree.UnitID, source task.Source, units []tree.UnitID) (t task.Task) {
	c.t.Helper()
	c.Update(func(tx *ledger.Tx) (err error) {
		t, err = task.Give(c.t.Context(), tx, access.CommandLine(c.Tree), task.GiveCommand{
			Key: report.NewKey(), Giver: giver, Source: source, Title: "Rà soát nguồn cấp ủy nữ", Units: units, Deadline: "2020-07-15",
		})
		return err
	})
	return t
}

// Fixing the set of units of a task, committed: 63 in 100 ms, 1,300 and 52,000 in 300 ms.
func BenchmarkGive(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			url := filepath.Join(b.TempDir(), "giaoban.db")
			if engine == "postgres" {
				url = pgtest.New(b)
			}
			c := newCountry(b, url)
			for _, units := range c.levels {
				b.Run(fmt.Sprint(len(units)), func(b *testing.B) {
					for b.Loop() {
						c.to(c.Units["TW"], task.Source{Kind: task.ByHand}, units)
					}
				})
			}
		})
	}
}

// How far a task is that was handed down over four levels to 52,000 units, read while
// one of them acts each time: under 1 ms.
func BenchmarkHandDown(b *testing.B) {
	c := newCountry(b, filepath.Join(b.TempDir(), "giaoban.db"))
	top := c.to(c.Units["TW"], task.Source{Kind: task.ByHand}, c.levels[0])
	var leaves []int64
	for i, province := range c.levels[0] {
		below := c.to(province, task.Source{Kind: task.FromTask, ID: top.ID, Part: int(province)}, c.levels[1][i*20:(i+1)*20])
		for j, district := range c.levels[1][i*20 : (i+1)*20] {
			at := (i*20 + j) * 41
			leaves = append(leaves, c.to(district, task.Source{Kind: task.FromTask, ID: below.ID, Part: int(district)}, c.levels[2][at:at+41]).ID)
		}
	}
	x, _ := c.index()
	if got := x.Leaves(top.ID, "2020-07-01").Units; got != len(c.levels[2]) {
		b.Fatalf("%d units at the ends, want %d", got, len(c.levels[2]))
	}
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			c.index()
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			x.Leaves(top.ID, "2020-07-01")
		}
	})
	n := 0
	b.Run("act", func(b *testing.B) {
		for b.Loop() {
			of := n % len(leaves)
			done := task.Act{Task: leaves[of], Unit: c.levels[2][of*41+n/len(leaves)%41], Stage: task.Stages[1+n%4]}
			payload := encoded(b, done)
			if err := x.Apply([]ledger.Event{{Position: 1, Time: time.Time{}, Kind: task.WasDone, Payload: payload}}); err != nil {
				b.Fatal(err)
			}
			x.Leaves(top.ID, "2020-07-01")
			n++
		}
	})
}

// A hundred tasks of the whole country: levels by tasks, and a window of 50 units by 100
// tasks, with the rows of the tasks: under 100 ms each.
func BenchmarkMatrix(b *testing.B) {
	c := newCountry(b, filepath.Join(b.TempDir(), "giaoban.db"))
	all := append(append(append([]tree.UnitID{}, c.levels[0]...), c.levels[1]...), c.levels[2]...)
	var ids []int64
	for range 100 {
		ids = append(ids, c.to(c.Units["TW"], task.Source{Kind: task.ByHand}, all).ID)
	}
	x, _ := c.index()
	rows := func(b *testing.B) {
		b.Helper()
		c.OK(c.Ledger.DB().View(b.Context(), func(tx *sql.Tx) error {
			_, err := task.Heads(b.Context(), tx, ids)
			return err
		}))
	}
	b.Run("levels", func(b *testing.B) {
		for b.Loop() {
			rows(b)
			for _, id := range ids {
				x.Levels(id, "2020-07-01")
			}
		}
	})
	b.Run("levels-after-a-change-of-the-tree", func(b *testing.B) {
		for b.Loop() {
			c.Tree.Put(tree.Unit{ID: 999, Parent: c.Units["TW"], Code: "K999", Name: "Mới", Level: "provincial", Kind: "province"})
			rows(b)
			for _, id := range ids {
				x.Levels(id, "2020-07-01")
			}
		}
	})
	b.Run("window", func(b *testing.B) {
		for b.Loop() {
			rows(b)
			x.Window(c.levels[2][26_000:26_050], ids, "2020-07-01")
		}
	})
	b.Run("office", func(b *testing.B) {
		for b.Loop() {
			x.Of(c.levels[2][26_000], "2020-07-01")
		}
	})
}

func encoded(b *testing.B, payload any) []byte {
	b.Helper()
	bytes, err := json.Marshal(payload)
	if err != nil {
		b.Fatal(err)
	}
	return bytes
}
