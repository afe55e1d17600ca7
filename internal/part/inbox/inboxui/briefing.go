package inboxui

import (
	"fmt"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/inbox"
)

// briefings lists briefings of one kind of work, which is the group's key.
func (p *page) briefings(r *web.Request, key string, list []inbox.Briefing) {
	var lines []line
	for _, one := range list {
		l := line{
			Path: fmt.Sprintf("/briefings/%d", one.ID), What: one.Title, Small: []string{one.Host.Name}, Sign: "soon", Word: begins(r, one, p.Today), due: day(r, one.Begins),
		}
		if one.At.ID != one.Host.ID {
			l.Small = append(l.Small, one.At.Name)
		}
		if one.Unanswered && !one.Reminded.IsZero() {
			l.Sign, l.when = "late", today
			l.Small = append(l.Small, r.T("inboxui.briefing.reminded", "time", moment(r, one.Reminded)))
		}
		switch key {
		case "now":
			l.Path, l.Act = l.Path+"/room", r.T("inboxui.briefing.enter")
			if one.State == briefing.Open {
				l.Small = append(l.Small, r.T("inboxui.briefing.open", "time", text.TimeOfDay(one.OpenedAt, r.Zone())))
			} else {
				l.Small = append(l.Small, r.T("inboxui.briefing.begins", "time", text.TimeOfDay(one.Begins, r.Zone())))
			}
		case "unnamed":
			l.Path += fmt.Sprintf("/people/%d", one.At.ID)
		case "unchecked":
			l.Path, l.Act = l.Path+fmt.Sprintf("/check/%d", one.At.ID), r.T("inboxui.briefing.check")
		case "minutes":
			l.Path += "/minutes"
			l.Sign, l.Word = "none", r.T("inboxui.minutes.write")
			if one.ToSign {
				l.Sign, l.Word = "waiting", r.T("inboxui.minutes.sign")
			}
			l.Small = append(l.Small, r.T("inboxui.briefing.ended", "time", moment(r, one.EndedAt)))
		}
		lines = append(lines, l)
	}
	p.add(key, lines)
}

// begins says when a briefing begins: its time, and "còn 2 ngày · 10/7".
func begins(r *web.Request, one inbox.Briefing, today clock.Date) string {
	at := text.TimeOfDay(one.Begins, r.Zone())
	on := day(r, one.Begins)
	if on == today {
		return r.T("inboxui.briefing.today", "time", at)
	}
	return text.Remaining(r.Lang, on, today) + " · " + at + " · " + text.NearDate(r.Lang, on, today)
}
