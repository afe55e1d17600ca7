package briefing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Handout is a paper (tài liệu họp) that is handed out for a briefing or for one
// item of its agenda. It is called so because the minutes' official paper has the
// word already: see [Official].
type Handout struct {
	ID       int64
	Briefing int64
	Item     int64       // of the agenda; 0 for the briefing as a whole
	Unit     tree.UnitID // who handed it out: the host, or a site for its own item
	Title    string
	Versions []HandoutVersion // the newest first: that one counts, older ones stay readable
}

// HandoutVersion is one version of a handout.
type HandoutVersion struct {
	Number int // from 1
	File   file.File
	PDF    string // id of the file as PDF, where the program made one; "" for none
	Failed bool   // it cannot be printed as PDF
	At     time.Time
	By     int64 // the person who sent it
}

// Version is a version of the handout by its number, 0 for the newest; NotFound when
// there is none.
func (h Handout) Version(number int) (HandoutVersion, error) {
	if number == 0 {
		return h.Versions[0], nil
	}
	i := slices.IndexFunc(h.Versions, func(v HandoutVersion) bool { return v.Number == number })
	if i < 0 {
		return HandoutVersion{}, handoutUnknown()
	}
	return h.Versions[i], nil
}

// Newest says whether a version is the one that counts.
func (h Handout) Newest(v HandoutVersion) bool { return v.Number == h.Versions[0].Number }

// Handouts gives what was handed out for a briefing and was not withdrawn, in its
// order. Whether the actor may see it, [MayReadHandouts] decides.
func Handouts(ctx context.Context, q store.Querier, briefing int64) ([]Handout, error) {
	return readHandouts(ctx, q, `WHERE briefing_id = $1 AND withdrawn_at = 0 ORDER BY id`, briefing)
}

// HandoutOf gives one handout of a briefing; NotFound when there is none or it was
// withdrawn.
func HandoutOf(ctx context.Context, q store.Querier, briefing, id int64) (Handout, error) {
	list, err := readHandouts(ctx, q, `WHERE briefing_id = $1 AND id = $2 AND withdrawn_at = 0`, briefing, id)
	if err != nil {
		return Handout{}, err
	}
	if len(list) == 0 {
		return Handout{}, handoutUnknown()
	}
	return list[0], nil
}

func handoutUnknown() *fault.Error { return fault.New(fault.NotFound, "briefing.handout-unknown") }

func readHandouts(ctx context.Context, q store.Querier, where string, args ...any) ([]Handout, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, briefing_id, item_id, unit_id, title FROM briefing_handout `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading handouts: %w", err)
	}
	defer rows.Close()
	var list []Handout
	for rows.Next() {
		var h Handout
		if err := rows.Scan(&h.ID, &h.Briefing, &h.Item, &h.Unit, &h.Title); err != nil {
			return nil, fmt.Errorf("reading a handout: %w", err)
		}
		list = append(list, h)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading handouts: %w", err)
	}
	for i := range list {
		if list[i].Versions, err = versionsOf(ctx, q, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func versionsOf(ctx context.Context, q store.Querier, handout int64) ([]HandoutVersion, error) {
	rows, err := q.QueryContext(ctx, `SELECT version, file_id, pdf_id, pdf_state, at, person_id FROM briefing_handout_version
		WHERE handout_id = $1 ORDER BY version DESC`, handout)
	if err != nil {
		return nil, fmt.Errorf("reading the versions of handout %d: %w", handout, err)
	}
	defer rows.Close()
	var list []HandoutVersion
	for rows.Next() {
		var v HandoutVersion
		var at int64
		var state string
		if err := rows.Scan(&v.Number, &v.File.ID, &v.PDF, &state, &at, &v.By); err != nil {
			return nil, fmt.Errorf("reading a version of handout %d: %w", handout, err)
		}
		v.At, v.Failed = store.Moment(at), state == printFailed
		list = append(list, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the versions of handout %d: %w", handout, err)
	}
	for i := range list {
		if list[i].File, err = file.Get(ctx, q, list[i].File.ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// MayReadHandouts refuses whoever has no seat in the briefing, and whoever works at
// sites alone that were sent out, or were brought in by one that was.
func MayReadHandouts(actor access.Actor, b Briefing, sites []Site) error {
	seat, err := SeatOf(actor, b, sites)
	if err != nil || seat.Presides() || seat.Prepares {
		return err
	}
	if seat.Removed(sites) {
		return fault.New(fault.Forbidden, "briefing.removed")
	}
	if _, ok := countedAt(actor, sites); !ok {
		return fault.New(fault.Forbidden, "briefing.removed")
	}
	return nil
}

// countedAt is the site at which it counts that a person read something: the one
// that the person acts for, else the first that the person may look into. ok is false
// when all were sent out.
func countedAt(actor access.Actor, sites []Site) (Site, bool) {
	out := map[int64]bool{}
	for _, s := range sites {
		if !s.RemovedAt.IsZero() {
			out[s.ID] = true
		}
	}
	for _, action := range []access.Action{access.BriefingAttend, access.BriefingRead} {
		for _, s := range sites {
			if !out[s.ID] && !out[s.Parent] && actor.May(action, s.Unit) == nil {
				return s, true
			}
		}
	}
	return Site{}, false
}
