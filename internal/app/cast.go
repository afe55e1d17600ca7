package app

import (
	"context"
	"database/sql"

	"giaoban/internal/edge/media"
	"giaoban/internal/part/briefing"
	"giaoban/internal/simulate/cast"
)

// playSites has made-up sites take part in briefings, where that is wanted.
func (a *App) playSites(ctx context.Context) {
	if a.config.Media == nil || !a.config.MadeUpSites {
		return
	}
	made := cast.Cast{Find: a.config.Media, Seats: a.seats, Log: a.config.Log}
	made.Run(ctx)
}

// seats are those of all sites that are there in the briefings under way.
func (a *App) seats(ctx context.Context) (seats []cast.Seat, err error) {
	return seats, a.DB.View(ctx, func(tx *sql.Tx) error {
		list, err := briefing.UnderWay(ctx, tx)
		if err != nil {
			return err
		}
		for _, b := range list {
			if !b.Media {
				continue
			}
			hall, err := briefing.HallOf(ctx, tx, b.ID)
			if err != nil {
				return err
			}
			seats = append(seats, a.seatsIn(hall)...)
		}
		return nil
	})
}

func (a *App) seatsIn(h briefing.Hall) (seats []cast.Seat) {
	for _, site := range h.Sites {
		where, err := h.Keep(briefing.Place{Unit: site.Unit})
		if err != nil || !site.Here() {
			continue
		}
		unit, _ := a.Tree.Unit(site.Unit)
		seat := media.Seat{
			Briefing: h.Briefing.ID, Identity: media.SiteIdentity(site.Unit), Name: unit.Name, Role: media.Site, Speaks: where.Speaks,
		}
		if where.Host {
			seat.Role = media.Host
		}
		seats = append(seats, cast.Seat{Seat: seat, Floor: site.Unit == h.Speaker()})
	}
	return seats
}
