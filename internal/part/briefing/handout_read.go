package briefing

import (
	"context"
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
)

// Reading is how the people of one site opened one version of a handout.
type Reading struct {
	Unit    tree.UnitID
	Version int
	People  int
	First   time.Time // the first of them
}

// OpenHandout keeps that a person opened a version of a handout, 0 for the newest;
// doing so again changes nothing. Faults: as [MayReadHandouts], and NotFound.
func OpenHandout(ctx context.Context, tx *ledger.Tx, actor access.Actor, briefing, handout int64, version int) error {
	b, err := Get(ctx, tx, briefing)
	if err != nil {
		return err
	}
	sites, h, err := readable(ctx, tx, actor, b, handout)
	if err != nil {
		return err
	}
	v, err := h.Version(version)
	if err != nil {
		return err
	}
	unit := b.Unit // of who presides or prepares without being at a site
	if site, ok := countedAt(actor, sites); ok {
		unit = site.Unit
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_handout_reading (handout_id, version, person_id, unit_id, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (handout_id, version, person_id) DO NOTHING`, h.ID, v.Number, actor.Person, unit, store.Micro(tx.Now()))
	if err != nil {
		return fmt.Errorf("keeping who opened handout %d: %w", h.ID, err)
	}
	return nil
}

// readable is a handout for somebody who may read it.
func readable(ctx context.Context, q store.Querier, actor access.Actor, b Briefing, handout int64) ([]Site, Handout, error) {
	sites, err := Sites(ctx, q, b.ID)
	if err != nil {
		return nil, Handout{}, err
	}
	if err := MayReadHandouts(actor, b, sites); err != nil {
		return nil, Handout{}, err
	}
	h, err := HandoutOf(ctx, q, b.ID, handout)
	return sites, h, err
}

// OpenedBy is the newest version of each handout of a briefing that a person opened;
// none for those that the person did not.
func OpenedBy(ctx context.Context, q store.Querier, briefing, person int64) (map[int64]int, error) {
	rows, err := q.QueryContext(ctx, `SELECT r.handout_id, MAX(r.version) FROM briefing_handout_reading r JOIN briefing_handout h ON h.id = r.handout_id
		WHERE h.briefing_id = $1 AND r.person_id = $2 GROUP BY r.handout_id`, briefing, person)
	if err != nil {
		return nil, fmt.Errorf("reading what somebody opened: %w", err)
	}
	defer rows.Close()
	opened := map[int64]int{}
	for rows.Next() {
		var handout int64
		var version int
		if err := rows.Scan(&handout, &version); err != nil {
			return nil, fmt.Errorf("reading what somebody opened: %w", err)
		}
		opened[handout] = version
	}
	return opened, rows.Err()
}

// HasOpened says whether a person opened a version of a handout.
func HasOpened(ctx context.Context, q store.Querier, person, handout int64, version int) (bool, error) {
	var opened int
	err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM briefing_handout_reading WHERE handout_id = $1 AND version = $2 AND person_id = $3`,
		handout, version, person).Scan(&opened)
	if err != nil {
		return false, fmt.Errorf("reading whether somebody opened handout %d: %w", handout, err)
	}
	return opened > 0, nil
}

// Readings gives by handout how the sites of a briefing opened it, the newest version
// first. It is for the host: no names.
func Readings(ctx context.Context, q store.Querier, briefing int64) (map[int64][]Reading, error) {
	rows, err := q.QueryContext(ctx, `SELECT r.handout_id, r.unit_id, r.version, COUNT(*), MIN(r.at) FROM briefing_handout_reading r
		JOIN briefing_handout h ON h.id = r.handout_id WHERE h.briefing_id = $1
		GROUP BY r.handout_id, r.unit_id, r.version ORDER BY r.version DESC, MIN(r.at), r.unit_id`, briefing)
	if err != nil {
		return nil, fmt.Errorf("reading who opened the handouts of briefing %d: %w", briefing, err)
	}
	defer rows.Close()
	read := map[int64][]Reading{}
	for rows.Next() {
		var handout, at int64
		var one Reading
		if err := rows.Scan(&handout, &one.Unit, &one.Version, &one.People, &at); err != nil {
			return nil, fmt.Errorf("reading who opened a handout: %w", err)
		}
		one.First = store.Moment(at)
		read[handout] = append(read[handout], one)
	}
	return read, rows.Err()
}

// PageNote is what a person wrote beside a page for nobody else.
type PageNote struct {
	Version int
	Page    int // from 1
	Text    string
}

// Bounds of private notes.
const (
	MostPages = 5000
	MostNote  = 2000 // characters
)

// WriteNote keeps a person's own note beside a page of a handout; an empty text takes
// it away. Nobody but its writer reads it: it is no event, and no use case gives
// another's. Invalid at "note" and "page"; NotFound.
func WriteNote(ctx context.Context, tx *ledger.Tx, actor access.Actor, briefing, handout int64, note PageNote) error {
	b, err := Get(ctx, tx, briefing)
	if err != nil {
		return err
	}
	_, h, err := readable(ctx, tx, actor, b, handout)
	if err != nil {
		return err
	}
	v, err := h.Version(note.Version)
	if err != nil {
		return err
	}
	note.Text = strings.TrimSpace(note.Text)
	switch {
	case note.Page < 1 || note.Page > MostPages:
		return fault.New(fault.Invalid, "briefing.page-unknown").At("page")
	case utf8.RuneCountInString(note.Text) > MostNote:
		return fault.New(fault.Invalid, "briefing.long", "most", MostNote).At("note")
	case note.Text == "":
		_, err = tx.ExecContext(ctx, `DELETE FROM briefing_handout_note WHERE handout_id = $1 AND version = $2 AND page = $3 AND person_id = $4`,
			h.ID, v.Number, note.Page, actor.Person)
	default:
		_, err = tx.ExecContext(ctx, `INSERT INTO briefing_handout_note (handout_id, version, page, person_id, note, at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (handout_id, version, page, person_id) DO UPDATE SET note = excluded.note, at = excluded.at`,
			h.ID, v.Number, note.Page, actor.Person, note.Text, store.Micro(tx.Now()))
	}
	if err != nil {
		return fmt.Errorf("keeping a note of handout %d: %w", h.ID, err)
	}
	return nil
}

// NotesOf gives a person's own notes of a handout, by version and page.
func NotesOf(ctx context.Context, q store.Querier, actor access.Actor, handout int64) ([]PageNote, error) {
	rows, err := q.QueryContext(ctx, `SELECT version, page, note FROM briefing_handout_note WHERE handout_id = $1 AND person_id = $2
		ORDER BY version DESC, page`, handout, actor.Person)
	if err != nil {
		return nil, fmt.Errorf("reading somebody's notes of handout %d: %w", handout, err)
	}
	defer rows.Close()
	var list []PageNote
	for rows.Next() {
		var n PageNote
		if err := rows.Scan(&n.Version, &n.Page, &n.Text); err != nil {
			return nil, fmt.Errorf("reading a note of handout %d: %w", handout, err)
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// OfReaders is what briefings keep of whoever read handouts: what was opened, and
// private notes. Both go with the person.
var OfReaders = account.Elsewhere{
	Find: func(context.Context, store.Querier, int64) ([]int64, error) { return nil, nil },
	Clear: func(ctx context.Context, tx *ledger.Tx, person int64, _ string) error {
		for _, table := range []string{"briefing_handout_reading", "briefing_handout_note"} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE person_id = $1`, person); err != nil {
				return fmt.Errorf("erasing a person's rows of %s: %w", table, err)
			}
		}
		return nil
	},
}
