package remind

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// MostListed is how many reminders a list has.
const MostListed = 200

// Hears gives the units of whose reminders a person hears, each once: those at which
// the person does the work, and those whose leader has handed something over.
func Hears(actor access.Actor) []tree.UnitID {
	units := actor.Units(access.ReportDraft)
	for _, g := range actor.Grants {
		if g.Delegation != nil && !slices.Contains(units, g.Unit) {
			units = append(units, g.Unit)
		}
	}
	return units
}

// Of gives the newest reminders of which a person hears, the newest first.
func Of(ctx context.Context, q store.Querier, actor access.Actor) ([]Reminder, error) {
	places, args := among(actor)
	if len(args) == 0 {
		return nil, nil
	}
	return read(ctx, q, actor.Person, fmt.Sprintf(`WHERE r.unit_id IN (%s) ORDER BY r.id DESC LIMIT %d`, places, MostListed), args...)
}

// Between gives the reminders of units after one, up to another, in their order; what
// an office urged by hand is not among them.
func Between(ctx context.Context, q store.Querier, after, to int64, units []tree.UnitID) ([]Reminder, error) {
	if len(units) == 0 {
		return nil, nil
	}
	args := []any{after, to, Urged}
	for _, unit := range units {
		args = append(args, unit)
	}
	return read(ctx, q, 0, `WHERE r.id > $2 AND r.id <= $3 AND r.stage <> $4 AND r.unit_id IN (`+store.PlacesAfter(4, len(units), 1)+`) ORDER BY r.id`, args...)
}

// Newest leaves of reminders of one thing the last.
func Newest(list []Reminder) (newest []Reminder) {
	type key struct {
		unit  tree.UnitID
		thing string
	}
	last := map[key]int64{}
	for _, r := range list {
		last[key{r.Unit, r.thing()}] = r.ID
	}
	for _, r := range list {
		if last[key{r.Unit, r.thing()}] == r.ID {
			newest = append(newest, r)
		}
	}
	return newest
}

// Reminded gives the units that have reminders after one, up to another, each once.
func Reminded(ctx context.Context, q store.Querier, after, to int64) ([]tree.UnitID, error) {
	return numbers[tree.UnitID](ctx, q, `SELECT DISTINCT unit_id FROM reminder WHERE id > $1 AND id <= $2 AND stage <> $3 ORDER BY unit_id`, after, to, Urged)
}

// Unmailed gives the people who want no reminders by mail.
func Unmailed(ctx context.Context, q store.Querier) ([]int64, error) {
	return numbers[int64](ctx, q, `SELECT person_id FROM reminder_person WHERE unmailed = 1`)
}

func numbers[N ~int64](ctx context.Context, q store.Querier, query string, args ...any) (list []N, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading whom reminders concern: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n N
		if err := rows.Scan(&n); err != nil {
			return nil, fmt.Errorf("reading whom reminders concern: %w", err)
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// among are the units of whose reminders a person hears, as places after the first.
func among(actor access.Actor) (places string, args []any) {
	for _, unit := range Hears(actor) {
		args = append(args, unit)
	}
	return store.PlacesAfter(1, len(args), 1), args
}

// Unread counts what a person has not read yet.
func Unread(ctx context.Context, q store.Querier, actor access.Actor) (n int, err error) {
	places, args := among(actor)
	if len(args) == 0 {
		return 0, nil
	}
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM reminder r WHERE r.unit_id IN (`+places+`)
		AND r.id > COALESCE((SELECT read_to FROM reminder_person WHERE person_id = $1), 0)
		AND NOT EXISTS (SELECT 1 FROM reminder_seen s WHERE s.person_id = $1 AND s.reminder_id = r.id)`, append([]any{actor.Person}, args...)...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting reminders: %w", err)
	}
	return n, nil
}

// Open marks a reminder read by the actor and gives it. NotFound: there is none of
// which the actor hears.
func Open(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Reminder, error) {
	list, err := read(ctx, tx, actor.Person, `WHERE r.id = $2`, id)
	if err != nil {
		return Reminder{}, err
	}
	if len(list) == 0 || !slices.Contains(Hears(actor), list[0].Unit) {
		return Reminder{}, fault.New(fault.NotFound, "remind.not-found")
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO reminder_seen (person_id, reminder_id) VALUES ($1, $2) ON CONFLICT (person_id, reminder_id) DO NOTHING`, actor.Person, id)
	if err != nil {
		return Reminder{}, fmt.Errorf("marking a reminder read: %w", err)
	}
	return list[0], nil
}

// ReadAll marks read what there is up to a reminder, so that what came meanwhile stays
// unread.
func ReadAll(ctx context.Context, tx *ledger.Tx, actor access.Actor, to int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO reminder_person (person_id, read_to, unmailed) VALUES ($1, $2, 0)
		ON CONFLICT (person_id) DO UPDATE SET read_to = CASE WHEN excluded.read_to > reminder_person.read_to THEN excluded.read_to ELSE reminder_person.read_to END`, actor.Person, to)
	if err != nil {
		return fmt.Errorf("marking reminders read: %w", err)
	}
	return nil
}

// Mailed says whether a person gets reminders by mail.
func Mailed(ctx context.Context, q store.Querier, person int64) (bool, error) {
	var unmailed int
	err := q.QueryRowContext(ctx, `SELECT unmailed FROM reminder_person WHERE person_id = $1`, person).Scan(&unmailed)
	if err != nil && !store.Missing(err) {
		return false, fmt.Errorf("reading whether person %d wants mail: %w", person, err)
	}
	return unmailed == 0, nil
}

// SetMailed says whether the actor gets reminders by mail from now on.
func SetMailed(ctx context.Context, tx *ledger.Tx, actor access.Actor, mailed bool) error {
	unmailed := 1
	if mailed {
		unmailed = 0
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO reminder_person (person_id, read_to, unmailed) VALUES ($1, 0, $2)
		ON CONFLICT (person_id) DO UPDATE SET unmailed = excluded.unmailed`, actor.Person, unmailed)
	if err != nil {
		return fmt.Errorf("noting whether a person wants mail: %w", err)
	}
	return nil
}
