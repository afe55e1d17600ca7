package directive

import (
	"context"
	"fmt"

	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

const standingColumns = `s.id, s.directive_id, s.milestone, s.unit_id, s.standing, s.counts, s.until_date, s.decision, s.reason,
	s.set_for, s.signer, s.set_at, s.ender, s.ended_at, s.method, s.end_method`

func readStandings(ctx context.Context, q store.Querier, rest string, args ...any) ([]Standing, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+standingColumns+` FROM directive_standing s `+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("reading standings: %w", err)
	}
	defer rows.Close()
	var list []Standing
	for rows.Next() {
		var s Standing
		var counts, set, ended int64
		err := rows.Scan(&s.ID, &s.Directive, &s.Milestone, &s.Unit, &s.Key, &counts, &s.Until, &s.Decision, &s.Reason,
			&s.By, &s.Signer, &set, &s.Ender, &ended, &s.Method, &s.EndMethod)
		if err != nil {
			return nil, fmt.Errorf("reading a standing: %w", err)
		}
		s.Counts, s.SetAt, s.EndedAt = counts == 1, store.Moment(set), store.Moment(ended)
		list = append(list, s)
	}
	return list, rows.Err()
}

// Standings gives all standings on a directive that hold now.
func Standings(ctx context.Context, q store.Querier, directive int64) ([]Standing, error) {
	return readStandings(ctx, q, `WHERE s.directive_id = $1 AND s.ended_at = 0 ORDER BY s.unit_id, s.milestone`, directive)
}

// StandingsOf gives the standings that a unit has now, on whatever directive.
func StandingsOf(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Standing, error) {
	return readStandings(ctx, q, `WHERE s.unit_id = $1 AND s.ended_at = 0 ORDER BY s.directive_id, s.milestone`, unit)
}

// ChildStandings gives the standings that the units directly below a unit have on
// a directive now.
func ChildStandings(ctx context.Context, q store.Querier, directive int64, parent tree.UnitID) ([]Standing, error) {
	return readStandings(ctx, q, `JOIN unit_period p ON p.unit_id = s.unit_id AND p.to_date = ''
		WHERE p.parent_id = $1 AND s.directive_id = $2 AND s.ended_at = 0 ORDER BY s.unit_id, s.milestone`, parent, directive)
}

// StandingHistory gives all standings that a unit had and has on a directive,
// the newest first.
func StandingHistory(ctx context.Context, q store.Querier, directive int64, unit tree.UnitID) ([]Standing, error) {
	return readStandings(ctx, q, `WHERE s.unit_id = $1 AND s.directive_id = $2 ORDER BY s.set_at DESC, s.id DESC`, unit, directive)
}

// standingAt is the standing that a unit has at a milestone, or at all where it
// is "", and at no other.
func standingAt(ctx context.Context, q store.Querier, directive int64, milestone string, unit tree.UnitID) (Standing, bool, error) {
	list, err := readStandings(ctx, q, `WHERE s.unit_id = $1 AND s.directive_id = $2 AND s.milestone = $3 AND s.ended_at = 0`,
		unit, directive, milestone)
	if err != nil || len(list) == 0 {
		return Standing{}, false, err
	}
	return list[0], true, nil
}

// standingsGiven is how many standings the unit of s was given at its milestone so
// far, those that ended among them.
func standingsGiven(ctx context.Context, q store.Querier, s Standing) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM directive_standing WHERE unit_id = $1 AND directive_id = $2 AND milestone = $3`,
		s.Unit, s.Directive, s.Milestone).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting the standings of unit %d: %w", s.Unit, err)
	}
	return n, nil
}
