package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"giaoban/internal/base/word"

	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Hit is something that was found.
type Hit struct {
	Kind   Kind
	ID     int64
	Within int64       // the briefing of a handout, of minutes, of a conclusion or a notice; a report's directive
	Unit   tree.UnitID // whose it is
	At     time.Time
	Title  []word.Piece
	Body   []word.Piece // around the first word that was found in it; none when the title says all
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
	words := word.Split(asked.Words)
	words = words[:min(len(words), mostWords)]
	if len(words) == 0 || asked.Most <= 0 {
		return nil, nil
	}
	kinds := asked.Kinds
	if len(kinds) == 0 {
		kinds = Kinds
	}
	f := finder{Index: x, ctx: ctx, q: q, actor: actor, words: words, most: asked.Most}
	if err := f.few(); err != nil {
		return nil, err
	}
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
	words []word.Word
	most  int

	all        []found // that has the words in any way, of whatever kind: the newest of it
	hasFew     bool    // all is all there is
	everywhere bool    // the actor reads everywhere
	seats      map[seat]error
}

// seat is a seat in a briefing that was asked for, with or without its papers.
type seat struct {
	briefing int64
	papers   bool
}

// few asks for everything that has the words, marks or none, of whatever kind: mostly
// that is little, and one question says it all.
func (f *finder) few() (err error) {
	f.everywhere = f.reachesAll()
	readers := f.readers(actions...)
	if len(readers) == 0 && !f.everywhere {
		f.hasFew = true // who reads nowhere finds nothing
		return nil
	}
	var last int64
	f.all, last, err = f.some(f.match(foldedAll, "", readers), math.MaxInt64)
	f.hasFew = last == 0
	return err
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

// entries gives what fits better before the rest, until there is more than is wanted.
func (f *finder) entries(kind Kind, action access.Action) (hits []Hit, err error) {
	if f.hasFew {
		return f.take(nil, map[int64]bool{}, f.ofKind(kind))
	}
	seen := map[int64]bool{}
	for _, class := range classes {
		match := f.match(class, kind, f.readers(action))
		for before := int64(math.MaxInt64); before > 0 && len(hits) <= f.most; {
			found, last, err := f.some(match, before)
			if err != nil {
				return nil, err
			}
			if hits, err = f.take(hits, seen, found); err != nil {
				return nil, err
			}
			before = last
		}
	}
	return hits, nil
}

// take adds what was found and the actor may read, each once, until there is more than
// is wanted.
func (f *finder) take(hits []Hit, seen map[int64]bool, list []found) ([]Hit, error) {
	for _, one := range list {
		if seen[one.id] || len(hits) > f.most {
			continue
		}
		seen[one.id] = true
		ok, err := f.may(one.Hit)
		if err != nil {
			return nil, err
		}
		if ok {
			fits := word.Beginning(f.words)
			one.Title, one.Body = word.Mark(one.title, fits), word.Excerpt(one.body, fits)
			hits = append(hits, one.Hit)
		}
	}
	return hits, nil
}

// ofKind is what there is of a kind where there is little, in its order.
func (f *finder) ofKind(kind Kind) (list []found) {
	for _, one := range f.all {
		if one.Kind == kind {
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(f.class(a), f.class(b)) })
	return list
}

// classes are the ways in which something can have all the words, the best first.
var classes = []string{exactTitle, exactAll, foldedTitle, foldedAll}

// class is the first of the classes in which something has the words.
func (f *finder) class(one found) int {
	title, all := word.Split(one.title), word.Split(one.title+"\n"+one.body)
	for i, has := range []bool{word.HasExact(title, f.words), word.HasExact(all, f.words), word.HasFolded(title, f.words)} {
		if has {
			return i
		}
	}
	return len(classes) - 1
}

// match says to the engine what an entry must have for one class of words: of a kind,
// "" for any, with one of some readers, none for any.
func (f *finder) match(class string, kind Kind, readers []string) string {
	e := f.engine
	var parts []string
	if kind != "" {
		parts = append(parts, e.Whole(ofKind+string(kind)))
	}
	for _, w := range f.words {
		token := w.Exact
		if class == foldedTitle || class == foldedAll {
			token = w.Folded
		}
		parts = append(parts, e.Beginning(class+token))
	}
	if len(readers) > 0 {
		parts = append(parts, e.AnyOf(readers))
	}
	return e.And(parts)
}

// found is a hit with its words as they are kept.
type found struct {
	Hit
	id          int64
	title, body string
}

// at is how many entries are read at once.
const at = 40

// some gives the next of what matches, the newest first, and where to go on; 0 when
// there is no more.
func (f *finder) some(match string, before int64) (list []found, last int64, err error) {
	e := f.engine
	// The number stands in the statement: SQLite would plan it anew each time that one is bound.
	rows, err := f.q.QueryContext(f.ctx, fmt.Sprintf(`SELECT e.id, e.kind, e.about_id, e.within_id, e.unit_id, e.at, e.title, e.body FROM %s
		AND %s < $2 ORDER BY %[2]s DESC LIMIT %d`, e.matching, e.key, at), match, before)
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
