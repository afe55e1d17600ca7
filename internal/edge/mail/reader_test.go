package mail_test

import (
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/news"
)

// reading is a reader of the public page of Bac Ninh, and its desk.
type reading struct {
	*post
	article news.Article
	links   news.Links
}

func newReading(t *testing.T, url string) reading {
	t.Helper()
	r := reading{post: newPost(t, url), links: news.NewLinks([32]byte{7})}
	r.config.Composer.Links, r.config.Composer.Public = r.links, "https://tin.example.vn"
	r.restart()
	r.round() // mail is set up before anybody writes
	r.Update(func(tx *ledger.Tx) (err error) {
		leader := r.People["leader BN"]
		r.article, err = news.Begin(t.Context(), tx, leader, news.BeginCommand{Key: "bài", Unit: r.Units["BN"], Text: news.Text{Headline: "Giao ban", Lead: "Sáng 10/7."}})
		if err == nil {
			_, err = news.Publish(t.Context(), tx, leader, news.PublishCommand{Article: r.article.ID, Revision: r.article.Revision})
		}
		return err
	})
	return r
}

func (r reading) opine(text string) (c news.Comment) {
	r.t.Helper()
	r.Update(func(tx *ledger.Tx) (err error) {
		c, err = news.Send(r.t.Context(), tx, news.SendCommand{Article: r.article.ID, Check: text, Name: "Mua hàng ở đây", Email: "An@example.vn", Text: text, Tell: true})
		return err
	})
	return c
}

func (r reading) show(c news.Comment) {
	r.t.Helper()
	r.Update(func(tx *ledger.Tx) error {
		_, err := news.Decide(r.t.Context(), tx, r.People["officer BN"], news.DecideCommand{Comment: c.ID, To: news.Shown})
		return err
	})
}

// link is what the newest letter's link for a purpose names.
func (r reading) link(p news.Purpose) int64 {
	r.t.Helper()
	all := r.server.Letters()
	said := parts(r.t, all[len(all)-1].Message)["text/plain"]
	found := regexp.MustCompile(`https://tin\.example\.vn/news/letters/` + string(p) + `/(\S+)`).FindStringSubmatch(said)
	if found == nil {
		r.t.Fatalf("the letter has no link to %s:\n%s", p, said)
	}
	id, err := r.links.Read(p, found[1], r.Clock.Now())
	r.OK(err)
	return id
}

func TestAReaderConfirmsAnAddressAndIsToldOnceWhenACommentIsShown(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		r := newReading(t, url)
		first, second := r.opine("Ý kiến một."), r.opine("Ý kiến hai.")
		r.show(first)
		r.round()
		r.want("before it is confirmed", r.sent(0), "an@example.vn: Xác nhận địa chỉ để được báo khi ý kiến hiện")
		asks := parts(t, r.server.Letters()[0].Message)
		for _, words := range []string{"Mua hàng ở đây", "Ý kiến một."} {
			if strings.Contains(asks["text/plain"], words) || strings.Contains(asks["text/html"], words) {
				t.Errorf("to an address that nobody confirmed goes %q", words)
			}
		}
		reader := r.link(news.ToConfirm)
		for range 2 {
			r.Update(func(tx *ledger.Tx) error { _, err := news.Confirm(t.Context(), tx, reader); return err })
			r.round()
		}
		r.want("once it is confirmed", r.sent(1), "an@example.vn: Ý kiến của bạn đã hiện dưới bài")
		if id := r.link(news.ToTakeBack); id != first.ID {
			t.Errorf("the letter takes back comment %d, want %d", id, first.ID)
		}
		if id := r.link(news.ToCollect); id != reader {
			t.Errorf("the letter collects the comments of reader %d, want %d", id, reader)
		}
		r.show(second)
		r.show(second)
		r.restart()
		r.round()
		r.want("the second is shown", r.sent(2), "an@example.vn: Ý kiến của bạn đã hiện dưới bài")
	})
}

func TestALinkToAllThatAnAddressWroteIsSentThereAlone(t *testing.T) {
	r := newReading(t, t.TempDir()+"/giaoban.db")
	r.opine("Ý kiến một.")
	r.round()
	for check, address := range map[string]string{"một": "an@example.vn", "hai": "AN@example.vn", "ba": "nobody-wrote@example.vn"} {
		r.Update(func(tx *ledger.Tx) error {
			return news.AskForMine(t.Context(), tx, news.AskCommand{Address: address, Check: check})
		})
	}
	r.round()
	r.want("asked for", r.sent(1), "an@example.vn: Các ý kiến gửi bằng địa chỉ này")
	reader := r.link(news.ToCollect)
	c := r.opine("Ý kiến hai.")
	r.Update(func(tx *ledger.Tx) error { _, err := news.Confirm(t.Context(), tx, reader); return err })
	r.show(c)
	r.Update(func(tx *ledger.Tx) error {
		_, err := news.EraseReader(t.Context(), tx, reader, "Bạn đọc yêu cầu.")
		return err
	})
	r.round()
	r.want("after it was erased", r.sent(2))
}
