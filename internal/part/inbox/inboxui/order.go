package inboxui

import (
	"cmp"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/marking"
)

// when is how soon something has to be done.
type when int

// The parts of the list, the most pressing first; their titles are "inboxui.group."
// and the key.
const (
	ahead  when = iota // in the next days
	today              // before the day ends: somebody waits for it
	urgent             // at once: it is late, or others sit and wait
)

var parts = []struct {
	when when
	key  string
}{{urgent, "do-urgent"}, {today, "do-today"}, {ahead, "do-ahead"}}

// owed are the kinds for which somebody else waits, whatever day is set: they are
// done today. Of the others the day decides.
var owed = []string{
	"signature", "acceptance", "minutes", "told", "answered", "entered", "verify", "acknowledge", "address", "public-board",
	"paper-initial", "paper-sign", "paper-have", "paper-number", "paper-issue", "paper-own", "news-handed-in", "news-sent-back",
}

// soonness is in which part of the list a line stands.
func (l line) soonness(day clock.Date) when {
	late := l.due != "" && l.due < day
	switch {
	case l.Kind == "now", l.Kind == "returned", l.Kind == "late", l.Kind == "disputed", l.Kind == "paper-cancel", late && l.Kind != "minutes":
		return urgent
	case slices.Contains(owed, l.Kind), l.Kind == "asked" && l.due == "", l.Marks.Urgency != marking.Unhurried, l.due != "" && l.due <= day.AddDays(1):
		return today
	}
	return max(l.when, ahead)
}

// add takes lines of one kind into the list that is to be put in order. What is not
// to be done now stands in a part of its own.
func (p *page) add(kind string, lines []line) {
	for i := range lines {
		lines[i].Kind = kind
		lines[i].count = max(lines[i].count, 1)
	}
	if kind == "later" || kind == "below" {
		p.part(kind, lines, false)
		return
	}
	p.lines = append(p.lines, lines...)
}

// order puts all that waits into one list, as a secretary lays it before somebody: in
// each part what is marked urgent, then the earliest day first and what has no day
// last; of one day kind by kind as they were added.
func (p *page) order() {
	for _, part := range parts {
		var lines []line
		for _, l := range p.lines {
			if l.soonness(p.Today) == part.when {
				lines = append(lines, l)
			}
		}
		slices.SortStableFunc(lines, func(a, b line) int {
			return cmp.Or(
				cmp.Compare(b.first(), a.first()), cmp.Compare(b.Marks.Urgency.Rank(), a.Marks.Urgency.Rank()), cmp.Compare(a.day(), b.day()),
			)
		})
		p.part(part.key, lines, part.when == urgent)
	}
}

// first is what comes before everything of its part, whatever the day: others sit in
// the room, or sent something back and look for it.
func (l line) first() int { return slices.Index([]string{"returned", "now"}, l.Kind) }

// day orders lines without one last.
func (l line) day() clock.Date {
	if l.due == "" {
		return "9999-12-31"
	}
	return l.due
}

// part adds a part of the page where there is anything in it.
func (p *page) part(key string, lines []line, hot bool) {
	if len(lines) == 0 {
		return
	}
	g := group{Key: key, Hot: hot, Lines: lines}
	for i, l := range lines {
		g.Count += l.count
		lines[i].First = !slices.ContainsFunc(lines[:i], func(before line) bool { return before.Kind == l.Kind }) && !p.seen[l.Kind]
	}
	for _, l := range lines {
		p.seen[l.Kind] = true
	}
	p.Groups = append(p.Groups, g)
}
