package report

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Filter narrows a queue; the zero Filter leaves everything in.
type Filter struct {
	Directive int64
	Milestone string
	Level     string // key of a level
	Words     string // in the unit's name, with or without marks
}

// Queued is a report that waits for a unit's decision.
type Queued struct {
	Report
	Name  string // of the reporting unit
	Code  string
	Level string
	// Before is the accepted version that this one would supersede; 0 when it is
	// the first to count.
	Before int
}

// Queue gives the reports that wait for unit's decision, those that came first
// first.
func Queue(ctx context.Context, q store.Querier, unit tree.UnitID, f Filter) ([]Queued, error) {
	where, args := []string{`p.parent_id = $1`, `r.state = $2`}, []any{unit, Waiting}
	add := func(condition string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if f.Directive != 0 {
		add(`r.directive_id = $%d`, f.Directive)
	}
	if f.Milestone != "" {
		add(`r.milestone = $%d`, f.Milestone)
	}
	if f.Level != "" {
		add(`p.level = $%d`, f.Level)
	}
	if words := fold.Key(f.Words); words != "" {
		add(`p.folded LIKE $%d ESCAPE '\'`, "%"+strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(words)+"%")
	}
	rows, err := q.QueryContext(ctx, `SELECT `+columns+`, p.name, u.code, p.level,
		COALESCE((SELECT MAX(a.version) FROM report a WHERE a.directive_id = r.directive_id
			AND a.milestone = r.milestone AND a.unit_id = r.unit_id AND a.state = 'accepted'), 0)
		FROM unit_period p JOIN unit u ON u.id = p.unit_id JOIN report r ON r.unit_id = p.unit_id
		WHERE p.to_date = '' AND `+strings.Join(where, " AND ")+` ORDER BY r.submitted_at, r.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading what waits for unit %d: %w", unit, err)
	}
	defer rows.Close()
	var list []Queued
	for rows.Next() {
		var w Queued
		w.Report, err = scan(rows.Scan, &w.Name, &w.Code, &w.Level, &w.Before)
		if err != nil {
			return nil, fmt.Errorf("reading a waiting report: %w", err)
		}
		list = append(list, w)
	}
	return list, rows.Err()
}

// QueueLength is how many reports wait for unit's decision, and when the first of
// them was sent; the zero time when none waits. Only those sent before a moment
// count, the zero time for all.
func QueueLength(ctx context.Context, q store.Querier, unit tree.UnitID, sentBefore time.Time) (n int, oldest time.Time, err error) {
	var at int64
	before := int64(math.MaxInt64)
	if !sentBefore.IsZero() {
		before = store.Micro(sentBefore)
	}
	err = q.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(MIN(r.submitted_at), 0)
		FROM unit_period p JOIN report r ON r.unit_id = p.unit_id
		WHERE p.to_date = '' AND p.parent_id = $1 AND r.state = $2 AND r.submitted_at < $3`, unit, Waiting, before).Scan(&n, &at)
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("counting what waits for unit %d: %w", unit, err)
	}
	return n, store.Moment(at), nil
}
