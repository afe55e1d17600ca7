package search

import (
	"strings"
	"unicode/utf8"
)

// Piece is a part of a text; marked where it is what was looked for.
type Piece struct {
	Text   string
	Marked bool
}

// Plain is the text of pieces.
func Plain(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// mark marks the words of a text that begin with one that is looked for.
func mark(text string, looked []Word) (pieces []Piece) {
	from := 0
	for _, w := range Words(text) {
		if !fits(w, looked) {
			continue
		}
		if w.From > from {
			pieces = append(pieces, Piece{Text: text[from:w.From]})
		}
		pieces = append(pieces, Piece{Text: text[w.From:w.To], Marked: true})
		from = w.To
	}
	if from < len(text) {
		pieces = append(pieces, Piece{Text: text[from:]})
	}
	return pieces
}

func fits(w Word, looked []Word) bool {
	for _, l := range looked {
		if strings.HasPrefix(w.Folded, l.Folded) {
			return true
		}
	}
	return false
}

// longest is how many characters an excerpt has, without what says that there is
// more; lead, how many of them stand before the first word that was found.
const (
	longest = 160
	lead    = 40
)

// excerpt is the part of a text around the first word that was found in it, on one
// line; none where no word was.
func excerpt(text string, looked []Word) []Piece {
	text = strings.Join(strings.Fields(text), " ")
	for _, w := range Words(text) {
		if !fits(w, looked) {
			continue
		}
		from, to := back(text, w.From, lead), ahead(text, w.From, longest-lead)
		part := text[from:to]
		if from > 0 {
			part = "… " + part
		}
		if to < len(text) {
			part += " …"
		}
		return mark(part, looked)
	}
	return nil
}

// back is the beginning of a word about so many characters before a place.
func back(text string, at, characters int) int {
	from := at
	for ; from > 0 && characters > 0; characters-- {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	if from == 0 {
		return 0
	}
	if space := strings.IndexByte(text[from:at], ' '); space >= 0 {
		return from + space + 1
	}
	return at
}

// ahead is the end of a word about so many characters after a place.
func ahead(text string, at, characters int) int {
	to := at
	for ; to < len(text) && characters > 0; characters-- {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	if to == len(text) {
		return to
	}
	if space := strings.LastIndexByte(text[at:to], ' '); space > 0 {
		return at + space
	}
	return to
}
