package news_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
)

// Of the nodes of an installation, one of which was started when the moment had passed,
// every one publishes what is due, all at the same time; each article goes out once.
func TestWhatIsScheduledGoesOutOnceWhoeverServes(t *testing.T) {
	const articles = 5
	enginetest.Each(t, func(t *testing.T, url string) {
		w := world{officetest.New(t, url), t}
		at := w.Clock.Now().Add(time.Hour)
		for i := range articles {
			a, err := w.begin("officer BN", fmt.Sprint("bài ", i), morning)
			w.OK(err)
			_, err = w.staging("leader BN", a, "", at, w.schedule())
			w.OK(err)
		}
		nodes := []*ledger.Ledger{w.Ledger, w.Node()}
		w.Clock.Set(at)
		nodes = append(nodes, w.Node())
		published := w.race(nodes)
		if published != articles {
			t.Errorf("the nodes published %d articles, want %d", published, articles)
		}
		w.OK(w.View(func(q store.Querier) error {
			var events, versions, due int
			err := q.QueryRowContext(t.Context(), `SELECT (SELECT COUNT(*) FROM event WHERE kind = $1), (SELECT COUNT(*) FROM article_version), (SELECT COUNT(*) FROM article WHERE stage = $2)`,
				news.WasPublished, news.Scheduled).Scan(&events, &versions, &due)
			if events != articles || versions != articles || due != 0 {
				t.Errorf("%d events, %d versions, %d still due; want %d, %[4]d and none", events, versions, due, articles)
			}
			return err
		}))
	})
}

// race has all nodes publish what is due until nothing is, and says how many were.
func (w world) race(nodes []*ledger.Ledger) int64 {
	var published atomic.Int64
	var all sync.WaitGroup
	for _, node := range nodes {
		all.Go(func() {
			for range 3 { // as it looks every second
				var n int
				_, err := node.Update(w.t.Context(), "program", func(tx *ledger.Tx) (err error) {
					n, err = news.PublishDue(w.t.Context(), tx, access.Program(w.Tree), nil)
					return err
				})
				if err != nil {
					w.t.Error(err)
					return
				}
				published.Add(int64(n))
			}
		})
	}
	all.Wait()
	return published.Load()
}
