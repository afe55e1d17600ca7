package inbox

import (
	"slices"

	"giaoban/internal/base/tree"
)

// AtUnit is what of the work is about one unit of the person.
func (w Work) AtUnit(unit tree.UnitID) Work {
	reports := func(list []Report) []Report {
		return slices.DeleteFunc(slices.Clone(list), func(one Report) bool { return one.At.ID != unit })
	}
	briefings := func(list []Briefing) []Briefing {
		return slices.DeleteFunc(slices.Clone(list), func(one Briefing) bool { return one.At.ID != unit })
	}
	difficulties := func(list []Difficulty) []Difficulty {
		return slices.DeleteFunc(slices.Clone(list), func(one Difficulty) bool { return one.At.ID != unit })
	}
	articles := func(list []Article) []Article {
		return slices.DeleteFunc(slices.Clone(list), func(one Article) bool { return one.At.ID != unit })
	}
	return Work{
		HandedIn: articles(w.HandedIn), SentBack: articles(w.SentBack),
		Tasks:  slices.DeleteFunc(slices.Clone(w.Tasks), func(one Task) bool { return one.At.ID != unit }),
		Verify: slices.DeleteFunc(slices.Clone(w.Verify), func(one Verify) bool { return one.At.ID != unit }),
		Papers: slices.DeleteFunc(slices.Clone(w.Papers), func(one Paper) bool { return one.At.ID != unit }),
		Boards: slices.DeleteFunc(slices.Clone(w.Boards), func(one PublicBoard) bool { return one.At.ID != unit }),
		Asked:  difficulties(w.Asked), Answered: difficulties(w.Answered),
		Now: briefings(w.Now), Invited: briefings(w.Invited), Unnamed: briefings(w.Unnamed), Unchecked: briefings(w.Unchecked), Minutes: briefings(w.Minutes),
		Today: w.Today, Returned: reports(w.Returned), Told: reports(w.Told), Late: reports(w.Late),
		Signature: reports(w.Signature), Soon: reports(w.Soon), Later: reports(w.Later),
		Acceptance:  slices.DeleteFunc(slices.Clone(w.Acceptance), func(one Queue) bool { return one.At.ID != unit }),
		Acknowledge: slices.DeleteFunc(slices.Clone(w.Acknowledge), func(one Directive) bool { return one.At.ID != unit }),
		Below:       slices.DeleteFunc(slices.Clone(w.Below), func(one Below) bool { return one.At.ID != unit }),
	}
}
