package news_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
)

var bothLevels = []news.BoardCell{{Milestone: officetest.Held, Level: "grassroots"}, {Milestone: officetest.Held, Level: "above-grassroots"}}

func (b *boarded) asks(who, key string) (news.PublicBoard, error) {
	b.follow()
	return act(b.world, who, func(tx *ledger.Tx, actor access.Actor) (news.PublicBoard, error) {
		return news.AskBoard(b.t.Context(), tx, actor, news.AskBoardCommand{
			Key: key, Unit: b.Units["BN"], Directive: b.Directive, Title: "Tiến độ đại hội", Cells: bothLevels, Moment: b.Clock.Now().Add(-time.Minute), Boards: b.boards,
		})
	})
}

func (b *boarded) asksNewer(who string, id int64, moment time.Time) (news.PublicBoard, error) {
	b.follow()
	return act(b.world, who, func(tx *ledger.Tx, actor access.Actor) (news.PublicBoard, error) {
		return news.AskNewer(b.t.Context(), tx, actor, b.boards, id, moment)
	})
}

func (b *boarded) clears(who string, id int64, moment time.Time) (news.PublicBoard, error) {
	b.follow()
	return act(b.world, who, func(tx *ledger.Tx, actor access.Actor) (news.PublicBoard, error) {
		return news.ClearBoard(b.t.Context(), tx, actor, news.ClearBoardCommand{Board: id, Moment: moment, Boards: b.boards})
	})
}

func (b *boarded) takes(who string, id int64, reason string) (news.PublicBoard, error) {
	return act(b.world, who, func(tx *ledger.Tx, actor access.Actor) (news.PublicBoard, error) {
		return news.WithdrawBoard(b.t.Context(), tx, actor, id, reason)
	})
}

// shown is what the public is shown of a board.
func (b *boarded) shown(id int64) (of news.PublicBoard, cleared news.Cleared, err error) {
	err = b.View(func(q store.Querier) error {
		of, cleared, err = news.ShownBoard(b.t.Context(), q, id)
		return err
	})
	return of, cleared, err
}

func counts(c news.Cleared) (said string) {
	for _, f := range c.Figures {
		said += fmt.Sprintf("%d/%d ", f.Done, f.Total)
	}
	return said
}

func TestABoardIsPublicOnceALeaderClearedIt(t *testing.T) {
	eachBoarded(t, func(b *boarded) {
		b.accepted("PL", "QV")
		asked, err := b.asks("officer BN", "bảng")
		b.OK(err)
		again, err := b.asks("officer BN", "bảng")
		b.OK(err)
		if again.ID != asked.ID {
			b.t.Errorf("the same form made board %d, want %d", again.ID, asked.ID)
		}
		_, _, err = b.shown(asked.ID)
		refused(b.t, "shown before it was cleared", err, fault.NotFound)
		_, err = b.clears("officer BN", asked.ID, asked.AskedFor)
		refused(b.t, "cleared by an officer", err, fault.Forbidden)
		_, err = b.clears("leader QV", asked.ID, asked.AskedFor)
		refused(b.t, "cleared by another unit's leader", err, fault.Forbidden)
		_, err = b.clears("leader BN", asked.ID, asked.AskedFor.Add(time.Second))
		refused(b.t, "cleared as of a moment that was not read", err, fault.Conflict)
		b.accepted("DT", "QV") // after the moment: not in what is cleared
		for range 2 {          // twice changes nothing
			cleared, err := b.clears("leader BN", asked.ID, asked.AskedFor)
			b.OK(err)
			if cleared.Version != 1 || cleared.Asked() {
				b.t.Errorf("cleared: %+v", cleared)
			}
		}
		_, c, err := b.shown(asked.ID)
		b.OK(err)
		want := news.Cleared{
			Board: asked.ID, Version: 1, Unit: b.Units["BN"], Title: "Tiến độ đại hội", Name: "Tỉnh ủy Bắc Ninh", Directive: "35-CT/TW Đại hội đảng bộ các cấp",
			Moment: asked.AskedFor, Figures: c.Figures, By: "leader BN", At: c.At,
		}
		if diff := cmp.Diff(want, c); diff != "" || counts(c) != "1/2 0/2 " {
			b.t.Errorf("the public is shown %s(-want +got):\n%s", counts(c), diff)
		}
		_, err = b.asksNewer("officer BN", asked.ID, asked.AskedFor.Add(-time.Hour))
		refused(b.t, "an older moment", err, fault.Invalid, "moment")
		_, err = b.takes("officer BN", asked.ID, "Nhầm.")
		refused(b.t, "withdrawn by an officer", err, fault.Forbidden)
		_, err = b.takes("leader BN", asked.ID, "")
		refused(b.t, "withdrawn without a reason", err, fault.Invalid, "reason")
		_, err = b.takes("leader BN", asked.ID, "Nhầm.")
		b.OK(err)
		of, c, err := b.shown(asked.ID)
		if err != nil || of.Reason != "Nhầm." || of.Shown() || len(c.Figures) != 0 {
			b.t.Errorf("withdrawn, the public is shown %+v of %+v (%v)", c, of, err)
		}
	})
}

func TestWhatNoLeaderCanBeAskedFor(t *testing.T) {
	eachBoarded(t, func(b *boarded) {
		ask := func(who, key string, change func(*news.AskBoardCommand)) error {
			b.follow()
			cmd := news.AskBoardCommand{Key: key, Unit: b.Units["BN"], Directive: b.Directive, Title: "Tiến độ", Cells: bothLevels, Moment: b.Clock.Now(), Boards: b.boards}
			change(&cmd)
			_, err := act(b.world, who, func(tx *ledger.Tx, actor access.Actor) (news.PublicBoard, error) {
				return news.AskBoard(b.t.Context(), tx, actor, cmd)
			})
			return err
		}
		err := ask("officer QV", "ngoài", func(*news.AskBoardCommand) {})
		refused(b.t, "another unit's board", err, fault.Forbidden)
		err = ask("officer BN", "trống", func(cmd *news.AskBoardCommand) { cmd.Title, cmd.Cells = " ", nil })
		refused(b.t, "no title and no figures", err, fault.Invalid, "title", "cells")
		err = ask("officer BN", "lạ", func(cmd *news.AskBoardCommand) { cmd.Cells = []news.BoardCell{{Milestone: "other", Level: "cell"}} })
		refused(b.t, "figures that there are not", err, fault.Invalid, "cells")
		err = ask("officer BN", "mai", func(cmd *news.AskBoardCommand) { cmd.Moment = cmd.Moment.AddDate(0, 0, 1) })
		refused(b.t, "tomorrow's figures", err, fault.Invalid, "moment")
		b.Update(func(tx *ledger.Tx) error {
			return marking.SetCeiling(b.t.Context(), tx, access.CommandLine(b.Tree), b.Units["TW"], marking.Secret)
		})
		document := officetest.Document("36-CT/TW")
		document.Secrecy = marking.Secret
		secret := b.Issue(document)
		err = ask("officer BN", "mật", func(cmd *news.AskBoardCommand) { cmd.Directive = secret })
		refused(b.t, "figures of a secret directive", err, fault.Invalid, "cells")
	})
}

// sequence is a random history of one public board, and what should be public of it.
type sequence struct {
	*boarded
	rt            *rapid.T
	board         news.PublicBoard
	left          []string // units that have not reported; the first is the next
	low, high     int      // units that are done, of either level
	asked, public string   // figures that wait and that are shown; "" for none
}

// TestNothingIsPublicThatWasNotCleared holds what the public is shown against what a
// leader cleared last, after every step of random histories.
func TestNothingIsPublicThatWasNotCleared(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		b, number := withBoards(world{officetest.New(t, url), t}), 100
		rapid.Check(t, func(rt *rapid.T) {
			number++
			b.Directive = b.Issue(officetest.Document(fmt.Sprintf("%d-CT/TW", number)))
			board, err := b.asks("officer BN", fmt.Sprint("bảng ", number))
			b.OK(err)
			s := &sequence{boarded: b, rt: rt, board: board, left: []string{"PL", "TS", "DT", "QV"}, asked: "0/2 0/2 "}
			for range rapid.IntRange(1, 6).Draw(rt, "steps") {
				s.step(rapid.SampledFrom([]string{"report", "ask", "clear", "withdraw"}).Draw(rt, "step"))
				s.check()
			}
		})
	})
}

func (s *sequence) step(what string) {
	var err error
	switch what {
	case "report":
		s.report()
	case "ask":
		s.board, err = s.asksNewer("officer BN", s.board.ID, s.Clock.Now())
		s.asked = fmt.Sprintf("%d/2 %d/2 ", s.low, s.high)
	case "clear":
		if _, err = s.clears("leader BN", s.board.ID, s.board.AskedFor); s.asked == "" {
			err = nil // nothing waits: it changes nothing, or is refused
		} else {
			s.public, s.asked = s.asked, ""
		}
	case "withdraw":
		if _, err = s.takes("leader BN", s.board.ID, "Rà soát."); s.asked+s.public == "" {
			err = nil // there is nothing to take
		}
		s.public, s.asked = "", ""
	}
	if err != nil {
		s.rt.Fatalf("%s: %v", what, err)
	}
}

func (s *sequence) report() {
	if len(s.left) == 0 {
		return
	}
	unit := s.left[0]
	s.left = s.left[1:]
	if unit == "PL" || unit == "DT" {
		s.low++
		s.accepted(unit, "QV")
		return
	}
	s.high++
	s.accepted(unit, "BN")
}

func (s *sequence) check() {
	_, cleared, err := s.shown(s.board.ID)
	if got := counts(cleared); got != s.public || err != nil && s.public != "" {
		s.rt.Fatalf("the public is shown %q (%v), want %q", got, err, s.public)
	}
	lists, err := news.ShownBoards(s.t.Context(), s.Ledger.DB().Reader())
	s.OK(err)
	listed := slices.ContainsFunc(lists, func(c news.Cleared) bool { return c.Board == s.board.ID })
	if listed != (s.public != "") {
		s.rt.Fatalf("listed: %t, though the public should see %q", listed, s.public)
	}
}
