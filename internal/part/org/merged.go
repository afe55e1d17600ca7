package org

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/tree"
)

// Merged is a unit that is missing in a list, with the units that likely came
// after it, the likeliest first.
type Merged struct {
	PlannedUnit
	Heirs []LikelyHeir `json:"heirs"`
	// Taken is the code of the heir that was accepted; "" for a plain dissolution.
	Taken string `json:"taken,omitempty"`
}

// LikelyHeir is a unit of the list that another was perhaps merged into.
type LikelyHeir struct {
	PlannedUnit
	// Confidence is from 0 to 1: how much speaks for it, by units below that went
	// there, the name, the place and the kind.
	Confidence float64 `json:"confidence"`
}

// Acceptance says which of the likely mergers of a list are ones.
type Acceptance struct {
	Decision string     `json:"decision"`
	Decided  clock.Date `json:"decided"`
	// Heirs are codes of heirs by the codes of units that are missing.
	Heirs map[string]string `json:"heirs,omitempty"`
	// Likeliest takes the first heir of every unit that is not in Heirs, if more
	// speaks for it than against.
	Likeliest bool `json:"likeliest,omitempty"`
}

// check refuses mergers without a decision.
func (a *Acceptance) check(today clock.Date) error {
	if a == nil {
		return nil
	}
	decision, wrong := checkDecision(a.Decision, a.Decided, today)
	a.Decision = decision
	return wrong.Err()
}

// What speaks for an heir, of 1 in all.
const (
	weightBelow = 0.45 // the share of the units below that went there
	weightName  = 0.35 // words of the name that are in both
	weightPlace = 0.1
	weightKind  = 0.1

	leastConfidence = 0.3 // less is not told
	sureEnough      = 0.5 // to be taken without looking
	mostLikelyHeirs = 5
)

// findMerged puts beside each unit that the list dissolves the units that likely
// came after it, and takes those that were accepted.
func (p *planner) findMerged(after map[tree.UnitID]*record) {
	f := &heirFinder{planner: p, after: after, day: p.options.AsOf, places: map[tree.UnitID][]*record{}, words: map[tree.UnitID]map[string]bool{}}
	f.index()
	for _, s := range p.plan.steps {
		if s.kind != Dissolved {
			continue
		}
		was, _ := s.before.Times.on(f.day)
		merged := Merged{PlannedUnit: PlannedUnit{Code: s.before.Code, Name: was.Name}, Heirs: f.likely(s.before, was)}
		if len(merged.Heirs) > 0 {
			p.plan.Merged = append(p.plan.Merged, merged)
		}
	}
	p.accept(after)
}

// heirFinder holds the units as they will be against one that is missing.
type heirFinder struct {
	*planner
	after  map[tree.UnitID]*record
	day    clock.Date
	places map[tree.UnitID][]*record     // by the unit that will count them
	below  map[tree.UnitID][]tree.UnitID // that stood below a unit before
	words  map[tree.UnitID]map[string]bool
}

// will is what a unit will be.
func (f *heirFinder) will(id tree.UnitID) (*record, Period, bool) {
	r := f.after[id]
	if r == nil {
		r = f.units[id]
	}
	if r == nil {
		return nil, Period{}, false
	}
	is, exists := r.Times.on(f.day)
	return r, is, exists
}

func (f *heirFinder) index() {
	add := func(r *record) {
		if is, exists := r.Times.on(f.day); exists {
			f.places[is.Parent] = append(f.places[is.Parent], r)
		}
	}
	f.below = map[tree.UnitID][]tree.UnitID{}
	for id := range f.inside {
		before, _ := f.units[id].Times.on(f.day)
		f.below[before.Parent] = append(f.below[before.Parent], id)
		if f.after[id] == nil {
			add(f.units[id])
		}
	}
	for _, r := range f.after {
		add(r)
	}
}

// likely gives the likely heirs of a unit: those that got units from below it,
// and those of its level that stand where it stood.
func (f *heirFinder) likely(gone *record, was Period) []LikelyHeir {
	got := map[tree.UnitID]int{}
	for _, id := range f.below[gone.ID] {
		if _, is, exists := f.will(id); exists && is.Parent != gone.ID {
			got[is.Parent]++
		}
	}
	place := f.placeOf(was)
	candidates := slices.Collect(maps.Keys(got))
	for _, r := range f.places[place] {
		if got[r.ID] == 0 {
			candidates = append(candidates, r.ID)
		}
	}
	var list []LikelyHeir
	for _, id := range candidates {
		heir, is, exists := f.will(id)
		higher := rank(f.profile, is.Level) <= rank(f.profile, was.Level)
		akin := is.Level == was.Level || is.Kind == was.Kind && is.Kind != "" // a reform changes levels, too
		if !exists || id == f.under.ID || !higher || got[id] == 0 && !akin {
			continue
		}
		score := weightName * f.alike(gone.ID, was.Name, id, is.Name)
		if is.Parent == place {
			score += weightPlace
		}
		if is.Kind == was.Kind {
			score += weightKind
		}
		if children := len(f.below[gone.ID]); children > 0 {
			score += weightBelow * float64(got[id]) / float64(children)
		} else {
			score /= 1 - weightBelow // nothing below can speak
		}
		least := leastConfidence
		if f.units[id] != nil && got[id] == 0 { // it was there already, and got nothing
			least = sureEnough
		}
		if score >= least {
			list = append(list, LikelyHeir{PlannedUnit{Code: heir.Code, Name: is.Name}, math.Round(score*100) / 100})
		}
	}
	slices.SortFunc(list, func(a, b LikelyHeir) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), strings.Compare(a.Code, b.Code))
	})
	return list[:min(len(list), mostLikelyHeirs)]
}

// placeOf is the unit that counted one, or what still stands above that.
func (f *heirFinder) placeOf(was Period) tree.UnitID {
	for place := was.Parent; ; {
		if _, _, exists := f.will(place); exists {
			return place
		}
		above, known := f.units[place].Times.on(f.day)
		if !known {
			return place
		}
		place = above.Parent
	}
}

// alike is how many of the words of the shorter name are in the other: 1 for all.
// Words that name a kind or a body of the organisation say nothing.
func (f *heirFinder) alike(one tree.UnitID, name string, other tree.UnitID, otherName string) float64 {
	a, b := f.wordsOf(one, name), f.wordsOf(other, otherName)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	both := 0
	for word := range a {
		if b[word] {
			both++
		}
	}
	return float64(both) / float64(len(a))
}

func (f *heirFinder) wordsOf(unit tree.UnitID, name string) map[string]bool {
	if known := f.words[unit]; known != nil {
		return known
	}
	words := map[string]bool{}
	for _, word := range strings.Fields(fold.Key(name)) {
		words[word] = true
	}
	for _, common := range f.common() {
		delete(words, common)
	}
	f.words[unit] = words
	return words
}

// common are the words that name kinds, and "committee" in Vietnamese.
func (f *heirFinder) common() []string {
	list := []string{"dang", "bo", "uy", "chi"}
	for _, kind := range f.profile.Kinds {
		list = append(list, strings.Fields(fold.Key(kind.Name.VI))...)
		list = append(list, strings.Fields(fold.Key(kind.Name.EN))...)
	}
	return list
}

// accept takes the mergers that were accepted. An heir that cannot be one is an
// error of the list as a whole.
func (p *planner) accept(after map[tree.UnitID]*record) {
	given := p.options.Accept
	if given == nil {
		return
	}
	taken := maps.Clone(given.Heirs)
	if taken == nil {
		taken = map[string]string{}
	}
	for i := range p.plan.Merged {
		merged := &p.plan.Merged[i]
		if _, said := taken[merged.Code]; !said && given.Likeliest && merged.Heirs[0].Confidence >= sureEnough {
			taken[merged.Code] = merged.Heirs[0].Code
		}
		merged.Taken = taken[merged.Code]
	}
	codes := map[string]tree.UnitID{}
	for id, r := range after {
		codes[r.Code] = id
	}
	byHeir := map[string][]tree.UnitID{}
	for _, s := range p.plan.steps {
		heir := taken[s.before.Code]
		if s.kind != Dissolved || heir == "" {
			continue
		}
		id, changes := codes[heir]
		if r := p.codes[heir]; !changes && r != nil && p.inside[r.ID] {
			id = r.ID
		}
		if _, _, exists := (&heirFinder{planner: p, after: after, day: p.options.AsOf}).will(id); !exists {
			p.refuseAt(fault.New(fault.Invalid, "org.import.no-heir", "code", s.before.Code, "heir", heir))
			continue
		}
		byHeir[heir] = append(byHeir[heir], s.before.ID)
		codes[heir] = id
	}
	for _, heir := range slices.Sorted(maps.Keys(byHeir)) {
		p.plan.mergers = append(p.plan.mergers, merger{codes[heir], byHeir[heir]})
	}
}

// merger is an act that a list stands for, as accepted.
type merger struct {
	heir  tree.UnitID // below zero for a unit that the list adds
	units []tree.UnitID
}
