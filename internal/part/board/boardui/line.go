package boardui

import (
	"fmt"
	"slices"

	"giaoban/internal/base/text"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
)

// linePage is what reports to a unit in a line beside the tree. It is a view: each
// unit is counted once, by the unit above it, and nothing here is added to that.
type linePage struct {
	Number, Title string
	Marks         marking.Marks // of the directive
	Directive     int64
	Unit          tree.Unit
	Line          string
	Milestones    []tab
	Milestone     string
	Columns       []heading
	Rows          []lineRow
	Today         clock.Date
}

// lineRow is a unit of the line.
type lineRow struct {
	Unit    tree.Unit
	Counted tree.Unit // the unit that counts it
	From    clock.Date
	Open    bool // the person may open its board
	Cells   []cell
}

// lineTab leads to the board of a line.
type lineTab struct {
	Key, Name string
	Count     int
}

// lines finds the lines that a unit heads, for its board.
func lines(r *web.Request, q store.Querier, p *profile.Profile, unit tree.UnitID) ([]lineTab, error) {
	list, err := org.Heading(r.Context(), q, unit)
	if err != nil {
		return nil, err
	}
	var tabs []lineTab
	for _, line := range p.Lines {
		n := 0
		for _, l := range list {
			if l.Line == line.Key {
				n++
			}
		}
		if n > 0 {
			tabs = append(tabs, lineTab{line.Key, line.Name.In(r.Lang), n})
		}
	}
	return tabs, nil
}

// showLine is the board of a line, for who reads the board of the unit that heads
// it. Of units that the person does not see otherwise it shows their figures and
// no more.
func (s *Screens) showLine(r *web.Request) error {
	directive, unit, err := s.asked(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.BoardRead, unit); err != nil {
		return err // a board that is open to others opens no lines
	}
	v, err := s.boards.Read(directive, unit, 0)
	if err != nil {
		return err
	}
	head, ok := s.tree.Unit(unit)
	if !ok {
		return fault.New(fault.NotFound, "board.unknown")
	}
	page := &linePage{Number: v.Document.Number, Title: v.Document.Title, Marks: v.Document.Marks, Directive: directive, Unit: head, Today: v.Today}
	err = r.View(func(q store.Querier) error { return s.fillLine(r, q, page, v) })
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = page.Line+" · "+head.Name, "/board"
	layout.Crumb(head.Name, fmt.Sprintf("/board/%d/%d", directive, unit)).Crumb(page.Line, "")
	return r.Render(s.line, page)
}

func (s *Screens) fillLine(r *web.Request, q store.Querier, page *linePage, v board.View) error {
	now, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	line, known := now.LineOf(r.PathValue("line"))
	if !known {
		return fault.New(fault.NotFound, "board.unknown")
	}
	page.Line = text.Capital(line.Name.In(r.Lang))
	list, err := org.Heading(r.Context(), q, page.Unit.ID)
	if err != nil {
		return err
	}
	pinned, err := org.Pinned(r.Context(), q, v.Document.Profile)
	if err != nil {
		return err
	}
	chosen := boardPage{Milestone: r.Query("milestone")}
	chosen.chooseMilestone(r, v)
	page.Milestone, page.Milestones = chosen.Milestone, chosen.Milestones
	var views []board.View
	for _, l := range list {
		u, exists := s.tree.Unit(l.Unit)
		if l.Line != line.Key || !exists {
			continue
		}
		below, err := s.boards.Read(page.Directive, u.ID, 0)
		if err != nil {
			return err
		}
		counted, _ := s.tree.Unit(u.Parent)
		page.Rows = append(page.Rows, lineRow{Unit: u, Counted: counted, From: l.From, Open: s.may(r, page.Directive, u.ID) == nil})
		views = append(views, below)
	}
	for at, column := range v.Columns {
		some := func(below board.View) bool { return below.Head.Cells[at].Total > 0 }
		if column.Milestone != page.Milestone || !slices.ContainsFunc(views, some) {
			continue
		}
		level, _ := pinned.Level(column.Level)
		page.Columns = append(page.Columns, heading{Index: at, Level: level.Short.In(r.Lang), Full: text.Capital(level.Plural.In(r.Lang))})
		for i := range page.Rows {
			page.Rows[i].Cells = append(page.Rows[i].Cells, newCell(views[i].Head, at))
		}
	}
	return nil
}
