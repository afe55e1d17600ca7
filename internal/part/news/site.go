package news

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Site is how the office of an installation shows the public page. What is left out is as
// the program has it.
type Site struct {
	Name    string `json:"name,omitempty"`
	English string `json:"english,omitempty"` // name on the pages in English; "" for Name
	Colour  Colour `json:"colour,omitempty"`  // of titles, links and buttons, by day
	Night   Colour `json:"night,omitempty"`   // the same in the dark; "" for one made of Colour
	Logo    *Logo  `json:"logo,omitempty"`    // nil for none
}

// Logo is a picture of the root's desk that stands for the site.
type Logo struct {
	Picture       string `json:"picture"`
	Width, Height int    // pixels, of its narrowest size
}

// mostName is how long the name of a site may be, in characters.
const mostName = 80

// Dark is the colour in the dark; "" where the site has none of its own.
func (s Site) Dark() Colour {
	if s.Night == "" && s.Colour != "" {
		return s.Colour.ByNight()
	}
	return s.Night
}

// SiteOf gives how the public page is shown.
func SiteOf(ctx context.Context, q store.Querier) (s Site, err error) {
	var row string
	err = q.QueryRowContext(ctx, `SELECT site FROM news_site WHERE id = 1`).Scan(&row)
	if store.Missing(err) {
		return Site{}, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(row), &s)
	}
	if err != nil {
		return Site{}, fmt.Errorf("reading how the public page is shown: %w", err)
	}
	return s, nil
}

// SetSiteCommand says how the public page is shown from now on.
type SetSiteCommand struct {
	Name, English string
	Colour, Night string // as people write them
	Logo          string // id of a picture of the root's desk; "" for none
}

// SetSite changes how the public page is shown, for all desks: whoever publishes at the
// root decides it. Faults: Forbidden; Conflict where the news come from another
// installation; Invalid at the fields "name", "english", "colour" and
// "night"; NotFound for a logo that is no picture of the root's desk.
func SetSite(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SetSiteCommand) (Site, error) {
	root, err := MaySetSite(actor)
	if err != nil {
		return Site{}, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return Site{}, err
	}
	site, err := cmd.site()
	if err != nil {
		return Site{}, err
	}
	if site.Logo, err = logoOf(ctx, tx, root, cmd.Logo); err != nil {
		return Site{}, err
	}
	return site, site.keep(ctx, tx, root, actor.Name)
}

// keep has the public page shown so from now on.
func (s Site) keep(ctx context.Context, tx *ledger.Tx, root tree.UnitID, by string) error {
	row, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("encoding how the public page is shown: %w", err)
	}
	logo := ""
	if s.Logo != nil {
		logo = s.Logo.Picture
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO news_site (id, site, logo) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET site = excluded.site, logo = excluded.logo`, string(row), logo)
	if err != nil {
		return fmt.Errorf("keeping how the public page is shown: %w", err)
	}
	return tx.Append(ledger.New{Unit: int64(root), Kind: SiteWasSet, Subject: SiteSubject, Payload: SiteSet{Site: s, By: by}})
}

// MaySetSite gives the root, whose desk says how the public page is shown. Forbidden: the
// actor may not.
func MaySetSite(actor access.Actor) (tree.UnitID, error) {
	root, _ := actor.Tree.Root() // nobody has a role where there is none yet
	return root.ID, actor.May(access.NewsSite, root.ID)
}

// site is what the command says, checked.
func (c SetSiteCommand) site() (s Site, err error) {
	var wrong fault.List
	named := func(field, typed string) string {
		name := fold.Name(typed)
		if utf8.RuneCountInString(name) > mostName {
			wrong = append(wrong, fault.New(fault.Invalid, "news.long", "most", mostName).At(field))
		}
		return name
	}
	coloured := func(field, typed string, grounds []Colour) Colour {
		if fold.Name(typed) == "" {
			return ""
		}
		colour, ok := ParseColour(typed)
		if !ok {
			wrong = append(wrong, fault.New(fault.Invalid, "news.site.colour").At(field))
			return ""
		}
		if got := colour.On(grounds); got < Legible {
			wrong = append(wrong, fault.New(fault.Invalid, "news.site.contrast", "got", math.Floor(got*10)/10, "least", Legible).At(field))
		}
		return colour
	}
	s.Name, s.English = named("name", c.Name), named("english", c.English)
	s.Colour, s.Night = coloured("colour", c.Colour, DayGrounds), coloured("night", c.Night, NightGrounds)
	return s, wrong.Err()
}

// logoOf is a picture of the root's desk as the public page shows it; nil for none.
func logoOf(ctx context.Context, q store.Querier, root tree.UnitID, id string) (*Logo, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // a site may have none
	}
	p, err := PictureOf(ctx, q, id)
	if err != nil {
		return nil, err
	}
	if p.Unit != root {
		return nil, fault.New(fault.NotFound, "news.picture.not-found")
	}
	return p.logo(), nil
}

// logo is a picture as one that stands for the site.
func (p Picture) logo() *Logo {
	return &Logo{Picture: p.ID, Width: p.Sizes[0].Width, Height: p.Sizes[0].Height}
}
