package directive

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Moment is a past moment of a directive to which a unit gave a name: "before the
// night of merging", "the briefing of 10 July". It is offered on the boards of
// that unit and of all units below it: an office talks to those below in its own
// words, and what these call their days does not crowd the board above.
type Moment struct {
	ID        int64
	Directive int64
	Unit      tree.UnitID // that named it
	Name      string
	At        time.Time // a whole second, of which the end is meant
	By        int64     // the person
}

// Bounds of named moments.
const (
	MostMomentName = 60 // characters
	MostMoments    = 40 // that a unit may name of one directive
)

// NameMomentCommand gives a moment a name.
type NameMomentCommand struct {
	Directive int64
	Unit      tree.UnitID // whose office names it
	Name      string
	At        time.Time // the zero time for the present
}

// NameMoment gives a moment of a directive a name for a unit. Naming the same
// moment the same again changes nothing. Invalid, at "name" and "at": no name or
// too long a one, a moment that is still to come or before the directive was
// issued. Conflict at "name": the unit has another moment of that name, marks and
// capitals aside, or as many as it may have.
func NameMoment(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd NameMomentCommand) (Moment, error) {
	if err := actor.May(access.MomentName, cmd.Unit); err != nil {
		return Moment{}, err
	}
	d, err := lock(ctx, tx, cmd.Directive)
	if err != nil {
		return Moment{}, err
	}
	if d.State == Drafted || !Concerns(actor.Tree, d, cmd.Unit) {
		return Moment{}, notFound()
	}
	if cmd.At.IsZero() {
		cmd.At = tx.Now()
	}
	m := Moment{
		Directive: d.ID, Unit: cmd.Unit, Name: fold.Name(cmd.Name), At: cmd.At.UTC().Truncate(time.Second), By: actor.Person,
	}
	if wrong := m.check(d, tx.Now()); len(wrong) > 0 {
		return Moment{}, wrong
	}
	named, err := Moments(ctx, tx, d.ID, m.Unit)
	if err != nil {
		return Moment{}, err
	}
	for _, before := range named {
		switch {
		case fold.Key(before.Name) != fold.Key(m.Name):
		case before.At.Equal(m.At):
			return before, nil
		default:
			return Moment{}, fault.New(fault.Conflict, "directive.moment.named", "name", before.Name).At("name")
		}
	}
	if len(named) >= MostMoments {
		return Moment{}, fault.New(fault.Conflict, "directive.moment.many", "most", MostMoments).At("name")
	}
	if err := m.insert(ctx, tx); err != nil {
		return Moment{}, err
	}
	return m, m.tell(tx, MomentNamed)
}

// RemoveMoment takes a name away. Whoever gave it may, while that person may name
// moments of the unit at all, and so may the unit's leader and its administrators.
func RemoveMoment(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Moment, error) {
	list, err := readMoments(ctx, tx, `WHERE id = $1`, id)
	if err != nil {
		return Moment{}, err
	}
	if len(list) == 0 {
		return Moment{}, fault.New(fault.NotFound, "directive.moment.gone")
	}
	m := list[0]
	if err := m.MayRemove(actor); err != nil {
		return Moment{}, err
	}
	result, err := tx.ExecContext(ctx, `DELETE FROM directive_moment WHERE id = $1`, id)
	if err != nil {
		return Moment{}, fmt.Errorf("removing moment %d: %w", id, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return m, err // somebody else was faster
	}
	return m, m.tell(tx, MomentRemoved)
}

// MayRemove is nil where the actor may take the name away, or the refusal.
func (m Moment) MayRemove(actor access.Actor) error {
	if m.By == actor.Person && actor.May(access.MomentName, m.Unit) == nil {
		return nil
	}
	return actor.May(access.MomentRemove, m.Unit)
}

// Moments gives the moments that units named of a directive, in their order: for a
// board, those of its unit and of all above it.
func Moments(ctx context.Context, q store.Querier, directive int64, units ...tree.UnitID) ([]Moment, error) {
	if len(units) == 0 {
		return nil, nil
	}
	args := []any{directive}
	for _, unit := range units {
		args = append(args, int64(unit))
	}
	return readMoments(ctx, q, `WHERE directive_id = $1 AND unit_id IN (`+store.PlacesAfter(1, len(units), 1)+`) ORDER BY at, id`, args...)
}

// check says what is wrong with a moment, each at its field.
func (m Moment) check(d Directive, now time.Time) (wrong fault.List) {
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	switch n := utf8.RuneCountInString(m.Name); {
	case fold.Key(m.Name) == "":
		add("name", "directive.moment.name-needed")
	case n > MostMomentName:
		add("name", "directive.long", "most", MostMomentName)
	}
	switch {
	case m.At.After(now):
		add("at", "directive.moment.ahead")
	case m.At.Before(d.IssuedAt.Truncate(time.Second)):
		add("at", "directive.moment.early")
	}
	return wrong
}

func (m *Moment) insert(ctx context.Context, tx *ledger.Tx) error {
	err := tx.QueryRowContext(ctx, `INSERT INTO directive_moment (directive_id, unit_id, name, name_key, at, named_by)
		VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		m.Directive, m.Unit, m.Name, fold.Key(m.Name), m.At.UnixMicro(), m.By).Scan(&m.ID)
	if err != nil {
		return fmt.Errorf("naming a moment of directive %d: %w", m.Directive, err)
	}
	return nil
}

func (m Moment) tell(tx *ledger.Tx, kind ledger.Kind) error {
	return tx.Append(ledger.New{Unit: int64(m.Unit), Kind: kind, Subject: Subject(m.Directive), Payload: NamedMoment{
		Moment: m.ID, Directive: m.Directive, Unit: m.Unit, Name: m.Name, At: m.At,
	}})
}

func readMoments(ctx context.Context, q store.Querier, rest string, args ...any) ([]Moment, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, directive_id, unit_id, name, at, named_by FROM directive_moment `+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("reading named moments: %w", err)
	}
	defer rows.Close()
	var list []Moment
	for rows.Next() {
		var m Moment
		var at int64
		if err := rows.Scan(&m.ID, &m.Directive, &m.Unit, &m.Name, &at, &m.By); err != nil {
			return nil, fmt.Errorf("reading a named moment: %w", err)
		}
		m.At = store.Moment(at)
		list = append(list, m)
	}
	return list, rows.Err()
}
