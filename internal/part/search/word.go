package search

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/tree"
	"giaoban/internal/base/word"
)

// mostWords bounds what is asked.
const mostWords = 8

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
	for _, w := range word.Split(e.title) {
		list = append(list, exactTitle+w.Exact, foldedTitle+w.Folded, exactAll+w.Exact, foldedAll+w.Folded)
	}
	for _, w := range word.Split(e.body) {
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
