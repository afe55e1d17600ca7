package news

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/news/prose"
)

// Bounds of what stands in an article beside its words.
const (
	MostPictures = 50
	MostFiles    = 20
)

// Pictures are all pictures of a text, the one that leads it first.
func (t Text) Pictures() iter.Seq[prose.Picture] {
	return func(yield func(prose.Picture) bool) {
		if t.Picture != nil && !yield(*t.Picture) {
			return
		}
		document, err := t.Document()
		if err != nil {
			return // it was refused when it was saved
		}
		for one := range document.Pictures() {
			if !yield(one) {
				return
			}
		}
	}
}

// Cover is the picture that stands for an article on other pages: the one that leads it,
// or the first in its body; false where it has none.
func (t Text) Cover() (prose.Picture, bool) {
	for one := range t.Pictures() {
		return one, true
	}
	return prose.Picture{}, false
}

// PicturesIn gives the pictures of a text by their ids; what is not there is left out.
func PicturesIn(ctx context.Context, q store.Querier, t Text) (map[string]Picture, error) {
	found := map[string]Picture{}
	for one := range t.Pictures() {
		list, err := pictures(ctx, q, `WHERE p.id = $1`, one.File)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			found[one.File] = list[0]
		}
	}
	return found, nil
}

// own refuses pictures and files that are not of the unit's desk: a text cannot give the
// public what somebody else has put in.
func (t Text) own(ctx context.Context, q store.Querier, unit tree.UnitID) error {
	found, err := PicturesIn(ctx, q, t)
	if err != nil {
		return err
	}
	n := 0
	for one := range t.Pictures() {
		if p, known := found[one.File]; !known || p.Unit != unit {
			return fault.New(fault.Invalid, "news.picture.unknown").At(prose.Field)
		}
		n++
	}
	if n > MostPictures {
		return fault.New(fault.Invalid, "news.picture.many", "most", MostPictures).At(prose.Field)
	}
	return t.ownFiles(ctx, q, unit)
}

// described refuses pictures of which nothing is said for those who cannot see them.
func (t Text) described() error {
	n := 0
	for one := range t.Pictures() {
		if n++; one.Alt == "" && !one.Decorative {
			return fault.New(fault.Invalid, "news.picture.alt", "n", n).At("pictures")
		}
	}
	return nil
}

// show gives the public the pictures, files and words of a text, and no others of the
// article; none where the text is empty.
func (a Article) show(ctx context.Context, tx *ledger.Tx, t Text) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM news_shown WHERE article_id = $1`, a.ID)
	items := slices.Clone(t.Files)
	for one := range t.Pictures() {
		items = append(items, one.File)
	}
	for _, item := range items {
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO news_shown (article_id, item) VALUES ($1, $2) ON CONFLICT DO NOTHING`, a.ID, item)
		}
	}
	if err != nil {
		return fmt.Errorf("showing the pictures and files of article %d: %w", a.ID, err)
	}
	return a.enter(ctx, tx, t)
}

// PublicPicture gives the file of a picture in one of its widths, while a version that
// the public reads shows it, or it is the site's logo. NotFound: none does, or there is none of this width.
func PublicPicture(ctx context.Context, q store.Querier, id string, width int64) (file.File, error) {
	var kept string
	err := q.QueryRowContext(ctx, `SELECT r.file FROM news_rendition r WHERE r.picture_id = $1 AND r.width = $2
		AND (EXISTS (SELECT 1 FROM news_shown s WHERE s.item = r.picture_id) OR EXISTS (SELECT 1 FROM news_site s WHERE s.logo = r.picture_id))`, id, width).Scan(&kept)
	if store.Missing(err) {
		return file.File{}, fault.New(fault.NotFound, "news.picture.not-found")
	}
	if err != nil {
		return file.File{}, fmt.Errorf("looking for picture %s: %w", id, err)
	}
	return file.Get(ctx, q, kept)
}
