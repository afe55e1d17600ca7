package news

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// MostCategories is how many categories a desk may keep.
const MostCategories = 50

// DeskCategory is a category that a desk keeps.
type DeskCategory struct {
	Name   string   `json:"name"`
	Former []string `json:"former,omitempty"` // names that it had, which texts may still have
}

// CategoriesOf gives the categories that a unit's desk keeps, in its order; none where it
// lets each text name its own.
func CategoriesOf(ctx context.Context, q store.Querier, unit tree.UnitID) (list []DeskCategory, err error) {
	var row string
	err = q.QueryRowContext(ctx, `SELECT list FROM news_categories WHERE unit_id = $1`, unit).Scan(&row)
	if store.Missing(err) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(row), &list)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the categories of desk %d: %w", unit, err)
	}
	return list, nil
}

// CategoryEntry is a category as somebody wants it.
type CategoryEntry struct {
	Was  string // its name as it was read; "" for a new one
	Name string // "" takes it from the list
}

// CategoriesCommand says which categories a desk keeps from now on.
type CategoriesCommand struct {
	Unit tree.UnitID
	Read []string // the names as they were read, in their order
	List []CategoryEntry
}

// SetCategories changes which categories a desk keeps, in which order and under which names.
// What was given to the public stays under the name that it had; a text that is saved from
// then on is under the new one. Faults: Forbidden; Conflict where somebody else changed them
// meanwhile, or the news come from another installation; Invalid at "name.0" and on, by their places in the list, and at "list".
func SetCategories(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CategoriesCommand) ([]DeskCategory, error) {
	if err := actor.May(access.NewsWrite, cmd.Unit); err != nil {
		return nil, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return nil, err
	}
	// The row is there, and nobody else changes it until the transaction ends.
	_, err := tx.ExecContext(ctx, `INSERT INTO news_categories (unit_id, list) VALUES ($1, '[]') ON CONFLICT (unit_id) DO UPDATE SET list = news_categories.list`, cmd.Unit)
	if err != nil {
		return nil, fmt.Errorf("locking the categories of desk %d: %w", cmd.Unit, err)
	}
	before, err := CategoriesOf(ctx, tx, cmd.Unit)
	if err != nil {
		return nil, err
	}
	if !slices.EqualFunc(before, cmd.Read, func(k DeskCategory, read string) bool { return k.Name == read }) {
		return nil, fault.New(fault.Conflict, "news.categories.changed")
	}
	list, err := cmd.list(before)
	if err != nil {
		return nil, err
	}
	row, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("encoding the categories of desk %d: %w", cmd.Unit, err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE news_categories SET list = $1 WHERE unit_id = $2`, string(row), cmd.Unit); err != nil {
		return nil, fmt.Errorf("keeping the categories of desk %d: %w", cmd.Unit, err)
	}
	return list, tx.Append(ledger.New{
		Unit: int64(cmd.Unit), Kind: CategoriesWereSet, Subject: "desk:" + strconv.FormatInt(int64(cmd.Unit), 10),
		Payload: CategoriesSet{List: list, Name: actor.Name},
	})
}

// list is the categories as they are wanted, with the names that each had before.
func (cmd CategoriesCommand) list(before []DeskCategory) ([]DeskCategory, error) {
	list := []DeskCategory{}
	var wrong fault.List
	used := map[string]bool{}
	for i, entry := range cmd.List {
		name := fold.Name(entry.Name)
		if name == "" {
			continue
		}
		field, key := fmt.Sprint("name.", i), fold.Key(name)
		if utf8.RuneCountInString(name) > MostWord {
			wrong = append(wrong, fault.New(fault.Invalid, "news.long", "most", MostWord).At(field))
		}
		if used[key] {
			wrong = append(wrong, fault.New(fault.Invalid, "news.categories.twice", "name", name).At(field))
		}
		used[key] = true
		list = append(list, DeskCategory{Name: name, Former: formerOf(before, entry.Was)})
	}
	if len(list) > MostCategories {
		wrong = append(wrong, fault.New(fault.Invalid, "news.categories.many", "most", MostCategories).At("list"))
	}
	for i := range list { // a name that is in use again is nobody's former one
		list[i].Former = slices.DeleteFunc(list[i].Former, func(was string) bool { return used[fold.Key(was)] })
	}
	return list, wrong.Err()
}

// formerOf are the names that a category had, the one that it has counted.
func formerOf(before []DeskCategory, was string) []string {
	for _, k := range before {
		if k.Name == was {
			return append(slices.Clone(k.Former), k.Name)
		}
	}
	return nil
}

// filed is a text with its category as its desk's list writes it now: a name that the
// category had before becomes the one that it has. What the text had already may stay.
func (t Text) filed(ctx context.Context, q store.Querier, unit tree.UnitID, had string) (Text, error) {
	list, err := CategoriesOf(ctx, q, unit)
	if err != nil || t.Category == "" || len(list) == 0 {
		return t, err
	}
	key := fold.Key(t.Category)
	same := func(name string) bool { return fold.Key(name) == key }
	for _, k := range list {
		if same(k.Name) || slices.ContainsFunc(k.Former, same) {
			t.Category = k.Name
			return t, nil
		}
	}
	if !same(had) {
		return t, fault.New(fault.Invalid, "news.category.unknown", "said", t.Category).At("category")
	}
	return t, nil
}

// inDeskOrder puts labels of categories in the order in which desks keep them, the desk that
// came first before the others, and those that nobody keeps behind, as they stand.
func inDeskOrder(ctx context.Context, q store.Querier, labels []Label) error {
	rows, err := q.QueryContext(ctx, `SELECT list FROM news_categories ORDER BY unit_id`)
	if err != nil {
		return fmt.Errorf("reading in which order desks keep their categories: %w", err)
	}
	defer rows.Close()
	place := map[string]int{}
	for rows.Next() {
		var row string
		var list []DeskCategory
		if err := rows.Scan(&row); err != nil {
			return fmt.Errorf("reading the categories of a desk: %w", err)
		}
		if err := json.Unmarshal([]byte(row), &list); err != nil {
			return fmt.Errorf("reading the categories of a desk: %w", err)
		}
		for _, k := range list {
			if key := NewLabel(Category, k.Name).Key; place[key] == 0 {
				place[key] = len(place) + 1
			}
		}
	}
	last := len(place) + 1
	slices.SortStableFunc(labels, func(a, b Label) int {
		return cmp.Compare(cmp.Or(place[a.Key], last), cmp.Or(place[b.Key], last))
	})
	return rows.Err()
}
