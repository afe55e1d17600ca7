package task

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// Acknowledge says, for a unit, that its share was seen. Saying so again changes
// nothing. Faults: NotFound; Forbidden; Conflict where the task is withdrawn.
func Acknowledge(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID) (Share, error) {
	_, s, err := own(ctx, tx, actor, access.TaskDo, task, unit)
	if err != nil || s.Stage != Fresh {
		return s, err
	}
	s.Stage = Seen
	return s, s.record(ctx, tx, WasSeen, Act{By: unit, Name: actor.Name})
}

// Note says how a unit's share stands. Faults: NotFound; Forbidden; Conflict where the
// task is withdrawn; Invalid at "text".
func Note(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID, text string) (Share, error) {
	_, s, err := own(ctx, tx, actor, access.TaskDo, task, unit)
	if err != nil {
		return Share{}, err
	}
	if text, err = said(text); err != nil {
		return Share{}, err
	}
	s.see()
	return s, s.record(ctx, tx, WasNoted, Act{By: unit, Text: text, Name: actor.Name})
}

// see notes that whoever does something about it has seen it.
func (s *Share) see() {
	if s.Stage == Fresh {
		s.Stage = Seen
	}
}

// Assign gives a unit's share to people who work there, in the place of those who had
// it; to nobody means to the office again. Faults: NotFound; Forbidden; Conflict where
// it is withdrawn or verified; Invalid at "people".
func Assign(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID, people []int64) (Share, error) {
	_, s, err := own(ctx, tx, actor, access.TaskAssign, task, unit)
	if err != nil {
		return Share{}, err
	}
	if s.Stage == Verified {
		return Share{}, fault.New(fault.Conflict, "task.over")
	}
	s.People = nil
	here, err := Assignable(ctx, tx, unit)
	if err != nil {
		return Share{}, err
	}
	for _, id := range people {
		at := slices.IndexFunc(here, func(a Assignee) bool { return a.Person == id })
		if at < 0 {
			return Share{}, fault.New(fault.Invalid, "task.person-unknown").At("people")
		}
		s.People = append(s.People, here[at])
	}
	s.see()
	if err := s.savePeople(ctx, tx); err != nil {
		return Share{}, err
	}
	return s, s.record(ctx, tx, WasAssigned, Act{By: unit, People: s.People, Name: actor.Name})
}

// Assignable gives the people of a unit to whom a share can be given: its leaders and
// officers whose account works.
func Assignable(ctx context.Context, q store.Querier, unit tree.UnitID) (list []Assignee, err error) {
	holders, err := account.Holders(ctx, q, []tree.UnitID{unit}, access.Leader, access.Officer)
	for _, h := range holders {
		list = append(list, Assignee{Person: h.ID, Name: h.Name})
	}
	return list, err
}

// Left gives those of a share's people who do not work at the unit any more: what was
// theirs has fallen back to the office.
func (s Share) Left(ctx context.Context, q store.Querier) (list []Assignee, err error) {
	if len(s.People) == 0 {
		return nil, nil
	}
	here, err := Assignable(ctx, q, s.Unit)
	for _, one := range s.People {
		if !slices.ContainsFunc(here, func(a Assignee) bool { return a.Person == one.Person }) {
			list = append(list, one)
		}
	}
	return list, err
}

func (s Share) savePeople(ctx context.Context, tx *ledger.Tx) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM task_person WHERE task_id = $1 AND unit_id = $2`, s.Task, s.Unit); err != nil {
		return fmt.Errorf("taking task %d from people: %w", s.Task, err)
	}
	for _, one := range s.People {
		_, err := tx.ExecContext(ctx, `INSERT INTO task_person (task_id, unit_id, person_id, name) VALUES ($1, $2, $3, $4)`, s.Task, s.Unit, one.Person, one.Name)
		if err != nil {
			return fmt.Errorf("giving task %d to person %d: %w", s.Task, one.Person, err)
		}
	}
	return nil
}

// FinishCommand says that a unit's share is done.
type FinishCommand struct {
	Task   int64
	Unit   tree.UnitID
	Text   string   // what was done
	Files  []string // that the actor has sent for the unit
	Report int64    // of the unit, that shows it; 0 for none
}

// Finish says, for a unit, that its share is done, with evidence; whoever verifies
// decides. Faults: NotFound; Forbidden; Conflict where it does not bind, is withdrawn or
// verified; Invalid at "text", "files", "report".
func Finish(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd FinishCommand) (Share, error) {
	t, s, err := own(ctx, tx, actor, access.TaskDo, cmd.Task, cmd.Unit)
	if err != nil {
		return Share{}, err
	}
	if t.State != Live {
		return Share{}, fault.New(fault.Conflict, "task.not-binding")
	}
	if s.Stage == Verified {
		return Share{}, fault.New(fault.Conflict, "task.over")
	}
	if err := cmd.check(ctx, tx, actor); err != nil {
		return Share{}, err
	}
	s.Stage, s.DoneAt, s.Evidence, s.Report, s.Files = Done, tx.Now(), strings.TrimSpace(cmd.Text), cmd.Report, cmd.Files
	s.Asked, s.AskedWhy = "", "" // it needs no more days
	if err := s.saveFiles(ctx, tx); err != nil {
		return Share{}, err
	}
	return s, s.record(ctx, tx, WasDone, Act{By: s.Unit, Text: s.Evidence, Files: s.Files, Report: s.Report, Name: actor.Name})
}

func (cmd FinishCommand) check(ctx context.Context, q store.Querier, actor access.Actor) error {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	switch n := utf8.RuneCountInString(strings.TrimSpace(cmd.Text)); {
	case n == 0:
		add("text", "task.needed")
	case n > MostText:
		add("text", "task.long", "most", MostText)
	}
	if len(cmd.Files) > MostFiles {
		add("files", "task.files-many", "most", MostFiles)
	}
	if cmd.Report != 0 {
		r, err := report.Get(ctx, q, cmd.Report)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err != nil || r.Unit != cmd.Unit {
			add("report", "task.report-unknown")
		}
	}
	for _, id := range cmd.Files {
		f, err := file.Get(ctx, q, id)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		// Naming what somebody else sent would show it to all who read the task.
		if err != nil || f.By != actor.Person || tree.UnitID(f.Unit) != cmd.Unit {
			add("files", "task.file-unknown")
		}
	}
	return wrong.Err()
}

func (s Share) saveFiles(ctx context.Context, tx *ledger.Tx) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM task_file WHERE task_id = $1 AND unit_id = $2`, s.Task, s.Unit); err != nil {
		return fmt.Errorf("taking evidence from task %d: %w", s.Task, err)
	}
	for place, id := range s.Files {
		_, err := tx.ExecContext(ctx, `INSERT INTO task_file (task_id, unit_id, place, file_id) VALUES ($1, $2, $3, $4)`, s.Task, s.Unit, place, id)
		if err != nil {
			return fmt.Errorf("attaching evidence to task %d: %w", s.Task, err)
		}
	}
	return nil
}

// checked takes a share for whoever verifies.
func checked(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID) (Task, Share, error) {
	t, s, err := take(ctx, tx, task, unit)
	if err != nil {
		return Task{}, Share{}, err
	}
	if err := actor.May(access.TaskVerify, t.Verifier); err != nil {
		return Task{}, Share{}, err
	}
	if t.State == Withdrawn {
		return Task{}, Share{}, fault.New(fault.Conflict, "task.withdrawn")
	}
	return t, s, nil
}

// Verify says, for whoever verifies, that a unit's share is done. Saying so again
// changes nothing. Faults: NotFound; Forbidden; Conflict where it is not said to be done.
func Verify(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID) (Share, error) {
	t, s, err := checked(ctx, tx, actor, task, unit)
	switch {
	case err != nil || s.Stage == Verified:
		return s, err
	case s.Stage != Done:
		return Share{}, fault.New(fault.Conflict, "task.not-done")
	}
	s.Stage, s.EndedAt, s.Asked, s.AskedWhy = Verified, tx.Now(), "", ""
	return s, s.record(ctx, tx, WasVerified, Act{By: t.Verifier, Name: actor.Name, Paper: actor.Paper})
}

// Return says, for whoever verifies, that a unit's share is not done, and why: the unit
// has it again. Faults: NotFound; Forbidden; Conflict where it is not said to be done;
// Invalid at "text".
func Return(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID, reason string) (Share, error) {
	t, s, err := checked(ctx, tx, actor, task, unit)
	if err != nil {
		return Share{}, err
	}
	if s.Stage.Owed() {
		return Share{}, fault.New(fault.Conflict, "task.not-done")
	}
	if reason, err = said(reason); err != nil {
		return Share{}, err
	}
	s.Stage, s.DoneAt, s.EndedAt = Returned, time.Time{}, time.Time{}
	return s, s.record(ctx, tx, WasReturned, Act{By: t.Verifier, Text: reason, Name: actor.Name, Paper: actor.Paper})
}

// Ask asks, for a unit, for a later last day, with a reason. Faults: NotFound;
// Forbidden; Conflict where it is not owed; Invalid at "deadline" and "text".
func Ask(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID, until clock.Date, reason string) (Share, error) {
	_, s, err := own(ctx, tx, actor, access.TaskDo, task, unit)
	if err != nil {
		return Share{}, err
	}
	if !s.Stage.Owed() {
		return Share{}, fault.New(fault.Conflict, "task.over")
	}
	today, err := today(ctx, tx)
	if err != nil {
		return Share{}, err
	}
	var wrong fault.List
	if late := checkExtension(until, s.Deadline, today); late != nil {
		wrong = append(wrong, late)
	}
	reason, err = said(reason)
	wrong = append(wrong, fault.All(err)...)
	if len(wrong) > 0 {
		return Share{}, wrong
	}
	s.see()
	s.Asked, s.AskedWhy = until, reason
	return s, s.record(ctx, tx, WasAsked, Act{By: unit, Asked: until, Text: reason, Name: actor.Name})
}

func checkExtension(until, deadline, today clock.Date) *fault.Error {
	if wrong := checkDeadline(until, today); wrong != nil {
		return wrong.At("deadline")
	}
	if until <= deadline {
		return fault.New(fault.Invalid, "task.not-later", "deadline", deadline).At("deadline")
	}
	return nil
}

func today(ctx context.Context, tx *ledger.Tx) (clock.Date, error) {
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return "", err
	}
	return clock.DateOf(tx.Now(), p.Location()), nil
}

// Extend gives a unit's share a later last day, for whoever verifies: the one asked for,
// or another. "" grants what was asked for. Faults: NotFound; Forbidden; Conflict where
// it is not owed; Invalid at "deadline".
func Extend(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID, until clock.Date) (Share, error) {
	t, s, err := checked(ctx, tx, actor, task, unit)
	if err != nil {
		return Share{}, err
	}
	if !s.Stage.Owed() {
		return Share{}, fault.New(fault.Conflict, "task.over")
	}
	if until == "" {
		until = s.Asked
	}
	today, err := today(ctx, tx)
	if err != nil {
		return Share{}, err
	}
	if late := checkExtension(until, s.Deadline, today); late != nil {
		return Share{}, late
	}
	s.Deadline, s.Extended, s.Asked, s.AskedWhy = until, true, "", ""
	return s, s.record(ctx, tx, WasGranted, Act{By: t.Verifier, Asked: until, Name: actor.Name, Paper: actor.Paper})
}

// Refuse refuses a later last day that a unit asked for, with a reason. Faults:
// NotFound; Forbidden; Conflict where none was asked for; Invalid at "text".
func Refuse(ctx context.Context, tx *ledger.Tx, actor access.Actor, task int64, unit tree.UnitID, reason string) (Share, error) {
	t, s, err := checked(ctx, tx, actor, task, unit)
	if err != nil {
		return Share{}, err
	}
	if s.Asked == "" {
		return Share{}, fault.New(fault.Conflict, "task.not-asked")
	}
	if reason, err = said(reason); err != nil {
		return Share{}, err
	}
	asked := s.Asked
	s.Asked, s.AskedWhy = "", ""
	return s, s.record(ctx, tx, WasRefused, Act{By: t.Verifier, Asked: asked, Text: reason, Name: actor.Name, Paper: actor.Paper})
}
