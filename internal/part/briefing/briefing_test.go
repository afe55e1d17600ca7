package briefing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/briefing/briefingui"
	"giaoban/internal/part/conclusion"
)

func TestTextsAreThere(t *testing.T) {
	texttest.Check(t, ".", briefing.Texts, briefingui.Texts, conclusion.Texts, access.Texts, web.Texts, text.Texts)
}

func TestABriefingIsCalledOnceHoweverOftenItsFormIsSent(t *testing.T) {
	each(t, func(w *world) {
		first, again := w.call(), w.call()
		if first.ID != again.ID {
			w.Errorf("the same form called briefings %d and %d", first.ID, again.ID)
		}
		sites, err := briefing.Sites(w.Context(), w.db.Reader(), first.ID)
		w.ok(err)
		var units []tree.UnitID
		for _, s := range sites {
			units = append(units, s.Unit)
		}
		if diff := cmp.Diff([]tree.UnitID{w.centre, w.bacNinh, w.caoBang, w.haNoi, w.daNang}, units); diff != "" {
			w.Errorf("sites, the host first (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]ledger.Kind{briefing.WasCalled}, w.kinds(first.ID)); diff != "" {
			w.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsWrongWithACallIsSaidAtItsField(t *testing.T) {
	each(t, func(w *world) {
		for _, c := range []struct {
			what  string
			spoil func(*briefing.CallCommand)
			field string
			key   string
		}{
			{"no title", func(c *briefing.CallCommand) { c.Title = "" }, "title", "briefing.title-needed"},
			{"no time", func(c *briefing.CallCommand) { c.Begins = time.Time{} }, "begins", "briefing.begins-needed"},
			{"yesterday", func(c *briefing.CallCommand) { c.Begins, c.Cutoff = morning.AddDate(0, 0, -1), time.Time{} }, "begins", "briefing.begins-past"},
			{"no length", func(c *briefing.CallCommand) { c.Minutes = 0 }, "minutes", "briefing.minutes-wrong"},
			{"a day long", func(c *briefing.CallCommand) { c.Minutes = 1440 }, "minutes", "briefing.minutes-wrong"},
			{"figures closed after the beginning", func(c *briefing.CallCommand) { c.Cutoff = c.Begins.Add(time.Hour) }, "cutoff", "briefing.cutoff-late"},
			{"no chair", func(c *briefing.CallCommand) { c.Chair = briefing.Person{} }, "chair", "briefing.chair-needed"},
			{"no sites", func(c *briefing.CallCommand) { c.Sites = nil }, "sites", "briefing.sites-needed"},
			{"the host alone", func(c *briefing.CallCommand) { c.Sites = []tree.UnitID{w.centre} }, "sites", "briefing.sites-needed"},
			{"an unknown unit", func(c *briefing.CallCommand) { c.Sites = append(c.Sites, 99) }, "sites", "briefing.site-outside"},
		} {
			cmd := w.plan()
			cmd.Key = c.what
			c.spoil(&cmd)
			err := w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Call(w.Context(), tx, w.clerk, cmd)
				return err
			})
			w.refused(c.what, err, fault.Invalid, c.key)
			if all := fault.All(err); len(all) != 1 || all[0].Field != c.field {
				w.Errorf("%s: %v, want one error at %s", c.what, err, c.field)
			}
		}
	})
}

// An office calls those below it, and nobody else does in its name.
func TestWhoMayCall(t *testing.T) {
	each(t, func(w *world) {
		for what, actor := range map[string]access.Actor{
			"a site": w.atBacNinh, "a viewer of the host": w.person(9, w.centre, access.Viewer), "its administrator": w.person(8, w.centre, access.UnitAdmin),
		} {
			err := w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Call(w.Context(), tx, actor, w.plan())
				return err
			})
			w.refused(what, err, fault.Forbidden, "access.refused")
		}
		sideways := w.plan()
		sideways.Unit, sideways.Sites = w.bacNinh, []tree.UnitID{w.queVo, w.caoBang}
		err := w.try(func(tx *ledger.Tx) error {
			_, err := briefing.Call(w.Context(), tx, w.atBacNinh, sideways)
			return err
		})
		w.refused("a unit beside the host", err, fault.Invalid, "briefing.site-outside")
	})
}

func TestOnlyWhoHasASeatLearnsThatThereIsABriefing(t *testing.T) {
	each(t, func(w *world) {
		b := w.call()
		sites, err := briefing.Sites(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		for what, c := range map[string]struct {
			actor access.Actor
			want  briefing.Seat
			none  bool
		}{
			"the chair":          {w.chair, briefing.Seat{Chair: true, Prepares: true, Watches: true, Sites: []tree.UnitID{w.centre}}, false},
			"the secretary":      {w.secretary, briefing.Seat{Secretary: true, Prepares: true, Watches: true, Sites: []tree.UnitID{w.centre}}, false},
			"the host's office":  {w.clerk, briefing.Seat{Prepares: true, Watches: true, Sites: []tree.UnitID{w.centre}}, false},
			"a site":             {w.atBacNinh, briefing.Seat{Watches: true, Sites: []tree.UnitID{w.bacNinh}}, false},
			"a viewer of a site": {w.person(9, w.bacNinh, access.Viewer), briefing.Seat{Watches: true}, false},
			"a unit below one":   {w.atQueVo, briefing.Seat{}, true},
			"an administrator":   {w.person(8, w.bacNinh, access.UnitAdmin), briefing.Seat{}, true},
			"nobody":             {access.Actor{Tree: w.tree}, briefing.Seat{}, true},
		} {
			seat, err := briefing.SeatOf(c.actor, b, sites)
			if c.none {
				w.refused(what, err, fault.NotFound, "briefing.not-found")
				continue
			}
			w.ok(err)
			if diff := cmp.Diff(c.want, seat, cmpopts.IgnoreUnexported(briefing.Seat{})); diff != "" {
				w.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		gone := w.chair
		gone.Grants = []access.Grant{{Unit: w.bacNinh, Role: access.Leader}}
		if seat, err := briefing.SeatOf(gone, b, sites); err != nil || seat.Chair {
			w.Errorf("a chair who left the host's office still leads: %+v, %v", seat, err)
		}
	})
}

func TestASiteAnswersAndTheLastAnswerHolds(t *testing.T) {
	each(t, func(w *world) {
		b := w.call()
		reply := func(actor access.Actor, cmd briefing.AnswerCommand) error {
			cmd.Briefing = b.ID
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Reply(w.Context(), tx, actor, cmd)
				return err
			})
		}
		w.refused("no answer", reply(w.atBacNinh, briefing.AnswerCommand{Unit: w.bacNinh}), fault.Invalid, "briefing.answer-needed")
		w.refused("cannot, without why", reply(w.atBacNinh, briefing.AnswerCommand{Unit: w.bacNinh, Answer: briefing.Cannot}), fault.Invalid, "briefing.reason-needed")
		w.refused("a stand-in without a name", reply(w.atBacNinh, briefing.AnswerCommand{Unit: w.bacNinh, Answer: briefing.StandsIn}), fault.Invalid, "briefing.stand-in-needed")
		w.refused("for another unit", reply(w.atBacNinh, briefing.AnswerCommand{Unit: w.caoBang, Answer: briefing.Comes}), fault.Forbidden, "access.refused")
		w.refused("for a unit below, which was not called", reply(w.atQueVo, briefing.AnswerCommand{Unit: w.queVo, Answer: briefing.Comes}), fault.NotFound, "briefing.site-unknown")
		standIn := briefing.AnswerCommand{Unit: w.bacNinh, Answer: briefing.StandsIn, StandIn: "Trần Văn Nam, Phó Chánh Văn phòng", Reason: "Trưởng đoàn đi công tác.", Topic: "Đại hội cấp huyện", Minutes: 7}
		w.ok(reply(w.atBacNinh, standIn))
		w.ok(reply(w.atBacNinh, standIn))
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Allow(w.Context(), tx, w.secretary, b.ID, w.bacNinh, briefing.Given)
			return err
		})
		if s := w.site(b.ID, w.bacNinh); s.Leave != briefing.Given || s.Topic != standIn.Topic || s.TopicMinutes != 7 {
			w.Errorf("the site is %+v", s)
		}
		standIn.StandIn = "Lê Thị Hoa, Trưởng phòng"
		w.ok(reply(w.atBacNinh, standIn))
		if s := w.site(b.ID, w.bacNinh); s.Leave != briefing.Unasked {
			w.Errorf("the chair's leave for one holds for another: %+v", s)
		}
		want := []ledger.Kind{briefing.WasCalled, briefing.SiteAnswered, briefing.LeaveGiven, briefing.SiteAnswered}
		if diff := cmp.Diff(want, w.kinds(b.ID)); diff != "" {
			w.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestChangingACallKeepsWhatSitesAnswered(t *testing.T) {
	each(t, func(w *world) {
		b := w.call()
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Reply(w.Context(), tx, w.atBacNinh, briefing.AnswerCommand{Briefing: b.ID, Unit: w.bacNinh, Answer: briefing.Comes})
			return err
		})
		cmd := w.plan()
		cmd.Sites = []tree.UnitID{w.daNang, w.bacNinh}
		change := func(revision int64) error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Change(w.Context(), tx, w.clerk, b.ID, revision, cmd)
				return err
			})
		}
		w.refused("an older revision", change(b.Revision-1), fault.Conflict, "briefing.changed-meanwhile")
		w.ok(change(b.Revision))
		if s := w.site(b.ID, w.bacNinh); s.Answer != briefing.Comes || s.Place != 2 {
			w.Errorf("the site is %+v", s)
		}
		if _, err := briefing.SiteOf(w.Context(), w.db.Reader(), b.ID, w.haNoi); !fault.Is(err, fault.NotFound) {
			w.Errorf("a site that is called no longer: %v", err)
		}
	})
}

func TestOfASeriesTheNextIsCalledWhenOneEnds(t *testing.T) {
	each(t, func(w *world) {
		cmd := w.plan()
		cmd.Repeats = briefing.Weekly
		var b briefing.Briefing
		w.do(func(tx *ledger.Tx) (err error) {
			b, err = briefing.Call(w.Context(), tx, w.clerk, cmd)
			return err
		})
		w.clock.Set(b.Begins)
		for range 2 {
			w.do(func(tx *ledger.Tx) error {
				if _, err := briefing.Begin(w.Context(), tx, w.chair, b.ID); fault.Is(err, fault.TooLate) {
					return nil
				} else if err != nil {
					return err
				}
				_, err := briefing.End(w.Context(), tx, w.chair, b.ID)
				return err
			})
		}
		list, err := briefing.List(w.Context(), w.db.Reader(), []tree.UnitID{w.haNoi})
		w.ok(err)
		if len(list) != 2 {
			w.Fatalf("there are %d briefings, want the one that ended and the next", len(list))
		}
		next := list[0]
		if next.State != briefing.Called || !next.Begins.Equal(b.Begins.AddDate(0, 0, 7)) || next.Series != b.ID ||
			!next.Cutoff.Equal(b.Cutoff.AddDate(0, 0, 7)) || len(next.Secretaries) != 0 && next.Chair != b.Chair {
			w.Errorf("the next is %+v", next)
		}
	})
}
