package text

import "strings"

// Lang is a language that people read: its code in ISO 639.
type Lang string

// The languages. Every text exists in both.
const (
	VI Lang = "vi"
	EN Lang = "en"
)

// Langs are all languages, the first being what is used where nothing was chosen.
var Langs = [...]Lang{VI, EN}

// ParseLang reads a language's code, also with a region as browsers send it
// ("en-GB", "vi_VN"). It reports false for any other language, and then gives
// Vietnamese.
func ParseLang(s string) (Lang, bool) {
	code, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
	code, _, _ = strings.Cut(code, "_")
	for _, lang := range Langs {
		if code == string(lang) {
			return lang, true
		}
	}
	return VI, false
}

// Words is a text in both languages, as it stands in data rather than in a
// texts.yaml: the names of a profile's levels, of an indicator's options. What
// an office writes itself may be in one language only.
type Words struct {
	VI string `yaml:"vi,omitempty" json:"vi,omitempty"`
	EN string `yaml:"en,omitempty" json:"en,omitempty"`
}

// In is the text in the language, or in the other where it is missing.
func (w Words) In(lang Lang) string {
	if lang == EN && w.EN != "" || w.VI == "" {
		return w.EN
	}
	return w.VI
}

// IsZero reports whether there is no text in either language.
func (w Words) IsZero() bool { return w == Words{} }
