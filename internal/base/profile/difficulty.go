package profile

import (
	"fmt"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
)

// Difficulties says what difficulties units raise, and how long the office that is
// asked has for its word.
type Difficulties struct {
	// WorkingDays is how many whole working days the office has after the day on which
	// it was asked; then the matter goes to the one above it.
	WorkingDays int `yaml:"workingDays" json:"workingDays"`
	// UrgentDays is the same for what is marked urgent in any degree.
	UrgentDays int `yaml:"urgentDays" json:"urgentDays"`
	// Kinds are what difficulties can be about.
	Kinds []DifficultyKind `yaml:"kinds,omitempty" json:"kinds,omitempty"`
}

// DifficultyKind is what a difficulty can be about: personnel, money, premises.
type DifficultyKind struct {
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"`
}

// defaultDifficulties hold where a profile does not say: a working week, and two days
// for what is urgent (g).
var defaultDifficulties = Difficulties{WorkingDays: 5, UrgentDays: 2, Kinds: []DifficultyKind{
	{Key: "other", Name: text.Words{VI: "khác", EN: "other"}},
}}

// DifficultyKind finds a kind by its key.
func (p *Profile) DifficultyKind(key string) (DifficultyKind, bool) {
	return find(p.Difficulties.Kinds, func(k DifficultyKind) bool { return k.Key == key })
}

// AnswerBy is the last day on which an office may give its word on a difficulty that
// came to it on a day.
func (p *Profile) AnswerBy(came clock.Date, urgent bool) clock.Date {
	if urgent {
		return p.WorkingDay(came, p.Difficulties.UrgentDays)
	}
	return p.WorkingDay(came, p.Difficulties.WorkingDays)
}

func (p *Profile) validateDifficulties(c *checker) {
	d := p.Difficulties
	if d == nil {
		return
	}
	if d.WorkingDays < 1 || d.WorkingDays > mostWorkingDays {
		c.wrong("difficulties.workingDays", "profile.bad-days", "most", mostWorkingDays)
	}
	if d.UrgentDays < 1 || d.UrgentDays > mostWorkingDays {
		c.wrong("difficulties.urgentDays", "profile.bad-days", "most", mostWorkingDays)
	}
	if len(d.Kinds) == 0 {
		c.wrong("difficulties.kinds", "profile.no-difficulty-kinds")
	}
	keys := map[string]bool{}
	for n, k := range d.Kinds {
		path := fmt.Sprintf("difficulties.kinds[%d]", n)
		c.key(path+".key", k.Key, keys)
		c.bothWords(path+".name", k.Name)
	}
}
