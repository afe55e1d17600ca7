package inboxui

import (
	"fmt"

	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/task"
)

// tasks lists what the person's units have to do now.
func (p *page) tasks(r *web.Request) {
	var lines []line
	for _, one := range p.Tasks {
		l := line{
			Path: fmt.Sprintf("/tasks/%d/units/%d", one.Task, one.Unit), What: one.Title, Marks: one.Marks, Sign: "none", due: one.Deadline,
			Small: []string{r.T("inboxui.task.from", "unit", one.From.Name), one.At.Name},
			Word:  text.Remaining(r.Lang, one.Deadline, p.Today) + " · " + text.NearDate(r.Lang, one.Deadline, p.Today),
		}
		switch {
		case one.Late(p.Today):
			l.Sign = "late"
		case one.Deadline <= p.Today.AddDays(1):
			l.Sign = "soon"
		}
		if one.Stage == task.Fresh {
			l.Small = append(l.Small, r.T("inboxui.task.fresh"))
		}
		if one.Stage == task.Returned {
			l.Small = append(l.Small, r.T("inboxui.task.returned"))
		}
		if one.Own {
			l.Small = append(l.Small, r.T("inboxui.task.own"))
		}
		lines = append(lines, l)
	}
	p.add("tasks", lines)
}

// verify lists the tasks of which units say that they are done.
func (p *page) verify(r *web.Request) {
	var lines []line
	for _, one := range p.Verify {
		lines = append(lines, line{
			Path: fmt.Sprintf("/tasks/%d?state=%s", one.Task, task.OfDone), What: one.Title, Small: []string{one.At.Name}, Marks: one.Marks,
			Sign: "waiting", Word: r.T("inboxui.task.waiting", "n", one.Count),
		})
	}
	p.add("verify", lines)
}
