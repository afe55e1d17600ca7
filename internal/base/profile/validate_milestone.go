package profile

import (
	"fmt"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/text"
)

// mostOptions is how many options a choice may have.
const mostOptions = 100

// Validate is all that is wrong in the milestone itself; whether its levels
// exist is for the profile to say. Each fault's field is a path such as
// "indicators[2].max".
func (m Milestone) Validate() fault.List {
	c := &checker{}
	c.key("key", m.Key, map[string]bool{})
	c.words("name", m.Name)
	c.length("hint", m.Hint)
	if len(m.Deadlines) == 0 {
		c.wrong("deadlines", "profile.no-deadlines")
	}
	levels := map[string]bool{}
	for n, d := range m.Deadlines {
		path := fmt.Sprintf("deadlines[%d]", n)
		c.day(path+".date", d.Date)
		if levels[d.Level] {
			c.wrong(path+".level", "profile.twice", "key", d.Level)
		}
		levels[d.Level] = true
	}
	keys := map[string]bool{}
	for n, i := range m.Indicators {
		path := fmt.Sprintf("indicators[%d]", n)
		if keys[i.Key] {
			c.wrong(path+".key", "profile.twice", "key", i.Key)
		}
		keys[i.Key] = true
		for _, f := range i.Validate() {
			c.faults = append(c.faults, f.At(path+"."+f.Field))
		}
		if other, _ := m.Indicator(i.NotOver); i.NotOver != "" && (other.Kind != Number || i.NotOver == i.Key) {
			c.wrong(path+".notOver", "profile.no-such-number", "key", i.NotOver)
		}
	}
	return c.faults
}

// Validate is all that is wrong in the indicator itself: a name or kind
// missing, bounds that leave nothing between them, settings that its kind has
// not. Each fault's field is a path such as "options[1].name".
func (i Indicator) Validate() fault.List {
	c := &checker{}
	c.key("key", i.Key, map[string]bool{})
	c.words("name", i.Name)
	c.length("hint", i.Hint)
	c.length("unit", i.Unit)
	switch i.Kind {
	case Number, Date, YesNo, Choice, Text:
	default:
		c.wrong("kind", "profile.unknown-indicator-kind", "kind", string(i.Kind))
		return c.faults
	}
	i.validateForeign(c)
	switch i.Kind {
	case Number:
		i.validateNumber(c)
	case Date:
		i.validateDate(c)
	case Choice:
		i.validateOptions(c)
	}
	return c.faults
}

// validateForeign finds settings that belong to another kind: they would be
// thought to hold and do nothing.
func (i Indicator) validateForeign(c *checker) {
	number, date, choice := i.Kind == Number, i.Kind == Date, i.Kind == Choice
	for _, s := range []struct {
		field    string
		set, own bool
	}{
		{"unit", !i.Unit.IsZero(), number},
		{"min", i.Min != nil, number},
		{"max", i.Max != nil, number},
		{"decimals", i.Decimals != 0, number},
		{"notOver", i.NotOver != "", number},
		{"from", i.From != "", date},
		{"until", i.Until != "", date},
		{"options", len(i.Options) > 0, choice},
	} {
		if s.set && !s.own {
			c.wrong(s.field, "profile.foreign-setting", "setting", s.field, "kind", string(i.Kind))
		}
	}
}

func (i Indicator) validateNumber(c *checker) {
	if i.Decimals < 0 || i.Decimals > text.MostDecimals {
		c.wrong("decimals", "profile.bad-decimals", "most", text.MostDecimals)
	}
	if i.Min != nil && i.Max != nil && *i.Min > *i.Max {
		c.wrong("max", "profile.empty-range")
	}
}

func (i Indicator) validateDate(c *checker) {
	for _, bound := range []struct {
		field string
		day   clock.Date
	}{{"from", i.From}, {"until", i.Until}} {
		if bound.day != "" {
			c.day(bound.field, bound.day)
		}
	}
	if i.From != "" && i.Until != "" && i.From > i.Until {
		c.wrong("until", "profile.empty-range")
	}
}

func (i Indicator) validateOptions(c *checker) {
	if len(i.Options) < 2 || len(i.Options) > mostOptions {
		c.wrong("options", "profile.few-options", "most", mostOptions)
	}
	keys, names := map[string]bool{}, map[string]string{}
	for n, o := range i.Options {
		path := fmt.Sprintf("options[%d]", n)
		c.key(path+".key", o.Key, keys)
		c.words(path+".name", o.Name)
		c.uniqueWords(path+".name", o.Key, []string{o.Key, fold.Key(o.Name.VI), fold.Key(o.Name.EN)}, names)
	}
}
