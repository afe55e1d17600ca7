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

// seriesOf says what is added up at a milestone. Dates and texts are not.
func seriesOf(indicators []profile.Indicator) []Series {
	var list []Series
	for _, indicator := range indicators {
		switch indicator.Kind {
		case profile.Number, profile.YesNo:
			list = append(list, Series{Indicator: indicator})
		case profile.Choice:
			for _, option := range indicator.Options {
				list = append(list, Series{Indicator: indicator, Option: option.Key})
			}
		}
	}
	return list
}

// same says whether two series add up the same thing.
func (s Series) same(other Series) bool {
	return s.Indicator.Key == other.Indicator.Key && s.Indicator.Kind == other.Indicator.Kind && s.Option == other.Option
}

// content is what a report says: a few values, which are looked through faster
// than a map.
type content []value

// value is what a report says of an indicator.
type value struct {
	indicator string
	canonical string
	number    text.Decimal
	isNumber  bool
}

func (c content) of(indicator string) value {
	for _, v := range c {
		if v.indicator == indicator {
			return v
		}
	}
	return value{}
}

// of is what a report adds to a series.
func (s *Series) of(reports content) Sum {
	reported := reports.of(s.Indicator.Key)
	if reported.canonical == "" {
		return Sum{}
	}
	one := Sum{Units: 1}
	switch s.Indicator.Kind {
	case profile.Number:
		if !reported.isNumber {
			return Sum{} // a version of the directive before had another kind here
		}
		one.Total = reported.number
	case profile.YesNo:
		if reported.canonical == "yes" {
			one.Total = text.Whole(1)
		}
	case profile.Choice:
		if reported.canonical == s.Option {
			one.Total = text.Whole(1)
		}
	}
	return one
}

// contentOf reads the signed bytes of a report: values by indicator.
func contentOf(signed string) (content, error) {
	var written map[string]string
	if err := json.Unmarshal([]byte(signed), &written); err != nil {
		return nil, err
	}
	values := make(content, 0, len(written))
	for indicator, canonical := range written {
		number, err := text.ReadDecimal(canonical)
		values = append(values, value{indicator, canonical, number, err == nil})
	}
	return values, nil
}
