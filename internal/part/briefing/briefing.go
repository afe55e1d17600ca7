package briefing

import (
	"context"
	"embed"
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the tables of briefings.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// State is how far a briefing has come.
type State string

// The states of a briefing.
const (
	Called    State = "called" // it is ahead
	Open      State = "open"   // it is under way
	Ended     State = "ended"
	Cancelled State = "cancelled"
)

// Repeat is how often a briefing is held.
type Repeat string

// The repeats.
const (
	Once    Repeat = ""
	Weekly  Repeat = "weekly"
	Monthly Repeat = "monthly"
)

// Person is somebody with a part in a briefing: the chair, a secretary.
type Person struct {
	ID   int64  `json:"id"`
	Name string `json:"name"` // and post
}

// Briefing is one briefing as it stands now.
type Briefing struct {
	ID          int64
	Unit        tree.UnitID // the host
	Directive   int64       // whose boards are shown; 0 for none
	Title       string
	Asked       string    // of each site
	Begins      time.Time // planned
	Minutes     int       // planned, from 1 to [MostMinutes]
	Cutoff      time.Time // when its figures were closed; zero for live ones
	Devices     bool      // sites try camera, microphone and speakers before the day
	Repeats     Repeat
	Series      int64 // the first of its series; its own id for that and for a single one
	Chair       Person
	Secretaries []Person
	Media       bool // with picture and sound; else the rooms have their own

	State    State
	Revision int64
	CalledBy int64
	CalledAt time.Time
	OpenedAt time.Time
	EndedAt  time.Time
	PausedAt time.Time // zero while it is not paused
	Locked   bool      // nobody else comes in
	Live     bool      // live figures instead of closed ones
	Item     int64     // of the agenda; 0 for none
	Turn     int64     // who has the floor; 0 for nobody
	Shown    Shown
	Neutral  bool // a neutral picture, whatever else is shown
}

// Shown is what all screens show: a unit's board, or a page of a handout; before the
// board, the screen that somebody shares.
type Shown struct {
	Unit      tree.UnitID `json:"unit"`                // whose board; 0 for none
	Milestone string      `json:"milestone,omitempty"` // key; "" for the board's first
	At        time.Time   `json:"at,omitzero"`         // a past moment; zero for the briefing's figures
	Handout   int64       `json:"handout,omitempty"`   // 0 for none
	Version   int         `json:"version,omitempty"`   // of the handout
	Page      int         `json:"page,omitempty"`      // from 1
	Sort      Sort        `json:"sort,omitempty"`      // of the rows of a board
	Screen    tree.UnitID `json:"screen,omitempty"`    // the site that shares its screen, the host's for the table of the chair; 0 for none
}

// Sort is how the rows of a board are sorted.
type Sort string

// The sorts.
const (
	ByName    Sort = ""
	LeastDone Sort = "least" // whose share done is the least first
	MostLate  Sort = "late"  // who has the most late first
)

// Subject is how events name a briefing.
func Subject(id int64) string { return "briefing:" + strconv.FormatInt(id, 10) }

// TriesDevices says whether sites try camera, microphone and speakers before the day:
// where the host asks for it, and wherever the meeting itself brings picture and sound.
func (b Briefing) TriesDevices() bool { return b.Devices || b.Media }

// Ends is the planned end.
func (b Briefing) Ends() time.Time { return b.Begins.Add(time.Duration(b.Minutes) * time.Minute) }

const columns = `id, unit_id, directive_id, title, asked, begins_at, minutes, cutoff_at, repeats, series_id, chair_id, chair,
	state, revision, called_by, called_at, opened_at, ended_at, paused_at, locked, live, item_id, turn_id,
	shown_unit, shown_milestone, shown_at, neutral, shown_handout, shown_version, shown_page, devices, shown_sort, media, shown_screen`

func scan(row func(...any) error) (Briefing, error) {
	var b Briefing
	var begins, cutoff, called, opened, ended, paused, shown int64
	err := row(&b.ID, &b.Unit, &b.Directive, &b.Title, &b.Asked, &begins, &b.Minutes, &cutoff, &b.Repeats, &b.Series, &b.Chair.ID, &b.Chair.Name,
		&b.State, &b.Revision, &b.CalledBy, &called, &opened, &ended, &paused, &b.Locked, &b.Live, &b.Item, &b.Turn,
		&b.Shown.Unit, &b.Shown.Milestone, &shown, &b.Neutral, &b.Shown.Handout, &b.Shown.Version, &b.Shown.Page, &b.Devices, &b.Shown.Sort, &b.Media, &b.Shown.Screen)
	if err != nil {
		return Briefing{}, err
	}
	b.Begins, b.Cutoff, b.CalledAt, b.Shown.At = store.Moment(begins), store.Moment(cutoff), store.Moment(called), store.Moment(shown)
	b.OpenedAt, b.EndedAt, b.PausedAt = store.Moment(opened), store.Moment(ended), store.Moment(paused)
	if b.Series == 0 {
		b.Series = b.ID
	}
	return b, nil
}

// Get gives a briefing; NotFound when there is none. Whether the actor may see it,
// [Seat] decides.
func Get(ctx context.Context, q store.Querier, id int64) (Briefing, error) {
	b, err := scan(q.QueryRowContext(ctx, `SELECT `+columns+` FROM briefing WHERE id = $1`, id).Scan)
	if store.Missing(err) {
		return Briefing{}, notFound()
	}
	if err != nil {
		return Briefing{}, fmt.Errorf("reading briefing %d: %w", id, err)
	}
	b.Secretaries, err = secretaries(ctx, q, id)
	return b, err
}

func secretaries(ctx context.Context, q store.Querier, id int64) ([]Person, error) {
	of, err := secretariesOf(ctx, q, []any{id})
	return of[id], err
}

// secretariesOf gives the secretaries of briefings, by briefing.
func secretariesOf(ctx context.Context, q store.Querier, ids []any) (map[int64][]Person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := q.QueryContext(ctx, `SELECT briefing_id, person_id, name FROM briefing_secretary
		WHERE briefing_id IN (`+store.Places(len(ids), 1)+`) ORDER BY briefing_id, person_id`, ids...)
	if err != nil {
		return nil, fmt.Errorf("reading the secretaries of briefings: %w", err)
	}
	defer rows.Close()
	of := map[int64][]Person{}
	for rows.Next() {
		var id int64
		var p Person
		if err := rows.Scan(&id, &p.ID, &p.Name); err != nil {
			return nil, fmt.Errorf("reading a secretary: %w", err)
		}
		of[id] = append(of[id], p)
	}
	return of, rows.Err()
}

// lock reads a briefing and keeps everybody else from changing it until the
// transaction ends.
func lock(ctx context.Context, tx *ledger.Tx, id int64) (Briefing, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE briefing SET revision = revision WHERE id = $1`, id); err != nil {
		return Briefing{}, fmt.Errorf("locking briefing %d: %w", id, err)
	}
	return Get(ctx, tx, id)
}

// save writes what can change of a briefing, but for its secretaries.
func (b *Briefing) save(ctx context.Context, tx *ledger.Tx) error {
	b.Revision++
	_, err := tx.ExecContext(ctx, `UPDATE briefing SET title = $1, asked = $2, begins_at = $3, minutes = $4, cutoff_at = $5, repeats = $6,
		chair_id = $7, chair = $8, state = $9, revision = $10, opened_at = $11, ended_at = $12, paused_at = $13, locked = $14, live = $15,
		item_id = $16, turn_id = $17, shown_unit = $18, shown_milestone = $19, shown_at = $20, neutral = $21, directive_id = $22,
		shown_handout = $23, shown_version = $24, shown_page = $25, devices = $26, shown_sort = $27, media = $28, shown_screen = $29 WHERE id = $30`,
		b.Title, b.Asked, store.Micro(b.Begins), b.Minutes, store.Micro(b.Cutoff), b.Repeats,
		b.Chair.ID, b.Chair.Name, b.State, b.Revision, store.Micro(b.OpenedAt), store.Micro(b.EndedAt), store.Micro(b.PausedAt), bit(b.Locked), bit(b.Live),
		b.Item, b.Turn, b.Shown.Unit, b.Shown.Milestone, store.Micro(b.Shown.At), bit(b.Neutral), b.Directive,
		b.Shown.Handout, b.Shown.Version, b.Shown.Page, bit(b.Devices), b.Shown.Sort, bit(b.Media), b.Shown.Screen, b.ID)
	if err != nil {
		return fmt.Errorf("changing briefing %d: %w", b.ID, err)
	}
	return nil
}

// bit is a truth as a column keeps it.
func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// tell appends an event of the briefing.
func (b Briefing) tell(tx *ledger.Tx, kind ledger.Kind, unit tree.UnitID, payload any) error {
	return tx.Append(ledger.New{Unit: int64(unit), Kind: kind, Subject: Subject(b.ID), Payload: payload})
}

func notFound() *fault.Error { return fault.New(fault.NotFound, "briefing.not-found") }

// List gives the briefings that one of the units hosts or is a site of, those under
// way first, then those ahead, the nearest first, then those that are over, the
// newest first.
func List(ctx context.Context, q store.Querier, units []tree.UnitID) ([]Briefing, error) {
	if len(units) == 0 {
		return nil, nil
	}
	of, args := ofUnits(units)
	return readBriefings(ctx, q, `WHERE `+of+`
		ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'called' THEN 1 ELSE 2 END,
		CASE state WHEN 'called' THEN begins_at ELSE -begins_at END, id`, args...)
}

// Pending gives the briefings of [List] about which something is left to do, with
// their secretaries: those ahead and under way, and those over whose minutes nobody
// has signed; the earliest first.
func Pending(ctx context.Context, q store.Querier, units []tree.UnitID) ([]Briefing, error) {
	if len(units) == 0 {
		return nil, nil
	}
	of, args := ofUnits(units)
	list, err := readBriefings(ctx, q, `WHERE (state IN ('called', 'open') OR state = 'ended'
		AND NOT EXISTS (SELECT 1 FROM briefing_minutes WHERE briefing_id = briefing.id AND signer <> ''))
		AND (`+of+`) ORDER BY begins_at, id`, args...)
	if err != nil {
		return nil, err
	}
	var ids []any
	for _, b := range list {
		ids = append(ids, b.ID)
	}
	named, err := secretariesOf(ctx, q, ids)
	for i := range list {
		list[i].Secretaries = named[list[i].ID]
	}
	return list, err
}

// ofUnits is the condition that one of the units hosts a briefing or is a site of it.
func ofUnits(units []tree.UnitID) (where string, args []any) {
	for _, unit := range units {
		args = append(args, int64(unit))
	}
	in := store.PlacesAfter(0, len(units), 1)
	return `unit_id IN (` + in + `) OR id IN (SELECT briefing_id FROM briefing_site WHERE unit_id IN (` + in + `))`, args
}

// Before is the last briefing that the same host held on the same directive before
// this one; ok is false when there was none.
func Before(ctx context.Context, q store.Querier, b Briefing) (last Briefing, ok bool, err error) {
	list, err := readBriefings(ctx, q, `WHERE unit_id = $1 AND directive_id = $2 AND state = 'ended' AND id <> $3 AND opened_at < $4
		ORDER BY opened_at DESC, id DESC LIMIT 1`, b.Unit, b.Directive, b.ID, store.Micro(later(b.Begins, b.OpenedAt)))
	if err != nil || len(list) == 0 {
		return Briefing{}, false, err
	}
	return list[0], true, nil
}

// Held gives the briefings that a unit has held, the newest first and not more than most.
func Held(ctx context.Context, q store.Querier, unit tree.UnitID, most int) ([]Briefing, error) {
	return readBriefings(ctx, q, fmt.Sprintf(`WHERE unit_id = $1 AND state = 'ended' ORDER BY opened_at DESC, id DESC LIMIT %d`, most), int64(unit))
}

// UnderWay gives the briefings that are under way.
func UnderWay(ctx context.Context, q store.Querier) ([]Briefing, error) {
	return readBriefings(ctx, q, `WHERE state = 'open' ORDER BY id`)
}

func readBriefings(ctx context.Context, q store.Querier, where string, args ...any) ([]Briefing, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM briefing `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("listing briefings: %w", err)
	}
	defer rows.Close()
	var list []Briefing
	for rows.Next() {
		b, err := scan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading a briefing: %w", err)
		}
		list = append(list, b)
	}
	return list, rows.Err()
}
