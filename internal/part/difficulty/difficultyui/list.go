package difficultyui

import (
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// listPage is the difficulties that concern a unit.
type listPage struct {
	Unit     tree.Unit
	Tabs     []tab
	Chosen   string // of the tabs
	Rows     []view
	MayRaise bool
	Units    []tab // of somebody with posts in several; none otherwise
}

// tab is a way to another list.
type tab struct {
	Key, Label, Path string
	Count            int
	Hot, Current     bool
}

// The lists.
const (
	asked  = "asked"  // that wait for the unit's word, and answers for it to confirm
	raised = "raised" // by the unit
	below  = "below"  // not over, of the unit and all below it
)

// unitOf is the unit of the address, or where the person works.
func unitOf(r *web.Request) tree.UnitID {
	if id, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		return tree.UnitID(id)
	}
	return r.Actor.Home()
}

func (s *screens) showList(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.DifficultyRead, unit); err != nil {
		return err
	}
	page := listPage{MayRaise: r.Actor.May(access.DifficultyRaise, unit) == nil && len(difficulty.Above(r.Actor.Tree, unit)) > 0}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	err := r.View(func(q store.Querier) error { return page.read(r, q) })
	if err != nil {
		return err
	}
	page.Units = unitTabs(r, unit)
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("difficulties.title"), "/difficulties"
	layout.Crumb(r.T("difficulties.title"), "")
	return r.Render(s.list, page)
}

func (p *listPage) read(r *web.Request, q store.Querier) error {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	lists := map[string][]difficulty.Difficulty{}
	if lists[asked], err = difficulty.Asked(r.Context(), q, p.Unit.ID); err != nil {
		return err
	}
	confirm, err := difficulty.ToConfirm(r.Context(), q, p.Unit.ID)
	if err != nil {
		return err
	}
	waiting := len(lists[asked])
	lists[asked] = append(confirm, lists[asked]...)
	if lists[raised], err = difficulty.RaisedBy(r.Context(), q, p.Unit.ID); err != nil {
		return err
	}
	if lists[below], err = difficulty.Below(r.Context(), q, r.Actor.Tree, p.Unit.ID); err != nil {
		return err
	}
	p.Chosen = r.Query("list")
	if _, known := lists[p.Chosen]; !known {
		p.Chosen = asked
	}
	for _, key := range []string{asked, raised, below} {
		p.Tabs = append(p.Tabs, tab{
			Key: key, Label: r.T("difficulties.list." + key), Path: "/difficulties?unit=" + strconv.FormatInt(int64(p.Unit.ID), 10) + "&list=" + key,
			Count: len(lists[key]), Hot: key == asked && waiting > 0, Current: key == p.Chosen,
		})
	}
	w := words{r, q, rules, map[int64]directive.Directive{}}
	p.Rows, err = w.views(lists[p.Chosen])
	return err
}

// unitTabs are the units at which the person reads difficulties, when there are several.
func unitTabs(r *web.Request, shown tree.UnitID) (list []tab) {
	units := r.Actor.Units(access.DifficultyRead)
	if len(units) < 2 {
		return nil
	}
	for _, id := range units {
		unit, _ := r.Actor.Tree.Unit(id)
		list = append(list, tab{Label: unit.Name, Path: "/difficulties?unit=" + strconv.FormatInt(int64(id), 10), Current: id == shown})
	}
	return list
}
