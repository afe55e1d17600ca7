package taskui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/task"
)

// givePage is the form by which a task is given, or handed down.
type givePage struct {
	Unit                 tree.Unit
	Path                 string
	Back                 string
	Split                task.Task // that is handed down; the zero Task otherwise
	Until                clock.Date
	Form                 *web.Form
	Groups, Below        []web.Option
	Sources, Steps       []web.Option
	Secrecies, Urgencies []web.Option
	Signing              *web.Signing // of somebody who may sign for the committee; nil otherwise
	MostTitle, MostText  int
}

// How units are chosen.
const (
	allBelow  = "below"
	byLevel   = "level:"
	chosen    = "chosen"
	mostBelow = 300 // of units that are offered one by one
)

// toSign is the act of the button by which a leader signs a task for committees.
const toSign = "sign"

// splitOf is the share that the form hands down: the zero Task for none.
func splitOf(r *web.Request, q store.Querier, unit tree.UnitID) (t task.Task, s task.Share, err error) {
	id, err := strconv.ParseInt(r.Query("task"), 10, 64)
	if err != nil {
		return task.Task{}, task.Share{}, nil
	}
	if t, err = task.Get(r.Context(), q, id); err != nil {
		return task.Task{}, task.Share{}, err
	}
	s, err = task.ShareOf(r.Context(), q, t, unit)
	return t, s, err
}

func (s *screens) showGive(r *web.Request) error {
	form := r.NewForm("give").Set("units", allBelow).Set("source", task.ByHand)
	for _, name := range []string{"source", "about", "step", "title"} {
		if typed := r.Query(name); typed != "" {
			form.Set(name, typed)
		}
	}
	return s.renderGive(r, unitOf(r), form)
}

func (s *screens) renderGive(r *web.Request, unit tree.UnitID, form *web.Form) error {
	if err := r.Actor.May(access.TaskGive, unit); err != nil {
		return err
	}
	page := givePage{
		Form: form, Secrecies: r.Secrecies(), Urgencies: r.Urgencies(), MostTitle: task.MostTitle, MostText: task.MostText,
		Path: "/tasks/new?" + r.URL.RawQuery, Back: listPath(unit, gave),
	}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	err := r.View(func(q store.Querier) error { return page.read(r, q) })
	if err != nil {
		return err
	}
	if r.Actor.May(access.TaskSign, unit) == nil {
		signing, err := r.Signing(form, toSign, r.T("tasks.sign"))
		if err != nil {
			return err
		}
		page.Signing = &signing
	}
	title := r.T("tasks.new")
	if page.Split.ID != 0 {
		title = r.T("tasks.split")
		page.Back = sharePath(page.Split.ID, unit)
	}
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Narrow = title, "/tasks", true
	layout.Crumb(r.T("tasks.title"), "/tasks").Crumb(title, "")
	layout.Script("task/task.ts") // and with it the style
	return r.RenderStatus(form.Status(), s.give, page)
}

func (p *givePage) read(r *web.Request, q store.Querier) error {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	split, share, err := splitOf(r, q, p.Unit.ID)
	if err != nil {
		return err
	}
	p.Split, p.Until = split, share.Deadline
	children := r.Actor.Tree.Children(p.Unit.ID)
	p.Groups = append(p.Groups, web.Option{Value: allBelow, Label: r.T("tasks.units.below", "n", len(children))})
	counts := map[string]int{}
	for _, u := range r.Actor.Tree.Subtree(p.Unit.ID) {
		if u.ID != p.Unit.ID {
			counts[u.Level]++
		}
	}
	for _, level := range rules.Levels {
		if n := counts[level.Key]; n > 0 {
			p.Groups = append(p.Groups, web.Option{Value: byLevel + level.Key, Label: r.T("tasks.units.level", "n", n, "level", level.Name.In(r.Lang))})
		}
	}
	if len(children) > 0 && len(children) <= mostBelow {
		p.Groups = append(p.Groups, web.Option{Value: chosen, Label: r.T("tasks.units.chosen")})
		for _, u := range children {
			p.Below = append(p.Below, web.Option{Value: strconv.FormatInt(int64(u.ID), 10), Label: u.Name})
		}
	}
	for _, kind := range []string{task.ByHand, task.FromDirective, task.FromDifficulty, task.FromLetter} {
		p.Sources = append(p.Sources, web.Option{Value: kind, Label: r.T("tasks.source." + kind)})
	}
	return p.steps(r, q)
}

// steps are the milestones that can end a share by themselves; the first is none.
func (p *givePage) steps(r *web.Request, q store.Querier) error {
	p.Steps = []web.Option{{Label: r.T("tasks.step.none")}}
	directives, err := directive.List(r.Context(), q, r.Actor, p.Unit.ID)
	if err != nil {
		return err
	}
	for _, d := range directives {
		if d.State != directive.InForce {
			continue
		}
		for _, m := range d.Document.Milestones {
			p.Steps = append(p.Steps, web.Option{Value: strconv.FormatInt(d.ID, 10) + "/" + m.Key, Label: d.Document.Number + " · " + m.Name.In(r.Lang)})
		}
	}
	return nil
}

// unitsChosen are the units that the form names.
func unitsChosen(t *tree.Tree, form *web.Form, unit tree.UnitID) (units []tree.UnitID) {
	how := form.Text("units")
	if how == allBelow {
		for _, u := range t.Children(unit) {
			units = append(units, u.ID)
		}
		return units
	}
	if level, all := strings.CutPrefix(how, byLevel); all {
		for _, u := range t.Subtree(unit) {
			if u.Level == level && u.ID != unit {
				units = append(units, u.ID)
			}
		}
		return units
	}
	for _, typed := range form.All("unit") {
		id, _ := strconv.ParseInt(typed, 10, 64) // none is no unit, and refused
		units = append(units, tree.UnitID(id))
	}
	return units
}

// sourceOf is where the form says that the task comes from; its own number, when the
// address names it.
func sourceOf(r *web.Request, form *web.Form) task.Source {
	of := task.Source{Kind: form.Text("source"), Title: form.Text("about")}
	offered := []string{task.FromDirective, task.FromDifficulty, task.FromLetter}
	if !slices.Contains(offered, of.Kind) {
		of.Kind = task.ByHand
	}
	if of.Kind == r.Query("source") {
		of.ID, _ = strconv.ParseInt(r.Query("of"), 10, 64) // none has no number
	}
	return of
}

func (s *screens) takeGive(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.TaskGive, unit); err != nil {
		return err
	}
	form, err := r.Posted("give")
	if err != nil {
		return err
	}
	deadline := form.Date("deadline")
	if !form.OK() {
		return s.renderGive(r, unit, form)
	}
	given, err := s.giveOut(r, form, unit, deadline)
	if done, failed := r.Asked(err); done {
		return failed
	} else if failed != nil {
		err = failed
	}
	if err != nil {
		if err := form.Refused(atForm(err)); err != nil {
			return err
		}
		return s.renderGive(r, unit, form)
	}
	r.Notice("tasks.given", "n", given.Units.Len())
	return r.See(path(given.ID))
}

// giveOut does what the form says: gives a task, or hands a share down.
func (s *screens) giveOut(r *web.Request, form *web.Form, unit tree.UnitID, deadline clock.Date) (t task.Task, err error) {
	body, signature := task.OfOffice, account.Signature{}
	if form.Text("act") == toSign {
		body = task.OfCommittee
		if signature, err = sign(r, form, unit); err != nil {
			return task.Task{}, err
		}
	}
	units := unitsChosen(r.Actor.Tree, form, unit)
	step, milestone, _ := strings.Cut(form.Text("step"), "/")
	of, _ := strconv.ParseInt(step, 10, 64) // none is no directive
	err = r.Update(func(tx *ledger.Tx) error {
		split, _, err := splitOf(r, tx, unit)
		if err != nil {
			return err
		}
		if split.ID != 0 {
			t, err = task.Split(r.Context(), tx, r.Actor, task.SplitCommand{
				Key: form.Key, Task: split.ID, Unit: unit, Units: units, Title: form.Text("title"), Text: form.Lines("text"), Body: body, Deadline: deadline, Signature: signature,
			})
			return err
		}
		t, err = task.Give(r.Context(), tx, r.Actor, task.GiveCommand{
			Key: form.Key, Giver: unit, Source: sourceOf(r, form), Title: form.Text("title"), Text: form.Lines("text"), Units: units, Body: body, Deadline: deadline,
			Marks:     marking.Marks{Secrecy: marking.Secrecy(form.Text("secrecy")), Urgency: marking.Urgency(form.Text("urgency"))},
			Directive: of, Milestone: milestone, Signature: signature,
		})
		return err
	})
	return t, err
}

// sign gives the person's signature for the committee of a unit.
func sign(r *web.Request, form *web.Form, unit tree.UnitID) (account.Signature, error) {
	if err := r.Actor.May(access.TaskSign, unit); err != nil {
		return account.Signature{}, err
	}
	var post string
	err := r.View(func(q store.Querier) (err error) {
		post, err = org.PostTitle(r.Context(), q, r.Actor.Person, unit)
		return err
	})
	if err != nil {
		return account.Signature{}, err
	}
	return r.Sign(form, account.As(r.Actor, access.TaskSign, unit, text.Capital(post)))
}

// atForm moves errors to the fields of the form.
func atForm(err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	var moved fault.List
	for _, f := range fault.All(err) {
		switch f.Field {
		case "milestone":
			f = f.At("step")
		case "files":
			f = f.At("file")
		}
		moved = append(moved, f)
	}
	return moved
}

// withdraw takes a task back.
func (s *screens) withdraw(r *web.Request) error {
	t, err := s.readable(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("withdraw")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := task.Withdraw(r.Context(), tx, r.Actor, t.ID, form.Lines("text"))
		return err
	})
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderTask(r, t, form, http.StatusUnprocessableEntity)
	}
	r.Notice("tasks.withdrawn")
	return r.See(path(t.ID))
}
