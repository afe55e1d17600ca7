package inbox

import (
	"context"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// gatherer asks the other parts, unit by unit.
type gatherer struct {
	ctx       context.Context
	q         store.Querier
	actor     access.Actor
	rules     *profile.Profile
	now       time.Time
	zone      *time.Location
	deputy    org.Deputy // what the person stands in for at the unit that is looked at
	work      Work
	apart     []directive.Standing                    // of the unit that is looked at
	tightened map[int64][]directive.DeadlineTightened // by directive, read once
}

// unit gathers what a unit of the person owes and has to acknowledge.
func (g *gatherer) unit(id tree.UnitID) error {
	unit, exists := g.actor.Tree.Unit(id)
	if !exists {
		return nil
	}
	var err error
	if g.deputy, err = org.DeputyAt(g.ctx, g.q, g.actor, id, g.work.Today); err != nil {
		return err
	}
	if err := g.queue(unit); err != nil {
		return err
	}
	directives, err := directive.List(g.ctx, g.q, g.actor, id)
	if err != nil {
		return err
	}
	standings, err := report.Standings(g.ctx, g.q, id)
	if err != nil {
		return err
	}
	drafts, err := g.drafts(id)
	if err != nil {
		return err
	}
	if g.apart, err = directive.StandingsOf(g.ctx, g.q, id); err != nil {
		return err
	}
	for _, d := range directives {
		if d.State != directive.InForce {
			continue
		}
		if err := g.deadlines(d, unit); err != nil {
			return err
		}
		if d.Unit == id {
			continue
		}
		if err := g.acknowledge(d, unit); err != nil {
			return err
		}
		if g.actor.May(access.ReportDraft, id) != nil {
			continue
		}
		for _, m := range d.Document.Milestones {
			if err := g.milestone(d, m, unit, standings, drafts); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *gatherer) drafts(unit tree.UnitID) (map[report.Slot]report.Draft, error) {
	list, err := report.Drafts(g.ctx, g.q, unit)
	if err != nil {
		return nil, err
	}
	bySlot := make(map[report.Slot]report.Draft, len(list))
	for _, d := range list {
		bySlot[d.Slot] = d
	}
	return bySlot, nil
}

// milestone gathers what a unit owes at a milestone: its own report, and those
// of the cells that it reports for.
func (g *gatherer) milestone(d directive.Directive, m profile.Milestone, unit tree.Unit, standings map[report.Slot]report.Standing, drafts map[report.Slot]report.Draft) error {
	slot := report.Slot{Directive: d.ID, Milestone: m.Key, Unit: unit.ID}
	owed := Report{Slot: slot, Number: d.Document.Number, Marks: d.Document.Marks, Milestone: m.Name, At: unit}
	if _, asked := m.Deadline(unit.Level); asked {
		deadline, err := g.deadline(d, m, unit.Level, unit.ID)
		if err != nil {
			return err
		}
		own := owed
		own.Apart = directive.StandingAt(g.apart, d.ID, m.Key, unit.ID)
		own.Deadline, own.Draft = own.Apart.Deadline(deadline), drafts[slot]
		if standing, _ := g.rules.Standing(own.Apart.Key); !own.Apart.Exempt() {
			own.ApartName = standing.Name
			g.own(own, standings[slot])
		}
	}
	return g.cells(owed, d, m)
}

// own puts a unit's own report where it belongs. What is done or waits needs
// nothing, unless a correction is being written.
func (g *gatherer) own(owed Report, standing report.Standing) {
	owed.Mark = standing.Mark(owed.Deadline, g.work.Today, g.rules.DueSoonDays)
	drafted := owed.Draft.Revision > 0
	others := g.othersDraft(&owed, report.SignatureSince(owed.Draft, standing))
	switch {
	case standing.Returned():
		owed.Returned = standing.Newest
		g.work.Returned = append(g.work.Returned, owed)
	case others:
		g.work.Signature = append(g.work.Signature, owed)
	case standing.Provisional():
		owed.Told = standing.Newest
		g.work.Told = append(g.work.Told, owed)
	case owed.Mark == report.MarkDone || owed.Mark == report.MarkWaiting:
		if drafted {
			g.work.Later = append(g.work.Later, owed)
		}
	default:
		g.place(owed)
	}
}

func (g *gatherer) place(owed Report) {
	switch owed.Mark {
	case report.MarkLate:
		g.work.Late = append(g.work.Late, owed)
	case report.MarkSoon:
		g.work.Soon = append(g.work.Soon, owed)
	default:
		g.work.Later = append(g.work.Later, owed)
	}
}

// cells gathers the units that a committee reports for and has not yet.
func (g *gatherer) cells(owed Report, d directive.Directive, m profile.Milestone) error {
	var asked []tree.Unit
	var apart []directive.Standing
	for _, child := range g.actor.Tree.Children(owed.At.ID) {
		level, _ := g.rules.Level(child.Level)
		if _, has := m.Deadline(child.Level); has && level.ReportedByParent {
			owed.Level = level
			asked = append(asked, child)
		}
	}
	if len(asked) > 0 {
		var err error
		if apart, err = directive.ChildStandings(g.ctx, g.q, d.ID, owed.At.ID); err != nil {
			return err
		}
	}
	asked = slices.DeleteFunc(asked, func(cell tree.Unit) bool {
		return directive.StandingAt(apart, d.ID, m.Key, cell.ID).Exempt()
	})
	if len(asked) == 0 {
		return nil
	}
	standings, err := report.ChildStandings(g.ctx, g.q, d.ID, m.Key, owed.At.ID)
	if err != nil {
		return err
	}
	for _, cell := range asked {
		if standings[cell.ID].Done() {
			owed.Reported++
		}
	}
	if owed.Cells = len(asked); owed.Reported == owed.Cells {
		return nil
	}
	if owed.Deadline, err = g.deadline(d, m, asked[0].Level, owed.At.ID); err != nil {
		return err
	}
	owed.Mark = report.Standing{}.Mark(owed.Deadline, g.work.Today, g.rules.DueSoonDays)
	if owed.Draft, _, err = report.CellsDraftOf(g.ctx, g.q, owed.Slot); err != nil {
		return err
	}
	if g.othersDraft(&owed, owed.Draft.BegunAt) {
		g.work.Signature = append(g.work.Signature, owed)
		return nil
	}
	g.place(owed)
	return nil
}

// othersDraft says whether a draft that somebody else wrote waits for the person's
// signature, since a moment: as the leader's, or in a turn as the deputy's.
func (g *gatherer) othersDraft(owed *Report, since time.Time) bool {
	signs := g.actor.May(access.ReportSubmit, owed.Unit) == nil
	if !signs && g.deputy.Turn(since, g.now) {
		owed.InPlace, owed.Since = g.deputy.Authority, since
	}
	return owed.Draft.Revision > 0 && (owed.Draft.Person != g.actor.Person && signs || owed.InPlace != "")
}

// deadline is the effective one of a level at a unit, or directly below it.
func (g *gatherer) deadline(d directive.Directive, m profile.Milestone, level string, unit tree.UnitID) (clock.Date, error) {
	set, known := g.tightened[d.ID]
	if !known {
		var err error
		if set, err = directive.Deadlines(g.ctx, g.q, d.ID); err != nil {
			return "", err
		}
		g.tightened[d.ID] = set
	}
	return directive.Effective(d.Document, set, m.Key, level, directive.PathTo(g.actor.Tree, d.Unit, unit)), nil
}

// acknowledge gathers a directive that the unit has not acknowledged.
func (g *gatherer) acknowledge(d directive.Directive, unit tree.Unit) error {
	if !slices.Contains(d.Document.Acknowledge, unit.Level) {
		return nil
	}
	came, err := directive.NewestAt(g.ctx, g.q, d)
	if err != nil {
		return err
	}
	inPlace := ""
	if g.actor.May(access.DirectiveAnswer, unit.ID) != nil {
		if !g.deputy.Turn(came, g.now) {
			return nil
		}
		inPlace = g.deputy.Authority
	}
	answers, err := directive.Acknowledgements(g.ctx, g.q, d.ID)
	if err != nil {
		return err
	}
	if answers[unit.ID].Version < d.Version {
		by, _ := g.rules.AcknowledgeBy(clock.DateOf(came, g.zone))
		g.work.Acknowledge = append(g.work.Acknowledge, Directive{d, unit, inPlace, by})
	}
	return nil
}

// queue gathers what waits for a unit's decision: all of it for a leader, what has
// waited too long for a deputy.
func (g *gatherer) queue(unit tree.Unit) error {
	var sentBy time.Time // the latest moment that counts; zero for any
	if g.actor.May(access.ReportDecide, unit.ID) != nil {
		var ok bool
		if sentBy, ok = g.deputy.Before(g.now); !ok {
			return nil
		}
	}
	count, oldest, err := report.QueueLength(g.ctx, g.q, unit.ID, sentBy)
	if err != nil || count == 0 {
		return err
	}
	waiting := Queue{At: unit, Count: count, Oldest: oldest}
	if !sentBy.IsZero() {
		waiting.InPlace = g.deputy.Authority
	}
	g.work.Acceptance = append(g.work.Acceptance, waiting)
	return nil
}

// below gathers the late units below those at which the person reads boards.
func (g *gatherer) below(boards *board.Boards) {
	for _, id := range g.actor.Units(access.BoardRead) {
		unit, exists := g.actor.Tree.Unit(id)
		if !exists {
			continue
		}
		for _, d := range boards.Directives(id) {
			v, err := boards.Read(d, id, 0)
			if err != nil || v.Closed {
				continue // a unit so new that the boards do not know it yet has nobody late
			}
			g.lateOn(v, unit)
		}
	}
}

func (g *gatherer) lateOn(v board.View, unit tree.Unit) {
	for i, column := range v.Columns {
		var late, total int32
		for _, row := range v.Rows {
			late += row.Cells[i].Late
			total += row.Cells[i].Total
		}
		if late == 0 {
			continue
		}
		level, _ := g.rules.Level(column.Level)
		b := Below{
			Directive: v.Directive, Number: v.Document.Number, Key: column.Milestone, Column: i,
			Level: level, At: unit, Late: int(late), Total: int(total),
		}
		for _, m := range v.Document.Milestones {
			if m.Key == column.Milestone {
				b.Milestone = m.Name
			}
		}
		g.work.Below = append(g.work.Below, b)
	}
}
