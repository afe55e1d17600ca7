package directive

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Concerns says whether d speaks to a unit: it was issued by the unit itself, or
// by one above it to a level that the unit or somebody below it has.
func Concerns(t *tree.Tree, d Directive, unit tree.UnitID) bool {
	if unit == d.Unit {
		return true
	}
	if d.State == Drafted || !t.Within(unit, d.Unit) {
		return false
	}
	levels := d.Document.Levels()
	return slices.ContainsFunc(t.Subtree(unit), func(u tree.Unit) bool { return slices.Contains(levels, u.Level) })
}

// Levels is the keys of all levels that the document speaks to: those that
// report one of its milestones or must acknowledge it.
func (d Document) Levels() []string {
	levels := slices.Clone(d.Acknowledge)
	for _, m := range d.Milestones {
		for _, deadline := range m.Deadlines {
			levels = append(levels, deadline.Level)
		}
	}
	slices.Sort(levels)
	return slices.Compact(levels)
}

// Read gives a directive that the actor may see: as one of the issuing unit or
// of a unit above it, or at a unit below that it concerns. To everybody else it
// is NotFound, so that nobody learns that there is one. Drafts, of the next
// version too, are for the issuing unit's writers alone.
func Read(ctx context.Context, q store.Querier, actor access.Actor, id int64) (Directive, error) {
	d, err := Get(ctx, q, id)
	if err != nil {
		return Directive{}, err
	}
	if !visible(actor, d) {
		return Directive{}, notFound()
	}
	if actor.May(access.DirectiveDraft, d.Unit) != nil {
		d.Draft = nil
	}
	return d, nil
}

func visible(actor access.Actor, d Directive) bool {
	if d.State == Drafted {
		return actor.May(access.DirectiveDraft, d.Unit) == nil
	}
	if actor.May(access.DirectiveRead, d.Unit) == nil {
		return true
	}
	return slices.ContainsFunc(actor.Units(access.DirectiveRead), func(unit tree.UnitID) bool {
		return Concerns(actor.Tree, d, unit)
	})
}

// List gives the directives that concern a unit, the newest first: its own, with
// its drafts when the actor may write them, and those from the units above it.
func List(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID) ([]Directive, error) {
	if err := actor.May(access.DirectiveRead, unit); err != nil {
		return nil, err
	}
	path := actor.Tree.Path(unit)
	if len(path) == 0 {
		return nil, nil
	}
	places, args := make([]string, len(path)), make([]any, len(path))
	for i, u := range path {
		places[i], args[i] = "$"+strconv.Itoa(i+1), int64(u.ID)
	}
	rows, err := q.QueryContext(ctx, `SELECT `+columns+from+`WHERE d.unit_id IN (`+strings.Join(places, ", ")+`)
		ORDER BY d.id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("listing directives: %w", err)
	}
	defer rows.Close()
	writes := actor.May(access.DirectiveDraft, unit) == nil
	var list []Directive
	for rows.Next() {
		d, err := scan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("listing directives: %w", err)
		}
		if !writes || d.Unit != unit {
			d.Draft = nil
		}
		if (d.State == Drafted && d.Draft == nil) || !Concerns(actor.Tree, d, unit) {
			continue
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// Version is a directive as it was issued once.
type Version struct {
	Number   int
	Revision int64 // of the draft that it was
	Document Document
	Signer   string // name and post
	IssuedBy int64  // the person; 0 for the command line
	IssuedAt time.Time
}

// Binding gives all directives that are in force, the oldest first.
func Binding(ctx context.Context, q store.Querier) (list []Directive, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+from+`WHERE d.state = $1 ORDER BY d.id`, InForce)
	if err != nil {
		return nil, fmt.Errorf("listing directives in force: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("listing directives in force: %w", err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// Versions gives all versions of a directive, the first first.
func Versions(ctx context.Context, q store.Querier, id int64) ([]Version, error) {
	rows, err := q.QueryContext(ctx, `SELECT version, revision, document, signer, issued_by, issued_at
		FROM directive_version WHERE directive_id = $1 ORDER BY version`, id)
	if err != nil {
		return nil, fmt.Errorf("reading the versions of directive %d: %w", id, err)
	}
	defer rows.Close()
	var list []Version
	for rows.Next() {
		var v Version
		var document string
		var at int64
		if err := rows.Scan(&v.Number, &v.Revision, &document, &v.Signer, &v.IssuedBy, &at); err != nil {
			return nil, fmt.Errorf("reading a version: %w", err)
		}
		if err := json.Unmarshal([]byte(document), &v.Document); err != nil {
			return nil, fmt.Errorf("reading version %d of directive %d: %w", v.Number, id, err)
		}
		v.IssuedAt = store.Moment(at)
		list = append(list, v)
	}
	return list, rows.Err()
}

// NewestAt is when d's newest version was issued; the zero time for a draft.
func NewestAt(ctx context.Context, q store.Querier, d Directive) (time.Time, error) {
	var at int64
	err := q.QueryRowContext(ctx, `SELECT issued_at FROM directive_version WHERE directive_id = $1 AND version = $2`, d.ID, d.Version).Scan(&at)
	if err != nil && !store.Missing(err) {
		return time.Time{}, fmt.Errorf("reading when directive %d was issued: %w", d.ID, err)
	}
	return store.Moment(at), nil
}

// Audience is how many units below a directive's issuer have each of some
// levels, in the order of the levels.
type Audience struct {
	Level profile.Level
	Units int
}

// Reach counts the units to which a document of a unit goes, by level, highest
// first. A level that it names without any unit is told with 0.
func Reach(t *tree.Tree, levels []profile.Level, issuer tree.UnitID, document Document) []Audience {
	count := map[string]int{}
	for _, unit := range t.Subtree(issuer) {
		if unit.ID != issuer {
			count[unit.Level]++
		}
	}
	named := document.Levels()
	var list []Audience
	for _, level := range levels {
		if slices.Contains(named, level.Key) {
			list = append(list, Audience{Level: level, Units: count[level.Key]})
		}
	}
	return list
}
