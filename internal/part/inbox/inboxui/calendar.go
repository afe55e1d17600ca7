package inboxui

import (
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/inbox"
)

// mostAhead is how many dates after today's the calendar shows.
const mostAhead = 6

// dateGroup is a day of the calendar.
type dateGroup struct {
	Day   string // "hôm nay", "còn 3 ngày · 13/7"
	Dates []date
}

// date is a line of the calendar.
type date struct {
	Path, What, Small string
	Name              string // of what it is, in a sentence
	Time              string // "" for what takes the day
}

// dates is the calendar: today, also where nothing stands there, and what comes next;
// next is the first of it in a sentence.
func dates(r *web.Request, work inbox.Work) (groups []dateGroup, next string) {
	if len(r.Actor.Units(access.DirectiveRead)) == 0 {
		return nil, "" // whoever only administers has no dates
	}
	groups = []dateGroup{{Day: weekday(r, work.Today)}}
	last, shown := work.Today, 0
	for _, one := range work.Calendar {
		if one.Day != work.Today {
			if shown++; shown > mostAhead {
				break
			}
		}
		if one.Day != last {
			groups = append(groups, dateGroup{Day: text.Remaining(r.Lang, one.Day, work.Today) + " · " + weekday(r, one.Day)})
			last = one.Day
		}
		d := dateOf(r, one)
		if next == "" {
			next = r.T("inboxui.next", "what", d.Name, "when", text.Remaining(r.Lang, one.Day, work.Today)+" · "+text.NearDate(r.Lang, one.Day, work.Today))
		}
		g := &groups[len(groups)-1]
		g.Dates = append(g.Dates, d)
	}
	return groups, next
}

func dateOf(r *web.Request, one inbox.Date) date {
	if one.Briefing.ID != 0 {
		host, _ := r.Actor.Tree.Unit(one.Briefing.Unit)
		return date{Path: fmt.Sprintf("/briefings/%d", one.Briefing.ID), What: one.Briefing.Title, Name: one.Briefing.Title, Small: host.Name, Time: text.TimeOfDay(one.At, r.Zone())}
	}
	return date{
		Path: fmt.Sprintf("/board/%d/%d", one.Directive, one.Unit), What: r.T("inboxui.deadline", "milestone", one.Milestone.In(r.Lang)),
		Name: one.Milestone.In(r.Lang), Small: one.Level.Plural.In(r.Lang) + " · " + one.Number,
	}
}

// weekday is a day with its name: "thứ Sáu, 10/7".
func weekday(r *web.Request, day clock.Date) string {
	return r.T(fmt.Sprintf("inboxui.weekday.%d", day.Time().Weekday()), "date", text.ShortDate(r.Lang, day))
}
