package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key returns the form in which s is searched for and matched: lower case,
// without marks, đ and Đ as d, white space trimmed and collapsed to single
// spaces. Composed and decomposed spellings of a text have the same key, and
// the key of a key is itself.
//
// A database's own folding is not enough: neither SQLite nor PostgreSQL takes
// đ for d, since Unicode does not decompose it.
func Key(s string) string {
	if isPlain(s) {
		if isKey(s) {
			return s
		}
		return plainKey(s)
	}
	var key strings.Builder
	key.Grow(len(s))
	w := words{to: &key}
	if isLatin(s) {
		for _, r := range s {
			if base := latinBase(r); base != 0 {
				w.write(base)
			}
		}
		return key.String()
	}
	for _, r := range norm.NFD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		w.write(keyRune(r))
	}
	// Scripts whose letters are composed of parts other than marks (Hangul) are put together again.
	return norm.NFC.String(key.String())
}

// Name returns the form in which a name is stored and compared: Unicode NFC,
// trimmed, every run of white space or control characters one space, invisible
// characters gone. Letters keep their case and marks. The result is always
// valid UTF-8: what was not stands in it as U+FFFD.
func Name(s string) string {
	if isPlain(s) && isSpaced(s) {
		return s
	}
	var name strings.Builder
	name.Grow(len(s))
	w := words{to: &name}
	for _, r := range s {
		w.write(r)
	}
	return norm.NFC.String(name.String())
}

// keyRune is the letter of a key that stands for the decomposed letter r.
func keyRune(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'đ', 'ð', 'ɖ': // ð and ɖ share their capital's shape with Đ and are typed for it by mistake
		return 'd'
	default:
		return r
	}
}

// The letters from À to ɏ and from Ḁ to ỿ, all that Vietnamese has beside
// ASCII, as letters of a key: a table, since decomposing costs ten times more.
var latin, latinMore = bases(0xC0, 0x250), bases(0x1E00, 0x1F00)

func bases(from, to rune) []rune {
	table := make([]rune, 0, to-from)
	for r := from; r < to; r++ {
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		table = append(table, keyRune(base))
	}
	return table
}

// isLatin reports whether latinBase knows every letter of s.
func isLatin(s string) bool {
	for _, r := range s {
		if r >= 0x370 && (r < 0x1E00 || r >= 0x1F00) || r >= 0x250 && r < 0x300 {
			return false
		}
	}
	return true
}

// latinBase is the letter of a key for a Latin letter, 0 for a combining mark.
func latinBase(r rune) rune {
	switch {
	case r == 0:
		return ' ' // a control character as any other, and no mark
	case r < 0xC0:
		return keyRune(r)
	case r < 0x250:
		return latin[r-0xC0]
	case r < 0x370:
		return 0
	default:
		return latinMore[r-0x1E00]
	}
}

// words writes letters with one space between the words they form.
type words struct {
	to  *strings.Builder
	gap bool
}

func (w *words) write(r rune) {
	switch {
	case isInvisible(r):
		return
	case unicode.IsSpace(r) || unicode.IsControl(r):
		w.gap = w.to.Len() > 0
		return
	}
	if w.gap {
		w.to.WriteByte(' ')
		w.gap = false
	}
	w.to.WriteRune(r)
}

// isInvisible reports whether r shows nothing and comes into names by copying
// out of documents and web pages: soft hyphens, zero-width spaces, marks of
// writing direction, byte-order marks.
func isInvisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x200B, r == 0x200E, r == 0x200F, r == 0x2060, r == 0xFEFF:
		return true
	}
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// isPlain reports whether s is ASCII, where no letter has marks.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isSpaced reports whether the ASCII text s is trimmed and has single spaces
// as its only white space and no control characters.
func isSpaced(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == 0x7F || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return s == "" || before != ' '
}

// isKey reports whether the ASCII text s is its own key.
func isKey(s string) bool {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return isSpaced(s)
}

// plainKey is Key for an ASCII text.
func plainKey(s string) string {
	key := make([]byte, 0, len(s))
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c <= ' ' || c == 0x7F:
			gap = len(key) > 0
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		if gap {
			key = append(key, ' ')
			gap = false
		}
		key = append(key, c)
	}
	return string(key)
}
