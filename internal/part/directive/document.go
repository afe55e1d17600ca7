package directive

import (
	"giaoban/internal/base/clock"
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
	OpenSiblings bool `json:"openSiblings,omitempty"`
	// Profile pins the version of the profile that it was issued under.
	Profile string `json:"profile,omitempty"`
}

// Milestone is a step that units of some levels report. Its key stays the same
// through all versions: what was reported stays valid where the key is.
type Milestone = profile.Milestone

// From begins a document from a template of the profile.
func From(t profile.Template, lang text.Lang) Document {
	return Document{
		Number: t.Number, Date: t.Date, Title: t.Title.In(lang), Text: t.Text.In(lang), Term: t.Term,
		Acknowledge: t.Acknowledge, Milestones: t.Milestones,
	}
}
