package news

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/word"
)

// The first letter of a token says what it is: words as they are written and as they are
// folded, of the headline, of it and the lead, and of all.
const (
	exactHeadline  = "a"
	foldedHeadline = "b"
	exactLead      = "c"
	foldedLead     = "d"
	exactAll       = "e"
	foldedAll      = "f"
)

// tokens is what a text is found by: each once, in their order.
func (t Text) tokens() string {
	var list []string
	add := func(text string, classes ...string) {
		for _, w := range word.Split(text) {
			for i := 0; i < len(classes); i += 2 {
				list = append(list, classes[i]+w.Exact, classes[i+1]+w.Folded)
			}
		}
	}
	add(t.Headline, exactHeadline, foldedHeadline, exactLead, foldedLead, exactAll, foldedAll)
	add(t.Lead, exactLead, foldedLead, exactAll, foldedAll)
	add(t.rest(), exactAll, foldedAll)
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// rest is what a text says beneath headline and lead.
func (t Text) rest() string {
	document, err := t.Document()
	if err != nil {
		return "" // it was refused when it was saved
	}
	return strings.Join([]string{document.Text(), t.Category, strings.Join(t.Tags, "\n"), strings.Join(t.Authors, "\n")}, "\n")
}

// entryID orders articles by the minute in which they were published, the same on both
// engines.
func entryID(published time.Time, article int64) int64 {
	const articles = 32 // bits
	return max(published.Unix()/60, 0)<<articles | article&(1<<articles-1)
}

// enter lets the public find an article by the words and labels of a text, and by no
// others; by none where the text is empty.
func (a Article) enter(ctx context.Context, tx *ledger.Tx, t Text) error {
	for _, table := range []string{"news_entry", "news_label"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE article_id = $1`, a.ID); err != nil {
			return fmt.Errorf("taking article %d out of what is found: %w", a.ID, err)
		}
	}
	if t.Headline == "" {
		return nil
	}
	id := entryID(a.PublishedAt, a.ID)
	_, err := tx.ExecContext(ctx, `INSERT INTO news_entry (id, article_id, tokens) VALUES ($1, $2, $3)`, id, a.ID, t.tokens())
	for _, l := range t.labels() {
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO news_label (sort, key, entry_id, article_id, name) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
				l.Sort, l.Key, id, a.ID, l.Name)
		}
	}
	if err != nil {
		return fmt.Errorf("letting article %d be found: %w", a.ID, err)
	}
	return nil
}

// Sort is what a label says of an article.
type Sort string

// The sorts of labels.
const (
	Category Sort = "category"
	Tag      Sort = "tag"
	Author   Sort = "author"
)

// Label is something by which articles are listed together.
type Label struct {
	Sort Sort
	Key  string // of its address: the same however the name is written
	Name string // as an article writes it
}

// NewLabel is a name as a label.
func NewLabel(sort Sort, name string) Label {
	key := slug(name)
	if key == "" { // of letters that are not Latin
		key = fold.Key(name)
	}
	return Label{sort, key, name}
}

func (t Text) labels() (list []Label) {
	if t.Category != "" {
		list = append(list, NewLabel(Category, t.Category))
	}
	for _, name := range t.Tags {
		list = append(list, NewLabel(Tag, name))
	}
	for _, name := range t.Authors {
		list = append(list, NewLabel(Author, name))
	}
	return list
}
