package news

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// Labelled gives a page of the published articles with a label, the newest first, after
// skipping some, and the label as the newest of them writes it; more says that there are
// others after them. NotFound: no article has it.
func Labelled(ctx context.Context, q store.Querier, sort Sort, key string, skip int) (of Label, list []Public, more bool, err error) {
	of = Label{Sort: sort, Key: key}
	err = q.QueryRowContext(ctx, `SELECT name FROM news_label WHERE sort = $1 AND key = $2 ORDER BY entry_id DESC LIMIT 1`, sort, key).Scan(&of.Name)
	if store.Missing(err) {
		return of, nil, false, fault.New(fault.NotFound, "news.label.not-found")
	}
	if err != nil {
		return of, nil, false, fmt.Errorf("looking for the %s %s: %w", sort, key, err)
	}
	ids, err := numbers(ctx, q, fmt.Sprintf(`SELECT entry_id FROM news_label WHERE sort = $1 AND key = $2 ORDER BY entry_id DESC LIMIT %d OFFSET $3`, MostOnPage+1), sort, key, skip)
	if err != nil {
		return of, nil, false, err
	}
	if more = len(ids) > MostOnPage; more {
		ids = ids[:MostOnPage]
	}
	list, err = entries(ctx, q, ids)
	return of, list, more, err
}

// lately is of how many articles the categories in use are taken.
const lately = 400

// Categories gives the categories of the articles that were published last: in the order of
// the desks that keep them, and then the one used last first.
func Categories(ctx context.Context, q store.Querier) (list []Label, err error) {
	rows, err := q.QueryContext(ctx, fmt.Sprintf(`SELECT key, name FROM news_label WHERE sort = $1 ORDER BY entry_id DESC LIMIT %d`, lately), Category)
	if err != nil {
		return nil, fmt.Errorf("reading the categories: %w", err)
	}
	defer rows.Close()
	seen := map[string]bool{}
	for rows.Next() {
		l := Label{Sort: Category}
		if err := rows.Scan(&l.Key, &l.Name); err != nil {
			return nil, fmt.Errorf("reading a category: %w", err)
		}
		if !seen[l.Key] {
			seen[l.Key] = true
			list = append(list, l)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the categories: %w", err)
	}
	return list, inDeskOrder(ctx, q, list)
}

// MostBeside is how many articles stand beneath one to be read next.
const MostBeside = 4

// Beside gives articles to read beside one: those that its desk chose, or else those that
// share most of its tags, the newest first.
func Beside(ctx context.Context, q store.Querier, p Public) ([]Public, error) {
	if len(p.Text.Related) > 0 {
		return publicsOf(ctx, q, p.Text.Related[:min(len(p.Text.Related), MostBeside)], func(id int64) int64 { return id })
	}
	ids, err := numbers(ctx, q, fmt.Sprintf(`SELECT other.entry_id FROM news_label mine JOIN news_label other ON other.sort = mine.sort AND other.key = mine.key
		WHERE mine.article_id = $1 AND mine.sort = $2 AND other.article_id <> $1
		GROUP BY other.entry_id ORDER BY COUNT(*) DESC, other.entry_id DESC LIMIT %d`, MostBeside), p.ID, Tag)
	if err != nil {
		return nil, err
	}
	return entries(ctx, q, ids)
}

// Between gives the published articles of a span of time, the newest first, up to so many.
func Between(ctx context.Context, q store.Querier, from, to time.Time, most int) ([]Public, error) {
	return publics(ctx, q, fmt.Sprintf(`WHERE a.state = 'published' AND a.published_at >= $1 AND a.published_at < $2 ORDER BY a.published_at DESC, a.id DESC LIMIT %d`, most),
		store.Micro(from), store.Micro(to))
}

// Oldest is when the first of the published articles was published; the zero moment where
// there is none.
func Oldest(ctx context.Context, q store.Querier) (time.Time, error) {
	list, err := numbers(ctx, q, `SELECT published_at FROM article WHERE state = 'published' ORDER BY published_at, id LIMIT 1`)
	if err != nil || len(list) == 0 {
		return time.Time{}, err
	}
	return store.Moment(list[0]), nil
}

// Moments gives when the articles of a span of time were published, the newest first.
func Moments(ctx context.Context, q store.Querier, from, to time.Time) ([]time.Time, error) {
	list, err := numbers(ctx, q, `SELECT published_at FROM article WHERE state = 'published' AND published_at >= $1 AND published_at < $2 ORDER BY published_at DESC`, store.Micro(from), store.Micro(to))
	moments := make([]time.Time, len(list))
	for i, at := range list {
		moments[i] = store.Moment(at)
	}
	return moments, err
}
