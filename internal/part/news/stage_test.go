package news_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

type staging func(tx *ledger.Tx, actor access.Actor, cmd news.StageCommand) (news.Article, error)

func (w world) staging(who string, a news.Article, note string, at time.Time, do func(tx *ledger.Tx, actor access.Actor, cmd news.StageCommand) (news.Article, error)) (news.Article, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return do(tx, actor, news.StageCommand{Article: a.ID, Revision: a.Revision, Note: note, At: at})
	})
}

func (w world) handIn() staging {
	return func(tx *ledger.Tx, actor access.Actor, cmd news.StageCommand) (news.Article, error) {
		return news.HandIn(w.t.Context(), tx, actor, cmd)
	}
}

func (w world) approve() staging {
	return func(tx *ledger.Tx, actor access.Actor, cmd news.StageCommand) (news.Article, error) {
		return news.Approve(w.t.Context(), tx, actor, cmd)
	}
}

func (w world) schedule() staging {
	return func(tx *ledger.Tx, actor access.Actor, cmd news.StageCommand) (news.Article, error) {
		return news.Schedule(w.t.Context(), tx, actor, cmd)
	}
}

func (w world) sendBack(who string, a news.Article, reason string) (news.Article, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.SendBack(w.t.Context(), tx, actor, a.ID, reason)
	})
}

func (w world) unschedule(who string, a news.Article) (news.Article, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Unschedule(w.t.Context(), tx, actor, a.ID)
	})
}

// publishDue has the program publish what is due, and says how many that were.
func (w world) publishDue() (n int) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		n, err = news.PublishDue(w.t.Context(), tx, access.Program(w.Tree), nil)
		return err
	})
	return n
}

func TestATextIsHandedInSentBackAndApproved(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		_, err = w.staging("officer QV", a, "", time.Time{}, w.handIn())
		refused(w.t, "handed in by another unit", err, fault.Forbidden)
		for range 2 { // twice changes nothing
			a, err = w.staging("officer BN", a, "", time.Time{}, w.handIn())
			w.OK(err)
		}
		_, err = w.staging("officer BN", a, "", time.Time{}, w.approve())
		refused(w.t, "approved by its writer", err, fault.Forbidden)
		_, err = w.sendBack("officer BN", a, "Sai.")
		refused(w.t, "sent back by its writer", err, fault.Forbidden)
		_, err = w.sendBack("leader BN", a, " ")
		refused(w.t, "sent back without a reason", err, fault.Invalid, "reason")
		a, err = w.sendBack("leader BN", a, "Thiếu số liệu.")
		w.OK(err)
		if a.Stage != news.SentBack || a.Note != "Thiếu số liệu." {
			w.t.Errorf("sent back: %+v", a)
		}
		_, err = w.sendBack("leader BN", a, "Lại.")
		refused(w.t, "sent back twice", err, fault.Conflict)
		text := morning
		text.Lead = "Sáng 10/7, 11/11 huyện."
		a, err = w.save("officer BN", a, text)
		w.OK(err)
		a, err = w.staging("officer BN", a, "", time.Time{}, w.handIn())
		w.OK(err)
		old := a
		text.Lead = "Sáng 10/7, 10/11 huyện."
		a, err = w.save("officer BN", a, text)
		w.OK(err)
		if a.Stage != news.HandedIn {
			w.t.Errorf("mended while it waits it is %s, want handed in", a.Stage)
		}
		_, err = w.staging("leader BN", old, "", time.Time{}, w.approve())
		refused(w.t, "approved as it was read before", err, fault.Conflict)
		a, err = w.staging("leader BN", a, "", time.Time{}, w.approve())
		w.OK(err)
		a, err = w.publish("officer BN", a, "")
		w.OK(err)
		if a.State != news.Published || a.Stage != news.Writing {
			w.t.Errorf("published by the desk once it was approved: %+v", a)
		}
		_, err = w.staging("leader BN", a, "", time.Time{}, w.approve())
		refused(w.t, "approved though the public reads it", err, fault.Conflict)
	})
}

func TestAnotherWordVoidsAnApproval(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		text := morning
		text.Lead = "Sáng 10/7, sửa."
		a, err := w.save("officer BN", a, text)
		w.OK(err)
		_, err = w.staging("leader BN", a, "", time.Time{}, w.approve())
		refused(w.t, "a correction approved without a note", err, fault.Invalid, "note")
		a, err = w.staging("leader BN", a, "Sửa dẫn đề.", time.Time{}, w.approve())
		w.OK(err)
		a, err = w.save("officer BN", a, text)
		w.OK(err)
		if a.Stage != news.Approved {
			w.t.Errorf("saved without a change it is %s", a.Stage)
		}
		text.Lead = "Chen vào sau khi duyệt."
		a, err = w.save("officer BN", a, text)
		w.OK(err)
		if a.Stage != news.Writing {
			w.t.Errorf("changed after its approval it is %s", a.Stage)
		}
		_, err = w.publish("officer BN", a, "Sửa.")
		refused(w.t, "published with words that nobody approved", err, fault.Forbidden)
	})
}

func TestAScheduledArticleGoesOutAtItsMomentOnce(t *testing.T) {
	each(t, func(w world) {
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		at := w.Clock.Now().Add(2 * time.Hour)
		_, err = w.staging("officer BN", a, "", at, w.schedule())
		refused(w.t, "scheduled without an approval", err, fault.Forbidden)
		_, err = w.staging("leader BN", a, "", w.Clock.Now().Add(-time.Hour), w.schedule())
		refused(w.t, "scheduled for a moment that is past", err, fault.Invalid, "at")
		a, err = w.staging("leader BN", a, "", at, w.schedule())
		w.OK(err)
		w.Clock.Set(at.Add(-10 * time.Minute))
		if n := w.publishDue(); n != 0 {
			w.t.Errorf("%d published before their moment", n)
		}
		a, err = w.unschedule("officer BN", a)
		w.OK(err)
		_, err = w.unschedule("officer BN", a)
		refused(w.t, "unscheduled twice", err, fault.Conflict)
		w.Clock.Set(at.Add(time.Minute))
		if n := w.publishDue(); n != 0 {
			w.t.Errorf("%d published that were not scheduled any more", n)
		}
		at = w.Clock.Now().Add(time.Hour)
		_, err = w.staging("officer BN", a, "", at, w.schedule()) // it is approved
		w.OK(err)
		w.Clock.Set(at)
		if first, second := w.publishDue(), w.publishDue(); first != 1 || second != 0 {
			w.t.Errorf("published %d times and then %d", first, second)
		}
		p, err := w.reads(a.ID)
		if err != nil || !p.Text.Same(morning) || p.Version != 1 {
			w.t.Errorf("the public reads %+v (%v)", p, err)
		}
	})
}

// Whatever a desk does, in whatever order: what the public is given was approved as it
// stands, by somebody who may, and what is scheduled goes out once and not before its
// moment.
func TestNothingGoesOutThatWasNotApproved(t *testing.T) {
	each(t, func(w world) {
		n := 0
		rapid.Check(w.t, func(t *rapid.T) {
			n++
			w.history(t, fmt.Sprint("bài ", n))
		})
	})
}

// desk is what a history knows of its article, by the rules alone.
type desk struct {
	world
	article  news.Article
	approved bool      // the text as it stands
	due      time.Time // zero where it is not scheduled
	versions int64     // that it expects to have been given
}

func (w world) history(t *rapid.T, key string) {
	a, err := w.begin("officer BN", key, morning)
	w.OK(err)
	d := &desk{world: w, article: a}
	who := rapid.SampledFrom([]string{"officer BN", "leader BN", "officer QV"})
	t.Repeat(map[string]func(*rapid.T){
		"save":    func(t *rapid.T) { d.saves(t, who.Draw(t, "who"), rapid.IntRange(0, 3).Draw(t, "lead")) },
		"hand in": func(t *rapid.T) { d.does(w.staging(who.Draw(t, "who"), d.article, "", time.Time{}, w.handIn())) },
		"approve": func(t *rapid.T) { d.approves(t, who.Draw(t, "who"), time.Time{}) },
		"schedule": func(t *rapid.T) {
			d.approves(t, who.Draw(t, "who"), w.Clock.Now().Add(time.Duration(rapid.IntRange(-5, 60).Draw(t, "in"))*time.Minute))
		},
		"unschedule": func(t *rapid.T) {
			if d.does(w.unschedule(who.Draw(t, "who"), d.article)) {
				d.due = time.Time{}
			}
		},
		"send back": func(t *rapid.T) {
			if d.does(w.sendBack(who.Draw(t, "who"), d.article, "Sửa.")) {
				d.approved, d.due = false, time.Time{}
			}
		},
		"publish": func(t *rapid.T) { d.publishes(t, who.Draw(t, "who")) },
		"withdraw": func(t *rapid.T) {
			if rapid.IntRange(0, 9).Draw(t, "really") == 0 && d.does(w.withdraw(who.Draw(t, "who"), d.article, "Gỡ.")) {
				d.approved, d.due = false, time.Time{}
			}
		},
		"wait": func(t *rapid.T) {
			w.Clock.Advance(time.Duration(rapid.IntRange(0, 30).Draw(t, "minutes")) * time.Minute)
			d.comesDue(t)
		},
		"": func(t *rapid.T) {
			if d.article.Version != d.versions {
				t.Errorf("the public was given %d versions, want %d", d.article.Version, d.versions)
			}
		},
	})
}

// does notes what became of the article, unless it was refused.
func (d *desk) does(a news.Article, err error) bool {
	d.t.Helper()
	if err == nil {
		d.article = a
	} else if fault.All(err) == nil {
		d.t.Fatal(err)
	}
	return err == nil
}

func (d *desk) saves(_ *rapid.T, who string, lead int) {
	text, before := morning, d.article.Revision
	text.Lead = fmt.Sprint("Sáng 10/7, lần ", lead)
	if d.does(d.save(who, d.article, text)) && d.article.Revision != before {
		d.approved, d.due = false, time.Time{}
	}
}

// approves approves the text, and schedules it where there is a moment.
func (d *desk) approves(t *rapid.T, who string, at time.Time) {
	do := d.approve()
	if !at.IsZero() {
		do = d.schedule()
	}
	may := who == "leader BN" || who == "officer BN" && d.approved && !at.IsZero()
	if !d.does(d.staging(who, d.article, "Sửa.", at, do)) {
		return
	}
	if !may {
		t.Errorf("%s approved or scheduled what was not approved", who)
	}
	d.approved = true
	if !at.IsZero() {
		d.due = at
	}
}

func (d *desk) publishes(t *rapid.T, who string) {
	before := d.article.Version
	if !d.does(d.publish(who, d.article, "Sửa.")) || d.article.Version == before {
		return
	}
	if who != "leader BN" && !d.approved {
		t.Errorf("%s published what was not approved", who)
	}
	d.versions, d.approved, d.due = d.versions+1, false, time.Time{}
}

// comesDue has the program publish what is due, twice, as two processes would.
func (d *desk) comesDue(t *rapid.T) {
	d.publishDue()
	d.publishDue()
	d.OK(d.View(func(q store.Querier) (err error) {
		d.article, err = news.Get(d.t.Context(), q, d.article.ID)
		return err
	}))
	if d.article.Version == d.versions {
		if !d.due.IsZero() && !d.due.After(d.Clock.Now()) {
			t.Errorf("due at %v and not published at %v", d.due, d.Clock.Now())
		}
		return
	}
	if !d.approved || d.due.IsZero() || d.due.After(d.Clock.Now()) {
		t.Errorf("published at %v though approved is %v and due %v", d.Clock.Now(), d.approved, d.due)
	}
	p, err := d.reads(d.article.ID)
	if err != nil || !p.Text.Same(d.article.Text) {
		t.Errorf("the public reads %+v (%v), want %+v", p.Text, err, d.article.Text)
	}
	d.versions, d.approved, d.due = d.versions+1, false, time.Time{}
}
