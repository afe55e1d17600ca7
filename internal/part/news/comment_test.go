package news_test

import (
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

func (w world) send(cmd news.SendCommand) (c news.Comment, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		c, err = news.Send(w.t.Context(), tx, cmd)
		return err
	})
	return c, err
}

func (w world) decide(who string, cmd news.DecideCommand) (news.Comment, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
		return news.Decide(w.t.Context(), tx, actor, cmd)
	})
}

// opinions are the texts of the comments that are shown.
func (w world) opinions(article int64) (texts []string) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		list, err := news.Opinions(w.t.Context(), q, article)
		for _, c := range list {
			texts = append(texts, string(c.Public()))
		}
		return err
	}))
	return texts
}

func TestACommentIsShownOnceTheDeskHasReadIt(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		cmd := news.SendCommand{Article: a.ID, Check: "một", Name: "Minh An", Email: "an@example.vn", Text: "Mong công bố tiến độ từng huyện."}
		c, err := w.send(cmd)
		w.OK(err)
		again, err := w.send(cmd)
		w.OK(err)
		if again.ID != c.ID {
			w.t.Errorf("the same check let in comments %d and %d", c.ID, again.ID)
		}
		if shown := w.opinions(a.ID); len(shown) != 0 {
			w.t.Errorf("%q are shown before the desk has read them", shown)
		}
		for _, who := range []string{"officer QV", "leader HN"} {
			_, err := w.decide(who, news.DecideCommand{Comment: c.ID, To: news.Shown})
			refused(w.t, "shown by "+who, err, fault.Forbidden)
		}
		_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Refused})
		refused(w.t, "refused without a reason", err, fault.Invalid, "reason")
		for range 2 { // twice changes nothing
			c, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Shown, Reply: "Cảm ơn bạn."})
			w.OK(err)
		}
		if shown := w.opinions(a.ID); len(shown) != 1 || c.Reply != "Cảm ơn bạn." {
			w.t.Errorf("shown: %q, replied %q", shown, c.Reply)
		}
		_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Refused, Reason: "Trùng lặp."})
		w.OK(err)
		if shown := w.opinions(a.ID); len(shown) != 0 {
			w.t.Errorf("%q are shown after they were refused", shown)
		}
	})
}

func TestWhatAReaderCannotSendIsRefusedAtItsField(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		for what, try := range map[string]struct {
			cmd    news.SendCommand
			fields []string
		}{
			"nothing":            {news.SendCommand{}, []string{"name", "text"}},
			"a name of a page":   {news.SendCommand{Name: strings.Repeat("a", 10_000), Text: "Tốt."}, []string{"name"}},
			"no address":         {news.SendCommand{Name: "An", Email: "an", Text: "Tốt."}, []string{"email"}},
			"a name for address": {news.SendCommand{Name: "An", Email: "An <an@example.vn>", Text: "Tốt."}, []string{"email"}},
			"a book":             {news.SendCommand{Name: "An", Text: strings.Repeat("ă", news.MostOpinion+1)}, []string{"text"}},
		} {
			try.cmd.Article, try.cmd.Check = a.ID, what
			_, err := w.send(try.cmd)
			refused(w.t, what, err, fault.Invalid, try.fields...)
		}
		_, err := w.send(news.SendCommand{Article: a.ID + 1, Check: "x", Name: "An", Text: "Tốt."})
		refused(w.t, "on nothing", err, fault.NotFound)
		_, err = w.withdraw("leader BN", a, "Nhầm.")
		w.OK(err)
		_, err = w.send(news.SendCommand{Article: a.ID, Check: "y", Name: "An", Text: "Tốt."})
		refused(w.t, "on an article that was withdrawn", err, fault.NotFound)
	})
}

func TestACheckLetsOneCommentInAndNoneOnceItIsUsedUp(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		w.Update(func(tx *ledger.Tx) error { return news.UseUp(w.t.Context(), tx, "đoán sai") })
		_, err := w.send(news.SendCommand{Article: a.ID, Check: "đoán sai", Name: "An", Text: "Tốt."})
		refused(w.t, "by a check that was used up", err, fault.Invalid, "code")
		_, err = w.send(news.SendCommand{Article: a.ID, Check: "một", Name: "An", Text: "Tốt."})
		w.OK(err)
		w.Update(func(tx *ledger.Tx) error { return news.UseUp(w.t.Context(), tx, "một") }) // used already
		other, err := w.begin("officer BN", "bài khác", morning)
		w.OK(err)
		other, err = w.publish("leader BN", other, "")
		w.OK(err)
		_, err = w.send(news.SendCommand{Article: other.ID, Check: "một", Name: "An", Text: "Tốt."})
		refused(w.t, "on another article by the same check", err, fault.Invalid, "code")
	})
}

func TestTheKeyOfChecksIsMadeOnce(t *testing.T) {
	each(t, func(w world) {
		first, err := news.Secret(w.t.Context(), w.Ledger.DB())
		w.OK(err)
		second, err := news.Secret(w.t.Context(), w.Ledger.DB())
		w.OK(err)
		if first != second || first == [32]byte{} {
			w.t.Errorf("two keys: %x and %x", first, second)
		}
	})
}
