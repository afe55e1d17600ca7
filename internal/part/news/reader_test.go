package news_test

import (
	"database/sql"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

// readerOf is the number of the address that a comment was sent with, by its event.
func (w world) readerOf(c news.Comment) (id int64) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		events, err := ledger.About(w.t.Context(), q, news.Subject(c.Article))
		for _, e := range events {
			var sent news.Sent
			if e.Kind == news.CommentSent && e.Payload != nil {
				w.OK(e.Decode(&sent))
				if sent.Comment == c.ID {
					id = sent.Reader
				}
			}
		}
		return err
	}))
	return id
}

func (w world) confirm(reader int64) error {
	return w.Try(func(tx *ledger.Tx) error {
		_, err := news.Confirm(w.t.Context(), tx, reader)
		return err
	})
}

func (w world) takeBack(comment int64) (c news.Comment, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		c, err = news.TakeBack(w.t.Context(), tx, comment)
		return err
	})
	return c, err
}

// toTell asks who is to hear of a comment, or of all of a reader, because of event 7.
func (w world) toTell(comment, reader int64) (told int64) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		told, err = news.ToTell(w.t.Context(), tx, comment, reader, 7)
		return err
	})
	return told
}

// proves verifies the log, with so many payloads erased.
func (w world) proves(erased int) {
	w.t.Helper()
	key, err := ledger.LoadKey(w.t.TempDir())
	w.OK(err)
	db := w.Ledger.DB()
	head, _, err := ledger.Head(w.t.Context(), db.Reader())
	w.OK(err)
	w.OK(db.Update(w.t.Context(), func(tx *sql.Tx) error { return ledger.Grow(w.t.Context(), tx, key.Signer, head) }))
	w.OK(db.View(w.t.Context(), func(tx *sql.Tx) error {
		result, err := ledger.Verify(w.t.Context(), tx, key.Verifier, func(ledger.Event) error { return nil })
		if len(result.Findings) > 0 || len(result.Erased) != erased {
			w.t.Errorf("verified: %+v, want %d erased and nothing found", result, erased)
		}
		return err
	}))
}

func TestAReaderIsToldOnceAndOnlyAtAnAddressThatWasConfirmed(t *testing.T) {
	each(t, func(w world) {
		article := w.published().ID
		_, err := w.send(news.SendCommand{Article: article, Check: "không", Name: "An", Text: "Tốt.", Tell: true})
		refused(w.t, "to be told nowhere", err, fault.Invalid, "email")
		c, err := w.send(news.SendCommand{Article: article, Check: "một", Name: "An", Email: "An@example.vn", Text: "Tốt.", Tell: true})
		w.OK(err)
		quiet, err := w.send(news.SendCommand{Article: article, Check: "hai", Name: "An", Email: "an@Example.vn", Text: "Không cần báo."})
		w.OK(err)
		reader := w.readerOf(c)
		if other := w.readerOf(quiet); reader == 0 || other != reader {
			w.t.Fatalf("in other capitals the address is reader %d, want %d", other, reader)
		}
		if told := w.toTell(c.ID, 0); told != 0 {
			w.t.Errorf("reader %d hears of a comment that waits", told)
		}
		for _, one := range []news.Comment{c, quiet} {
			_, err = w.decide("officer BN", news.DecideCommand{Comment: one.ID, To: news.Shown})
			w.OK(err)
		}
		if told := w.toTell(c.ID, 0); told != 0 {
			w.t.Errorf("reader %d hears at an address that nobody confirmed", told)
		}
		for range 2 {
			w.OK(w.confirm(reader))
		}
		refused(w.t, "confirmed for nobody", w.confirm(reader+1), fault.NotFound)
		for i, want := range []int64{reader, 0} {
			if told := w.toTell(0, reader); told != want {
				w.t.Errorf("the %d. time reader %d hears, want %d", i+1, told, want)
			}
		}
		w.OK(w.View(func(q store.Querier) error {
			list, err := news.ToldBy(w.t.Context(), q, reader, 7)
			if len(list) != 1 || list[0].ID != c.ID {
				w.t.Errorf("the reader hears of %+v, want comment %d alone", list, c.ID)
			}
			return err
		}))
	})
}

func TestAnAddressIsAskedOnceADayAndThreeTimesInAll(t *testing.T) {
	each(t, func(w world) {
		c, err := w.send(news.SendCommand{Article: w.published().ID, Check: "một", Name: "An", Email: "an@example.vn", Text: "Tốt.", Tell: true})
		w.OK(err)
		reader, asked := w.readerOf(c), 0
		for hour := range 24 * 6 {
			w.Update(func(tx *ledger.Tx) error {
				asks, err := news.MayAsk(w.t.Context(), tx, reader, w.Clock.Now())
				if asks {
					asked++
				}
				if want := min(hour/24+1, 3); asked > want {
					w.t.Errorf("asked %d times in %d hours, want %d", asked, hour, want)
				}
				return err
			})
			w.Clock.Advance(time.Hour)
		}
		if asked != 3 {
			w.t.Errorf("asked %d times, want 3", asked)
		}
	})
}

func TestWhoSentACommentTakesItBack(t *testing.T) {
	each(t, func(w world) {
		cmd := news.SendCommand{Article: w.published().ID, Check: "một", Name: "An", Email: "an@example.vn", Text: "Tốt."}
		c, err := w.send(cmd)
		w.OK(err)
		_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Shown})
		w.OK(err)
		for range 2 {
			c, err = w.takeBack(c.ID)
			w.OK(err)
		}
		if shown := w.opinions(c.Article); len(shown) != 0 || c.State != news.TakenBack {
			w.t.Errorf("taken back it is %s, and %q are shown", c.State, shown)
		}
		for what, try := range map[string]func() (news.Comment, error){
			"shown": func() (news.Comment, error) {
				return w.decide("officer BN", news.DecideCommand{Comment: c.ID, To: news.Shown})
			},
			"reopened": func() (news.Comment, error) { return w.reopen("officer BN", c.ID) },
			"cut":      func() (news.Comment, error) { return w.cut("officer BN", c.ID, "Tốt.") },
			"sorted":   func() (news.Comment, error) { return w.sort("officer BN", c.ID, "Khen") },
			"handed over": func() (news.Comment, error) {
				return w.handOver("officer BN", news.HandOverCommand{Comment: c.ID, About: w.Units["QV"], Kind: "personnel", Title: "Khen", Obstacle: "Tốt."})
			},
		} {
			_, err := try()
			refused(w.t, what+" after it was taken back", err, fault.Conflict)
		}
		cmd.Check = "hai"
		again, err := w.send(cmd)
		w.OK(err)
		if again.ID == c.ID {
			w.t.Error("sent again, it is the one that was taken back")
		}
	})
}

func TestWhatAnAddressWroteIsErasedAndTheLogStillVerifies(t *testing.T) {
	each(t, func(w world) {
		article := w.published().ID
		mine, err := w.send(news.SendCommand{Article: article, Check: "một", Name: "Minh Ân", Email: "an@example.vn", Text: "Số nhà tôi là 5."})
		w.OK(err)
		other, err := w.send(news.SendCommand{Article: article, Check: "hai", Name: "Hải Yến", Email: "yen@example.vn", Text: "Tốt."})
		w.OK(err)
		for _, id := range []int64{mine.ID, other.ID} {
			_, err = w.decide("officer BN", news.DecideCommand{Comment: id, To: news.Shown})
			w.OK(err)
		}
		reader := w.readerOf(mine)
		erase := func(reason string) (n int, err error) {
			err = w.Try(func(tx *ledger.Tx) error {
				n, err = news.EraseReader(w.t.Context(), tx, reader, reason)
				return err
			})
			return n, err
		}
		_, err = erase(" ")
		refused(w.t, "without a reason", err, fault.Invalid, "reason")
		n, err := erase("Bạn đọc yêu cầu.")
		w.OK(err)
		if n != 1 {
			w.t.Errorf("%d comments are erased, want 1", n)
		}
		_, err = erase("Bạn đọc yêu cầu.")
		refused(w.t, "erased twice", err, fault.NotFound)
		w.proves(1)
		if shown := w.opinions(article); len(shown) != 1 || shown[0] != "Tốt." {
			w.t.Errorf("readers are shown %q", shown)
		}
		w.OK(w.View(func(q store.Querier) error {
			c, err := news.FindComment(w.t.Context(), q, mine.ID)
			if c.Name != "" || c.Email != "" || c.Text != "" || c.State != news.TakenBack {
				w.t.Errorf("the row keeps %+v", c)
			}
			return err
		}))
		for query, what := range map[string]string{`SELECT COUNT(*) FROM event_payload WHERE payload LIKE $1`: "payloads", `SELECT COUNT(*) FROM news_reader WHERE address LIKE $1`: "addresses"} {
			for address, want := range map[string]int{"%an@example.vn%": 0, "%yen@example.vn%": 1} {
				var n int
				w.OK(w.View(func(q store.Querier) error { return q.QueryRowContext(w.t.Context(), query, address).Scan(&n) }))
				if n != want {
					w.t.Errorf("%d %s are like %s, want %d", n, what, address, want)
				}
			}
		}
		next, err := w.send(news.SendCommand{Article: article, Check: "ba", Name: "An", Email: "an@example.vn", Text: "Lại tôi."})
		w.OK(err)
		if w.readerOf(next) == reader {
			w.t.Error("links to what was erased lead to what is new")
		}
	})
}

func TestALinkIsGoodForOnePurposeOneNumberAndATime(t *testing.T) {
	links, others := news.NewLinks([32]byte{1}), news.NewLinks([32]byte{2})
	purposes := []news.Purpose{news.ToConfirm, news.ToTakeBack, news.ToCollect}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1e9, 4e9).Draw(t, "now"), 0)
		id, p := rapid.Int64Range(1, 1<<60).Draw(t, "id"), rapid.SampledFrom(purposes).Draw(t, "purpose")
		token := links.Make(p, id, now)
		if got, err := links.Read(p, token, now.Add(p.For())); err != nil || got != id {
			t.Fatalf("it names %d (%v), want %d", got, err, id)
		}
		at := rapid.IntRange(0, len(token)-2).Draw(t, "at") // the last letter has bits that say nothing
		changed := []byte(token)
		changed[at] = map[bool]byte{true: 'B', false: 'A'}[changed[at] == 'A']
		refused := func(what string, _ int64, err error) {
			if !fault.Is(err, fault.NotFound) {
				t.Fatalf("%s: %v, want a fault of kind not-found", what, err)
			}
		}
		got, err := links.Read(p, token, now.Add(p.For()+time.Second))
		refused("late", got, err)
		got, err = others.Read(p, token, now)
		refused("of another installation", got, err)
		got, err = links.Read(p, string(changed), now)
		refused("changed", got, err)
		for _, other := range purposes {
			if other != p {
				got, err = links.Read(other, token, now)
				refused("for "+string(other), got, err)
			}
		}
	})
}
