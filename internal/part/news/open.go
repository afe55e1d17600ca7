package news

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// stays is how long somebody who was not heard of is still taken to be writing.
const stays = 20 * time.Second

// Beat is what somebody who has an article open is told about it.
type Beat struct {
	Article Article
	Others  []string // names of those who have it open too
}

// Open notes that somebody has an article open to write on it, and says who else has. It
// is called every few seconds while that is so; now is the machine's. Faults: Forbidden.
func Open(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, now time.Time) (Beat, error) {
	a, err := Get(ctx, tx, id)
	if err != nil {
		return Beat{}, err
	}
	if err := actor.May(access.NewsWrite, a.Unit); err != nil {
		return Beat{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO article_open (article_id, person_id, name, seen_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (article_id, person_id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at`, id, actor.Person, actor.Name, store.Micro(now))
	if err != nil {
		return Beat{}, fmt.Errorf("noting who has article %d open: %w", id, err)
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM article_open WHERE article_id = $1 AND seen_at < $2`, id, store.Micro(now.Add(-stays)))
	if err != nil {
		return Beat{}, fmt.Errorf("noting who left article %d: %w", id, err)
	}
	beat := Beat{Article: a}
	beat.Others, err = others(ctx, tx, id, actor.Person)
	return beat, err
}

func others(ctx context.Context, q store.Querier, article, person int64) (names []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT name FROM article_open WHERE article_id = $1 AND person_id <> $2 ORDER BY person_id`, article, person)
	if err != nil {
		return nil, fmt.Errorf("reading who has article %d open: %w", article, err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("reading who has article %d open: %w", article, err)
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
