package news

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
)

// ClearBoardCommand gives the public the figures that a leader read.
type ClearBoardCommand struct {
	Board  int64
	Moment time.Time // of the figures that were read
	Boards *board.Boards
}

// ClearBoard gives the public the figures of a board as of the moment that was asked
// for, frozen, in the leader's name. Clearing what is shown already changes nothing.
// Faults: Forbidden; Conflict where nothing is asked, or another moment than was read;
// those of [PublicBoard.Preview].
func ClearBoard(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ClearBoardCommand) (PublicBoard, error) {
	b, err := lockBoard(ctx, tx, cmd.Board)
	if err != nil {
		return PublicBoard{}, err
	}
	if err := actor.May(access.NewsClear, b.Unit); err != nil {
		return PublicBoard{}, err
	}
	if !b.Asked() {
		same, err := b.shows(ctx, tx, cmd.Moment)
		if err == nil && !same {
			err = fault.New(fault.Conflict, "news.board.not-asked")
		}
		return b, err
	}
	if !b.AskedFor.Equal(micro(cmd.Moment)) {
		return PublicBoard{}, fault.New(fault.Conflict, "news.board.asked-meanwhile", "name", b.AskedBy)
	}
	c, err := b.Preview(ctx, tx, cmd.Boards)
	if err != nil {
		return PublicBoard{}, err
	}
	unit, _ := actor.Tree.Unit(b.Unit)
	c.Name, c.At = unit.Name, tx.Now()
	if c.By, err = signed(ctx, tx, actor, b.Unit); err != nil {
		return PublicBoard{}, err
	}
	b.Version, b.AskedFor, b.WithdrawnAt, b.WithdrawnBy, b.Reason = c.Version, time.Time{}, time.Time{}, "", ""
	if err := c.keep(ctx, tx); err != nil {
		return PublicBoard{}, err
	}
	if err := b.save(ctx, tx); err != nil {
		return PublicBoard{}, err
	}
	return b, b.tell(tx, BoardCleared, c)
}

// shows says whether the public sees the figures of a moment already.
func (b PublicBoard) shows(ctx context.Context, q store.Querier, moment time.Time) (bool, error) {
	if !b.Shown() {
		return false, nil
	}
	_, c, err := ShownBoard(ctx, q, b.ID)
	return c.Moment.Equal(micro(moment)), err
}

// signed is the actor's name with the post at a unit.
func signed(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID) (string, error) {
	post, err := org.PostTitle(ctx, q, actor.Person, unit)
	return account.As(actor, access.NewsClear, unit, post).Named(actor.Name), err
}

func (c Cleared) keep(ctx context.Context, tx *ledger.Tx) error {
	stored, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("encoding what is cleared of public board %d: %w", c.Board, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO public_board_cleared (board_id, version, cleared, cleared_at) VALUES ($1, $2, $3, $4)`, c.Board, c.Version, string(stored), store.Micro(c.At))
	if err != nil {
		return fmt.Errorf("keeping what is cleared of public board %d: %w", c.Board, err)
	}
	return nil
}

// WithdrawBoard takes a board's figures from the public and turns down what is asked
// about it, with a reason; where figures were shown, its page says so. Withdrawing again
// changes nothing. Faults: Forbidden; Conflict where nothing is shown or asked; Invalid
// at "reason".
func WithdrawBoard(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (PublicBoard, error) {
	b, err := lockBoard(ctx, tx, id)
	if err != nil {
		return PublicBoard{}, err
	}
	if err := actor.May(access.NewsClear, b.Unit); err != nil {
		return PublicBoard{}, err
	}
	if !b.Shown() && !b.Asked() {
		if b.WithdrawnAt.IsZero() {
			return PublicBoard{}, fault.New(fault.Conflict, "news.board.not-asked")
		}
		return b, nil
	}
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > MostNote {
		return PublicBoard{}, fault.New(fault.Invalid, "news.reason", "most", MostNote).At("reason")
	}
	by, err := signed(ctx, tx, actor, b.Unit)
	if err != nil {
		return PublicBoard{}, err
	}
	b.AskedFor, b.WithdrawnAt, b.WithdrawnBy, b.Reason = time.Time{}, tx.Now(), by, reason
	if err := b.save(ctx, tx); err != nil {
		return PublicBoard{}, err
	}
	return b, b.tell(tx, BoardWithdrawn, BoardTaken{Board: b.ID, Unit: b.Unit, Version: b.Version, Reason: reason, By: by})
}
