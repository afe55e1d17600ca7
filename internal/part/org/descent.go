package org

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Relative is a unit that came before or after another by a reorganisation.
type Relative struct {
	Unit Unit // as it was last
	Act  Act  // without its units
	// First says of an heir that it took up what its predecessor had begun.
	First bool
}

// Predecessors gives the units that a unit is an heir of, the newest act's first.
// A unit that went on through an act is not its own predecessor.
func Predecessors(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Relative, error) {
	return relatives(ctx, q, `s.unit_id`, `s.heir_id = $1 AND s.unit_id <> $1`, unit)
}

// Heirs gives the units that came after a unit, the newest act's first and in it
// the one that took up what was begun.
func Heirs(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Relative, error) {
	return relatives(ctx, q, `s.heir_id`, `s.unit_id = $1 AND s.heir_id NOT IN (0, s.unit_id)`, unit)
}

// EndedBy gives the act by which a unit ended on a day; ok is false when it was
// dissolved without one.
func EndedBy(ctx context.Context, q store.Querier, unit tree.UnitID, day clock.Date) (act Act, ok bool, err error) {
	row := q.QueryRowContext(ctx, `SELECT a.id, a.kind, a.decision, a.decided, a.from_date FROM reorganisation a
		WHERE a.from_date = $2 AND a.id IN (SELECT act_id FROM reorganisation_unit WHERE unit_id = $1) ORDER BY a.id DESC LIMIT 1`,
		unit, string(day))
	err = row.Scan(&act.ID, &act.Kind, &act.Decision, &act.Decided, &act.From)
	if store.Missing(err) {
		return Act{}, false, nil
	}
	if err != nil {
		return Act{}, false, fmt.Errorf("looking for the act that ended unit %d: %w", unit, err)
	}
	return act, true, nil
}

// Ended is a unit that has ended, and who has what it left.
type Ended struct {
	Unit tree.UnitID
	Heir tree.UnitID // the living unit that took up what it had begun; 0 for none
	// Above is the nearest living unit above where it stood last: what nobody took
	// over is decided there.
	Above tree.UnitID
}

// Deputy is who decides in the ended unit's place: the heir, or else the unit above.
func (e Ended) Deputy() tree.UnitID { return cmp.Or(e.Heir, e.Above) }

// EndedUnits gives all units that have ended by what the tree says, by an act or without
// one, in the order of their ids.
func EndedUnits(ctx context.Context, q store.Querier, t *tree.Tree) ([]Ended, error) {
	heirs, err := firstHeirsOfAll(ctx, q)
	if err != nil {
		return nil, err
	}
	last, err := lastParents(ctx, q)
	if err != nil {
		return nil, err
	}
	var list []Ended
	for _, unit := range slices.Sorted(maps.Keys(last)) {
		if _, lives := t.Unit(unit); lives {
			continue
		}
		list = append(list, Ended{unit, follow(t, heirs, unit), follow(t, last, unit)})
	}
	return list, nil
}

// follow goes on from a unit until one lives; 0 where it ends before.
func follow(t *tree.Tree, next map[tree.UnitID]tree.UnitID, unit tree.UnitID) tree.UnitID {
	for range len(next) {
		unit = next[unit]
		if _, lives := t.Unit(unit); lives || unit == 0 {
			return unit
		}
	}
	return 0
}

// firstHeirsOfAll is who took up what each unit had begun, by its last act.
func firstHeirsOfAll(ctx context.Context, q store.Querier) (map[tree.UnitID]tree.UnitID, error) {
	return pairs(ctx, q, `SELECT unit_id, heir_id FROM reorganisation_unit WHERE rank = 1 ORDER BY act_id`)
}

// lastParents is where units stood last of which some period has ended.
func lastParents(ctx context.Context, q store.Querier) (map[tree.UnitID]tree.UnitID, error) {
	return pairs(ctx, q, `SELECT unit_id, parent_id FROM unit_period WHERE to_date <> '' ORDER BY from_date`)
}

func pairs(ctx context.Context, q store.Querier, query string) (map[tree.UnitID]tree.UnitID, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("reading what follows ended units: %w", err)
	}
	defer rows.Close()
	all := map[tree.UnitID]tree.UnitID{}
	for rows.Next() {
		var unit, next tree.UnitID
		if err := rows.Scan(&unit, &next); err != nil {
			return nil, fmt.Errorf("reading what follows an ended unit: %w", err)
		}
		all[unit] = next
	}
	return all, rows.Err()
}

func relatives(ctx context.Context, q store.Querier, other, where string, unit tree.UnitID) ([]Relative, error) {
	rows, err := q.QueryContext(ctx, `SELECT a.id, a.kind, a.decision, a.decided, a.from_date, s.rank, `+other+`
		FROM reorganisation_unit s JOIN reorganisation a ON a.id = s.act_id
		WHERE `+where+` ORDER BY a.from_date DESC, a.id DESC, s.rank, s.unit_id`, unit)
	if err != nil {
		return nil, fmt.Errorf("reading who came before and after unit %d: %w", unit, err)
	}
	defer rows.Close()
	var list []Relative
	for rows.Next() {
		var r Relative
		var rank int
		if err := rows.Scan(&r.Act.ID, &r.Act.Kind, &r.Act.Decision, &r.Act.Decided, &r.Act.From, &rank, &r.Unit.ID); err != nil {
			return nil, fmt.Errorf("reading a reorganisation: %w", err)
		}
		r.First = rank == 1
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for i := range list {
		periods, err := History(ctx, q, list[i].Unit.ID)
		if err != nil {
			return nil, err
		}
		list[i].Unit = periods[len(periods)-1]
	}
	return list, nil
}
