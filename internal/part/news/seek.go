package news

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/base/store"
	"giaoban/internal/base/word"
)

// Bounds of a search.
const (
	mostAsked = 8               // words
	MostFound = 10 * MostOnPage // articles that are given of one search, over all its pages
)

// Found is an article that has the words that were looked for.
type Found struct {
	Public
	Headline []word.Piece
	Excerpt  []word.Piece // around the first word that was found beneath the headline; none where there is none
}

// engine is how a database is asked for entries by their tokens.
type engine struct {
	first    string // what the database is told before; "" for nothing
	matching string // ids of entries that fit the expression $1, the newest first
	word.Syntax
}

var engines = map[store.Engine]engine{
	store.SQLite: {"", `SELECT rowid FROM news_match WHERE news_match MATCH $1 ORDER BY rowid DESC`, word.Syntaxes[store.SQLite]},
	// By the index of the words, however many entries have them, and never through the
	// entries themselves: that reads their tokens, whose size PostgreSQL does not reckon with.
	store.Postgres: {`SET LOCAL enable_seqscan = off`, `SELECT id FROM news_entry WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ $1::tsquery ORDER BY id + 0 DESC`, word.Syntaxes[store.Postgres]},
}

// Seek gives a page of the published articles that have all the words, after skipping
// some; more says that there are others after them. Words as they were typed stand before
// words without their marks; within that those in the headline before those in the lead
// and those in the text, and then the newest first.
func Seek(ctx context.Context, q store.Querier, of store.Engine, asked string, skip int) (list []Found, more bool, err error) {
	words := word.Split(asked)
	words = words[:min(len(words), mostAsked)]
	if len(words) == 0 || skip < 0 || skip >= MostFound {
		return nil, false, nil
	}
	ids, err := best(ctx, q, engines[of], words, skip+MostOnPage+1)
	if err != nil || len(ids) <= skip {
		return nil, false, err
	}
	ids = ids[skip:]
	if more = len(ids) > MostOnPage && skip+MostOnPage < MostFound; len(ids) > MostOnPage {
		ids = ids[:MostOnPage]
	}
	found, err := entries(ctx, q, ids)
	fits := word.Whole(words)
	for _, p := range found {
		list = append(list, Found{p, word.Mark(p.Text.Headline, fits), excerpt(p.Text, fits)})
	}
	return list, more, err
}

// excerpt is the part of a text around the first word that was found beneath its
// headline.
func excerpt(t Text, fits word.Fits) []word.Piece {
	if pieces := word.Excerpt(t.Lead, fits); pieces != nil {
		return pieces
	}
	return word.Excerpt(t.rest(), fits)
}

// best gives the ids of entries that have all the words, those that fit better first, up
// to so many.
func best(ctx context.Context, q store.Querier, e engine, words []word.Word, most int) (ids []int64, err error) {
	if e.first != "" {
		if _, err := q.ExecContext(ctx, e.first); err != nil {
			return nil, fmt.Errorf("beginning a search: %w", err)
		}
	}
	seen := map[int64]bool{}
	for _, class := range []string{exactHeadline, exactLead, exactAll, foldedHeadline, foldedLead, foldedAll} {
		list, err := e.newest(ctx, q, class, words, most)
		if err != nil {
			return nil, err
		}
		for _, id := range list {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
		if len(ids) >= most {
			return ids[:most], nil
		}
	}
	return ids, nil
}

// newest gives the ids of the newest entries with the words in one class.
func (e engine) newest(ctx context.Context, q store.Querier, class string, words []word.Word, most int) (ids []int64, err error) {
	var parts []string
	for _, w := range words {
		token := w.Exact
		if class == foldedHeadline || class == foldedLead || class == foldedAll {
			token = w.Folded
		}
		parts = append(parts, e.Whole(class+token))
	}
	// The number stands in the statement: SQLite would plan it anew each time that one is bound.
	return numbers(ctx, q, fmt.Sprintf(`%s LIMIT %d`, e.matching, most), e.And(parts))
}

// numbers gives the numbers that a statement selects.
func numbers(ctx context.Context, q store.Querier, statement string, args ...any) (list []int64, err error) {
	rows, err := q.QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("looking for articles: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var one int64
		if err := rows.Scan(&one); err != nil {
			return nil, fmt.Errorf("looking for articles: %w", err)
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// entries gives the published articles of entries, in their order.
func entries(ctx context.Context, q store.Querier, ids []int64) ([]Public, error) {
	return publicsOf(ctx, q, ids, func(id int64) int64 { return id & (1<<32 - 1) })
}

// publicsOf gives published articles in the order of numbers that tell their ids; those
// that are not published are left out.
func publicsOf(ctx context.Context, q store.Querier, numbers []int64, article func(int64) int64) ([]Public, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	args, places := make([]any, len(numbers)), make([]string, len(numbers))
	order := map[int64]int{}
	for i, number := range numbers {
		args[i], places[i] = article(number), fmt.Sprintf("$%d", i+1)
		order[article(number)] = i
	}
	list, err := publics(ctx, q, `WHERE a.state = 'published' AND a.id IN (`+strings.Join(places, ", ")+`)`, args...)
	slices.SortFunc(list, func(a, b Public) int { return order[a.ID] - order[b.ID] })
	return list, err
}
