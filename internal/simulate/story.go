package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/report"
)

// Simulated is the method of signatures that nobody gave.
const Simulated = "simulated"

// act is one thing that happens in the story.
type act struct {
	at        time.Time
	unit      tree.UnitID
	milestone string
	accept    bool // the unit above accepts the report; else the unit submits it
}

// story plans what units report up to the morning of the briefing.
type story struct {
	random *rand.Rand
	tree   *tree.Tree
	zone   *time.Location
	acts   []act // that are still to be told
	waits  map[report.Slot]int64
	pace   float64 // share of the committees of a province that have reported
}

// workday is a moment in working hours of a day in 2020.
func (s *story) workday(month time.Month, day int) time.Time {
	return time.Date(2020, month, day, 7+s.random.IntN(10), s.random.IntN(60), s.random.IntN(60), 0, s.zone)
}

// reports has a unit submit on a day and the unit above accept in the morning
// after, unless accepted is false.
func (s *story) reports(unit tree.UnitID, milestone string, month time.Month, day int, accepted bool) {
	at := s.workday(month, day)
	s.acts = append(s.acts, act{at: at, unit: unit, milestone: milestone})
	if accepted {
		s.acts = append(s.acts, act{at: s.workday(month, day+1), unit: unit, milestone: milestone, accept: true})
	}
}

// plan fills the story. Shares are those of the country: grassroots 99.8 % by
// 30 June, above-grassroots about a third by 10 July.
func (s *story) plan(root, bacNinh tree.UnitID) {
	var grassroots, middle int
	for _, u := range s.tree.Subtree(root) {
		home := s.tree.Within(u.ID, bacNinh)
		switch u.Level {
		case "grassroots":
			s.grassroots(u.ID, grassroots, home)
			grassroots++
		case "above-grassroots":
			if home {
				continue
			}
			s.middle(u.ID, middle)
			middle++
		case "provincial":
			if s.random.IntN(5) == 0 {
				s.reports(u.ID, preparation, time.July, 1+s.random.IntN(8), true)
			}
		}
	}
	s.home(bacNinh)
	slices.SortStableFunc(s.acts, func(a, b act) int { return a.at.Compare(b.at) })
}

func (s *story) grassroots(unit tree.UnitID, number int, home bool) {
	if !home && number%509 == 7 {
		return // one in five hundred has not reported
	}
	if !home && number%701 == 11 {
		s.reports(unit, congress, time.July, 8, false)
		return
	}
	s.reports(unit, congress, time.June, 1+s.random.IntN(28), true)
}

func (s *story) middle(unit tree.UnitID, number int) {
	if number%25 != 3 {
		s.reports(unit, preparation, time.June, 1+s.random.IntN(28), true)
	}
	if number%20 == 0 {
		s.pace = 0.1 + 0.5*s.random.Float64() // the next committees' province is ahead or behind
	}
	switch share := s.random.Float64() / s.pace; {
	case share < 0.7:
		s.reports(unit, congress, time.June, 8+s.random.IntN(21), true)
	case share < 0.92:
		s.reports(unit, congress, time.July, 4+s.random.IntN(4), true)
	case share < 1:
		s.reports(unit, congress, time.July, 8+s.random.IntN(2), false)
	}
}

// home is Bac Ninh: six of its eleven committees are done, two of them since
// 3 July; the province's own preparation goes by the plan.
func (s *story) home(bacNinh tree.UnitID) {
	for i, name := range bacNinhNames() {
		unit := childNamed(s.tree, bacNinh, name)
		s.reports(unit, preparation, time.June, 10+i, true)
		switch {
		case i < finished-2:
			s.reports(unit, congress, time.June, 15+2*i, true)
		case i < finished:
			s.reports(unit, congress, time.July, 1+i, true)
		case name == "Huyện Thuận Thành":
			s.reports(unit, congress, time.July, 9, false)
		}
	}
}

func bacNinhNames() []string {
	var names []string
	for _, b := range bacNinh {
		names = append(names, b.name)
	}
	return names
}

// tell lets the acts before a moment happen, through the use cases.
func (s *story) tell(ctx context.Context, tx *ledger.Tx, directive int64, until time.Time) error {
	actor := access.Program(s.tree)
	if s.waits == nil {
		s.waits = map[report.Slot]int64{}
	}
	// SQLite watches a context that can end from a goroutine for each statement.
	// Of a hundred thousand short ones none is worth breaking off.
	breakOff := ctx.Err
	ctx = context.WithoutCancel(ctx)
	for ; len(s.acts) > 0 && s.acts[0].at.Before(until); s.acts = s.acts[1:] {
		a := s.acts[0]
		if err := breakOff(); err != nil {
			return err
		}
		tx.SetNow(a.at)
		slot := report.Slot{Directive: directive, Milestone: a.milestone, Unit: a.unit}
		if a.accept {
			unit, _ := s.tree.Unit(a.unit)
			above, _ := s.tree.Unit(unit.Parent)
			cmd := report.DecideCommand{Report: s.waits[slot], Decider: person(s.random) + ", Chánh Văn phòng " + above.Name}
			if _, err := report.Accept(ctx, tx, actor, cmd); err != nil {
				return fmt.Errorf("accepting for %s: %w", unit.Name, err)
			}
			continue
		}
		sent, err := report.Submit(ctx, tx, actor, report.SubmitCommand{
			Slot: slot, Values: s.values(a), Lang: text.VI,
			Signature: account.Signature{Name: person(s.random), Capacity: account.Capacity{Post: "Bí thư"}, Method: Simulated},
		})
		if err != nil {
			return fmt.Errorf("reporting for unit %d: %w", a.unit, err)
		}
		s.waits[slot] = sent.ID
	}
	return nil
}

// values makes up what a unit reports.
func (s *story) values(a act) map[string]string {
	day := clock.DateOf(a.at, s.zone)
	if a.milestone == preparation {
		return map[string]string{
			"planned-on": text.Date(text.VI, day.AddDays(20+s.random.IntN(30))), "documents": "approved", "personnel-approved": "yes",
		}
	}
	convened := 60 + s.random.IntN(190)
	return map[string]string{
		"held-on":            text.Date(text.VI, day.AddDays(-1-s.random.IntN(3))),
		"delegates-convened": strconv.Itoa(convened),
		"delegates-present":  strconv.Itoa(convened - s.random.IntN(5)),
		"members-elected":    strconv.Itoa(9 + 2*s.random.IntN(9)),
	}
}
