package news_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
)

// world is offices with desks.
type world struct {
	*officetest.World
	t *testing.T
}

func each(t *testing.T, test func(w world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(world{officetest.New(t, url), t}) })
}

// act has somebody do something at a desk.
func act[R any](w world, who string, do func(tx *ledger.Tx, actor access.Actor) (R, error)) (result R, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		result, err = do(tx, w.People[who])
		return err
	})
	return result, err
}

var morning = news.Text{Source: "BTV", Category: "Xây dựng Đảng", Headline: "Giao ban trực tuyến về Đại hội", Lead: "Sáng 10/7.", Body: "Đoạn một.\n\nĐoạn hai.", Authors: []string{"P.V."}}

func (w world) begin(who, key string, text news.Text) (news.Article, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Begin(w.t.Context(), tx, actor, news.BeginCommand{Key: key, Unit: w.Units["BN"], Text: text})
	})
}

func (w world) save(who string, a news.Article, text news.Text) (news.Article, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Save(w.t.Context(), tx, actor, news.SaveCommand{Article: a.ID, Revision: a.Revision, Text: text})
	})
}

func (w world) publish(who string, a news.Article, note string) (news.Article, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Publish(w.t.Context(), tx, actor, news.PublishCommand{Article: a.ID, Revision: a.Revision, Note: note})
	})
}

func (w world) withdraw(who string, a news.Article, reason string) (news.Article, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Withdraw(w.t.Context(), tx, actor, a.ID, reason)
	})
}

// published is an article that the public reads.
func (w world) published() news.Article {
	w.t.Helper()
	a, err := w.begin("officer BN", "bài", morning)
	w.OK(err)
	a, err = w.publish("leader BN", a, "")
	w.OK(err)
	return a
}

func (w world) reads(id int64) (p news.Public, err error) {
	err = w.View(func(q store.Querier) error {
		p, err = news.Read(w.t.Context(), q, id)
		return err
	})
	return p, err
}

func refused(t testing.TB, what string, err error, kind fault.Kind, fields ...string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want a fault of kind %s", what, err, kind)
		return
	}
	var at []string
	for _, one := range fault.All(err) {
		if one.Field != "" {
			at = append(at, one.Field)
		}
	}
	if diff := cmp.Diff(fields, at); len(fields) > 0 && diff != "" {
		t.Errorf("%s: at other fields (-want +got):\n%s", what, diff)
	}
}

func TestAnArticleIsWrittenPublishedAndCorrected(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		same, err := w.begin("officer BN", "bài", news.Text{Headline: "Khác"})
		w.OK(err)
		if same.ID != a.ID || !same.Text.Same(morning) {
			w.t.Errorf("the same form began %+v, want article %d", same, a.ID)
		}
		_, err = w.reads(a.ID)
		refused(w.t, "read before it is published", err, fault.NotFound)
		_, err = w.publish("officer BN", a, "")
		refused(w.t, "published by an officer", err, fault.Forbidden)
		for range 2 { // twice changes nothing
			a, err = w.publish("leader BN", a, "")
			w.OK(err)
		}
		if a.Version != 1 || a.Slug != "giao-ban-truc-tuyen-ve-dai-hoi" {
			w.t.Errorf("published: %+v", a)
		}
		fixed := morning
		fixed.Headline = "Giao ban trực tuyến về đại hội các cấp"
		a, err = w.save("officer BN", a, fixed)
		w.OK(err)
		if p, err := w.reads(a.ID); err != nil || !p.Text.Same(morning) {
			w.t.Errorf("the public reads %+v (%v) before the correction", p, err)
		}
		_, err = w.publish("leader BN", a, "")
		refused(w.t, "corrected without a note", err, fault.Invalid, "note")
		a, err = w.publish("leader BN", a, "Sửa tít.")
		w.OK(err)
		p, err := w.reads(a.ID)
		w.OK(err)
		if !p.Text.Same(fixed) || p.Slug != "giao-ban-truc-tuyen-ve-dai-hoi" || len(p.Corrections) != 1 || p.Corrections[0].Note != "Sửa tít." {
			w.t.Errorf("the public reads %+v after the correction", p)
		}
		w.OK(w.View(func(q store.Querier) error {
			list, err := news.Versions(w.t.Context(), q, a.ID)
			if len(list) != 2 || !list[1].Text.Same(morning) {
				w.t.Errorf("the desk has the versions %+v", list)
			}
			return err
		}))
	})
}

func TestTwoWhoWriteAtOnceLoseNothing(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		first, second := morning, morning
		first.Lead, second.Lead = "Sáng 10/7, các văn phòng.", "Ngày 10/7."
		_, err = w.save("leader BN", a, first)
		w.OK(err)
		_, err = w.save("officer BN", a, second)
		refused(w.t, "saved over what somebody else wrote", err, fault.Conflict)
		_, err = w.publish("leader BN", a, "")
		refused(w.t, "published a text that was not read", err, fault.Conflict)
	})
}

func TestWhatCannotBeWrittenIsRefusedAtItsField(t *testing.T) {
	each(t, func(w world) {
		_, err := w.begin("officer BN", "bài", news.Text{Body: strings.Repeat("a", prose.MaxCharacters+1)})
		refused(w.t, "without a headline, with too long a body", err, fault.Invalid, "headline", "body")
		_, err = w.begin("officer QV", "bài", morning)
		refused(w.t, "at another unit's desk", err, fault.Forbidden)
		a, err := w.begin("officer BN", "bài", news.Text{Headline: "Chỉ có tít"})
		w.OK(err)
		_, err = w.publish("leader BN", a, "")
		refused(w.t, "published with a headline alone", err, fault.Invalid, "lead")
		_, err = w.save("officer QV", a, morning)
		refused(w.t, "saved by another unit", err, fault.Forbidden)
		_, err = w.withdraw("leader BN", a, "Nhầm.")
		refused(w.t, "a draft withdrawn", err, fault.Conflict)
	})
}

func TestAWithdrawnArticleIsReadNoMore(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		_, err := w.withdraw("officer BN", a, "Nhầm số liệu.")
		refused(w.t, "by an officer", err, fault.Forbidden)
		_, err = w.withdraw("leader BN", a, " ")
		refused(w.t, "without a reason", err, fault.Invalid, "reason")
		for range 2 { // twice changes nothing
			a, err = w.withdraw("leader BN", a, "Nhầm số liệu.")
			w.OK(err)
		}
		_, err = w.reads(a.ID)
		refused(w.t, "read", err, fault.NotFound)
		_, err = w.save("officer BN", a, news.Text{Headline: "Lại"})
		refused(w.t, "written on", err, fault.Conflict)
		w.OK(w.View(func(q store.Querier) error {
			list, _, err := news.Newest(w.t.Context(), q, 0)
			if len(list) != 0 {
				w.t.Errorf("the front page has %+v", list)
			}
			return err
		}))
	})
}
