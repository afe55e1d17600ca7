package search

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Hit is something that was found.
type Hit struct {
	Kind   Kind
	ID     int64
	Within int64       // the briefing of a handout or of minutes; a report's directive
	Unit   tree.UnitID // whose it is
	At     time.Time
	Title  []Piece
	Body   []Piece // around the first word that was found in it; none when the title says all
}

// Question is what is looked for.
type Question struct {
	Words string
	Kinds []Kind // none for all
	Most  int    // of each kind
}

// Group is what was found of one kind, the best first.
type Group struct {
	Kind Kind
	Hits []Hit
	More bool // there is more of it
}

// Find gives what the actor may read and has all the words, each as a beginning of
// a word; kinds of which nothing was found are left out.
func (x Index) Find(ctx context.Context, q store.Querier, actor access.Actor, asked Question) ([]Group, error) {
	words := Words(asked.Words)
	words = words[:min(len(words), mostWords)]
	if len(words) == 0 || asked.Most <= 0 {
		return nil, nil
	}
	kinds := asked.Kinds
	if len(kinds) == 0 {
		kinds = Kinds
	}
	f := finder{Index: x, ctx: ctx, q: q, actor: actor, words: words, most: asked.Most}
	var groups []Group
	for _, kind := range kinds {
		g, err := f.group(kind, asked.Words)
		if err != nil {
			return nil, err
		}
		if len(g.Hits) > 0 {
			groups = append(groups, g)
		}
	}
	return groups, nil
}

// finder looks for words on behalf of a person.
type finder struct {
	Index
	ctx   context.Context
	q     store.Querier
	actor access.Actor
	words []Word
	most  int
}

func (f *finder) group(kind Kind, typed string) (Group, error) {
	g := Group{Kind: kind}
	if kind == Unit {
		g.Hits = f.units(typed)
	} else if action := reading[kind]; len(f.actor.Units(action)) > 0 {
		var err error
		if g.Hits, err = f.entries(kind, action); err != nil {
			return Group{}, err
		}
	}
	if len(g.Hits) > f.most {
		g.Hits, g.More = g.Hits[:f.most], true
	}
	return g, nil
}

// entries asks for the better fits before the others, until there are more than are
// wanted.
func (f *finder) entries(kind Kind, action access.Action) (hits []Hit, err error) {
	seen := map[int64]bool{}
	for _, class := range []string{exactTitle, exactAll, foldedTitle, foldedAll} {
		match := f.match(class, kind, action)
		for before := int64(math.MaxInt64); before > 0 && len(hits) <= f.most; {
			found, last, err := f.some(match, before)
			if err != nil {
				return nil, err
			}
			for _, one := range found {
				if seen[one.id] {
					continue
				}
				seen[one.id] = true
				if ok, err := f.may(one.Hit); err != nil {
					return nil, err
				} else if ok && len(hits) <= f.most {
					one.Title, one.Body = mark(one.title, f.words), excerpt(one.body, f.words)
					hits = append(hits, one.Hit)
				}
			}
			before = last
		}
	}
	return hits, nil
}

// match says to the engine what an entry of a kind must have for one class of words.
func (f *finder) match(class string, kind Kind, action access.Action) string {
	e := f.engine
	parts := []string{e.whole(ofKind + string(kind))}
	for _, w := range f.words {
		word := w.Exact
		if class == foldedTitle || class == foldedAll {
			word = w.Folded
		}
		parts = append(parts, e.beginning(class+word))
	}
	return strings.Join(append(parts, e.anyOf(f.readers(action))), e.and)
}

// found is a hit with its words as they are kept.
type found struct {
	Hit
	id          int64
	title, body string
}

// some gives the next of what matches, the newest first, and where to go on; 0 when
// there is no more.
func (f *finder) some(match string, before int64) (list []found, last int64, err error) {
	const at = 20
	e := f.engine
	rows, err := f.q.QueryContext(f.ctx, `SELECT e.id, e.kind, e.about_id, e.within_id, e.unit_id, e.at, e.title, e.body FROM `+
		e.matching+` AND `+e.key+` < $2 ORDER BY `+e.key+` DESC LIMIT $3`, match, before, at)
	if err != nil {
		return nil, 0, fmt.Errorf("searching: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var one found
		var moment int64
		if err := rows.Scan(&one.id, &one.Kind, &one.ID, &one.Within, &one.Unit, &moment, &one.title, &one.body); err != nil {
			return nil, 0, fmt.Errorf("reading what was found: %w", err)
		}
		one.At = store.Moment(moment)
		list = append(list, one)
	}
	if len(list) == at {
		last = list[at-1].id
	}
	return list, last, rows.Err()
}
