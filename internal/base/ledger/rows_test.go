package ledger_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// positions of events.
func positions(events []ledger.Event) []int64 {
	list := []int64{}
	for _, e := range events {
		list = append(list, e.Position)
	}
	return list
}

func TestTheLogIsReadInParts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(7)
		q := w.DB().Reader()
		for _, c := range []struct {
			after int64
			limit int
			want  []int64
		}{
			{0, 3, []int64{1, 2, 3}},
			{3, 3, []int64{4, 5, 6}},
			{6, 3, []int64{7}},
			{7, 3, []int64{}},
			{99, 3, []int64{}},
		} {
			got, err := ledger.After(w.Context(), q, c.after, c.limit)
			w.ok(err)
			if diff := cmp.Diff(c.want, positions(got)); diff != "" {
				t.Errorf("%d events after %d (-want +got):\n%s", c.limit, c.after, diff)
			}
		}

		got, err := ledger.About(w.Context(), q, "test:1")
		w.ok(err)
		if diff := cmp.Diff([]int64{2, 7}, positions(got)); diff != "" {
			t.Errorf("events about test:1 (-want +got):\n%s", diff)
		}
		if got, err := ledger.About(w.Context(), q, "test:99"); err != nil || len(got) != 0 {
			t.Errorf("events about nothing: %v, %v", got, err)
		}

		all := w.events()
		for _, position := range []int64{0, 1, 7, 8} {
			e, ok, err := ledger.At(w.Context(), q, position)
			w.ok(err)
			if exists := position >= 1 && position <= 7; ok != exists {
				t.Errorf("an event at %d: %v, want %v", position, ok, exists)
			} else if ok {
				if diff := cmp.Diff(all[position-1], e); diff != "" {
					t.Errorf("the event at %d (-want +got):\n%s", position, diff)
				}
			}
		}
	})
}

func TestTheTimesOfEventsAreRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(5)
		all := w.events()
		for _, c := range []struct{ after, to, first, end int64 }{{0, 5, 0, 5}, {1, 3, 1, 3}, {3, 3, 3, 3}, {4, 99, 4, 5}, {99, 100, 5, 5}} {
			got, err := ledger.Times(w.Context(), w.DB().Reader(), c.after, c.to)
			w.ok(err)
			var want []time.Time
			for _, e := range all[c.first:c.end] {
				want = append(want, e.Time)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("after %d to %d (-want +got):\n%s", c.after, c.to, diff)
			}
		}
	})
}

func TestTheHeadIsTheLastEvent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if position, at, err := ledger.Head(w.Context(), w.DB().Reader()); err != nil || position != 0 || !at.IsZero() {
			t.Errorf("the head of an empty log is %d, %s, %v; want 0 and the zero time", position, at, err)
		}
		w.append(3)
		w.clock.Advance(time.Hour)
		w.append(1)
		position, at, err := ledger.Head(w.Context(), w.DB().Reader())
		if want := morning.Add(time.Hour); err != nil || position != 4 || !at.Equal(want) {
			t.Errorf("the head is %d, %s, %v; want 4 and %s", position, at, err, want)
		}
	})
}

func TestAMomentIsFoundInTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		check := func(t rapid.TB, moment time.Time) {
			var want int64
			for _, e := range w.events() {
				if !e.Time.After(moment) {
					want = e.Position
				}
			}
			got, err := ledger.PositionAt(w.Context(), w.DB().Reader(), moment)
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("at %s the log was at %d, want %d", moment, got, want)
			}
		}
		check(t, morning) // in an empty log
		rapid.Check(t, func(t *rapid.T) {
			if len(w.events()) < 60 {
				w.clock.Advance(time.Duration(rapid.IntRange(0, 3).Draw(t, "seconds")) * time.Second)
				w.append(rapid.IntRange(1, 4).Draw(t, "events"))
			}
			check(t, morning.Add(time.Duration(rapid.IntRange(-1, 200).Draw(t, "moment"))*time.Second))
		})
	})
}

func TestQueriesThatPagesWaitForUseAnIndex(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if w.DB().Engine() != store.SQLite {
			t.Skip("PostgreSQL reads small tables whole, whatever indexes they have")
		}
		for _, c := range []struct{ name, query, index string }{
			{"the position at a moment", ledger.SelectPositionAt, "event_time"},
			{"the events about a subject", ledger.SelectAbout, "event_subject"},
			{"the events after a position", ledger.SelectAfter, "sqlite_autoindex_event_1"},
		} {
			rows, err := w.DB().Reader().QueryContext(w.Context(), `EXPLAIN QUERY PLAN `+c.query, 1, 1)
			w.ok(err)
			defer rows.Close()
			var plan []string
			for rows.Next() {
				var step string
				w.ok(rows.Scan(new(int), new(int), new(int), &step))
				plan = append(plan, step)
			}
			w.ok(rows.Err())
			all := strings.Join(plan, "; ")
			if !strings.Contains(all, "SEARCH") || !strings.Contains(all, c.index) || strings.Contains(all, "SCAN") || strings.Contains(all, "TEMP B-TREE") {
				t.Errorf("%s is found by %q, want a search of %s alone", c.name, all, c.index)
			}
		}
	})
}
