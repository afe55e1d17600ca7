package news

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// AttachFileCommand attaches a file to an article.
type AttachFileCommand struct {
	Key     string // of the form: same key, same file
	Article int64
	Upload  file.Upload
}

// AttachFile attaches a file to an article's text as it was saved last; readers can fetch
// it once it is published. Faults: those of [Save]; Invalid at "file", for a picture, too,
// which would keep where it was taken.
func AttachFile(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AttachFileCommand) (Article, error) {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsWrite, a.Unit); err != nil {
		return Article{}, err
	}
	if cmd.Upload.Kind.Picture() {
		return Article{}, fault.New(fault.Invalid, "news.file.picture").At("file")
	}
	id, err := cmd.keep(ctx, tx, actor, a.Unit)
	if err != nil {
		return Article{}, err
	}
	if slices.Contains(a.Text.Files, id) {
		return a, nil
	}
	text := a.Text
	text.Files = append(slices.Clone(text.Files), id)
	return Save(ctx, tx, actor, SaveCommand{Article: a.ID, Revision: a.Revision, Text: text})
}

// keep makes the file a desk's, once for a key, and gives its id.
func (cmd AttachFileCommand) keep(ctx context.Context, tx *ledger.Tx, actor access.Actor, unit tree.UnitID) (id string, err error) {
	err = tx.QueryRowContext(ctx, `SELECT id FROM news_file WHERE unit_id = $1 AND key = $2`, unit, cmd.Key).Scan(&id)
	if err == nil {
		return id, nil
	}
	if !store.Missing(err) {
		return "", fmt.Errorf("looking for a desk's file: %w", err)
	}
	f, err := file.Save(ctx, tx, cmd.Upload, marking.Marks{}, int64(unit), actor.Person)
	if err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO news_file (id, key, unit_id, added_by, added_at) VALUES ($1, $2, $3, $4, $5)`,
		f.ID, cmd.Key, unit, actor.Name, store.Micro(tx.Now()))
	if err != nil {
		return "", fmt.Errorf("keeping file %s of a desk: %w", f.ID, err)
	}
	return f.ID, nil
}

// DetachFile takes a file from an article's text; who reads a version that was published
// with it can still fetch it. Faults: those of [Save].
func DetachFile(ctx context.Context, tx *ledger.Tx, actor access.Actor, article int64, id string) (Article, error) {
	a, err := lock(ctx, tx, article)
	if err != nil {
		return Article{}, err
	}
	text := a.Text
	text.Files = slices.DeleteFunc(slices.Clone(text.Files), func(one string) bool { return one == id })
	return Save(ctx, tx, actor, SaveCommand{Article: a.ID, Revision: a.Revision, Text: text})
}

// FilesIn gives the files of a text, in their order.
func FilesIn(ctx context.Context, q store.Querier, t Text) (list []file.File, err error) {
	for _, id := range t.Files {
		f, err := deskFile(ctx, q, `WHERE f.id = $1`, id)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

// PublicFile gives a file while a version that the public reads has it. NotFound: none
// does.
func PublicFile(ctx context.Context, q store.Querier, id string) (file.File, error) {
	return deskFile(ctx, q, `WHERE f.id = $1 AND EXISTS (SELECT 1 FROM news_shown s WHERE s.item = f.id)`, id)
}

// DeskFile gives a file of any desk. NotFound: there is none.
func DeskFile(ctx context.Context, q store.Querier, id string) (file.File, error) {
	return deskFile(ctx, q, `WHERE f.id = $1`, id)
}

func deskFile(ctx context.Context, q store.Querier, where string, args ...any) (file.File, error) {
	var id string
	err := q.QueryRowContext(ctx, `SELECT f.id FROM news_file f `+where, args...).Scan(&id)
	if store.Missing(err) {
		return file.File{}, fault.New(fault.NotFound, "file.not-found")
	}
	if err != nil {
		return file.File{}, fmt.Errorf("looking for a desk's file: %w", err)
	}
	return file.Get(ctx, q, id)
}

// ownFiles refuses files that are not of the unit's desk.
func (t Text) ownFiles(ctx context.Context, q store.Querier, unit tree.UnitID) error {
	if len(t.Files) > MostFiles {
		return fault.New(fault.Invalid, "news.file.many", "most", MostFiles).At("file")
	}
	for _, id := range t.Files {
		f, err := DeskFile(ctx, q, id)
		if fault.Is(err, fault.NotFound) || err == nil && f.Unit != int64(unit) {
			return fault.New(fault.Invalid, "news.file.unknown").At("file")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
