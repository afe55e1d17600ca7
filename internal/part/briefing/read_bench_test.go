package briefing_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// BenchmarkRead reads what pages of briefings wait for: the person's own sites in a
// year of weekly briefings with 63 sites each, the record of one with ten people
// named at every site, and the last of its three shows of hands.
func BenchmarkRead(b *testing.B) {
	w := newWorld(b, filepath.Join(b.TempDir(), "giaoban.db"))
	last := w.year(52, 63)
	reader := w.db.Reader()
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			own, err := briefing.SitesOf(b.Context(), reader, []tree.UnitID{w.bacNinh})
			if err != nil || len(own) != 52 {
				b.Fatalf("%d briefings, %v; want 52", len(own), err)
			}
		}
	})
	b.Run("record", func(b *testing.B) {
		for b.Loop() {
			record, err := briefing.RecordOf(b.Context(), reader, w.tree, last, w.clock.Now())
			if err != nil || len(record.Sites) != 64 {
				b.Fatalf("%d sites, %v; want 64", len(record.Sites), err)
			}
		}
	})
	b.Run("poll", func(b *testing.B) {
		for b.Loop() {
			poll, ok, err := briefing.LastPoll(b.Context(), reader, last.ID)
			if err != nil || !ok || len(poll.Shows) != 63 {
				b.Fatalf("%d sites showed hands, %v; want 63", len(poll.Shows), err)
			}
		}
	})
}

// year calls a briefing a week with so many sites, and holds the last of them.
func (w *world) year(weeks, sites int) (last briefing.Briefing) {
	w.Helper()
	units := []tree.UnitID{w.bacNinh, w.caoBang, w.haNoi, w.daNang}
	for n := len(units); n < sites; n++ {
		units = append(units, w.unit(w.centre, fmt.Sprint(100+n), fmt.Sprint("Tỉnh ", n), "provincial"))
	}
	for week := range weeks {
		plan := w.plan()
		plan.Key, plan.Sites = fmt.Sprint("week-", week), units
		w.do(func(tx *ledger.Tx) (err error) {
			last, err = briefing.Call(w.Context(), tx, w.clerk, plan)
			return err
		})
	}
	w.clock.Set(last.Begins)
	w.do(func(tx *ledger.Tx) (err error) {
		last, err = briefing.Begin(w.Context(), tx, w.chair, last.ID)
		return err
	})
	people := make([]briefing.Attendee, 10)
	for i := range people {
		people[i] = briefing.Attendee{Name: fmt.Sprint("Người ", i), Post: "Chuyên viên"}
	}
	w.do(func(tx *ledger.Tx) error {
		for _, unit := range units {
			cmd := briefing.ListCommand{Briefing: last.ID, Unit: unit, Heads: 10, Attendees: people}
			if _, err := briefing.KeepList(w.Context(), tx, w.at(unit), cmd); err != nil {
				return err
			}
		}
		return nil
	})
	for n := range 3 {
		w.clock.Advance(time.Minute)
		w.do(func(tx *ledger.Tx) error {
			poll, err := briefing.OpenPoll(w.Context(), tx, w.chair, last.ID, fmt.Sprint("poll-", n), "Nhất trí?")
			for _, unit := range units {
				if err == nil {
					err = briefing.ShowHands(w.Context(), tx, w.at(unit), last.ID, poll.ID, briefing.SiteHands{Unit: unit, Yes: 9, No: 1})
				}
			}
			return err
		})
	}
	return last
}
