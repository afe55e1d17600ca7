package briefingui

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/media"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// hall reads who may be in the room of the address with picture and sound.
func (s *Screens) hall(r *web.Request) (h briefing.Hall, err error) {
	id, err := r.ID("id")
	if err != nil {
		return h, err
	}
	return h, r.View(func(q store.Querier) (err error) {
		h, err = briefing.HallOf(r.Context(), q, id)
		return err
	})
}

// seatAt is LiveKit's seat for a place.
func (s *Screens) seatAt(h briefing.Hall, p briefing.Place) media.Seat {
	seat := media.Seat{Briefing: h.Briefing.ID, Role: media.Site, Speaks: p.Speaks}
	if p.Host {
		seat.Role = media.Host
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

// seatOf is the seat that the person may take now.
func (s *Screens) seatOf(r *web.Request) (media.Seat, error) {
	if s.Media == nil {
		return media.Seat{}, fault.New(fault.NotFound, "briefing.no-media")
	}
	h, err := s.hall(r)
	if err != nil {
		return media.Seat{}, err
	}
	place, err := h.Join(r.Actor)
	return s.seatAt(h, place), err
}

// pass gives the person a pass into the room, good for minutes.
func (s *Screens) pass(r *web.Request) error {
	seat, err := s.seatOf(r)
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
	own, err := s.seatOf(r)
	if err != nil {
		return err
	}
	request := r.Request.Clone(r.Context())
	_, request.URL.Path, _ = strings.Cut(strings.TrimPrefix(r.URL.Path, "/briefings/"), "/")
	request.URL.Path, request.URL.RawPath = "/"+request.URL.Path, ""
	s.gate.Lead(r.Writer, request, func(seat media.Seat) error {
		if seat.Briefing != own.Briefing || seat.Identity != own.Identity {
			return fault.New(fault.Forbidden, "briefing.no-site")
		}
		return nil
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
		return errors.Join(s.cut(ctx, id), s.Media.End(ctx, id))
	}
	people, err := s.Media.People(ctx, id)
	if err != nil {
		return err
	}
	failed := []error{s.direct(ctx, h, people)}
	for _, p := range people {
		place, err := h.Keep(briefing.Place{Person: media.AccountOf(p.Identity), Unit: media.UnitOf(p.Identity)})
		if err != nil {
			failed = append(failed, s.gate.PutOut(ctx, id, p.Identity))
			continue
		}
		if seat := s.seatAt(h, place); seat.Speaks != p.Speaks || seat.Role != p.Role {
			err := s.Media.Allow(ctx, seat)
			if !fault.Is(err, fault.NotFound) { // it left meanwhile
				failed = append(failed, err)
			}
		}
	}
	return errors.Join(failed...)
}

// signalling are the paths under a briefing that a browser's LiveKit asks for.
var signalling = []string{"rtc", "rtc/validate", "rtc/v1", "rtc/v1/validate"}
