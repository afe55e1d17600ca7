package browser

import (
	_ "embed" // the walk's script runs in the page
	"testing"
)

// walk defines walk in the page: what can have the focus, and what each stop shows.
//
//go:embed walk.js
var walk string

// mostStops bounds a walk: a page with more has a trap, or is too long for anybody.
const mostStops = 400

// stop is where the focus is.
type stop struct {
	Name  string // what the element is, for messages
	End   bool   // outside the page, or where the walk has been before
	Shown bool   // that it has the focus can be seen
	Back  bool   // it stands before the stop before in the page
}

// Walk goes through the page by Tab alone, from its beginning, and fails t for every
// control that is not reached, is reached against the order of the page, or does not
// show that it has the focus. It gives the number of stops.
func (b *Browser) Walk(t testing.TB) (stops int) {
	t.Helper()
	b.Eval(walk)
	for stops = range mostStops {
		b.Press("\t")
		s := until[stop](b, "see where the focus is", `walk.stop()`)
		if s.End {
			break
		}
		if !s.Shown {
			t.Errorf("%s: nobody sees that the focus is on %s", b.URL(), s.Name)
		}
		if s.Back {
			t.Errorf("%s: the focus goes back in the page to %s", b.URL(), s.Name)
		}
	}
	for _, name := range until[[]string](b, "see what was not reached", `walk.left()`) {
		t.Errorf("%s: Tab does not reach %s", b.URL(), name)
	}
	return stops
}
