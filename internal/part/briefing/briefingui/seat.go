package briefingui

import (
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// seated is a briefing with what the person is in it.
type seated struct {
	briefing.Briefing
	Sites []briefing.Site
	Seat  briefing.Seat
}

// sit reads the briefing of the address, and refuses whoever has no seat in it.
func (s *Screens) sit(r *web.Request) (b seated, err error) {
	id, err := r.ID("id")
	if err != nil {
		return b, err
	}
	return b, r.View(func(q store.Querier) (err error) {
		if b.Briefing, err = briefing.Get(r.Context(), q, id); err != nil {
			return err
		}
		b.Media = b.Media && s.Media != nil
		if b.Sites, err = briefing.Sites(r.Context(), q, id); err != nil {
			return err
		}
		b.Seat, err = briefing.SeatOf(r.Actor, b.Briefing, b.Sites)
		return err
	})
}

// enter is as sit, for the room itself: whoever was sent out stays out.
func (s *Screens) enter(r *web.Request) (seated, error) {
	b, err := s.sit(r)
	if err == nil && b.Seat.Removed(b.Sites) {
		err = fault.New(fault.Forbidden, "briefing.removed")
	}
	return b, err
}

// sees says whether the person may read the board of a unit that the briefing shows:
// by an own right, by leading or preparing the meeting, or because a site where the
// person works has come in and was not sent out.
func (b seated) sees(r *web.Request, unit tree.UnitID) bool {
	if b.Seat.Presides() || b.Seat.Prepares || r.Actor.May(access.BoardRead, unit) == nil {
		return true
	}
	return slices.ContainsFunc(b.Sites, func(s briefing.Site) bool {
		return s.Here() && r.Actor.May(access.BriefingRead, s.Unit) == nil
	})
}

// unitAt reads the unit of the address.
func unitAt(r *web.Request) (tree.UnitID, error) {
	id, err := r.ID("unit")
	return tree.UnitID(id), err
}

// path is an address of a briefing.
func path(id int64, rest string) string { return fmt.Sprintf("/briefings/%d%s", id, rest) }

// frame fills the layout of a page about a briefing; below is the page's own title,
// "" for the briefing's page itself.
func (b seated) frame(r *web.Request, below string) *web.Layout {
	layout := r.Layout()
	layout.Rail = "/briefings"
	layout.Crumb(r.T("briefings.title"), "/briefings")
	if below == "" {
		layout.Crumb(b.Title, "").Title = b.Title
		return layout
	}
	layout.Crumb(b.Title, path(b.ID, "")).Crumb(below, "").Title = below + " · " + b.Title
	return layout
}

// own is the site that the person acts for: the first that was not sent out; ok is
// false for whoever acts for none.
func (b seated) own() (site briefing.Site, ok bool) {
	for _, s := range b.Sites {
		for _, unit := range b.Seat.Sites {
			if s.Unit == unit && s.RemovedAt.IsZero() && !ok {
				site, ok = s, true
			}
		}
	}
	return site, ok
}

// names gives units their names.
func names(t *tree.Tree) func(tree.UnitID) string {
	return func(id tree.UnitID) string {
		u, _ := t.Unit(id)
		return u.Name
	}
}

// mayCall is the units for which the person may call a briefing.
func mayCall(r *web.Request) []tree.UnitID { return r.Actor.Units(access.BriefingCall) }
