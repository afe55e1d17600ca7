package news

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// PublicBoard is figures of a unit's board that its office gives the public. What is
// shown is what a leader cleared last, frozen as of a moment; the board itself is never
// read for the public.
type PublicBoard struct {
	ID        int64
	Unit      tree.UnitID // whose board it is
	Directive int64
	Title     string
	Slug      string // of its address
	Cells     []BoardCell

	AskedFor time.Time // the moment whose figures a leader is asked to clear; zero where none is
	AskedBy  string
	AskedAt  time.Time

	Version     int64 // of the clearing that the public sees; 0 before the first
	WithdrawnAt time.Time
	WithdrawnBy string // name and post
	Reason      string // of the withdrawal
}

// BoardCell names one figure of a board.
type BoardCell struct {
	Milestone string `json:"milestone"`
	Level     string `json:"level"`
}

// Cleared is what a leader cleared, with all that the public is shown of it.
type Cleared struct {
	Board     int64          `json:"board"`
	Version   int64          `json:"version"`
	Unit      tree.UnitID    `json:"unit"`
	Title     string         `json:"title"`
	Name      string         `json:"name"`      // of the unit, as it was called
	Directive string         `json:"directive"` // its number and title
	Moment    time.Time      `json:"moment"`    // as of which the figures are
	Figures   []PublicFigure `json:"figures"`
	By        string         `json:"by"` // name and post of the leader
	At        time.Time      `json:"at"`
}

// Slug is the words of the address at which the public reads it.
func (c Cleared) Slug() string { return boardSlug(c.Title) }

// boardSlug is a board's title as words of an address.
func boardSlug(title string) string { return cmp.Or(slug(title), "bang") }

// PublicFigure is how many units of a level had done a milestone.
type PublicFigure struct {
	Milestone text.Words `json:"milestone"`
	Level     text.Words `json:"level"`
	Done      int32      `json:"done"`
	Total     int32      `json:"total"`
}

// PublicBoards is how events name public boards, before an id.
const PublicBoards = "public-board:"

// Subject is how events name the board.
func (b PublicBoard) Subject() string { return PublicBoards + strconv.FormatInt(b.ID, 10) }

// Shown says whether the public sees figures of it.
func (b PublicBoard) Shown() bool { return b.Version > 0 && b.WithdrawnAt.IsZero() }

// Asked says whether a leader is asked to clear a moment.
func (b PublicBoard) Asked() bool { return !b.AskedFor.IsZero() }

// GetBoard gives a public board as its desk has it. NotFound: there is none.
func GetBoard(ctx context.Context, q store.Querier, id int64) (PublicBoard, error) {
	list, err := readBoards(ctx, q, `WHERE id = $1`, id)
	if err != nil {
		return PublicBoard{}, err
	}
	if len(list) == 0 {
		return PublicBoard{}, fault.New(fault.NotFound, "news.board.not-found")
	}
	return list[0], nil
}

// MostBoards is how many public boards a list has.
const MostBoards = 100

// BoardsAt gives the public boards of a unit's desk, the newest first.
func BoardsAt(ctx context.Context, q store.Querier, unit tree.UnitID) ([]PublicBoard, error) {
	return readBoards(ctx, q, fmt.Sprintf(`WHERE unit_id = $1 ORDER BY id DESC LIMIT %d`, MostBoards), unit)
}

// ToClear gives the public boards of a unit that its leader is asked to clear, the
// longest waiting first.
func ToClear(ctx context.Context, q store.Querier, unit tree.UnitID) ([]PublicBoard, error) {
	return readBoards(ctx, q, fmt.Sprintf(`WHERE unit_id = $1 AND asked_for > 0 ORDER BY asked_at, id LIMIT %d`, MostBoards), unit)
}

// ShownBoard gives what the public is shown of a board: what was cleared last, and, with
// WithdrawnAt, that it was withdrawn; then there is nothing in cleared but the title.
// NotFound: nothing of it was ever cleared.
func ShownBoard(ctx context.Context, q store.Querier, id int64) (b PublicBoard, cleared Cleared, err error) {
	if b, err = GetBoard(ctx, q, id); err != nil {
		return PublicBoard{}, Cleared{}, err
	}
	if b.Version == 0 {
		return PublicBoard{}, Cleared{}, fault.New(fault.NotFound, "news.board.not-found")
	}
	list, err := clearings(ctx, q, `WHERE board_id = $1 AND version = $2`, b.ID, b.Version)
	if err != nil {
		return PublicBoard{}, Cleared{}, err
	}
	if len(list) == 0 {
		return PublicBoard{}, Cleared{}, fmt.Errorf("version %d of public board %d is not there", b.Version, b.ID)
	}
	if !b.Shown() {
		return b, Cleared{Board: b.ID, Title: list[0].Title}, nil
	}
	return b, list[0], nil
}

// ShownBoards gives what the public is shown, the boards cleared last first.
func ShownBoards(ctx context.Context, q store.Querier) ([]Cleared, error) {
	return clearings(ctx, q, fmt.Sprintf(`c JOIN public_board b ON b.id = c.board_id AND b.version = c.version
		WHERE b.withdrawn_at = 0 ORDER BY c.cleared_at DESC, c.board_id DESC LIMIT %d`, MostOnPage))
}

// Clearings gives all that was cleared of a board, the newest first, for its desk.
func Clearings(ctx context.Context, q store.Querier, board int64) ([]Cleared, error) {
	return clearings(ctx, q, `WHERE board_id = $1 ORDER BY version DESC`, board)
}

func clearings(ctx context.Context, q store.Querier, rest string, args ...any) (list []Cleared, err error) {
	rows, err := q.QueryContext(ctx, `SELECT cleared FROM public_board_cleared `+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("reading cleared figures: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var stored string
		var c Cleared
		if err := rows.Scan(&stored); err != nil {
			return nil, fmt.Errorf("reading cleared figures: %w", err)
		}
		if err := json.Unmarshal([]byte(stored), &c); err != nil {
			return nil, fmt.Errorf("reading cleared figures: %w", err)
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func readBoards(ctx context.Context, q store.Querier, where string, args ...any) (list []PublicBoard, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, unit_id, directive_id, title, slug, cells, asked_for, asked_by, asked_at, version, withdrawn_at, withdrawn_by, reason FROM public_board `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading public boards: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var b PublicBoard
		var cells string
		var askedFor, asked, withdrawn int64
		err := rows.Scan(&b.ID, &b.Unit, &b.Directive, &b.Title, &b.Slug, &cells, &askedFor, &b.AskedBy, &asked, &b.Version, &withdrawn, &b.WithdrawnBy, &b.Reason)
		if err != nil {
			return nil, fmt.Errorf("reading a public board: %w", err)
		}
		if err := json.Unmarshal([]byte(cells), &b.Cells); err != nil {
			return nil, fmt.Errorf("reading the figures of public board %d: %w", b.ID, err)
		}
		b.AskedFor, b.AskedAt, b.WithdrawnAt = store.Moment(askedFor), store.Moment(asked), store.Moment(withdrawn)
		list = append(list, b)
	}
	return list, rows.Err()
}

// lockBoard reads a public board and keeps everybody else from changing it until the
// transaction ends. Conflict: it is another installation's.
func lockBoard(ctx context.Context, tx *ledger.Tx, id int64) (PublicBoard, error) {
	if err := ownDesk(ctx, tx); err != nil {
		return PublicBoard{}, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE public_board SET version = version WHERE id = $1`, id); err != nil {
		return PublicBoard{}, fmt.Errorf("locking public board %d: %w", id, err)
	}
	return GetBoard(ctx, tx, id)
}

// save writes what can change.
func (b PublicBoard) save(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE public_board SET asked_for = $1, asked_by = $2, asked_at = $3, version = $4, withdrawn_at = $5, withdrawn_by = $6, reason = $7 WHERE id = $8`,
		store.Micro(b.AskedFor), b.AskedBy, store.Micro(b.AskedAt), b.Version, store.Micro(b.WithdrawnAt), b.WithdrawnBy, b.Reason, b.ID)
	if err != nil {
		return fmt.Errorf("saving public board %d: %w", b.ID, err)
	}
	return nil
}

func (b PublicBoard) tell(tx *ledger.Tx, kind ledger.Kind, payload any) error {
	return tx.Append(ledger.New{Unit: int64(b.Unit), Kind: kind, Subject: b.Subject(), Payload: payload})
}
