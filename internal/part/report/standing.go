package report

import (
	"context"
	"fmt"

	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Standing is how a unit stands at a milestone.
type Standing struct {
	Newest   Report // the zero Report when nothing was sent yet, and nothing told
	Accepted Report // the version that counts; the zero Report when there is none
}

// Done says that a version is accepted. It stays so while a correction waits.
func (s Standing) Done() bool { return s.Accepted.ID != 0 }

// Waiting says that the newest version is undecided.
func (s Standing) Waiting() bool { return s.Newest.State == Waiting }

// Provisional says that the newest version was entered on behalf of the unit,
// which has not confirmed it, and that nothing of its own holds.
func (s Standing) Provisional() bool { return s.Newest.State == Provisional }

// Returned says that the newest version was returned and nothing came after it.
func (s Standing) Returned() bool { return s.Newest.State == SentBack }

// Standings says how a unit stands at every milestone at which it has reported.
func Standings(ctx context.Context, q store.Querier, unit tree.UnitID) (map[Slot]Standing, error) {
	list, err := query(ctx, q, `WHERE r.unit_id = $1 ORDER BY r.directive_id, r.milestone, r.version`, unit)
	return standings(list), err
}

// StandingOf says how one unit stands at one milestone.
func StandingOf(ctx context.Context, q store.Querier, s Slot) (Standing, error) {
	list, err := query(ctx, q, `WHERE r.directive_id = $1 AND r.milestone = $2 AND r.unit_id = $3 ORDER BY r.version`,
		s.Directive, s.Milestone, s.Unit)
	return standings(list)[s], err
}

// ChildStandings says how the units that parent counts stand at a milestone.
// Units without a report are missing in the map.
func ChildStandings(ctx context.Context, q store.Querier, directive int64, milestone string, parent tree.UnitID) (map[tree.UnitID]Standing, error) {
	list, err := query(ctx, q, `JOIN unit_period p ON p.unit_id = r.unit_id AND p.to_date = ''
		WHERE p.parent_id = $1 AND r.directive_id = $2 AND r.milestone = $3 ORDER BY r.unit_id, r.version`,
		parent, directive, milestone)
	if err != nil {
		return nil, fmt.Errorf("reading what stands below a unit: %w", err)
	}
	byUnit := map[tree.UnitID]Standing{}
	for slot, standing := range standings(list) {
		byUnit[slot.Unit] = standing
	}
	return byUnit, nil
}

// standings takes versions up in their order. What was told counts only while it
// stands.
func standings(list []Report) map[Slot]Standing {
	all := map[Slot]Standing{}
	for _, r := range list {
		if r.Told() && r.State != Provisional {
			continue
		}
		s := all[r.Slot]
		s.Newest = r
		if r.State == Done {
			s.Accepted = r
		}
		all[r.Slot] = s
	}
	return all
}

// DoneUnits gives the units of which a report on a milestone is accepted.
func DoneUnits(ctx context.Context, q store.Querier, directive int64, milestone string) (list []tree.UnitID, err error) {
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT unit_id FROM report WHERE directive_id = $1 AND milestone = $2 AND state = $3 ORDER BY unit_id`, directive, milestone, Done)
	if err != nil {
		return nil, fmt.Errorf("reading who is done with %s of directive %d: %w", milestone, directive, err)
	}
	defer rows.Close()
	for rows.Next() {
		var unit tree.UnitID
		if err := rows.Scan(&unit); err != nil {
			return nil, fmt.Errorf("reading who is done with %s of directive %d: %w", milestone, directive, err)
		}
		list = append(list, unit)
	}
	return list, rows.Err()
}
