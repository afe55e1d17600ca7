package difficulty

import (
	"context"
	"embed"
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the tables of difficulties.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// Sort says whether something stands in the way, or has happened.
type Sort string

// The sorts.
const (
	Obstacle Sort = "difficulty"
	Incident Sort = "incident"
)

// Sorts is all sorts, the most usual first.
var Sorts = []Sort{Obstacle, Incident}

// State is how far a difficulty has come.
type State string

// The states.
const (
	Open      State = "open"
	Answered  State = "answered" // settled by the office asked, and not yet confirmed
	Settled   State = "settled"  // confirmed by the unit that raised it
	Withdrawn State = "withdrawn"
)

// Live says whether somebody still has something to do about it.
func (s State) Live() bool { return s == Open || s == Answered }

// Difficulty is one difficulty or incident as it stands now.
type Difficulty struct {
	ID        int64
	Unit      tree.UnitID // that raised it
	RaisedBy  int64       // a person
	Raiser    string      // name and post
	RaisedAt  time.Time
	Directive int64  // 0 for none
	Milestone string // that it holds back; "" for none
	Sort      Sort
	Kind      string // key in the profile
	marking.Marks
	Title    string
	Obstacle string     // what is in the way
	Needs    string     // what the unit needs; "" when it does not say
	Wanted   clock.Date // the day by which an answer is needed; "" for none
	Files    []string   // ids of stored files

	At      tree.UnitID // the unit whose office has it now
	Since   time.Time
	Silent  time.Time // from then on silence moves it up; zero for never
	State   State
	Head    int64 // the difficulty with which it is answered; 0 for itself
	EndedAt time.Time

	revision int64
}

// Urgent says whether it is marked urgent in any degree.
func (d Difficulty) Urgent() bool { return d.Urgency != marking.Unhurried }

// Subject is how events name a difficulty.
func Subject(id int64) string { return subjects + strconv.FormatInt(id, 10) }

const subjects = "difficulty:"

const columns = `d.id, d.unit_id, d.raised_by, d.raiser, d.raised_at, d.directive_id, d.milestone, d.sort, d.kind, d.urgency, d.secrecy,
	d.title, d.obstacle, d.needs, d.wanted, d.at_id, d.at_since, d.silent_at, d.state, d.head_id, d.ended_at, d.revision`

func (d *Difficulty) scan(row func(...any) error) error {
	var raised, since, silent, ended int64
	err := row(&d.ID, &d.Unit, &d.RaisedBy, &d.Raiser, &raised, &d.Directive, &d.Milestone, &d.Sort, &d.Kind, &d.Urgency, &d.Secrecy,
		&d.Title, &d.Obstacle, &d.Needs, &d.Wanted, &d.At, &since, &silent, &d.State, &d.Head, &ended, &d.revision)
	d.RaisedAt, d.Since, d.Silent, d.EndedAt = store.Moment(raised), store.Moment(since), store.Moment(silent), store.Moment(ended)
	return err
}

// Get gives one difficulty with its files. NotFound: there is none.
func Get(ctx context.Context, q store.Querier, id int64) (Difficulty, error) {
	list, err := read(ctx, q, `WHERE d.id = $1`, id)
	if err != nil {
		return Difficulty{}, err
	}
	if len(list) == 0 {
		return Difficulty{}, notFound()
	}
	d := list[0]
	d.Files, err = filesOf(ctx, q, id)
	return d, err
}

func read(ctx context.Context, q store.Querier, where string, args ...any) ([]Difficulty, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM difficulty d `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading difficulties: %w", err)
	}
	defer rows.Close()
	var list []Difficulty
	for rows.Next() {
		var d Difficulty
		if err := d.scan(rows.Scan); err != nil {
			return nil, fmt.Errorf("reading a difficulty: %w", err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

func filesOf(ctx context.Context, q store.Querier, id int64) (list []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT file_id FROM difficulty_file WHERE difficulty_id = $1 ORDER BY place`, id)
	if err != nil {
		return nil, fmt.Errorf("reading the files of difficulty %d: %w", id, err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, fmt.Errorf("reading a file of difficulty %d: %w", id, err)
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// lock reads a difficulty and keeps everybody else from changing it until the
// transaction ends.
func lock(ctx context.Context, tx *ledger.Tx, id int64) (Difficulty, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE difficulty SET revision = revision WHERE id = $1`, id); err != nil {
		return Difficulty{}, fmt.Errorf("locking difficulty %d: %w", id, err)
	}
	return Get(ctx, tx, id)
}

// save writes what can change.
func (d *Difficulty) save(ctx context.Context, tx *ledger.Tx) error {
	d.revision++
	_, err := tx.ExecContext(ctx, `UPDATE difficulty SET at_id = $1, at_since = $2, silent_at = $3, state = $4, head_id = $5, ended_at = $6, revision = $7, unit_id = $8 WHERE id = $9`,
		d.At, store.Micro(d.Since), store.Micro(d.Silent), d.State, d.Head, store.Micro(d.EndedAt), d.revision, d.Unit, d.ID)
	if err != nil {
		return fmt.Errorf("changing difficulty %d: %w", d.ID, err)
	}
	return nil
}

// office notes that a unit's office has or had it.
func (d Difficulty) office(ctx context.Context, tx *ledger.Tx, unit tree.UnitID) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO difficulty_office (difficulty_id, unit_id) VALUES ($1, $2) ON CONFLICT (difficulty_id, unit_id) DO NOTHING`, d.ID, unit)
	if err != nil {
		return fmt.Errorf("noting who has difficulty %d: %w", d.ID, err)
	}
	return nil
}

// tell appends an event about it.
func (d Difficulty) tell(tx *ledger.Tx, kind ledger.Kind, unit tree.UnitID, payload any) error {
	return tx.Append(ledger.New{Unit: int64(unit), Kind: kind, Subject: Subject(d.ID), Payload: payload})
}

func notFound() *fault.Error { return fault.New(fault.NotFound, "difficulty.not-found") }
