package taskui

import (
	"slices"
	"strconv"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/task"
)

// view is a unit's share of a task in words.
type view struct {
	task.Task
	At   task.Standing
	Name string // of the unit
	From string // the unit that gave it
	Sign string
	Word string
	Line string // when: "hạn 15/7 · còn 4 ngày"
}

// Path is where the share is read.
func (v view) Path() string { return sharePath(v.ID, v.At.Unit) }

// Value is what a form names it by.
func (v view) Value() string {
	return strconv.FormatInt(v.ID, 10) + "/" + strconv.FormatInt(int64(v.At.Unit), 10)
}

func path(id int64) string { return "/tasks/" + strconv.FormatInt(id, 10) }

func sharePath(id int64, unit tree.UnitID) string {
	return path(id) + "/units/" + strconv.FormatInt(int64(unit), 10)
}

func listPath(unit tree.UnitID, list string) string {
	return "/tasks?unit=" + strconv.FormatInt(int64(unit), 10) + "&list=" + list
}

// today is the day of the request.
func today(r *web.Request) clock.Date { return clock.DateOf(r.Now(), r.Zone()) }

// soon is how many days before its last day a share is due soon.
const soon = 3

func viewOf(r *web.Request, t task.Task, at task.Standing) view {
	v := view{Task: t, At: at}
	unit, _ := r.Actor.Tree.Unit(at.Unit)
	from, _ := r.Actor.Tree.Unit(t.Giver)
	v.Name, v.From = unit.Name, from.Name
	v.Sign, v.Word = mark(r, at)
	v.Line = lastDay(r, at)
	return v
}

// mark is the sign of how a share stands, and the word beside it.
func mark(r *web.Request, at task.Standing) (sign, word string) {
	day := today(r)
	switch {
	case at.State == task.Withdrawn:
		return "none", r.T("tasks.state.withdrawn")
	case at.Late(day):
		return "late", text.Capital(text.Remaining(r.Lang, at.Deadline, day))
	case at.Stage == task.Verified:
		return "done", r.T("tasks.stage.verified")
	case at.Stage == task.Done:
		return "waiting", r.T("tasks.stage.done")
	}
	sign = "none"
	if at.State == task.Live && at.Deadline <= day.AddDays(soon) {
		sign = "soon"
	}
	if at.State == task.Announced && at.Stage == task.Fresh {
		return sign, r.T("tasks.state.announced")
	}
	return sign, r.T("tasks.stage." + stageKey(at.Stage))
}

// stageKey is a stage in the names of texts.
func stageKey(s task.Stage) string {
	if s == task.Fresh {
		return "fresh"
	}
	return string(s)
}

// lastDay says until when, and how that lies to today while it matters.
func lastDay(r *web.Request, at task.Standing) string {
	day := today(r)
	line := r.T("tasks.until", "day", text.NearDate(r.Lang, at.Deadline, day))
	if at.Stage.Owed() && at.State != task.Withdrawn {
		line += " · " + text.Remaining(r.Lang, at.Deadline, day)
	}
	return line
}

// bar draws how far units are.
func bar(p task.Progress) web.Bar {
	return web.Bar{Done: p.Verified, Waiting: p.Done - p.Verified, Total: p.Units, Due: -1}
}

// given is a task with how far it is.
type given struct {
	task.Task
	From   string // the unit that gave it
	Body   string // whose task it is
	Source string
	Word   string // of a state that is not the usual one; "" for that
	Own    task.Progress
	Leaves task.Progress
	Line   string // until when
	Depth  int    // in the tree of hand-downs
	By     string // the unit that split it
}

// Path is where the task is read.
func (g given) Path() string { return path(g.ID) }

// Bar draws how far its units are.
func (g given) Bar() web.Bar { return bar(g.Own) }

// Ends draws how far it is at the ends of all hand-downs.
func (g given) Ends() web.Bar { return bar(g.Leaves) }

// Deep says that some of it was handed down.
func (g given) Deep() bool { return g.Leaves.Units != g.Own.Units || g.Leaves != g.Own }

func (s *screens) given(r *web.Request, t task.Task) given {
	day := today(r)
	g := given{Task: t, Own: s.Index.Progress(t.ID, day), Leaves: s.Index.Leaves(t.ID, day)}
	from, _ := r.Actor.Tree.Unit(t.Giver)
	g.From = from.Name
	g.Body = r.T("tasks.body.committee")
	if t.Body == task.OfOffice {
		g.Body = r.T("tasks.body.office")
	}
	g.Source = source(r, t.Source)
	if t.State != task.Live {
		g.Word = r.T("tasks.state." + string(t.State))
	}
	g.Line = r.T("tasks.until", "day", text.NearDate(r.Lang, t.Deadline, day))
	if _, by := t.Parent(); by != 0 {
		unit, _ := r.Actor.Tree.Unit(by)
		g.By = unit.Name
	}
	return g
}

// source names where a task comes from.
func source(r *web.Request, of task.Source) string {
	kind := r.T("tasks.source." + of.Kind)
	if of.Title == "" {
		return kind
	}
	return kind + ": " + of.Title
}

func sortOptions(list []web.Option) {
	slices.SortFunc(list, func(a, b web.Option) int { return fold.Compare(a.Label, b.Label) })
}
