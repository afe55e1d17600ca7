package task

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Stage is how far a unit is with its share.
type Stage string

// The stages.
const (
	Fresh    Stage = "" // nobody has said that it was seen
	Seen     Stage = "seen"
	Done     Stage = "done"     // the unit says that it is; to be verified
	Returned Stage = "returned" // not done, says whoever verifies
	Verified Stage = "verified"
)

// Stages is all stages, the one that is the furthest from the end first.
var Stages = [stages]Stage{Fresh, Returned, Seen, Done, Verified}

// stages is how many stages there are.
const stages = 5

// Owed says whether the unit still has to do it.
func (s Stage) Owed() bool { return s != Done && s != Verified }

// Share is what a unit has to do of a task, as it stands now.
type Share struct {
	Task     int64
	Unit     tree.UnitID
	Stage    Stage
	Deadline clock.Date // the task's, or to which it was extended
	Extended bool
	Asked    clock.Date // a later day that was asked for and not decided on; "" for none
	AskedWhy string
	DoneAt   time.Time // said to be done; zero while it is not
	EndedAt  time.Time // verified; zero while it is not
	Evidence string    // what was done, in words
	Report   int64     // that shows it; 0 for none
	Files    []string  // ids of stored files
	People   []Assignee

	revision int64 // 0 while there is no row
}

// Assignee is somebody of the unit to whom its leader gave the share.
type Assignee struct {
	Person int64  `json:"person"`
	Name   string `json:"name"`
}

const shareColumns = `s.task_id, s.unit_id, s.state, s.deadline, s.asked, s.asked_why, s.done_at, s.ended_at, s.evidence, s.report_id, s.revision`

func (s *Share) scan(row func(...any) error) error {
	var extended clock.Date
	var done, ended int64
	err := row(&s.Task, &s.Unit, &s.Stage, &extended, &s.Asked, &s.AskedWhy, &done, &ended, &s.Evidence, &s.Report, &s.revision)
	s.DoneAt, s.EndedAt, s.Extended = store.Moment(done), store.Moment(ended), extended != ""
	if s.Extended {
		s.Deadline = extended
	}
	return err
}

// ShareOf gives a unit's share of a task, with files and people. NotFound: it has none.
func ShareOf(ctx context.Context, q store.Querier, t Task, unit tree.UnitID) (Share, error) {
	if !t.Units.Has(unit) {
		return Share{}, notFound()
	}
	s := Share{Task: t.ID, Unit: unit, Deadline: t.Deadline}
	err := s.scan(q.QueryRowContext(ctx, `SELECT `+shareColumns+` FROM task_share s WHERE s.task_id = $1 AND s.unit_id = $2`, t.ID, unit).Scan)
	if store.Missing(err) {
		return s, nil
	}
	if err != nil {
		return Share{}, fmt.Errorf("reading the share of unit %d in task %d: %w", unit, t.ID, err)
	}
	if s.Files, err = filesOf(ctx, q, t.ID, unit); err != nil {
		return Share{}, err
	}
	s.People, err = peopleOf(ctx, q, t.ID, unit)
	return s, err
}

func filesOf(ctx context.Context, q store.Querier, task int64, unit tree.UnitID) (list []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT file_id FROM task_file WHERE task_id = $1 AND unit_id = $2 ORDER BY place`, task, unit)
	if err != nil {
		return nil, fmt.Errorf("reading the files of task %d: %w", task, err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, fmt.Errorf("reading a file of task %d: %w", task, err)
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

func peopleOf(ctx context.Context, q store.Querier, task int64, unit tree.UnitID) (list []Assignee, err error) {
	rows, err := q.QueryContext(ctx, `SELECT person_id, name FROM task_person WHERE task_id = $1 AND unit_id = $2 ORDER BY person_id`, task, unit)
	if err != nil {
		return nil, fmt.Errorf("reading who has task %d: %w", task, err)
	}
	defer rows.Close()
	for rows.Next() {
		var one Assignee
		if err := rows.Scan(&one.Person, &one.Name); err != nil {
			return nil, fmt.Errorf("reading who has task %d: %w", task, err)
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// AssignedTo gives the tasks that leaders gave to a person, with the unit in which: the
// ids alone.
func AssignedTo(ctx context.Context, q store.Querier, person int64) (list []Share, err error) {
	rows, err := q.QueryContext(ctx, `SELECT task_id, unit_id FROM task_person WHERE person_id = $1 ORDER BY task_id, unit_id`, person)
	if err != nil {
		return nil, fmt.Errorf("reading the tasks of person %d: %w", person, err)
	}
	defer rows.Close()
	for rows.Next() {
		var one Share
		if err := rows.Scan(&one.Task, &one.Unit); err != nil {
			return nil, fmt.Errorf("reading a task of person %d: %w", person, err)
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// take locks a task and reads a unit's share of it, for something to be done about it.
func take(ctx context.Context, tx *ledger.Tx, task int64, unit tree.UnitID) (Task, Share, error) {
	t, err := lock(ctx, tx, task)
	if err != nil {
		return Task{}, Share{}, err
	}
	s, err := ShareOf(ctx, tx, t, unit)
	return t, s, err
}

// own takes a share for whoever acts for its unit.
func own(ctx context.Context, tx *ledger.Tx, actor access.Actor, action access.Action, task int64, unit tree.UnitID) (Task, Share, error) {
	t, s, err := take(ctx, tx, task, unit)
	if err != nil {
		return Task{}, Share{}, err
	}
	if err := actor.May(action, unit); err != nil {
		return Task{}, Share{}, err
	}
	if t.State == Withdrawn {
		return Task{}, Share{}, fault.New(fault.Conflict, "task.withdrawn")
	}
	return t, s, nil
}

// save writes the share's row, the first time it is touched and later.
func (s *Share) save(ctx context.Context, tx *ledger.Tx) error {
	s.revision++
	_, err := tx.ExecContext(ctx, `INSERT INTO task_share (task_id, unit_id, state, deadline, asked, asked_why, done_at, ended_at, evidence, report_id, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (task_id, unit_id) DO UPDATE SET state = excluded.state, deadline = excluded.deadline,
		asked = excluded.asked, asked_why = excluded.asked_why, done_at = excluded.done_at, ended_at = excluded.ended_at, evidence = excluded.evidence,
		report_id = excluded.report_id, revision = excluded.revision`,
		s.Task, s.Unit, s.Stage, s.extension(), s.Asked, s.AskedWhy, store.Micro(s.DoneAt), store.Micro(s.EndedAt), s.Evidence, s.Report, s.revision)
	if err != nil {
		return fmt.Errorf("writing the share of unit %d in task %d: %w", s.Unit, s.Task, err)
	}
	return nil
}

// extension is the day to which it was extended; "" for the task's.
func (s Share) extension() clock.Date {
	if s.Extended {
		return s.Deadline
	}
	return ""
}

// record saves the share and appends what was done about it.
func (s *Share) record(ctx context.Context, tx *ledger.Tx, kind ledger.Kind, act Act) error {
	if err := s.save(ctx, tx); err != nil {
		return err
	}
	act.Task, act.Unit, act.Stage, act.Deadline = s.Task, s.Unit, s.Stage, s.extension()
	return tx.Append(ledger.New{Unit: int64(s.Unit), Kind: kind, Subject: ShareSubject(s.Task, s.Unit), Payload: act})
}
