package news_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news"
)

func (w world) cut(who string, comment int64, passage string) (news.Comment, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
		return news.Cut(w.t.Context(), tx, actor, news.CutCommand{Comment: comment, Passage: passage})
	})
}

func (w world) reopen(who string, comment int64) (news.Comment, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
		return news.Reopen(w.t.Context(), tx, actor, comment)
	})
}

func TestTheDeskCutsAPassageAndKeepsTheWhole(t *testing.T) {
	each(t, func(w world) {
		const whole = "Việc tốt.\nNhưng ông X  ở nhà số 5\nnên xem lại. Nhưng nói chung tốt."
		c, err := w.send(news.SendCommand{Article: w.published().ID, Check: "một", Name: "An", Text: whole})
		w.OK(err)
		_, err = w.cut("officer QV", c.ID, "Việc tốt.")
		refused(w.t, "cut by another desk", err, fault.Forbidden)
		for _, passage := range []string{"", "Không có", "Việc Tốt", "ông Xở"} {
			_, err = w.cut("officer BN", c.ID, passage)
			refused(w.t, "cutting "+passage, err, fault.Invalid, "passage")
		}
		for range 2 { // the second finds it gone
			c, err = w.cut("officer BN", c.ID, norm.NFD.String("ông X ở nhà  số 5 nên"))
			w.OK(err)
		}
		if got, want := c.Public(), "Việc tốt.\nNhưng […] xem lại. Nhưng nói chung tốt."; string(got) != want {
			w.t.Errorf("readers are shown %q, want %q", got, want)
		}
		for range 2 {
			c, err = w.cut("officer BN", c.ID, "Nhưng")
			w.OK(err)
		}
		_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Shown})
		w.OK(err)
		if shown := w.opinions(c.Article); !slices.Equal(shown, []string{"Việc tốt.\n[…] […] xem lại. […] nói chung tốt."}) {
			w.t.Errorf("readers are shown %q", shown)
		}
		_, err = w.reopen("leader HN", c.ID)
		refused(w.t, "reopened by another desk", err, fault.Forbidden)
		for range 2 {
			c, err = w.reopen("officer BN", c.ID)
			w.OK(err)
		}
		if shown := w.opinions(c.Article); len(shown) != 0 || c.State != news.Waiting || c.Public() != c.Text {
			w.t.Errorf("reopened it is %+v, and %q are shown", c, shown)
		}
	})
}

// Whatever is cut, readers are shown the rest in its order, and the desk keeps the whole.
func TestNothingButWhatWasCutIsMissing(t *testing.T) {
	each(t, func(w world) {
		article, check := w.published().ID, 0
		rapid.Check(w.t, func(t *rapid.T) {
			words := rapid.SliceOfN(rapid.SampledFrom([]string{"một", "hai", "ba", "đường", "[…]", "https://a.vn"}), 1, 12).Draw(t, "words")
			check++
			c, err := w.send(news.SendCommand{Article: article, Check: strings.Repeat("c", check), Name: strings.Repeat("n", check%50+1), Text: strings.Join(words, " ")})
			w.OK(err)
			whole := c.Text
			for range rapid.IntRange(1, 3).Draw(t, "cuts") {
				from := rapid.IntRange(0, len(words)-1).Draw(t, "from")
				to := rapid.IntRange(from+1, len(words)).Draw(t, "to")
				c, err = w.cut("officer BN", c.ID, strings.Join(words[from:to], " "))
				w.OK(err)
			}
			if c.Text != whole {
				t.Fatalf("the desk keeps %q of %q", c.Text, whole)
			}
			rest, at := 0, 0
			for _, cut := range c.Cuts {
				if cut.From < at || cut.To <= cut.From {
					t.Fatalf("cuts %v of %q", c.Cuts, whole)
				}
				rest, at = rest+cut.From-at, cut.To
			}
			rest += len(whole) - at
			if got := len(c.Public()) - len(c.Cuts)*len(news.Omission); got != rest {
				t.Fatalf("readers are shown %q of %q without %v", c.Public(), whole, c.Cuts)
			}
		})
	})
}

func TestTheSameSentTwiceAppearsOnce(t *testing.T) {
	each(t, func(w world) {
		article := w.published().ID
		text := "Mong công bố tiến độ từng huyện."
		first, err := w.send(news.SendCommand{Article: article, Check: "một", Name: "Minh Ân", Text: text})
		w.OK(err)
		for check, cmd := range map[string]news.SendCommand{
			"in the other normal form": {Name: norm.NFD.String("Minh Ân"), Text: norm.NFD.String(text)},
			"with other spaces":        {Name: " Minh  Ân ", Text: "\n" + text + " \u200b"},
			"in capitals":              {Name: "MINH ÂN", Text: strings.ToUpper(text)},
		} {
			cmd.Article, cmd.Check = article, check
			again, err := w.send(cmd)
			w.OK(err)
			if again.ID != first.ID {
				w.t.Errorf("%s it is comment %d, want %d", check, again.ID, first.ID)
			}
		}
		other, err := w.send(news.SendCommand{Article: article, Check: "hai", Name: "Minh An", Text: text})
		w.OK(err)
		w.Clock.Advance(news.SameFor + 1)
		later, err := w.send(news.SendCommand{Article: article, Check: "ba", Name: "Minh Ân", Text: text})
		w.OK(err)
		if other.ID == first.ID || later.ID == first.ID {
			w.t.Errorf("by another name it is comment %d, a day later %d, as the first", other.ID, later.ID)
		}
	})
}

func TestAnArticleIsClosedToComments(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		set := func(who string, taken bool) error {
			_, err := act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
				return news.SetOpinions(w.t.Context(), tx, actor, a.ID, taken)
			})
			return err
		}
		refused(w.t, "closed by another desk", set("leader QV", false), fault.Forbidden)
		cmd := news.SendCommand{Article: a.ID, Check: "một", Name: "An", Text: "Tốt."}
		for range 2 {
			w.OK(set("officer BN", false))
		}
		_, err := w.send(cmd)
		refused(w.t, "sent to an article that is closed", err, fault.Conflict)
		w.OK(set("officer BN", true))
		_, err = w.send(cmd)
		w.OK(err)
	})
}
