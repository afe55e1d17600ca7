package news

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// MostCells is how many figures a public board has.
const MostCells = 24

// AskBoardCommand asks a unit's leader to clear figures of its board for the public.
type AskBoardCommand struct {
	Key       string // of the form: same key, same board
	Unit      tree.UnitID
	Directive int64
	Title     string
	Cells     []BoardCell
	Moment    time.Time // as of which; what was last before it counts
	Boards    *board.Boards
}

// AskBoard makes a public board, of which nothing is public until a leader clears it.
// Faults: Forbidden; Invalid at "title", "cells", "moment".
func AskBoard(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AskBoardCommand) (PublicBoard, error) {
	if err := mayAsk(actor, cmd.Unit); err != nil {
		return PublicBoard{}, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return PublicBoard{}, err
	}
	if cmd.Key == "" {
		return PublicBoard{}, fmt.Errorf("asking for a public board of unit %d: a key is needed", cmd.Unit)
	}
	known, err := readBoards(ctx, tx, `WHERE key = $1 AND unit_id = $2`, cmd.Key, cmd.Unit)
	if err != nil {
		return PublicBoard{}, err
	}
	if len(known) > 0 {
		return known[0], nil
	}
	if err := cmd.check(); err != nil {
		return PublicBoard{}, err
	}
	title := strings.TrimSpace(cmd.Title)
	b := PublicBoard{Unit: cmd.Unit, Directive: cmd.Directive, Title: title, Slug: boardSlug(title), Cells: cmd.Cells}
	if err := b.ask(ctx, tx, actor, cmd.Boards, cmd.Moment); err != nil {
		return PublicBoard{}, err
	}
	if err := b.insert(ctx, tx, cmd.Key); err != nil {
		return PublicBoard{}, err
	}
	return b, b.tellAsked(tx)
}

func mayAsk(actor access.Actor, unit tree.UnitID) error {
	if err := actor.May(access.NewsWrite, unit); err != nil {
		return err
	}
	return actor.May(access.BoardRead, unit)
}

func (cmd AskBoardCommand) check() error {
	var wrong fault.List
	if n := utf8.RuneCountInString(strings.TrimSpace(cmd.Title)); n == 0 || n > MostHeadline {
		wrong = append(wrong, fault.New(fault.Invalid, "news.board.title", "most", MostHeadline).At("title"))
	}
	if n := len(cmd.Cells); n == 0 || n > MostCells {
		wrong = append(wrong, fault.New(fault.Invalid, "news.board.cells", "most", MostCells).At("cells"))
	}
	return wrong.Err()
}

// AskNewer asks a unit's leader to clear a public board as of another moment; what is
// shown stays until then. Faults: Forbidden; Invalid at "moment".
func AskNewer(ctx context.Context, tx *ledger.Tx, actor access.Actor, boards *board.Boards, id int64, moment time.Time) (PublicBoard, error) {
	b, err := lockBoard(ctx, tx, id)
	if err != nil {
		return PublicBoard{}, err
	}
	if err := mayAsk(actor, b.Unit); err != nil {
		return PublicBoard{}, err
	}
	if b.AskedFor.Equal(micro(moment)) {
		return b, nil
	}
	if err := b.ask(ctx, tx, actor, boards, moment); err != nil {
		return PublicBoard{}, err
	}
	if err := b.save(ctx, tx); err != nil {
		return PublicBoard{}, err
	}
	return b, b.tellAsked(tx)
}

// micro is a moment as it is stored.
func micro(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// ask has the board wait for a leader, with figures that there are.
func (b *PublicBoard) ask(ctx context.Context, tx *ledger.Tx, actor access.Actor, boards *board.Boards, moment time.Time) error {
	moment = micro(moment)
	if moment.After(tx.Now()) || moment.IsZero() {
		return fault.New(fault.Invalid, "news.board.ahead").At("moment")
	}
	last, err := Clearings(ctx, tx, b.ID)
	if err != nil {
		return err
	}
	if len(last) > 0 && moment.Before(last[0].Moment) {
		return fault.New(fault.Invalid, "news.board.older").At("moment")
	}
	b.AskedFor, b.AskedBy, b.AskedAt = moment, actor.Name, tx.Now()
	_, err = b.Preview(ctx, tx, boards)
	return err
}

func (b *PublicBoard) insert(ctx context.Context, tx *ledger.Tx, key string) error {
	cells, err := json.Marshal(b.Cells)
	if err != nil {
		return fmt.Errorf("encoding the figures of a public board: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO public_board (key, unit_id, directive_id, title, slug, cells, asked_for, asked_by, asked_at, version, withdrawn_at, withdrawn_by, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '', '') RETURNING id`,
		key, b.Unit, b.Directive, b.Title, b.Slug, string(cells), store.Micro(b.AskedFor), b.AskedBy, store.Micro(b.AskedAt)).Scan(&b.ID)
	if err != nil {
		return fmt.Errorf("making a public board of unit %d: %w", b.Unit, err)
	}
	return nil
}

func (b PublicBoard) tellAsked(tx *ledger.Tx) error {
	return b.tell(tx, BoardAsked, BoardRequest{
		Board: b.ID, Unit: b.Unit, Directive: b.Directive, Title: b.Title, Cells: b.Cells, Moment: b.AskedFor, Name: b.AskedBy,
	})
}

// Preview gives what a leader is asked to clear, as the public would be shown it.
// Faults: Invalid at "cells" for what the board of that moment does not have, or of a
// secret directive; Unavailable where the boards have not counted so far yet.
func (b PublicBoard) Preview(ctx context.Context, q store.Querier, boards *board.Boards) (Cleared, error) {
	if err := public(ctx, q, b.Directive); err != nil {
		return Cleared{}, at("cells", err)
	}
	view, err := asOf(ctx, q, boards, b.Directive, b.Unit, b.AskedFor)
	if fault.Is(err, fault.NotFound) {
		return Cleared{}, fault.New(fault.Invalid, "news.board.unknown").At("cells")
	}
	if err != nil {
		return Cleared{}, err
	}
	c := Cleared{Board: b.ID, Version: b.Version + 1, Unit: b.Unit, Title: b.Title, Directive: strings.TrimSpace(view.Document.Number + " " + view.Document.Title), Moment: b.AskedFor}
	for _, cell := range b.Cells {
		i := slices.IndexFunc(view.Columns, func(c board.Column) bool { return c.Milestone == cell.Milestone && c.Level == cell.Level })
		if i < 0 {
			return Cleared{}, fault.New(fault.Invalid, "news.board.unknown").At("cells")
		}
		level, err := levelOf(ctx, q, cell.Level)
		if err != nil {
			return Cleared{}, err
		}
		counted := view.Head.Cells[i]
		c.Figures = append(c.Figures, PublicFigure{Milestone: milestoneOf(view, cell.Milestone), Level: level, Done: counted.Done, Total: counted.Total})
	}
	return c, nil
}

// at moves faults to a field of another form.
func at(field string, err error) error {
	list := fault.All(err)
	if list == nil {
		return err
	}
	for i := range list {
		list[i] = list[i].At(field)
	}
	return list.Err()
}
