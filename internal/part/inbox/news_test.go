package inbox_test

import (
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
)

func TestAnArticleWaitsForWhoApprovesItAndForWhoMendsIt(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		want := func(when string, all map[string][2]int) {
			t.Helper()
			for _, who := range []string{"leader BN", "officer BN", "leader HN", "officer QV"} {
				work := workOf(t, w, who)
				if got := [2]int{len(work.HandedIn), len(work.SentBack)}; got != all[who] {
					t.Errorf("%s %s has %v to approve and to mend, want %v", when, who, got, all[who])
				}
			}
		}
		var a news.Article
		w.Update(func(tx *ledger.Tx) (err error) {
			a, err = news.Begin(t.Context(), tx, w.People["officer BN"], news.BeginCommand{Key: "bài", Unit: w.Units["BN"], Text: news.Text{Headline: "Giao ban", Lead: "Sáng 10/7."}})
			return err
		})
		want("begun:", nil)
		w.Update(func(tx *ledger.Tx) error {
			_, err := news.HandIn(t.Context(), tx, w.People["officer BN"], news.StageCommand{Article: a.ID, Revision: a.Revision})
			return err
		})
		want("handed in:", map[string][2]int{"leader BN": {1, 0}})
		w.Update(func(tx *ledger.Tx) error {
			_, err := news.SendBack(t.Context(), tx, w.People["leader BN"], a.ID, "Thiếu số liệu.")
			return err
		})
		want("sent back:", map[string][2]int{"leader BN": {0, 1}, "officer BN": {0, 1}})
	})
}
