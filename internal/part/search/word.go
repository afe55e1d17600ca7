package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/tree"
)

// Bounds of what is asked.
const (
	mostWords = 8
	mostWord  = 40 // letters
)

// Word is a word of a text.
type Word struct {
	Exact  string // lower case, composed
	Folded string // as [fold.Key]: without marks, đ as d
	From   int    // bytes of the text, from and to
	To     int
}

// Words takes a text apart into its words: runs of letters, digits and their marks.
func Words(text string) (list []Word) {
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
	if folded == "" || strings.ContainsFunc(exact+folded, func(r rune) bool { return r == ' ' || r < 0x80 && !isPlain(r) }) {
		return list
	}
	return append(list, Word{cut(exact), cut(folded), from, to})
}

// isPlain says of an ASCII letter whether tokens may have it.
func isPlain(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }

// cut keeps the beginning of a word that nobody types to its end.
func cut(word string) string {
	n := 0
	for at := range word {
		if n == mostWord {
			return word[:at]
		}
		n++
	}
	return word
}

// The first letter of a token says what it is: words as they are written and as
// they are folded, of the title and of all, and what narrows a search.
const (
	exactTitle  = "a"
	foldedTitle = "b"
	exactAll    = "c"
	foldedAll   = "d"
	ofKind      = "k" // followed by the kind
	readAt      = "u" // by a unit: whoever reads at it or above may read it
	readBelow   = "v" // by a unit: so may whoever reads below it
)

// tokens is what an entry is matched by: each once, in their order.
func tokens(e entry, t *tree.Tree) string {
	list := []string{ofKind + string(e.kind)}
	for _, w := range Words(e.title) {
		list = append(list, exactTitle+w.Exact, foldedTitle+w.Folded, exactAll+w.Exact, foldedAll+w.Folded)
	}
	for _, w := range Words(e.body) {
		list = append(list, exactAll+w.Exact, foldedAll+w.Folded)
	}
	for _, reader := range e.readers {
		list = append(list, unitToken(readAt, reader))
		for _, above := range t.Path(reader) {
			list = append(list, unitToken(readAt, above.ID))
		}
	}
	if e.below != 0 {
		list = append(list, unitToken(readBelow, e.below))
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

func unitToken(class string, unit tree.UnitID) string {
	return class + strconv.FormatInt(int64(unit), 10)
}

// hasExact says whether words have all that are looked for, as they were typed, as
// beginnings.
func hasExact(words, looked []Word) bool {
	return !slices.ContainsFunc(looked, func(l Word) bool {
		return !slices.ContainsFunc(words, func(w Word) bool { return strings.HasPrefix(w.Exact, l.Exact) })
	})
}

// hasFolded is as hasExact, without marks.
func hasFolded(words, looked []Word) bool {
	return !slices.ContainsFunc(looked, func(l Word) bool {
		return !slices.ContainsFunc(words, func(w Word) bool { return strings.HasPrefix(w.Folded, l.Folded) })
	})
}
