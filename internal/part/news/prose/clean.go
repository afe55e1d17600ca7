package prose

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// mostMarks is how many marks a letter may carry: Vietnamese needs two, and a tower of
// them would write over the lines above.
const mostMarks = 4

// shown is a text without what nobody can see: control characters, those that change
// the order in which letters are shown, and those that have a meaning in one font
// alone. White space of any kind is a space.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '\u200c', r == '\u200d': // they join and part letters and signs
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Noncharacter_Code_Point):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// composed is a text in its composed form, with no letter carrying more than
// mostMarks.
func composed(text string) string {
	text = norm.NFC.String(text)
	marks := 0
	return strings.Map(func(r rune) rune {
		if !unicode.Is(unicode.M, r) {
			marks = 0
			return r
		}
		if marks++; marks > mostMarks {
			return -1
		}
		return r
	}, text)
}

// collapsed is a text with single spaces, one of which may stand at either end.
func collapsed(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		if r == ' ' && space {
			continue
		}
		space = r == ' '
		b.WriteRune(r)
	}
	return b.String()
}

// unmarked is a text that does not begin with a mark: it would join what stands before
// it, which in a page is the end of a tag.
func unmarked(text string) string { return strings.TrimLeftFunc(text, unicode.IsMark) }

// begun is a text that may stand after a tag: it does not begin with a mark, nor, where
// white space is no more wanted, with a space.
func begun(text string, spaced bool) string {
	for {
		next := unmarked(text)
		if spaced {
			next = strings.TrimPrefix(next, " ")
		}
		if next == text {
			return text
		}
		text = next
	}
}

// words is a text from outside as one line of its own: a caption, a figure.
func words(text string) string {
	return composed(strings.TrimSuffix(begun(collapsed(shown(text)), true), " "))
}
