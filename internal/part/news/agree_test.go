package news_test

import (
	"fmt"
	"testing"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news"
)

func (w world) agree(cmd news.AgreeCommand) (c news.Comment, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		c, err = news.Agree(w.t.Context(), tx, cmd)
		return err
	})
	return c, err
}

func TestAReaderAgreesOnceWithWhatIsShown(t *testing.T) {
	each(t, func(w world) {
		c, err := w.send(news.SendCommand{Article: w.published().ID, Check: "một", Name: "An", Text: "Tốt."})
		w.OK(err)
		origins := news.NewOrigins([32]byte{1})
		cmd := news.AgreeCommand{Article: c.Article, Comment: c.ID, Browser: origins.NewBrowser(), Origin: "nhà"}
		_, err = w.agree(cmd)
		refused(w.t, "agreed with what waits", err, fault.NotFound)
		_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Shown})
		w.OK(err)
		for range 3 {
			c, err = w.agree(cmd)
			w.OK(err)
		}
		if c.Agreed != 1 {
			w.t.Errorf("one browser counts %d times", c.Agreed)
		}
		kept := cmd.Browser
		for range 2 * news.MostAgree { // cookies that are thrown away
			cmd.Browser = origins.NewBrowser()
			c, err = w.agree(cmd)
			w.OK(err)
		}
		if c.Agreed != news.MostAgree {
			w.t.Errorf("one place counts %d times, want %d", c.Agreed, news.MostAgree)
		}
		cmd.Origin, cmd.Browser = "nhà khác", kept
		if c, err = w.agree(cmd); err != nil || c.Agreed != news.MostAgree {
			w.t.Errorf("the same browser from elsewhere: %d (%v)", c.Agreed, err)
		}
		cmd.Browser = origins.NewBrowser()
		if c, err = w.agree(cmd); err != nil || c.Agreed != news.MostAgree+1 {
			w.t.Errorf("another browser from elsewhere: %d (%v)", c.Agreed, err)
		}
		cmd.Article++
		_, err = w.agree(cmd)
		refused(w.t, "on another article", err, fault.NotFound)
	})
}

func TestABrowserIsKnownByWhatItWasGiven(t *testing.T) {
	origins := news.NewOrigins([32]byte{1})
	given := origins.NewBrowser()
	if !origins.Gave(given) || given == origins.NewBrowser() {
		t.Errorf("%q was given", given)
	}
	for _, made := range []news.Browser{"", ".", "a.b", given + "0", "0" + given, news.NewOrigins([32]byte{2}).NewBrowser()} {
		if origins.Gave(made) {
			t.Errorf("%q was not given", made)
		}
	}
}

func TestReadersAnswerWhatIsShownButNotAnswers(t *testing.T) {
	each(t, func(w world) {
		article, n := w.published().ID, 0
		send := func(parent int64) (news.Comment, error) {
			n++
			return w.send(news.SendCommand{Article: article, Check: fmt.Sprint(n), Name: "An", Text: fmt.Sprint("Ý kiến ", n), Parent: parent})
		}
		first, err := send(0)
		w.OK(err)
		_, err = send(first.ID)
		refused(w.t, "an answer to what waits", err, fault.Conflict)
		_, err = send(first.ID + 99)
		refused(w.t, "an answer to nothing", err, fault.Conflict)
		_, err = w.decide("officer BN", news.DecideCommand{Comment: first.ID, To: news.Shown})
		w.OK(err)
		answer, err := send(first.ID)
		w.OK(err)
		if answer.State != news.Waiting || answer.Parent != first.ID {
			w.t.Errorf("the answer is %+v", answer)
		}
		_, err = w.decide("officer BN", news.DecideCommand{Comment: answer.ID, To: news.Shown})
		w.OK(err)
		_, err = send(answer.ID)
		refused(w.t, "an answer to an answer", err, fault.Conflict)
	})
}
