package word

import (
	"slices"
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

// Fits says whether a word of a text is one that is looked for.
type Fits func(Word) bool

// Beginning fits words that begin with one that is looked for, whatever their marks.
func Beginning(looked []Word) Fits {
	return func(w Word) bool {
		return slices.ContainsFunc(looked, func(l Word) bool { return strings.HasPrefix(w.Folded, l.Folded) })
	}
}

// Whole fits words that are one that is looked for, whatever their marks.
func Whole(looked []Word) Fits {
	return func(w Word) bool {
		return slices.ContainsFunc(looked, func(l Word) bool { return w.Folded == l.Folded })
	}
}

// Mark marks the words of a text that fit.
func Mark(text string, fits Fits) (pieces []Piece) {
	from := 0
	for _, w := range Split(text) {
		if !fits(w) {
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

// longest is how many characters an excerpt has, without what says that there is
// more; lead, how many of them stand before the first word that was found.
const (
	longest = 160
	lead    = 40
)

// Excerpt is the part of a text around the first word that was found in it, on one
// line; none where no word was.
func Excerpt(text string, fits Fits) []Piece {
	text = strings.Join(strings.Fields(text), " ")
	for _, w := range Split(text) {
		if !fits(w) {
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
		return Mark(part, fits)
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
