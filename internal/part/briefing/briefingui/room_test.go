package briefingui

import (
	"net/url"
	"testing"

	"giaoban/internal/part/briefing"
)

// The key of a milestone is an office's own word: whatever is in it stays inside its
// own part of the address.
func TestTheShownMilestoneStaysInsideItsPartOfTheAddress(t *testing.T) {
	for _, key := range []string{"congress-held", "a b", "a&unit=9", "a#b", "đại hội?", "100%"} {
		p := stagePage{seated: seated{Briefing: briefing.Briefing{ID: 7, Directive: 1, Shown: briefing.Shown{Unit: 3, Milestone: key}}}}
		address, err := url.Parse(p.Panel())
		if err != nil {
			t.Fatal(err)
		}
		query, err := url.ParseQuery(address.RawQuery)
		if err != nil {
			t.Fatal(err)
		}
		if address.Path != "/briefings/7/panel" || address.Fragment != "" || query.Get("milestone") != key || len(query["unit"]) != 1 || query.Get("unit") != "3" {
			t.Errorf("the milestone %q is asked for as %s", key, p.Panel())
		}
	}
}
