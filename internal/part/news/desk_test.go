package news_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

func (w world) revisions(id int64) (list []news.Revision) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		list, err = news.Revisions(w.t.Context(), q, id)
		return err
	}))
	return list
}

func TestWhatOnePersonSavesInOneSittingIsOneRevision(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		text := morning
		for _, lead := range []string{"Sáng.", "Sáng 10/7."} {
			text.Lead = lead + " Bắc Ninh."
			a, err = w.save("officer BN", a, text)
			w.OK(err)
		}
		text.Lead = "Của lãnh đạo."
		a, err = w.save("leader BN", a, text)
		w.OK(err)
		w.Clock.Set(w.Clock.Now().Add(11 * time.Minute))
		text.Lead = "Của lãnh đạo, sau."
		a, err = w.save("leader BN", a, text)
		w.OK(err)
		var leads []string
		for _, one := range w.revisions(a.ID) {
			leads = append(leads, one.Text.Lead)
		}
		if diff := cmp.Diff([]string{"Của lãnh đạo, sau.", "Của lãnh đạo.", "Sáng 10/7. Bắc Ninh."}, leads); diff != "" {
			w.t.Errorf("kept (-want +got):\n%s", diff)
		}
		for range news.MostRevisions + 3 {
			w.Clock.Set(w.Clock.Now().Add(time.Hour))
			text.Lead += "."
			a, err = w.save("leader BN", a, text)
			w.OK(err)
		}
		if kept := w.revisions(a.ID); len(kept) != news.MostRevisions || !kept[0].Text.Same(text) {
			w.t.Errorf("kept %d revisions, want the newest %d", len(kept), news.MostRevisions)
		}
	})
}

func TestADeskGoesOnFromATextThatIsKept(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		text := morning
		text.Lead = "Của lãnh đạo."
		a, err = w.save("leader BN", a, text)
		w.OK(err)
		first := w.revisions(a.ID)[1]
		restore := func(who string, read, from int64) error {
			_, err := act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
				return news.Restore(w.t.Context(), tx, actor, news.RestoreCommand{Article: a.ID, Revision: read, From: from})
			})
			return err
		}
		refused(w.t, "by another unit", restore("officer QV", 2, first.ID), fault.Forbidden)
		refused(w.t, "what is not kept", restore("leader BN", 2, 999), fault.NotFound)
		refused(w.t, "after somebody saved", restore("leader BN", 1, first.ID), fault.Conflict)
		w.OK(restore("leader BN", 2, first.ID))
		var leads []string
		for _, one := range w.revisions(a.ID) {
			leads = append(leads, one.Text.Lead)
		}
		if diff := cmp.Diff([]string{"Sáng 10/7.", "Của lãnh đạo.", "Sáng 10/7."}, leads); diff != "" {
			w.t.Errorf("kept (-want +got):\n%s", diff)
		}
	})
}

// The answer to a save can be lost, and more is typed by then: the page goes on from what it
// read, while everybody else is told.
func TestAPageIsNotInItsOwnWay(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		from := func(who, page string, read int64, lead string) error {
			text := morning
			text.Lead = lead
			_, err := act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
				return news.Save(w.t.Context(), tx, actor, news.SaveCommand{Article: a.ID, Revision: read, Page: page, Text: text})
			})
			return err
		}
		w.OK(from("officer BN", "P", 1, "Một."))
		w.OK(from("officer BN", "P", 1, "Một, hai."))
		w.OK(from("officer BN", "P", 2, "Một, hai, ba."))
		refused(w.t, "another page of the same person", from("officer BN", "Q", 3, "Bốn."), fault.Conflict)
		refused(w.t, "a page without a name", from("officer BN", "", 3, "Bốn."), fault.Conflict)
		w.OK(from("leader BN", "L", 4, "Của lãnh đạo."))
		refused(w.t, "the page, after somebody else", from("officer BN", "P", 4, "Bốn."), fault.Conflict)
		w.OK(from("officer BN", "P", 5, "Bốn."))
		refused(w.t, "the page, from before somebody else", from("officer BN", "P", 4, "Năm."), fault.Conflict)
	})
}

func TestATextThatIsNotTakenIsKeptAside(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		mine := morning
		mine.Lead = "Của tôi."
		aside := func(who string) error {
			_, err := act(w, who, func(tx *ledger.Tx, actor access.Actor) (int, error) {
				return 0, news.SetAside(w.t.Context(), tx, actor, news.SaveCommand{Article: a.ID, Revision: 1, Text: mine})
			})
			return err
		}
		refused(w.t, "by another unit", aside("officer QV"), fault.Forbidden)
		w.OK(aside("officer BN"))
		list := w.revisions(a.ID)
		if len(list) != 2 || !list[0].Aside || !list[0].Text.Same(mine) || list[1].Aside {
			w.t.Errorf("kept %+v", list)
		}
	})
}

func TestWhoHasAnArticleOpenIsSeenUntilTheyLeave(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		now := time.Date(2020, 7, 10, 8, 0, 0, 0, time.UTC)
		open := func(who string) (news.Beat, error) {
			return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Beat, error) {
				return news.Open(w.t.Context(), tx, actor, a.ID, now)
			})
		}
		want := func(who string, others ...string) {
			w.t.Helper()
			beat, err := open(who)
			w.OK(err)
			if diff := cmp.Diff(others, beat.Others); diff != "" || beat.Article.Revision != 1 {
				w.t.Errorf("%s is told of revision %d and (-want +got):\n%s", who, beat.Article.Revision, diff)
			}
		}
		_, err = open("officer QV")
		refused(w.t, "opened by another unit", err, fault.Forbidden)
		want("officer BN")
		want("leader BN", "officer BN")
		want("officer BN", "leader BN")
		now = now.Add(21 * time.Second)
		want("leader BN")
	})
}

func TestChangesAreWordByWord(t *testing.T) {
	older, newer := morning, morning
	older.Lead, newer.Lead = "Sáng 9/7, các văn phòng dự giao ban.", "Sáng 10/7, các tỉnh ủy dự giao ban."
	newer.Tags = []string{"Đại hội"}
	want := []news.Change{
		{Field: "lead", Parts: []news.Part{
			{Kind: news.Kept, Text: "Sáng "},
			{Kind: news.Removed, Text: "9"},
			{Kind: news.Added, Text: "10"},
			{Kind: news.Kept, Text: "/7, các "},
			{Kind: news.Removed, Text: "văn phòng"},
			{Kind: news.Added, Text: "tỉnh ủy"},
			{Kind: news.Kept, Text: " dự giao ban."},
		}},
		{Field: "tags", Parts: []news.Part{{Kind: news.Added, Text: "Đại hội"}}},
	}
	if diff := cmp.Diff(want, news.Changes(older, newer)); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	document, err := morning.Document()
	if err != nil {
		t.Fatal(err)
	}
	document.Blocks[0].Paragraph.Line[0].Bold = true
	bold := morning
	if bold.Body, _, err = document.Field(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]news.Change{{Field: "body"}}, news.Changes(morning, bold)); diff != "" {
		t.Errorf("another form of the same words (-want +got):\n%s", diff)
	}
}

// Whatever two texts say, what is kept and removed is the older one, what is kept and
// added the newer.
func TestChangesHoldBothTexts(t *testing.T) {
	said := rapid.StringOf(rapid.RuneFrom([]rune("aâđ  ,.9\n\U0001F600\u0301")))
	rapid.Check(t, func(t *rapid.T) {
		older, newer := said.Draw(t, "older"), said.Draw(t, "newer")
		from, to := older, older
		for _, change := range news.Changes(news.Text{Lead: older}, news.Text{Lead: newer}) {
			var kept, removed strings.Builder
			for _, part := range change.Parts {
				if part.Kind != news.Added {
					removed.WriteString(part.Text)
				}
				if part.Kind != news.Removed {
					kept.WriteString(part.Text)
				}
			}
			from, to = removed.String(), kept.String()
		}
		if from != older || to != newer {
			t.Errorf("changes from %q to %q hold %q and %q", older, newer, from, to)
		}
	})
}

func TestTextsOfManyWordsAreCompared(t *testing.T) {
	var older, newer strings.Builder
	for i := range 60_000 { // more words than letters below the surrogates
		word := strings.Repeat("a", i%7+1) + string(rune('0'+i%10)) + string(rune(0x4e00+i%20_000)) + string(rune(0x1000+i/100))
		older.WriteString(word + " ")
		newer.WriteString(word + " ")
		if i == 59_990 {
			newer.WriteString("mới ")
		}
	}
	changes := news.Changes(news.Text{Lead: older.String()}, news.Text{Lead: newer.String()})
	if len(changes) != 1 || len(changes[0].Parts) != 3 || changes[0].Parts[1] != (news.Part{Kind: news.Added, Text: "mới "}) {
		t.Errorf("%d changes", len(changes))
	}
}
