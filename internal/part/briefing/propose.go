package briefing

import (
	"cmp"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/difficulty"
)

// ReasonKind is what made the program propose an item.
type ReasonKind string

// The reasons, the gravest first.
const (
	IsLate ReasonKind = "late"  // units below it are late
	Worse  ReasonKind = "worse" // it has fewer done than at the last briefing
	Still  ReasonKind = "still" // it has as many done as at the last briefing, and not all
	IsDue  ReasonKind = "due"   // a deadline comes before the next briefing, and not all have done
	Wishes ReasonKind = "wish"  // it registered to speak
	// Hindered: difficulties of it and of units below it are not settled.
	Hindered ReasonKind = "difficulty"
	// Owes: it has not done what was concluded at the last briefing.
	Owes ReasonKind = "task"
)

// Reason is why an item was proposed.
type Reason struct {
	Kind   ReasonKind `json:"kind"`
	Number int        `json:"number,omitempty"` // units late, taken back, or with nothing yet; difficulties
	Title  string     `json:"title,omitempty"`  // of the most pressing difficulty
	Days   int        `json:"days,omitempty"`   // late since
	Day    clock.Date `json:"day,omitempty"`    // of the deadline that comes
	Topic  string     `json:"topic,omitempty"`  // wished
	Level  string     `json:"level,omitempty"`  // key, of the units counted
}

// Proposal is an item that the program proposes; the secretary takes it or leaves
// it.
type Proposal struct {
	Unit      tree.UnitID // whose site should speak
	Milestone string      // of the board to show
	Minutes   int
	Why       Reason
}

// rank is how grave a reason is; the gravest first.
func (r Reason) rank() int {
	return slices.Index([]ReasonKind{IsLate, Worse, Owes, Hindered, IsDue, Still, Wishes}, r.Kind)
}

// Propose proposes items from the host's board: for every site the gravest reason
// that it gives, the gravest first. The view is of the host with what its cells were
// at the last briefing; without a last one nothing is worse or still. hindered is what
// is not settled and owed what is not done since, by site; until is the day of the next briefing.
func Propose(v board.View, sites []Site, hindered, owed map[tree.UnitID]Proposal, until clock.Date) []Proposal {
	var list []Proposal
	for _, s := range sites {
		if s.Parent != 0 {
			continue
		}
		best, found := Proposal{}, false
		take := func(p Proposal) {
			if !found || better(p, best) {
				best, found = p, true
			}
		}
		if i := slices.IndexFunc(v.Rows, func(r board.Row) bool { return r.Unit == s.Unit }); i >= 0 {
			for column := range v.Columns {
				for _, p := range reasons(v, v.Rows[i], column, until) {
					take(p)
				}
			}
		}
		if p, ok := hindered[s.Unit]; ok {
			take(p)
		}
		if p, ok := owed[s.Unit]; ok {
			take(p)
		}
		if s.Topic != "" && !found {
			take(Proposal{Unit: s.Unit, Minutes: s.TopicMinutes, Why: Reason{Kind: Wishes, Topic: s.Topic}})
		}
		if found {
			if s.Topic != "" {
				best.Minutes, best.Why.Topic = s.TopicMinutes, s.Topic
			}
			list = append(list, best)
		}
	}
	slices.SortStableFunc(list, func(a, b Proposal) int {
		switch {
		case better(a, b):
			return -1
		case better(b, a):
			return 1
		}
		return 0
	})
	return list
}

// Hindrances are what sites would speak about because of difficulties that are not
// settled, of theirs and of units below them; the list has the most pressing first.
func Hindrances(t *tree.Tree, sites []Site, open []difficulty.Difficulty) map[tree.UnitID]Proposal {
	of := map[tree.UnitID]Proposal{}
	for _, d := range open {
		for _, s := range sites {
			if s.Parent != 0 || !t.Within(d.Unit, s.Unit) {
				continue
			}
			p, known := of[s.Unit]
			if !known {
				p = Proposal{Unit: s.Unit, Milestone: d.Milestone, Minutes: 5, Why: Reason{Kind: Hindered, Title: d.Title}}
			}
			p.Why.Number++
			of[s.Unit] = p
		}
	}
	return of
}

// Owed is a conclusion of the last briefing that a site has not done.
type Owed struct {
	Unit  tree.UnitID // of the site
	Title string
	Late  bool // past its last day
}

// Debts are what sites would speak about because of what they owe from the last briefing;
// of a site's, what is late comes first.
func Debts(sites []Site, list []Owed) map[tree.UnitID]Proposal {
	of := map[tree.UnitID]Proposal{}
	late := map[tree.UnitID]bool{}
	for _, o := range list {
		if !slices.ContainsFunc(sites, func(s Site) bool { return s.Unit == o.Unit && s.Parent == 0 }) {
			continue
		}
		p, known := of[o.Unit]
		if !known {
			p = Proposal{Unit: o.Unit, Minutes: 5, Why: Reason{Kind: Owes, Title: o.Title}}
		}
		if o.Late && !late[o.Unit] {
			p.Why.Title, late[o.Unit] = o.Title, true
		}
		p.Why.Number++
		of[o.Unit] = p
	}
	return of
}

func better(a, b Proposal) bool {
	return cmp.Or(cmp.Compare(a.Why.rank(), b.Why.rank()), cmp.Compare(b.Why.Days, a.Why.Days), cmp.Compare(b.Why.Number, a.Why.Number)) < 0
}

// reasons are what one cell of a row gives.
func reasons(v board.View, row board.Row, column int, until clock.Date) []Proposal {
	cell, head := row.Cells[column], v.Columns[column]
	open := cell.Total - cell.Done
	if open <= 0 {
		return nil
	}
	say := func(kind ReasonKind, n int32, minutes int) Proposal {
		return Proposal{Unit: row.Unit, Milestone: head.Milestone, Minutes: minutes, Why: Reason{Kind: kind, Number: int(n), Level: head.Level}}
	}
	var list []Proposal
	if cell.Late > 0 {
		p := say(IsLate, cell.Late, 5)
		if head.Deadline != "" && head.Deadline < v.Today {
			p.Why.Days = v.Today.Sub(head.Deadline)
		}
		list = append(list, p)
	}
	if row.Past != nil {
		switch then := row.Past[column].Done; {
		case cell.Done < then:
			list = append(list, say(Worse, then-cell.Done, 5))
		case cell.Done == then && row.Past[column].Total > 0:
			list = append(list, say(Still, open, 3))
		}
	}
	if head.Deadline != "" && head.Deadline >= v.Today && head.Deadline <= until {
		p := say(IsDue, open, 3)
		p.Why.Day = head.Deadline
		list = append(list, p)
	}
	return list
}
