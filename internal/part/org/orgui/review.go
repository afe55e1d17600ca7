package orgui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/internal/base/text"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// reviewPage shows every open item of the units of an act, and what will become
// of each, before the act is carried out.
type reviewPage struct {
	*reorganising
	Units  []affected
	Heirs  []namedHeir
	Hidden []hidden
	Ahead  bool // the act is planned for its day
}

// affected is a unit of the act, with the fields that say where things go.
type affected struct {
	org.Affected
	Level string
	Moves []fate // units below
	Posts []fate
	Roles []fate
	Heads []string // lines of reporting, in words
	Open  []openLine
}

// fate is a thing with the field that says which heir gets it.
type fate struct {
	Name, About, Field string
	Options            []web.Option
}

// openLine is an unfinished thing that a later part keeps.
type openLine struct {
	org.OpenItem
	Milestone string
}

// namedHeir is an heir as it will be called.
type namedHeir struct {
	Code, Name string
	Fresh      bool
}

// hidden is a field of the first page, carried through the second.
type hidden struct{ Name, Value string }

// reviewReorganise takes the first page and shows what the act would do, or what
// is wrong. The button that leads back shows the first page again.
func (s *screens) reviewReorganise(r *web.Request) error {
	w, err := s.sent(r)
	if err != nil {
		return err
	}
	if w.Form.Has("back") {
		w.Form.Errors = nil
		return s.renderReorganise(w)
	}
	if w.Form.OK() {
		err := r.Update(func(tx *ledger.Tx) error {
			return tx.Trial(r.Context(), tx.Now(), func() error {
				_, err := org.Do(r.Context(), tx, r.Actor, org.Change{Reorganise: &w.command})
				return err
			})
		})
		if err != nil {
			if err = w.Form.Refused(err); err != nil {
				return err
			}
		}
	}
	return s.renderReview(w)
}

// applyReorganise carries the act out, or plans it when its day is ahead.
func (s *screens) applyReorganise(r *web.Request) error {
	w, err := s.sent(r)
	if err != nil {
		return err
	}
	if !w.Form.OK() {
		return s.renderReview(w)
	}
	var outcome org.Outcome
	err = r.Update(func(tx *ledger.Tx) (err error) {
		outcome, err = org.Do(r.Context(), tx, r.Actor, org.Change{Reorganise: &w.command})
		return err
	})
	if err != nil {
		if err := w.Form.Refused(err); err != nil {
			return err
		}
		return s.renderReview(w)
	}
	if w.planned = outcome.Planned; w.planned == nil {
		w.next = w.Unit.Parent
		if heirs := outcome.Act.Units[0].Heirs; len(heirs) > 0 {
			w.next = heirs[0]
		}
	}
	w.tell("reorganise")
	return r.See(fmt.Sprintf("/org/%d", w.next))
}

// renderReview shows the second page; when something is wrong that the first one
// asked for, it shows that.
func (s *screens) renderReview(w *reorganising) error {
	mendHere := func(one *fault.Error) bool {
		what, _, _ := strings.Cut(one.Field, ".")
		return what == "child" || what == "post" || what == "role"
	}
	if slices.ContainsFunc(w.Form.Errors, func(one *fault.Error) bool { return !mendHere(one) }) {
		return s.renderReorganise(w)
	}
	w.head()
	page := reviewPage{reorganising: w, Ahead: w.command.From > w.Today}
	err := w.r.View(func(q store.Querier) error {
		w.q = q
		return page.read(s.open)
	})
	if err != nil {
		return err
	}
	return w.r.RenderStatus(w.Form.Status(), s.review, page)
}

// Command is what the act says.
func (p reviewPage) Command() org.ReorganiseCommand { return p.command }

// From is the first day on which the act holds.
func (p reviewPage) From() clock.Date {
	if p.command.From == "" {
		return p.Today
	}
	return p.command.From
}

func (p *reviewPage) read(open openItems) error {
	for _, heir := range p.command.Heirs {
		named := namedHeir{Code: heir.Code, Name: heir.Name}
		if is, exists := p.r.Actor.Tree.ByCode(heir.Code); !exists {
			named.Fresh = true
		} else if named.Name == "" {
			named.Name = is.Name
		}
		p.Heirs = append(p.Heirs, named)
	}
	units, err := org.Review(p.r.Context(), p.q, p.command, p.Today)
	if err != nil {
		return err
	}
	for _, unit := range units {
		a := affected{Affected: unit, Level: p.LevelName(unit.Unit.Level)}
		p.fates(&a)
		if unit.Goes && open != nil {
			items, err := open(p.r.Context(), p.q, p.r.Actor.Tree, unit.Unit.ID)
			if err != nil {
				return err
			}
			for _, item := range items {
				a.Open = append(a.Open, openLine{item, item.Name.In(p.r.Lang)})
			}
		}
		p.Units = append(p.Units, a)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Form.Values)) {
		what, _, _ := strings.Cut(name, ".")
		if name != web.KeyField && name != "back" && what != "child" && what != "post" && what != "role" {
			p.Hidden = append(p.Hidden, hidden{name, p.Form.Values.Get(name)})
		}
	}
	return nil
}

// fates makes the fields of a unit's things, each filled with what becomes of it
// when nobody says otherwise.
func (p *reviewPage) fates(a *affected) {
	first := ""
	if a.Goes && len(p.Heirs) > 0 {
		first = p.Heirs[0].Code
	}
	for _, child := range a.Children {
		standing := first
		if !a.Goes {
			standing = a.Unit.Code
		}
		a.Moves = append(a.Moves, p.fate(fmt.Sprintf("child.%d", child.ID), child.Name, p.LevelName(child.Level), standing, false))
	}
	if !a.Goes {
		return
	}
	for _, post := range a.Affected.Posts {
		kind, _ := p.profile.Post(post.Body, post.Kind)
		// A post of one person is given anew by the decision on the heir's committee.
		standing := first
		if kind.Single {
			standing = ""
		}
		a.Posts = append(a.Posts, p.fate(fmt.Sprintf("post.%d", post.ID), post.Name, text.Capital(kind.Name.In(p.r.Lang)), standing, true))
	}
	for _, l := range a.Affected.Lines {
		a.Heads = append(a.Heads, p.r.T("orgui.review.line", "line", p.lineName(l.Line), "unit", p.nameOf(l.Unit), "head", p.nameOf(l.Head)))
	}
	for _, role := range a.Affected.Roles {
		a.Roles = append(a.Roles, p.fate(fmt.Sprintf("role.%d", role.ID), role.Name, p.r.T("access.role."+string(role.Role)), first, true))
	}
}

func (p *reviewPage) fate(field, name, about, standing string, ends bool) fate {
	if _, sent := p.Form.Values[field]; !sent {
		p.Form.Values.Set(field, standing)
	}
	f := fate{Name: name, About: about, Field: field}
	if ends || len(p.Heirs) == 0 {
		label := "orgui.review.ends"
		if !ends {
			label = "orgui.review.homeless"
		}
		f.Options = append(f.Options, web.Option{Value: "", Label: p.r.T(label)})
	}
	for _, heir := range p.Heirs {
		f.Options = append(f.Options, web.Option{Value: heir.Code, Label: heir.Name})
	}
	return f
}
