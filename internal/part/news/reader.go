package news

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Reader is an address that comments were sent with.
type Reader struct {
	ID        int64
	Address   string    // in lower case
	Confirmed time.Time // when its owner said that it is theirs; zero before that
}

// Bounds of letters to an address, so that nobody can have a stranger written to over and over.
const (
	askAgain    = 24 * time.Hour // between letters that ask whether an address is its owner's
	mostLetters = 3              // of those letters
	listAgain   = time.Hour      // between links to all that an address wrote
	listFirst   = 24 * time.Hour // the same, while nobody said that the address is theirs
)

// ReaderAct is the payload of events about a reader: no address stands in it.
type ReaderAct struct {
	Reader int64 `json:"reader"` // 0: nobody is to be written to
}

// readerOf gives the number of the address that a comment was sent with; 0 for none.
func readerOf(ctx context.Context, tx *ledger.Tx, email string) (id int64, err error) {
	if email == "" {
		return 0, nil
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO news_reader (address, confirmed_at, asked, asked_at, listed_at) VALUES ($1, 0, 0, 0, 0)
		ON CONFLICT (address) DO UPDATE SET address = excluded.address RETURNING id`, strings.ToLower(email)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("noting the address of a comment: %w", err)
	}
	return id, nil
}

// ReaderByID gives a reader. NotFound: there is none, or the owner had it erased.
func ReaderByID(ctx context.Context, q store.Querier, id int64) (r Reader, err error) {
	var confirmed int64
	err = q.QueryRowContext(ctx, `SELECT id, address, confirmed_at FROM news_reader WHERE id = $1 AND address <> $2`, id, erasedAddress(id)).Scan(&r.ID, &r.Address, &confirmed)
	if store.Missing(err) {
		return Reader{}, fault.New(fault.NotFound, "news.link.late")
	}
	if err != nil {
		return Reader{}, fmt.Errorf("reading reader %d: %w", id, err)
	}
	r.Confirmed = store.Moment(confirmed)
	return r, nil
}

// Confirm says that an address is its owner's: a letter to it was answered. Twice changes
// nothing. NotFound: see [ReaderByID].
func Confirm(ctx context.Context, tx *ledger.Tx, reader int64) (Reader, error) {
	if _, err := ReaderByID(ctx, tx, reader); err != nil {
		return Reader{}, err
	}
	result, err := tx.ExecContext(ctx, `UPDATE news_reader SET confirmed_at = $1 WHERE id = $2 AND confirmed_at = 0`, store.Micro(tx.Now()), reader)
	if err != nil {
		return Reader{}, fmt.Errorf("confirming the address of reader %d: %w", reader, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return Reader{ID: reader}, err
	}
	return Reader{ID: reader, Confirmed: tx.Now()}, tellReader(tx, ReaderConfirmed, reader)
}

// AskCommand asks for a link to all that an address wrote, to be sent there.
type AskCommand struct {
	Address string
	Check   string // names the check that was passed: it is good for one
}

// AskForMine has a letter sent to an address with a link to all that it wrote. Nobody is
// told whether it wrote anything, and the log takes as long for one that did not; once an
// hour is enough. Invalid at "email" and "code".
func AskForMine(ctx context.Context, tx *ledger.Tx, cmd AskCommand) error {
	if !isAddress(cmd.Address) {
		return fault.New(fault.Invalid, "news.comment.email").At("email")
	}
	used, err := tx.ExecContext(ctx, `INSERT INTO news_check (nonce, comment_id, used_at) VALUES ($1, 0, $2) ON CONFLICT (nonce) DO NOTHING`, cmd.Check, store.Micro(tx.Now()))
	if err != nil {
		return fmt.Errorf("using up a check: %w", err)
	}
	if n, err := used.RowsAffected(); err != nil || n == 0 {
		return cmdUsed(err)
	}
	var reader int64
	err = tx.QueryRowContext(ctx, `UPDATE news_reader SET listed_at = $1 WHERE address = $2 AND (listed_at < $3 OR confirmed_at > 0 AND listed_at < $4) RETURNING id`,
		store.Micro(tx.Now()), strings.ToLower(cmd.Address), store.Micro(tx.Now().Add(-listFirst)), store.Micro(tx.Now().Add(-listAgain))).Scan(&reader)
	if err != nil && !store.Missing(err) {
		return fmt.Errorf("looking for the comments of an address: %w", err)
	}
	return tellReader(tx, ReaderAsked, reader)
}

func cmdUsed(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Invalid, "news.check-used").At("code")
}

// MayAsk says whether a letter is to ask an address whether it is its owner's, and counts it.
func MayAsk(ctx context.Context, tx store.Querier, reader int64, now time.Time) (bool, error) {
	result, err := tx.ExecContext(ctx, `UPDATE news_reader SET asked = asked + 1, asked_at = $1 WHERE id = $2 AND confirmed_at = 0 AND asked < $3 AND asked_at < $4`,
		store.Micro(now), reader, mostLetters, store.Micro(now.Add(-askAgain)))
	if err != nil {
		return false, fmt.Errorf("asking reader %d: %w", reader, err)
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// ToTell gives the reader who is to hear, because of an event, that comments are shown, and
// notes that: of one comment, or of all that a reader sent where the comment is 0. 0: nobody.
func ToTell(ctx context.Context, tx store.Querier, comment, reader, position int64) (told int64, err error) {
	rows, err := tx.QueryContext(ctx, `UPDATE news_comment SET told = $1 WHERE (id = $2 OR $2 = 0 AND reader_id = $3) AND wants = 1 AND told = 0 AND state = 'shown'
		AND reader_id IN (SELECT r.id FROM news_reader r WHERE r.confirmed_at > 0) RETURNING reader_id`, position, comment, reader)
	if err != nil {
		return 0, fmt.Errorf("looking who wants to hear of comments that are shown: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&told); err != nil {
			return 0, fmt.Errorf("reading who wants to hear of a comment: %w", err)
		}
	}
	return told, rows.Err()
}

// ToldBy gives the comments of which a letter tells because of an event, as far as they
// are still shown.
func ToldBy(ctx context.Context, q store.Querier, reader, position int64) ([]Comment, error) {
	return comments(ctx, q, `WHERE c.reader_id = $1 AND c.told = $2 AND c.state = $3 ORDER BY c.id`, reader, position, Shown)
}

// SentBy gives all comments that were sent with an address, the newest first.
func SentBy(ctx context.Context, q store.Querier, reader int64) ([]Comment, error) {
	return comments(ctx, q, `WHERE c.reader_id = $1 ORDER BY c.id DESC`, reader)
}

// Readers begins the subject of events about a reader: "reader:" and the id.
const Readers = "reader:"

func tellReader(tx *ledger.Tx, kind ledger.Kind, reader int64) error {
	return tx.Append(ledger.New{Kind: kind, Subject: Readers + strconv.FormatInt(reader, 10), Payload: ReaderAct{reader}})
}

func erasedAddress(reader int64) string { return "erased " + strconv.FormatInt(reader, 10) }
