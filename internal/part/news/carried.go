package news

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Carried is an article on its way to the installation where the public reads it: what is
// public of it and nothing else. Of versions that were corrected, and of one that was
// withdrawn, the text stays at its desk, and so do the names of editors.
type Carried struct {
	ID          int64       `json:"id"`
	Unit        tree.UnitID `json:"unit"`
	Desk        string      `json:"desk"` // name of the unit
	State       State       `json:"state"`
	Slug        string      `json:"slug"`
	Version     int64       `json:"version"`
	PublishedAt time.Time   `json:"published"`
	ChangedAt   time.Time   `json:"changed"`
	Reason      string      `json:"reason,omitempty"` // of a withdrawal
	Comments    bool        `json:"comments"`         // readers may send theirs
	Text        *Text       `json:"text,omitempty"`   // nil where it was withdrawn
	Editions    []Edition   `json:"editions"`         // of each version, the first first
}

// Edition is when a version was published, and what it corrected.
type Edition struct {
	Version int64     `json:"version"`
	Note    string    `json:"note,omitempty"`
	At      time.Time `json:"at"`
}

// CarryArticles gives each article that is or was published, by its number, without the
// name of its desk.
func CarryArticles(ctx context.Context, q store.Querier, each func(Carried) error) error {
	const some = 200
	for last := int64(0); ; {
		list, err := read(ctx, q, fmt.Sprintf(`WHERE a.version > 0 AND a.id > $1 ORDER BY a.id LIMIT %d`, some), last)
		if err != nil {
			return err
		}
		for _, a := range list {
			c, err := a.carried(ctx, q)
			if err == nil {
				err = each(c)
			}
			if err != nil {
				return err
			}
			last = a.ID
		}
		if len(list) < some {
			return nil
		}
	}
}

func (a Article) carried(ctx context.Context, q store.Querier) (Carried, error) {
	c := Carried{
		ID: a.ID, Unit: a.Unit, State: a.State, Slug: a.Slug, Version: a.Version,
		PublishedAt: a.PublishedAt, ChangedAt: a.ChangedAt, Reason: a.Reason, Comments: a.Comments,
	}
	list, err := versions(ctx, q, `WHERE article_id = $1 ORDER BY version`, a.ID)
	for _, g := range list {
		c.Editions = append(c.Editions, Edition{g.Version, g.Note, g.At})
		if g.Version == a.Version && a.State == Published {
			c.Text = &g.Text
		}
	}
	return c, err
}

// CarriedFile is a file that the public is given, by the id that texts know it by.
type CarriedFile struct {
	ID   string      `json:"id"` // begins with the SHA-256 of its content
	Name string      `json:"name"`
	Size int64       `json:"size"` // bytes
	Unit tree.UnitID `json:"unit"`
	Text bool        `json:"text,omitempty"` // an article has it beside its text; else it is a picture in one of its sizes
}

// CarriedPicture is a picture that the public is shown, in its sizes.
type CarriedPicture struct {
	ID    string      `json:"id"`
	Unit  tree.UnitID `json:"unit"`
	Sizes []Size      `json:"sizes"`
}

// CarryFiles gives the files of all that the public reads now, by their ids.
func CarryFiles(ctx context.Context, q store.Querier) (list []CarriedFile, err error) {
	rows, err := q.QueryContext(ctx, `SELECT f.id, f.name, f.size, f.unit_id, 1 FROM file f
		WHERE EXISTS (SELECT 1 FROM news_file n WHERE n.id = f.id) AND EXISTS (SELECT 1 FROM news_shown s WHERE s.item = f.id)
		UNION ALL SELECT f.id, f.name, f.size, f.unit_id, 0 FROM file f JOIN news_rendition r ON r.file = f.id
		WHERE EXISTS (SELECT 1 FROM news_shown s WHERE s.item = r.picture_id) OR EXISTS (SELECT 1 FROM news_site s WHERE s.logo = r.picture_id) ORDER BY 1`)
	if err != nil {
		return nil, fmt.Errorf("reading which files the public is given: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var f CarriedFile
		var beside int
		if err := rows.Scan(&f.ID, &f.Name, &f.Size, &f.Unit, &beside); err != nil {
			return nil, fmt.Errorf("reading which files the public is given: %w", err)
		}
		f.Text = beside == 1
		list = append(list, f)
	}
	return list, rows.Err()
}

// CarryPictures gives the pictures of all that the public reads now, by their ids.
func CarryPictures(ctx context.Context, q store.Querier) (list []CarriedPicture, err error) {
	shown, err := pictures(ctx, q, `WHERE EXISTS (SELECT 1 FROM news_shown s WHERE s.item = p.id) OR EXISTS (SELECT 1 FROM news_site s WHERE s.logo = p.id)`)
	for _, p := range shown {
		list = append(list, CarriedPicture{p.ID, p.Unit, p.Sizes})
	}
	return list, err
}

// CarriedBoard is a public board with what was cleared of it last; without the figures
// where it was withdrawn.
type CarriedBoard struct {
	ID          int64       `json:"id"`
	Unit        tree.UnitID `json:"unit"`
	Slug        string      `json:"slug"`
	WithdrawnAt time.Time   `json:"withdrawn,omitzero"`
	WithdrawnBy string      `json:"by,omitempty"` // name and post
	Reason      string      `json:"reason,omitempty"`
	Cleared     Cleared     `json:"cleared"`
}

// CarryBoards gives the boards of which something was cleared, by their numbers.
func CarryBoards(ctx context.Context, q store.Querier) (list []CarriedBoard, err error) {
	all, err := readBoards(ctx, q, `WHERE version > 0 ORDER BY id`)
	if err != nil {
		return nil, err
	}
	for _, b := range all {
		_, cleared, err := ShownBoard(ctx, q, b.ID)
		if err != nil {
			return nil, err
		}
		cleared.Version, cleared.Unit = b.Version, b.Unit
		list = append(list, CarriedBoard{b.ID, b.Unit, b.Slug, b.WithdrawnAt, b.WithdrawnBy, b.Reason, cleared})
	}
	return list, nil
}

// CarriedRules are what a desk does about comments by itself.
type CarriedRules struct {
	Unit  tree.UnitID `json:"unit"`
	Rules Rules       `json:"rules"`
}

// CarryRules gives the rules of the desks that made some, by their units.
func CarryRules(ctx context.Context, q store.Querier) (list []CarriedRules, err error) {
	rows, err := q.QueryContext(ctx, `SELECT unit_id, rules FROM news_rules ORDER BY unit_id`)
	if err != nil {
		return nil, fmt.Errorf("reading the rules of desks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var of CarriedRules
		var row string
		if err := rows.Scan(&of.Unit, &row); err != nil {
			return nil, fmt.Errorf("reading the rules of a desk: %w", err)
		}
		if err := json.Unmarshal([]byte(row), &of.Rules); err != nil {
			return nil, fmt.Errorf("reading the rules of desk %d: %w", of.Unit, err)
		}
		list = append(list, of)
	}
	return list, rows.Err()
}
