package briefing

import (
	"context"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Seat is what somebody is in a briefing. Several can be true at once.
type Seat struct {
	Chair     bool
	Secretary bool          // named for it: what the chair does, by the chair's word
	Prepares  bool          // works in the host's office
	Sites     []tree.UnitID // acts for, in the order of the roll
	Watches   bool          // may see it: works at a site, or above one

	watched []tree.UnitID // the sites by which it may
}

// Presides says whether the seat's person leads the meeting.
func (s Seat) Presides() bool { return s.Chair || s.Secretary }

// SeatOf is the seat of a person. Whoever has none is told that there is no such
// briefing.
func SeatOf(actor access.Actor, b Briefing, sites []Site) (Seat, error) {
	seat := b.leads(actor)
	seat.Prepares = actor.May(access.BriefingCall, b.Unit) == nil
	for _, s := range sites {
		if actor.May(access.BriefingAttend, s.Unit) == nil {
			seat.Sites = append(seat.Sites, s.Unit)
		}
		if actor.May(access.BriefingRead, s.Unit) == nil {
			seat.watched = append(seat.watched, s.Unit)
		}
	}
	seat.Watches = len(seat.watched) > 0
	if !seat.Watches && !seat.Prepares {
		return Seat{}, notFound()
	}
	return seat, nil
}

// leads is the part of a person's seat that the briefing itself names.
func (b Briefing) leads(actor access.Actor) (seat Seat) {
	if actor.May(access.BriefingAttend, b.Unit) != nil {
		return Seat{} // whoever left the host's office leads no longer
	}
	seat.Chair = actor.Person == b.Chair.ID
	seat.Secretary = slices.ContainsFunc(b.Secretaries, func(p Person) bool { return p.ID == actor.Person })
	return seat
}

// Removed says whether all sites by which the person has the seat, acting for them or
// only looking on, were sent away.
func (s Seat) Removed(sites []Site) bool {
	if s.Presides() || s.Prepares {
		return false
	}
	return len(s.watched) > 0 && !slices.ContainsFunc(sites, func(site Site) bool {
		return slices.Contains(s.watched, site.Unit) && site.RemovedAt.IsZero()
	})
}

// preside locks a briefing that is under way, for whoever leads it, and says
// whether that is by the chair's word.
func preside(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (b Briefing, byWord bool, err error) {
	b, byWord, err = lead(ctx, tx, actor, id)
	if err == nil && b.State != Open {
		err = notOpen(b)
	}
	return b, byWord, err
}

// lead is as preside, whatever the briefing's state.
func lead(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (b Briefing, byWord bool, err error) {
	if b, err = lock(ctx, tx, id); err != nil {
		return b, false, err
	}
	seat := b.leads(actor)
	if !seat.Presides() {
		return b, false, b.notLeading(ctx, tx, actor)
	}
	return b, !seat.Chair, nil
}

// notLeading is the refusal for whoever does not lead the meeting: a stranger does
// not learn that there is one.
func (b Briefing) notLeading(ctx context.Context, q store.Querier, actor access.Actor) error {
	sites, err := Sites(ctx, q, b.ID)
	if err != nil {
		return err
	}
	if _, err := SeatOf(actor, b, sites); err != nil {
		return err
	}
	return fault.New(fault.Forbidden, "briefing.not-presiding")
}

// notOpen says why something cannot be done in a briefing now.
func notOpen(b Briefing) error {
	switch b.State {
	case Called:
		return fault.New(fault.Conflict, "briefing.not-begun")
	case Cancelled:
		return fault.New(fault.Conflict, "briefing.was-cancelled")
	}
	return fault.New(fault.TooLate, "briefing.over")
}
