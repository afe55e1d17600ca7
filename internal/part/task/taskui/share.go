package taskui

import (
	"net/http"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// sharePage is a unit's share of a task.
type sharePage struct {
	view
	Share    task.Share
	Step     string // the milestone that ends it; "" for none
	Verifies string // the unit that verifies
	Files    []file.File
	Report   *report.Report
	Left     []task.Assignee // who had it and left
	Steps    []step
	Splits   []given // what the unit handed down
	Do       *web.Form
	Decide   *web.Form
	Assign   *web.Form
	Ways     []web.Option // what the unit can do
	Verdicts []web.Option // what whoever verifies can
	People   []web.Option // to whom its leader can give it
	Reports  []web.Option // that can show it
	MaySplit bool
	All      bool // the person reads the whole task

	MostText, MostFiles, MostSize int // MostSize in MiB
}

// Rarely is the one thing that whoever verifies can do where nothing is waited for; nil
// where a choice is asked for.
func (p sharePage) Rarely() *web.Option {
	if len(p.Verdicts) != 1 {
		return nil
	}
	return &p.Verdicts[0]
}

// step is one thing that was said or done about it.
type step struct {
	task.Step
	Sign, Title string
	Penned      *web.Penned // by whom it was entered from paper; nil mostly
}

// What a unit can do about its share, and who verifies.
const (
	toNote   = "note"
	toFinish = "done"
	toAsk    = "ask"

	toReturn = "return"
	toGrant  = "extend"
	toRefuse = "refuse"
)

// addressed is the task and unit of the address, if the person may read the share.
func (s *screens) addressed(r *web.Request) (t task.Task, unit tree.UnitID, err error) {
	id, err := r.ID("unit")
	if err != nil {
		return task.Task{}, 0, err
	}
	if t, err = s.readable(r); err != nil {
		return task.Task{}, 0, err
	}
	unit = tree.UnitID(id)
	if !t.Units.Has(unit) || !t.Oversees(r.Actor) && r.Actor.May(access.TaskRead, unit) != nil {
		return task.Task{}, 0, fault.New(fault.NotFound, "task.not-found")
	}
	return t, unit, nil
}

func (s *screens) showShare(r *web.Request) error {
	t, unit, err := s.addressed(r)
	if err != nil {
		return err
	}
	return s.renderShare(r, t, unit, nil, http.StatusOK)
}

// renderShare shows a share; refused is the form that was refused, nil for none.
func (s *screens) renderShare(r *web.Request, t task.Task, unit tree.UnitID, refused *web.Form, status int) error {
	p := sharePage{
		Do: r.NewForm("do").Set("way", toFinish), Decide: r.NewForm("decide"), Assign: r.NewForm("assign"),
		MostText: task.MostText, MostFiles: task.MostFiles, MostSize: file.Limit >> 20, All: t.Oversees(r.Actor),
	}
	if refused != nil {
		for _, form := range []**web.Form{&p.Do, &p.Decide, &p.Assign} {
			if (*form).ID == refused.ID {
				*form = refused
			}
		}
	}
	at, _ := s.Index.At(t.ID, unit, today(r))
	p.view = viewOf(r, t, at)
	if err := r.View(func(q store.Querier) error { return s.readShare(r, q, &p) }); err != nil {
		return err
	}
	p.choose(r)
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Live = t.Title, "/tasks", true
	layout.Crumb(r.T("tasks.title"), "/tasks")
	if p.All {
		layout.Crumb(t.Title, path(t.ID)).Crumb(p.Name, "")
	} else {
		layout.Crumb(t.Title, "")
	}
	layout.Script("task/task.ts")
	return r.RenderStatus(status, s.share, p)
}

func (s *screens) readShare(r *web.Request, q store.Querier, p *sharePage) (err error) {
	if p.Share, err = task.ShareOf(r.Context(), q, p.Task, p.At.Unit); err != nil {
		return err
	}
	if p.Left, err = p.Share.Left(r.Context(), q); err != nil {
		return err
	}
	for _, id := range p.Share.Files {
		attached, err := file.Get(r.Context(), q, id)
		if err != nil {
			return err
		}
		p.Files = append(p.Files, attached)
	}
	if p.Share.Report != 0 {
		shown, err := report.Get(r.Context(), q, p.Share.Report)
		if err != nil {
			return err
		}
		p.Report = &shown
	}
	steps, err := task.Steps(r.Context(), q, p.ID, p.At.Unit)
	if err != nil {
		return err
	}
	for _, one := range steps {
		p.Steps = append(p.Steps, stepOfLog(r, one))
	}
	verifier, _ := r.Actor.Tree.Unit(p.Verifier)
	p.Verifies = verifier.Name
	if p.Step, err = stepOf(r, q, p.Task); err != nil {
		return err
	}
	if err := s.offers(r, q, p); err != nil {
		return err
	}
	below, err := task.BySource(r.Context(), q, task.FromTask, p.ID)
	for _, t := range below {
		if _, by := t.Parent(); by == p.At.Unit && t.State != task.Withdrawn {
			p.Splits = append(p.Splits, s.given(r, t))
		}
	}
	return err
}

// offers are the people and reports from which the person can choose.
func (s *screens) offers(r *web.Request, q store.Querier, p *sharePage) error {
	if r.Actor.May(access.TaskAssign, p.At.Unit) == nil && p.Share.Stage != task.Verified {
		people, err := task.Assignable(r.Context(), q, p.At.Unit)
		if err != nil {
			return err
		}
		for _, one := range people {
			p.People = append(p.People, web.Option{Value: strconv.FormatInt(one.Person, 10), Label: one.Name})
			for _, has := range p.Share.People {
				if has.Person == one.Person && p.Assign.Values.Get("person") == "" {
					p.People[len(p.People)-1].Chosen = true
				}
			}
		}
	}
	if r.Actor.May(access.TaskDo, p.At.Unit) != nil {
		return nil
	}
	standings, err := report.Standings(r.Context(), q, p.At.Unit)
	if err != nil || len(standings) == 0 {
		return err
	}
	p.Reports = []web.Option{{Label: r.T("tasks.report.none")}}
	for slot, at := range standings {
		name, err := stepOf(r, q, task.Task{Directive: slot.Directive, Milestone: slot.Milestone})
		if err != nil {
			return err
		}
		p.Reports = append(p.Reports, web.Option{Value: strconv.FormatInt(at.Newest.ID, 10), Label: name})
	}
	sortOptions(p.Reports[1:])
	return nil
}

// choose is what the person can do about the share as it stands.
func (p *sharePage) choose(r *web.Request) {
	if p.State == task.Withdrawn {
		return
	}
	offer := func(list *[]web.Option, ways ...string) {
		for _, way := range ways {
			*list = append(*list, web.Option{Value: way, Label: r.T("tasks.way." + way), Hint: r.T("tasks.way." + way + ".hint")})
		}
	}
	owed := p.Share.Stage.Owed()
	if r.Actor.May(access.TaskDo, p.At.Unit) == nil && p.Share.Stage != task.Verified {
		if p.State == task.Live {
			offer(&p.Ways, toFinish)
		}
		offer(&p.Ways, toNote)
		if owed {
			offer(&p.Ways, toAsk)
		}
		p.MaySplit = owed && p.State == task.Live && r.Actor.May(access.TaskGive, p.At.Unit) == nil && len(r.Actor.Tree.Children(p.At.Unit)) > 0
	}
	if r.Actor.May(access.TaskVerify, p.Verifier) != nil {
		return
	}
	switch {
	case p.Share.Stage == task.Done:
		offer(&p.Verdicts, toVerify, toReturn)
	case p.Share.Stage == task.Verified:
		offer(&p.Verdicts, toReturn)
	case p.Share.Asked != "":
		offer(&p.Verdicts, toGrant, toRefuse)
	default:
		offer(&p.Verdicts, toGrant)
	}
	if p.Decide.Values.Get("way") == "" {
		p.Decide.Set("way", p.Verdicts[0].Value)
		if p.Share.Asked != "" {
			p.Decide.Set("deadline", p.Share.Asked)
		}
	}
}

func stepOfLog(r *web.Request, one task.Step) step {
	by, _ := r.Actor.Tree.Unit(one.By)
	kind := strings.TrimPrefix(string(one.Kind), "task.")
	var names []string
	for _, a := range one.People {
		names = append(names, r.Person(a.Name))
	}
	s := step{
		Step: one, Sign: "none", Penned: r.Penned(one.Paper, one.By),
		Title: r.T("tasks.event."+kind, "by", by.Name, "day", text.Date(r.Lang, one.Asked), "people", strings.Join(names, ", ")),
	}
	switch one.Kind {
	case task.WasAssigned:
		switch {
		case one.Erased:
			s.Title = r.T("tasks.event.erased", "by", by.Name)
		case len(names) == 0:
			s.Title = r.T("tasks.event.office", "by", by.Name)
		}
	case task.WasDone, task.WasAsked:
		s.Sign = "waiting"
	case task.WasVerified, task.WasReached:
		s.Sign = "done"
	case task.WasReturned, task.WasRefused:
		s.Sign = "late"
	}
	return s
}
