package inboxui

import (
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/report"
)

// due says how a report lies to its deadline: "còn 2 ngày · 30/6".
func due(r *web.Request, one inbox.Report, today clock.Date) string {
	switch one.Mark {
	case report.MarkDone:
		return r.T("inboxui.correcting")
	case report.MarkWaiting:
		return r.T("inboxui.waiting")
	case report.MarkTold:
		return r.T("inboxui.provisional")
	}
	if one.Deadline == "" {
		return r.T("inboxui.no-deadline")
	}
	return text.Remaining(r.Lang, one.Deadline, today) + " · " + text.NearDate(r.Lang, one.Deadline, today)
}

// draft says who saved a draft and when.
func draft(r *web.Request, one inbox.Report) string {
	if one.Draft.Person == r.Actor.Person {
		return r.T("inboxui.draft.own", "time", moment(r, one.Draft.SavedAt))
	}
	return r.T("inboxui.draft", "name", one.Draft.Name, "time", moment(r, one.Draft.SavedAt))
}

func moment(r *web.Request, at time.Time) string { return text.Moment(r.Lang, at, r.Zone()) }

func day(r *web.Request, at time.Time) clock.Date { return clock.DateOf(at, r.Zone()) }
