package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news"
)

// articleOf is one that Bac Ninh's desk has published.
func (o *office) articleOf() int64 {
	if written := o.count(`SELECT COALESCE(MIN(id), 0) FROM article WHERE unit_id = $1 AND state = 'published'`, o.home); written != 0 {
		return written
	}
	var a news.Article
	o.update(func(tx *ledger.Tx) (err error) {
		a, err = news.Begin(o.t.Context(), tx, o.program(), news.BeginCommand{Key: fmt.Sprint("bài ", o.next()), Unit: o.home, Text: news.Text{Headline: "Giao ban trực tuyến", Lead: "Sáng 10/7."}})
		if err == nil {
			a, err = news.Publish(o.t.Context(), tx, o.program(), news.PublishCommand{Article: a.ID, Revision: a.Revision})
		}
		return err
	})
	return a.ID
}

// opinion is a reader's, of that article.
func (o *office) opinion() int64 {
	article := o.articleOf()
	if sent := o.count(`SELECT COALESCE(MIN(id), 0) FROM news_comment WHERE article_id = $1`, article); sent != 0 {
		return sent
	}
	var c news.Comment
	o.update(func(tx *ledger.Tx) (err error) {
		c, err = news.Send(o.t.Context(), tx, news.SendCommand{Article: article, Check: fmt.Sprint("đã qua ", o.next()), Name: "Minh An", Text: "Mong công bố tiến độ."})
		return err
	})
	return c.ID
}

// picture is one of Bac Ninh's desk.
func (o *office) picture() string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 480, 320))); err != nil {
		o.t.Fatal(err)
	}
	cut, err := news.TakePicture(o.Files, "Hội trường.png", &b)
	if err != nil {
		o.t.Fatal(err)
	}
	var p news.Picture
	o.update(func(tx *ledger.Tx) (err error) {
		p, err = news.AddPicture(o.t.Context(), tx, o.program(), news.AddPictureCommand{Key: "hội trường", Unit: o.home, Cut: cut})
		return err
	})
	return p.ID
}

// attached is a file of Bac Ninh's article.
func (o *office) attached() string {
	upload, err := o.Files.Take("Kết luận.pdf", strings.NewReader("%PDF-1.7\n%%EOF\n"))
	if err != nil {
		o.t.Fatal(err)
	}
	var a news.Article
	article := o.articleOf()
	o.update(func(tx *ledger.Tx) (err error) {
		a, err = news.AttachFile(o.t.Context(), tx, o.program(), news.AttachFileCommand{Key: "kết luận", Article: article, Upload: upload})
		return err
	})
	return a.Text.Files[0]
}

// publicBoard is one of Bac Ninh, cleared, with a newer moment asked for.
func (o *office) publicBoard() int64 {
	if made := o.count(`SELECT COALESCE(MIN(id), 0) FROM public_board WHERE unit_id = $1`, o.home); made != 0 {
		return made
	}
	ctx := o.t.Context()
	if err := o.CatchUp(ctx); err != nil {
		o.t.Fatal(err)
	}
	var b news.PublicBoard
	o.update(func(tx *ledger.Tx) (err error) {
		b, err = news.AskBoard(ctx, tx, o.program(), news.AskBoardCommand{
			Key: fmt.Sprint("bảng ", o.next()), Unit: o.home, Directive: centrally, Title: "Tiến độ đại hội", Moment: tx.Now(), Boards: o.Boards,
			Cells: []news.BoardCell{{Milestone: milestone, Level: "grassroots"}},
		})
		if err != nil {
			return err
		}
		if b, err = news.ClearBoard(ctx, tx, o.program(), news.ClearBoardCommand{Board: b.ID, Moment: b.AskedFor, Boards: o.Boards}); err != nil {
			return err
		}
		b, err = news.AskNewer(ctx, tx, o.program(), o.Boards, b.ID, tx.Now())
		return err
	})
	return b.ID
}
