package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean is a text as it can stand on paper and in XML: letters composed, tabs as
// spaces, line breaks as "\n". Control characters are left out, and so is whatever
// has other characters shown in another order than they are read.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\v", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Noncharacter_Code_Point, r), r == '\ufeff':
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(norm.NFC.String(text))
}

// lines are the lines of a text that say something.
func lines(text string) []string {
	var said []string
	for line := range strings.SplitSeq(clean(text), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			said = append(said, line)
		}
	}
	return said
}

// flat is a text on one line.
func flat(text string) string { return strings.Join(lines(text), " ") }

// capitals is a text on one line in capitals.
func capitals(text string) string { return strings.ToUpper(flat(text)) }

// drawable is a text with what no face here has replaced by a sign: those faces end
// with the basic plane, and fpdf reads past the end of their widths.
func drawable(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xffff {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
