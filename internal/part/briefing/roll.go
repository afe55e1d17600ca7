package briefing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// early is how long before the meeting a site may connect.
const early = 2 * time.Hour

// Arrive says that a site is there. Arriving again changes nothing. Conflict: it is
// too early, or the door is locked; Forbidden: it was removed.
func Arrive(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (Site, error) {
	b, s, err := at(ctx, tx, actor, id, unit)
	if err != nil {
		return Site{}, err
	}
	switch {
	case !s.ArrivedAt.IsZero():
		return s, nil
	case b.Locked:
		return Site{}, fault.New(fault.Conflict, "briefing.locked")
	case b.State == Called && tx.Now().Before(b.Begins.Add(-early)):
		return Site{}, fault.New(fault.Conflict, "briefing.early", "hours", int(early/time.Hour))
	}
	if err := b.arrive(ctx, tx, s); err != nil {
		return Site{}, err
	}
	return siteByID(ctx, tx, id, s.ID)
}

func (b Briefing) arrive(ctx context.Context, tx *ledger.Tx, s Site) error {
	if !s.ArrivedAt.IsZero() {
		return nil
	}
	s.ArrivedAt = tx.Now()
	if err := s.save(ctx, tx); err != nil {
		return err
	}
	return b.tell(tx, SiteArrived, s.Unit, AtSite{Briefing: b.ID, Unit: s.Unit})
}

// MarkCommand is what the secretary says of a site at the roll call.
type MarkCommand struct {
	Briefing int64
	Unit     tree.UnitID
	Presence Presence
	Note     string // why it is absent
}

// Mark confirms at the roll call how a site is there. Invalid at "presence", and at
// "note" where an absence with a reason has none.
func Mark(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd MarkCommand) (Site, error) {
	b, byWord, err := lead(ctx, tx, actor, cmd.Briefing)
	if err != nil {
		return Site{}, err
	}
	if b.State == Cancelled {
		return Site{}, notOpen(b)
	}
	s, err := SiteOf(ctx, tx, b.ID, cmd.Unit)
	if err != nil {
		return Site{}, err
	}
	cmd.Note = strings.TrimSpace(cmd.Note)
	switch {
	case !slices.Contains([]Presence{Unmarked, Present, Late, Excused, Absent}, cmd.Presence):
		return Site{}, fault.New(fault.Invalid, "briefing.presence-unknown").At("presence")
	case cmd.Presence == Excused && cmd.Note == "" && s.AnswerReason == "":
		return Site{}, fault.New(fault.Invalid, "briefing.reason-needed").At("note")
	case utf8.RuneCountInString(cmd.Note) > MostReason:
		return Site{}, fault.New(fault.Invalid, "briefing.long", "most", MostReason).At("note")
	}
	if cmd.Presence == Excused && cmd.Note == "" {
		cmd.Note = s.AnswerReason
	}
	if s.Presence == cmd.Presence && s.Note == cmd.Note {
		return s, nil
	}
	s.Presence, s.Note = cmd.Presence, cmd.Note
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	return s, b.tell(tx, SiteMarked, s.Unit, Marked{Briefing: b.ID, Unit: s.Unit, Presence: s.Presence, Note: s.Note, ByWord: byWord})
}

// MarkArrived confirms in one act all sites that have connected and are not marked
// yet: those that came after the meeting began as late. It gives how many.
func MarkArrived(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (int, error) {
	b, _, err := preside(ctx, tx, actor, id)
	if err != nil {
		return 0, err
	}
	sites, err := Sites(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	marked := 0
	for _, s := range sites {
		if !s.Here() || s.Presence != Unmarked {
			continue
		}
		presence := Present
		if s.ArrivedAt.After(later(b.Begins, b.OpenedAt)) {
			presence = Late
		}
		if _, err := Mark(ctx, tx, actor, MarkCommand{Briefing: id, Unit: s.Unit, Presence: presence}); err != nil {
			return 0, err
		}
		marked++
	}
	return marked, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Allow gives or refuses the chair's leave for somebody who stands in.
func Allow(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, leave Leave) (Site, error) {
	b, byWord, err := lead(ctx, tx, actor, id)
	if err != nil {
		return Site{}, err
	}
	s, err := SiteOf(ctx, tx, id, unit)
	if err != nil {
		return Site{}, err
	}
	switch {
	case s.StandIn == "" || leave == Unasked:
		return Site{}, fault.New(fault.Conflict, "briefing.no-stand-in")
	case s.Leave == leave:
		return s, nil
	}
	s.Leave = leave
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	return s, b.tell(tx, LeaveGiven, s.Unit, Marked{Briefing: b.ID, Unit: s.Unit, Leave: leave, Note: s.StandIn, ByWord: byWord})
}

// Remove sends a site away: it loses the floor and its hand, and stays out until it
// is let in again. The host cannot be removed.
func Remove(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (Site, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil {
		return Site{}, err
	}
	s, err := SiteOf(ctx, tx, id, unit)
	if err != nil {
		return Site{}, err
	}
	switch {
	case unit == b.Unit:
		return Site{}, fault.New(fault.Conflict, "briefing.host-stays")
	case !s.RemovedAt.IsZero():
		return s, nil
	}
	speaker, err := b.speaker(ctx, tx)
	if err != nil {
		return Site{}, err
	}
	if speaker.ID == s.ID {
		if err := b.endTurn(ctx, tx, byWord); err != nil {
			return Site{}, err
		}
	}
	if err := b.save(ctx, tx); err != nil {
		return Site{}, err
	}
	s.RemovedAt, s.HandAt, s.HandTopic = tx.Now(), time.Time{}, ""
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	return s, b.tell(tx, SiteRemoved, s.Unit, AtSite{Briefing: b.ID, Unit: s.Unit, ByWord: byWord})
}

// LetBack lets a removed site in again.
func LetBack(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (Site, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil {
		return Site{}, err
	}
	s, err := SiteOf(ctx, tx, id, unit)
	if err != nil || s.RemovedAt.IsZero() {
		return s, err
	}
	s.RemovedAt = time.Time{}
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	return s, b.tell(tx, SiteBack, s.Unit, AtSite{Briefing: b.ID, Unit: s.Unit, ByWord: byWord})
}

// Bring opens a site below an own one: a province brings in its districts. The
// host counts them. Invalid at "unit": one that is not below, or is a site already.
func Bring(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, by, unit tree.UnitID) (Site, error) {
	b, s, err := at(ctx, tx, actor, id, by)
	if err != nil {
		return Site{}, err
	}
	if s.Parent != 0 {
		return Site{}, fault.New(fault.Conflict, "briefing.brought-brings")
	}
	sites, err := Sites(ctx, tx, id)
	if err != nil {
		return Site{}, err
	}
	called, _ := actor.Tree.Unit(unit)
	switch {
	case unit == by || !actor.Tree.Within(unit, by):
		return Site{}, fault.New(fault.Invalid, "briefing.not-below").At("unit")
	case slices.ContainsFunc(sites, func(s Site) bool { return s.Unit == unit }):
		return Site{}, fault.New(fault.Invalid, "briefing.site-known", "unit", called.Name).At("unit")
	case len(sites) >= MostSites:
		return Site{}, fault.New(fault.Invalid, "briefing.sites-many", "most", MostSites, "n", len(sites)).At("unit")
	case b.Locked:
		return Site{}, fault.New(fault.Conflict, "briefing.locked")
	}
	if err := addSite(ctx, tx, id, unit, s.ID, len(sites)); err != nil {
		return Site{}, err
	}
	if err := b.save(ctx, tx); err != nil {
		return Site{}, err
	}
	brought, err := SiteOf(ctx, tx, id, unit)
	if err != nil {
		return Site{}, fmt.Errorf("bringing unit %d in: %w", unit, err)
	}
	return brought, b.tell(tx, SiteBrought, unit, AtSite{Briefing: b.ID, Unit: unit, By: by})
}
