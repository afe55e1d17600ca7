package directiveui

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// act is what a button of the form asks for, in its value: "save",
// "add-milestone", "remove-indicator.0.2".
type act struct {
	name      string // "save", "add", "remove", "up"
	what      string // "milestone", "indicator" or ""
	milestone int    // index; -1 for none
	indicator int
}

func parseAct(value string) act {
	parts := strings.Split(value, ".")
	name, what, _ := strings.Cut(parts[0], "-")
	a := act{name: name, what: what, milestone: -1, indicator: -1}
	for i, index := range []*int{&a.milestone, &a.indicator} {
		if len(parts) > i+1 {
			if n, err := strconv.Atoi(parts[i+1]); err == nil {
				*index = n
			}
		}
	}
	return a
}

// fresh stands in an order for a row that is new.
const fresh = -1

// order gives the n rows of a kind, as indexes of the form, in the order in
// which they stand after the act. Of indicators, milestone is the one they
// belong to.
func (a act) order(what string, n int, milestone *int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	if a.what != what || (milestone != nil && *milestone != a.milestone) {
		return rows
	}
	at := a.milestone
	if milestone != nil {
		at = a.indicator
	}
	switch {
	case a.name == "add":
		rows = append(rows, fresh)
	case a.name == "remove" && at >= 0 && at < n:
		rows = slices.Delete(rows, at, at+1)
	case a.name == "up" && at > 0 && at < n:
		rows[at-1], rows[at] = rows[at], rows[at-1]
	}
	return rows
}

// anchor is the part of the page to go to after the act; "" for the top.
func (a act) anchor(milestones int) string {
	switch {
	case a.what == "milestone" && a.name == "add":
		return "#milestone-" + strconv.Itoa(milestones-1)
	case a.what == "milestone":
		return "#milestone-" + strconv.Itoa(max(min(a.milestone, milestones)-1, 0))
	case a.what == "indicator":
		return "#milestone-" + strconv.Itoa(a.milestone)
	case a.what == "file":
		return "#document"
	}
	return ""
}

func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
