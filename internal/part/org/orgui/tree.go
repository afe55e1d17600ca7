package orgui

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// mostFound is how many units a search shows.
const mostFound = 60

// treePage is the tree as of a day, or what was found in it.
type treePage struct {
	*view
	Tops   []node
	Words  string
	Found  []foundUnit
	More   bool // more was found than is shown
	Levels []levelLine
	Top    tree.UnitID // of the export and of a list
	Keep   bool        // the person keeps units somewhere
	Plans  []planLine  // changes that are dated ahead
}

// node is a line of the tree.
type node struct {
	org.Child
	Level, Kind string
	Day         string // of the addresses
	Open        []node // shown at once; the rest comes when it is opened
}

// foundUnit is a unit that was searched for, with the one that counts it.
type foundUnit struct {
	org.Unit
	Level, Kind, Parent string
}

// showTree shows the tree from the units at which the person holds a role.
func (s *screens) showTree(r *web.Request) error {
	page := treePage{Words: r.Query("q")}
	err := r.View(func(q store.Querier) (err error) {
		if page.view, err = look(r, q); err != nil {
			return err
		}
		page.Keep = len(r.Actor.Units(access.UnitChange)) > 0
		for _, top := range tops(r) {
			if err := page.add(top); err != nil {
				return err
			}
		}
		if !page.Past() {
			page.Plans, err = page.plansBelow()
		}
		return err
	})
	if err != nil {
		return err
	}
	r.Layout().Title = r.T("orgui.title")
	r.Layout().Crumb(r.T("orgui.title"), "").Script("org/tree.ts")
	return r.RenderStatus(page.Form.Status(), s.tree, page)
}

// tops are the units from which somebody looks down: those of the roles, but
// none that stands below another of them.
func tops(r *web.Request) []tree.UnitID {
	units := r.Actor.Units(access.UnitRead)
	var list []tree.UnitID
	for _, unit := range units {
		inside := false
		for _, other := range units {
			inside = inside || other != unit && r.Actor.Tree.Within(unit, other) && r.Actor.May(access.BoardRead, unit) == nil
		}
		if !inside {
			list = append(list, unit)
		}
	}
	return list
}

// add puts one of the person's units into the page: its tree, or what is found
// below it. A unit that did not exist on the day is left out.
func (p *treePage) add(top tree.UnitID) error {
	path, err := p.path(top)
	if err != nil || len(path) == 0 {
		return err
	}
	below := p.below(path)
	if p.Top == 0 && below {
		p.Top = top
		if p.Levels, err = p.levels(top); err != nil {
			return err
		}
	}
	if p.Words != "" {
		return p.search(path, below)
	}
	root := p.node(org.Child{Unit: path[len(path)-1]})
	if below {
		if root.Open, err = p.children(top); err != nil {
			return err
		}
		root.Children = len(root.Open)
	}
	p.Tops = append(p.Tops, root)
	return nil
}

func (p *treePage) search(path []org.Unit, below bool) error {
	if !below {
		return nil
	}
	found, err := p.view.find(path[len(path)-1].ID, p.Words, mostFound+1)
	if err != nil {
		return err
	}
	if p.More = p.More || len(found) > mostFound; p.More {
		found = found[:mostFound]
	}
	names := map[tree.UnitID]string{0: ""}
	for _, unit := range found {
		name, known := names[unit.Parent]
		if !known {
			parent, err := org.UnitAt(p.r.Context(), p.q, p.Day, unit.Parent)
			if err != nil {
				return err
			}
			name = parent.Name
			names[unit.Parent] = name
		}
		p.Found = append(p.Found, foundUnit{unit, p.LevelName(unit.Level), p.KindName(unit.Kind), name})
	}
	return nil
}

func (v *view) node(child org.Child) node {
	return node{Child: child, Level: v.LevelName(child.Level), Kind: v.KindName(child.Kind), Day: v.Asked()}
}

// children are the lines of the units directly below one.
func (v *view) children(unit tree.UnitID) ([]node, error) {
	list, err := org.AsOf(v.r.Context(), v.q, v.Day, unit)
	if err != nil {
		return nil, err
	}
	nodes := make([]node, len(list))
	for i, child := range list {
		nodes[i] = v.node(child)
	}
	return nodes, nil
}

// showChildren answers the script that opens a line of the tree.
func (s *screens) showChildren(r *web.Request) error {
	unit, err := r.ID("unit")
	if err != nil {
		return err
	}
	var nodes []node
	err = r.View(func(q store.Querier) error {
		v, err := look(r, q)
		if err != nil {
			return err
		}
		path, err := v.path(tree.UnitID(unit))
		if err != nil {
			return err
		}
		if len(path) == 0 || !v.below(path) {
			return fault.New(fault.NotFound, "org.no-unit")
		}
		nodes, err = v.children(tree.UnitID(unit))
		return err
	})
	if err != nil {
		return err
	}
	return r.RenderPart(s.tree, "branches", nodes)
}
