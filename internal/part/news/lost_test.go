package news_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/part/news"
)

// Whatever readers send and a desk does, no comment is lost, and readers are shown those
// that the desk has decided to show, and no others.
func TestNoCommentIsLostAndNoneIsShownUndecided(t *testing.T) {
	each(t, func(w world) {
		article, check := w.published().ID, 0
		sent, shown := map[int64]bool{}, map[int64]bool{}
		rapid.Check(w.t, func(t *rapid.T) {
			check++
			c, err := w.send(news.SendCommand{
				Article: article, Check: fmt.Sprint(check), Name: rapid.StringMatching(`[a-zạảđ]{1,5}`).Draw(t, "name"),
				Text: rapid.SampledFrom([]string{"Tốt.", "Chưa tốt.", "https://a.vn", "tốt tốt tốt tốt tốt tốt tốt tốt"}).Draw(t, "text"),
			})
			w.OK(err)
			sent[c.ID] = true
			switch rapid.SampledFrom([]string{"nothing", "show", "refuse", "reopen"}).Draw(t, "act") {
			case "show":
				_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Shown})
				shown[c.ID] = true
			case "refuse":
				_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Refused, Reason: "Ngoài chủ đề."})
				delete(shown, c.ID)
			case "reopen":
				_, err = w.reopen("officer BN", c.ID)
				delete(shown, c.ID)
			}
			w.OK(err)
			if got := w.opinions(article); len(got) != len(shown) {
				t.Fatalf("%d are shown, want %d", len(got), len(shown))
			}
		})
		var kept []int64
		for _, state := range []news.CommentState{news.Waiting, news.Shown, news.Refused} {
			for _, c := range w.queue(state) {
				kept = append(kept, c.ID)
				if (state == news.Shown) != shown[c.ID] {
					w.t.Errorf("comment %d is %s; shown by the desk: %v", c.ID, state, shown[c.ID])
				}
			}
		}
		slices.Sort(kept)
		if len(kept) != len(sent) {
			w.t.Errorf("%d comments are kept of %d: %v", len(kept), len(sent), kept)
		}
	})
}
