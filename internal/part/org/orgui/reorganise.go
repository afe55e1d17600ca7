package orgui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// mostHeirs is how many heirs the form of a split has room for.
const mostHeirs = 5

// reorganising is a form of a merger, split or dissolution, and what it says.
type reorganising struct {
	*changing
	Form    *web.Form
	Kind    org.ActKind
	command org.ReorganiseCommand
}

// reorganisePage is the form's first page: who ends, and who comes after.
type reorganisePage struct {
	*reorganising
	Kinds []org.ActKind
	Heirs []heirFields
}

// heirFields are the fields of one heir.
type heirFields struct {
	Number                  int
	Code, Name, Kind, Level string // names of the fields
}

// KindOptions are the kinds of units to choose from.
func (p reorganisePage) KindOptions() []web.Option { return p.kinds() }

// LevelOptions are the levels to choose from, first that by rule.
func (p reorganisePage) LevelOptions() []web.Option { return p.levelsBelow(p.top(), true) }

// top is the level of the unit above.
func (w *reorganising) top() string {
	if len(w.path) < 2 {
		return ""
	}
	return w.path[len(w.path)-2].Level
}

// showReorganise shows the empty form of the kind that the address names.
func (s *screens) showReorganise(r *web.Request) error {
	return r.View(func(q store.Querier) error {
		c, err := bound{act{may: above}, s}.open(r, q)
		if err != nil {
			return err
		}
		form := r.NewForm("reorganise").Set("from", c.Today)
		kind := org.ActKind(r.Query("kind"))
		if !slices.Contains(org.ActKinds[:], kind) {
			kind = org.Merger
		}
		form.Values.Set("kind", string(kind))
		if parent, exists := r.Actor.Tree.Unit(c.Unit.Parent); exists {
			form.Values.Set("under", parent.Code)
		}
		return s.renderReorganise(&reorganising{changing: c, Form: form, Kind: kind})
	})
}

func (s *screens) renderReorganise(w *reorganising) error {
	w.head()
	page := reorganisePage{reorganising: w, Kinds: org.ActKinds[:]}
	for i := range w.rows() {
		at := fmt.Sprintf("heir.%d.", i)
		page.Heirs = append(page.Heirs, heirFields{i + 1, at + "code", at + "name", at + "kind", at + "level"})
	}
	return w.r.RenderStatus(w.Form.Status(), s.reorganise, page)
}

// head is the head of the pages of the act.
func (w *reorganising) head() {
	title := w.r.T("orgui.reorganise")
	layout := w.r.Layout()
	layout.Title, layout.Rail, layout.Crumbs = title, "/org", nil
	w.crumbs(w.path, title)
}

// rows is how many heirs the form asks for.
func (w *reorganising) rows() int {
	if w.Kind == org.Split {
		return mostHeirs
	}
	return 1
}

// sent reads the form as it was sent, from either of its pages.
func (s *screens) sent(r *web.Request) (*reorganising, error) {
	form, err := r.Posted("reorganise")
	if err != nil {
		return nil, err
	}
	var w *reorganising
	err = r.View(func(q store.Querier) error {
		c, err := bound{act{may: above}, s}.open(r, q)
		if err != nil {
			return err
		}
		w = &reorganising{changing: c, Form: form, Kind: org.ActKind(form.Text("kind"))}
		if !slices.Contains(org.ActKinds[:], w.Kind) {
			w.Kind = org.Merger
			form.Wrong(fault.New(fault.Invalid, "org.act.kind"))
		}
		c.form = form
		return w.read()
	})
	return w, err
}

// read makes the command of what was typed. What cannot be understood is told at
// its field.
func (w *reorganising) read() error {
	f := w.Form
	w.command = org.ReorganiseCommand{
		Kind: w.Kind, Decision: f.Raw("decision"), Decided: f.Date("decided"), From: f.Date("from"), ByRule: f.Checked("by-rule"),
	}
	units := []tree.UnitID{w.Unit.ID}
	if w.Kind != org.Split {
		for _, words := range strings.Split(f.Lines("others"), "\n") {
			unit, err := w.find("others", words)
			if err != nil {
				return err
			}
			if unit.ID != 0 && !slices.Contains(units, unit.ID) {
				units = append(units, unit.ID)
			}
		}
	}
	if err := w.readHeirs(); err != nil {
		return err
	}
	codes := make([]string, len(w.command.Heirs))
	for i, heir := range w.command.Heirs {
		codes[i] = heir.Code
	}
	for _, unit := range units {
		w.command.Units = append(w.command.Units, org.Predecessor{Unit: unit, Heirs: codes})
	}
	w.readFates()
	return nil
}

// readHeirs reads the rows of heirs. A unit that only takes over from a dissolved
// one is found by its name or code; where no other code is given, it is that of
// a new unit.
func (w *reorganising) readHeirs() error {
	f := w.Form
	if w.Kind == org.Dissolution {
		unit, err := w.find("heir.0.code", f.Text("heir.0.code"))
		if unit.ID != 0 {
			w.command.Heirs = []org.Heir{{Code: unit.Code}}
		}
		return err
	}
	parent, err := w.find("under", f.Text("under"))
	if err != nil {
		return err
	}
	for i := range w.rows() {
		field := func(name string) string { return fmt.Sprintf("heir.%d.%s", i, name) }
		if i > 0 && !f.Has(field("code")) && !f.Has(field("name")) {
			continue
		}
		w.command.Heirs = append(w.command.Heirs, org.Heir{
			Code: f.Text(field("code")), Name: f.Raw(field("name")), Kind: f.Text(field("kind")), Level: f.Text(field("level")), Parent: parent.ID,
		})
	}
	return nil
}

// readFates reads where what the units had goes, as the second page names it.
func (w *reorganising) readFates() {
	for name := range w.Form.Values {
		what, number, _ := strings.Cut(name, ".")
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			continue
		}
		heir := w.Form.Text(name)
		switch what {
		case "child":
			w.command.Children = append(w.command.Children, org.ChildFate{Unit: tree.UnitID(id), Heir: heir})
		case "post":
			w.command.Posts = append(w.command.Posts, org.PostFate{Post: id, Heir: heir})
		case "role":
			w.command.Roles = append(w.command.Roles, org.RoleFate{Grant: id, Heir: heir})
		}
	}
}

// find gives the unit that words name, by code or by a part of the name, among
// those that the person keeps; none when there are no words. None or several are
// told at the field.
func (w *reorganising) find(field, words string) (tree.Unit, error) {
	if words == "" {
		return tree.Unit{}, nil
	}
	now := w.r.Actor.Tree
	keeps := func(unit tree.Unit) bool { return w.r.Actor.May(access.UnitChange, unit.ID) == nil }
	if unit, ok := now.ByCode(words); ok && keeps(unit) {
		return unit, nil
	}
	day := w.command.From
	if old, err := org.ByCode(w.r.Context(), w.q, max(day, org.Beginning), words); err == nil { // a unit of that day that is gone since
		return tree.Unit{ID: old.ID, Code: old.Code, Name: old.Name, Parent: old.Parent}, nil
	}
	var found []tree.Unit
	for _, top := range w.r.Actor.Units(access.UnitChange) {
		for _, unit := range now.Find(top, words, mostMeant) {
			if keeps(unit) && !slices.Contains(found, unit) {
				found = append(found, unit)
			}
		}
	}
	exact := slices.DeleteFunc(slices.Clone(found), func(u tree.Unit) bool { return u.Name != words })
	switch {
	case len(exact) == 1:
		return exact[0], nil
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		w.Form.Wrong(fault.New(fault.Invalid, "orgui.reorganise.none", "words", words).At(field))
		return tree.Unit{}, nil
	}
	codes := make([]string, 0, 3)
	for _, unit := range found[:min(3, len(found))] {
		codes = append(codes, unit.Code+" ("+unit.Name+")")
	}
	w.Form.Wrong(fault.New(fault.Invalid, "orgui.reorganise.several", "words", words, "codes", strings.Join(codes, "; ")).At(field))
	return tree.Unit{}, nil
}
