package briefing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// pictured is a briefing with picture and sound that is under way.
func (w *world) pictured() briefing.Briefing {
	w.Helper()
	cmd := w.plan()
	cmd.Key, cmd.Media = "with pictures", true
	var b briefing.Briefing
	w.do(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(w.Context(), tx, w.clerk, cmd)
		return err
	})
	w.arrive(b.ID, w.atBacNinh, w.bacNinh)
	w.clock.Set(b.Begins)
	w.do(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Begin(w.Context(), tx, w.chair, b.ID)
		return err
	})
	return b
}

// leads does something to a briefing as somebody, and gives what became of it.
func (w *world) leads(actor access.Actor, id int64, do func(tx *ledger.Tx, actor access.Actor, id int64) error) error {
	return w.try(func(tx *ledger.Tx) error { return do(tx, actor, id) })
}

func (w *world) start(tx *ledger.Tx, actor access.Actor, id int64) error {
	_, err := briefing.StartRecording(w.Context(), tx, actor, id)
	return err
}

func (w *world) stop(tx *ledger.Tx, actor access.Actor, id int64) error {
	_, err := briefing.StopRecording(w.Context(), tx, actor, id)
	return err
}

func (w *world) recording(id int64) briefing.Recording {
	w.Helper()
	r, err := briefing.RecordingOf(w.Context(), w.db.Reader(), id)
	w.ok(err)
	return r
}

func (w *world) replay(id int64) briefing.Replay {
	w.Helper()
	events, err := briefing.Events(w.Context(), w.db.Reader(), id)
	w.ok(err)
	replay, err := briefing.ReplayOf(w.get(id), events)
	w.ok(err)
	return replay
}

func TestTheChairHasTheMeetingRecorded(t *testing.T) {
	each(t, func(w *world) {
		b := w.pictured()
		w.refused("a site that records", w.leads(w.atBacNinh, b.ID, w.start), fault.Forbidden, "briefing.not-presiding")
		w.ok(w.leads(w.secretary, b.ID, w.start))
		first := w.clock.Now()
		w.ok(w.leads(w.chair, b.ID, w.start)) // again: nothing
		if r := w.recording(b.ID); !r.On || !r.Runs(w.get(b.ID)) || !r.Begun.Equal(first) || r.Until != "2020-10-08" {
			w.Errorf("once begun, the recording is %+v; want it on since %s, kept for 90 days", r, first)
		}
		w.refused("deleting what is being recorded", w.leads(w.chair, b.ID, func(tx *ledger.Tx, actor access.Actor, id int64) error {
			_, err := briefing.DeleteRecording(w.Context(), tx, actor, id, "nhầm")
			return err
		}), fault.Conflict, "briefing.recording-on")

		paused := w.clock.Advance(10 * time.Minute)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Pause(w.Context(), tx, w.chair, b.ID); return err })
		if r := w.recording(b.ID); !r.On || r.Runs(w.get(b.ID)) {
			w.Errorf("while the meeting is paused the recording is %+v, want it to rest", r)
		}
		resumed := w.clock.Advance(5 * time.Minute)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Resume(w.Context(), tx, w.chair, b.ID); return err })
		ended := w.clock.Advance(time.Minute)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.chair, b.ID); return err })
		if r := w.recording(b.ID); r.On {
			w.Error("the recording goes on after the meeting")
		}
		want := []briefing.Span{{From: first, To: paused}, {From: resumed, To: ended}}
		if diff := cmp.Diff(want, w.replay(b.ID).Spans); diff != "" {
			w.Errorf("recorded (-want +got):\n%s", diff)
		}
		w.refused("recording what is over", w.leads(w.chair, b.ID, w.start), fault.TooLate, "briefing.over")
	})
}

func TestWhatCannotBeRecordedIsRefused(t *testing.T) {
	each(t, func(w *world) {
		w.refused("without picture and sound", w.leads(w.chair, w.begun().ID, w.start), fault.Conflict, "briefing.no-media")
		b := w.pictured()
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Pause(w.Context(), tx, w.chair, b.ID); return err })
		w.refused("in a pause", w.leads(w.chair, b.ID, w.start), fault.Conflict, "briefing.is-paused")
		w.refused("keeping none", w.leads(w.chair, b.ID, func(tx *ledger.Tx, actor access.Actor, id int64) error {
			_, err := briefing.KeepRecording(w.Context(), tx, actor, briefing.KeepCommand{Briefing: id, Until: "2020-12-31"})
			return err
		}), fault.NotFound, "briefing.recording-none")
	})
}

// recorded is a briefing that was recorded for ten minutes and is over.
func (w *world) recorded() briefing.Briefing {
	w.Helper()
	b := w.pictured()
	w.ok(w.leads(w.chair, b.ID, w.start))
	w.clock.Advance(10 * time.Minute)
	w.do(func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.chair, b.ID); return err })
	return w.get(b.ID)
}

func TestWhoMayWatchIsTheChairsToSay(t *testing.T) {
	each(t, func(w *world) {
		b := w.recorded()
		watch := func(actor access.Actor) error {
			sites, err := briefing.Sites(w.Context(), w.db.Reader(), b.ID)
			w.ok(err)
			seat, err := briefing.SeatOf(actor, b, sites)
			if err != nil {
				return err
			}
			return w.recording(b.ID).Watch(seat, sites)
		}
		keep := func(actor access.Actor, watchers briefing.Watchers) error {
			return w.leads(actor, b.ID, func(tx *ledger.Tx, actor access.Actor, id int64) error {
				_, err := briefing.KeepRecording(w.Context(), tx, actor, briefing.KeepCommand{Briefing: id, Until: "2021-07-10", Watchers: watchers})
				return err
			})
		}
		for name, actor := range map[string]access.Actor{"the chair": w.chair, "the host's clerk": w.clerk, "a site": w.atBacNinh, "a site that did not come": w.atDaNang} {
			if err := watch(actor); err != nil {
				w.Errorf("%s may not watch: %v", name, err)
			}
		}
		w.refused("who has no seat", watch(w.atQueVo), fault.NotFound, "briefing.not-found")
		w.refused("a site that chooses", keep(w.atBacNinh, briefing.HostOnly), fault.Forbidden, "briefing.not-presiding")
		w.refused("nobody in particular", keep(w.chair, "friends"), fault.Invalid, "briefing.recording-watchers")
		w.ok(keep(w.secretary, briefing.HostOnly))
		w.refused("a site", watch(w.atBacNinh), fault.Forbidden, "briefing.recording-host")
		if err := watch(w.clerk); err != nil {
			w.Errorf("the host's clerk may not watch: %v", err)
		}
	})
}

func TestWhoWasSentOutDoesNotWatch(t *testing.T) {
	each(t, func(w *world) {
		b := w.pictured()
		w.ok(w.leads(w.chair, b.ID, w.start))
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Remove(w.Context(), tx, w.chair, b.ID, w.bacNinh)
			return err
		})
		sites, err := briefing.Sites(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		seat, err := briefing.SeatOf(w.atBacNinh, b, sites)
		w.ok(err)
		w.refused("who was sent out", w.recording(b.ID).Watch(seat, sites), fault.Forbidden, "briefing.removed")
	})
}

func TestARecordingIsKeptUntilItsDay(t *testing.T) {
	each(t, func(w *world) {
		b := w.recorded()
		keep := func(until clock.Date) error {
			return w.leads(w.chair, b.ID, func(tx *ledger.Tx, actor access.Actor, id int64) error {
				_, err := briefing.KeepRecording(w.Context(), tx, actor, briefing.KeepCommand{Briefing: id, Until: until})
				return err
			})
		}
		for _, wrong := range []clock.Date{"2020-07-09", "2060-01-01", "soon", ""} {
			w.refused("until "+string(wrong), keep(wrong), fault.Invalid, "briefing.recording-until")
		}
		w.ok(keep("2020-08-31"))
		expire := func(at time.Time) (n int) {
			w.clock.Set(at)
			w.do(func(tx *ledger.Tx) (err error) { n, err = briefing.ExpireRecordings(w.Context(), tx); return err })
			return n
		}
		hanoi := time.FixedZone("+07", 7*60*60)
		if n := expire(time.Date(2020, 8, 31, 23, 59, 0, 0, hanoi)); n != 0 || !w.recording(b.ID).Kept() {
			w.Errorf("on its last day %d recordings end", n)
		}
		if n := expire(time.Date(2020, 9, 1, 0, 0, 1, 0, hanoi)); n != 1 || w.recording(b.ID).Kept() {
			w.Errorf("the day after %d recordings end, want 1", n)
		}
		if n := expire(time.Date(2020, 9, 2, 0, 0, 1, 0, hanoi)); n != 0 {
			w.Errorf("what is gone ends again: %d", n)
		}
		if kinds := w.kinds(b.ID); kinds[len(kinds)-1] != briefing.RecordingExpired {
			w.Errorf("the log ends with %s", kinds[len(kinds)-1])
		}
		w.refused("keeping what is gone", keep("2021-01-01"), fault.NotFound, "briefing.recording-none")
	})
}

func TestARecordingIsDeletedWithAReason(t *testing.T) {
	each(t, func(w *world) {
		b := w.recorded()
		remove := func(actor access.Actor, reason string) error {
			return w.leads(actor, b.ID, func(tx *ledger.Tx, actor access.Actor, id int64) error {
				_, err := briefing.DeleteRecording(w.Context(), tx, actor, id, reason)
				return err
			})
		}
		w.refused("without a reason", remove(w.chair, " "), fault.Invalid, "briefing.reason-needed")
		w.refused("by a clerk", remove(w.clerk, "x"), fault.Forbidden, "briefing.not-presiding")
		w.ok(remove(w.secretary, "Có nội dung không được ghi"))
		w.refused("twice", remove(w.chair, "x"), fault.NotFound, "briefing.recording-none")
	})
}

// One node records at a time; one that is gone for longer than it said is taken over
// from, and a node that starts again goes on at once.
func TestOneNodeRecords(t *testing.T) {
	each(t, func(w *world) {
		b := w.pictured()
		w.ok(w.leads(w.chair, b.ID, w.start))
		machine := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		for _, c := range []struct {
			node  string
			after time.Duration
			want  bool
		}{{"a", 0, true}, {"b", time.Second, false}, {"a", 2 * time.Second, true}, {"b", 11 * time.Second, false}, {"b", 13 * time.Second, true}, {"a", 14 * time.Second, false}} {
			at := machine.Add(c.after)
			var held bool
			w.do(func(tx *ledger.Tx) (err error) {
				held, err = briefing.HoldRecording(w.Context(), tx, b.ID, c.node, at, at.Add(10*time.Second))
				return err
			})
			if held != c.want {
				w.Errorf("after %s node %s holds the recording: %v, want %v", c.after, c.node, held, c.want)
			}
		}
	})
}

func TestClocksPutPicturesBesideEvents(t *testing.T) {
	each(t, func(w *world) {
		b := w.pictured()
		w.ok(w.leads(w.chair, b.ID, w.start))
		machine := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		hold := func(at time.Time) {
			w.do(func(tx *ledger.Tx) error {
				_, err := briefing.HoldRecording(w.Context(), tx, b.ID, "a", at, at)
				return err
			})
		}
		began := w.clock.Now()
		hold(machine)
		hold(machine.Add(500 * time.Millisecond)) // no other distance
		w.clock.Advance(time.Minute)              // the program was away for an hour, and its clock with it
		hold(machine.Add(time.Hour))
		clocks, err := briefing.ClocksOf(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		if len(clocks) != 2 {
			w.Fatalf("%d clocks are kept, want 2", len(clocks))
		}
		for _, c := range []struct{ machine, business time.Duration }{{0, 0}, {30 * time.Second, 30 * time.Second}, {time.Hour, time.Minute}, {time.Hour + time.Second, time.Minute + time.Second}} {
			at, moment := machine.Add(c.machine), began.Add(c.business)
			if got := clocks.Business(at); !got.Equal(moment) {
				w.Errorf("%s after the first picture it was %s, want %s", c.machine, got, moment)
			}
			if got := clocks.Machine(moment); !got.Equal(at) {
				w.Errorf("%s after the beginning is at %s, want %s", c.business, got, at)
			}
		}
	})
}

// What was shown at a moment is known, and nothing of what was shown while nobody
// recorded.
func TestAReplayShowsWhatWasShown(t *testing.T) {
	each(t, func(w *world) {
		b := w.pictured()
		show := func(unit tree.UnitID, neutral bool) time.Time {
			at := w.clock.Advance(time.Minute)
			w.do(func(tx *ledger.Tx) error {
				_, err := briefing.Show(w.Context(), tx, w.chair, briefing.ShowCommand{Briefing: b.ID, Shown: briefing.Shown{Unit: unit, Sort: briefing.LeastDone}, Neutral: neutral})
				return err
			})
			return at
		}
		show(w.caoBang, false)
		begun := w.clock.Advance(time.Minute)
		w.ok(w.leads(w.chair, b.ID, w.start))
		spoke := w.clock.Advance(time.Minute)
		w.give(b.ID, w.chair, w.bacNinh, 5)
		dark := show(w.bacNinh, true)
		stopped := w.clock.Advance(time.Minute)
		w.ok(w.leads(w.chair, b.ID, w.stop))
		show(w.haNoi, false)

		replay := w.replay(b.ID)
		for _, c := range []struct {
			name string
			at   time.Time
			unit tree.UnitID
			dark bool
		}{
			{"when it begins", begun, w.caoBang, false},
			{"a moment before the floor is given", spoke.Add(-time.Microsecond), w.caoBang, false},
			{"when Bac Ninh has the floor", spoke, w.bacNinh, false},
			{"behind the neutral picture", dark, w.bacNinh, true},
			{"when it was asked for what came before", begun.Add(-time.Hour), w.caoBang, false},
			{"when it was asked for what came after", stopped.Add(time.Hour), w.bacNinh, true},
		} {
			at, ok := replay.Within(c.at)
			scene := replay.At(at)
			if !ok || scene.Unit != c.unit || scene.Dark != c.dark {
				w.Errorf("%s it shows unit %d, dark %v; want %d, %v", c.name, scene.Unit, scene.Dark, c.unit, c.dark)
			}
		}
		if len(replay.Turns) != 1 || replay.Turns[0].Unit != w.bacNinh || !replay.Turns[0].From.Equal(spoke) {
			w.Errorf("who spoke: %+v", replay.Turns)
		}
	})
}
