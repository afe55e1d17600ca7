package remind

import (
	"context"
	"fmt"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// acknowledgements gives who has not acknowledged a directive in force, and to those
// above how many of the units below them have not. A unit has the days of its leader for
// it, after which it is the deputy's turn.
func (r Rounds) acknowledgements(ctx context.Context, q store.Querier, p *plan) (list []Reminder, err error) {
	binding, err := directive.Binding(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, d := range binding {
		if len(d.Document.Acknowledge) == 0 {
			continue
		}
		came, err := directive.NewestAt(ctx, q, d)
		if err != nil {
			return nil, err
		}
		by, asked := p.rules.AcknowledgeBy(clock.DateOf(came, p.rules.Location()))
		if !asked || !p.of(by).due && !p.of(by).above {
			continue
		}
		answers, err := directive.Acknowledgements(ctx, q, d.ID)
		if err != nil {
			return nil, err
		}
		var open []tree.Unit
		for _, receipt := range directive.Receipts(r.Tree, p.rules.Levels, d, d.Unit, answers) {
			open = append(open, receipt.Open...)
		}
		list = append(list, r.unacknowledged(p, d.ID, by, open)...)
	}
	return list, nil
}

// unacknowledged gives the reminders of one directive to the units that have not
// acknowledged it by a day, and to those above them.
func (r Rounds) unacknowledged(p *plan, id int64, by clock.Date, open []tree.Unit) (list []Reminder) {
	late := newTally()
	for _, unit := range open {
		m := Reminder{Unit: unit.ID, What: Acknowledge, Directive: id, Deadline: by}
		if m, ok := m.due(p); ok {
			list = append(list, m)
		}
		if p.of(by).above {
			late.add(unit.Parent, by)
		}
	}
	for _, above := range late.order {
		one := Reminder{Unit: above, What: Receipts, Stage: Above, Directive: id, Deadline: by, Late: late.count[above]}
		one.cause = fmt.Sprintf("%s until %s, above", one.thing(), by)
		list = append(list, one)
	}
	return list
}
