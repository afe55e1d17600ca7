package news_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/part/news"
)

// syllables are the words of the articles that are searched, the commonest first.
var syllables = func() []string {
	list := strings.Fields(`và của các đại hội đảng bộ cấp ủy tỉnh huyện xã cơ sở trực thuộc trung ương nhiệm kỳ báo cáo chính trị nhân sự văn kiện bầu cử tổ chức kiểm tra
		giám sát dân vận mặt trận công đoàn thanh niên phụ nữ nông dân giao ban tiến độ hướng dẫn thẩm định quyết nghị kết luận kinh tế xã quốc phòng an ninh`)
	for _, onset := range strings.Fields("b c ch d đ g h kh l m n ng nh ph r s t th tr v x") {
		for _, rime := range strings.Fields("a à á ả ã ạ an án àn ang áng ăn ân âng ay áy ây e ê en ên ênh i ich iên iết o ó ò ong ông ốc ơ ơn u ư ung ương ước uyên uyết y") {
			list = append(list, onset+rime)
		}
	}
	return list
}()

// written is an article of about 250 words: the commonest stand in nearly all, most in few.
func written(random *rand.Rand, n int) news.Text {
	common := rand.NewZipf(random, 1.05, 20, uint64(len(syllables)-1))
	words := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = syllables[common.Uint64()]
		}
		return strings.Join(list, " ")
	}
	return news.Text{Headline: fmt.Sprintf("%s số %d", words(9), n), Lead: words(35), Body: words(200), Category: "Xây dựng Đảng", Tags: []string{words(2)}}
}

// searched are searches for what is in nearly all articles, in some and in none, with and
// without marks.
var searched = []string{
	"đại hội", "dai hoi", "đảng bộ các cấp", "và", "va", "của các", "đại hội đảng bộ các cấp ủy tỉnh huyện", "kinh tế an ninh", "an ninh", "quoc phong an ninh",
	"số 471", "so 999", "không có từ này", "nông dân giao ban", "tiến độ", "bầu cử nhân sự", "phương khuyên", "ngành thước",
}

// BenchmarkNewsSearch looks for words in 100,000 articles; GIAOBAN_ARTICLES says how many
// thousands instead.
func BenchmarkNewsSearch(b *testing.B) {
	thousands := 100
	if said := os.Getenv("GIAOBAN_ARTICLES"); said != "" {
		if _, err := fmt.Sscan(said, &thousands); err != nil {
			b.Fatal(err)
		}
	}
	for name, url := range map[string]func() string{"sqlite": func() string { return b.TempDir() + "/giaoban.db" }, "postgres": func() string { return pgtest.New(b) }} {
		b.Run(name, func(b *testing.B) {
			w := officetest.New(b, url())
			fill(b, w, thousands)
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				began := time.Now()
				w.OK(w.View(func(q store.Querier) error {
					_, _, err := news.Seek(b.Context(), q, w.Ledger.DB().Engine(), searched[i%len(searched)], 0)
					return err
				}))
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// fill publishes a thousand articles, and has the database copy them until there are so
// many thousands.
func fill(b *testing.B, w *officetest.World, thousands int) {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	w.Update(func(tx *ledger.Tx) error {
		leader := w.People["leader BN"]
		for n := range 1000 {
			a, err := news.Begin(b.Context(), tx, leader, news.BeginCommand{Key: fmt.Sprint(n), Unit: w.Units["BN"], Text: written(random, n)})
			if err == nil {
				_, err = news.Publish(b.Context(), tx, leader, news.PublishCommand{Article: a.ID, Revision: a.Revision})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	w.OK(w.Ledger.DB().Update(b.Context(), func(tx *sql.Tx) error {
		statements := []string{
			fmt.Sprintf(`CREATE TEMPORARY TABLE copy AS WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d) SELECT n FROM numbers WHERE n < %[1]d`, thousands),
			`INSERT INTO article (id, key, unit_id, state, slug, text, revision, editor, saved_at, headline, version, published_at, changed_at, reason, comments)
				SELECT id + 1000 * n, key || '.' || n, unit_id, state, slug, text, revision, editor, saved_at, headline, version, published_at, changed_at, reason, comments FROM article, copy`,
			`INSERT INTO article_version (article_id, version, text, note, editor, published_at) SELECT article_id + 1000 * n, version, text, note, editor, published_at FROM article_version, copy`,
			`INSERT INTO news_entry (id, article_id, tokens) SELECT id + 1000 * n, article_id + 1000 * n, tokens FROM news_entry, copy`,
			`ANALYZE`, // as the database does by itself in time
		}
		for _, s := range statements {
			if _, err := tx.ExecContext(b.Context(), s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	}))
}
