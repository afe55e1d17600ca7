package news

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Public is an article as the public reads it.
type Public struct {
	ID          int64
	Unit        tree.UnitID
	Slug        string
	Text        Text
	Version     int64
	PublishedAt time.Time
	ChangedAt   time.Time // when its text last changed
	Corrections []Given   // the newest first; none where it was never corrected
	Shown       int       // readers' comments that are shown
	Comments    bool      // readers may send theirs
	Desk        string    // name of the unit, where another installation's desk wrote it; else ""
}

// MostOnPage is how many articles stand on one page of a list.
const MostOnPage = 20

// Newest gives articles that are published, the newest first, after skipping some; more
// says that there are others after them.
func Newest(ctx context.Context, q store.Querier, skip int) (list []Public, more bool, err error) {
	list, err = publics(ctx, q, fmt.Sprintf(`WHERE a.state = 'published' ORDER BY a.published_at DESC, a.id DESC LIMIT %d OFFSET $1`, MostOnPage+1), skip)
	if err != nil || len(list) <= MostOnPage {
		return list, false, err
	}
	return list[:MostOnPage], true, nil
}

// Read gives one article that is published, with its corrections. NotFound: there is
// none, or it was withdrawn, which it says.
func Read(ctx context.Context, q store.Querier, id int64) (Public, error) {
	list, err := publics(ctx, q, `WHERE a.state = 'published' AND a.id = $1`, id)
	if err != nil {
		return Public{}, err
	}
	if len(list) == 0 {
		return Public{}, absent(ctx, q, id)
	}
	p := list[0]
	p.Corrections, err = versions(ctx, q, `WHERE article_id = $1 AND version > 1 ORDER BY version DESC`, id)
	return p, err
}

// absent says why an article cannot be read.
func absent(ctx context.Context, q store.Querier, id int64) error {
	a, err := Get(ctx, q, id)
	switch {
	case err != nil:
		return err
	case a.State == Withdrawn:
		return fault.New(fault.NotFound, "news.gone")
	}
	return fault.New(fault.NotFound, "news.not-found")
}

func publics(ctx context.Context, q store.Querier, where string, args ...any) (list []Public, err error) {
	rows, err := q.QueryContext(ctx, `SELECT a.id, a.unit_id, a.slug, v.text, a.version, a.published_at, v.published_at, a.comments,
		a.desk, (SELECT COUNT(*) FROM news_comment c WHERE c.article_id = a.id AND c.state = 'shown')
		FROM article a JOIN article_version v ON v.article_id = a.id AND v.version = a.version `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading what is published: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Public
		var text, comments string
		var published, changed int64
		if err := rows.Scan(&p.ID, &p.Unit, &p.Slug, &text, &p.Version, &published, &changed, &comments, &p.Desk, &p.Shown); err != nil {
			return nil, fmt.Errorf("reading what is published: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &p.Text); err != nil {
			return nil, fmt.Errorf("reading the text of article %d: %w", p.ID, err)
		}
		p.PublishedAt, p.ChangedAt, p.Comments = store.Moment(published), store.Moment(changed), comments == open
		list = append(list, p)
	}
	return list, rows.Err()
}
