package letter

import (
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/part/news"
)

// The kinds of letters to readers of the public page, who are nobody here: their After is
// the number of the reader.
const (
	ReaderAsk   Kind = "reader-ask"   // whether the address is the reader's
	ReaderTold  Kind = "reader-told"  // comments are shown
	ReaderLists Kind = "reader-lists" // a link to all that was sent with the address
)

// followReaders writes the letters that readers asked for.
func followReaders(ctx context.Context, tx store.Querier, e ledger.Event) error {
	if e.Payload == nil {
		return nil // it was erased meanwhile
	}
	l := Letter{Cause: e.Position, MadeAt: e.Time}
	var err error
	switch e.Kind {
	case news.CommentSent:
		l.Kind = ReaderAsk
		l.After, err = asksReader(ctx, tx, e)
	case news.CommentShown:
		var shown news.Decided
		if err := e.Decode(&shown); err != nil {
			return err
		}
		l.Kind = ReaderTold
		l.After, err = news.ToTell(ctx, tx, shown.Comment, 0, e.Position)
	case news.ReaderConfirmed, news.ReaderAsked:
		var by news.ReaderAct
		if err := e.Decode(&by); err != nil {
			return err
		}
		l.Kind, l.After = ReaderLists, by.Reader
		if e.Kind == news.ReaderConfirmed {
			l.Kind = ReaderTold
			l.After, err = news.ToTell(ctx, tx, 0, by.Reader, e.Position)
		}
	}
	if err != nil || l.After == 0 {
		return err
	}
	return l.add(ctx, tx)
}

// asksReader gives the reader who is to be asked whether the address of a comment is the
// own; 0 where nobody is.
func asksReader(ctx context.Context, tx store.Querier, e ledger.Event) (int64, error) {
	var sent news.Sent
	if err := e.Decode(&sent); err != nil || !sent.Wants || sent.State == news.Refused || slices.Contains(sent.Met, news.TooMany) {
		return 0, err // many from one place, each with another's address, are no reason to write to them
	}
	asks, err := news.MayAsk(ctx, tx, sent.Reader, e.Time)
	if !asks {
		return 0, err
	}
	return sent.Reader, err
}

// forReader says whether a letter goes to a reader of the public page.
func (k Kind) forReader() bool { return k == ReaderAsk || k == ReaderTold || k == ReaderLists }

// composeReader writes a letter to a reader. What the reader typed stands in none that goes
// to an address of which nobody knows whose it is.
func (c Composer) composeReader(ctx context.Context, q store.Querier, l Letter, now time.Time) (Message, Trouble, error) {
	r, err := news.ReaderByID(ctx, q, l.After)
	if err != nil {
		return Message{}, NoAddress, nil //nolint:nilerr // it was erased meanwhile
	}
	t := func(key string, args ...any) string { return c.Texts.T(text.VI, key, args...) }
	kind := string(l.Kind)
	m := Message{
		ID: fmt.Sprintf("reader.letter-%d.%d@%s", l.ID, l.MadeAt.UnixMicro(), c.host()), Thread: fmt.Sprintf("reader-%d@%s", r.ID, c.host()),
		Address: r.Address, Lang: text.VI, Date: l.MadeAt, Opening: t("letter.dear.reader"), Base: c.Public,
		Subject: t("letter.subject." + kind), Says: t("letter.says." + kind), Link: t("letter.link." + kind), Foot: t("letter.foot.reader"),
	}
	mine := "/news/letters/mine/" + c.Links.Make(news.ToCollect, r.ID, now)
	switch l.Kind {
	case ReaderAsk:
		if !r.Confirmed.IsZero() {
			return Message{}, TooLate, nil
		}
		m.Path = "/news/letters/confirm/" + c.Links.Make(news.ToConfirm, r.ID, now)
	case ReaderLists:
		m.Path = mine
	case ReaderTold:
		list, err := news.ToldBy(ctx, q, r.ID, l.Cause)
		if err != nil || len(list) == 0 {
			return Message{}, TooLate, err // taken back meanwhile
		}
		if err := c.tell(ctx, q, &m, list, now); err != nil {
			return Message{}, NoTrouble, err
		}
		m.Ways = append(m.Ways, Way{t("letter.reader.mine"), mine})
	}
	return m, NoTrouble, nil
}

// tell writes of comments that are shown, each with the way to take it back.
func (c Composer) tell(ctx context.Context, q store.Querier, m *Message, list []news.Comment, now time.Time) error {
	for _, one := range list {
		a, err := news.Get(ctx, q, one.Article)
		if err != nil {
			return err
		}
		m.Facts = append(m.Facts, Fact{line(a.Text.Headline), string(one.Text)})
		m.Path = fmt.Sprintf("/news/%d/%s#opinion-%d", a.ID, a.Slug, one.ID)
		m.Ways = append(m.Ways, Way{c.Texts.T(text.VI, "letter.reader.take-back", "headline", line(a.Text.Headline)), "/news/letters/take-back/" + c.Links.Make(news.ToTakeBack, one.ID, now)})
	}
	return nil
}
