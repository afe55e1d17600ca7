package profile

import (
	"maps"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
)

// DirectiveKind is a kind of document by which work is given, with the letters
// of its number and symbol.
type DirectiveKind struct {
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"`
	// Symbol are the letters after the number: "CT" in 35-CT/TW.
	Symbol string `yaml:"symbol,omitempty" json:"symbol,omitempty"`
	// Example is a whole number and symbol, shown as a hint.
	Example string `yaml:"example,omitempty" json:"example,omitempty"`
}

// Template is a directive that an office can begin from: all of it may be
// changed before it is issued.
type Template struct {
	Key    string     `yaml:"key" json:"key"`
	Title  text.Words `yaml:"title" json:"title"`
	Kind   string     `yaml:"kind" json:"kind"` // key of a DirectiveKind
	Number string     `yaml:"number,omitempty" json:"number,omitempty"`
	Date   clock.Date `yaml:"date,omitempty" json:"date,omitempty"`
	// Term is the term the directive is for: "2020-2025".
	Term string     `yaml:"term,omitempty" json:"term,omitempty"`
	Text text.Words `yaml:"text,omitzero" json:"text,omitzero"`
	// Acknowledge are the keys of the levels whose units must acknowledge it.
	Acknowledge []string    `yaml:"acknowledge,omitempty" json:"acknowledge,omitempty"`
	Milestones  []Milestone `yaml:"milestones" json:"milestones"`
}

// Milestone is a step that each unit of some levels reports as done.
type Milestone struct {
	// Key names the milestone through all versions of its directive: what was
	// reported stays valid where the key stays.
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"`
	Hint text.Words `yaml:"hint,omitzero" json:"hint,omitzero"`
	// Deadlines are the levels that report the milestone, each with its day.
	Deadlines []Deadline `yaml:"deadlines" json:"deadlines"`
	// Indicators are asked for when a unit reports the milestone, in this order.
	Indicators []Indicator `yaml:"indicators,omitempty" json:"indicators,omitempty"`
}

// Deadline is the last day on which the units of a level report in time: they
// are late when 24:00 local time of it has passed.
type Deadline struct {
	Level string     `yaml:"level" json:"level"`
	Date  clock.Date `yaml:"date" json:"date"`
}

// Deadline is the day by which units of a level report the milestone. It
// reports false for levels that do not.
func (m Milestone) Deadline(level string) (clock.Date, bool) {
	d, ok := find(m.Deadlines, func(d Deadline) bool { return d.Level == level })
	return d.Date, ok
}

// Indicator finds an indicator by its key.
func (m Milestone) Indicator(key string) (Indicator, bool) {
	return find(m.Indicators, func(i Indicator) bool { return i.Key == key })
}

// Check reads what was typed for the milestone's indicators, by their keys, and
// gives the canonical values of those that were given. All faults are told at
// once, in the order of the indicators, each at its indicator's key; values
// for keys that the milestone has not are a fault too.
func (m Milestone) Check(lang text.Lang, typed map[string]string) (map[string]string, error) {
	values, wrong := map[string]string{}, map[string]fault.List{}
	for _, i := range m.Indicators {
		value, err := i.Check(lang, typed[i.Key])
		if err != nil && len(fault.All(err)) == 0 {
			return nil, err
		}
		wrong[i.Key] = fault.All(err)
		if value != "" {
			values[i.Key] = value
		}
	}
	var faults fault.List
	for _, i := range m.Indicators {
		faults = append(faults, wrong[i.Key]...)
		if over := m.checkOver(i, values); over != nil {
			faults = append(faults, over)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(typed)) {
		if _, known := m.Indicator(key); !known && typed[key] != "" {
			faults = append(faults, fault.New(fault.Invalid, "indicator.unknown", "key", key).At(key))
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return values, nil
}

// checkOver is the fault of a value above that of the indicator which limits
// it; nil where either is missing or wrong by itself.
func (m Milestone) checkOver(i Indicator, values map[string]string) *fault.Error {
	value, given := values[i.Key]
	limit, limited := values[i.NotOver]
	if i.NotOver == "" || !given || !limited {
		return nil
	}
	a, errA := text.ReadDecimal(value)
	b, errB := text.ReadDecimal(limit)
	if errA != nil || errB != nil || a <= b { // canonical values, just checked, are numbers
		return nil
	}
	other, _ := m.Indicator(i.NotOver)
	return fault.New(fault.Invalid, "indicator.over-other", "name", i.Name, "other", other.Name, "limit", b).At(i.Key)
}
