package word

import (
	"slices"
	"strings"
	"unicode"

	"giaoban/internal/base/fold"
)

// longestWord is how many letters of a word are kept.
const longestWord = 40

// Word is a word of a text.
type Word struct {
	Exact  string // lower case, composed
	Folded string // as [fold.Key]: without marks, đ as d
	From   int    // bytes of the text, from and to
	To     int
}

// Split takes a text apart into its words: runs of letters, digits and their marks.
func Split(text string) (list []Word) {
	begin := -1
	for at, r := range text {
		switch part := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r); {
		case part && begin < 0:
			begin = at
		case !part && begin >= 0:
			list = appendWord(list, text, begin, at)
			begin = -1
		}
	}
	if begin >= 0 {
		list = appendWord(list, text, begin, len(text))
	}
	return list
}

func appendWord(list []Word, text string, from, to int) []Word {
	exact := strings.ToLower(fold.Name(text[from:to]))
	folded := fold.Key(exact)
	if folded == "" || strings.ContainsFunc(exact+folded, func(r rune) bool { return r == ' ' || r < 0x80 && !IsPlain(r) }) {
		return list
	}
	return append(list, Word{cut(exact), cut(folded), from, to})
}

// IsPlain says of an ASCII letter whether tokens may have it.
func IsPlain(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }

// cut keeps the beginning of a word that nobody types to its end.
func cut(word string) string {
	n := 0
	for at := range word {
		if n == longestWord {
			return word[:at]
		}
		n++
	}
	return word
}

// HasExact says whether words have all that are looked for, as they were typed, as
// beginnings.
func HasExact(words, looked []Word) bool {
	return !slices.ContainsFunc(looked, func(l Word) bool {
		return !slices.ContainsFunc(words, func(w Word) bool { return strings.HasPrefix(w.Exact, l.Exact) })
	})
}

// HasFolded is as HasExact, without marks.
func HasFolded(words, looked []Word) bool {
	return !slices.ContainsFunc(looked, func(l Word) bool {
		return !slices.ContainsFunc(words, func(w Word) bool { return strings.HasPrefix(w.Folded, l.Folded) })
	})
}
