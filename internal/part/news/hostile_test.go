package news_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
)

func (w world) askForMine(address, check string) error {
	return w.Try(func(tx *ledger.Tx) error {
		return news.AskForMine(w.t.Context(), tx, news.AskCommand{Address: address, Check: check})
	})
}

// asked gives the subjects of the events by which a link to all that an address wrote was asked for.
func (w world) asked() (subjects []string) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		rows, err := q.QueryContext(w.t.Context(), `SELECT subject FROM event WHERE kind = $1 ORDER BY position`, news.ReaderAsked)
		w.OK(err)
		defer rows.Close()
		for rows.Next() {
			var subject string
			w.OK(rows.Scan(&subject))
			subjects = append(subjects, subject)
		}
		return rows.Err()
	}))
	return subjects
}

func TestACheckLetsInOneReaderAlone(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		mine := news.SendCommand{Article: a.ID, Check: "một", Name: "Minh An", Text: "Đường hỏng."}
		first, err := w.send(mine)
		w.OK(err)
		again, err := w.send(mine)
		w.OK(err)
		if again.ID != first.ID {
			w.t.Errorf("sent again it is comment %d, want %d", again.ID, first.ID)
		}
		other := mine
		other.Name, other.Text = "Hải Yến", "Trường thiếu lớp."
		_, err = w.send(other) // must not be told that it was sent
		refused(w.t, "another's words with the same check", err, fault.Invalid, "code")
		other.Check = "hai"
		_, err = w.send(other)
		w.OK(err)
	})
}

func TestWhoDecidesSecondIsToldOfTheFirst(t *testing.T) {
	each(t, func(w world) {
		c, err := w.send(news.SendCommand{Article: w.published().ID, Check: "một", Name: "Minh An", Text: "Đường hỏng."})
		w.OK(err)
		_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, Seen: news.Waiting, To: news.Refused, Reason: "Ngoài chủ đề."})
		w.OK(err)
		_, err = w.decide("leader BN", news.DecideCommand{Comment: c.ID, Seen: news.Waiting, To: news.Shown})
		refused(w.t, "shown by who saw it wait", err, fault.Conflict)
		_, err = w.decide("leader BN", news.DecideCommand{Comment: c.ID, Seen: news.Refused, To: news.Shown})
		w.OK(err)
		_, err = w.decide("officer BN", news.DecideCommand{Comment: c.ID, Seen: news.Waiting, To: news.Shown, Reply: "Cảm ơn bạn."}) // both want the same
		w.OK(err)
	})
}

func TestAnAddressIsWrittenToSeldomAndTheLogTellsNobodyWhetherItWrote(t *testing.T) {
	each(t, func(w world) {
		c, err := w.send(news.SendCommand{Article: w.published().ID, Check: "một", Name: "Minh An", Email: "an@example.vn", Text: "Đường hỏng."})
		w.OK(err)
		reader := w.readerOf(c)
		ask := func(n int, address string) { w.OK(w.askForMine(address, fmt.Sprint("hỏi ", n, address))) }
		for n := range 5 { // five hours
			ask(n, "An@example.vn")
			ask(n, "nobody@example.vn")
			w.Clock.Advance(time.Hour + time.Second)
		}
		subject := fmt.Sprint(news.Readers, reader)
		want := append([]string{subject}, slices.Repeat([]string{news.Readers + "0"}, 9)...)
		if got := w.asked(); !slices.Equal(got, want) {
			w.t.Errorf("an address that nobody confirmed: asked for %v, want %v", got, want)
		}
		w.OK(w.confirm(reader))
		ask(6, "an@example.vn")
		if all := w.asked(); all[len(all)-1] != subject {
			w.t.Errorf("one that was confirmed: asked for %v", all)
		}
	})
}

func TestNoAddressCarriesMoreThanItself(t *testing.T) {
	w := world{officetest.New(t, t.TempDir()+"/giaoban.db"), t}
	a := w.published()
	for i, address := range []string{
		"an@example.vn\r\nBcc: all@example.vn", "an@example.vn\nSubject: x", "an@example.vn, b@example.vn", "An <an@example.vn>", `"an\r\n"@example.vn`,
		`"a b"@example.vn`, "an@example.vn;b@example.vn", "an@example.vn\x00", "an@", "@example.vn", "an", "an@example.vn (ghi chú)", "a\u202en@example.vn", "a\u200bn@example.vn", strings.Repeat("a", 250) + "@example.vn",
	} {
		_, err := w.send(news.SendCommand{Article: a.ID, Check: fmt.Sprint(i), Name: "Minh An", Email: address, Text: fmt.Sprint("Ý kiến ", i)})
		refused(t, fmt.Sprintf("%q in a comment", address), err, fault.Invalid, "email")
		refused(t, fmt.Sprintf("%q for a link", address), w.askForMine(address, fmt.Sprint("hỏi ", i)), fault.Invalid, "email")
	}
}

func TestNamesAndWordsAreWhatTheyLookLike(t *testing.T) {
	w := world{officetest.New(t, t.TempDir()+"/giaoban.db"), t}
	a := w.published()
	for i, name := range []string{"\u200b\u200d\u2060", "\u202e\u2066", "\x00\x1b\x7f", " \t\r\n", strings.Repeat("n", 10_000)} {
		_, err := w.send(news.SendCommand{Article: a.ID, Check: fmt.Sprint(i), Name: name, Text: fmt.Sprint("Ý kiến ", i)})
		refused(t, fmt.Sprintf("the name %.20q", name), err, fault.Invalid, "name")
	}
	c, err := w.send(news.SendCommand{Article: a.ID, Check: "a", Name: "Ban\u202e biên\r\ntập\u200b", Text: "Đường\u202e hỏng\u0007.\u2066 Xin \ufeffsửa."})
	w.OK(err)
	if c.Name != "Ban biên tập" || string(c.Text) != "Đường hỏng . Xin sửa." && string(c.Text) != "Đường hỏng. Xin sửa." {
		t.Errorf("kept %q: %q", c.Name, c.Text)
	}
	same, err := w.send(news.SendCommand{Article: a.ID, Check: "b", Name: "Ban biên tập", Text: string(c.Text)}) // decomposed
	w.OK(err)
	if same.ID != c.ID {
		t.Errorf("the other normal form is comment %d, want %d", same.ID, c.ID)
	}
}

// What is sent with an address while its owner has it erased is erased with the rest, or
// is a new reader's: nothing is left whose payload stays and whose row is empty.
func TestErasureAndCommentsAtTheSameMoment(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		first, err := w.send(news.SendCommand{Article: a.ID, Check: "đầu", Name: "Minh An", Email: "an@example.vn", Text: "Đầu."})
		w.OK(err)
		var group sync.WaitGroup
		for i := range 6 {
			group.Go(func() {
				_, err := w.send(news.SendCommand{Article: a.ID, Check: fmt.Sprint(i), Name: "Minh An", Email: "an@example.vn", Text: fmt.Sprint("Ý kiến ", i)})
				if err != nil {
					w.t.Error(err)
				}
			})
		}
		group.Go(func() {
			err := w.Try(func(tx *ledger.Tx) error {
				_, err := news.EraseReader(w.t.Context(), tx, 1, "Bạn đọc yêu cầu")
				return err
			})
			if err != nil {
				w.t.Error(err)
			}
		})
		group.Wait()
		w.OK(w.View(func(q store.Querier) error {
			events, err := ledger.About(w.t.Context(), q, news.Subject(a.ID))
			for _, e := range events {
				if e.Kind != news.CommentSent || e.Payload == nil {
					continue
				}
				var sent news.Sent
				w.OK(e.Decode(&sent))
				c, err := news.FindComment(w.t.Context(), q, sent.Comment)
				w.OK(err)
				if c.Email == "" || c.ID == first.ID {
					w.t.Errorf("comment %d is erased and its payload stays: %+v", c.ID, sent)
				}
			}
			return err
		}))
	})
}

func TestADeskSaysWhetherAnAddressIsNeededAndHowLongOriginsAreKept(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		for _, days := range []int{0, -1, 91} {
			rules := strict
			rules.Kept = days
			_, err := w.rules("officer BN", rules)
			refused(w.t, fmt.Sprint(days, " days"), err, fault.Invalid, "kept")
		}
		rules := strict
		rules.Kept, rules.Email = 2, true
		_, err := w.rules("officer BN", rules)
		w.OK(err)
		cmd := news.SendCommand{Article: a.ID, Check: "một", Name: "Minh An", Text: "Đường hỏng.", Origin: "nhà"}
		_, err = w.send(cmd)
		refused(w.t, "without an address", err, fault.Invalid, "email")
		cmd.Email = "an@example.vn"
		_, err = w.send(cmd)
		w.OK(err)
		for _, want := range []int64{0, 1} {
			w.Clock.Advance(24*time.Hour + time.Second)
			if n, err := news.ForgetOrigins(w.t.Context(), w.Ledger.DB(), w.Clock.Now()); err != nil || n != want {
				w.t.Errorf("forgot %d (%v), want %d", n, err, want)
			}
		}
	})
}
