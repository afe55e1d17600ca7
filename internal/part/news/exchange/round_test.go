package exchange_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/exchange"
)

func TestTheWholeRoundBetweenTwoInstallations(t *testing.T) {
	eachWay(t, func(t *testing.T, inside, public *side) {
		a := inside.publishes("bài", inside.withPicture())
		upload, err := inside.folder.Take("Kết luận.pdf", strings.NewReader("%PDF-1.7\n%%EOF\n"))
		inside.OK(err)
		a, err = act(inside, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
			return news.AttachFile(inside.Ctx(), tx, actor, news.AttachFileCommand{Key: "tệp", Article: a.ID, Upload: upload})
		})
		inside.OK(err)
		inside.gives(a, "Thêm tệp.")
		inside.corrects(a.ID, "Giao ban trực tuyến về đại hội các cấp")
		same := func(when string) {
			t.Helper()
			if got, want := public.reads(), inside.reads(); got != want {
				t.Errorf("%s the public reads\n%s\nwant\n%s", when, got, want)
			}
		}

		bundle := inside.exports(exchange.News)
		_, err = public.imports(exchange.News, bundle, "")
		refused(t, "without a key", err, fault.Conflict, "exchange.key-needed")
		if got := public.taken(exchange.News, bundle, inside.key.Public); got.Articles != 1 {
			t.Errorf("taken: %+v", got)
		}
		same("after the first bundle")
		public.fetches(a)
		if got := public.taken(exchange.News, bundle, ""); !got.Again {
			t.Errorf("taken again: %+v", got)
		}

		first, err := public.sends(a.ID, 0, "một", "Mong công bố tiến độ từng huyện.")
		public.OK(err)
		_, err = public.sends(a.ID, 0, "hai", "Chê trách nặng lời.")
		public.OK(err)
		opinions := public.exports(exchange.Opinions)
		if got := inside.taken(exchange.Opinions, opinions, public.key.Public); got.Opinions != 2 {
			t.Errorf("taken: %+v", got)
		}
		if got := inside.taken(exchange.Opinions, opinions, ""); !got.Again {
			t.Errorf("taken again: %+v", got)
		}
		waiting := inside.queue(news.Waiting)
		if len(waiting) != 2 || !waiting[0].SentAt.Equal(first.SentAt) || waiting[0].Email != "" {
			t.Fatalf("at the desk wait %+v", waiting)
		}

		_, err = act(inside, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
			return news.Cut(inside.Ctx(), tx, actor, news.CutCommand{Comment: waiting[0].ID, Passage: "từng huyện"})
		})
		inside.OK(err)
		inside.decides(news.DecideCommand{Comment: waiting[0].ID, To: news.Shown, Reply: "Sẽ có vào thứ Hai."})
		inside.decides(news.DecideCommand{Comment: waiting[1].ID, To: news.Refused, Reason: "Không lịch sự."})
		if got := public.taken(exchange.News, inside.exports(exchange.News), ""); got.Decisions != 2 || got.Articles != 0 {
			t.Errorf("taken: %+v", got)
		}
		same("after the decisions")
		if !strings.Contains(public.reads(), "> Minh An") {
			t.Errorf("nothing is shown:\n%s", public.reads())
		}

		logo := inside.takesPicture("TW")
		inside.dresses(news.SetSiteCommand{Name: "Cổng tin", Colour: "#1a4f8b", Logo: logo.ID})
		inside.keeps([]string{"Đời sống", "Xây dựng Đảng"})
		if got := public.taken(exchange.News, inside.exports(exchange.News), ""); got.Settings != 2 || got.Files != len(logo.Sizes) {
			t.Errorf("taken: %+v", got)
		}
		same("after the site got its look")
		public.OK(public.View(func(q store.Querier) error {
			_, err := news.PublicPicture(public.Ctx(), q, logo.ID, int64(logo.Sizes[0].Width))
			return err
		}))

		_, err = public.sends(a.ID, first.ID, "ba", "Tôi cũng mong vậy.")
		public.OK(err)
		inside.taken(exchange.Opinions, public.exports(exchange.Opinions), "")
		if waiting := inside.queue(news.Waiting); len(waiting) != 1 || waiting[0].Parent == 0 {
			t.Errorf("at the desk wait %+v", waiting)
		}
		_, err = act(inside, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
			return news.Reopen(inside.Ctx(), tx, actor, waiting[0].ID)
		})
		inside.OK(err)
		inside.publishes("hai", morning)
		inside.withdraws(a.ID)
		if got := public.taken(exchange.News, inside.exports(exchange.News), ""); got.Decisions != 1 || got.Articles != 2 {
			t.Errorf("taken: %+v", got)
		}
		same("after the withdrawal")
		_, err = public.imports(exchange.News, bundle, "")
		refused(t, "the first bundle", err, fault.Conflict, "exchange.older")
		same("after the first bundle was refused")
	})
}

// A public side that was restored from a backup gives numbers a second time: what was decided
// about one comment is never said of another.
func TestNumbersThatAreGivenAgainAreOtherComments(t *testing.T) {
	eachWay(t, func(t *testing.T, inside, public *side) {
		a := inside.publishes("bài", morning)
		bundle := inside.exports(exchange.News)
		public.taken(exchange.News, bundle, inside.key.Public)
		_, err := public.sends(a.ID, 0, "một", "Lời đã duyệt.")
		public.OK(err)
		inside.taken(exchange.Opinions, public.exports(exchange.Opinions), public.key.Public)
		inside.decides(news.DecideCommand{Comment: inside.queue(news.Waiting)[0].ID, To: news.Shown})

		other := newSide(t, filepath.Join(t.TempDir(), "giaoban.db"))
		public.key = other.key
		_, err = public.sends(a.ID, 0, "ba", "Gửi sau khi đổi khóa.")
		public.OK(err)
		if got := inside.taken(exchange.Opinions, public.exports(exchange.Opinions), public.key.Public); got.Opinions != 1 {
			t.Errorf("taken under another key: %+v", got)
		}
		inside.decides(news.DecideCommand{Comment: inside.queue(news.Waiting)[0].ID, To: news.Shown})

		restored := newSide(t, filepath.Join(t.TempDir(), "giaoban.db"))
		restored.key = public.key
		restored.taken(exchange.News, bundle, inside.key.Public)
		restored.Clock.Advance(time.Hour)
		_, err = restored.sends(a.ID, 0, "hai", "Lời chưa ai đọc.")
		restored.OK(err)
		restored.taken(exchange.News, inside.exports(exchange.News), "")
		if strings.Contains(restored.reads(), "Lời chưa ai đọc.") {
			t.Errorf("nobody read it, and it is shown:\n%s", restored.reads())
		}
		for i := range 3 {
			_, err := restored.sends(a.ID, 0, fmt.Sprint("lần ", i), fmt.Sprint("Lời ", i))
			restored.OK(err)
		}
		if got := inside.taken(exchange.Opinions, restored.exports(exchange.Opinions), ""); got.Opinions != 4 {
			t.Errorf("taken: %+v", got)
		}
		if waiting := inside.queue(news.Waiting); len(waiting) != 4 || waiting[0].Text != "Lời chưa ai đọc." {
			t.Errorf("at the desk wait %+v", waiting)
		}
	})
}

// fetches fetches the pictures and files of an article as a reader does.
func (s *side) fetches(a news.Article) {
	s.t.Helper()
	s.OK(s.View(func(q store.Querier) error {
		p, err := news.Read(s.Ctx(), q, a.ID)
		if err != nil {
			return err
		}
		found, err := news.PicturesIn(s.Ctx(), q, p.Text)
		if err != nil {
			return err
		}
		shown := found[p.Text.Picture.File]
		ids := []string{p.Text.Files[0]}
		for _, size := range shown.Sizes {
			f, err := news.PublicPicture(s.Ctx(), q, shown.ID, int64(size.Width))
			if err != nil {
				return err
			}
			ids = append(ids, f.ID)
		}
		for _, id := range ids {
			if _, err := s.folder.Content(id); err != nil {
				return err
			}
		}
		_, err = news.PublicFile(s.Ctx(), q, p.Text.Files[0])
		return err
	}))
}

func TestAnInstallationThatTakesBundlesHasNoDesk(t *testing.T) {
	eachWay(t, func(t *testing.T, inside, public *side) {
		a := inside.publishes("bài", morning)
		bundle := inside.exports(exchange.News)
		public.taken(exchange.News, bundle, inside.key.Public)
		_, err := act(public, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
			return news.Begin(public.Ctx(), tx, actor, news.BeginCommand{Key: "bài", Unit: public.Units["BN"], Text: morning})
		})
		refused(t, "begun", err, fault.Conflict, "news.no-desk")
		_, err = act(public, "leader BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
			return news.Withdraw(public.Ctx(), tx, actor, a.ID, "Nhầm.")
		})
		refused(t, "withdrawn", err, fault.Conflict, "news.no-desk")
		_, err = public.export(exchange.News)
		refused(t, "news exported", err, fault.Conflict, "exchange.no-news")
		_, err = inside.export(exchange.Opinions)
		refused(t, "opinions exported inside", err, fault.Conflict, "exchange.no-opinions")
		_, err = inside.imports(exchange.News, bundle, inside.key.Public)
		refused(t, "the own bundle", err, fault.Invalid, "exchange.own-key")
		_, err = inside.imports(exchange.Opinions, public.exports(exchange.Opinions), inside.key.Public)
		refused(t, "the own key", err, fault.Invalid, "exchange.own-key")
		_, err = public.imports(exchange.News, public.exports(exchange.Opinions), inside.key.Public)
		refused(t, "signed by another", err, fault.Invalid, "exchange.other-key")
		_, err = inside.imports(exchange.News, public.exports(exchange.Opinions), public.key.Public)
		refused(t, "opinions as news", err, fault.Invalid, "exchange.kind.news")
		err = public.Try(func(tx *ledger.Tx) error {
			_, err := exchange.TakeNews(public.Ctx(), tx, public.People["leader TW"], exchange.TakeCommand{})
			return err
		})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("taken by a leader: %v", err)
		}
	})
}
