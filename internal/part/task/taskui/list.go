package taskui

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/task"
)

// listPage is the tasks that concern a unit.
type listPage struct {
	Unit   tree.Unit
	Tabs   []tab
	Chosen string // of the tabs
	Rows   []view
	Given  []given
	Form   *web.Form
	May    bool   // the person gives tasks
	Act    string // what several can be ticked for; "" for nothing
	Units  []tab  // of somebody with posts in several; none otherwise
	Pager  web.Pager
}

// tab is a way to another list.
type tab struct {
	Key, Label, Path string
	Count            int
	Hot, Current     bool
}

// The lists.
const (
	mine   = "mine"   // given to the person, or to a unit of the person's
	office = "office" // of the unit
	verify = "verify" // that the unit verifies
	gave   = "given"  // by the unit
	over   = "over"   // verified, of the unit
)

var lists = []string{office, mine, verify, gave, over}

// perPage is how many rows a list shows at once.
const perPage = 50

// chosenList is the list of the address; the office's where that names none.
func chosenList(r *web.Request) string {
	if chosen := r.Query("list"); slices.Contains(lists, chosen) {
		return chosen
	}
	return office
}

// unitOf is the unit of the address, or where the person works.
func unitOf(r *web.Request) tree.UnitID {
	if id, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		return tree.UnitID(id)
	}
	return r.Actor.Home()
}

func (s *screens) showList(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.TaskRead, unit); err != nil {
		return err
	}
	page := listPage{May: r.Actor.May(access.TaskGive, unit) == nil, Form: r.NewForm("several")}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	if err := r.View(func(q store.Querier) error { return s.readList(r, q, &page) }); err != nil {
		return err
	}
	page.Units = unitTabs(r, unit)
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("tasks.title"), "/tasks"
	layout.Crumb(r.T("tasks.title"), "")
	layout.Script("task/task.ts")
	return r.Render(s.list, page)
}

func (s *screens) readList(r *web.Request, q store.Querier, p *listPage) error {
	shares, err := s.sharesOf(r, q, p.Unit.ID)
	if err != nil {
		return err
	}
	ids := s.Index.GivenBy(p.Unit.ID)
	p.Chosen = chosenList(r)
	for _, key := range lists {
		t := tab{Key: key, Label: r.T("tasks.list." + key), Path: listPath(p.Unit.ID, key), Count: len(shares[key]), Current: key == p.Chosen}
		if key == gave {
			t.Count = len(ids)
		}
		t.Hot = key != over && slices.ContainsFunc(shares[key], func(at task.Standing) bool { return at.Late(today(r)) })
		p.Tabs = append(p.Tabs, t)
	}
	switch {
	case p.Chosen == office && r.Actor.May(access.TaskDo, p.Unit.ID) == nil:
		p.Act = toSee
	case p.Chosen == verify && r.Actor.May(access.TaskVerify, p.Unit.ID) == nil:
		p.Act = toVerify
	}
	if p.Chosen == gave {
		return s.readGiven(r, q, p, ids)
	}
	chosen := shares[p.Chosen]
	p.Pager = r.Pager(len(chosen), perPage)
	p.Rows, err = s.views(r, q, chosen[max(p.Pager.From-1, 0):p.Pager.To])
	return err
}

// sharesOf are the lists of shares of a unit, and of the person.
func (s *screens) sharesOf(r *web.Request, q store.Querier, unit tree.UnitID) (map[string][]task.Standing, error) {
	all := map[string][]task.Standing{}
	for _, at := range s.Index.Of(unit, today(r)) {
		if at.Stage == task.Verified {
			all[over] = append(all[over], at)
			continue
		}
		all[office] = append(all[office], at)
	}
	slices.Reverse(all[over])
	own, err := task.AssignedTo(r.Context(), q, r.Actor.Person)
	for _, one := range own {
		at, ok := s.Index.At(one.Task, one.Unit, today(r))
		if ok && at.State != task.Withdrawn && at.Stage != task.Verified {
			all[mine] = append(all[mine], at)
		}
	}
	all[verify] = s.Index.ToVerify(unit, today(r))
	return all, err
}

func (s *screens) readGiven(r *web.Request, q store.Querier, p *listPage, ids []int64) error {
	p.Pager = r.Pager(len(ids), perPage)
	list, err := task.Heads(r.Context(), q, ids[max(p.Pager.From-1, 0):p.Pager.To])
	if err != nil {
		return err
	}
	for _, t := range list {
		p.Given = append(p.Given, s.given(r, t))
	}
	return nil
}

// views puts shares into words.
func (s *screens) views(r *web.Request, q store.Querier, list []task.Standing) ([]view, error) {
	var ids []int64
	for _, at := range list {
		ids = append(ids, at.Task)
	}
	slices.Sort(ids)
	tasks, err := task.Heads(r.Context(), q, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	byID := map[int64]task.Task{}
	for _, t := range tasks {
		byID[t.ID] = t
	}
	views := make([]view, len(list))
	for i, at := range list {
		views[i] = viewOf(r, byID[at.Task], at)
	}
	return views, nil
}

// unitTabs are the units at which the person reads tasks, when there are several.
func unitTabs(r *web.Request, shown tree.UnitID) (list []tab) {
	units := r.Actor.Units(access.TaskRead)
	if len(units) < 2 {
		return nil
	}
	for _, id := range units {
		unit, _ := r.Actor.Tree.Unit(id)
		list = append(list, tab{Label: unit.Name, Path: listPath(id, office), Current: id == shown})
	}
	return list
}

// What can be done about several shares at once.
const (
	toSee    = "seen"
	toVerify = "verify"
	toExtend = "extend"
)

// mostSeveral is how many shares one form may name.
const mostSeveral = 500

// several does the same about all shares that were ticked, all or none.
func (s *screens) several(r *web.Request) error {
	form, err := r.Posted("several")
	if err != nil {
		return err
	}
	ticked := form.All("share")
	if len(ticked) == 0 || len(ticked) > mostSeveral {
		r.Notice("tasks.several.none", "most", mostSeveral)
		return r.See(r.Back("/tasks"))
	}
	until := form.Date("deadline")
	if err := form.Errors.Err(); err != nil {
		return err
	}
	act := form.Text("act")
	err = r.Update(func(tx *ledger.Tx) error {
		for _, value := range ticked {
			id, unit := shareNamed(value)
			var err error
			switch act {
			case toSee:
				_, err = task.Acknowledge(r.Context(), tx, r.Actor, id, unit)
			case toVerify:
				_, err = task.Verify(r.Context(), tx, r.Actor, id, unit)
			case toExtend:
				_, err = task.Extend(r.Context(), tx, r.Actor, id, unit, until)
			default:
				err = fault.New(fault.Invalid, "tasks.act-needed")
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.Notice("tasks.several."+act, "n", len(ticked))
	return r.See(r.Back("/tasks"))
}

// shareNamed reads what [view.Value] gave; what is none names none.
func shareNamed(value string) (id int64, unit tree.UnitID) {
	first, second, _ := strings.Cut(value, "/")
	id, _ = strconv.ParseInt(first, 10, 64)
	of, _ := strconv.ParseInt(second, 10, 64)
	return id, tree.UnitID(of)
}
