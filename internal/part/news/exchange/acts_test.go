package exchange_test

import (
	"strings"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

// sent are the opinions that an installation has on an article in a state.
func (s *side) sent(article int64, state news.CommentState) (list []news.Comment) {
	s.t.Helper()
	s.OK(s.View(func(q store.Querier) error {
		all, err := news.Collected(s.Ctx(), q, article)
		for _, c := range all {
			if c.State == state {
				list = append(list, c)
			}
		}
		return err
	}))
	return list
}

// one draws an opinion in a state, of an article that is drawn; false where there is none.
func (c *carrying) one(t *rapid.T, s *side, state news.CommentState) (news.Comment, bool) {
	if len(c.articles) == 0 {
		return news.Comment{}, false
	}
	list := s.sent(rapid.SampledFrom(c.articles).Draw(t, "article"), state)
	if len(list) == 0 {
		return news.Comment{}, false
	}
	return rapid.SampledFrom(list).Draw(t, "opinion"), true
}

// answers has a reader answer an opinion that is shown.
func (c *carrying) answers(t *rapid.T) {
	if one, ok := c.one(t, c.public, news.Shown); ok {
		c.sendsOn(t, one.Article, one.ID)
	}
}

// cuts has the desk cut a passage of what is shown already.
func (c *carrying) cuts(t *rapid.T) {
	one, ok := c.one(t, c.inside, news.Shown)
	if !ok {
		return
	}
	_, err := act(c.inside, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
		return news.Cut(c.inside.Ctx(), tx, actor, news.CutCommand{Comment: one.ID, Passage: "đại"})
	})
	c.inside.OK(err)
}

func (c *carrying) reopens(t *rapid.T) {
	one, ok := c.one(t, c.inside, rapid.SampledFrom([]news.CommentState{news.Shown, news.Refused}).Draw(t, "state"))
	if !ok {
		return
	}
	_, err := act(c.inside, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
		return news.Reopen(c.inside.Ctx(), tx, actor, one.ID)
	})
	c.inside.OK(err)
}

// takesBack has a reader take an opinion back where it was sent, whatever became of it.
func (c *carrying) takesBack(t *rapid.T) {
	one, ok := c.one(t, c.public, rapid.SampledFrom([]news.CommentState{news.Waiting, news.Shown, news.Refused}).Draw(t, "state"))
	if !ok {
		return
	}
	c.public.Update(func(tx *ledger.Tx) error {
		_, err := news.TakeBack(c.public.Ctx(), tx, one.ID)
		return err
	})
	c.gone = append(c.gone, number(one))
}

// number is how an opinion ends, whatever the desk cut of it: no other ends so.
func number(one news.Comment) string { return strings.TrimPrefix(string(one.Text), "đại ") }

// erases has the one reader there is have everything erased.
func (c *carrying) erases(t *rapid.T) {
	if rapid.IntRange(0, 3).Draw(t, "rarely") > 0 {
		return
	}
	c.public.erases(c)
}

func (s *side) erases(c *carrying) {
	s.t.Helper()
	s.Update(func(tx *ledger.Tx) error {
		var reader int64
		err := tx.QueryRowContext(s.Ctx(), `SELECT COALESCE(MAX(id), 0) FROM news_reader WHERE address = 'an@example.vn'`).Scan(&reader)
		if err != nil || reader == 0 {
			return err
		}
		list, err := news.SentBy(s.Ctx(), tx, reader)
		if err != nil {
			return err
		}
		for _, one := range list {
			if one.Text != "" {
				c.gone, c.erased = append(c.gone, number(one)), append(c.erased, number(one))
			}
		}
		_, err = news.EraseReader(s.Ctx(), tx, reader, "Theo yêu cầu.")
		return err
	})
}

// knows counts the rows in which an installation has the words of a reader.
func (s *side) knows(said string) (n int) {
	s.t.Helper()
	s.OK(s.View(func(q store.Querier) error {
		return q.QueryRowContext(s.Ctx(), `SELECT (SELECT COUNT(*) FROM news_comment WHERE text LIKE $1) + (SELECT COUNT(*) FROM event_payload WHERE payload LIKE $1)`, "%"+said+"%").Scan(&n)
	}))
	return n
}

func (c *carrying) dresses(t *rapid.T) {
	c.inside.dresses(news.SetSiteCommand{Name: rapid.SampledFrom([]string{"", "Cổng tin", "Trang tin"}).Draw(t, "name"), Colour: rapid.SampledFrom([]string{"", "#1a4f8b"}).Draw(t, "colour")})
}

func (s *side) dresses(cmd news.SetSiteCommand) {
	s.t.Helper()
	_, err := act(s, "leader TW", func(tx *ledger.Tx, actor access.Actor) (news.Site, error) {
		return news.SetSite(s.Ctx(), tx, actor, cmd)
	})
	s.OK(err)
}

// files has the desk keep categories, in some order.
func (c *carrying) files(t *rapid.T) {
	lists := [][]string{nil, {"Đời sống", "Xây dựng Đảng"}, {"Xây dựng Đảng", "Văn hóa", "Đời sống"}, {"Văn hóa", "Xây dựng Đảng"}}
	c.inside.keeps(rapid.SampledFrom(lists).Draw(t, "categories"))
}

func (s *side) keeps(names []string) {
	s.t.Helper()
	_, err := act(s, "officer BN", func(tx *ledger.Tx, actor access.Actor) ([]news.DeskCategory, error) {
		cmd := news.CategoriesCommand{Unit: s.Units["BN"]}
		before, err := news.CategoriesOf(s.Ctx(), tx, cmd.Unit)
		if err != nil {
			return nil, err
		}
		for _, k := range before {
			cmd.Read = append(cmd.Read, k.Name)
		}
		for _, name := range names {
			cmd.List = append(cmd.List, news.CategoryEntry{Name: name})
		}
		return news.SetCategories(s.Ctx(), tx, actor, cmd)
	})
	s.OK(err)
}

func (c *carrying) closes(t *rapid.T) {
	if len(c.articles) == 0 {
		return
	}
	article, open := rapid.SampledFrom(c.articles).Draw(t, "article"), rapid.Bool().Draw(t, "open")
	_, err := act(c.inside, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.SetOpinions(c.inside.Ctx(), tx, actor, article, open)
	})
	c.inside.OK(err)
}

// schedules has an article become public by itself, between two bundles.
func (c *carrying) schedules(*rapid.T) {
	text := morning
	text.Headline, text.Category, text.Tags = c.next(), "Đời sống", []string{"đại hội", "nông thôn"}
	a, err := act(c.inside, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Begin(c.inside.Ctx(), tx, actor, news.BeginCommand{Key: text.Headline, Unit: c.inside.Units["BN"], Text: text})
	})
	if fault.Is(err, fault.Invalid) { // the desk keeps categories, and this is none
		return
	}
	c.inside.OK(err)
	due := c.inside.Clock.Now().Add(time.Hour)
	_, err = act(c.inside, "leader BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Schedule(c.inside.Ctx(), tx, actor, news.StageCommand{Article: a.ID, Revision: a.Revision, At: due})
	})
	c.inside.OK(err)
	c.exports()
	c.inside.Clock.Set(due)
	c.inside.Update(func(tx *ledger.Tx) error {
		_, err := news.PublishDue(c.inside.Ctx(), tx, access.Program(c.inside.Tree), nil)
		return err
	})
	c.articles = append(c.articles, a.ID)
}
