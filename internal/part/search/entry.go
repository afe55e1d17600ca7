package search

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the index.
//
//go:embed schema
var Schema embed.FS

// Kind is what was found.
type Kind string

// The kinds.
const (
	Unit       Kind = "unit"
	Directive  Kind = "directive"
	Report     Kind = "report"
	Difficulty Kind = "difficulty"
	Briefing   Kind = "briefing"
	Handout    Kind = "handout"
	Minutes    Kind = "minutes"
	Task       Kind = "task"
	Paper      Kind = "paper" // of a unit's register
	Conclusion Kind = "conclusion"
	Notice     Kind = "notice" // of conclusions, once it is issued
)

// Kinds are all kinds, in the order in which they are shown. The place of a kind
// in numbers orders what is of one minute: they only grow.
var Kinds = []Kind{Unit, Directive, Task, Difficulty, Briefing, Conclusion, Notice, Handout, Minutes, Paper, Report}

var numbers = []Kind{Unit, Directive, Report, Difficulty, Briefing, Handout, Minutes, Task, Paper, Conclusion, Notice}

// entry is something that can be found.
type entry struct {
	kind   Kind
	about  int64
	within int64
	unit   tree.UnitID
	at     time.Time
	title  string
	body   string

	readers []tree.UnitID // whoever reads at one of these or above may read it
	below   tree.UnitID   // and whoever reads below this one; 0 for nobody
}

// id orders entries by their minute, kind and thing, the same wherever and whenever
// the index is made.
func (e entry) id() int64 {
	const kinds, things = 4, 32 // bits
	minute := max(e.at.Unix()/60, 0)
	return minute<<(kinds+things) | int64(slices.Index(numbers, e.kind))<<things | e.about&(1<<things-1)
}

// row is an entry as it is kept.
type row struct {
	id                  int64
	title, body, tokens string
}

// keep makes these entries all that there are of an owner. What is there already is
// left alone: most events about a meeting change no word of it.
func keep(ctx context.Context, tx store.Querier, t *tree.Tree, owner string, entries []entry) error {
	var wanted []row
	for _, e := range entries {
		wanted = append(wanted, row{e.id(), e.title, e.body, tokens(e, t)})
	}
	slices.SortFunc(wanted, func(a, b row) int { return int(min(max(a.id-b.id, -1), 1)) })
	there, err := kept(ctx, tx, owner)
	if err != nil || slices.Equal(wanted, there) {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM search_entry WHERE owner = $1`, owner); err != nil {
		return fmt.Errorf("taking %s out of the index: %w", owner, err)
	}
	for _, e := range entries {
		_, err := tx.ExecContext(ctx, `INSERT INTO search_entry (id, owner, kind, about_id, within_id, unit_id, at, title, body, tokens)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			e.id(), owner, e.kind, e.about, e.within, e.unit, store.Micro(e.at), e.title, e.body, tokens(e, t))
		if err != nil {
			return fmt.Errorf("putting %s into the index: %w", owner, err)
		}
	}
	return nil
}

func kept(ctx context.Context, q store.Querier, owner string) (list []row, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, title, body, tokens FROM search_entry WHERE owner = $1 ORDER BY id`, owner)
	if err != nil {
		return nil, fmt.Errorf("reading what the index has of %s: %w", owner, err)
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.id, &r.title, &r.body, &r.tokens); err != nil {
			return nil, fmt.Errorf("reading what the index has of %s: %w", owner, err)
		}
		list = append(list, r)
	}
	return list, rows.Err()
}
