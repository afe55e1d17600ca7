package news

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/news/picture"
)

// Picture is a picture of a desk as pages fetch it. It never changes: cut in another way
// it is another one, so that what was published stays what it was.
type Picture struct {
	ID     string // a text names it by this; it begins with the hash of its widest size
	Unit   tree.UnitID
	Master string // id of the file that it is cut from
	Focus  picture.Focus
	Sizes  []Size // the narrowest first
}

// Size is one of the sizes in which a picture is kept.
type Size struct {
	Width, Height int // pixels
	File          string
}

// Widest is the largest size.
func (p Picture) Widest() Size { return p.Sizes[len(p.Sizes)-1] }

// CutPicture is a picture that was read and cut, and lies on disk; [AddPicture] makes it
// a desk's.
type CutPicture struct {
	master string // of a master that is kept already; "" for a new one
	taken  file.Upload
	focus  picture.Focus
	sizes  []cutSize
}

type cutSize struct {
	file.Upload
	width, height int
}

// TakePicture reads what an editor uploads under a name and cuts it. It happens outside
// of any transaction: it takes seconds. Faults: Invalid at "picture".
func TakePicture(folder *file.Folder, name string, content io.Reader) (CutPicture, error) {
	sent, err := io.ReadAll(io.LimitReader(content, picture.MostBytes+1))
	if err != nil {
		return CutPicture{}, fmt.Errorf("receiving a picture: %w", err)
	}
	whole, err := picture.Read(sent)
	if err != nil {
		return CutPicture{}, err
	}
	master, err := whole.Master()
	if err != nil {
		return CutPicture{}, err
	}
	var c CutPicture
	name = strings.TrimSuffix(name, path.Ext(name))
	if c.taken, err = folder.Take(name+"."+master.Kind, bytes.NewReader(master.Content)); err != nil {
		return CutPicture{}, err
	}
	return c, c.cut(folder, name, whole, picture.Focus{})
}

// Recut cuts a picture of a desk in another way, from what was uploaded. Faults: Invalid
// at "focus".
func Recut(folder *file.Folder, p Picture, focus picture.Focus) (CutPicture, error) {
	if err := focus.Check(); err != nil {
		return CutPicture{}, err
	}
	content, err := folder.Content(p.Master)
	if err != nil {
		return CutPicture{}, err
	}
	whole, err := picture.Read(content)
	if err != nil {
		return CutPicture{}, fmt.Errorf("reading picture %s again: %w", p.ID, err)
	}
	c := CutPicture{master: p.Master}
	return c, c.cut(folder, "anh", whole, focus)
}

// cut makes the sizes.
func (c *CutPicture) cut(folder *file.Folder, name string, whole picture.Picture, focus picture.Focus) error {
	made, err := whole.Renditions(focus)
	if err != nil {
		return err
	}
	c.focus = focus
	for _, one := range made {
		upload, err := folder.Take(fmt.Sprintf("%s-%d.%s", name, one.Width, one.Kind), bytes.NewReader(one.Content))
		if err != nil {
			return err
		}
		c.sizes = append(c.sizes, cutSize{upload, one.Width, one.Height})
	}
	return nil
}

// AddPictureCommand makes a picture a desk's.
type AddPictureCommand struct {
	Key  string // of the form: same key, same picture
	Unit tree.UnitID
	Cut  CutPicture
}

// AddPicture makes a picture one of a desk, for all its articles. It is no event: what the
// public is given is one, and names the picture by its hash. Faults: Forbidden.
func AddPicture(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AddPictureCommand) (Picture, error) {
	if err := actor.May(access.NewsWrite, cmd.Unit); err != nil {
		return Picture{}, err
	}
	known, err := pictures(ctx, tx, `WHERE p.unit_id = $1 AND p.key = $2`, cmd.Unit, cmd.Key)
	if err != nil || len(known) > 0 {
		return first(known), err
	}
	keep := func(upload file.Upload) (string, error) {
		f, err := file.Save(ctx, tx, upload, marking.Marks{}, int64(cmd.Unit), actor.Person)
		return f.ID, err
	}
	p := Picture{Unit: cmd.Unit, Master: cmd.Cut.master, Focus: cmd.Cut.focus}
	if p.Master == "" {
		if p.Master, err = keep(cmd.Cut.taken); err != nil {
			return Picture{}, err
		}
	}
	for _, one := range cmd.Cut.sizes {
		id, err := keep(one.Upload)
		if err != nil {
			return Picture{}, err
		}
		p.Sizes = append(p.Sizes, Size{Width: one.width, Height: one.height, File: id})
	}
	p.ID = p.Widest().File
	return p, p.insert(ctx, tx, cmd.Key, actor.Name)
}

func (p Picture) insert(ctx context.Context, tx *ledger.Tx, key, by string) error {
	focus, err := json.Marshal(p.Focus)
	if err != nil {
		return fmt.Errorf("encoding the focus of picture %s: %w", p.ID, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO news_picture (id, key, unit_id, master, focus, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.ID, key, p.Unit, p.Master, string(focus), by, store.Micro(tx.Now()))
	for _, size := range p.Sizes {
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO news_rendition (picture_id, width, height, file) VALUES ($1, $2, $3, $4)`, p.ID, size.Width, size.Height, size.File)
		}
	}
	if err != nil {
		return fmt.Errorf("keeping picture %s: %w", p.ID, err)
	}
	return nil
}

func first(list []Picture) Picture {
	if len(list) == 0 {
		return Picture{}
	}
	return list[0]
}

// PictureOf gives a picture of any desk. NotFound: there is none.
func PictureOf(ctx context.Context, q store.Querier, id string) (Picture, error) {
	list, err := pictures(ctx, q, `WHERE p.id = $1`, id)
	if err == nil && len(list) == 0 {
		return Picture{}, fault.New(fault.NotFound, "news.picture.not-found")
	}
	return first(list), err
}

func pictures(ctx context.Context, q store.Querier, where string, args ...any) (list []Picture, err error) {
	rows, err := q.QueryContext(ctx, `SELECT p.id, p.unit_id, p.master, p.focus, r.width, r.height, r.file
		FROM news_picture p JOIN news_rendition r ON r.picture_id = p.id `+where+` ORDER BY p.id, r.width`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading pictures: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Picture
		var size Size
		var focus string
		if err := rows.Scan(&p.ID, &p.Unit, &p.Master, &focus, &size.Width, &size.Height, &size.File); err != nil {
			return nil, fmt.Errorf("reading a picture: %w", err)
		}
		if err := json.Unmarshal([]byte(focus), &p.Focus); err != nil {
			return nil, fmt.Errorf("reading the focus of picture %s: %w", p.ID, err)
		}
		if n := len(list); n == 0 || list[n-1].ID != p.ID {
			list = append(list, p)
		}
		last := &list[len(list)-1]
		last.Sizes = append(last.Sizes, size)
	}
	return list, rows.Err()
}
