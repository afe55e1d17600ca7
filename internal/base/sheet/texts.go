package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf16"
)

// texts gathers the text of a shared or inline string: its <t>, or the <t> of
// all its runs <r>. Readings of Japanese words (<rPh>) are left out.
type texts struct {
	markup *markup
	depth  int    // of the element that holds the <t> or <r>
	run    []byte // of the present <t>
	whole  []byte
}

// take looks at the token that the markup has just given.
func (t *texts) take(token xml.Token) {
	switch token := token.(type) {
	case xml.CharData:
		if t.inText() {
			t.run = append(t.run, token...)
		}
	case xml.EndElement:
		if token.Name.Local == "t" && len(t.run) > 0 {
			t.whole = append(t.whole, unescape(string(t.run))...)
			t.run = t.run[:0]
		}
	}
}

func (t *texts) inText() bool {
	return t.markup.inside("t", t.depth+1) ||
		t.markup.inside("t", t.depth+2) && t.markup.open[t.depth] == "r"
}

// end gives the text and makes ready for the next.
func (t *texts) end() string {
	text := string(t.whole)
	t.whole = t.whole[:0]
	return text
}

// unescape puts back the characters that XML cannot hold, which spreadsheets
// write as _x000D_, by their number in UTF-16 (ECMA-376 part 1, 22.9.2.19).
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		unit, ok := escapedUnit(s[i:])
		if !ok {
			b.WriteByte(s[i])
			i++
			continue
		}
		i += escapeLength
		if utf16.IsSurrogate(unit) {
			if low, ok := escapedUnit(s[i:]); ok {
				unit = utf16.DecodeRune(unit, low)
				i += escapeLength
			}
		}
		b.WriteRune(unit) // half of a pair alone becomes U+FFFD
	}
	return b.String()
}

const escapeLength = len("_x000D_")

// escapedUnit is the unit that s begins with in escaped form.
func escapedUnit(s string) (rune, bool) {
	if len(s) < escapeLength || s[:2] != "_x" || s[6] != '_' {
		return 0, false
	}
	unit, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(unit), err == nil
}
