package news

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/news/prose"
	"giaoban/internal/part/org"
)

// Held is a figure of a text with what its board says of it.
type Held struct {
	prose.Run
	Milestone, Level text.Words // what it counts; Level is empty for all levels
	Cell             board.Cell
}

// Hold looks up each figure of a text on its board, as of its moment. Faults: Invalid at
// "figures" for one that no board has; Unavailable where the boards have not counted so
// far yet.
func Hold(ctx context.Context, q store.Querier, boards *board.Boards, t Text) (list []Held, err error) {
	document, err := t.Document()
	if err != nil {
		return nil, err
	}
	for run := range document.Figures() {
		one, err := LookUp(ctx, q, boards, run)
		if fault.Is(err, fault.NotFound) {
			return nil, fault.New(fault.Invalid, "news.figure.unknown", "said", run.Text).At("figures")
		}
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

// LookUp looks one figure up, as [Hold] does. NotFound: no board has it.
func LookUp(ctx context.Context, q store.Querier, boards *board.Boards, run prose.Run) (Held, error) {
	f := run.Figure
	view, err := asOf(ctx, q, boards, f.Directive, tree.UnitID(f.Unit), f.Moment)
	if err != nil {
		return Held{}, err
	}
	held, found := Held{Run: run}, false
	for i, column := range view.Columns {
		if column.Milestone == f.Milestone && (f.Level == "" || f.Level == column.Level) {
			cell := view.Head.Cells[i]
			held.Cell.Total, held.Cell.Done, found = held.Cell.Total+cell.Total, held.Cell.Done+cell.Done, true
		}
	}
	if !found {
		return Held{}, fault.New(fault.NotFound, "board.unknown")
	}
	held.Milestone = milestoneOf(view, f.Milestone)
	held.Level, err = levelOf(ctx, q, f.Level)
	return held, err
}

// asOf is a unit's board as of a moment.
func asOf(ctx context.Context, q store.Querier, boards *board.Boards, of int64, unit tree.UnitID, at time.Time) (board.View, error) {
	if boards == nil {
		return board.View{}, errors.New("looking up a figure: the boards are needed")
	}
	position, err := ledger.PositionAt(ctx, q, at)
	if err != nil {
		return board.View{}, err
	}
	if boards.Position() < position {
		return board.View{}, fault.New(fault.Unavailable, "news.figure.behind")
	}
	// Position 0 means the present to a board; 1 is before any figure.
	return boards.ReadAt(of, unit, board.Moment{Position: max(position, 1), Day: clock.DateOf(at, boards.Zone())}, 0)
}

func milestoneOf(view board.View, key string) text.Words {
	i := slices.IndexFunc(view.Document.Milestones, func(m directive.Milestone) bool { return m.Key == key })
	if i < 0 {
		return text.Words{}
	}
	return view.Document.Milestones[i].Name
}

// levelOf is the name of a level's units; empty for none.
func levelOf(ctx context.Context, q store.Querier, key string) (text.Words, error) {
	p, err := org.Profile(ctx, q)
	if err != nil {
		return text.Words{}, err
	}
	level, _ := p.Level(key)
	return level.Plural, nil
}

// Says is the figure as its board has it.
func (h Held) Says(lang text.Lang) string {
	switch h.Figure.Kind {
	case prose.Done:
		return text.Number(lang, int64(h.Cell.Done))
	case prose.Percent:
		return text.Percent(lang, int(h.Cell.Done), int(h.Cell.Total))
	}
	return text.Number(lang, int64(h.Cell.Total))
}

// Right says whether the text says what the board does, in either language.
func (h Held) Right() bool { return h.Text == h.Says(text.VI) || h.Text == h.Says(text.EN) }

// Name says which figure it is, as in "Tổ chức xong đại hội, chi bộ".
func (h Held) Name(lang text.Lang) string {
	if level := h.Level.In(lang); level != "" {
		return h.Milestone.In(lang) + ", " + level
	}
	return h.Milestone.In(lang)
}

// hold refuses a text whose figures are not the boards'.
func (t Text) hold(ctx context.Context, q store.Querier, boards *board.Boards) error {
	figures, err := Hold(ctx, q, boards, t)
	if err != nil {
		return err
	}
	var wrong fault.List
	for _, h := range figures {
		if err := public(ctx, q, h.Figure.Directive); err != nil {
			return err
		}
		if !h.Right() {
			name := text.Words{VI: h.Name(text.VI), EN: h.Name(text.EN)}
			says := text.Words{VI: h.Says(text.VI), EN: h.Says(text.EN)}
			wrong = append(wrong, fault.New(fault.Invalid, "news.figure.differs", "figure", name, "said", h.Text, "board", says).At("figures"))
		}
	}
	return wrong.Err()
}

// bound refuses figures that a text may not have: of a secret directive, of what is to
// come, or, where they were not in the text before, of a board that the actor does not
// read.
func (t Text) bound(ctx context.Context, tx *ledger.Tx, actor access.Actor, before Text) error {
	document, err := t.Document()
	if err != nil {
		return err
	}
	known := map[prose.Figure]bool{}
	if old, err := before.Document(); err == nil {
		for run := range old.Figures() {
			known[*run.Figure] = true
		}
	}
	for run := range document.Figures() {
		f := *run.Figure
		if f.Moment.After(tx.Now()) {
			return fault.New(fault.Invalid, "news.figure.ahead", "said", run.Text).At("body")
		}
		if !known[f] {
			if err := actor.May(access.BoardRead, tree.UnitID(f.Unit)); err != nil {
				return err
			}
		}
		if err := public(ctx, tx, f.Directive); err != nil {
			return err
		}
	}
	return nil
}

// public refuses the figures of a directive that is secret in any degree.
func public(ctx context.Context, q store.Querier, id int64) error {
	d, err := directive.Get(ctx, q, id)
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.Invalid, "news.figure.unknown", "said", id).At("body")
	}
	if err != nil {
		return err
	}
	if d.Document.Secrecy.Above(marking.Ordinary) {
		return fault.New(fault.Invalid, "news.figure.secret", "number", d.Document.Number).At("body")
	}
	return nil
}

// TakeCommand has the boards' figures stand in an article.
type TakeCommand struct {
	Article  int64
	Revision int64 // of the text that was read
	Boards   *board.Boards
	Lang     text.Lang // in which they are written
}

// Take saves an article with each figure as its board has it. Faults: those of [Save] and
// [Hold].
func Take(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd TakeCommand) (Article, error) {
	a, err := Get(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsWrite, a.Unit); err != nil {
		return Article{}, err
	}
	figures, err := Hold(ctx, tx, cmd.Boards, a.Text)
	if err != nil {
		return Article{}, err
	}
	document, err := a.Text.Document()
	if err != nil {
		return Article{}, err
	}
	next := 0
	document.Say(func(run prose.Run) string {
		h := figures[next] // in reading order, as Hold found them
		next++
		if h.Right() {
			return run.Text
		}
		return h.Says(cmd.Lang)
	})
	written := a.Text
	if written.Body, _, err = document.Field(); err != nil {
		return Article{}, fmt.Errorf("writing the figures of article %d: %w", a.ID, err)
	}
	return Save(ctx, tx, actor, SaveCommand{Article: a.ID, Revision: cmd.Revision, Text: written})
}
