package org

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Lined tells that a unit reports in a line, beside the unit that counts it.
type Lined struct {
	Unit tree.UnitID `json:"unit"`
	Line string      `json:"line"` // key of the profile's lines
	Head tree.UnitID `json:"head"` // to which it reports in the line
	From clock.Date  `json:"from"`
	To   clock.Date  `json:"to,omitempty"` // the first day without it; "" while it holds
}

// SetLineCommand puts a unit into a line, or under another head of it.
type SetLineCommand struct {
	Unit tree.UnitID `json:"unit"`
	Line string      `json:"line"`
	Head tree.UnitID `json:"head"`
	From clock.Date  `json:"from"` // "" for today
}

// SetLine has a unit report in a line from a day on. It is counted where it was:
// once, by the unit above. It takes a right at both ends: to change the unit,
// whose figures go to another, and at the head, which gets a unit to answer for.
// The head is neither the unit itself, nor the unit above, nor one that reports
// to it in the same line. To end a line the right at the unit is enough.
func SetLine(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SetLineCommand) (Lined, error) {
	c, unit, was, err := beginAt(ctx, tx, actor, cmd.Unit, cmd.From)
	if err != nil {
		return Lined{}, err
	}
	if _, known := c.profile.LineOf(cmd.Line); !known {
		return Lined{}, fault.New(fault.Invalid, "org.line.unknown").At("line")
	}
	if err := actor.May(access.UnitChange, cmd.Head); err != nil {
		return Lined{}, err
	}
	head, _, err := c.unit(ctx, cmd.Head, "head")
	if err != nil {
		return Lined{}, err
	}
	switch {
	case !unit.lasts() || !head.lasts(): // it was there on that day, and is gone since
		return Lined{}, fault.New(fault.Invalid, "org.line.gone").At("from")
	case head.ID == unit.ID:
		return Lined{}, fault.New(fault.Invalid, "org.line.itself").At("head")
	case head.ID == was.Parent:
		return Lined{}, fault.New(fault.Invalid, "org.line.above", "unit", head.name()).At("head")
	}
	if err := c.noCircle(ctx, unit.ID, cmd.Line, head.ID); err != nil {
		return Lined{}, err
	}
	now, in, err := lineNow(ctx, tx, unit.ID, cmd.Line)
	switch {
	case err != nil:
		return Lined{}, err
	case in && now.Head == head.ID:
		return Lined{}, fault.New(fault.Invalid, "org.line.same").At("head")
	case in:
		if err := c.endLine(ctx, now); err != nil {
			return Lined{}, err
		}
	}
	// A line that ended on the day on which it began never was.
	_, err = tx.ExecContext(ctx, `DELETE FROM unit_line WHERE unit_id = $1 AND line = $2 AND from_date = $3 AND to_date = $3`, unit.ID, cmd.Line, string(c.day))
	if err != nil {
		return Lined{}, fmt.Errorf("putting a unit into a line: %w", err)
	}
	set := Lined{Unit: unit.ID, Line: cmd.Line, Head: head.ID, From: c.day}
	_, err = tx.ExecContext(ctx, `INSERT INTO unit_line (unit_id, line, head_id, from_date, to_date) VALUES ($1, $2, $3, $4, '')`,
		set.Unit, set.Line, set.Head, string(set.From))
	if store.Unique(err) {
		return Lined{}, fault.New(fault.Conflict, "org.line.day", "day", c.day).At("from")
	}
	if err != nil {
		return Lined{}, fmt.Errorf("putting a unit into a line: %w", err)
	}
	return set, tx.Append(ledger.New{Unit: int64(unit.ID), Kind: LineSet, Subject: Subject(unit.ID), Payload: set})
}

// EndLineCommand takes a unit out of a line.
type EndLineCommand struct {
	Unit tree.UnitID `json:"unit"`
	Line string      `json:"line"`
	From clock.Date  `json:"from"` // the first day without it; "" for today
}

// EndLine has a unit report in a line no more, from a day on.
func EndLine(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd EndLineCommand) (Lined, error) {
	c, unit, _, err := beginAt(ctx, tx, actor, cmd.Unit, cmd.From)
	if err != nil {
		return Lined{}, err
	}
	now, in, err := lineNow(ctx, tx, unit.ID, cmd.Line)
	if err != nil {
		return Lined{}, err
	}
	if !in {
		return Lined{}, fault.New(fault.Invalid, "org.line.not-in").At("line")
	}
	if err := c.endLine(ctx, now); err != nil {
		return Lined{}, err
	}
	now.To = c.day
	return now, tx.Append(ledger.New{Unit: int64(unit.ID), Kind: LineEnded, Subject: Subject(unit.ID), Payload: now})
}

// lasts says whether the unit is there today.
func (r *record) lasts() bool {
	_, exists := r.Times.now()
	return exists
}

// endLine writes the end of what a unit has in a line on the change's day, which
// must be after it began.
func (c *change) endLine(ctx context.Context, now Lined) error {
	if c.day <= now.From {
		return fault.New(fault.Invalid, "org.line.early", "day", now.From).At("from")
	}
	_, err := c.tx.ExecContext(ctx, `UPDATE unit_line SET to_date = $1 WHERE unit_id = $2 AND line = $3 AND from_date = $4`,
		string(c.day), now.Unit, now.Line, string(now.From))
	if err != nil {
		return fmt.Errorf("ending a line: %w", err)
	}
	return nil
}

// endLinesOf ends all lines of a unit that is gone from a day on, its own and those
// that it headed; its dissolution tells so.
func endLinesOf(ctx context.Context, tx *ledger.Tx, unit tree.UnitID, day clock.Date) error {
	_, err := tx.ExecContext(ctx, `UPDATE unit_line SET to_date = CASE WHEN from_date > $1 THEN from_date ELSE $1 END
		WHERE to_date = '' AND (unit_id = $2 OR head_id = $2)`, string(day), unit)
	if err != nil {
		return fmt.Errorf("ending the lines of unit %d: %w", unit, err)
	}
	return nil
}

// noCircle refuses a head that reports, directly or not, to the unit itself.
func (c *change) noCircle(ctx context.Context, unit tree.UnitID, line string, head tree.UnitID) error {
	for {
		above, in, err := lineNow(ctx, c.tx, head, line)
		if err != nil || !in {
			return err
		}
		if above.Head == unit {
			return fault.New(fault.Invalid, "org.line.circle").At("head")
		}
		head = above.Head
	}
}

func lineNow(ctx context.Context, q store.Querier, unit tree.UnitID, line string) (Lined, bool, error) {
	list, err := readLines(ctx, q, `WHERE unit_id = $1 AND line = $2 AND to_date = ''`, unit, line)
	if err != nil || len(list) == 0 {
		return Lined{}, false, err
	}
	return list[0], true, nil
}

// Lines gives the lines in which a unit reports, or did, the newest last.
func Lines(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Lined, error) {
	return readLines(ctx, q, `WHERE unit_id = $1`, unit)
}

// Heading gives what reports to a unit now, in all lines.
func Heading(ctx context.Context, q store.Querier, head tree.UnitID) ([]Lined, error) {
	return readLines(ctx, q, `WHERE head_id = $1 AND to_date = ''`, head)
}

func readLines(ctx context.Context, q store.Querier, where string, args ...any) ([]Lined, error) {
	rows, err := q.QueryContext(ctx, `SELECT unit_id, line, head_id, from_date, to_date FROM unit_line `+where+` ORDER BY line, from_date, unit_id`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading lines: %w", err)
	}
	defer rows.Close()
	var list []Lined
	for rows.Next() {
		var l Lined
		if err := rows.Scan(&l.Unit, &l.Line, &l.Head, &l.From, &l.To); err != nil {
			return nil, fmt.Errorf("reading a line: %w", err)
		}
		list = append(list, l)
	}
	return list, rows.Err()
}
