package news_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/base/word"
	"giaoban/internal/part/news"
)

// corpus is texts with the same words in different places and with different marks.
var corpus = []news.Text{
	{Headline: "Đại hội đảng bộ xã", Lead: "Sáng 10/7.", Tags: []string{"Đại hội"}},
	{Headline: "Họp giao ban", Lead: "Bàn về đại hội các cấp.", Category: "Xây dựng Đảng"},
	{Headline: "Thông báo", Lead: "Sáng nay.", Body: "Chuẩn bị đại hội.\n\nDự kiến ngày 12/7."},
	{Headline: "Dai hoi viết không dấu", Lead: "Sáng nay."},
	{Headline: "Đại hội chi bộ", Lead: "Chiều nay.", Tags: []string{"đại hội", "Chi bộ"}, Authors: []string{"Minh An"}},
	{Headline: "Đài hơi: một bài khác", Lead: "Tối nay.", Authors: []string{"Minh An"}},
}

// publishAll publishes texts, one after the other.
func (w world) publishAll(texts []news.Text) (list []news.Article) {
	w.t.Helper()
	for i, text := range texts {
		a, err := w.begin("officer BN", fmt.Sprint("bài ", i), text)
		w.OK(err)
		a, err = w.publish("leader BN", a, "")
		w.OK(err)
		list = append(list, a)
	}
	return list
}

// finds is the ids that are found, in their order.
func (w world) finds(asked string) (ids []int64) {
	w.t.Helper()
	for _, f := range w.found(asked) {
		ids = append(ids, f.ID)
	}
	return ids
}

func (w world) found(asked string) (list []news.Found) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		list, _, err = news.Seek(w.t.Context(), q, w.Ledger.DB().Engine(), asked, 0)
		return err
	}))
	return list
}

// Both engines give the same articles in the same, our own order.
func TestArticlesAreFoundByTheirWordsInOneOrder(t *testing.T) {
	each(t, func(w world) {
		w.publishAll(corpus)
		for asked, want := range map[string][]int64{
			"đại hội":            {5, 1, 2, 3, 6, 4}, // as typed: headline, lead, text; then without marks
			"dai hoi":            {4, 6, 5, 1, 2, 3},
			"ĐẠI HỘI":            {5, 1, 2, 3, 6, 4}, // no capitals
			"đại hội":         {5, 1, 2, 3, 6, 4}, // the other normal form
			"đai hội các":        {2},
			"du kien":            {3},
			"xay dung dang":      {2}, // a category
			"minh an":            {6, 5},
			"chi bo":             {5},
			"10/7":               {1},
			`" ' * ) OR NEAR( :`: nil,
			"hội nghị":           nil,
			"":                   nil,
		} {
			if diff := cmp.Diff(want, w.finds(asked)); diff != "" {
				w.t.Errorf("%q (-want +got):\n%s", asked, diff)
			}
		}
		first := w.found("chuan bi")[0]
		if got := bracketed(first.Excerpt); !strings.HasPrefix(got, "[Chuẩn] [bị] đại hội.") {
			w.t.Errorf("the excerpt is %q", got)
		}
		if got := bracketed(w.found("đại hội xã")[0].Headline); got != "[Đại] [hội] đảng bộ [xã]" {
			w.t.Errorf("the headline is %q", got)
		}
	})
}

func bracketed(pieces []word.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Marked {
			p.Text = "[" + p.Text + "]"
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

func TestWhatIsCorrectedOrWithdrawnIsFoundByItsNewWordsOrNone(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		fixed := morning
		fixed.Headline, fixed.Tags = "Hội nghị trực tuyến", []string{"Hội nghị"}
		a, err := w.save("officer BN", a, fixed)
		w.OK(err)
		if got := w.finds("hội nghị"); got != nil {
			w.t.Errorf("a draft is found: %v", got)
		}
		_, err = w.publish("leader BN", a, "Sửa tít.")
		w.OK(err)
		if got := [][]int64{w.finds("hội nghị"), w.finds("giao ban")}; !cmp.Equal(got, [][]int64{{a.ID}, nil}) {
			w.t.Errorf("by the new and by the old words: %v", got)
		}
		if _, list, err := w.labelled(news.Tag, "hoi-nghi"); err != nil || len(list) != 1 {
			w.t.Errorf("by its tag: %v, %v", list, err)
		}
		_, err = w.withdraw("leader BN", a, "Nhầm.")
		w.OK(err)
		if got := w.finds("hội nghị"); got != nil {
			w.t.Errorf("found after it was withdrawn: %v", got)
		}
		_, _, err = w.labelled(news.Tag, "hoi-nghi")
		refused(w.t, "by its tag after it was withdrawn", err, fault.NotFound)
	})
}

func (w world) labelled(sort news.Sort, key string) (of news.Label, list []news.Public, err error) {
	err = w.View(func(q store.Querier) (err error) {
		of, list, _, err = news.Labelled(w.t.Context(), q, sort, key, 0)
		return err
	})
	return of, list, err
}

func TestArticlesStandTogetherByTheirLabels(t *testing.T) {
	each(t, func(w world) {
		articles := w.publishAll(corpus)
		of, list, err := w.labelled(news.Tag, "dai-hoi")
		w.OK(err)
		if ids := idsOf(list); of.Name != "đại hội" || !cmp.Equal(ids, []int64{5, 1}) {
			w.t.Errorf("%q: %v, want the newest writing and the newest article first", of.Name, ids)
		}
		_, list, err = w.labelled(news.Author, "minh-an")
		w.OK(err)
		if ids := idsOf(list); !cmp.Equal(ids, []int64{6, 5}) {
			w.t.Errorf("by an author: %v", ids)
		}
		w.OK(w.View(func(q store.Querier) error {
			categories, err := news.Categories(w.t.Context(), q)
			if diff := cmp.Diff([]news.Label{{Sort: news.Category, Key: "xay-dung-dang", Name: "Xây dựng Đảng"}}, categories); diff != "" {
				w.t.Errorf("the categories (-want +got):\n%s", diff)
			}
			return err
		}))
		chosen := corpus[1]
		chosen.Related = []int64{articles[3].ID, articles[0].ID, 99}
		a, err := w.save("officer BN", articles[1], chosen)
		w.OK(err)
		_, err = w.publish("leader BN", a, "Thêm bài.")
		w.OK(err)
		for id, want := range map[int64][]int64{1: {5}, 2: {4, 1}, 6: nil} {
			w.OK(w.View(func(q store.Querier) error {
				p, err := news.Read(w.t.Context(), q, id)
				w.OK(err)
				beside, err := news.Beside(w.t.Context(), q, p)
				if got := idsOf(beside); !cmp.Equal(got, want) {
					w.t.Errorf("beside %d: %v, want %v", id, got, want)
				}
				return err
			}))
		}
	})
}

func idsOf(list []news.Public) (ids []int64) {
	for _, p := range list {
		ids = append(ids, p.ID)
	}
	return ids
}

// Whatever is written and looked for, the engines agree, and all is found that has the
// words, and nothing else.
func TestBothEnginesFindTheSame(t *testing.T) {
	var worlds []world
	for _, url := range []string{filepath.Join(t.TempDir(), "giaoban.db"), pgtest.New(t)} {
		worlds = append(worlds, world{officetest.New(t, url), t})
	}
	said := rapid.SliceOfN(rapid.SampledFrom([]string{"đại", "dai", "hội", "hoi", "Đảng", "dang", "xã", "12"}), 1, 4)
	rapid.Check(t, func(t *rapid.T) {
		text := news.Text{Headline: strings.Join(said.Draw(t, "headline"), " "), Lead: strings.Join(said.Draw(t, "lead"), " "), Body: strings.Join(said.Draw(t, "body"), " ")}
		asked := strings.Join(said.Draw(t, "asked"), " ")
		var found [][]int64
		for _, w := range worlds {
			a, err := w.begin("officer BN", text.Headline+text.Lead+text.Body, text)
			w.OK(err)
			_, err = w.publish("leader BN", a, "")
			w.OK(err)
			found = append(found, w.finds(asked))
			has := word.HasFolded(word.Split(text.Headline+" "+text.Lead+" "+text.Body), word.Split(asked))
			if len(found[0]) < news.MostOnPage && has != slices.Contains(found[0], a.ID) {
				t.Errorf("%+v is found by %q: %v, want %v", text, asked, !has, has)
			}
		}
		if diff := cmp.Diff(found[0], found[1]); diff != "" {
			t.Errorf("%q: the engines differ (-sqlite +postgres):\n%s", asked, diff)
		}
	})
}
