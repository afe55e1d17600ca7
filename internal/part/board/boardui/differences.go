package boardui

import (
	"slices"
	"strconv"

	"giaoban/internal/base/text"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
)

// differencesPage is the units whose state is another at the later moment.
type differencesPage struct {
	comparePage
	Column int
	Level  string
	Words  string
	Units  []difference
}

// difference is one of them.
type difference struct {
	Unit      tree.Unit
	Parent    string
	Gone      bool
	Then, Now string // states; "" for not counted
}

// differences lists the units behind a change.
func (s *Screens) differences(r *web.Request) error {
	directive, unit, err := s.askedTwo(r)
	if err != nil {
		return err
	}
	column, err := strconv.Atoi(r.PathValue("column"))
	if err != nil {
		return fault.New(fault.NotFound, "board.unknown")
	}
	form := r.NewForm("compare")
	from, to, on, err := s.two(r, form, directive)
	if err != nil {
		return err
	}
	for _, wrong := range form.Errors {
		r.Notice(wrong.Key, wrong.Args...)
	}
	list, err := s.boards.Differences(directive, unit, column, from.Moment, to.Moment, on)
	if err != nil {
		return err
	}
	c, err := s.boards.Compare(directive, unit, from.Moment, to.Moment, on)
	if err != nil {
		return err
	}
	party, err := pinned(r, c.Now)
	if err != nil {
		return err
	}
	level, _ := party.Level(c.Now.Columns[column].Level)
	page := &differencesPage{Column: column, Level: text.Capital(level.Plural.In(r.Lang)), Words: r.Query("q")}
	page.comparePage = comparePage{
		Number: c.Now.Document.Number, Title: c.Now.Document.Title, Directive: directive, Milestone: c.Now.Columns[column].Milestone,
		From: from, To: to, Map: on,
	}
	if err := s.fillDifferences(r, page, unit, list); err != nil {
		return err
	}
	s.compareFrame(r, &page.comparePage, page.Level)
	return r.Render(s.changed, page)
}

func (s *Screens) fillDifferences(r *web.Request, page *differencesPage, top tree.UnitID, list []board.Difference) error {
	ids := []tree.UnitID{top}
	for _, d := range list {
		ids = append(ids, d.Unit)
	}
	units, err := s.calledThen(r, page.From, page.To, ids)
	if err != nil {
		return err
	}
	page.Unit = units(top).unit
	words := fold.Key(page.Words)
	for _, d := range list {
		u := units(d.Unit)
		if words != "" && !contains(fold.Key(u.unit.Name), words) {
			continue
		}
		parent, _ := s.tree.Unit(u.unit.Parent)
		page.Units = append(page.Units, difference{u.unit, parent.Name, u.gone, string(d.Then), string(d.Now)})
	}
	slices.SortStableFunc(page.Units, func(a, b difference) int {
		if order := fold.Compare(a.Parent, b.Parent); order != 0 {
			return order
		}
		return fold.Compare(a.Unit.Name, b.Unit.Name)
	})
	page.Pager = r.Pager(len(page.Units), perPage)
	page.Units = page.Units[min(page.Pager.Offset, len(page.Units)):page.Pager.To]
	return nil
}
