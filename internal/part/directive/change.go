package directive

import (
	"reflect"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
)

// Change is one thing in which a version differs from the one before.
type Change struct {
	// Key of the text that says it: "directive.change.title".
	Key string
	// Milestone and Indicator are the names of what it is about; zero for the
	// document as a whole.
	Milestone, Indicator text.Words
	Level                string // key of the level whose deadline changed
	Before, After        string // texts and days; "" where there is none
}

// Changes gives what after says otherwise than before, in the order of the
// document; none when both ask for the same.
func Changes(before, after Document) []Change {
	var list []Change
	for _, part := range []struct{ key, before, after string }{
		{"directive.change.number", before.Number, after.Number},
		{"directive.change.date", string(before.Date), string(after.Date)},
		{"directive.change.title", before.Title, after.Title},
		{"directive.change.term", before.Term, after.Term},
		{"directive.change.text", before.Text, after.Text},
		{"directive.change.file", before.File, after.File},
		{"directive.change.secrecy", string(before.Secrecy), string(after.Secrecy)},
		{"directive.change.urgency", string(before.Urgency), string(after.Urgency)},
	} {
		if part.before != part.after {
			list = append(list, Change{Key: part.key, Before: part.before, After: part.after})
		}
	}
	if !sameSet(before.Acknowledge, after.Acknowledge) {
		list = append(list, Change{Key: "directive.change.acknowledge"})
	}
	if before.OpenSiblings != after.OpenSiblings {
		list = append(list, Change{Key: "directive.change.siblings"})
	}
	for _, m := range before.Milestones {
		if _, kept := after.milestone(m.Key); !kept {
			list = append(list, Change{Key: "directive.change.milestone.removed", Milestone: m.Name})
		}
	}
	for _, m := range after.Milestones {
		was, had := before.milestone(m.Key)
		if !had {
			list = append(list, Change{Key: "directive.change.milestone.added", Milestone: m.Name})
			continue
		}
		list = append(list, milestoneChanges(was, m)...)
	}
	return list
}

func milestoneChanges(before, after profile.Milestone) []Change {
	var list []Change
	if before.Name != after.Name {
		list = append(list, Change{
			Key: "directive.change.milestone.name", Milestone: after.Name, Before: before.Name.VI, After: after.Name.VI,
		})
	}
	if before.Hint != after.Hint {
		list = append(list, Change{Key: "directive.change.milestone.hint", Milestone: after.Name})
	}
	for _, was := range before.Deadlines {
		is, _ := after.Deadline(was.Level)
		list = appendDay(list, after, was.Level, was.Date, is)
	}
	for _, is := range after.Deadlines {
		if _, had := before.Deadline(is.Level); !had {
			list = appendDay(list, after, is.Level, "", is.Date)
		}
	}
	for _, was := range before.Indicators {
		if _, kept := after.Indicator(was.Key); !kept {
			list = append(list, Change{Key: "directive.change.indicator.removed", Milestone: after.Name, Indicator: was.Name})
		}
	}
	for _, is := range after.Indicators {
		was, had := before.Indicator(is.Key)
		switch {
		case !had:
			list = append(list, Change{Key: "directive.change.indicator.added", Milestone: after.Name, Indicator: is.Name})
		case !reflect.DeepEqual(was, is):
			list = append(list, Change{Key: "directive.change.indicator.changed", Milestone: after.Name, Indicator: is.Name})
		}
	}
	return list
}

// appendDay adds the change of a level's deadline, when there is one.
func appendDay(list []Change, m profile.Milestone, level string, was, is clock.Date) []Change {
	key := "directive.change.deadline"
	switch {
	case was == is:
		return list
	case is == "":
		key = "directive.change.level.removed"
	case was == "":
		key = "directive.change.level.added"
	}
	return append(list, Change{Key: key, Milestone: m.Name, Level: level, Before: string(was), After: string(is)})
}

func sameSet(a, b []string) bool {
	count := map[string]int{}
	for _, s := range a {
		count[s]++
	}
	for _, s := range b {
		count[s]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}
