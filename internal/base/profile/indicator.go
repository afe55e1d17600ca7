package profile

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/text"
)

// IndicatorKind is what sort of value an indicator has.
type IndicatorKind string

// The kinds of indicators, with the canonical form of their values.
const (
	Number IndicatorKind = "number" // "1234.5", see text.Decimal
	Date   IndicatorKind = "date"   // "2020-06-26"
	YesNo  IndicatorKind = "yesno"  // "yes" or "no"
	Choice IndicatorKind = "choice" // the key of an option
	Text   IndicatorKind = "text"   // lines of text, NFC
)

// LongestText is how many characters a value of kind Text may have.
const LongestText = 2000

// Indicator is a value that is asked for when a milestone is reported.
type Indicator struct {
	Key      string        `yaml:"key" json:"key"`
	Name     text.Words    `yaml:"name" json:"name"`
	Hint     text.Words    `yaml:"hint,omitzero" json:"hint,omitzero"`
	Kind     IndicatorKind `yaml:"kind" json:"kind"`
	Required bool          `yaml:"required,omitempty" json:"required,omitempty"`

	// Unit is what a number counts: delegates, hectares.
	Unit text.Words `yaml:"unit,omitzero" json:"unit,omitzero"`
	// Min and Max bound a number, both included; nil for no bound.
	Min *text.Decimal `yaml:"min,omitempty" json:"min,omitempty"`
	Max *text.Decimal `yaml:"max,omitempty" json:"max,omitempty"`
	// Decimals is how many decimals a number may have, 0 to 4.
	Decimals int `yaml:"decimals,omitempty" json:"decimals,omitempty"`
	// NotOver is the key of another number of the milestone that this one must
	// not exceed: delegates present, delegates convened.
	NotOver string `yaml:"notOver,omitempty" json:"notOver,omitempty"`

	// From and Until bound a date, both included; "" for no bound.
	From  clock.Date `yaml:"from,omitempty" json:"from,omitempty"`
	Until clock.Date `yaml:"until,omitempty" json:"until,omitempty"`

	// Options are what a choice is made of.
	Options []Option `yaml:"options,omitempty" json:"options,omitempty"`
}

// Option is one of the values of a choice.
type Option struct {
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"`
}

// Check reads what was typed for the indicator and gives the canonical value,
// "" for none. A person's numbers and dates are read as their language writes
// them; a value that is canonical already is read with text.EN. Errors are
// faults of kind Invalid at the indicator's key.
func (i Indicator) Check(lang text.Lang, typed string) (string, error) {
	if strings.TrimSpace(typed) == "" {
		if i.Required {
			return "", i.fault("indicator.required")
		}
		return "", nil
	}
	value, err := i.read(lang, typed)
	if faults := fault.All(err); len(faults) > 0 {
		return "", faults[0].At(i.Key)
	}
	return value, err
}

func (i Indicator) read(lang text.Lang, typed string) (string, error) {
	switch i.Kind {
	case Number:
		return i.readNumber(lang, typed)
	case Date:
		return i.readDate(lang, typed)
	case YesNo:
		return i.readYesNo(typed)
	case Choice:
		return i.readChoice(typed)
	case Text:
		return i.readText(typed)
	default:
		return "", fmt.Errorf("indicator %q is of no known kind: %q", i.Key, i.Kind)
	}
}

// Show writes a canonical value as a person of the language reads it, without
// its unit. A value that does not fit the indicator, as after a revision of
// the directive, is shown as it stands.
func (i Indicator) Show(texts *text.Catalog, lang text.Lang, value string) string {
	switch i.Kind {
	case Number:
		if number, err := text.ReadDecimal(value); err == nil {
			return number.Format(lang)
		}
	case Date:
		if day, err := clock.ParseDate(value); err == nil {
			return text.Date(lang, day)
		}
	case YesNo:
		if value == "yes" {
			return texts.T(lang, "indicator.yes")
		}
		if value == "no" {
			return texts.T(lang, "indicator.no")
		}
	case Choice:
		if option, ok := find(i.Options, func(o Option) bool { return o.Key == value }); ok {
			return option.Name.In(lang)
		}
	}
	return value
}

func (i Indicator) readNumber(lang text.Lang, typed string) (string, error) {
	number, err := text.ParseDecimal(lang, typed)
	switch {
	case err != nil:
		return "", err
	case number.Decimals() > i.Decimals && i.Decimals == 0:
		return "", i.fault("indicator.not-whole")
	case number.Decimals() > i.Decimals:
		return "", i.fault("indicator.too-fine", "decimals", i.Decimals)
	case i.Min != nil && number < *i.Min:
		return "", i.fault("indicator.too-small", "min", *i.Min)
	case i.Max != nil && number > *i.Max:
		return "", i.fault("indicator.too-large", "max", *i.Max)
	}
	return number.String(), nil
}

func (i Indicator) readDate(lang text.Lang, typed string) (string, error) {
	day, err := text.ParseDate(lang, typed)
	switch {
	case err != nil:
		return "", err
	case i.From != "" && day < i.From:
		return "", i.fault("indicator.too-early", "day", i.From)
	case i.Until != "" && day > i.Until:
		return "", i.fault("indicator.too-late", "day", i.Until)
	}
	return string(day), nil
}

func (i Indicator) readYesNo(typed string) (string, error) {
	switch fold.Key(typed) {
	case "yes", "y", "true", "on", "1", "x", "co", "dung", "roi":
		return "yes", nil
	case "no", "n", "false", "off", "0", "khong", "sai", "chua":
		return "no", nil
	}
	return "", i.fault("indicator.not-yes-or-no")
}

func (i Indicator) readChoice(typed string) (string, error) {
	folded := fold.Key(typed)
	for _, o := range i.Options {
		if folded == o.Key || folded == fold.Key(o.Name.VI) || folded == fold.Key(o.Name.EN) {
			return o.Key, nil
		}
	}
	return "", i.fault("indicator.not-an-option")
}

func (i Indicator) readText(typed string) (string, error) {
	words := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(typed)
	words = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(words, "\ufffd"))
	words = strings.TrimSpace(norm.NFC.String(words))
	if utf8.RuneCountInString(words) > LongestText {
		return "", i.fault("indicator.too-long", "most", LongestText)
	}
	if words == "" && i.Required {
		return "", i.fault("indicator.required")
	}
	return words, nil
}

func (i Indicator) fault(key string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, key, append([]any{"name", i.Name}, args...)...).At(i.Key)
}
