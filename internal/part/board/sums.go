package board

import (
	"encoding/json"

	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
)

// Series is what is added up of an indicator: a number's sum, how many said
// yes, or how many chose one option.
type Series struct {
	Indicator profile.Indicator
	Option    string // of a choice; "" otherwise
}

// Sum is a series over the accepted reports of a subtree.
type Sum struct {
	Total text.Decimal // of numbers; otherwise how many units, as a whole number
	Units int32        // how many accepted values it rests on
}

// Mean is the mean of a number; ok is false when it rests on no unit.
func (s Sum) Mean() (mean text.Decimal, ok bool) {
	if s.Units == 0 {
		return 0, false
	}
	half := int64(s.Units) / 2
	if s.Total < 0 {
		half = -half
	}
	return text.Decimal((int64(s.Total) + half) / int64(s.Units)), true
}

// sums is one series of a column.
type sums struct {
	Series
	accepted map[int32]Sum // what each unit itself adds
	rolled   []Sum         // own and all below
}

func (s *sums) grow(units int) {
	for len(s.rolled) < units {
		s.rolled = append(s.rolled, Sum{})
	}
}

// seriesOf says what is added up at a milestone. Dates and texts are not.
func seriesOf(indicators []profile.Indicator) []sums {
	var list []sums
	add := func(s Series) { list = append(list, sums{Series: s, accepted: map[int32]Sum{}}) }
	for _, indicator := range indicators {
		switch indicator.Kind {
		case profile.Number, profile.YesNo:
			add(Series{Indicator: indicator})
		case profile.Choice:
			for _, option := range indicator.Options {
				add(Series{Indicator: indicator, Option: option.Key})
			}
		}
	}
	return list
}

// value is what a report's canonical content adds to a series.
func (s Series) value(content map[string]string) Sum {
	canonical, reported := content[s.Indicator.Key]
	if !reported || canonical == "" {
		return Sum{}
	}
	one := Sum{Units: 1}
	switch s.Indicator.Kind {
	case profile.Number:
		number, err := text.ReadDecimal(canonical)
		if err != nil {
			return Sum{} // a version of the directive before had another kind here
		}
		one.Total = number
	case profile.YesNo:
		if canonical == "yes" {
			one.Total = text.Whole(1)
		}
	case profile.Choice:
		if canonical == s.Option {
			one.Total = text.Whole(1)
		}
	}
	return one
}

// contentOf reads the signed bytes of a report: values by indicator.
func contentOf(signed string) (map[string]string, error) {
	var content map[string]string
	return content, json.Unmarshal([]byte(signed), &content)
}
