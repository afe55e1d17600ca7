package org

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// record is a unit with everything that it ever was.
type record struct {
	ID    tree.UnitID
	Code  string
	Times timeline
}

// selectPeriods reads units with their periods. A unit that was dissolved on the
// day of its foundation has none, but still its code.
const selectPeriods = `SELECT u.id, u.code, COALESCE(p.from_date, ''), COALESCE(p.to_date, ''), COALESCE(p.name, ''),
	COALESCE(p.level, ''), COALESCE(p.kind, ''), COALESCE(p.parent_id, 0)
	FROM unit u LEFT JOIN unit_period p ON p.unit_id = u.id `

// readRecords gives the units that a condition chooses, each with the periods
// that it chooses.
func readRecords(ctx context.Context, q store.Querier, where string, args ...any) ([]*record, error) {
	rows, err := q.QueryContext(ctx, selectPeriods+where+` ORDER BY u.id, p.from_date`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading units: %w", err)
	}
	defer rows.Close()
	var all []*record
	for rows.Next() {
		var id tree.UnitID
		var code string
		var p Period
		if err := rows.Scan(&id, &code, &p.From, &p.To, &p.Name, &p.Level, &p.Kind, &p.Parent); err != nil {
			return nil, fmt.Errorf("reading a unit: %w", err)
		}
		if n := len(all); n == 0 || all[n-1].ID != id {
			all = append(all, &record{ID: id, Code: code})
		}
		if last := all[len(all)-1]; p.From != "" {
			last.Times = append(last.Times, p)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading units: %w", err)
	}
	return all, nil
}

// readRecord gives one unit; nil when there is none.
func readRecord(ctx context.Context, q store.Querier, where string, arg any) (*record, error) {
	all, err := readRecords(ctx, q, where, arg)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// The conditions under which single units are read.
const (
	byID     = `WHERE u.id = $1`
	byCode   = `WHERE u.code = $1`
	byParent = `WHERE u.id IN (SELECT unit_id FROM unit_period WHERE parent_id = $1)`
)

// insertUnits gives units their ids.
func insertUnits(ctx context.Context, tx *sql.Tx, codes []string) (map[string]tree.UnitID, error) {
	ids := make(map[string]tree.UnitID, len(codes))
	for len(codes) > 0 {
		part := codes[:min(store.Batch, len(codes))]
		values := make([]any, len(part))
		for i, code := range part {
			values[i] = code
		}
		rows, err := tx.QueryContext(ctx, `INSERT INTO unit (code) VALUES `+store.Places(len(part), 1)+` RETURNING id, code`, values...)
		if err != nil {
			return nil, fmt.Errorf("inserting units: %w", err)
		}
		if err := readIDs(rows, ids); err != nil {
			return nil, fmt.Errorf("inserting units: %w", err)
		}
		codes = codes[len(part):]
	}
	return ids, nil
}

func readIDs(rows *sql.Rows, ids map[string]tree.UnitID) error {
	defer rows.Close()
	for rows.Next() {
		var id tree.UnitID
		var code string
		if err := rows.Scan(&id, &code); err != nil {
			return err
		}
		ids[code] = id
	}
	return rows.Err()
}

// deletePeriods takes out what was known of units, before it is written anew.
func deletePeriods(ctx context.Context, tx *sql.Tx, ids []tree.UnitID) error {
	for len(ids) > 0 {
		part := ids[:min(store.Batch, len(ids))]
		values := make([]any, len(part))
		for i, id := range part {
			values[i] = id
		}
		list := strings.TrimSuffix(strings.TrimPrefix(store.Places(1, len(part)), "("), ")")
		if _, err := tx.ExecContext(ctx, `DELETE FROM unit_period WHERE unit_id IN (`+list+`)`, values...); err != nil {
			return fmt.Errorf("replacing periods: %w", err)
		}
		ids = ids[len(part):]
	}
	return nil
}

// insertPeriods writes the periods of units; done, when it is not nil, is told
// how many units were written.
func insertPeriods(ctx context.Context, tx *sql.Tx, units []*record, done func(int)) error {
	const columns = 8
	values := make([]any, 0, columns*(store.Batch+16))
	flush := func() error {
		if len(values) == 0 {
			return nil
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO unit_period
			(unit_id, from_date, to_date, name, folded, level, kind, parent_id) VALUES `+store.Places(len(values)/columns, columns), values...)
		if err != nil {
			return fmt.Errorf("inserting periods: %w", err)
		}
		values = values[:0]
		return nil
	}
	for i, unit := range units {
		for _, p := range unit.Times {
			values = append(values, unit.ID, string(p.From), string(p.To), p.Name, fold.Key(p.Name), p.Level, p.Kind, p.Parent)
		}
		if len(values) < columns*store.Batch && i < len(units)-1 {
			continue
		}
		if err := flush(); err != nil {
			return err
		}
		if done != nil {
			done(i + 1)
		}
	}
	return nil
}

// replacePeriods writes what is known of one unit anew.
func replacePeriods(ctx context.Context, tx *sql.Tx, unit *record) error {
	if err := deletePeriods(ctx, tx, []tree.UnitID{unit.ID}); err != nil {
		return err
	}
	return insertPeriods(ctx, tx, []*record{unit}, nil)
}

// living is the condition under which the period p holds on the day $n.
func living(p string, n int) string {
	day := "$" + strconv.Itoa(n)
	return fmt.Sprintf(`%[1]s.from_date <= %[2]s AND (%[1]s.to_date = '' OR %[1]s.to_date > %[2]s)`, p, day)
}

// unitOn is a unit as it was on a day.
func (r *record) unitOn(day clock.Date) (Unit, bool) {
	p, ok := r.Times.on(day)
	return Unit{ID: r.ID, Code: r.Code, Period: p}, ok
}
