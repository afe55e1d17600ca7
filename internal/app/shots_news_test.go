package app_test

import (
	"fmt"
	"os"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/news"
)

// TestShotsOfNews takes the public page, in the dark too, and what a desk does: texts, what
// was corrected, readers' opinions, categories.
func TestShotsOfNews(t *testing.T) {
	folder := os.Getenv("GIAOBAN_SHOTS")
	s := serveDemo(t, "")
	article := corrected(t, s)
	languages := []string{"vi", "en"}
	if folder == "" {
		languages = languages[:1]
	}
	for _, lang := range languages {
		reader := camera{browser.New(t), folder, lang}
		reader.each(t, s.url, []shot{
			{"news-front", "/news/"},
			{"news-article", "/news/1"},
			{"news-corrected", fmt.Sprint("/news/", article)},
			{"news-search", "/news/search?q=dai+hoi"},
			{"news-archive", "/news/archive"},
			{"news-board", "/news/board/1"},
			{"news-dark", "/news/1?theme=dark"},
		})
		editor := camera{s.person(t, "trunguong"), folder, lang}
		editor.each(t, s.url, []shot{
			{"desk", "/desk"},
			{"desk-new", "/desk/new"},
			{"desk-write", fmt.Sprint("/desk/", article)},
			{"desk-changes", fmt.Sprintf("/desk/%d/changes", article)},
			{"desk-categories", "/desk/categories"},
			{"desk-opinions", "/opinions"},
			{"desk-rules", "/opinions/rules"},
			{"desk-boards", "/public-boards"},
		})
	}
}

// each takes pages that an address leads to.
func (c camera) each(t *testing.T, site string, pages []shot) {
	t.Helper()
	c.Go(site + "/news/?lang=" + c.lang)
	for _, page := range pages {
		c.Go(site + page.path)
		c.shoot(t, page.name)
	}
}

// corrected is an article of the centre's desk that was corrected once, and on whose text
// the desk writes again.
func corrected(t *testing.T, s served) int64 {
	t.Helper()
	ctx, program := t.Context(), access.Program(s.Tree)
	root, _ := s.Tree.Root()
	text := news.Text{
		Source: "VPTW", Category: "Xây dựng Đảng", Authors: []string{"P.V."}, Tags: []string{"Đại hội đảng bộ các cấp"}, Headline: "Bắc Ninh hoàn thành đại hội đảng bộ cấp trên cơ sở",
		Lead: "Ngày 9/7, đảng bộ cuối cùng của tỉnh Bắc Ninh bế mạc đại hội.",
		Body: "Toàn tỉnh có 11 đảng bộ cấp trên cơ sở; các đại hội đều bảo đảm đúng tiến độ.\n\nĐại hội Đảng bộ tỉnh dự kiến họp trong tháng 9.",
	}
	var a news.Article
	save := func(tx *ledger.Tx, note string, publish bool) (err error) {
		a, err = news.Save(ctx, tx, program, news.SaveCommand{Article: a.ID, Revision: a.Revision, Text: text})
		if err == nil && publish {
			a, err = news.Publish(ctx, tx, program, news.PublishCommand{Article: a.ID, Revision: a.Revision, Note: note})
		}
		return err
	}
	_, err := s.Ledger.Update(ctx, "program", func(tx *ledger.Tx) (err error) {
		if a, err = news.Begin(ctx, tx, program, news.BeginCommand{Key: "đính chính", Unit: root.ID, Text: text}); err != nil {
			return err
		}
		if err := save(tx, "", true); err != nil {
			return err
		}
		text.Lead = "Ngày 10/7, đảng bộ cuối cùng của tỉnh Bắc Ninh bế mạc đại hội."
		if err := save(tx, "Ngày bế mạc là 10/7, không phải 9/7.", true); err != nil {
			return err
		}
		text.Body += "\n\nĐại biểu trẻ chiếm 13,5 %."
		return save(tx, "", false)
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}
