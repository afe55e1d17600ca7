package briefing

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// SignedSheet is the scan of the sheet on which the people in a site's room signed:
// the evidence of its list.
type SignedSheet struct {
	Site int64
	File file.File
	At   time.Time
	By   int64 // the person who sent it
}

// SheetCommand is such a scan, with how many signed.
type SheetCommand struct {
	Briefing int64
	Unit     tree.UnitID
	Heads    int
	Upload   file.Upload
}

// KeepSheet takes the scan of a site's signed sheet, until the minutes are signed: it
// is scanned when people have gone home. The last one counts. Faults: Forbidden and
// NotFound for whoever does not act for the site; Invalid at "heads" and "file";
// Conflict once the minutes are signed.
func KeepSheet(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SheetCommand) (Site, error) {
	b, s, err := scanning(ctx, tx, actor, cmd.Briefing, cmd.Unit)
	if err != nil {
		return Site{}, err
	}
	switch {
	case cmd.Heads < 1 || cmd.Heads > MostHeads:
		return Site{}, fault.New(fault.Invalid, "briefing.sheet-heads", "most", MostHeads).At("heads")
	case cmd.Upload.Kind != file.PDF && !cmd.Upload.Kind.Picture():
		return Site{}, fault.New(fault.Invalid, "briefing.sheet-kind").At("file")
	}
	before, ok, err := SheetOf(ctx, tx, s.ID)
	if err != nil {
		return Site{}, err
	}
	if ok && before.File.SameContent(cmd.Upload) && s.Heads == cmd.Heads {
		return s, nil
	}
	saved, err := file.Save(ctx, tx, cmd.Upload, marking.Marks{}, int64(s.Unit), actor.Person)
	if err != nil {
		return Site{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_sheet (site_id, file_id, at, person_id) VALUES ($1, $2, $3, $4)
		ON CONFLICT (site_id) DO UPDATE SET file_id = excluded.file_id, at = excluded.at, person_id = excluded.person_id`,
		s.ID, saved.ID, store.Micro(tx.Now()), actor.Person)
	if err != nil {
		return Site{}, fmt.Errorf("keeping the signed sheet of site %d: %w", s.ID, err)
	}
	if ok {
		if err := file.Forget(ctx, tx, before.File.ID); err != nil {
			return Site{}, err
		}
	}
	s.Heads = cmd.Heads
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	return s, b.tell(tx, SheetKept, s.Unit, Scanned{Briefing: b.ID, Unit: s.Unit, Heads: s.Heads, File: saved.ID})
}

// scanning locks a briefing whose minutes nobody has signed, for somebody who acts for
// a site that was not sent out.
func scanning(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (Briefing, Site, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return Briefing{}, Site{}, err
	}
	if err := actor.May(access.BriefingAttend, unit); err != nil {
		return Briefing{}, Site{}, err
	}
	s, err := SiteOf(ctx, tx, id, unit)
	if err != nil {
		return Briefing{}, Site{}, err
	}
	minutes, err := MinutesOf(ctx, tx, id)
	switch {
	case err != nil:
		return Briefing{}, Site{}, err
	case b.State == Cancelled:
		return Briefing{}, Site{}, notOpen(b)
	case minutes.Signed():
		return Briefing{}, Site{}, fault.New(fault.Conflict, "briefing.minutes-signed")
	case !s.RemovedAt.IsZero():
		return Briefing{}, Site{}, fault.New(fault.Forbidden, "briefing.removed")
	}
	return b, s, nil
}

// SheetOf gives the scan of a site's signed sheet; ok is false where there is none.
// Whether somebody may see it, [MayReadSheet] decides.
func SheetOf(ctx context.Context, q store.Querier, site int64) (s SignedSheet, ok bool, err error) {
	var at int64
	var id string
	err = q.QueryRowContext(ctx, `SELECT file_id, at, person_id FROM briefing_sheet WHERE site_id = $1`, site).Scan(&id, &at, &s.By)
	switch {
	case store.Missing(err):
		return SignedSheet{}, false, nil
	case err != nil:
		return SignedSheet{}, false, fmt.Errorf("reading the signed sheet of site %d: %w", site, err)
	}
	s.Site, s.At = site, store.Moment(at)
	s.File, err = file.Get(ctx, q, id)
	return s, err == nil, err
}

// SheetsOf says which sites of a briefing have sent a signed sheet.
func SheetsOf(ctx context.Context, q store.Querier, briefing int64) (map[int64]bool, error) {
	rows, err := q.QueryContext(ctx, `SELECT site_id FROM briefing_sheet WHERE site_id IN (SELECT id FROM briefing_site WHERE briefing_id = $1)`, briefing)
	if err != nil {
		return nil, fmt.Errorf("reading which sites sent a sheet: %w", err)
	}
	defer rows.Close()
	sent := map[int64]bool{}
	for rows.Next() {
		var site int64
		if err := rows.Scan(&site); err != nil {
			return nil, fmt.Errorf("reading which sites sent a sheet: %w", err)
		}
		sent[site] = true
	}
	return sent, rows.Err()
}

// SheetAt is a site that sent a signed sheet, with its briefing.
type SheetAt struct {
	Site
	Briefing Briefing
}

// MostSheetsBelow is how many sheets [SheetsBelow] gives, the newest meetings' first.
const MostSheetsBelow = 200

// SheetsBelow gives the sites of a unit and of those below it that sent a signed sheet,
// the newest meeting first, no more than [MostSheetsBelow]: names on a scan are found
// by looking alone. Whether somebody may see a sheet, [MayReadSheet] decides.
func SheetsBelow(ctx context.Context, q store.Querier, units *tree.Tree, unit tree.UnitID) (list []SheetAt, err error) {
	sites, err := readSites(ctx, q, `WHERE id IN (SELECT site_id FROM briefing_sheet) ORDER BY briefing_id DESC, place, id`)
	if err != nil {
		return nil, err
	}
	for _, s := range sites {
		if !units.Within(s.Unit, unit) {
			continue
		}
		if len(list) == MostSheetsBelow {
			break
		}
		b, err := Get(ctx, q, s.Briefing)
		if err != nil {
			return nil, err
		}
		list = append(list, SheetAt{Site: s, Briefing: b})
	}
	return list, nil
}

// MayReadSheet refuses whoever neither acts for the site nor works in the host's
// office: signatures are nobody else's to see.
func MayReadSheet(actor access.Actor, b Briefing, s Site) error {
	if actor.May(access.BriefingCall, b.Unit) == nil || b.leads(actor).Presides() {
		return nil
	}
	return actor.May(access.BriefingAttend, s.Unit)
}

// dropSheet takes a site's signed sheet away; its content is swept once nothing else
// names it.
func (s Site) dropSheet(ctx context.Context, tx *ledger.Tx) error {
	sheet, ok, err := SheetOf(ctx, tx, s.ID)
	if err != nil || !ok {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM briefing_sheet WHERE site_id = $1`, s.ID); err != nil {
		return fmt.Errorf("taking the signed sheet of site %d away: %w", s.ID, err)
	}
	return file.Forget(ctx, tx, sheet.File.ID)
}
