package board

import (
	"fmt"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

func (b *Boards) decode(events []ledger.Event) ([]effect, error) {
	effects := make([]effect, len(events))
	for i, e := range events {
		effect, err := b.decodeOne(e)
		if err != nil {
			return nil, err
		}
		effects[i].position, effects[i].make = e.Position, effect
	}
	return effects, nil
}

func (b *Boards) decodeOne(e ledger.Event) (func(), error) {
	switch e.Kind {
	case org.Founded:
		var founded org.OrganisationFounded
		if err := e.Decode(&founded); err != nil {
			return nil, err
		}
		return b.follow(founded.Document, e.Position)
	case org.ProfileAdopted:
		var taken org.ProfileTaken
		if err := e.Decode(&taken); err != nil {
			return nil, err
		}
		return b.follow(taken.Document, e.Position)
	case org.Created, org.Renamed, org.Moved, org.Changed, org.Dissolved:
		return decoded(e, func(u org.UnitChanged) { b.unit(e.Kind, u, e.Position) })
	case org.Reorganised:
		return decoded(e, func(act org.UnitsReorganised) { b.reorganised(act, e.Position) })
	case directive.Issued, directive.Revised:
		return decoded(e, func(v directive.VersionIssued) { b.issued(v, e.Position) })
	case directive.Closed:
		return decoded(e, func(d directive.Ended) { b.closed(d, e) })
	case directive.Tightened:
		return decoded(e, func(d directive.DeadlineTightened) { b.tightened(d, e.Position) })
	case directive.StandingSet:
		return decoded(e, func(d directive.UnitStanding) { b.stands(d, e.Position) })
	case directive.StandingEnded:
		return decoded(e, func(d directive.UnitStandingEnded) { b.standsNoMore(d, e.Position) })
	case report.Told:
		return decoded(e, func(v report.VersionTold) { b.told(v.Directive, v.Milestone, v.Unit, true, e.Position) })
	case report.TellingWithdrawn:
		return decoded(e, func(v report.TellingTakenBack) { b.told(v.Directive, v.Milestone, v.Unit, false, e.Position) })
	case report.Submitted:
		return b.submitted(e)
	case report.Accepted:
		return b.decided(e, (*count).accepted)
	case report.Returned:
		return b.decided(e, (*count).returned)
	}
	return nil, nil
}

func decoded[T any](e ledger.Event, do func(T)) (func(), error) {
	var payload T
	if err := e.Decode(&payload); err != nil {
		return nil, err
	}
	return func() { do(payload) }, nil
}

// follow takes up what the profile's newest version says of days.
func (b *Boards) follow(document string, position int64) (func(), error) {
	p, err := profile.Parse([]byte(document))
	if err != nil {
		return nil, fmt.Errorf("reading the profile of event %d: %w", position, err)
	}
	return func() {
		b.zone = p.Location()
		b.calendar = calendar{soon: int32(p.DueSoonDays)} // of no day: all boards come to the present one
	}, nil
}

func (b *Boards) submitted(e ledger.Event) (func(), error) {
	var v report.VersionSubmitted
	if err := e.Decode(&v); err != nil {
		return nil, err
	}
	values, err := contentOf(v.Content)
	if err != nil {
		return nil, fmt.Errorf("reading the report of event %d: %w", e.Position, err)
	}
	s := submission{v.Report, v.Unit, v.Milestone, values}
	directive, position := v.Directive, e.Position
	return func() {
		if c := b.counts[directive]; c != nil {
			c.submitted(s, position)
		}
	}, nil
}

func (b *Boards) decided(e ledger.Event, take func(c *count, report, position int64)) (func(), error) {
	var d report.Decided
	if err := e.Decode(&d); err != nil {
		return nil, err
	}
	directive, id, position := d.Directive, d.Report, e.Position
	return func() {
		if c := b.counts[directive]; c != nil {
			take(c, id, position)
		}
	}, nil
}
