package text

import (
	"unicode"
	"unicode/utf8"
)

// Capital begins a text with a capital letter, as at the beginning of a line.
func Capital(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + words[size:]
}
