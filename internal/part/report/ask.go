package report

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// asked is what a unit is asked for at a slot.
type asked struct {
	milestone profile.Milestone
	level     string // of the unit
	parent    tree.UnitID
}

// ask says what the slot's unit has to report. Faults: NotFound when the
// directive does not ask this unit; TooLate when it is closed.
func ask(ctx context.Context, q store.Querier, actor access.Actor, s Slot) (asked, error) {
	d, err := directive.Get(ctx, q, s.Directive)
	if err != nil {
		return asked{}, err
	}
	return askBy(ctx, q, actor, d, s)
}

// askBy is ask for the slot's directive, for who has read it already.
func askBy(ctx context.Context, q store.Querier, actor access.Actor, d directive.Directive, s Slot) (asked, error) {
	if err := open(d); err != nil {
		return asked{}, err
	}
	place, exempt, err := askedAt(ctx, q, s)
	if err != nil {
		return asked{}, err
	}
	if exempt {
		return asked{}, fault.New(fault.Forbidden, "report.exempt")
	}
	milestone, ok := milestoneIn(d, s.Milestone)
	if ok {
		_, ok = milestone.Deadline(place.level)
	}
	if !ok || s.Unit == d.Unit || !actor.Tree.Within(s.Unit, d.Unit) {
		return asked{}, fault.New(fault.NotFound, "report.not-asked")
	}
	return asked{milestone, place.level, place.parent}, nil
}

// open refuses what is no directive yet, or none any more.
func open(d directive.Directive) error {
	switch d.State {
	case directive.InForce:
		return nil
	case directive.Ceased:
		return fault.New(fault.TooLate, "report.directive-closed")
	}
	return fault.New(fault.NotFound, "report.not-asked")
}

func stillOpen(ctx context.Context, q store.Querier, id int64) error {
	d, err := directive.Get(ctx, q, id)
	if err != nil {
		return err
	}
	return open(d)
}

func milestoneIn(d directive.Directive, key string) (profile.Milestone, bool) {
	for _, m := range d.Document.Milestones {
		if m.Key == key {
			return m, true
		}
	}
	return profile.Milestone{}, false
}

// milestoneOf gives a slot's milestone as the directive has it now.
func milestoneOf(ctx context.Context, q store.Querier, s Slot) (profile.Milestone, error) {
	d, err := directive.Get(ctx, q, s.Directive)
	if err != nil {
		return profile.Milestone{}, err
	}
	m, ok := milestoneIn(d, s.Milestone)
	if !ok {
		return profile.Milestone{}, fault.New(fault.NotFound, "report.not-asked")
	}
	return m, nil
}

// place is where a unit stands now, as the transaction sees it.
type place struct {
	level  string
	parent tree.UnitID // the unit that counts it
}

func placeOf(ctx context.Context, q store.Querier, unit tree.UnitID) (place, error) {
	var p place
	err := q.QueryRowContext(ctx, `SELECT level, parent_id FROM unit_period WHERE unit_id = $1 AND to_date = ''`, unit).
		Scan(&p.level, &p.parent)
	if store.Missing(err) {
		return place{}, fault.New(fault.NotFound, "report.no-unit")
	}
	if err != nil {
		return place{}, fmt.Errorf("reading where unit %d stands: %w", unit, err)
	}
	return p, nil
}

// askedAt is placeOf, and whether a decision has taken the unit out of the count:
// together, because every report that is sent asks.
func askedAt(ctx context.Context, q store.Querier, s Slot) (p place, exempt bool, err error) {
	var counts int
	err = q.QueryRowContext(ctx, `SELECT level, parent_id, COALESCE((SELECT s.counts FROM directive_standing s
			WHERE s.unit_id = p.unit_id AND s.directive_id = $2 AND s.milestone IN ('', $3) AND s.ended_at = 0
			ORDER BY s.milestone DESC LIMIT 1), 1)
		FROM unit_period p WHERE unit_id = $1 AND to_date = ''`, s.Unit, s.Directive, s.Milestone).
		Scan(&p.level, &p.parent, &counts)
	if store.Missing(err) {
		return place{}, false, fault.New(fault.NotFound, "report.no-unit")
	}
	if err != nil {
		return place{}, false, fmt.Errorf("reading where unit %d stands: %w", s.Unit, err)
	}
	return p, counts == 0, nil
}

// canonical checks what was typed and gives the bytes that are signed: the
// canonical values by indicator as JSON, keys in order. Its faults are those of
// the indicators, each at its field.
func canonical(m profile.Milestone, lang text.Lang, typed map[string]string) (string, error) {
	values, err := m.Check(lang, typed)
	if err != nil {
		return "", err
	}
	content, err := json.Marshal(values) // keys come out in order
	if err != nil {
		return "", fmt.Errorf("encoding a report: %w", err)
	}
	return string(content), nil
}

// hashOf is the SHA-256 of a report's content in hex: what is signed.
func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}
