package news

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Wanted is which articles of a desk are looked for; the zero value is all.
type Wanted struct {
	At    string // a State or a Stage
	Words string // the headline has all of them, marks or none
}

func (w Wanted) has(state State, stage Stage, headline string) bool {
	if w.At != "" && w.At != string(state) && w.At != string(stage) {
		return false
	}
	said := fold.Key(headline)
	for _, word := range strings.Fields(fold.Key(w.Words)) {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

// Find gives the numbers of a desk's articles that are wanted, the one saved last first.
func Find(ctx context.Context, q store.Querier, unit tree.UnitID, wanted Wanted) (articles []int64, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, state, stage, headline FROM article WHERE unit_id = $1 ORDER BY saved_at DESC, id DESC`, unit)
	if err != nil {
		return nil, fmt.Errorf("looking for articles of unit %d: %w", unit, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var state State
		var stage Stage
		var headline string
		if err := rows.Scan(&id, &state, &stage, &headline); err != nil {
			return nil, fmt.Errorf("looking for articles of unit %d: %w", unit, err)
		}
		if wanted.has(state, stage, headline) {
			articles = append(articles, id)
		}
	}
	return articles, rows.Err()
}

// These gives articles by their numbers, in that order; those that are not there are left out.
func These(ctx context.Context, q store.Querier, articles []int64) ([]Article, error) {
	if len(articles) == 0 {
		return nil, nil
	}
	args, places := make([]any, len(articles)), make([]string, len(articles))
	order := map[int64]int{}
	for i, id := range articles {
		args[i], places[i], order[id] = id, fmt.Sprintf("$%d", i+1), i
	}
	list, err := read(ctx, q, `WHERE a.id IN (`+strings.Join(places, ", ")+`)`, args...)
	slices.SortFunc(list, func(a, b Article) int { return order[a.ID] - order[b.ID] })
	return list, err
}

// Used is what a desk's latest articles name, what they name most first.
type Used struct {
	Categories, Sources, Authors, Tags []string
}

// lookedThrough is how many articles Used looks through.
const lookedThrough = 100

// UsedAt gives what a desk's latest articles name.
func UsedAt(ctx context.Context, q store.Querier, unit tree.UnitID) (Used, error) {
	list, err := read(ctx, q, fmt.Sprintf(`WHERE a.unit_id = $1 ORDER BY a.saved_at DESC, a.id DESC LIMIT %d`, lookedThrough), unit)
	if err != nil {
		return Used{}, err
	}
	categories, sources, authors, tags := tally{}, tally{}, tally{}, tally{}
	for _, a := range list {
		categories.add(a.Text.Category)
		sources.add(a.Text.Source)
		authors.add(a.Text.Authors...)
		tags.add(a.Text.Tags...)
	}
	return Used{categories.most(), sources.most(), authors.most(), tags.most()}, nil
}

// tally counts words, however they are written.
type tally map[string]*counted

type counted struct {
	said string // as it was written last
	n    int
}

func (t tally) add(said ...string) {
	for _, word := range said {
		key := fold.Key(word)
		if key == "" {
			continue
		}
		if t[key] == nil {
			t[key] = &counted{said: word}
		}
		t[key].n++
	}
}

// most gives the words, the most frequent first.
func (t tally) most() (list []string) {
	all := slices.SortedFunc(maps.Values(t), func(a, b *counted) int {
		return cmp.Or(cmp.Compare(b.n, a.n), fold.Compare(a.said, b.said))
	})
	for _, one := range all {
		list = append(list, one.said)
	}
	return list
}
