package account

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Holder is somebody with a role at a unit.
type Holder struct {
	Person
	Unit tree.UnitID
}

// Holders gives those whose account works and who hold one of the roles at one of the
// units, each once a unit, leaders first, then by number.
func Holders(ctx context.Context, q store.Querier, units []tree.UnitID, roles ...access.Role) ([]Holder, error) {
	if len(units) == 0 || len(roles) == 0 {
		return nil, nil
	}
	places, args := among(units)
	for _, role := range roles {
		args = append(args, string(role))
	}
	leader := len(args) + 1
	return holders(ctx, q, fmt.Sprintf(`SELECT %s, g.unit, MIN(CASE WHEN g.role = $%d THEN 0 ELSE 1 END) AS place
		FROM role_grant g JOIN person p ON p.id = g.person
		WHERE g.ended = 0 AND p.disabled = 0 AND g.unit IN (%s) AND g.role IN (%s)
		GROUP BY p.id, g.unit ORDER BY g.unit, place, p.id`,
		personColumns, leader, places, store.PlacesAfter(len(units), len(roles), 1)), append(args, string(access.Leader)))
}

// DelegatesAt gives those whose account works and to whom a leader of one of the units
// has handed something over on a day, each once a unit.
func DelegatesAt(ctx context.Context, q store.Querier, units []tree.UnitID, today clock.Date) ([]Holder, error) {
	if len(units) == 0 {
		return nil, nil
	}
	places, args := among(units)
	return holders(ctx, q, fmt.Sprintf(`SELECT DISTINCT %s, d.unit, 0 FROM delegation d JOIN person p ON p.id = d.person
		WHERE d.unit IN (%s) AND p.disabled = 0 AND d.from_day <= $%d AND d.to_day >= $%d AND `+live+` ORDER BY d.unit, p.id`,
		personColumns, places, len(args)+1, len(args)+1), append(args, string(today)))
}

func holders(ctx context.Context, q store.Querier, query string, args []any) ([]Holder, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("finding who works at units: %w", err)
	}
	defer rows.Close()
	var list []Holder
	for rows.Next() {
		var h Holder
		var place int
		if h.Person, err = scanPerson(rows.Scan, &h.Unit, &place); err != nil {
			return nil, fmt.Errorf("reading who works at a unit: %w", err)
		}
		list = append(list, h)
	}
	return list, rows.Err()
}
