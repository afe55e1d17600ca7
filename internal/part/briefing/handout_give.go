package briefing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Bounds of what is handed out.
const (
	MostHandouts = 100 // of a briefing, those withdrawn included
	MostVersions = 30  // of a handout
)

// HandOutCommand hands out a file for a briefing.
type HandOutCommand struct {
	Briefing int64
	Item     int64       // of the agenda; 0 for the briefing as a whole
	Unit     tree.UnitID // who hands it out: the host, or a site
	Title    string      // "" for the file's name
	Key      string      // of the form: one form, one handout
	Upload   file.Upload
	Marks    marking.Marks
}

// HandOut hands a paper out until the meeting is over: the host's office for the
// briefing or any item, a site for its own item. The same key gives the same handout.
// Faults: NotFound and Forbidden for whoever may not; Invalid at "title", "item" and
// "secrecy"; TooLate once it is over.
func HandOut(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd HandOutCommand) (Handout, error) {
	b, err := handing(ctx, tx, actor, cmd.Briefing, cmd.Unit)
	if err != nil {
		return Handout{}, err
	}
	if known, err := handoutByKey(ctx, tx, b.ID, cmd.Key); err != nil || known.ID != 0 {
		return known, err
	}
	if err := b.mayCarry(ctx, tx, cmd.Unit, cmd.Item); err != nil {
		return Handout{}, err
	}
	if cmd.Title = strings.TrimSpace(cmd.Title); cmd.Title == "" {
		cmd.Title = strings.TrimSuffix(cmd.Upload.Name, "."+string(cmd.Upload.Kind))
	}
	if utf8.RuneCountInString(cmd.Title) > MostTitle {
		return Handout{}, fault.New(fault.Invalid, "briefing.long", "most", MostTitle).At("title")
	}
	var given int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM briefing_handout WHERE briefing_id = $1`, b.ID).Scan(&given); err != nil {
		return Handout{}, fmt.Errorf("counting the handouts of briefing %d: %w", b.ID, err)
	}
	if given >= MostHandouts {
		return Handout{}, fault.New(fault.Invalid, "briefing.handouts-many", "most", MostHandouts).At("file")
	}
	h := Handout{Briefing: b.ID, Item: cmd.Item, Unit: cmd.Unit, Title: cmd.Title}
	err = tx.QueryRowContext(ctx, `INSERT INTO briefing_handout (briefing_id, item_id, unit_id, title, withdrawn_at) VALUES ($1, $2, $3, $4, 0) RETURNING id`,
		b.ID, h.Item, h.Unit, h.Title).Scan(&h.ID)
	if err != nil {
		return Handout{}, fmt.Errorf("handing out %q: %w", h.Title, err)
	}
	return h, b.addVersion(ctx, tx, actor, &h, cmd.Key, cmd.Upload, cmd.Marks)
}

// ReplaceCommand sends a new version of a handout.
type ReplaceCommand struct {
	Briefing, Handout int64
	Key               string // of the form: one form, one version
	Upload            file.Upload
	Marks             marking.Marks
}

// Replace makes a file the version of a handout that counts; older ones stay
// readable. Whoever may hand out for its unit may. The same key gives the same
// version. Faults: as [HandOut].
func Replace(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ReplaceCommand) (Handout, error) {
	b, h, err := handed(ctx, tx, actor, cmd.Briefing, cmd.Handout)
	if err != nil {
		return Handout{}, err
	}
	if err := mayHandOut(ctx, tx, actor, b, h.Unit); err != nil {
		return Handout{}, err
	}
	if known, err := handoutByKey(ctx, tx, b.ID, cmd.Key); err != nil || known.ID != 0 {
		return known, err
	}
	if len(h.Versions) >= MostVersions {
		return Handout{}, fault.New(fault.Invalid, "briefing.versions-many", "most", MostVersions).At("file")
	}
	return h, b.addVersion(ctx, tx, actor, &h, cmd.Key, cmd.Upload, cmd.Marks)
}

// Withdraw takes a handout back: nobody reads it any more. Its own unit may, and the
// host's office any. A screen that shows it goes back to the host's board.
func Withdraw(ctx context.Context, tx *ledger.Tx, actor access.Actor, briefing, handout int64) error {
	b, h, err := handed(ctx, tx, actor, briefing, handout)
	if err != nil {
		return err
	}
	if actor.May(access.BriefingCall, b.Unit) != nil {
		if err := mayHandOut(ctx, tx, actor, b, h.Unit); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE briefing_handout SET withdrawn_at = $1 WHERE id = $2`, store.Micro(tx.Now()), h.ID); err != nil {
		return fmt.Errorf("withdrawing handout %d: %w", h.ID, err)
	}
	if b.Shown.Handout == h.ID {
		b.Shown = Shown{Unit: b.Unit}
		if err := b.save(ctx, tx); err != nil {
			return err
		}
		if err := b.shows(ctx, tx, false); err != nil {
			return err
		}
	}
	return b.tell(tx, HandoutWithdrawn, h.Unit, HandedOut{Briefing: b.ID, Handout: h.ID, Item: h.Item, Unit: h.Unit, Title: h.Title})
}

// handing locks a briefing that is not over, for somebody who hands out for a unit.
func handing(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (Briefing, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return Briefing{}, err
	}
	if err := mayHandOut(ctx, tx, actor, b, unit); err != nil {
		return Briefing{}, err
	}
	if b.State != Called && b.State != Open {
		return Briefing{}, notOpen(b)
	}
	return b, nil
}

// handed locks a briefing that is not over and one of its handouts, for somebody who
// may read it.
func handed(ctx context.Context, tx *ledger.Tx, actor access.Actor, briefing, handout int64) (Briefing, Handout, error) {
	b, err := lock(ctx, tx, briefing)
	if err != nil {
		return Briefing{}, Handout{}, err
	}
	sites, err := Sites(ctx, tx, b.ID)
	if err != nil {
		return Briefing{}, Handout{}, err
	}
	if err := MayReadHandouts(actor, b, sites); err != nil {
		return Briefing{}, Handout{}, err
	}
	if b.State != Called && b.State != Open {
		return Briefing{}, Handout{}, notOpen(b)
	}
	h, err := HandoutOf(ctx, tx, briefing, handout)
	return b, h, err
}

// mayHandOut refuses whoever does not hand out for a unit of the briefing.
func mayHandOut(ctx context.Context, q store.Querier, actor access.Actor, b Briefing, unit tree.UnitID) error {
	sites, err := Sites(ctx, q, b.ID)
	if err != nil {
		return err
	}
	if err := MayReadHandouts(actor, b, sites); err != nil {
		return err
	}
	if unit == b.Unit {
		return actor.May(access.BriefingCall, unit)
	}
	at := slices.IndexFunc(sites, func(s Site) bool { return s.Unit == unit })
	switch {
	case at < 0:
		return fault.New(fault.NotFound, "briefing.site-unknown")
	case !sites[at].RemovedAt.IsZero():
		return fault.New(fault.Forbidden, "briefing.removed")
	}
	return actor.May(access.BriefingAttend, unit)
}

// mayCarry refuses an item that is none, and for a site one that is not its own.
func (b Briefing) mayCarry(ctx context.Context, q store.Querier, unit tree.UnitID, item int64) error {
	if item == 0 && unit == b.Unit {
		return nil
	}
	items, err := Items(ctx, q, b.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(items, func(i Item) bool { return i.ID == item })
	if item != 0 && at < 0 {
		return fault.New(fault.Invalid, "briefing.item-unknown").At("item")
	}
	if unit == b.Unit {
		return nil
	}
	site, err := SiteOf(ctx, q, b.ID, unit)
	if err != nil {
		return err
	}
	if at < 0 || items[at].Site != site.ID {
		return fault.New(fault.Invalid, "briefing.handout-own").At("item")
	}
	return nil
}

// handoutByKey is the handout of which a form was a version; the zero Handout for none.
func handoutByKey(ctx context.Context, q store.Querier, briefing int64, key string) (Handout, error) {
	list, err := readHandouts(ctx, q, `WHERE briefing_id = $1 AND id IN (SELECT handout_id FROM briefing_handout_version WHERE key = $2)`, briefing, key)
	if err != nil || len(list) == 0 {
		return Handout{}, err
	}
	return list[0], nil
}

func (b Briefing) addVersion(ctx context.Context, tx *ledger.Tx, actor access.Actor, h *Handout, key string, upload file.Upload, marks marking.Marks) error {
	saved, err := file.Save(ctx, tx, upload, marks, int64(h.Unit), actor.Person)
	if err != nil {
		return err
	}
	v := HandoutVersion{Number: len(h.Versions) + 1, File: saved, At: tx.Now(), By: actor.Person}
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_handout_version (handout_id, version, key, file_id, pdf_id, pdf_state, at, person_id)
		VALUES ($1, $2, $3, $4, '', '', $5, $6)`, h.ID, v.Number, key, saved.ID, store.Micro(v.At), v.By)
	if err != nil {
		return fmt.Errorf("writing version %d of handout %d: %w", v.Number, h.ID, err)
	}
	h.Versions = slices.Insert(h.Versions, 0, v)
	return b.tell(tx, HandoutGiven, h.Unit, HandedOut{
		Briefing: b.ID, Handout: h.ID, Version: v.Number, Item: h.Item, Unit: h.Unit, Title: h.Title, File: saved.ID, Marks: marks,
	})
}
