package news

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// CarriedSite is how the office shows the public page, on its way to where the public
// reads it.
type CarriedSite struct {
	Site Site `json:"site"` // the zero one where it is as the program has it
}

// CarrySite gives how the public page is shown.
func CarrySite(ctx context.Context, q store.Querier) (CarriedSite, error) {
	site, err := SiteOf(ctx, q)
	return CarriedSite{site}, err
}

// Take shows the public page as the other installation's office has it; its logo is taken
// before. changed says whether it was otherwise. Faults: Forbidden; Invalid.
func (c CarriedSite) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor) (changed bool, err error) {
	if err := MayCarry(actor); err != nil {
		return false, err
	}
	before, err := SiteOf(ctx, tx)
	if err != nil || before.same(c.Site) {
		return false, err
	}
	wrong := fault.New(fault.Invalid, "news.carried.site")
	site, err := SetSiteCommand{Name: c.Site.Name, English: c.Site.English, Colour: string(c.Site.Colour), Night: string(c.Site.Night)}.site()
	if err != nil {
		return false, wrong.Because(err)
	}
	if c.Site.Logo != nil {
		p, err := PictureOf(ctx, tx, c.Site.Logo.Picture)
		if err != nil {
			return false, wrong.Because(err)
		}
		site.Logo = p.logo()
	}
	if !site.same(c.Site) {
		return false, wrong
	}
	return true, site.keep(ctx, tx, 0, actor.Name)
}

// same says whether two are shown alike.
func (s Site) same(other Site) bool {
	alike := s.Logo == other.Logo || s.Logo != nil && other.Logo != nil && *s.Logo == *other.Logo
	s.Logo, other.Logo = nil, nil
	return alike && s == other
}

// CarriedCategories are the categories of a desk as its readers see them, in their order.
type CarriedCategories struct {
	Unit  tree.UnitID `json:"unit"`
	Names []string    `json:"names"`
}

// CarryCategories gives the categories of the desks that keep some or did, by their units.
func CarryCategories(ctx context.Context, q store.Querier) (list []CarriedCategories, err error) {
	rows, err := q.QueryContext(ctx, `SELECT unit_id, list FROM news_categories ORDER BY unit_id`)
	if err != nil {
		return nil, fmt.Errorf("reading the categories of desks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var of CarriedCategories
		var row string
		var kept []DeskCategory
		if err := rows.Scan(&of.Unit, &row); err != nil {
			return nil, fmt.Errorf("reading the categories of a desk: %w", err)
		}
		if err := json.Unmarshal([]byte(row), &kept); err != nil {
			return nil, fmt.Errorf("reading the categories of desk %d: %w", of.Unit, err)
		}
		of.Names = namesOf(kept)
		list = append(list, of)
	}
	return list, rows.Err()
}

func namesOf(kept []DeskCategory) (names []string) {
	for _, k := range kept {
		names = append(names, k.Name)
	}
	return names
}

// Take has the public page list a desk's categories in its order. changed says whether the
// order was another. Faults: Forbidden; Invalid.
func (c CarriedCategories) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor) (changed bool, err error) {
	if err := MayCarry(actor); err != nil {
		return false, err
	}
	before, err := CategoriesOf(ctx, tx, c.Unit)
	if err != nil || slices.Equal(namesOf(before), c.Names) {
		return false, err
	}
	var cmd CategoriesCommand
	for _, name := range c.Names {
		cmd.List = append(cmd.List, CategoryEntry{Name: name})
	}
	list, err := cmd.list(nil)
	if err != nil || !slices.Equal(namesOf(list), c.Names) {
		return false, fault.New(fault.Invalid, "news.carried.categories").Because(err)
	}
	row, err := json.Marshal(list)
	if err != nil {
		return false, fmt.Errorf("encoding the categories of desk %d: %w", c.Unit, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO news_categories (unit_id, list) VALUES ($1, $2) ON CONFLICT (unit_id) DO UPDATE SET list = excluded.list`, c.Unit, string(row))
	if err != nil {
		return false, fmt.Errorf("taking the categories of desk %d: %w", c.Unit, err)
	}
	return true, tx.Append(ledger.New{
		Unit: int64(c.Unit), Kind: CategoriesWereSet, Subject: "desk:" + strconv.FormatInt(int64(c.Unit), 10),
		Payload: CategoriesSet{List: list, Name: actor.Name},
	})
}
