package remind

import (
	"context"
	"embed"
	"fmt"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the tables of reminders.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// What is owed, or to be known.
type What string

// The kinds.
const (
	Report      What = "report"      // a report of the unit's own
	Cells       What = "cells"       // the reports of the units for which it reports
	Below       What = "below"       // units below are late
	Difficulty  What = "difficulty"  // one that waits for its answer
	Invitation  What = "invitation"  // to a briefing, unanswered
	Acknowledge What = "acknowledge" // that a directive has arrived
	Receipts    What = "receipts"    // units below have not acknowledged one
	Task        What = "task"        // the unit's share of one, or at its giver the shares of others that are late
)

// Reminder is what a unit was reminded of once.
type Reminder struct {
	ID        int64
	Unit      tree.UnitID // that is reminded
	What      What
	Stage     Stage
	Directive int64  // 0 for none
	Milestone string // "" for none
	Level     string // of cells, and of units below
	About     int64  // the difficulty, briefing or task; 0 for none
	Deadline  clock.Date
	Late      int         // units below that are; 0 for none
	By        tree.UnitID // whose office urges; 0 for the rule
	Person    int64       // who urges
	Note      string
	MadeAt    time.Time
	Read      bool // by the person for whom it was read

	cause string
}

const columns = `r.id, r.unit_id, r.cause, r.what, r.stage, r.directive_id, r.milestone, r.level, r.about_id, r.deadline, r.late, r.by_unit, r.by_person, r.note, r.made_at`

const width = 14 // columns of a new row

// values are a new row.
func (r Reminder) values() []any {
	return []any{
		r.Unit, r.cause, r.What, r.Stage, r.Directive, r.Milestone, r.Level, r.About, r.Deadline, r.Late, r.By, r.Person, r.Note, store.Micro(r.MadeAt),
	}
}

// add writes reminders and gives those that are new, with their ids: a cause of which
// a unit was reminded stays as it is.
func add(ctx context.Context, tx store.Querier, list []Reminder) (made []Reminder, err error) {
	for len(list) > 0 {
		part := list[:min(len(list), store.Batch)]
		list = list[len(part):]
		if made, err = addBatch(ctx, tx, part, made); err != nil {
			return nil, fmt.Errorf("making reminders: %w", err)
		}
	}
	return made, nil
}

func addBatch(ctx context.Context, tx store.Querier, part, made []Reminder) ([]Reminder, error) {
	args := make([]any, 0, width*len(part))
	type key struct {
		unit  tree.UnitID
		cause string
	}
	byKey := make(map[key]Reminder, len(part))
	for _, r := range part {
		args = append(args, r.values()...)
		byKey[key{r.Unit, r.cause}] = r
	}
	rows, err := tx.QueryContext(ctx, `INSERT INTO reminder (unit_id, cause, what, stage, directive_id, milestone, level, about_id, deadline, late, by_unit, by_person, note, made_at)
		VALUES `+store.Places(len(part), width)+` ON CONFLICT (unit_id, cause) DO NOTHING RETURNING id, unit_id, cause`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var k key
		var id int64
		if err := rows.Scan(&id, &k.unit, &k.cause); err != nil {
			return nil, err
		}
		r := byKey[k]
		r.ID = id
		made = append(made, r)
	}
	return made, rows.Err()
}

func read(ctx context.Context, q store.Querier, person int64, rest string, args ...any) (list []Reminder, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+`, CASE WHEN s.reminder_id IS NULL AND r.id > COALESCE(p.read_to, 0) THEN 0 ELSE 1 END
		FROM reminder r LEFT JOIN reminder_seen s ON s.reminder_id = r.id AND s.person_id = $1
		LEFT JOIN reminder_person p ON p.person_id = $1 `+rest, append([]any{person}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("reading reminders: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r Reminder
		var made int64
		var seen int
		err := rows.Scan(&r.ID, &r.Unit, &r.cause, &r.What, &r.Stage, &r.Directive, &r.Milestone, &r.Level, &r.About, &r.Deadline, &r.Late, &r.By, &r.Person, &r.Note, &made, &seen)
		if err != nil {
			return nil, fmt.Errorf("reading a reminder: %w", err)
		}
		r.MadeAt, r.Read = store.Moment(made), seen == 1
		list = append(list, r)
	}
	return list, rows.Err()
}
