package app

import (
	"context"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
)

// HolidaysRequest gives an installation holidays of its own.
type HolidaysRequest struct {
	Content string // a file of holidays; "" for the profile's days
}

// SetHolidays gives the installation a file of holidays, or goes back to the profile's.
func (r *Records) SetHolidays(ctx context.Context, request HolidaysRequest) error {
	if err := r.founded(ctx, r.DB.Reader()); err != nil {
		return err
	}
	actor := r.CommandLine()
	_, err := r.Ledger.Update(ctx, actor.Name, func(tx *ledger.Tx) error { return org.SetHolidays(ctx, tx, actor, request.Content) })
	return err
}

// SetHolidays has the serving process set the holidays.
func (c *remote) SetHolidays(ctx context.Context, request HolidaysRequest) error {
	return c.call(ctx, "/set-holidays", request, nil, &struct{}{})
}
