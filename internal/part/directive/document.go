package directive

import (
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
)

// Document is what a version of a directive says. It is kept as JSON.
type Document struct {
	Number string     `json:"number"` // number and symbol, as "35-CT/TW"
	Date   clock.Date `json:"date"`   // of the document
	Title  string     `json:"title"`
	Text   string     `json:"text,omitempty"`
	Term   string     `json:"term,omitempty"` // as "2020-2025"
	File   string     `json:"file,omitempty"` // id of a stored file; "" for none
	// Acknowledge names the levels whose units must acknowledge.
	Acknowledge []string    `json:"acknowledge,omitempty"`
	Milestones  []Milestone `json:"milestones"`
	// OpenSiblings lets units see the whole board of their parent.
	OpenSiblings  bool `json:"openSiblings,omitempty"`
	marking.Marks      // of the document and its file; within the installation's ceiling
	// Profile pins the version of the profile that it was issued under.
	Profile string `json:"profile,omitempty"`
}

// Milestone is a step that units of some levels report. Its key stays the same
// through all versions: what was reported stays valid where the key is.
type Milestone = profile.Milestone

// From begins a document of a unit of a level from a template of the profile,
// with what of it concerns the levels below. Number and date are kept where the
// template's own issuer, the root, begins it.
func From(p *profile.Profile, t profile.Template, level string, lang text.Lang) Document {
	below := LevelsBelow(p, level)
	isBelow := func(key string) bool {
		return slices.ContainsFunc(below, func(l profile.Level) bool { return l.Key == key })
	}
	d := Document{Title: t.Title.In(lang), Text: t.Text.In(lang), Term: t.Term}
	if level == p.Root.Level {
		d.Number, d.Date = t.Number, t.Date
	}
	for _, key := range t.Acknowledge {
		if isBelow(key) {
			d.Acknowledge = append(d.Acknowledge, key)
		}
	}
	for _, milestone := range t.Milestones {
		milestone.Deadlines = slices.DeleteFunc(slices.Clone(milestone.Deadlines), func(one profile.Deadline) bool {
			return !isBelow(one.Level)
		})
		if len(milestone.Deadlines) > 0 {
			d.Milestones = append(d.Milestones, milestone)
		}
	}
	return d
}

// Asks says whether units of a level must acknowledge the document.
func (d Document) Asks(level string) bool { return slices.Contains(d.Acknowledge, level) }
