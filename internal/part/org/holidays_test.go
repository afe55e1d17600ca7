package org_test

import (
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

func TestAnInstallationsHolidaysHoldInsteadOfTheProfiles(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		set := func(actor access.Actor, content string) error {
			return o.update(func(tx *ledger.Tx) error { return org.SetHolidays(o.ctx(), tx, actor, content) })
		}
		want := func(when string, works map[clock.Date]bool) {
			t.Helper()
			for range 2 { // once more from what was read before
				p, err := org.Profile(o.ctx(), o.q())
				if err != nil {
					t.Fatal(err)
				}
				for day, want := range works {
					if got := p.Calendar().Works(day); got != want {
						t.Errorf("%s: people work on %s: %v, want %v", when, day, got, want)
					}
				}
				if p.Calendar().Silent(day("2020-07-10").Add(8*time.Hour), p.Location()) || !p.Calendar().Silent(day("2020-07-10").Add(19*time.Hour), p.Location()) {
					t.Errorf("%s: the quiet hours are others", when)
				}
			}
		}
		profiles := map[clock.Date]bool{"2020-09-02": false, "2020-07-13": true, "2020-07-11": false}
		want("at first", profiles)
		const own = "holidays:\r\n  - 2020-07-13 # lễ hội\r\nworked:\r\n  - 2020-07-11\r\n"
		if err := set(commandLine, own); err != nil {
			t.Fatal(err)
		}
		want("with holidays of its own", map[clock.Date]bool{"2020-09-02": true, "2020-07-13": false, "2020-07-11": true, "2020-07-12": false})
		before, _, err := ledger.Head(o.ctx(), o.q())
		if err := set(commandLine, own); err != nil {
			t.Fatal(err)
		}
		if after, _, again := ledger.Head(o.ctx(), o.q()); err != nil || again != nil || after != before {
			t.Errorf("the same holidays once more are %d events", after-before)
		}
		o.refused("calendar.no-day", "holidays", func(tx *ledger.Tx) error {
			return org.SetHolidays(o.ctx(), tx, commandLine, "holidays:\n  - 2020-02-30\n")
		})
		units := tree.New()
		units.Put(tree.Unit{ID: o.root.ID})
		leader := access.Actor{Person: 7, Tree: units, Grants: []access.Grant{{Unit: o.root.ID, Role: access.Leader}}}
		if err := set(leader, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a leader sets the holidays: %v", err)
		}
		if err := set(commandLine, " \n"); err != nil {
			t.Fatal(err)
		}
		want("back at the profile's", profiles)
	})
}

// day is a day's first moment in Hanoi.
func day(of clock.Date) time.Time { return of.Start(time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)) }
