package newsui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// addBoards declares the routes of public boards.
func (s *screens) addBoards(f *web.Frame) {
	s.boards, s.ask, s.board = f.Screen(pages, "page/boards.html"), f.Screen(pages, "page/askboard.html"), f.Screen(pages, "page/board.html")
	s.publicBoard, s.publicBoards = f.Screen(pages, "page/publicboard.html"), f.Screen(pages, "page/figures.html")
	f.Add(
		web.Route{Pattern: "GET /public-boards", Action: access.NewsRead, Handle: s.showBoards},
		web.Route{Pattern: "GET /public-boards/new", Action: access.NewsWrite, Handle: s.showAsk},
		web.Route{Pattern: "POST /public-boards/new", Action: access.NewsWrite, Handle: s.askBoard},
		web.Route{Pattern: "GET /public-boards/{shown}", Action: access.NewsRead, Handle: s.showBoard},
		web.Route{Pattern: "POST /public-boards/{shown}/ask", Action: access.NewsWrite, Handle: s.askNewer},
		web.Route{Pattern: "POST /public-boards/{shown}/clear", Action: access.NewsClear, Handle: s.clearBoard},
		web.Route{Pattern: "POST /public-boards/{shown}/withdraw", Action: access.NewsClear, Handle: s.withdrawBoard},
		web.Route{Pattern: "GET /news/board/{shown}", Action: access.Public, Handle: s.toPublicBoard},
		web.Route{Pattern: "GET /news/boards", Action: access.Public, Handle: s.showPublicBoards, Shared: true},
		web.Route{Pattern: "GET /news/board/{shown}/{slug}", Action: access.Public, Handle: s.showPublicBoard, Shared: true},
		web.Route{Pattern: "GET /news/board/{shown}/picture.svg", Action: access.Public, Handle: s.givePictureOfBoard, Shared: true},
		web.Route{Pattern: "GET /news/board/{shown}/figures.csv", Action: access.Public, Handle: s.giveSheetOfBoard, Shared: true},
	)
}

// boardsPage is the public boards of a unit's desk.
type boardsPage struct {
	Unit tree.Unit
	Rows []boardRow
	Asks bool // the person may ask for another
}

// boardRow is a public board in words.
type boardRow struct {
	news.PublicBoard
	Sign, Word string
}

// Path is where the desk looks after it.
func (b boardRow) Path() string { return boardPath(b.ID) }

func boardPath(id int64) string { return "/public-boards/" + strconv.FormatInt(id, 10) }

func publicBoardPath(id int64, slug string) string {
	return fmt.Sprintf("/news/board/%d/%s", id, slug)
}

func boardRowOf(r *web.Request, b news.PublicBoard) boardRow {
	row := boardRow{b, "none", r.T("newsui.board.state.withdrawn")}
	switch {
	case b.Asked():
		row.Sign, row.Word = "waiting", r.T("newsui.board.state.asked")
	case b.Shown():
		row.Sign, row.Word = "done", r.T("newsui.board.state.shown")
	}
	return row
}

func (s *screens) showBoards(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsRead, unit); err != nil {
		return err
	}
	page := boardsPage{Asks: r.Actor.May(access.NewsWrite, unit) == nil}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	err := r.View(func(q store.Querier) error {
		list, err := news.BoardsAt(r.Context(), q, unit)
		for _, b := range list {
			page.Rows = append(page.Rows, boardRowOf(r, b))
		}
		return err
	})
	if err != nil {
		return err
	}
	s.atBoards(r, unit, "")
	return r.Render(s.boards, page)
}

// atBoards puts the way to a page about public boards above it; title is "" for the list.
func (s *screens) atBoards(r *web.Request, unit tree.UnitID, title string) {
	of := "?unit=" + strconv.FormatInt(int64(unit), 10)
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("newsui.boards"), "/desk"
	layout.Crumb(r.T("newsui.desk"), "/desk"+of)
	if title == "" {
		layout.Crumb(r.T("newsui.boards"), "")
		return
	}
	layout.Title = title
	layout.Crumb(r.T("newsui.boards"), "/public-boards"+of).Crumb(title, "")
}

// askPage is a public board that is asked for.
type askPage struct {
	Unit    tree.Unit
	Form    *web.Form
	Tabs    []tab // of directives, where there are several
	Figures boardChoice
	Moments []web.Option
}

func (s *screens) showAsk(r *web.Request) error { return s.renderAsk(r, r.NewForm("board")) }

func (s *screens) renderAsk(r *web.Request, form *web.Form) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsWrite, unit); err != nil {
		return err
	}
	choice, err := s.figuresFor(r, unit)
	if err != nil {
		return err
	}
	page := askPage{Unit: choice.Unit, Form: form, Moments: choice.Moments}
	at := 0
	for i, one := range choice.Boards {
		if strconv.FormatInt(one.ID, 10) == r.Query("directive") {
			at = i
		}
	}
	for i, one := range choice.Boards {
		page.Tabs = append(page.Tabs, tab{Label: one.Directive, Path: fmt.Sprintf("/public-boards/new?unit=%d&directive=%d", unit, one.ID), Current: i == at})
	}
	if len(choice.Boards) > 0 {
		page.Figures = choice.Boards[at]
	}
	s.atBoards(r, unit, r.T("newsui.board.new"))
	return r.RenderStatus(form.Status(), s.ask, page)
}

func (s *screens) askBoard(r *web.Request) error {
	unit := unitOf(r)
	form, err := r.Posted("board")
	if err != nil {
		return err
	}
	cmd := news.AskBoardCommand{Key: form.Key, Unit: unit, Title: form.Text("title"), Moment: momentOf(r, form), Boards: s.Boards}
	for _, chosen := range form.All("cells") {
		column := strings.Split(chosen, "/")
		if len(column) != 3 {
			return errWhich
		}
		cmd.Directive, _ = strconv.ParseInt(column[0], 10, 64) // none is none that there is
		cmd.Cells = append(cmd.Cells, news.BoardCell{Milestone: column[1], Level: column[2]})
	}
	var b news.PublicBoard
	err = r.Update(func(tx *ledger.Tx) (err error) {
		b, err = news.AskBoard(r.Context(), tx, r.Actor, cmd)
		return err
	})
	if err == nil {
		r.Notice("newsui.board.asked")
		return r.See(boardPath(b.ID))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderAsk(r, form)
}

// momentOf is the moment that was chosen; now where none was.
func momentOf(r *web.Request, form *web.Form) time.Time {
	at, err := time.Parse(time.RFC3339Nano, form.Raw("moment"))
	if err != nil {
		return r.Now()
	}
	return at
}

// boardPage is a public board as its desk has it.
type boardPage struct {
	boardRow
	Of       tree.Unit
	Figures  *shownFigures // that a leader is asked to clear; nil where none is
	Public   string        // where the public reads it; "" where it does not
	Cleared  []news.Cleared
	Clear    *web.Form // nil for who does not
	Withdraw *web.Form
	Ask      *web.Form
	Moments  []web.Option
	AskedFor string // for the form
	Most     int
}

// boardOf is the public board of the address, for whoever may do something about it.
func boardOf(r *web.Request, action access.Action) (b news.PublicBoard, err error) {
	id, err := r.ID("shown")
	if err != nil {
		return b, err
	}
	err = r.View(func(q store.Querier) error {
		if b, err = news.GetBoard(r.Context(), q, id); err != nil {
			return err
		}
		return r.Actor.May(action, b.Unit)
	})
	return b, err
}

func (s *screens) showBoard(r *web.Request) error {
	b, err := boardOf(r, access.NewsRead)
	if err != nil {
		return err
	}
	return s.renderBoard(r, b, nil)
}

// renderBoard shows a public board with the form that came back.
func (s *screens) renderBoard(r *web.Request, b news.PublicBoard, sent *web.Form) error {
	page := boardPage{boardRow: boardRowOf(r, b), Most: news.MostNote}
	page.Of, _ = r.Actor.Tree.Unit(b.Unit)
	if b.Shown() {
		page.Public = publicBoardPath(b.ID, b.Slug)
	}
	err := r.View(func(q store.Querier) (err error) {
		if page.Cleared, err = news.Clearings(r.Context(), q, b.ID); err != nil || !b.Asked() {
			return err
		}
		c, err := b.Preview(r.Context(), q, s.Boards)
		if fault.Is(err, fault.Invalid) { // the directive is secret now: the act says so
			return nil
		}
		page.Figures = figuresOf(r, c)
		return err
	})
	if err != nil {
		return err
	}
	if r.Actor.May(access.NewsClear, b.Unit) == nil {
		page.Withdraw = r.NewForm("withdraw")
		if b.Asked() {
			page.Clear, page.AskedFor = r.NewForm("clear"), b.AskedFor.Format(time.RFC3339Nano)
		}
	}
	if r.Actor.May(access.NewsWrite, b.Unit) == nil {
		choice, err := s.figuresFor(r, b.Unit)
		if err != nil {
			return err
		}
		page.Ask, page.Moments = r.NewForm("ask"), choice.Moments
	}
	status := 200
	if sent != nil {
		status = sent.Status()
		*map[string]**web.Form{"clear": &page.Clear, "withdraw": &page.Withdraw, "ask": &page.Ask}[sent.ID] = sent
	}
	s.atBoards(r, b.Unit, b.Title)
	return r.RenderStatus(status, s.board, page)
}

// boardAct does something about the public board of the address by a form, and leads
// back to it, or shows the form again with what is wrong.
func (s *screens) boardAct(r *web.Request, action access.Action, name, notice string, do func(tx *ledger.Tx, id int64, form *web.Form) error) error {
	b, err := boardOf(r, action)
	if err != nil {
		return err
	}
	form, err := r.Posted(name)
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return do(tx, b.ID, form) })
	if err == nil {
		r.Notice(notice)
		return r.See(boardPath(b.ID))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderBoard(r, b, form)
}

func (s *screens) askNewer(r *web.Request) error {
	return s.boardAct(r, access.NewsWrite, "ask", "newsui.board.asked", func(tx *ledger.Tx, id int64, form *web.Form) error {
		_, err := news.AskNewer(r.Context(), tx, r.Actor, s.Boards, id, momentOf(r, form))
		return err
	})
}

func (s *screens) clearBoard(r *web.Request) error {
	return s.boardAct(r, access.NewsClear, "clear", "newsui.board.cleared", func(tx *ledger.Tx, id int64, form *web.Form) error {
		read, _ := time.Parse(time.RFC3339Nano, form.Raw("moment")) // none is none that was read
		_, err := news.ClearBoard(r.Context(), tx, r.Actor, news.ClearBoardCommand{Board: id, Moment: read, Boards: s.Boards})
		return err
	})
}

func (s *screens) withdrawBoard(r *web.Request) error {
	return s.boardAct(r, access.NewsClear, "withdraw", "newsui.board.withdrawn", func(tx *ledger.Tx, id int64, form *web.Form) error {
		_, err := news.WithdrawBoard(r.Context(), tx, r.Actor, id, form.Lines("reason"))
		return err
	})
}

// shownFigures are cleared figures in words, as they are drawn.
type shownFigures struct {
	news.Cleared
	AsOf   string
	Groups []figureGroup
}

// figureGroup is the figures of one milestone.
type figureGroup struct {
	Milestone string
	Rows      []figureRow
}

// figureRow is one figure.
type figureRow struct {
	Level       string
	Done, Total string
	Percent     string
	Share       string // of the bar: "66.6%"
}

func figuresOf(r *web.Request, c news.Cleared) *shownFigures {
	shown := &shownFigures{Cleared: c, AsOf: asOf(r)(c.Moment)}
	for _, f := range c.Figures {
		milestone := f.Milestone.In(r.Lang)
		if n := len(shown.Groups); n == 0 || shown.Groups[n-1].Milestone != milestone {
			shown.Groups = append(shown.Groups, figureGroup{Milestone: milestone})
		}
		group := &shown.Groups[len(shown.Groups)-1]
		group.Rows = append(group.Rows, figureRow{
			Level: f.Level.In(r.Lang), Done: text.Number(r.Lang, int64(f.Done)), Total: text.Number(r.Lang, int64(f.Total)),
			Percent: text.Percent(r.Lang, int(f.Done), int(f.Total)), Share: strconv.FormatFloat(100*share(f), 'f', 1, 64) + "%",
		})
	}
	return shown
}

// share is how much of a figure is done, 0 to 1.
func share(f news.PublicFigure) float64 {
	if f.Total == 0 {
		return 0
	}
	return float64(f.Done) / float64(f.Total)
}
