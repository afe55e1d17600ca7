package remind

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// MostNote is how long a note may be, in characters.
const MostNote = 500

// PressAfter is how long a unit is left in peace after it was urged to the same report.
const PressAfter = time.Hour

// PressCommand urges units that are late with a report.
type PressCommand struct {
	Key       string // of the form: same key, same reminders
	By        tree.UnitID
	Directive int64
	Milestone string
	Cells     string         // their level, where the units report for others; "" for their own report
	Units     []board.Listed // below it
	Note      string
}

// Press urges units below an office by hand and gives how many were; those that were
// urged less than [PressAfter] ago are left out. Faults: Forbidden; Invalid at "units"
// and "note"; Conflict where all were urged just now.
func Press(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd PressCommand) (int, error) {
	for _, one := range cmd.Units {
		if err := mayPress(actor, cmd.By, one.Unit); err != nil {
			return 0, err
		}
	}
	if cmd.Note = strings.TrimSpace(cmd.Note); utf8.RuneCountInString(cmd.Note) > MostNote {
		return 0, fault.New(fault.Invalid, "remind.long", "most", MostNote).At("note")
	}
	if len(cmd.Units) == 0 {
		return 0, fault.New(fault.Invalid, "remind.no-units").At("units")
	}
	just, again, err := pressed(ctx, tx, cmd)
	if err != nil || again > 0 {
		return again, err
	}
	var list []Reminder
	for _, one := range cmd.Units {
		if just[one.Unit] {
			continue
		}
		what := Report
		if cmd.Cells != "" {
			what = Cells
		}
		list = append(list, Reminder{
			Unit: one.Unit, What: what, Level: cmd.Cells, Stage: Urged, Directive: cmd.Directive, Milestone: cmd.Milestone, Deadline: one.Deadline,
			By: cmd.By, Person: actor.Person, Note: cmd.Note, MadeAt: tx.Now(), cause: "urged " + cmd.Key,
		})
	}
	if len(list) == 0 {
		return 0, fault.New(fault.Conflict, "remind.just-urged")
	}
	made, err := add(ctx, tx, list)
	if err != nil {
		return 0, err
	}
	return len(made), tell(tx, WereUrged, made)
}

// mayPress decides whether the actor urges a unit in the name of an office.
func mayPress(actor access.Actor, by, unit tree.UnitID) error {
	if err := actor.May(access.ReportDraft, by); err != nil {
		return err
	}
	if by == unit || !actor.Tree.Within(unit, by) {
		return fault.New(fault.Forbidden, "remind.not-below")
	}
	return actor.May(access.ReportTell, unit)
}

// pressed gives the units that were urged to the report just now; again is how many
// the same form has urged before.
func pressed(ctx context.Context, q *ledger.Tx, cmd PressCommand) (units map[tree.UnitID]bool, again int, err error) {
	rows, err := q.QueryContext(ctx, `SELECT unit_id, cause, made_at FROM reminder WHERE directive_id = $1 AND milestone = $2 AND stage = $3 AND by_unit = $4`,
		cmd.Directive, cmd.Milestone, Urged, cmd.By)
	if err != nil {
		return nil, 0, fmt.Errorf("reading who was urged: %w", err)
	}
	defer rows.Close()
	units = map[tree.UnitID]bool{}
	for rows.Next() {
		var unit tree.UnitID
		var cause string
		var made int64
		if err := rows.Scan(&unit, &cause, &made); err != nil {
			return nil, 0, fmt.Errorf("reading who was urged: %w", err)
		}
		if cause == "urged "+cmd.Key {
			again++
		}
		units[unit] = units[unit] || made > store.Micro(q.Now().Add(-PressAfter))
	}
	return units, again, rows.Err()
}
