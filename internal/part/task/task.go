package task

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the tables of tasks.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// The kinds of sources.
const (
	FromConclusion = "conclusion" // of a briefing
	FromDirective  = "directive"
	FromDifficulty = "difficulty"
	FromLetter     = "letter" // an official letter
	ByHand         = "hand"   // of the office that gives it
	FromTask       = "task"   // handed down: ID is the task that is split, Part the unit that splits it
)

// Kinds is all kinds of sources.
var Kinds = []string{FromConclusion, FromDirective, FromDifficulty, FromLetter, ByHand, FromTask}

// Source is where a task comes from.
type Source struct {
	Kind  string `json:"kind"`
	ID    int64  `json:"id,omitempty"`    // 0 where the source has none
	Part  int    `json:"part,omitempty"`  // its number in the source: the point of the conclusions
	Title string `json:"title,omitempty"` // as people name the source: "Công văn số 12-CV/VPTU"
}

// State is how far a task is, apart from what its units do.
type State string

// The states.
const (
	Announced State = "announced" // told, and not yet binding
	Live      State = "live"
	Withdrawn State = "withdrawn"
)

// Whose task it can be in a unit: keys of bodies that every profile of offices has. A
// task of any other body than the office is the committee's.
const (
	OfOffice    = "office"
	OfCommittee = "committee"
)

// Task is something that a set of units has to do until a day.
type Task struct {
	ID      int64
	Giver   tree.UnitID // the unit that gives it
	GivenBy int64       // a person
	Name    string      // of who gave it, and post
	GivenAt time.Time
	Source  Source
	Title   string
	Text    string
	marking.Marks
	Body      string     // of the profile: whose task it is in each unit
	Deadline  clock.Date // the last day
	Directive int64      // 0 for none
	Milestone string     // that ends a share when the board has it; "" for none
	Verifier  tree.UnitID
	State     State
	BoundBy   string // the document by which what was announced binds; "" for none
	Units     Set    // that have a share
	EndedAt   time.Time

	revision int64
}

// Parent is the task that this one was split from, and the unit that split it; zero for
// none.
func (t Task) Parent() (task int64, unit tree.UnitID) {
	if t.Source.Kind != FromTask {
		return 0, 0
	}
	return t.Source.ID, tree.UnitID(t.Source.Part)
}

// Subject is how events name a task as a whole.
func Subject(id int64) string { return subjects + strconv.FormatInt(id, 10) }

const subjects = "task:"

const columns = `t.id, t.giver_id, t.given_by, t.giver, t.given_at, t.source, t.source_id, t.source_part, t.source_title, t.title, t.body_text,
	t.secrecy, t.urgency, t.body, t.deadline, t.directive_id, t.milestone, t.verifier_id, t.state, t.bound_by, t.units, t.ended_at, t.revision`

func (t *Task) scan(row func(...any) error) error {
	var given, ended int64
	var packed []byte
	err := row(&t.ID, &t.Giver, &t.GivenBy, &t.Name, &given, &t.Source.Kind, &t.Source.ID, &t.Source.Part, &t.Source.Title, &t.Title, &t.Text,
		&t.Secrecy, &t.Urgency, &t.Body, &t.Deadline, &t.Directive, &t.Milestone, &t.Verifier, &t.State, &t.BoundBy, &packed, &ended, &t.revision)
	if err != nil {
		return err
	}
	t.GivenAt, t.EndedAt = store.Moment(given), store.Moment(ended)
	t.Units, err = ReadSet(packed)
	return err
}

// Get gives one task. NotFound: there is none.
func Get(ctx context.Context, q store.Querier, id int64) (Task, error) {
	list, err := read(ctx, q, `WHERE t.id = $1`, id)
	if err != nil {
		return Task{}, err
	}
	if len(list) == 0 {
		return Task{}, notFound()
	}
	return list[0], nil
}

func read(ctx context.Context, q store.Querier, where string, args ...any) ([]Task, error) {
	return query(ctx, q, columns, where, args...)
}

func query(ctx context.Context, q store.Querier, columns, where string, args ...any) ([]Task, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM task t `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading tasks: %w", err)
	}
	defer rows.Close()
	var list []Task
	for rows.Next() {
		var t Task
		if err := t.scan(rows.Scan); err != nil {
			return nil, fmt.Errorf("reading a task: %w", err)
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

// BySource gives the tasks that came from something, in the order of its parts.
func BySource(ctx context.Context, q store.Querier, kind string, id int64) ([]Task, error) {
	return read(ctx, q, `WHERE t.source = $1 AND t.source_id = $2 ORDER BY t.source_part, t.id`, kind, id)
}

// GivenByUnit gives the tasks that a unit gave, the newest first.
func GivenByUnit(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Task, error) {
	return read(ctx, q, `WHERE t.giver_id = $1 ORDER BY t.id DESC`, unit)
}

// Heads gives tasks by their ids, the earliest deadline first, without the sets of their
// units: a list shows none of them, and a hundred of a whole country are megabytes.
func Heads(ctx context.Context, q store.Querier, ids []int64) ([]Task, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	// Numbers, so that there is nothing to be bound: an engine takes a limited number of values.
	typed := make([]string, len(ids))
	for i, id := range ids {
		typed[i] = strconv.FormatInt(id, 10)
	}
	return query(ctx, q, strings.Replace(columns, "t.units", "NULL", 1), `WHERE t.id IN (`+strings.Join(typed, ", ")+`) ORDER BY t.deadline, t.id`)
}

// May says why the actor may not read a task: whoever may read tasks at the unit that
// gives or verifies it, or at a unit that has a share, may. The refusal is that of one
// that does not exist.
func (t Task) May(actor access.Actor) error {
	if actor.May(access.TaskRead, t.Giver) == nil || actor.May(access.TaskRead, t.Verifier) == nil {
		return nil
	}
	for _, unit := range actor.Units(access.TaskRead) {
		if t.Units.Has(unit) {
			return nil
		}
	}
	for unit := range t.Units.All() {
		if actor.May(access.TaskRead, unit) == nil {
			return nil
		}
	}
	return notFound()
}

// Oversees says whether the actor reads all shares of a task, and not only those of the
// own units and below.
func (t Task) Oversees(actor access.Actor) bool {
	return actor.May(access.TaskRead, t.Giver) == nil || actor.May(access.TaskRead, t.Verifier) == nil
}

// lock reads a task and keeps everybody else from changing it until the transaction
// ends.
func lock(ctx context.Context, tx *ledger.Tx, id int64) (Task, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE task SET revision = revision WHERE id = $1`, id); err != nil {
		return Task{}, fmt.Errorf("locking task %d: %w", id, err)
	}
	return Get(ctx, tx, id)
}

// save writes what can change.
func (t *Task) save(ctx context.Context, tx *ledger.Tx) error {
	t.revision++
	_, err := tx.ExecContext(ctx, `UPDATE task SET giver_id = $1, verifier_id = $2, state = $3, bound_by = $4, units = $5, unit_count = $6, ended_at = $7, source_part = $8, revision = $9 WHERE id = $10`,
		t.Giver, t.Verifier, t.State, t.BoundBy, t.Units.Bytes(), t.Units.Len(), store.Micro(t.EndedAt), t.Source.Part, t.revision, t.ID)
	if err != nil {
		return fmt.Errorf("changing task %d: %w", t.ID, err)
	}
	return nil
}

// tell appends an event about the task as a whole.
func (t Task) tell(tx *ledger.Tx, kind ledger.Kind, payload any) error {
	return tx.Append(ledger.New{Unit: int64(t.Giver), Kind: kind, Subject: Subject(t.ID), Payload: payload})
}

func knownKind(kind string) bool { return slices.Contains(Kinds, kind) }

func notFound() *fault.Error { return fault.New(fault.NotFound, "task.not-found") }
