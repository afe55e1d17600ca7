package search

import (
	"slices"

	"giaoban/internal/base/word"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/task"
)

// reading is what a person does with what is found.
var reading = map[Kind]access.Action{
	Unit: access.UnitRead, Directive: access.DirectiveRead, Report: access.ReportRead, Difficulty: access.DifficultyRead,
	Task: access.TaskRead, Briefing: access.BriefingRead, Handout: access.BriefingRead, Minutes: access.BriefingRead,
	Conclusion: access.BriefingRead, Notice: access.BriefingRead, Paper: access.PaperRead,
}

// actions are those of all that is in the index, each once.
var actions = []access.Action{access.DirectiveRead, access.ReportRead, access.DifficultyRead, access.TaskRead, access.BriefingRead, access.PaperRead}

// readers are the tokens of which what a person may read has one: of the units at
// which the person reads, and of the units above them, from which something may come
// down; none where the person reads everywhere. It keeps a search small; whether the
// person may, the part itself decides.
func (f *finder) readers(actions ...access.Action) (tokens []string) {
	if f.everywhere {
		return nil
	}
	for _, action := range actions {
		for _, unit := range f.actor.Units(action) {
			tokens = append(tokens, unitToken(readAt, unit))
			for _, above := range f.actor.Tree.Path(unit) {
				tokens = append(tokens, unitToken(readBelow, above.ID))
			}
		}
	}
	slices.Sort(tokens)
	return slices.Compact(tokens)
}

// reachesAll says whether the person reads all that there is of every kind.
func (f *finder) reachesAll() bool {
	root, ok := f.actor.Tree.Root()
	for _, action := range actions {
		ok = ok && f.actor.May(action, root.ID) == nil
	}
	return ok
}

// may asks the part to which something belongs whether the person may read it. The
// index may lag: what is there no longer may be read by nobody.
func (f *finder) may(h Hit) (bool, error) {
	var err error
	switch h.Kind {
	case Directive:
		_, err = directive.Read(f.ctx, f.q, f.actor, h.ID)
	case Report:
		err = f.actor.May(access.ReportRead, h.Unit)
	case Difficulty:
		var d difficulty.Difficulty
		if d, err = difficulty.Get(f.ctx, f.q, h.ID); err == nil {
			err = d.May(f.ctx, f.q, f.actor)
		}
	case Task:
		var t task.Task
		if t, err = task.Get(f.ctx, f.q, h.ID); err == nil {
			err = t.May(f.actor)
		}
	case Paper:
		err = f.actor.May(access.PaperRead, h.Unit)
	case Briefing:
		err = f.seated(h.ID, false)
	case Minutes, Conclusion, Notice:
		err = f.seated(h.Within, false)
	case Handout:
		if err = f.seated(h.Within, true); err == nil {
			_, err = briefing.HandoutOf(f.ctx, f.q, h.Within, h.ID)
		}
	}
	if fault.Is(err, fault.Forbidden) || fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// seated refuses whoever has no seat in a briefing, or may not read its papers. Much of
// what is found can be of one briefing: it is asked once.
func (f *finder) seated(id int64, papers bool) error {
	asked := seat{id, papers}
	if err, ok := f.seats[asked]; ok {
		return err
	}
	err := f.sit(id, papers)
	if f.seats == nil {
		f.seats = map[seat]error{}
	}
	f.seats[asked] = err
	return err
}

func (f *finder) sit(id int64, papers bool) error {
	b, err := briefing.Get(f.ctx, f.q, id)
	if err != nil {
		return err
	}
	sites, err := briefing.Sites(f.ctx, f.q, id)
	if err != nil {
		return err
	}
	if papers {
		return briefing.MayReadHandouts(f.actor, b, sites)
	}
	_, err = briefing.SeatOf(f.actor, b, sites)
	return err
}

// units are found in the tree.
func (f *finder) units(typed string) (hits []Hit) {
	for _, u := range f.names.find(f.actor.Units(access.UnitRead), typed, f.words, f.most+1) {
		if f.actor.May(access.UnitRead, u.ID) == nil {
			hits = append(hits, Hit{Kind: Unit, ID: int64(u.ID), Unit: u.ID, Title: word.Mark(u.Name, word.Beginning(f.words))})
		}
	}
	return hits
}
