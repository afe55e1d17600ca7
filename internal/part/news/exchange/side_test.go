package exchange_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/exchange"
	"giaoban/internal/part/news/prose"
)

// side is one of two installations.
type side struct {
	*officetest.World
	t      testing.TB
	files  string // where the folder is
	folder *file.Folder
	key    ledger.Key
}

func newSide(t testing.TB, url string) *side {
	t.Helper()
	s := &side{World: officetest.New(t, url), t: t, files: t.TempDir()}
	var err error
	s.folder, err = file.OpenFolder(s.files)
	s.OK(err)
	s.key, err = ledger.LoadKey(t.TempDir())
	s.OK(err)
	return s
}

// eachWay runs a test with the inside on one engine and the public side on the other.
func eachWay(t *testing.T, test func(t *testing.T, inside, public *side)) {
	t.Helper()
	sqlite := func(t *testing.T) string { return filepath.Join(t.TempDir(), "giaoban.db") }
	postgres := func(t *testing.T) string { return pgtest.New(t) }
	t.Run("sqlite inside", func(t *testing.T) { test(t, newSide(t, sqlite(t)), newSide(t, postgres(t))) })
	t.Run("postgres inside", func(t *testing.T) { test(t, newSide(t, postgres(t)), newSide(t, sqlite(t))) })
}

func act[R any](s *side, who string, do func(tx *ledger.Tx, actor access.Actor) (R, error)) (result R, err error) {
	err = s.Try(func(tx *ledger.Tx) error {
		result, err = do(tx, s.People[who])
		return err
	})
	return result, err
}

// exports gives a bundle, which is the same each time.
func (s *side) exports(kind exchange.Kind) []byte {
	s.t.Helper()
	bundle, err := s.export(kind)
	s.OK(err)
	again, err := s.export(kind)
	s.OK(err)
	if !bytes.Equal(bundle, again) {
		s.t.Errorf("two bundles of %s of the same state differ", kind)
	}
	return bundle
}

func (s *side) export(kind exchange.Kind) ([]byte, error) {
	var to bytes.Buffer
	err := s.Ledger.DB().View(s.Ctx(), func(tx *sql.Tx) (err error) {
		if kind == exchange.News {
			_, err = exchange.WriteNews(s.Ctx(), tx, s.folder, s.key.Signer, &to)
		} else {
			_, err = exchange.WriteOpinions(s.Ctx(), tx, s.key.Signer, &to)
		}
		return err
	})
	return to.Bytes(), err
}

// imports takes a bundle up, by a key that is given or was given before.
func (s *side) imports(kind exchange.Kind, content []byte, given string) (t exchange.Taken, err error) {
	role := map[exchange.Kind]news.Role{exchange.News: news.Inside, exchange.Opinions: news.Outside}[kind]
	from, key, err := exchange.From(s.Ctx(), s.Ledger.DB().Reader(), role, given, s.key.Public)
	if err != nil {
		return t, err
	}
	bundle, err := exchange.Read(bytes.NewReader(content), int64(len(content)), key)
	if err != nil {
		return t, err
	}
	cmd := exchange.TakeCommand{Bundle: bundle, From: from}
	line := access.CommandLine(s.Tree)
	if kind == exchange.Opinions {
		return t, s.Try(func(tx *ledger.Tx) error {
			t, err = exchange.TakeOpinions(s.Ctx(), tx, line, cmd)
			return err
		})
	}
	if cmd.Files, err = cmd.Place(s.Ctx(), s.Ledger.DB().Reader(), s.folder); err != nil {
		return t, err
	}
	return t, s.Try(func(tx *ledger.Tx) error {
		t, err = exchange.TakeNews(s.Ctx(), tx, line, cmd)
		return err
	})
}

// taken is imports that must succeed.
func (s *side) taken(kind exchange.Kind, content []byte, given string) exchange.Taken {
	s.t.Helper()
	t, err := s.imports(kind, content, given)
	s.OK(err)
	return t
}

// publishes has the desk of Bac Ninh publish a text.
func (s *side) publishes(key string, text news.Text) news.Article {
	s.t.Helper()
	a, err := act(s, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Begin(s.Ctx(), tx, actor, news.BeginCommand{Key: key, Unit: s.Units["BN"], Text: text})
	})
	s.OK(err)
	return s.gives(a, "")
}

func (s *side) gives(a news.Article, note string) news.Article {
	s.t.Helper()
	a, err := act(s, "leader BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Publish(s.Ctx(), tx, actor, news.PublishCommand{Article: a.ID, Revision: a.Revision, Note: note})
	})
	s.OK(err)
	return a
}

// corrects gives an article another headline.
func (s *side) corrects(id int64, headline string) {
	s.t.Helper()
	a, err := act(s, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		a, err := news.Get(s.Ctx(), tx, id)
		if err != nil {
			return a, err
		}
		a.Text.Headline = headline
		return news.Save(s.Ctx(), tx, actor, news.SaveCommand{Article: id, Revision: a.Revision, Text: a.Text})
	})
	s.OK(err)
	s.gives(a, "Sửa tít.")
}

func (s *side) withdraws(id int64) {
	s.t.Helper()
	_, err := act(s, "leader BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
		return news.Withdraw(s.Ctx(), tx, actor, id, "Nhầm số liệu.")
	})
	s.OK(err)
}

// sends has a reader send an opinion.
func (s *side) sends(article, parent int64, check, text string) (news.Comment, error) {
	return act(s, "", func(tx *ledger.Tx, _ access.Actor) (news.Comment, error) {
		return news.Send(s.Ctx(), tx, news.SendCommand{Article: article, Parent: parent, Check: check, Name: "Minh An", Email: "an@example.vn", Text: text})
	})
}

func (s *side) decides(cmd news.DecideCommand) {
	s.t.Helper()
	_, err := act(s, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
		return news.Decide(s.Ctx(), tx, actor, cmd)
	})
	s.OK(err)
}

// queue are the comments that wait at Bac Ninh's desk.
func (s *side) queue(state news.CommentState) (list []news.Comment) {
	s.t.Helper()
	s.OK(s.View(func(q store.Querier) (err error) {
		list, err = news.Queue(s.Ctx(), q, s.Units["BN"], state)
		return err
	}))
	return list
}

// takesPicture uploads a picture at a unit's desk.
func (s *side) takesPicture(unit string) news.Picture {
	s.t.Helper()
	var content bytes.Buffer
	s.OK(png.Encode(&content, image.NewGray(image.Rect(0, 0, 700, 400))))
	cut, err := news.TakePicture(s.folder, "Hội trường.png", &content)
	s.OK(err)
	p, err := act(s, "leader "+unit, func(tx *ledger.Tx, actor access.Actor) (news.Picture, error) {
		return news.AddPicture(s.Ctx(), tx, actor, news.AddPictureCommand{Key: "ảnh", Unit: s.Units[unit], Cut: cut})
	})
	s.OK(err)
	return p
}

// reads is all that the public reads, in words.
func (s *side) reads() string {
	s.t.Helper()
	var said strings.Builder
	s.OK(s.View(func(q store.Querier) error {
		if err := s.wears(&said, q); err != nil {
			return err
		}
		list, err := news.Addresses(s.Ctx(), q, 0)
		if err != nil {
			return err
		}
		for _, at := range list {
			p, err := news.Read(s.Ctx(), q, at.ID)
			if err != nil {
				return err
			}
			text, err := json.Marshal(p.Text)
			if err != nil {
				return err
			}
			fmt.Fprintln(&said, p.ID, p.Slug, p.Version, p.PublishedAt, p.ChangedAt, p.Comments, string(text))
			for _, c := range p.Corrections {
				fmt.Fprintln(&said, " ", c.Version, c.At, c.Note)
			}
			shown, err := news.Opinions(s.Ctx(), q, at.ID)
			if err != nil {
				return err
			}
			for _, c := range shown {
				fmt.Fprintln(&said, "  >", c.Name, c.SentAt, c.Public(), "|", c.Reply, c.RepliedAt, c.Parent != 0)
			}
		}
		found, _, err := news.Seek(s.Ctx(), q, s.Ledger.DB().Engine(), "dai hoi", 0)
		for _, p := range found {
			fmt.Fprintln(&said, "found", p.ID)
		}
		return err
	}))
	return said.String()
}

// wears says how the public page is shown, and which boards it shows.
func (s *side) wears(said *strings.Builder, q store.Querier) error {
	site, err := news.SiteOf(s.Ctx(), q)
	if err != nil {
		return err
	}
	worn, err := json.Marshal(site)
	if err != nil {
		return err
	}
	categories, err := news.Categories(s.Ctx(), q)
	if err != nil {
		return err
	}
	boards, err := news.ShownBoards(s.Ctx(), q)
	if err != nil {
		return err
	}
	fmt.Fprintln(said, "worn", string(worn), categories)
	for _, b := range boards {
		fmt.Fprintln(said, "board", b.Board, b.Version, b.Title, b.Figures)
	}
	return nil
}

func refused(t testing.TB, what string, err error, kind fault.Kind, key string) {
	t.Helper()
	if all := fault.All(err); !fault.Is(err, kind) || all[0].Key != key {
		t.Errorf("%s: %v, want a fault of kind %s, %s", what, err, kind, key)
	}
}

var morning = news.Text{
	Source: "BTV", Category: "Xây dựng Đảng", Headline: "Giao ban trực tuyến về Đại hội", Lead: "Sáng 10/7.", Body: "Đoạn một.\n\nĐoạn hai.",
	Authors: []string{"P.V."}, Tags: []string{"đại hội"},
}

// withPicture is a text that a picture leads, with a file beside it.
func (s *side) withPicture() news.Text {
	s.t.Helper()
	text := morning
	text.Picture = &prose.Picture{File: s.takesPicture("BN").ID, Alt: "Toàn cảnh hội trường"}
	return text
}
