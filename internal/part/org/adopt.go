package org

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
)

// AdoptCommand has the installation follow the next version of its profile.
type AdoptCommand struct {
	Document string     `json:"document"` // as the event will hold it, in YAML
	From     clock.Date `json:"from"`     // "" for today
}

// Version is a version of the profile that the installation followed from a day
// on.
type Version struct {
	Profile *profile.Profile
	From    clock.Date
}

// Adopt has the installation follow another version of its profile from a day on,
// not before the last one's. Who runs the system may. The new version must have
// every level, kind and post that units have now, and the same zone: it adds to
// what there is, and the tree is changed by acts of its own. What was issued
// keeps to the version that it names.
func Adopt(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AdoptCommand) (Version, error) {
	root, err := Root(ctx, tx)
	if err != nil {
		return Version{}, err
	}
	if err := actor.May(access.SystemRun, root); err != nil {
		return Version{}, err
	}
	c, err := begin(ctx, tx, actor, cmd.From)
	if err != nil {
		return Version{}, err
	}
	next, err := profile.Parse([]byte(cmd.Document))
	if err != nil {
		return Version{}, onField(err, "profile")
	}
	if err := Adoptable(ctx, tx, next, c.day); err != nil {
		return Version{}, err
	}
	version := strconv.Itoa(next.Version)
	_, err = tx.ExecContext(ctx, `INSERT INTO profile_version (profile, version, document, from_date, adopted_at) VALUES ($1, $2, $3, $4, $5)`,
		next.Name, version, cmd.Document, string(c.day), store.Micro(tx.Now()))
	if store.Unique(err) {
		return Version{}, fault.New(fault.Conflict, "org.profile.adopted", "profile", next.Pin()).At("profile")
	}
	if err != nil {
		return Version{}, fmt.Errorf("storing a version of the profile: %w", err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE organisation SET profile = $1, version = $2, document = $3 WHERE id = 1`, next.Name, version, cmd.Document)
	if err != nil {
		return Version{}, fmt.Errorf("adopting a version of the profile: %w", err)
	}
	return Version{next, c.day}, tx.Append(ledger.New{
		Unit: int64(root), Kind: ProfileAdopted, Subject: "organisation:1", Payload: ProfileTaken{Document: cmd.Document, From: c.day},
	})
}

// Adoptable refuses a version that the units of today do not fit into, or that
// cannot hold from a day on.
func Adoptable(ctx context.Context, q store.Querier, next *profile.Profile, from clock.Date) error {
	versions, err := Versions(ctx, q)
	if err != nil {
		return err
	}
	last := versions[len(versions)-1]
	if slices.ContainsFunc(versions, func(v Version) bool { return v.Profile.Pin() == next.Pin() }) {
		return fault.New(fault.Conflict, "org.profile.adopted", "profile", next.Pin()).At("profile")
	}
	if from < last.From {
		return fault.New(fault.Invalid, "org.profile.before", "day", last.From).At("from")
	}
	if next.Zone != last.Profile.Zone {
		return fault.New(fault.Invalid, "org.profile.zone", "zone", last.Profile.Zone).At("profile")
	}
	for _, used := range [...]struct {
		query string
		has   func(string) bool
	}{
		{`SELECT DISTINCT level FROM unit_period WHERE to_date = ''`, func(key string) bool { _, ok := next.Level(key); return ok }}, // also one that ends: units leave it by acts
		{`SELECT DISTINCT kind FROM unit_period WHERE to_date = '' AND kind <> ''`, func(key string) bool { _, ok := next.KindOf(key); return ok }},
		{`SELECT DISTINCT body FROM post WHERE to_date = ''`, func(key string) bool {
			return slices.ContainsFunc(next.Bodies, func(b profile.Body) bool { return b.Key == key })
		}},
	} {
		keys, err := readKeys(ctx, q, used.query)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if !used.has(key) {
				return fault.New(fault.Invalid, "org.profile.lacks", "key", key).At("profile")
			}
		}
	}
	return nil
}

func readKeys(ctx context.Context, q store.Querier, query string) ([]string, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("reading what units are: %w", err)
	}
	defer rows.Close()
	var keys []string
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, fmt.Errorf("reading what units are: %w", err)
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

// Versions gives the versions of the profile that the installation followed, the
// first first.
func Versions(ctx context.Context, q store.Querier) ([]Version, error) {
	rows, err := q.QueryContext(ctx, `SELECT document, from_date FROM profile_version ORDER BY from_date, adopted_at, version`)
	if err != nil {
		return nil, fmt.Errorf("reading the versions of the profile: %w", err)
	}
	defer rows.Close()
	var list []Version
	for rows.Next() {
		var document string
		var v Version
		if err := rows.Scan(&document, &v.From); err != nil {
			return nil, fmt.Errorf("reading a version of the profile: %w", err)
		}
		if v.Profile, err = parsed(document); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// Pinned gives the version of the profile that a pin names ("vn-party-2020/1"), or
// the present one for none: a document without a pin is only being written.
func Pinned(ctx context.Context, q store.Querier, pin string) (*profile.Profile, error) {
	name, version, ok := strings.Cut(pin, "/")
	if !ok {
		return Profile(ctx, q)
	}
	p, err := adopted(ctx, q, pin, `'' FROM profile_version WHERE profile = $2 AND version = $3`, name, version)
	if store.Missing(err) {
		return Profile(ctx, q) // issued by an installation whose log began before versions were kept
	}
	return p, err
}
