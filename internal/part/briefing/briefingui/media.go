package briefingui

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
)

// hall reads who may be in the room of the address with picture and sound.
func (s *Screens) hall(r *web.Request) (h briefing.Hall, err error) {
	id, err := r.ID("id")
	if err != nil {
		return h, err
	}
	return h, r.View(func(q store.Querier) (err error) {
		h, err = s.halls.at(r.Context(), q, id)
		return err
	})
}

// seatAt is LiveKit's seat for a place.
func (s *Screens) seatAt(h briefing.Hall, p briefing.Place) media.Seat {
	seat := media.Seat{Briefing: h.Briefing.ID, Role: media.Site, Speaks: p.Speaks, Ready: p.Ready, Shares: p.Shares}
	switch {
	case p.Host:
		seat.Role = media.Host
	case p.Watches:
		seat.Role = media.Watcher
	}
	if p.Person == 0 {
		unit, _ := s.Tree.Unit(p.Unit)
		seat.Identity, seat.Name = media.SiteIdentity(p.Unit), unit.Name
		return seat
	}
	seat.Identity = media.PersonIdentity(p.Person)
	for _, one := range append([]briefing.Person{h.Briefing.Chair}, h.Briefing.Secretaries...) {
		if one.ID == p.Person {
			seat.Name = one.Name
		}
	}
	return seat
}

// seatOf is the seat that somebody may take now; for a screen in the room, one to look on.
func (s *Screens) seatOf(h briefing.Hall, actor access.Actor, screen bool) (media.Seat, error) {
	if !screen {
		place, err := h.Join(actor)
		return s.seatAt(h, place), err
	}
	place, err := h.Watch(actor)
	seat := s.seatAt(h, place)
	seat.Identity = media.ScreenIdentity(actor.Person, rand.Uint32())
	return seat, err
}

// pass gives the person a pass into the room, good for minutes.
func (s *Screens) pass(r *web.Request) error {
	if s.Media == nil {
		return fault.New(fault.NotFound, "briefing.no-media")
	}
	h, err := s.hall(r)
	if err != nil {
		return err
	}
	seat, err := s.seatOf(h, r.Actor, r.Layout().Wall)
	if err != nil {
		return err
	}
	there, err := s.Media()
	if err != nil {
		return err
	}
	token, err := there.Token(seat)
	if err != nil {
		return err
	}
	r.Writer.Header().Set("Cache-Control", "no-store")
	return r.JSON(map[string]string{"pass": token})
}

// signal leads the person's browser to LiveKit, with a pass for the very seat that
// the person may take now.
func (s *Screens) signal(r *web.Request) error {
	if s.Media == nil {
		return fault.New(fault.NotFound, "briefing.no-media")
	}
	h, err := s.hall(r)
	if err != nil {
		return err
	}
	request := r.Request.Clone(r.Context())
	_, request.URL.Path, _ = strings.Cut(strings.TrimPrefix(r.URL.Path, "/briefings/"), "/")
	request.URL.Path, request.URL.RawPath = "/"+request.URL.Path, ""
	s.gate.Lead(r.Writer, request, func(seat media.Seat) error {
		screen := media.ScreenOf(seat.Identity)
		own, err := s.seatOf(h, r.Actor, screen != 0)
		if err == nil && (seat.Briefing != own.Briefing || screen == 0 && seat.Identity != own.Identity || screen != 0 && screen != r.Actor.Person) {
			err = fault.New(fault.Forbidden, "briefing.no-site")
		}
		return err
	})
	return nil
}

// tend has LiveKit hold what a briefing says: who may not be in its room is put out,
// microphones are open for who may speak, and it is recorded while the chair wants that.
func (s *Screens) tend(ctx context.Context, id int64) error {
	var h briefing.Hall
	err := s.DB.View(ctx, func(tx *sql.Tx) (err error) {
		h, err = briefing.HallOf(ctx, tx, id)
		return err
	})
	if err != nil || !h.Briefing.Media {
		return err
	}
	if h.Briefing.State != briefing.Open && h.Briefing.State != briefing.Called {
		s.stills.keep(id, func(tree.UnitID) bool { return false })
		s.lines.forget(id)
		s.halls.forget(id)
		return errors.Join(s.cut(ctx, id), s.Media.End(ctx, id))
	}
	people, err := s.Media.People(ctx, id)
	if err != nil {
		return err
	}
	failed := []error{s.direct(ctx, h, people), s.know(id, people)}
	for _, p := range people {
		seat, err := s.keep(ctx, h, p.Seat)
		if err != nil {
			failed = append(failed, s.gate.PutOut(ctx, id, p.Identity))
			continue
		}
		if seat.Speaks != p.Speaks || seat.Ready != p.Ready || seat.Shares != p.Shares || seat.Role != p.Role {
			err := s.Media.Allow(ctx, seat)
			if !fault.Is(err, fault.NotFound) { // it left meanwhile
				failed = append(failed, err)
			}
		}
	}
	return errors.Join(failed...)
}

// know forgets what is known of sites that are not in the room, and tells whoever
// presides how the lines of the others are.
func (s *Screens) know(id int64, people []media.Person) error {
	var there []tree.UnitID
	for _, p := range people {
		if unit := media.UnitOf(p.Identity); unit != 0 {
			there = append(there, unit)
		}
	}
	s.stills.keep(id, func(unit tree.UnitID) bool { return slices.Contains(there, unit) })
	s.lines.keep(id, there, s.Machine.Now())
	if !s.lines.take(id) {
		return nil
	}
	return s.push(id)
}

// keep is the seat as who has it may keep it.
func (s *Screens) keep(ctx context.Context, h briefing.Hall, seat media.Seat) (media.Seat, error) {
	if seat.Role != media.Watcher {
		place, err := h.Keep(briefing.Place{Person: media.AccountOf(seat.Identity), Unit: media.UnitOf(seat.Identity)})
		return s.seatAt(h, place), err
	}
	var actor access.Actor
	err := s.DB.View(ctx, func(tx *sql.Tx) error {
		p, err := org.Profile(ctx, tx)
		if err != nil {
			return err
		}
		person := cmp.Or(media.AccountOf(seat.Identity), media.ScreenOf(seat.Identity))
		actor, err = account.Actor(ctx, tx, s.Tree, person, clock.DateOf(s.Now(), p.Location()))
		return err
	})
	if err == nil {
		_, err = h.Watch(actor)
	}
	return seat, err
}

// signalling are the paths under a briefing that a browser's LiveKit asks for.
var signalling = []string{"rtc", "rtc/validate", "rtc/v1", "rtc/v1/validate"}
