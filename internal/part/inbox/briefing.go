package inbox

import (
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// Briefing is one in which the person has something to do.
type Briefing struct {
	briefing.Briefing
	At   tree.Unit // for which the person acts: a site, or the host
	Host tree.Unit
	// ToSign says of minutes that they are written and wait for the chair.
	ToSign bool
	// Reminded is when the host last asked for the answer; zero for never.
	Reminded   time.Time
	Unanswered bool // the site has not said whether it comes
}

// early is how long before its beginning a briefing is offered to be gone to: time
// to seat people and to look at the line.
const early = 30 * time.Minute

// tryAhead is how long before its beginning sites are asked to try their place: time
// to have a line or a camera mended, over a weekend too.
const tryAhead = 5 * 24 * time.Hour

// briefings gathers what the person's units have to do in briefings. No deputy's
// turn comes here: a site's answer is given by any of its officers, and minutes are
// signed by the chair of that very meeting and by nobody in place.
func (g *gatherer) briefings() error {
	list, err := briefing.Pending(g.ctx, g.q, g.actor.Units(access.BriefingAttend))
	if err != nil {
		return err
	}
	for _, b := range list {
		if err := g.briefing(b); err != nil {
			return err
		}
	}
	return nil
}

func (g *gatherer) briefing(b briefing.Briefing) error {
	sites, err := briefing.Sites(g.ctx, g.q, b.ID)
	if err != nil {
		return err
	}
	seat, err := briefing.SeatOf(g.actor, b, sites)
	if err != nil {
		return err
	}
	switch {
	case b.State == briefing.Ended:
		return g.minutes(b, seat)
	case b.State == briefing.Called && !g.now.Before(b.Ends()):
		return nil // it was neither held nor called off
	}
	g.meeting(b)
	began := b.State == briefing.Open || !g.now.Before(b.Begins.Add(-early))
	if seat.Presides() && began {
		g.work.Now = append(g.work.Now, g.at(b, b.Unit))
	}
	for _, site := range sites {
		if g.actor.May(access.BriefingAttend, site.Unit) != nil || !site.RemovedAt.IsZero() || site.Unit == b.Unit {
			continue
		}
		if err := g.site(b, site, began); err != nil {
			return err
		}
	}
	return nil
}

// unchecked asks a site that comes soon to try its place, until it has. What it found,
// the host reads; a place that fails is tried again without being asked here.
func (g *gatherer) unchecked(one Briefing) error {
	if g.now.Before(one.Begins.Add(-tryAhead)) {
		return nil
	}
	made, err := briefing.Checks(g.ctx, g.q, one.ID)
	if err != nil {
		return err
	}
	if _, tried := made[one.At.ID]; !tried {
		one.Unanswered = false // of that another list says
		g.work.Unchecked = append(g.work.Unchecked, one)
	}
	return nil
}

// site gathers what a site of the person has to do before the meeting and in it.
func (g *gatherer) site(b briefing.Briefing, site briefing.Site, began bool) error {
	one := g.at(b, site.Unit)
	one.Reminded, one.Unanswered = site.RemindedAt, site.Answer == briefing.NoAnswer
	if began && site.Answer != briefing.Cannot {
		g.work.Now = append(g.work.Now, one)
		return nil // who is there is asked of them in the room
	}
	switch site.Answer {
	case briefing.Cannot:
		return nil
	case briefing.NoAnswer:
		g.work.Invited = append(g.work.Invited, one)
	case briefing.Comes, briefing.StandsIn:
		named, err := briefing.Attendees(g.ctx, g.q, site.ID)
		if err != nil {
			return err
		}
		if site.Heads == 0 && len(named) == 0 {
			g.work.Unnamed = append(g.work.Unnamed, one)
		}
	}
	return g.unchecked(one)
}

// minutes gathers minutes that nobody has signed: for the chair once they are
// written, and until then for the secretaries, or the chair where there are none.
func (g *gatherer) minutes(b briefing.Briefing, seat briefing.Seat) error {
	if !seat.Presides() {
		return nil
	}
	written, err := briefing.MinutesOf(g.ctx, g.q, b.ID)
	if err != nil {
		return err
	}
	one := g.at(b, b.Unit)
	one.ToSign = written.Revision > 0
	writes := seat.Secretary || len(b.Secretaries) == 0
	if one.ToSign && seat.Chair || !one.ToSign && writes {
		g.work.Minutes = append(g.work.Minutes, one)
	}
	return nil
}

func (g *gatherer) at(b briefing.Briefing, unit tree.UnitID) Briefing {
	one := Briefing{Briefing: b}
	one.At, _ = g.actor.Tree.Unit(unit)
	one.Host, _ = g.actor.Tree.Unit(b.Unit)
	return one
}
