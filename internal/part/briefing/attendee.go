package briefing

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Attendee is somebody in the room of a site, or who should be there.
type Attendee struct {
	Name   string `json:"name"`
	Post   string `json:"post,omitempty"`
	Absent bool   `json:"absent,omitempty"`
	Reason string `json:"reason,omitempty"` // of the absence
}

// ListCommand is who is in the room of a site, as its secretary keeps the list.
type ListCommand struct {
	Briefing  int64
	Unit      tree.UnitID
	Heads     int
	Attendees []Attendee
}

// KeepList takes the list of a site's room, until the briefing is over: the last
// one holds. Rows without a name are left out. Invalid at "heads" and "attendees".
func KeepList(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ListCommand) (Site, error) {
	b, s, err := at(ctx, tx, actor, cmd.Briefing, cmd.Unit)
	if err != nil {
		return Site{}, err
	}
	kept := slices.DeleteFunc(slices.Clone(cmd.Attendees), func(a Attendee) bool { return a.Name == "" })
	switch {
	case cmd.Heads < 0 || cmd.Heads > MostHeads:
		return Site{}, fault.New(fault.Invalid, "briefing.heads-wrong", "most", MostHeads).At("heads")
	case len(kept) > MostAttendees:
		return Site{}, fault.New(fault.Invalid, "briefing.attendees-many", "most", MostAttendees).At("attendees")
	}
	for _, a := range kept {
		if utf8.RuneCountInString(a.Name) > MostTopic || utf8.RuneCountInString(a.Post) > MostTopic || utf8.RuneCountInString(a.Reason) > MostReason {
			return Site{}, fault.New(fault.Invalid, "briefing.long", "most", MostTopic).At("attendees")
		}
	}
	before, err := Attendees(ctx, tx, s.ID)
	if err != nil {
		return Site{}, err
	}
	if s.Heads == cmd.Heads && slices.Equal(before, kept) {
		return s, nil
	}
	s.Heads = cmd.Heads
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	if err := setAttendees(ctx, tx, s.ID, kept); err != nil {
		return Site{}, err
	}
	return s, b.tell(tx, SiteListed, s.Unit, Listed{Briefing: b.ID, Unit: s.Unit, Heads: s.Heads, Attendees: kept})
}

// Attendees gives the list of a site's room.
func Attendees(ctx context.Context, q store.Querier, site int64) ([]Attendee, error) {
	bySite, err := readAttendees(ctx, q, `WHERE site_id = $1`, site)
	return bySite[site], err
}

// attendeesOf gives the lists of all rooms of a briefing, by site.
func attendeesOf(ctx context.Context, q store.Querier, briefing int64) (map[int64][]Attendee, error) {
	return readAttendees(ctx, q, `WHERE site_id IN (SELECT id FROM briefing_site WHERE briefing_id = $1)`, briefing)
}

func readAttendees(ctx context.Context, q store.Querier, where string, args ...any) (map[int64][]Attendee, error) {
	rows, err := q.QueryContext(ctx, `SELECT site_id, name, post, absent, reason FROM briefing_attendee `+where+` ORDER BY site_id, place`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading who is in the rooms: %w", err)
	}
	defer rows.Close()
	bySite := map[int64][]Attendee{}
	for rows.Next() {
		var site int64
		var a Attendee
		if err := rows.Scan(&site, &a.Name, &a.Post, &a.Absent, &a.Reason); err != nil {
			return nil, fmt.Errorf("reading who is in a room: %w", err)
		}
		bySite[site] = append(bySite[site], a)
	}
	return bySite, rows.Err()
}

func setAttendees(ctx context.Context, tx *ledger.Tx, site int64, list []Attendee) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM briefing_attendee WHERE site_id = $1`, site); err != nil {
		return fmt.Errorf("changing the list of site %d: %w", site, err)
	}
	for place, a := range list {
		_, err := tx.ExecContext(ctx, `INSERT INTO briefing_attendee (site_id, place, name, post, absent, reason) VALUES ($1, $2, $3, $4, $5, $6)`,
			site, place, a.Name, a.Post, bit(a.Absent), a.Reason)
		if err != nil {
			return fmt.Errorf("writing the list of site %d: %w", site, err)
		}
	}
	return nil
}
