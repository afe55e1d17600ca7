package news

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/store"
)

// MostAddresses is how many articles one list of addresses has; with the front page they
// are as many as a site map may have.
const MostAddresses = 49_999

// Address is where a published article is read, and when its text last changed.
type Address struct {
	ID        int64
	Slug      string
	ChangedAt time.Time
}

// Addresses gives where published articles are read, the oldest first, after skipping
// some.
func Addresses(ctx context.Context, q store.Querier, skip int) (list []Address, err error) {
	rows, err := q.QueryContext(ctx, fmt.Sprintf(`SELECT id, slug, changed_at FROM article WHERE state = 'published' ORDER BY published_at, id LIMIT %d OFFSET $1`, MostAddresses), skip)
	if err != nil {
		return nil, fmt.Errorf("listing addresses of articles: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a Address
		var changed int64
		if err := rows.Scan(&a.ID, &a.Slug, &changed); err != nil {
			return nil, fmt.Errorf("listing addresses of articles: %w", err)
		}
		a.ChangedAt = store.Moment(changed)
		list = append(list, a)
	}
	return list, rows.Err()
}

// Count gives how many articles are published.
func Count(ctx context.Context, q store.Querier) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM article WHERE state = 'published'`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting articles: %w", err)
	}
	return n, nil
}
