package difficulty

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// May says why the actor may not read a difficulty: whoever may read it at the unit
// that raised it, and the offices that have or had it, may. The refusal is that of one
// that does not exist.
func (d Difficulty) May(ctx context.Context, q store.Querier, actor access.Actor) error {
	if actor.May(access.DifficultyRead, d.Unit) == nil {
		return nil
	}
	rows, err := q.QueryContext(ctx, `SELECT unit_id FROM difficulty_office WHERE difficulty_id = $1`, d.ID)
	if err != nil {
		return fmt.Errorf("reading who had difficulty %d: %w", d.ID, err)
	}
	defer rows.Close()
	for rows.Next() {
		var unit tree.UnitID
		if err := rows.Scan(&unit); err != nil {
			return fmt.Errorf("reading who had difficulty %d: %w", d.ID, err)
		}
		if actor.May(access.DifficultyRead, unit) == nil {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return notFound()
}

// byNeed orders what waits: what is urgent before the rest, what goes up the soonest
// first.
const byNeed = `ORDER BY CASE WHEN d.urgency <> '' THEN 0 ELSE 1 END, CASE WHEN d.silent_at = 0 THEN 1 ELSE 0 END, d.silent_at, d.raised_at, d.id`

// Asked gives the open difficulties that wait for the word of a unit's office, the
// most pressing first; what is answered with another is left out.
func Asked(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Difficulty, error) {
	return read(ctx, q, `WHERE d.at_id = $1 AND d.state = $2 AND d.head_id = 0 `+byNeed, unit, Open)
}

// Waiting gives all open difficulties on which silence ends some day, in the order of
// those days; what is answered with another is left out.
func Waiting(ctx context.Context, q store.Querier) ([]Difficulty, error) {
	return read(ctx, q, `WHERE d.state = $1 AND d.head_id = 0 AND d.silent_at > 0 ORDER BY d.silent_at, d.id`, Open)
}

// ToConfirm gives what was answered to a unit and waits for its confirmation.
func ToConfirm(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Difficulty, error) {
	return read(ctx, q, `WHERE d.unit_id = $1 AND d.state = $2 ORDER BY d.raised_at, d.id`, unit, Answered)
}

// RaisedBy gives what a unit has raised: first what is not over, then the rest; the
// newest first.
func RaisedBy(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Difficulty, error) {
	return read(ctx, q, `WHERE d.unit_id = $1 ORDER BY CASE WHEN d.ended_at = 0 THEN 0 ELSE 1 END, d.raised_at DESC, d.id DESC`, unit)
}

// Below gives what is not over of a unit and of all below it, the most pressing first.
func Below(ctx context.Context, q store.Querier, t *tree.Tree, top tree.UnitID) ([]Difficulty, error) {
	all, err := read(ctx, q, `WHERE d.state IN ($1, $2) `+byNeed, Open, Answered)
	var list []Difficulty
	for _, d := range all {
		if t.Within(d.Unit, top) {
			list = append(list, d)
		}
	}
	return list, err
}

// Count is how many Below gives.
func Count(ctx context.Context, q store.Querier, t *tree.Tree, top tree.UnitID) (int, error) {
	list, err := Below(ctx, q, t, top)
	return len(list), err
}

// HoldingBack gives the units that had something in the way of a milestone at a moment,
// each as often as it had: raised by then, and not over then.
func HoldingBack(ctx context.Context, q store.Querier, directive int64, milestone string, at time.Time) (units []tree.UnitID, err error) {
	rows, err := q.QueryContext(ctx, `SELECT unit_id FROM difficulty WHERE directive_id = $1 AND milestone = $2 AND raised_at <= $3
		AND (ended_at = 0 OR ended_at > $3) ORDER BY id`, directive, milestone, store.Micro(at))
	if err != nil {
		return nil, fmt.Errorf("reading what holds back %s of directive %d: %w", milestone, directive, err)
	}
	defer rows.Close()
	for rows.Next() {
		var unit tree.UnitID
		if err := rows.Scan(&unit); err != nil {
			return nil, fmt.Errorf("reading what holds back %s of directive %d: %w", milestone, directive, err)
		}
		units = append(units, unit)
	}
	return units, rows.Err()
}
