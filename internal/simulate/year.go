package simulate

import (
	"math/rand/v2"
	"slices"
	"time"

	"giaoban/internal/base/tree"
)

// season is when the units of a level hold their congresses.
//
// The year as it was (baotintuc.vn, baolangson.vn and others): 51,985 of 52,089
// grassroots organisations were done by 30 June 2020, above-grassroots ones
// essentially by the end of August, all 67 committees by 29 October; at each
// level pilots went first. Cells have their congresses before the committee
// above them.
type season struct {
	pilots, from, to day
	onePilot         int // one unit in so many is a pilot
	oneLate          int // one unit in so many comes only in the weeks of late; 0 for none
	late             [2]day
}

var seasons = map[string]season{
	"cell": {day{time.January, 6}, day{time.February, 10}, day{time.May, 26}, 40, 900, [2]day{{time.June, 8}, {time.June, 19}}},
	"grassroots": {
		day{time.February, 17},
		day{time.April, 20},
		day{time.June, 26},
		30, 501,
		[2]day{{time.July, 6}, {time.July, 29}},
	},
	"above-grassroots": {
		day{time.April, 20},
		day{time.June, 8},
		day{time.August, 26},
		12, 100,
		[2]day{{time.September, 3}, {time.September, 18}},
	},
	"provincial": {pilots: day{time.August, 17}, from: day{time.September, 14}, to: day{time.October, 26}, onePilot: 16},
}

// day is a day of 2020.
type day struct {
	month time.Month
	day   int
}

// deed is what happens to a unit's report.
type deed uint8

const (
	acknowledges deed = iota
	submits
	accepts
	returns
	reportsCells  // a committee, for all its cells
	correctsCells // a committee, for some of them
)

// yearAct is one thing that happens in the year.
type yearAct struct {
	at        int64 // microseconds
	unit      tree.UnitID
	deed      deed
	milestone string
}

// End is when a simulated year ends: the morning of 30 October 2020.
func End() time.Time { return time.Date(2020, time.October, 30, 8, 0, 0, 0, Morning().Location()) }

// year plans what all units report until the end.
type year struct {
	random *rand.Rand
	acts   []yearAct
	number map[string]int // of the units of a level that were planned
}

// plan plans the year of a country; the acts are in their order.
func plan(random *rand.Rand, units []tree.Unit) []yearAct {
	y := &year{random: random, number: map[string]int{}}
	committees := map[tree.UnitID]bool{}
	for _, u := range units {
		switch {
		case u.Level == "cell":
			committees[u.Parent] = true
		case u.Parent != 0:
			y.acknowledge(u)
			y.unit(u)
		}
	}
	for _, u := range units {
		if committees[u.ID] {
			y.cells(u)
		}
	}
	y.acts = slices.DeleteFunc(y.acts, func(a yearAct) bool { return a.at >= End().UnixMicro() })
	slices.SortStableFunc(y.acts, func(a, b yearAct) int { return int(a.at - b.at) })
	return y.acts
}

func (y *year) add(u tree.Unit, d deed, milestone string, at time.Time) {
	y.acts = append(y.acts, yearAct{at.UnixMicro(), u.ID, d, milestone})
}

// acknowledge has a unit acknowledge the directive in the weeks after it came.
func (y *year) acknowledge(u tree.Unit) {
	weeks := map[string]int{"provincial": 1, "above-grassroots": 4}[u.Level]
	if weeks == 0 {
		weeks = 10
	}
	y.add(u, acknowledges, "", y.clock(time.Date(2019, time.June, 4+y.random.IntN(7*weeks), 0, 0, 0, 0, Morning().Location())))
}

// held is the day of a unit's congress.
func (y *year) held(level string) time.Time {
	s, number := seasons[level], y.number[level]
	y.number[level]++
	switch {
	case s.oneLate > 0 && number%s.oneLate == s.oneLate/2:
		return y.between(s.late[0], s.late[1])
	case number%s.onePilot == 0:
		return y.between(s.pilots, s.from)
	}
	return y.between(s.from, s.to)
}

// between is a working day of 2020.
func (y *year) between(from, to day) time.Time {
	first := time.Date(2020, from.month, from.day, 0, 0, 0, 0, Morning().Location())
	last := time.Date(2020, to.month, to.day, 0, 0, 0, 0, Morning().Location())
	return workday(first.AddDate(0, 0, y.random.IntN(1+int(last.Sub(first).Hours())/24)))
}

// workday is the day itself or the Friday before.
func workday(at time.Time) time.Time {
	switch at.Weekday() {
	case time.Saturday:
		return at.AddDate(0, 0, -1)
	case time.Sunday:
		return at.AddDate(0, 0, -2)
	}
	return at
}

// after is so many working days later.
func after(at time.Time, days int) time.Time {
	for ; days > 0; days-- {
		at = at.AddDate(0, 0, 1)
		for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			at = at.AddDate(0, 0, 1)
		}
	}
	return at
}

// clock is a moment of a day's working hours.
func (y *year) clock(at time.Time) time.Time {
	return at.Add(time.Duration(7*3600+30*60+y.random.IntN(9*3600)) * time.Second)
}

// unit plans a unit's reports at all milestones around the day of its congress.
func (y *year) unit(u tree.Unit) {
	held := y.held(u.Level)
	y.report(u, preparation, workday(held.AddDate(0, 0, -25-y.random.IntN(40))))
	y.report(u, congress, held)
	y.report(u, confirmed, after(held, 8+y.random.IntN(12)))
}

// report has a unit report on a day. Of twenty one is returned before and comes
// again; of ten one is corrected later.
func (y *year) report(u tree.Unit, milestone string, on time.Time) {
	if y.random.IntN(20) == 0 {
		before := workday(on.AddDate(0, 0, -6))
		y.add(u, submits, milestone, y.clock(before))
		y.add(u, returns, milestone, y.clock(after(before, 1)))
	}
	done := after(on, 1+y.random.IntN(2))
	y.add(u, submits, milestone, y.clock(on))
	y.add(u, accepts, milestone, y.clock(done))
	if y.random.IntN(10) == 0 {
		again := after(done, 10+y.random.IntN(30))
		y.add(u, submits, milestone, y.clock(again))
		y.add(u, accepts, milestone, y.clock(after(again, 1+y.random.IntN(3))))
	}
}

// cells plans what a committee reports for its cells; of five one committee
// corrects some of it later.
func (y *year) cells(u tree.Unit) {
	held := y.held("cell")
	for _, step := range []struct {
		milestone string
		on        time.Time
	}{{preparation, workday(held.AddDate(0, 0, -20))}, {congress, held}, {confirmed, after(held, 10)}} {
		y.add(u, reportsCells, step.milestone, y.clock(step.on))
		if y.random.IntN(5) == 0 {
			y.add(u, correctsCells, step.milestone, y.clock(after(step.on, 10+y.random.IntN(30))))
		}
	}
}
