package boardui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/fold"
)

// Sorting by name, by lateness, or by the share of a column, named by its index.
const (
	sortName = "name"
	sortLate = "late"
)

func (p *boardPage) sort() {
	compare := func(a, b row) int { return fold.Compare(a.Unit.Name, b.Unit.Name) }
	switch column, err := strconv.Atoi(p.Sort); {
	case err == nil:
		compare = byShare(p.place(column))
	case p.Sort == sortLate:
		compare = func(a, b row) int { return cmp.Compare(a.Late, b.Late) }
	default:
		p.Sort = sortName
	}
	slices.SortStableFunc(p.Rows, func(a, b row) int {
		if p.Down {
			a, b = b, a
		}
		if c := compare(a, b); c != 0 {
			return c
		}
		return fold.Compare(a.Unit.Name, b.Unit.Name)
	})
}

// place is where a column of the board stands on the page; -1 when it does not.
func (p *boardPage) place(column int) int {
	return slices.IndexFunc(p.Columns, func(h heading) bool { return h.Index == column })
}

// byShare compares done/total exactly, without dividing.
func byShare(at int) func(a, b row) int {
	return func(a, b row) int {
		if at < 0 {
			return 0
		}
		x, y := a.Cells[at], b.Cells[at]
		return cmp.Compare(int64(x.Done)*int64(y.Total), int64(y.Done)*int64(x.Total))
	}
}

// Direction is the sort link of a column: the same again turns it around. The
// most late come first at the first click, else the least.
func (p *boardPage) Direction(key string) string {
	if p.Sort == key && !p.Down || p.Sort != key && key == sortLate {
		return "1"
	}
	return ""
}

// Sorted is the column's aria-sort.
func (p *boardPage) Sorted(key string) string {
	switch {
	case p.Sort != key:
		return "none"
	case p.Down:
		return "descending"
	}
	return "ascending"
}

// Same is the page's own address with one thing changed.
func (p *boardPage) Same(name, value string) map[string]string {
	query := map[string]string{
		"milestone": p.Milestone, "since": string(p.Since), "level": p.Level, "state": p.State, "q": p.Words, "sort": p.Sort,
	}
	query[name] = value
	return query
}

func contains(name, words string) bool { return strings.Contains(name, words) }
