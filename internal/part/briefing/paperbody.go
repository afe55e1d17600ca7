package briefing

import (
	"fmt"
	"strings"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
)

func (w *paperWriter) opening() {
	at := w.begun()
	w.paragraph(w.say("briefing.paper.opening", "hour", w.hour(at), "day", w.day(at), "host", w.Host, "n", len(w.Record.Sites)))
}

// people are who led the meeting and who was there.
func (w *paperWriter) people() {
	w.part(w.say("briefing.paper.people"))
	var secretaries []string
	for _, s := range w.Briefing.Secretaries {
		secretaries = append(secretaries, s.Name)
	}
	led := []string{w.say("briefing.paper.chaired", "name", w.Briefing.Chair.Name)}
	if len(secretaries) > 0 {
		led = append(led, w.say("briefing.paper.written", "names", strings.Join(secretaries, "; ")))
	}
	present, late, excused, absent := w.Record.Counted()
	led = append(led,
		w.say("briefing.paper.counted", "n", len(w.Record.Sites), "present", present, "late", late, "excused", excused, "absent", absent),
		w.say("briefing.paper.heads", "n", w.Record.Heads()))
	w.add(document.List{Items: led})

	sites := document.Table{Columns: []document.Column{
		{Title: w.say("briefing.paper.number"), Width: 1.2, Align: document.AlignCentre},
		{Title: w.say("briefing.paper.site"), Width: 4.5},
		{Title: w.say("briefing.paper.presence"), Width: 3},
		{Title: w.say("briefing.paper.arrived"), Width: 1.7, Align: document.AlignCentre},
		{Title: w.say("briefing.paper.people-in"), Width: 1.7, Align: document.AlignRight},
		{Title: w.say("briefing.paper.note"), Width: 5},
	}}
	for i, s := range w.Record.Sites {
		name, heads := s.Name, ""
		if s.Below {
			name = w.say("briefing.paper.brought", "site", s.Name)
		}
		if s.Heads > 0 {
			heads = text.Value(w.lang, s.Heads)
		}
		sites.Rows = append(sites.Rows, []string{fmt.Sprint(i + 1), name, w.presence(s), w.clock(s.Arrived), heads, w.note(s)})
	}
	w.add(sites)
	w.attendees()
}

// presence is how a site was there, in words; counted as in [Record.Counted].
func (w *paperWriter) presence(s RecordSite) string {
	switch {
	case s.Presence == Late:
		return w.say("briefing.paper.late")
	case s.Presence == Present, s.Presence == Unmarked && !s.Arrived.IsZero():
		return w.say("briefing.paper.present")
	case s.Presence == Excused:
		return w.say("briefing.paper.excused")
	}
	return w.say("briefing.paper.absent")
}

// note is why a site was absent and who stood in.
func (w *paperWriter) note(s RecordSite) string {
	var said []string
	if s.StandIn != "" {
		said = append(said, w.say("briefing.paper.stand-in", "name", s.StandIn))
	}
	if s.Note != "" {
		said = append(said, s.Note)
	}
	return strings.Join(said, "\n")
}

// attendees are those whom the sites named, one row a person.
func (w *paperWriter) attendees() {
	table := document.Table{Columns: []document.Column{
		{Title: w.say("briefing.paper.site"), Width: 4},
		{Title: w.say("briefing.paper.name"), Width: 4},
		{Title: w.say("briefing.paper.post"), Width: 4},
		{Title: w.say("briefing.paper.note"), Width: 4},
	}}
	for _, s := range w.Record.Sites {
		for i, a := range s.Attendees {
			site, note := "", a.Reason
			if i == 0 {
				site = s.Name
			}
			if a.Absent {
				note = w.say("briefing.paper.away")
				if a.Reason != "" {
					note = w.say("briefing.paper.away-why", "reason", a.Reason)
				}
			}
			table.Rows = append(table.Rows, []string{site, a.Name, a.Post, note})
		}
	}
	if len(table.Rows) > 0 {
		w.paragraph(w.say("briefing.paper.named"))
		w.add(table)
	}
}

// agenda is the items that were spoken to.
func (w *paperWriter) agenda() {
	if len(w.Record.Items) == 0 {
		return
	}
	w.part(w.say("briefing.paper.agenda"))
	list := document.List{Numbered: true}
	for _, item := range w.Record.Items {
		list.Items = append(list.Items, w.say("briefing.paper.item", "title", item.Title, "hour", w.hour(item.Began)))
	}
	w.add(list)
}

// sections are the secretary's text.
func (w *paperWriter) sections() {
	if len(w.Minutes.Body.Sections) == 0 {
		return
	}
	w.part(w.say("briefing.paper.content"))
	titled := 0
	for _, s := range w.Minutes.Body.Sections {
		if title := strings.TrimSpace(s.Title); title != "" {
			titled++
			w.add(document.Heading{Level: 2, Text: fmt.Sprintf("%d. %s", titled, title)})
		}
		w.paragraph(s.Text)
	}
}

// turns are who spoke, and for how long.
func (w *paperWriter) turns() {
	if len(w.Record.Turns) == 0 {
		return
	}
	w.part(w.say("briefing.paper.turns"))
	table := document.Table{Columns: []document.Column{
		{Title: w.say("briefing.paper.number"), Width: 1.2, Align: document.AlignCentre},
		{Title: w.say("briefing.paper.site"), Width: 4.5},
		{Title: w.say("briefing.paper.about"), Width: 5},
		{Title: w.say("briefing.paper.from"), Width: 2, Align: document.AlignCentre},
		{Title: w.say("briefing.paper.planned"), Width: 2.1, Align: document.AlignRight},
		{Title: w.say("briefing.paper.used"), Width: 2.1, Align: document.AlignRight},
	}}
	for i, t := range w.Record.Turns {
		table.Rows = append(table.Rows, []string{
			fmt.Sprint(i + 1), t.Name, t.Item, w.clock(t.Began), fmt.Sprint(t.PlannedMinutes()), fmt.Sprint(t.UsedMinutes()),
		})
	}
	w.add(table)
}

// questions are those asked in writing, each with its answer.
func (w *paperWriter) questions() {
	if len(w.Record.Questions) == 0 {
		return
	}
	w.part(w.say("briefing.paper.questions"))
	for i, q := range w.Record.Questions {
		w.paragraph(w.say("briefing.paper.asked", "number", fmt.Sprint(i+1), "site", q.Name, "hour", w.hour(q.Asked), "question", q.Text))
		if q.Aloud {
			w.paragraph(w.say("briefing.paper.answered-aloud"))
		}
		switch {
		case q.Answer != "":
			w.paragraph(w.say("briefing.paper.answered", "answer", q.Answer))
		case !q.Aloud:
			w.paragraph(w.say("briefing.paper.unanswered"))
		}
	}
}

// polls are the shows of hands.
func (w *paperWriter) polls() {
	if len(w.Record.Polls) == 0 {
		return
	}
	w.part(w.say("briefing.paper.polls"))
	figure := func(n int) string { return text.Value(w.lang, n) }
	table := document.Table{Columns: []document.Column{
		{Title: w.say("briefing.paper.about"), Width: 6},
		{Title: w.say("briefing.paper.from"), Width: 2, Align: document.AlignCentre},
		{Title: w.say("briefing.paper.yes"), Width: 2.2, Align: document.AlignRight},
		{Title: w.say("briefing.paper.no"), Width: 2.2, Align: document.AlignRight},
		{Title: w.say("briefing.paper.neither"), Width: 2.4, Align: document.AlignRight},
	}}
	for _, p := range w.Record.Polls {
		table.Rows = append(table.Rows, []string{p.Question, w.clock(p.Opened), figure(p.Yes), figure(p.No), figure(p.Neither)})
	}
	w.add(table)
}

// closing is when the meeting ended, if it has.
func (w *paperWriter) closing() {
	at := w.Record.Ended
	switch {
	case at.IsZero():
	case clock.DateOf(at, w.Zone) == clock.DateOf(w.begun(), w.Zone):
		w.paragraph(w.say("briefing.paper.closed-same-day", "hour", w.hour(at)))
	default:
		w.paragraph(w.say("briefing.paper.closed", "hour", w.hour(at), "day", w.day(at)))
	}
}
