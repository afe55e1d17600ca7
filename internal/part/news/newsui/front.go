package newsui

import (
	"strconv"

	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// Addresses of the public page.
const (
	frontPath   = "/news/"
	archivePath = "/news/archive"
	searchPath  = "/news/search"
)

// Bounds of the front page.
const (
	mostAbove   = 7 // of the first page, above the categories
	mostBlocks  = 6 // categories that show their newest
	mostInBlock = 4
	mostFigures = 5 // public boards
)

// frontPage is what is published, the newest first.
type frontPage struct {
	First      *article // of the first page; nil on others
	Rows       []article
	Categories []label     // in use
	Blocks     []block     // of the first page
	Boards     []boardLine // of the first page, those cleared last
	MoreBoards bool
	turns
}

// turns lead from one page of a list to the next.
type turns struct {
	Newer, Older string // addresses; "" for none
}

// block is the newest of a category.
type block struct {
	label
	Rows []article
}

func (s *screens) showFront(r *web.Request) error {
	skip := skipOf(r)
	var page frontPage
	err := r.View(func(q store.Querier) error {
		list, more, err := news.Newest(r.Context(), q, skip)
		if err != nil {
			return err
		}
		page.turns = turnsOf(r, skip, skip+news.MostOnPage, more)
		if skip == 0 && len(list) > mostAbove {
			list, page.turns = list[:mostAbove], turnsOf(r, 0, mostAbove, true)
		}
		page.Rows = s.all(r, list)
		if err := covers(r, q, page.Rows); err != nil {
			return err
		}
		categories, err := news.Categories(r.Context(), q)
		for _, c := range categories {
			page.Categories = append(page.Categories, label{c})
		}
		if err != nil || skip > 0 {
			return err
		}
		if page.Blocks, err = s.blocks(r, q, page); err != nil {
			return err
		}
		boards, err := news.ShownBoards(r.Context(), q)
		page.Boards, page.MoreBoards = boardLines(r, boards[:min(len(boards), mostFigures)]), len(boards) > mostFigures
		return err
	})
	if err != nil {
		return err
	}
	if skip == 0 && len(page.Rows) > 0 {
		page.First, page.Rows = &page.Rows[0], page.Rows[1:]
	}
	if err := asPublic(r, r.T("newsui.front")); err != nil {
		return err
	}
	r.Layout().Head.Description = r.T("newsui.description")
	r.Share(AnyArticle, AnyBoard)
	return r.Render(s.front, page)
}

// blocks are the categories in use with what is newest of them and does not stand above.
func (s *screens) blocks(r *web.Request, q store.Querier, page frontPage) (list []block, err error) {
	above := map[int64]bool{}
	for _, a := range page.Rows {
		above[a.ID] = true
	}
	for _, c := range page.Categories[:min(len(page.Categories), mostBlocks)] {
		_, newest, _, err := news.Labelled(r.Context(), q, c.Sort, c.Key, 0)
		if err != nil {
			return nil, err
		}
		b := block{label: c}
		for _, p := range newest {
			if !above[p.ID] && len(b.Rows) < mostInBlock {
				b.Rows = append(b.Rows, s.as(r, p))
			}
		}
		if len(b.Rows) > 0 {
			list = append(list, b)
		}
	}
	return list, nil
}

// all are articles as lists show them.
func (s *screens) all(r *web.Request, list []news.Public) (rows []article) {
	for _, p := range list {
		rows = append(rows, s.as(r, p))
	}
	return rows
}

// covers gives articles of a list the pictures that stand for them.
func covers(r *web.Request, q store.Querier, rows []article) (err error) {
	for i := range rows {
		if rows[i].Cover, err = coverOf(r.Context(), q, rows[i].Text); err != nil {
			return err
		}
	}
	return nil
}

// after is the address's word for how many articles stand on newer pages.
const after = "after"

func skipOf(r *web.Request) int {
	skip, _ := strconv.Atoi(r.Query(after)) // none is the first page
	return max(skip, 0)
}

// turnsOf lead from a page of a list to those beside it, the older one from next; they
// keep all else that was asked.
func turnsOf(r *web.Request, skip, next int, more bool) (p turns) {
	at := func(skip int) string {
		query := r.URL.Query()
		query.Del(after)
		if skip > 0 {
			query.Set(after, strconv.Itoa(skip))
		}
		if len(query) == 0 {
			return r.URL.EscapedPath()
		}
		return r.URL.EscapedPath() + "?" + query.Encode()
	}
	if skip > 0 {
		p.Newer = at(max(skip-news.MostOnPage, 0))
	}
	if more {
		p.Older = at(next)
	}
	return p
}
