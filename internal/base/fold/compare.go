package fold

import (
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators holds idle collators: one keeps buffers between calls and must not
// be used by two goroutines at once.
var collators = sync.Pool{
	New: func() any { return collate.New(language.Vietnamese, collate.Numeric) },
}

// Compare orders two names as a Vietnamese dictionary does and returns -1, 0
// or +1: a ă â b … d đ e ê, tones decide only between names otherwise the
// same, capitals come last, and digits count as a number, so "Chi bộ 2" stands
// before "Chi bộ 10". It returns 0 only for equal strings, so that a list has
// one order. It may be called from many goroutines.
func Compare(a, b string) int {
	if a == b {
		return 0
	}
	collator := collators.Get().(*collate.Collator)
	defer collators.Put(collator)
	if order := collator.CompareString(a, b); order != 0 {
		return order
	}
	return strings.Compare(a, b)
}
