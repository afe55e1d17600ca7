package org

import (
	"context"
	"fmt"
	"sync"

	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
)

// profiles holds the documents that were parsed, by their text: one for most
// processes, a few where tests share one.
var profiles sync.Map

// parsed is the profile of a document that was adopted.
func parsed(document string) (*profile.Profile, error) {
	if known, ok := profiles.Load(document); ok {
		return known.(*profile.Profile), nil
	}
	p, err := profile.Parse([]byte(document))
	if err != nil {
		return nil, fmt.Errorf("reading the adopted profile: %w", err)
	}
	profiles.Store(document, p)
	return p, nil
}

// read is a document that was read before.
type read struct {
	document string
	profile  *profile.Profile
}

// latest holds what was read last, by pin.
var latest sync.Map

// adopted reads the profile of a pin, "" for the present one, from where its
// document lies; [store.Missing] where it does not. Every page needs it, and a
// document is 30 KB: the database is asked whether it is still the one that was read
// last, and gives it only where it is not. from begins with the holidays of the
// installation, ” for the profile's; args are those of from, which begin at $2.
func adopted(ctx context.Context, q store.Querier, pin, from string, args ...any) (*profile.Profile, error) {
	var before read
	if found, ok := latest.Load(pin); ok {
		before = found.(read)
	}
	var document, holidays string
	err := q.QueryRowContext(ctx, `SELECT CASE WHEN document = $1 THEN '' ELSE document END, `+from,
		append([]any{before.document}, args...)...).Scan(&document, &holidays)
	if err != nil {
		return nil, fmt.Errorf("reading the profile %q: %w", pin, err)
	}
	if document == "" && before.profile != nil {
		return withHolidays(before.profile, holidays)
	}
	p, err := parsed(document)
	if err != nil {
		return nil, err
	}
	latest.Store(pin, read{document, p})
	return withHolidays(p, holidays)
}
