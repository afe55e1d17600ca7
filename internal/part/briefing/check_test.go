package briefing_test

import (
	"testing"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/briefing"
)

// fine is a place in which nothing is wrong.
func fine() briefing.Check {
	return briefing.Check{
		Browser: "Chrome 128", Secure: true, Modern: true, Calls: true, Codecs: true, RoundTrip: 20, Down: 20_000, Up: 10_000,
		Camera: briefing.Works, Microphone: briefing.Works, Speakers: briefing.Works,
	}
}

func TestAPlaceIsJudgedByWhatTheMeetingAsksOfIt(t *testing.T) {
	for what, one := range map[string]struct {
		change       func(*briefing.Check)
		board, media briefing.Grade
		part         briefing.Part // in which the worst is found, with devices
		reason       string
	}{
		"nothing is wrong":           {func(*briefing.Check) {}, briefing.Good, briefing.Good, briefing.PartBrowser, "good"},
		"an old browser":             {func(c *briefing.Check) { c.Modern = false }, briefing.Fails, briefing.Fails, briefing.PartBrowser, "old"},
		"http":                       {func(c *briefing.Check) { c.Secure = false }, briefing.Good, briefing.Fails, briefing.PartBrowser, "insecure"},
		"no WebRTC":                  {func(c *briefing.Check) { c.Calls = false }, briefing.Good, briefing.Fails, briefing.PartBrowser, "no-calls"},
		"no VP8":                     {func(c *briefing.Check) { c.Codecs = false }, briefing.Good, briefing.Fails, briefing.PartBrowser, "no-codecs"},
		"a line for boards alone":    {func(c *briefing.Check) { c.Down, c.Up = 1500, 700 }, briefing.Good, briefing.Weak, briefing.PartNetwork, "slow-down"},
		"little goes out":            {func(c *briefing.Check) { c.Up = 700 }, briefing.Good, briefing.Weak, briefing.PartNetwork, "slow-up"},
		"next to nothing comes in":   {func(c *briefing.Check) { c.Down = 200 }, briefing.Fails, briefing.Fails, briefing.PartNetwork, "slow-down"},
		"answers take long":          {func(c *briefing.Check) { c.RoundTrip = 400 }, briefing.Good, briefing.Weak, briefing.PartNetwork, "slow-answers"},
		"nothing could be measured":  {func(c *briefing.Check) { c.Down, c.Up, c.RoundTrip = 0, 0, 0 }, briefing.Fails, briefing.Fails, briefing.PartNetwork, "broken"},
		"the camera is blocked":      {func(c *briefing.Check) { c.Camera = briefing.Denied }, briefing.Good, briefing.Fails, briefing.PartCamera, "denied"},
		"the microphone is silent":   {func(c *briefing.Check) { c.Microphone = briefing.Silent }, briefing.Good, briefing.Fails, briefing.PartMicrophone, "silent"},
		"the speakers are not tried": {func(c *briefing.Check) { c.Speakers = briefing.Untried }, briefing.Good, briefing.Unchecked, briefing.PartSpeakers, "untried"},
	} {
		c := fine()
		one.change(&c)
		if got := briefing.Worst(c.Verdicts(false)); got != one.board {
			t.Errorf("%s, board only: %s, want %s", what, got, one.board)
		}
		verdicts := c.Verdicts(true)
		if got := briefing.Worst(verdicts); got != one.media {
			t.Errorf("%s, with devices: %s, want %s", what, got, one.media)
		}
		for _, v := range verdicts {
			if v.Part == one.part && v.Reason != one.reason {
				t.Errorf("%s: of the %s is said %q, want %q", what, v.Part, v.Reason, one.reason)
			}
		}
	}
}

func TestTheLastCheckOfASiteCounts(t *testing.T) {
	each(t, func(w *world) {
		plan := w.plan()
		plan.Devices = true
		var b briefing.Briefing
		w.do(func(tx *ledger.Tx) (err error) {
			b, err = briefing.Call(w.Context(), tx, w.clerk, plan)
			return err
		})
		if !b.Devices {
			w.Error("the briefing forgot that devices are checked")
		}
		first, second := fine(), fine()
		first.Unit, first.Camera = w.bacNinh, briefing.Denied
		second.Unit = w.bacNinh
		for _, c := range []briefing.Check{first, second} {
			w.do(func(tx *ledger.Tx) error {
				_, err := briefing.KeepCheck(w.Context(), tx, w.atBacNinh, b.ID, c)
				return err
			})
		}
		made, err := briefing.Checks(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		if c := made[w.bacNinh]; len(made) != 1 || c.Camera != briefing.Works || c.By != w.atBacNinh.Person || c.At.IsZero() || c.Browser != "Chrome 128" {
			w.Errorf("kept is %+v", made)
		}
		strange := fine()
		strange.Unit, strange.Camera = w.bacNinh, "drop table"
		others := fine()
		others.Unit = w.caoBang
		outside := fine()
		outside.Unit = w.queVo
		w.refused("what no page sends", w.try(func(tx *ledger.Tx) error {
			_, err := briefing.KeepCheck(w.Context(), tx, w.atBacNinh, b.ID, strange)
			return err
		}), fault.Invalid, "briefing.check-strange")
		w.refused("for another site", w.try(func(tx *ledger.Tx) error {
			_, err := briefing.KeepCheck(w.Context(), tx, w.atBacNinh, b.ID, others)
			return err
		}), fault.Forbidden, "access.refused")
		w.refused("for a unit that is no site", w.try(func(tx *ledger.Tx) error {
			_, err := briefing.KeepCheck(w.Context(), tx, w.atQueVo, b.ID, outside)
			return err
		}), fault.NotFound, "briefing.site-unknown")
	})
}
