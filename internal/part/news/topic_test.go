package news_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

func (w world) sort(who string, comment int64, topic string) (news.Comment, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
		return news.SetTopic(w.t.Context(), tx, actor, comment, topic)
	})
}

func TestCommentsAreCollectedByTheTopicsOfTheDesk(t *testing.T) {
	each(t, func(w world) {
		article := w.published().ID
		var sent []news.Comment
		for _, said := range []string{"Không chủ đề.", "Đường hỏng.", "Trường thiếu lớp.", "Đường tối."} {
			c, err := w.send(news.SendCommand{Article: article, Check: said, Name: "An", Text: said})
			w.OK(err)
			sent = append(sent, c)
		}
		_, err := w.sort("officer QV", sent[1].ID, "Hạ tầng")
		refused(w.t, "by another desk", err, fault.Forbidden)
		_, err = w.sort("officer BN", sent[1].ID, strings.Repeat("x", news.MostTopic+1))
		refused(w.t, "too long", err, fault.Invalid, "topic")
		for i, topic := range []string{"", " Hạ  tầng ", "Giáo dục", "hạ tầng"} {
			for range 2 { // twice changes nothing
				_, err = w.sort("officer BN", sent[i].ID, topic)
				w.OK(err)
			}
		}
		w.OK(w.View(func(q store.Querier) error {
			topics, err := news.Topics(w.t.Context(), q, w.Units["BN"])
			if want := []string{"Giáo dục", "Hạ tầng"}; !slices.Equal(topics, want) {
				w.t.Errorf("the desk uses %q, want %q", topics, want)
			}
			w.OK(err)
			list, err := news.Collected(w.t.Context(), q, article)
			var said []string
			for _, c := range list {
				said = append(said, string(c.Text))
			}
			if want := []string{"Trường thiếu lớp.", "Đường hỏng.", "Đường tối.", "Không chủ đề."}; !slices.Equal(said, want) {
				w.t.Errorf("collected %q, want %q", said, want)
			}
			w.OK(err)
			events, err := ledger.About(w.t.Context(), q, news.Subject(article))
			w.OK(err)
			n := 0
			for _, e := range events {
				if e.Kind == news.CommentSorted {
					n++
				}
			}
			if n != 3 {
				w.t.Errorf("%d events tell of topics, want 3", n)
			}
			return err
		}))
	})
}
