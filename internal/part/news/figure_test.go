package news_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/text"
	"giaoban/internal/part/board"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
)

// boarded is the world with boards that follow it.
type boarded struct {
	world
	boards *board.Boards
	reader *follow.Reader
}

func withBoards(w world) *boarded {
	b := &boarded{world: w, boards: board.New(w.Clock)}
	b.reader = follow.NewReader(w.Ledger, 0, b.boards.Apply)
	b.follow()
	return b
}

// follow has the boards count everything that happened.
func (b *boarded) follow() {
	b.t.Helper()
	b.OK(b.reader.CatchUp(b.t.Context()))
}

// accepted has a unit report that its congress was held, and the unit above accept it.
func (b *boarded) accepted(unit, above string) {
	b.t.Helper()
	r := b.Submitted(unit, officetest.Held, 0, officetest.Day("20/6/2020"))
	_, err := b.Accept("leader "+above, r.ID)
	b.OK(err)
	b.follow()
}

// bound is a figure of Bac Ninh's grassroots organisations as of now.
func (b *boarded) bound(kind prose.FigureKind) prose.Figure {
	return prose.Figure{Directive: b.Directive, Milestone: officetest.Held, Unit: int64(b.Units["BN"]), Level: "grassroots", Kind: kind, Moment: b.Clock.Now()}
}

// saying is a text that says a figure.
func (b *boarded) saying(said string, of prose.Figure) news.Text {
	b.t.Helper()
	line := prose.Line{{Text: "Đã xong "}, {Text: said, Figure: &of}, {Text: " tổ chức đảng."}}
	field, _, err := prose.Document{Blocks: []prose.Block{{Paragraph: &prose.Paragraph{Line: line}}}}.Field()
	b.OK(err)
	return news.Text{Headline: "Tiến độ đại hội", Body: field}
}

func (b *boarded) publishes(a news.Article) (news.Article, error) {
	b.follow()
	return act(b.world, "leader BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Publish(b.t.Context(), tx, actor, news.PublishCommand{Article: a.ID, Revision: a.Revision, Note: "Sửa số.", Boards: b.boards})
	})
}

func eachBoarded(t *testing.T, test func(b *boarded)) {
	t.Helper()
	each(t, func(w world) { test(withBoards(w)) })
}

func TestAFigureIsHeldAgainstItsBoardAsOfItsMoment(t *testing.T) {
	eachBoarded(t, func(b *boarded) {
		b.accepted("PL", "QV")
		then := b.bound(prose.Done)
		a, err := b.begin("officer BN", "đúng", b.saying("1", then))
		b.OK(err)
		b.accepted("DT", "QV") // a later report does not change it
		a, err = b.publishes(a)
		b.OK(err)
		altered, err := b.save("officer BN", a, b.saying("2", then))
		b.OK(err)
		_, err = b.publishes(altered)
		refused(b.t, "an altered figure", err, fault.Invalid, "figures")
		if p, err := b.reads(a.ID); err != nil || !p.Text.Same(b.saying("1", then)) {
			b.t.Errorf("the public reads %+v (%v)", p.Text, err)
		}
		taken, err := act(b.world, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
			return news.Take(b.t.Context(), tx, actor, news.TakeCommand{Article: a.ID, Revision: altered.Revision, Boards: b.boards, Lang: text.VI})
		})
		b.OK(err)
		if !taken.Text.Same(b.saying("1", then)) {
			b.t.Errorf("with the board's figures the text is %s", taken.Text.Body)
		}
		again, err := b.save("officer BN", taken, b.saying("100 %", b.bound(prose.Percent)))
		b.OK(err)
		if _, err = b.publishes(again); err != nil {
			b.t.Errorf("a share that the board has: %v", err)
		}
	})
}

func TestFiguresThatATextMayNotHave(t *testing.T) {
	eachBoarded(t, func(b *boarded) {
		b.Update(func(tx *ledger.Tx) error {
			return marking.SetCeiling(b.t.Context(), tx, access.CommandLine(b.Tree), b.Units["TW"], marking.Secret)
		})
		document := officetest.Document("36-CT/TW")
		document.Secrecy = marking.Secret
		secret := b.bound(prose.Total)
		secret.Directive = b.Issue(document)
		b.follow()
		_, err := b.begin("officer BN", "mật", b.saying("2", secret))
		refused(b.t, "a figure of a secret directive", err, fault.Invalid, "body")
		ahead := b.bound(prose.Total)
		ahead.Moment = ahead.Moment.Add(time.Hour)
		_, err = b.begin("officer BN", "ngày mai", b.saying("2", ahead))
		refused(b.t, "a figure of tomorrow", err, fault.Invalid, "body")
		above := b.bound(prose.Total)
		above.Unit = int64(b.Units["TW"])
		_, err = b.begin("officer BN", "trên", b.saying("2", above))
		refused(b.t, "a figure of a board that is not read", err, fault.Forbidden)
		for what, wrong := range map[string]func(*prose.Figure){
			"milestone": func(f *prose.Figure) { f.Milestone = "other" },
			"level":     func(f *prose.Figure) { f.Level = "other" },
			"moment":    func(f *prose.Figure) { f.Moment = f.Moment.AddDate(-10, 0, 0) },
		} {
			f := b.bound(prose.Total)
			wrong(&f)
			a, err := b.begin("officer BN", what, b.saying("2", f))
			b.OK(err)
			_, err = b.publishes(a)
			refused(b.t, "a figure of no "+what, err, fault.Invalid, "figures")
		}
	})
}

func TestFiguresAreNotPublishedUnheld(t *testing.T) {
	eachBoarded(t, func(b *boarded) {
		a, err := b.begin("officer BN", "bài", b.saying("2", b.bound(prose.Total)))
		b.OK(err)
		if _, err := b.publish("leader BN", a, ""); err == nil {
			b.t.Error("a figure was published though no board was asked")
		}
		behind := board.New(b.Clock)
		err = b.View(func(q store.Querier) error {
			_, err := news.Hold(b.t.Context(), q, behind, a.Text)
			return err
		})
		refused(b.t, "boards that have not counted so far", err, fault.Unavailable)
	})
}

func TestAnArticleFromABriefingHasBoundFigures(t *testing.T) {
	texts, err := text.Load(text.Texts, news.Texts)
	if err != nil {
		t.Fatal(err)
	}
	eachBoarded(t, func(b *boarded) {
		b.accepted("PL", "QV")
		as := b.bound("").Moment
		written, err := news.Report(texts, text.VI, b.boards.Zone(), news.Meeting{
			Title: "Giao ban", Host: "Tỉnh ủy Bắc Ninh", Chair: "Bí thư", Began: as, Sites: 2, As: as, Conclusions: []string{"Xong trước 30/6."},
			Figures: []news.Figure{{Of: b.bound(""), Milestone: "Tổ chức xong đại hội", Level: "tổ chức cơ sở", Done: 1, Total: 2}},
		})
		b.OK(err)
		a, err := b.begin("officer BN", "bài", written)
		b.OK(err)
		figures, err := news.Hold(b.t.Context(), b.Ledger.DB().Reader(), b.boards, a.Text)
		b.OK(err)
		if len(figures) != 3 || figures[0].Says(text.VI) != "1" || figures[1].Says(text.VI) != "2" || !figures[2].Right() {
			b.t.Errorf("it is bound to %+v", figures)
		}
		document, err := a.Text.Document()
		b.OK(err)
		local := as.In(b.boards.Zone())
		want := fmt.Sprintf("Theo bảng tiến độ, tính đến %d giờ %02d ngày %s:\n\nTổ chức xong đại hội: 1/2 tổ chức cơ sở (50,0 %%)\n\nKết luận giao ban, đồng chí Bí thư nêu 1 nội dung:\n\nXong trước 30/6.", local.Hour(), local.Minute(), local.Format("2/1/2006"))
		if diff := cmp.Diff(want, strings.ReplaceAll(document.Text(), "\u00a0", " ")); diff != "" {
			b.t.Errorf("(-want +got):\n%s", diff)
		}
		_, err = b.publishes(a)
		b.OK(err)
	})
}
