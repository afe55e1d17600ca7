package marking

import (
	"embed"
	"slices"

	"giaoban/internal/base/fault"
)

// Schema is the ceiling.
//
//go:embed schema
var Schema embed.FS

// Texts are the texts of this package, a source for text.Load.
//
//go:embed texts.yaml
var Texts embed.FS

// Secrecy is a level of the law on state secrets (29/2018/QH14, article 8), or
// none.
type Secrecy string

// The levels of secrecy.
const (
	Ordinary       Secrecy = "" // thường: no secret
	Secret         Secrecy = "secret"
	TopSecret      Secrecy = "top-secret"
	AbsoluteSecret Secrecy = "absolute-secret"
)

// Secrecies is all levels, the least first.
var Secrecies = []Secrecy{Ordinary, Secret, TopSecret, AbsoluteSecret}

// Text is the key of the level's name.
func (s Secrecy) Text() string { return "marking.secrecy." + orOrdinary(string(s)) }

// Above says whether the level is higher than another. One that is none of ours
// is above all.
func (s Secrecy) Above(other Secrecy) bool {
	at := slices.Index(Secrecies, s)
	return at < 0 || at > slices.Index(Secrecies, other)
}

// Urgency is how quickly something has to be dealt with.
type Urgency string

// The degrees of urgency.
const (
	Unhurried  Urgency = "" // thường
	Urgent     Urgency = "urgent"
	VeryUrgent Urgency = "very-urgent"
	Flash      Urgency = "flash"
)

// Urgencies is all degrees, the least first.
var Urgencies = []Urgency{Unhurried, Urgent, VeryUrgent, Flash}

// Text is the key of the degree's name.
func (u Urgency) Text() string { return "marking.urgency." + orOrdinary(string(u)) }

// Rank orders degrees: 0 for the least.
func (u Urgency) Rank() int { return max(0, slices.Index(Urgencies, u)) }

func orOrdinary(key string) string {
	if key == "" {
		return "ordinary"
	}
	return key
}

// Marks are what stands above a document.
type Marks struct {
	Secrecy Secrecy `json:"secrecy,omitempty"`
	Urgency Urgency `json:"urgency,omitempty"`
}

// Any says that something is marked at all.
func (m Marks) Any() bool { return m != Marks{} }

// Over is the marks of something that holds both: the more secret and the more
// urgent of each.
func (m Marks) Over(other Marks) Marks {
	if other.Secrecy.Above(m.Secrecy) {
		m.Secrecy = other.Secrecy
	}
	if other.Urgency.Rank() > m.Urgency.Rank() {
		m.Urgency = other.Urgency
	}
	return m
}

// Check refuses marks that are none, and a secrecy above the ceiling, at the
// fields "secrecy" and "urgency".
func (m Marks) Check(ceiling Secrecy) error {
	var wrong fault.List
	switch {
	case !slices.Contains(Secrecies, m.Secrecy):
		wrong = append(wrong, fault.New(fault.Invalid, "marking.unknown").At("secrecy"))
	case m.Secrecy.Above(ceiling):
		wrong = append(wrong, fault.New(fault.Invalid, "marking.above-ceiling."+orOrdinary(string(ceiling))).At("secrecy"))
	}
	if !slices.Contains(Urgencies, m.Urgency) {
		wrong = append(wrong, fault.New(fault.Invalid, "marking.unknown").At("urgency"))
	}
	return wrong.Err()
}
