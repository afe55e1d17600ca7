package briefing

import (
	"context"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Place is a place in a briefing's room with picture and sound: of somebody at the
// table of the chair, of a site's shared device, or of somebody who only looks on.
type Place struct {
	Person  int64       // at the table of the chair, or who looks on; 0 for a site
	Unit    tree.UnitID // the site's; 0 at the table of the chair
	Host    bool        // the table of the chair, or the host's own site
	Speaks  bool        // its microphone is open now
	Ready   bool        // it likely speaks next: its microphone may be there, closed
	Shares  bool        // it may share its screen now
	Watches bool        // sees and hears, and is not seen
}

// Hall is who may be in the room with picture and sound at a moment, and who speaks.
type Hall struct {
	Briefing  Briefing
	Sites     []Site
	Recording Recording
	speaker   Site   // zero when nobody has the floor
	next      []Site // who likely speak next
}

// HallOf reads the hall of a briefing.
func HallOf(ctx context.Context, q store.Querier, id int64) (h Hall, err error) {
	if h.Briefing, err = Get(ctx, q, id); err != nil {
		return h, err
	}
	if h.Sites, err = Sites(ctx, q, id); err != nil {
		return h, err
	}
	if h.Recording, err = RecordingOf(ctx, q, id); err != nil {
		return h, err
	}
	if h.speaker, err = h.Briefing.speaker(ctx, q); err != nil {
		return h, err
	}
	items, err := Items(ctx, q, id)
	h.next = SpeakNext(h.Sites, items)
	return h, err
}

// mostNext bounds of how many sites picture and sound are had before they have the floor.
const mostNext = 3

// SpeakNext are the sites that likely speak next: that of the next item, then those who
// ask, as far as they are there.
func SpeakNext(sites []Site, items []Item) []Site {
	var next []Site
	if item, ok := Next(items); ok {
		for _, s := range sites {
			if s.ID == item.Site {
				next = append(next, s)
			}
		}
	}
	for _, s := range Queue(sites) {
		if !slices.ContainsFunc(next, func(one Site) bool { return one.ID == s.ID }) {
			next = append(next, s)
		}
	}
	next = slices.DeleteFunc(next, func(s Site) bool { return !s.Here() })
	return next[:min(len(next), mostNext)]
}

// Speaker is the unit that has the floor; 0 when nobody has.
func (h Hall) Speaker() tree.UnitID { return h.speaker.Unit }

// Join gives the place that somebody comes to: the table of the chair for whoever
// presides, else that of the own site, else one to look on. NotFound: there is no picture
// and sound, or no seat. Forbidden: sent out. Conflict: the site has not come in yet, or
// found the door locked.
func (h Hall) Join(actor access.Actor) (Place, error) {
	seat, err := SeatOf(actor, h.Briefing, h.Sites)
	if err != nil {
		return Place{}, err
	}
	switch {
	case !h.Briefing.Media:
		return Place{}, fault.New(fault.NotFound, "briefing.no-media")
	case seat.Presides():
		return h.Keep(Place{Person: actor.Person})
	case seat.Removed(h.Sites):
		return Place{}, fault.New(fault.Forbidden, "briefing.removed")
	}
	for _, site := range h.Sites {
		if slices.Contains(seat.Sites, site.Unit) && site.RemovedAt.IsZero() {
			return h.Keep(Place{Unit: site.Unit})
		}
	}
	return h.Watch(actor)
}

// Watch gives a place to look on: to whoever leads or prepares the meeting, and to those
// of a site that has come in. Errors are those of Join.
func (h Hall) Watch(actor access.Actor) (Place, error) {
	seat, err := SeatOf(actor, h.Briefing, h.Sites)
	if err != nil {
		return Place{}, err
	}
	b := h.Briefing
	here := slices.ContainsFunc(h.Sites, func(s Site) bool { return s.Here() && slices.Contains(seat.watched, s.Unit) })
	switch {
	case !b.Media:
		return Place{}, fault.New(fault.NotFound, "briefing.no-media")
	case b.State != Open && b.State != Called:
		return Place{}, notOpen(b)
	case seat.Removed(h.Sites):
		return Place{}, fault.New(fault.Forbidden, "briefing.removed")
	case !here && !seat.Presides() && !seat.Prepares && b.Locked:
		return Place{}, fault.New(fault.Conflict, "briefing.locked")
	case !here && !seat.Presides() && !seat.Prepares:
		return Place{}, fault.New(fault.Conflict, "briefing.not-here")
	}
	return Place{Person: actor.Person, Watches: true}, nil
}

// Keep says whether who is at a place may stay there, and what it may do now; those who
// only look on, [Hall.Watch] tells. Errors are those of Join.
func (h Hall) Keep(p Place) (Place, error) {
	b := h.Briefing
	if b.State != Open && b.State != Called {
		return Place{}, notOpen(b)
	}
	goesOn := b.State == Open && b.PausedAt.IsZero()
	if p.Person != 0 {
		leads := p.Person == b.Chair.ID || slices.ContainsFunc(b.Secretaries, func(s Person) bool { return s.ID == p.Person })
		if !leads {
			return Place{}, fault.New(fault.Forbidden, "briefing.no-site")
		}
		return Place{Person: p.Person, Host: true, Speaks: goesOn, Shares: true}, nil
	}
	i := slices.IndexFunc(h.Sites, func(s Site) bool { return s.Unit == p.Unit })
	switch {
	case i < 0:
		return Place{}, fault.New(fault.Forbidden, "briefing.no-site")
	case !h.Sites[i].RemovedAt.IsZero():
		return Place{}, fault.New(fault.Forbidden, "briefing.removed")
	case p.Unit == b.Unit:
		return Place{Unit: p.Unit, Host: true, Speaks: goesOn && !h.Sites[i].Muted, Shares: true}, nil
	case h.Sites[i].ArrivedAt.IsZero() && b.Locked:
		return Place{}, fault.New(fault.Conflict, "briefing.locked")
	case h.Sites[i].ArrivedAt.IsZero():
		return Place{}, fault.New(fault.Conflict, "briefing.not-here")
	}
	floor := goesOn && h.speaker.ID == h.Sites[i].ID
	next := goesOn && !floor && slices.ContainsFunc(h.next, func(s Site) bool { return s.ID == h.Sites[i].ID })
	return Place{Unit: p.Unit, Speaks: floor && !h.Sites[i].Muted, Ready: next, Shares: floor}, nil
}
