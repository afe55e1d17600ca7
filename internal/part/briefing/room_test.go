package briefing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

func TestTheRollCall(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		w.do(func(tx *ledger.Tx) error {
			n, err := briefing.MarkArrived(w.Context(), tx, w.secretary, b.ID)
			if n != 4 {
				w.Errorf("%d sites were marked, want the host and three others", n)
			}
			return err
		})
		mark := func(presence briefing.Presence, note string) error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Mark(w.Context(), tx, w.secretary, briefing.MarkCommand{Briefing: b.ID, Unit: w.daNang, Presence: presence, Note: note})
				return err
			})
		}
		w.refused("excused, without why", mark(briefing.Excused, ""), fault.Invalid, "briefing.reason-needed")
		w.refused("asleep", mark("asleep", ""), fault.Invalid, "briefing.presence-unknown")
		w.ok(mark(briefing.Excused, "Mưa bão."))
		for unit, want := range map[tree.UnitID]briefing.Presence{
			w.centre: briefing.Present, w.bacNinh: briefing.Present, w.caoBang: briefing.Present, w.haNoi: briefing.Late, w.daNang: briefing.Excused,
		} {
			if s := w.site(b.ID, unit); s.Presence != want {
				w.Errorf("unit %d is %q, want %q", unit, s.Presence, want)
			}
		}
		r, err := briefing.RecordOf(w.Context(), w.db.Reader(), w.tree, w.get(b.ID), w.clock.Now())
		w.ok(err)
		if present, late, excused, absent := r.Counted(); present != 3 || late != 1 || excused != 1 || absent != 0 {
			w.Errorf("counted %d present, %d late, %d excused, %d absent", present, late, excused, absent)
		}
	})
}

// The clock of whoever has the floor runs while the meeting does.
func TestTheFloorAndItsClock(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		w.give(b.ID, w.chair, w.bacNinh, 7)
		if got := w.get(b.ID); got.Shown.Unit != w.bacNinh {
			w.Errorf("the screens show unit %d, want the board of the speaker", got.Shown.Unit)
		}
		w.clock.Advance(3 * time.Minute)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Pause(w.Context(), tx, w.secretary, b.ID); return err })
		w.clock.Advance(10 * time.Minute)
		paused := w.get(b.ID)
		if used := w.turns(b.ID)[0].Used(w.clock.Now(), paused.PausedAt); used != 3*time.Minute {
			w.Errorf("during the pause %s are used, want 3m", used)
		}
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Resume(w.Context(), tx, w.chair, b.ID); return err })
		w.clock.Advance(2 * time.Minute)
		w.give(b.ID, w.secretary, w.caoBang, 0)
		w.clock.Advance(time.Minute)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.chair, b.ID); return err })

		type turn struct {
			Planned, Used time.Duration
			Over          bool
		}
		var got []turn
		for _, one := range w.turns(b.ID) {
			got = append(got, turn{one.Planned, one.Used(w.clock.Now(), time.Time{}), !one.Ended.IsZero()})
		}
		want := []turn{{7 * time.Minute, 5 * time.Minute, true}, {5 * time.Minute, time.Minute, true}}
		if diff := cmp.Diff(want, got); diff != "" {
			w.Errorf("turns (-want +got):\n%s", diff)
		}
		var ends []briefing.FloorTurn
		events, err := briefing.Events(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		for _, e := range events {
			if e.Kind == briefing.FloorEnded {
				var end briefing.FloorTurn
				w.ok(e.Decode(&end))
				ends = append(ends, end)
			}
		}
		if len(ends) != 2 || ends[0].Used != 300 || !ends[0].ByWord || ends[1].Used != 60 || ends[1].ByWord {
			w.Errorf("the log says %+v", ends)
		}
	})
}

func TestHandsAreQueuedAsTheyWereRaised(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		raise := func(actor access.Actor, unit tree.UnitID, topic string) error {
			w.clock.Advance(time.Second)
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Raise(w.Context(), tx, actor, b.ID, unit, topic)
				return err
			})
		}
		queue := func() []tree.UnitID {
			sites, err := briefing.Sites(w.Context(), w.db.Reader(), b.ID)
			w.ok(err)
			var units []tree.UnitID
			for _, s := range briefing.Queue(sites) {
				units = append(units, s.Unit)
			}
			return units
		}
		w.ok(raise(w.atHaNoi, w.haNoi, ""))
		w.ok(raise(w.atCaoBang, w.caoBang, "Tiến độ"))
		before := len(w.kinds(b.ID))
		for range 100 {
			w.ok(raise(w.atHaNoi, w.haNoi, ""))
		}
		if n := len(w.kinds(b.ID)) - before; n != 0 {
			w.Errorf("a hand raised a hundred times more is in the log %d times more", n)
		}
		if diff := cmp.Diff([]tree.UnitID{w.haNoi, w.caoBang}, queue()); diff != "" {
			w.Errorf("the queue (-want +got):\n%s", diff)
		}
		w.refused("a site that has not come", raise(w.atDaNang, w.daNang, ""), fault.Conflict, "briefing.not-here")
		w.give(b.ID, w.chair, w.haNoi, 0)
		if diff := cmp.Diff([]tree.UnitID{w.caoBang}, queue()); diff != "" {
			w.Errorf("whoever got the floor asks for it no longer (-want +got):\n%s", diff)
		}
		w.refused("a site that has the floor", raise(w.atHaNoi, w.haNoi, ""), fault.Conflict, "briefing.has-floor")
	})
}

// What the chair does, the secretary does by the chair's word; nobody else does it.
func TestWhoLeadsTheMeeting(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		acts := map[string]func(tx *ledger.Tx, actor access.Actor) error{
			"pause": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.Pause(w.Context(), tx, a, b.ID)
				return err
			},
			"resume": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.Resume(w.Context(), tx, a, b.ID)
				return err
			},
			"lock": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.Lock(w.Context(), tx, a, b.ID, true)
				return err
			},
			"give": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.Give(w.Context(), tx, a, briefing.GiveCommand{Briefing: b.ID, Unit: w.bacNinh})
				return err
			},
			"take": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.Take(w.Context(), tx, a, b.ID)
				return err
			},
			"remove": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.Remove(w.Context(), tx, a, b.ID, w.haNoi)
				return err
			},
			"back": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.LetBack(w.Context(), tx, a, b.ID, w.haNoi)
				return err
			},
			"poll": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.OpenPoll(w.Context(), tx, a, b.ID, "poll", "Nhất trí?")
				return err
			},
			"mark": func(tx *ledger.Tx, a access.Actor) error {
				_, err := briefing.Mark(w.Context(), tx, a, briefing.MarkCommand{Briefing: b.ID, Unit: w.haNoi, Presence: briefing.Present})
				return err
			},
		}
		order := []string{"pause", "resume", "lock", "give", "take", "remove", "back", "poll", "mark"}
		for _, name := range order {
			for what, actor := range map[string]access.Actor{"a site": w.atBacNinh, "another officer of the host": w.clerk} {
				err := w.try(func(tx *ledger.Tx) error { return acts[name](tx, actor) })
				w.refused(what+": "+name, err, fault.Forbidden, "briefing.not-presiding")
			}
			err := w.try(func(tx *ledger.Tx) error { return acts[name](tx, w.atQueVo) })
			w.refused("somebody without a seat: "+name, err, fault.NotFound, "briefing.not-found")
			w.do(func(tx *ledger.Tx) error { return acts[name](tx, w.secretary) })
		}
		events, err := briefing.Events(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		for _, e := range events[len(events)-len(order):] {
			var said struct{ ByWord bool }
			w.ok(e.Decode(&said))
			if !said.ByWord {
				w.Errorf("%s by the secretary is not told as by the chair's word", e.Kind)
			}
		}
	})
}

func TestARemovedSiteStaysOut(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		w.give(b.ID, w.chair, w.bacNinh, 5)
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Remove(w.Context(), tx, w.chair, b.ID, w.bacNinh)
			return err
		})
		if got := w.get(b.ID); got.Turn != 0 {
			w.Errorf("a site that was sent out still has the floor: turn %d", got.Turn)
		}
		for what, act := range map[string]func(tx *ledger.Tx) error{
			"arrive": func(tx *ledger.Tx) error {
				_, err := briefing.Arrive(w.Context(), tx, w.atBacNinh, b.ID, w.bacNinh)
				return err
			},
			"raise": func(tx *ledger.Tx) error {
				_, err := briefing.Raise(w.Context(), tx, w.atBacNinh, b.ID, w.bacNinh, "")
				return err
			},
			"ask": func(tx *ledger.Tx) error {
				_, err := briefing.Ask(w.Context(), tx, w.atBacNinh, briefing.AskCommand{Briefing: b.ID, Unit: w.bacNinh, Key: "q", Text: "?"})
				return err
			},
		} {
			w.refused(what, w.try(act), fault.Forbidden, "briefing.removed")
		}
		err := w.try(func(tx *ledger.Tx) error {
			_, err := briefing.Give(w.Context(), tx, w.chair, briefing.GiveCommand{Briefing: b.ID, Unit: w.bacNinh})
			return err
		})
		w.refused("the floor", err, fault.Conflict, "briefing.site-not-here")
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.LetBack(w.Context(), tx, w.chair, b.ID, w.bacNinh)
			return err
		})
		w.give(b.ID, w.chair, w.bacNinh, 5)
	})
}

func TestALockedDoorKeepsLatecomersOut(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Lock(w.Context(), tx, w.chair, b.ID, true); return err })
		come := func() error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Arrive(w.Context(), tx, w.atDaNang, b.ID, w.daNang)
				return err
			})
		}
		w.refused("a locked door", come(), fault.Conflict, "briefing.locked")
		w.arrive(b.ID, w.atBacNinh, w.bacNinh) // it was there before, and comes back
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Lock(w.Context(), tx, w.chair, b.ID, false); return err })
		w.ok(come())
	})
}

func TestAProvinceBringsItsDistrictsIn(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		bring := func(actor access.Actor, by, unit tree.UnitID) error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Bring(w.Context(), tx, actor, b.ID, by, unit)
				return err
			})
		}
		w.refused("of another province", bring(w.atCaoBang, w.caoBang, w.queVo), fault.Invalid, "briefing.not-below")
		w.ok(bring(w.atBacNinh, w.bacNinh, w.queVo))
		w.refused("twice", bring(w.atBacNinh, w.bacNinh, w.queVo), fault.Invalid, "briefing.site-known")
		w.arrive(b.ID, w.atQueVo, w.queVo)
		sites, err := briefing.Sites(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		var units []tree.UnitID
		for _, s := range sites {
			units = append(units, s.Unit)
		}
		if diff := cmp.Diff([]tree.UnitID{w.centre, w.bacNinh, w.queVo, w.caoBang, w.haNoi, w.daNang}, units); diff != "" {
			w.Errorf("sites, each followed by those that it brought in (-want +got):\n%s", diff)
		}
		if _, err := briefing.SeatOf(w.atQueVo, w.get(b.ID), sites); err != nil {
			w.Errorf("a district that was brought in has no seat: %v", err)
		}
	})
}

func TestTheSpeakerShowsItsOwnBoards(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		show := func(actor access.Actor, unit tree.UnitID, live bool) error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Show(w.Context(), tx, actor, briefing.ShowCommand{Briefing: b.ID, Shown: briefing.Shown{Unit: unit}, Live: live})
				return err
			})
		}
		w.refused("a site without the floor", show(w.atBacNinh, w.bacNinh, false), fault.Forbidden, "briefing.not-presiding")
		w.give(b.ID, w.chair, w.bacNinh, 5)
		w.ok(show(w.atBacNinh, w.queVo, true))
		if got := w.get(b.ID); got.Shown.Unit != w.queVo || got.Live {
			w.Errorf("shown is %+v, live %v: the speaker chooses among its boards, and does not switch figures", got.Shown, got.Live)
		}
		w.refused("another's board", show(w.atBacNinh, w.caoBang, false), fault.Forbidden, "briefing.shows-own")
		w.refused("another site", show(w.atCaoBang, w.caoBang, false), fault.Forbidden, "briefing.not-presiding")
		w.ok(show(w.chair, w.caoBang, true))
		if got := w.get(b.ID); got.Shown.Unit != w.caoBang || !got.Live {
			w.Errorf("shown is %+v, live %v", got.Shown, got.Live)
		}
	})
}

func TestTheAgendaLeadsThroughTheMeeting(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		set := func(revision int64, items ...briefing.ItemDraft) error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.SetAgenda(w.Context(), tx, w.secretary, b.ID, revision, items)
				return err
			})
		}
		items := func() []briefing.Item {
			list, err := briefing.Items(w.Context(), w.db.Reader(), b.ID)
			w.ok(err)
			return list
		}
		b = w.get(b.ID)
		w.refused("an item without a title", set(b.Revision, briefing.ItemDraft{Minutes: 5}), fault.Invalid, "briefing.title-needed")
		w.refused("a speaker who is no site", set(b.Revision, briefing.ItemDraft{Title: "x", Minutes: 5, Speaker: w.queVo}), fault.Invalid, "briefing.site-unknown")
		w.ok(set(b.Revision, briefing.ItemDraft{Title: "Khai mạc", Minutes: 10}, briefing.ItemDraft{Title: "Cao Bằng", Minutes: 6, Speaker: w.caoBang},
			briefing.ItemDraft{Title: "Đà Nẵng", Minutes: 6, Speaker: w.daNang}))
		w.refused("an older revision", set(b.Revision), fault.Conflict, "briefing.changed-meanwhile")
		to := func() {
			next, ok := briefing.Next(items())
			if !ok {
				w.Fatal("there is no next item")
			}
			w.do(func(tx *ledger.Tx) error {
				_, err := briefing.TurnTo(w.Context(), tx, w.chair, b.ID, next.ID)
				return err
			})
		}
		to()
		to()
		if turns := w.turns(b.ID); len(turns) != 1 || turns[0].Planned != 6*time.Minute || turns[0].Site != w.site(b.ID, w.caoBang).ID {
			w.Errorf("the speaker of the second item does not have the floor for its minutes: %+v", turns)
		}
		b = w.get(b.ID)
		kept := items()
		w.ok(set(b.Revision, briefing.ItemDraft{ID: kept[2].ID, Title: "Đà Nẵng", Minutes: 3, Speaker: w.daNang}))
		if got := items(); len(got) != 3 {
			w.Errorf("what was spoken to was left out: %+v", got)
		}
		to() // Da Nang has not come: nobody has the floor
		if got := w.get(b.ID); got.Turn != 0 || got.Item != kept[2].ID {
			w.Errorf("turn %d, item %d", got.Turn, got.Item)
		}
	})
}

func TestQuestionsAndHands(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		var asked briefing.Question
		for range 3 {
			w.do(func(tx *ledger.Tx) (err error) {
				asked, err = briefing.Ask(w.Context(), tx, w.atBacNinh, briefing.AskCommand{Briefing: b.ID, Unit: w.bacNinh, Key: "q1", Text: "Hạn cuối là ngày nào?"})
				return err
			})
		}
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.AnswerQuestion(w.Context(), tx, w.secretary, b.ID, asked.ID, "Ngày 31/8.", false)
			return err
		})
		list, err := briefing.Questions(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		if len(list) != 1 || list[0].Answer != "Ngày 31/8." || list[0].Unit != w.bacNinh {
			w.Errorf("questions: %+v", list)
		}
		var poll briefing.Poll
		w.do(func(tx *ledger.Tx) (err error) {
			poll, err = briefing.OpenPoll(w.Context(), tx, w.chair, b.ID, "p1", "Nhất trí với kết luận?")
			return err
		})
		show := func(actor access.Actor, hands briefing.SiteHands) error {
			return w.try(func(tx *ledger.Tx) error { return briefing.ShowHands(w.Context(), tx, actor, b.ID, poll.ID, hands) })
		}
		w.ok(show(w.atBacNinh, briefing.SiteHands{Unit: w.bacNinh, Yes: 5}))
		w.ok(show(w.atBacNinh, briefing.SiteHands{Unit: w.bacNinh, Yes: 12, No: 1})) // counted again
		w.ok(show(w.atCaoBang, briefing.SiteHands{Unit: w.caoBang, Yes: 8, Neither: 2}))
		w.refused("a negative number", show(w.atCaoBang, briefing.SiteHands{Unit: w.caoBang, No: -1}), fault.Invalid, "briefing.heads-wrong")
		w.refused("another's hands", show(w.atCaoBang, briefing.SiteHands{Unit: w.bacNinh, Yes: 1}), fault.Forbidden, "access.refused")
		w.do(func(tx *ledger.Tx) error { return briefing.ClosePoll(w.Context(), tx, w.chair, b.ID) })
		w.refused("after the end", show(w.atCaoBang, briefing.SiteHands{Unit: w.caoBang, Yes: 9}), fault.TooLate, "briefing.poll-closed")
		polls, err := briefing.Polls(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		if yes, no, neither := polls[0].Result(); yes != 20 || no != 1 || neither != 2 {
			w.Errorf("the result is %d, %d, %d", yes, no, neither)
		}
	})
}

func TestTheChairSignsTheMinutesAndTheyHoldTheRecord(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		w.give(b.ID, w.chair, w.bacNinh, 5)
		w.clock.Advance(4 * time.Minute)
		var m briefing.Minutes
		text := briefing.Body{Sections: []briefing.Section{{Title: "Khai mạc", Text: "Đồng chí chủ trì khai mạc."}}}
		w.do(func(tx *ledger.Tx) (err error) {
			m, err = briefing.WriteMinutes(w.Context(), tx, w.secretary, b.ID, 0, text)
			return err
		})
		err := w.try(func(tx *ledger.Tx) error {
			_, err := briefing.WriteMinutes(w.Context(), tx, w.clerk, b.ID, 0, briefing.Body{})
			return err
		})
		w.refused("two secretaries at once", err, fault.Conflict, "briefing.changed-meanwhile")
		sign := func(actor access.Actor, revision int64) error {
			return w.try(func(tx *ledger.Tx) (err error) {
				m, err = briefing.SignMinutes(w.Context(), tx, actor, briefing.SignCommand{Briefing: b.ID, Revision: revision, Signature: signature(actor.Person)})
				return err
			})
		}
		w.refused("before the end", sign(w.chair, 1), fault.Conflict, "briefing.not-over")
		w.do(func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.secretary, b.ID); return err })
		w.refused("the secretary", sign(w.secretary, 1), fault.Forbidden, "briefing.chair-signs")
		w.refused("an older text", sign(w.chair, 0), fault.Conflict, "briefing.changed-meanwhile")
		w.ok(sign(w.chair, 1))
		w.ok(sign(w.chair, 1))
		if !m.Signed() || m.Body.Record == nil || len(m.Body.Record.Turns) != 1 || m.Body.Record.Turns[0].Used != 240 || m.Body.Record.Turns[0].Name != "Bắc Ninh" {
			w.Errorf("the signed minutes are %+v", m)
		}
		err = w.try(func(tx *ledger.Tx) error {
			_, err := briefing.WriteMinutes(w.Context(), tx, w.secretary, b.ID, 1, briefing.Body{})
			return err
		})
		w.refused("after signing", err, fault.Conflict, "briefing.minutes-signed")
		again, err := briefing.MinutesOf(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		if diff := cmp.Diff(m, again); diff != "" {
			w.Errorf("the minutes kept (-signed +read):\n%s", diff)
		}
	})
}
