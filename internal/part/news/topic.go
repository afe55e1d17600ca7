package news

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// MostTopic bounds a topic, in characters.
const MostTopic = 60

// SetTopic says in a short word what a comment is about, for its desk; "" takes the word
// away. One that the desk used before is written as it was then, whatever its capitals and
// spaces. Saying the same again changes nothing. Faults: Forbidden; NotFound; Invalid at
// "topic".
func SetTopic(ctx context.Context, tx *ledger.Tx, actor access.Actor, comment int64, topic string) (Comment, error) {
	c, err := lockComment(ctx, tx, comment)
	if err != nil {
		return Comment{}, err
	}
	if err := actor.May(access.NewsModerate, c.Unit); err != nil {
		return Comment{}, err
	}
	topic = fold.Name(topic)
	if utf8.RuneCountInString(topic) > MostTopic {
		return Comment{}, fault.New(fault.Invalid, "news.long", "most", MostTopic).At("topic")
	}
	used, err := Topics(ctx, tx, c.Unit)
	if err != nil {
		return Comment{}, err
	}
	if known := slices.IndexFunc(used, func(one string) bool { return lower(one) == lower(topic) }); known >= 0 {
		topic = used[known]
	}
	if c.Topic == topic {
		return c, nil
	}
	c.Topic = topic
	if _, err := tx.ExecContext(ctx, `UPDATE news_comment SET topic = $1 WHERE id = $2`, c.Topic, c.ID); err != nil {
		return Comment{}, fmt.Errorf("giving comment %d a topic: %w", c.ID, err)
	}
	return c, c.tell(tx, CommentSorted, Decided{Comment: c.ID, Article: c.Article, Topic: c.Topic, Name: actor.Name})
}

// Topics gives the topics that a unit's desk uses, in the order of the alphabet.
func Topics(ctx context.Context, q store.Querier, unit tree.UnitID) (list []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT topic FROM news_comment WHERE unit_id = $1 AND topic <> ''`, unit)
	if err != nil {
		return nil, fmt.Errorf("reading the topics of desk %d: %w", unit, err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, fmt.Errorf("reading a topic of desk %d: %w", unit, err)
		}
		list = append(list, one)
	}
	slices.SortFunc(list, fold.Compare)
	return list, rows.Err()
}

// Collected gives all comments on an article by topic, in the order of the alphabet, those
// without one last; within a topic the oldest first. What was taken back is left out.
func Collected(ctx context.Context, q store.Querier, article int64) ([]Comment, error) {
	list, err := comments(ctx, q, `WHERE c.article_id = $1 AND c.state <> $2 ORDER BY c.id`, article, TakenBack)
	slices.SortStableFunc(list, func(a, b Comment) int {
		if (a.Topic == "") != (b.Topic == "") {
			return cmp.Compare(len(b.Topic), len(a.Topic))
		}
		return fold.Compare(a.Topic, b.Topic)
	})
	return list, err
}
