package org

import (
	"context"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Deputy is somebody at a unit whose post stands in for its head's: when the
// leader has not acted by the profile's time, it is the deputy's turn too. The
// zero Deputy is nobody's.
type Deputy struct {
	Unit      tree.UnitID
	Authority string       // as it stands in a signature: "K/T BÍ THƯ"
	Head      profile.Post // the post stood in for
	rules     *profile.Profile
}

// DeputyAt gives what the actor stands in for at a unit on a day: by a post that
// the actor holds there, if a role of the actor's lets it read the unit's reports.
func DeputyAt(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID, today clock.Date) (Deputy, error) {
	if actor.Person == 0 || !slices.Contains(actor.Units(access.ReportRead), unit) {
		return Deputy{}, nil
	}
	held, err := readPosts(ctx, q, `WHERE person_id = $1 AND unit_id = $2 AND from_date <= $3 AND (to_date = '' OR to_date > $3)`,
		actor.Person, unit, string(today))
	if err != nil || len(held) == 0 {
		return Deputy{}, err
	}
	rules, err := Profile(ctx, q)
	if err != nil {
		return Deputy{}, err
	}
	for _, post := range held {
		if head, ok := rules.InPlaceOf(post.Body, post.Kind); ok {
			return Deputy{Unit: unit, Authority: head.Authority(), Head: head, rules: rules}, nil
		}
	}
	return Deputy{}, nil
}

// From is the first day of the deputy's turn on what came to the leader at a
// moment; ok is false where there is no such turn.
func (d Deputy) From(came time.Time) (from clock.Date, ok bool) {
	if d.Unit == 0 || came.IsZero() {
		return "", false
	}
	return d.rules.DeputyFrom(clock.DateOf(came, d.rules.Location()))
}

// Turn says whether what came at a moment is the deputy's turn at now.
func (d Deputy) Turn(came, now time.Time) bool {
	from, ok := d.From(came)
	return ok && clock.DateOf(now, d.rules.Location()) >= from
}

// Before is the moment before which a matter must have come to be the deputy's turn
// at now; ok is false where there is no such turn.
func (d Deputy) Before(now time.Time) (moment time.Time, ok bool) {
	if _, ok := d.From(now); !ok {
		return time.Time{}, false
	}
	day := clock.DateOf(now, d.rules.Location())
	for !d.Turn(day.Start(d.rules.Location()), now) {
		day = day.AddDays(-1)
	}
	return day.End(d.rules.Location()), true
}

// InTurn is the actor with the power to do action at a unit about something that
// came to its leader at a moment: unchanged for who may anyway and for whoever's
// turn it is not, so that [access.Actor.May] decides.
func InTurn(ctx context.Context, q store.Querier, actor access.Actor, action access.Action, unit tree.UnitID, came, now time.Time) (access.Actor, error) {
	if came.IsZero() || actor.May(action, unit) == nil {
		return actor, nil
	}
	rules, err := Profile(ctx, q)
	if err != nil {
		return actor, err
	}
	d, err := DeputyAt(ctx, q, actor, unit, clock.DateOf(now, rules.Location()))
	if err != nil || !d.Turn(came, now) {
		return actor, err
	}
	return actor.InPlace(unit, d.Authority, action), nil
}
