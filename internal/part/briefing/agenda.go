package briefing

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Bounds of an agenda.
const (
	MostItems       = 100
	MostItemMinutes = 240
)

// Item is one item of an agenda.
type Item struct {
	ID        int64
	Title     string
	Minutes   int         // planned
	Site      int64       // who speaks; 0 for nobody in particular
	Unit      tree.UnitID // whose board is shown; 0 for that of the speaker
	Milestone string      // of that board; "" for its first
	Why       *Reason     // it was proposed for; nil when somebody wrote it
	Began     time.Time
	Done      time.Time
}

// ItemDraft is an item as the secretary writes it: ID 0 for a new one.
type ItemDraft struct {
	ID        int64
	Title     string
	Minutes   int
	Speaker   tree.UnitID // whose site speaks; 0 for nobody in particular
	Unit      tree.UnitID
	Milestone string
	Why       *Reason
}

// SetAgenda makes the agenda these items, in this order, before the meeting and
// during it. Items that are over or under way stay as they were. revision is of the
// briefing that was read; Conflict when somebody else changed it meanwhile. Invalid
// at "item." and the index, a point and "title", "minutes", "site" or "unit".
func SetAgenda(ctx context.Context, tx *ledger.Tx, actor access.Actor, id, revision int64, items []ItemDraft) (Briefing, error) {
	b, err := preparing(ctx, tx, actor, id)
	if err != nil {
		return Briefing{}, err
	}
	if b.Revision != revision {
		return Briefing{}, fault.New(fault.Conflict, "briefing.changed-meanwhile")
	}
	sites, err := Sites(ctx, tx, id)
	if err != nil {
		return Briefing{}, err
	}
	if err := checkItems(actor.Tree, b, sites, items); err != nil {
		return Briefing{}, err
	}
	if err := b.writeItems(ctx, tx, sites, items); err != nil {
		return Briefing{}, err
	}
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	event := Agenda{Briefing: b.ID}
	for _, i := range items {
		event.Items = append(event.Items, AgendaRow{Title: i.Title, Minutes: i.Minutes, Site: i.Speaker, Unit: i.Unit, Why: i.Why})
	}
	return b, b.tell(tx, AgendaSet, b.Unit, event)
}

// preparing locks a briefing that is not over, for the host's office or whoever
// leads the meeting.
func preparing(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Briefing, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return Briefing{}, err
	}
	if err := actor.May(access.BriefingCall, b.Unit); err != nil {
		return Briefing{}, err
	}
	if b.State != Called && b.State != Open {
		return Briefing{}, notOpen(b)
	}
	return b, nil
}

func checkItems(t *tree.Tree, b Briefing, sites []Site, items []ItemDraft) error {
	var wrong fault.List
	if len(items) > MostItems {
		wrong = append(wrong, fault.New(fault.Invalid, "briefing.items-many", "most", MostItems).At("items"))
	}
	for i, item := range items {
		add := func(field, key string, args ...any) {
			wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(fmt.Sprintf("item.%d.%s", i, field)))
		}
		switch n := utf8.RuneCountInString(item.Title); {
		case strings.TrimSpace(item.Title) == "":
			add("title", "briefing.title-needed")
		case n > MostTitle:
			add("title", "briefing.long", "most", MostTitle)
		}
		if item.Minutes < 1 || item.Minutes > MostItemMinutes {
			add("minutes", "briefing.minutes-wrong", "most", MostItemMinutes)
		}
		if item.Speaker != 0 && !slices.ContainsFunc(sites, func(s Site) bool { return s.Unit == item.Speaker }) {
			add("site", "briefing.site-unknown")
		}
		if item.Unit != 0 && !t.Within(item.Unit, b.Unit) {
			add("unit", "briefing.site-outside", "unit", "")
		}
	}
	return wrong.Err()
}

func (b Briefing) writeItems(ctx context.Context, tx *ledger.Tx, sites []Site, items []ItemDraft) error {
	before, err := Items(ctx, tx, b.ID)
	if err != nil {
		return err
	}
	kept := map[int64]bool{}
	for place, item := range items {
		site := int64(0)
		if i := slices.IndexFunc(sites, func(s Site) bool { return s.Unit == item.Speaker }); i >= 0 {
			site = sites[i].ID
		}
		why := ""
		if item.Why != nil {
			encoded, err := json.Marshal(item.Why)
			if err != nil {
				return fmt.Errorf("encoding why an item was proposed: %w", err)
			}
			why = string(encoded)
		}
		known := slices.ContainsFunc(before, func(i Item) bool { return i.ID == item.ID })
		if known {
			kept[item.ID] = true
			_, err = tx.ExecContext(ctx, `UPDATE briefing_item SET place = $1, title = $2, minutes = $3, site_id = $4, unit_id = $5, milestone = $6
				WHERE id = $7`, place, item.Title, item.Minutes, site, item.Unit, item.Milestone, item.ID)
		} else {
			_, err = tx.ExecContext(ctx, `INSERT INTO briefing_item (briefing_id, place, title, minutes, site_id, unit_id, milestone, why, began_at, done_at)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)`, b.ID, place, item.Title, item.Minutes, site, item.Unit, item.Milestone, why)
		}
		if err != nil {
			return fmt.Errorf("writing item %d of briefing %d: %w", place+1, b.ID, err)
		}
	}
	for _, item := range before {
		if kept[item.ID] || !item.Began.IsZero() { // what was spoken about stays
			continue
		}
		if err := b.leaveOut(ctx, tx, item.ID); err != nil {
			return err
		}
	}
	return nil
}

// leaveOut takes an item off the agenda; what was handed out for it stays, for the
// briefing as a whole.
func (b Briefing) leaveOut(ctx context.Context, tx *ledger.Tx, item int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE briefing_handout SET item_id = 0 WHERE briefing_id = $1 AND item_id = $2`, b.ID, item); err != nil {
		return fmt.Errorf("keeping the handouts of item %d: %w", item, err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM briefing_item WHERE id = $1`, item); err != nil {
		return fmt.Errorf("leaving item %d out: %w", item, err)
	}
	return nil
}

// Items gives the agenda of a briefing, in its order.
func Items(ctx context.Context, q store.Querier, briefing int64) ([]Item, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, title, minutes, site_id, unit_id, milestone, why, began_at, done_at FROM briefing_item
		WHERE briefing_id = $1 ORDER BY place, id`, briefing)
	if err != nil {
		return nil, fmt.Errorf("reading the agenda of briefing %d: %w", briefing, err)
	}
	defer rows.Close()
	var list []Item
	for rows.Next() {
		var i Item
		var why string
		var began, done int64
		if err := rows.Scan(&i.ID, &i.Title, &i.Minutes, &i.Site, &i.Unit, &i.Milestone, &why, &began, &done); err != nil {
			return nil, fmt.Errorf("reading an item of briefing %d: %w", briefing, err)
		}
		if why != "" {
			i.Why = &Reason{}
			if err := json.Unmarshal([]byte(why), i.Why); err != nil {
				return nil, fmt.Errorf("reading why item %d was proposed: %w", i.ID, err)
			}
		}
		i.Began, i.Done = store.Moment(began), store.Moment(done)
		list = append(list, i)
	}
	return list, rows.Err()
}

// Next is the first item that has not begun; ok is false when all have.
func Next(items []Item) (Item, bool) {
	i := slices.IndexFunc(items, func(i Item) bool { return i.Began.IsZero() })
	if i < 0 {
		return Item{}, false
	}
	return items[i], true
}

// TurnTo begins an item of the agenda: the one before is over, whoever speaks to it
// gets the floor if it is there, and else the item's board is shown. Beginning the
// present one changes nothing.
func TurnTo(ctx context.Context, tx *ledger.Tx, actor access.Actor, id, item int64) (Briefing, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil || b.Item == item {
		return b, err
	}
	if !b.PausedAt.IsZero() {
		return Briefing{}, fault.New(fault.Conflict, "briefing.is-paused")
	}
	items, err := Items(ctx, tx, id)
	if err != nil {
		return Briefing{}, err
	}
	at := slices.IndexFunc(items, func(i Item) bool { return i.ID == item })
	if at < 0 {
		return Briefing{}, fault.New(fault.NotFound, "briefing.item-unknown")
	}
	if err := b.endTurn(ctx, tx, byWord); err != nil {
		return Briefing{}, err
	}
	if err := b.endItem(ctx, tx); err != nil {
		return Briefing{}, err
	}
	if err := b.beginItem(ctx, tx, items[at], at+1, byWord); err != nil {
		return Briefing{}, err
	}
	return b, b.save(ctx, tx)
}

func (b *Briefing) beginItem(ctx context.Context, tx *ledger.Tx, item Item, number int, byWord bool) error {
	b.Item = item.ID
	_, err := tx.ExecContext(ctx, `UPDATE briefing_item SET began_at = CASE WHEN began_at = 0 THEN $1 ELSE began_at END, done_at = 0 WHERE id = $2`,
		store.Micro(tx.Now()), item.ID)
	if err != nil {
		return fmt.Errorf("beginning item %d: %w", item.ID, err)
	}
	err = b.tell(tx, ItemBegun, b.Unit, ItemNow{
		Briefing: b.ID, Item: item.ID, Number: number, Title: item.Title, Minutes: item.Minutes, ByWord: byWord,
	})
	if err != nil {
		return err
	}
	if item.Site != 0 {
		s, err := siteByID(ctx, tx, b.ID, item.Site)
		if err != nil {
			return err
		}
		if s.Here() {
			if err := b.give(ctx, tx, s, GiveCommand{Item: item.ID, Minutes: item.Minutes}, byWord); err != nil {
				return err
			}
		}
	}
	if item.Unit == 0 || (b.Shown == Shown{Unit: item.Unit, Milestone: item.Milestone}) {
		return nil
	}
	b.Shown = Shown{Unit: item.Unit, Milestone: item.Milestone}
	return b.shows(ctx, tx, byWord)
}

// endItem says that the present item is over.
func (b *Briefing) endItem(ctx context.Context, tx *ledger.Tx) error {
	if b.Item == 0 {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `UPDATE briefing_item SET done_at = $1 WHERE id = $2`, store.Micro(tx.Now()), b.Item); err != nil {
		return fmt.Errorf("ending item %d: %w", b.Item, err)
	}
	b.Item = 0
	return nil
}
