package org

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"giaoban/internal/base/access"
	"giaoban/internal/base/calendar"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
)

// Holidays gives the installation's own file of holidays; "" where the profile's hold.
func Holidays(ctx context.Context, q store.Querier) (content string, err error) {
	if err := q.QueryRowContext(ctx, `SELECT holidays FROM organisation WHERE id = 1`).Scan(&content); err != nil {
		return "", fmt.Errorf("reading the holidays: %w", err)
	}
	return content, nil
}

// SetHolidays gives the installation a file of holidays of its own, which holds instead
// of the days of its profile from now on; "" goes back to those. Who runs the system
// may. Faults: Forbidden; Invalid at "holidays", each with its line.
func SetHolidays(ctx context.Context, tx *ledger.Tx, actor access.Actor, content string) error {
	root, err := Root(ctx, tx)
	if err != nil {
		return err
	}
	if err := actor.May(access.SystemRun, root); err != nil {
		return err
	}
	content = strings.ReplaceAll(content, "\r\n", "\n")
	if content = strings.Trim(content, "\n"); strings.TrimSpace(content) == "" {
		content = ""
	} else if _, err := calendar.Parse([]byte(content)); err != nil {
		return onField(err, "holidays")
	}
	done, err := tx.ExecContext(ctx, `UPDATE organisation SET holidays = $1 WHERE id = 1 AND holidays <> $1`, content)
	if err != nil {
		return fmt.Errorf("setting the holidays: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return tx.Append(ledger.New{Unit: int64(root), Kind: HolidaysSet, Subject: "organisation:1", Payload: HolidaysTaken{Content: content}})
}

// rested are profiles with the holidays of an installation, by both.
var rested sync.Map

type restedBy struct {
	profile *profile.Profile
	content string
}

// withHolidays is a profile with the installation's own holidays, where it has some.
func withHolidays(p *profile.Profile, content string) (*profile.Profile, error) {
	if content == "" {
		return p, nil
	}
	by := restedBy{p, content}
	if known, ok := rested.Load(by); ok {
		return known.(*profile.Profile), nil
	}
	days, err := calendar.Parse([]byte(content))
	if err != nil {
		return nil, fmt.Errorf("reading the installation's holidays: %w", err)
	}
	with := p.WithHolidays(days)
	rested.Store(by, with)
	return with, nil
}
