package org

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Child is a unit in the list of its parent's, with how many it counts itself.
type Child struct {
	Unit
	Children int
}

// AsOf gives the units that a unit counted on a day, in the order of their
// names.
func AsOf(ctx context.Context, q store.Querier, day clock.Date, parent tree.UnitID) ([]Child, error) {
	units, err := readRecords(ctx, q, `WHERE p.parent_id = $1 AND `+living("p", 2), parent, string(day))
	if err != nil {
		return nil, err
	}
	counts, err := countChildren(ctx, q, day, parent)
	if err != nil {
		return nil, err
	}
	list := make([]Child, len(units))
	for i, r := range units {
		list[i] = Child{Unit{r.ID, r.Code, r.Times[0]}, counts[r.ID]}
	}
	slices.SortFunc(list, func(a, b Child) int { return byName(a.Unit, b.Unit) })
	return list, nil
}

// byName is the order in which units are listed.
func byName(a, b Unit) int {
	if c := fold.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return strings.Compare(a.Code, b.Code)
}

func countChildren(ctx context.Context, q store.Querier, day clock.Date, parent tree.UnitID) (map[tree.UnitID]int, error) {
	rows, err := q.QueryContext(ctx, `SELECT p.unit_id, COUNT(*) FROM unit_period p JOIN unit_period c ON c.parent_id = p.unit_id
		WHERE p.parent_id = $1 AND `+living("p", 2)+` AND `+living("c", 2)+` GROUP BY p.unit_id`, parent, string(day))
	if err != nil {
		return nil, fmt.Errorf("counting the units below: %w", err)
	}
	defer rows.Close()
	counts := map[tree.UnitID]int{}
	for rows.Next() {
		var id tree.UnitID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("counting the units below: %w", err)
		}
		counts[id] = n
	}
	return counts, rows.Err()
}

// UnitAt gives a unit as it was on a day. A unit that did not exist then is
// NotFound.
func UnitAt(ctx context.Context, q store.Querier, day clock.Date, unit tree.UnitID) (Unit, error) {
	r, err := readRecord(ctx, q, byID, unit)
	if err != nil {
		return Unit{}, err
	}
	if r != nil {
		if found, ok := r.unitOn(day); ok {
			return found, nil
		}
	}
	return Unit{}, fault.New(fault.NotFound, "org.no-unit")
}

// ByCode gives the unit that has a code, as it was on a day. When there was none
// it is NotFound.
func ByCode(ctx context.Context, q store.Querier, day clock.Date, code string) (Unit, error) {
	r, err := readRecord(ctx, q, byCode, code)
	if err != nil {
		return Unit{}, err
	}
	if r != nil {
		if found, ok := r.unitOn(day); ok {
			return found, nil
		}
	}
	return Unit{}, fault.New(fault.NotFound, "org.no-code", "code", code)
}

// History gives a unit's periods, the first first. A unit that never existed is
// NotFound.
func History(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Unit, error) {
	r, err := readRecord(ctx, q, byID, unit)
	if err != nil {
		return nil, err
	}
	if r == nil || len(r.Times) == 0 {
		return nil, fault.New(fault.NotFound, "org.no-unit")
	}
	list := make([]Unit, len(r.Times))
	for i, p := range r.Times {
		list[i] = Unit{r.ID, r.Code, p}
	}
	return list, nil
}

// PathOn gives the units from the root down to a unit as they stood on a day,
// the unit itself last; nil when it did not exist then.
func PathOn(ctx context.Context, q store.Querier, day clock.Date, unit tree.UnitID) ([]Unit, error) {
	var path []Unit
	for unit != 0 {
		above, err := UnitAt(ctx, q, day, unit)
		if fault.Is(err, fault.NotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		path = append(path, above)
		unit = above.Parent
	}
	slices.Reverse(path)
	return path, nil
}

// within makes the part of a query that finds the units in a unit's subtree on a
// day: the unit is $1, the day $2. Of the root, which holds all, no way down has
// to be followed.
func within(ctx context.Context, q store.Querier, top tree.UnitID) (string, error) {
	root, err := Root(ctx, q)
	if err != nil {
		return "", err
	}
	if top == root {
		return `WITH below (id) AS (SELECT p.unit_id FROM unit_period p WHERE CAST($1 AS BIGINT) <> 0 AND ` + living("p", 2) + `) `, nil
	}
	return `WITH RECURSIVE below (id) AS (
		SELECT CAST($1 AS BIGINT)
		UNION ALL
		SELECT p.unit_id FROM unit_period p JOIN below b ON p.parent_id = b.id WHERE ` + living("p", 2) + `) `, nil
}

// CountByLevel counts the units below a unit on a day, by level; the unit
// itself is not counted.
func CountByLevel(ctx context.Context, q store.Querier, day clock.Date, unit tree.UnitID) (map[string]int, error) {
	below, err := within(ctx, q, unit)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, below+`SELECT p.level, COUNT(*) FROM below b JOIN unit_period p ON p.unit_id = b.id
		WHERE b.id <> CAST($1 AS BIGINT) AND `+living("p", 2)+` GROUP BY p.level`, unit, string(day))
	if err != nil {
		return nil, fmt.Errorf("counting units by level: %w", err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var level string
		var n int
		if err := rows.Scan(&level, &n); err != nil {
			return nil, fmt.Errorf("counting units by level: %w", err)
		}
		counts[level] = n
	}
	return counts, rows.Err()
}

// Find gives up to limit units in a unit's subtree on a day whose code is, or
// whose name, without marks, contains the words; names that begin with them
// come first.
func Find(ctx context.Context, q store.Querier, day clock.Date, top tree.UnitID, words string, limit int) ([]Unit, error) {
	key := fold.Key(words)
	if key == "" {
		return nil, nil
	}
	below, err := within(ctx, q, top)
	if err != nil {
		return nil, err
	}
	pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(key) + "%"
	rows, err := q.QueryContext(ctx, below+`SELECT u.id, u.code, p.from_date, p.to_date, p.name, p.level, p.kind, p.parent_id, p.folded
		FROM below b JOIN unit u ON u.id = b.id JOIN unit_period p ON p.unit_id = b.id
		WHERE `+living("p", 2)+` AND (u.code = $3 OR p.folded LIKE $4 ESCAPE '\')`, top, string(day), fold.Name(words), pattern)
	if err != nil {
		return nil, fmt.Errorf("searching units: %w", err)
	}
	defer rows.Close()
	var begins, holds []Unit
	for rows.Next() {
		var u Unit
		var folded string
		if err := rows.Scan(&u.ID, &u.Code, &u.From, &u.To, &u.Name, &u.Level, &u.Kind, &u.Parent, &folded); err != nil {
			return nil, fmt.Errorf("searching units: %w", err)
		}
		if strings.HasPrefix(folded, key) || u.Code == fold.Name(words) {
			begins = append(begins, u)
		} else {
			holds = append(holds, u)
		}
	}
	slices.SortFunc(begins, byName)
	slices.SortFunc(holds, byName)
	found := slices.Concat(begins, holds)
	return found[:min(limit, len(found))], rows.Err()
}

// SubtreeOn gives the units below a unit on a day, each after its parent and
// siblings in the order of their codes; the unit itself is left out.
func SubtreeOn(ctx context.Context, q store.Querier, day clock.Date, top tree.UnitID) ([]Unit, error) {
	units, err := readRecords(ctx, q, `WHERE `+living("p", 1), string(day))
	if err != nil {
		return nil, err
	}
	children := map[tree.UnitID][]Unit{}
	for _, r := range units {
		parent := r.Times[0].Parent
		children[parent] = append(children[parent], Unit{r.ID, r.Code, r.Times[0]})
	}
	var list []Unit
	for next := sortByCode(children[top]); len(next) > 0; {
		list = append(list, next...)
		var deeper []Unit
		for _, u := range next {
			deeper = append(deeper, sortByCode(children[u.ID])...)
		}
		next = deeper
	}
	return list, nil
}

func sortByCode(units []Unit) []Unit {
	slices.SortFunc(units, func(a, b Unit) int { return strings.Compare(a.Code, b.Code) })
	return units
}
