package remindui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
	"giaoban/internal/part/remind"
)

// place is a milestone for the units of one level below an office.
type place struct {
	Unit      tree.Unit // whose office asks
	Directive int64
	Number    string
	Marks     marking.Marks
	Key       string // of the milestone
	Milestone text.Words
	Level     profile.Level
	column    int
}

func latePath(directive int64, milestone, level string, unit tree.UnitID) string {
	return fmt.Sprintf("/late/%d/%s/%s/%d", directive, milestone, level, unit)
}

// Path is the list's.
func (p place) Path() string { return latePath(p.Directive, p.Key, p.Level.Key, p.Unit.ID) }

// latePage is who is late below an office.
type latePage struct {
	place
	Today clock.Date
	Form  *web.Form
	Rows  []lateRow
	More  int    // late units that are not listed
	Paste string // who is late, for a chat
}

// lateRow is a late unit, or one that reports for late ones.
type lateRow struct {
	board.Listed
	Name    string
	Over    string // to which unit it belongs; "" directly below
	Cells   int    // late ones for which it reports; 0 for its own report
	People  []person
	Contact string
	Picked  bool
}

// person is whom to call.
type person struct{ Name, Post, Phone string }

// mostLate is how many units a page lists.
const mostLate = 200

// place reads of which list the address speaks.
func (s *screens) place(r *web.Request) (p place, err error) {
	id, err := r.ID("directive")
	if err != nil {
		return p, err
	}
	unit, err := r.ID("unit")
	if err != nil {
		return p, err
	}
	if err := r.Actor.May(access.ReportDraft, tree.UnitID(unit)); err != nil {
		return p, err
	}
	v, err := s.Boards.Read(id, tree.UnitID(unit), 0)
	if err != nil {
		return p, err
	}
	p = place{Directive: id, Number: v.Document.Number, Marks: v.Document.Marks, Key: r.PathValue("milestone")}
	p.Unit, _ = r.Actor.Tree.Unit(tree.UnitID(unit))
	p.column = slices.IndexFunc(v.Columns, func(c board.Column) bool { return c.Milestone == p.Key && c.Level == r.PathValue("level") })
	if p.column < 0 {
		return p, fault.New(fault.NotFound, "remind.not-found")
	}
	for _, m := range v.Document.Milestones {
		if m.Key == p.Key {
			p.Milestone = m.Name
		}
	}
	return p, r.View(func(q store.Querier) error {
		rules, err := org.Profile(r.Context(), q)
		if err == nil {
			p.Level, _ = rules.Level(v.Columns[p.column].Level)
		}
		return err
	})
}

// late gives the late units below the office by the units that they belong to and by
// name: who is to be asked for each.
func (s *screens) late(r *web.Request, p place) (rows []lateRow, err error) {
	list, err := s.Boards.List(p.Directive, p.Unit.ID, p.column, board.Late)
	if err != nil {
		return nil, err
	}
	byUnit := map[tree.UnitID]int{}
	for _, one := range list {
		unit, ok := r.Actor.Tree.Unit(one.Unit)
		if ok && p.Level.ReportedByParent {
			one.Unit = unit.Parent
			unit, ok = r.Actor.Tree.Unit(unit.Parent)
		}
		if !ok || unit.ID == p.Unit.ID {
			continue
		}
		at, known := byUnit[unit.ID]
		if !known {
			at = len(rows)
			byUnit[unit.ID] = at
			rows = append(rows, lateRow{Listed: one, Name: unit.Name})
		}
		if p.Level.ReportedByParent {
			rows[at].Cells++
		}
		if above, _ := r.Actor.Tree.Unit(unit.Parent); above.ID != p.Unit.ID {
			rows[at].Over = above.Name
		}
	}
	slices.SortStableFunc(rows, func(a, b lateRow) int { return cmp.Or(fold.Compare(a.Over, b.Over), fold.Compare(a.Name, b.Name)) })
	return rows, nil
}

func (s *screens) showLate(r *web.Request) error {
	p, err := s.place(r)
	if err != nil {
		return err
	}
	form := r.NewForm("urge")
	return s.renderLate(r, p, form, form.Status())
}

func (s *screens) renderLate(r *web.Request, p place, form *web.Form, status int) error {
	page := latePage{place: p, Form: form, Today: clock.DateOf(r.Now(), r.Zone())}
	var err error
	if page.Rows, err = s.late(r, p); err != nil {
		return err
	}
	page.Paste = s.paste(r, p, page.Rows)
	if len(page.Rows) > mostLate {
		page.More = len(page.Rows) - mostLate
		page.Rows = page.Rows[:mostLate]
	}
	sent := form.All("unit")
	for i := range page.Rows {
		page.Rows[i].Picked = len(sent) == 0 || slices.Contains(sent, strconv.FormatInt(int64(page.Rows[i].Unit), 10))
	}
	if err := r.View(func(q store.Querier) error { return p.fill(r, q, page.Rows) }); err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("late.title"), "/work"
	layout.Crumb(r.T("late.title"), "")
	return r.RenderStatus(status, s.lateScreen, page)
}

// fill adds whom to call, and the last contact.
func (p place) fill(r *web.Request, q store.Querier, rows []lateRow) error {
	units := make([]tree.UnitID, len(rows))
	for i, row := range rows {
		units[i] = row.Unit
	}
	holders, err := account.Holders(r.Context(), q, units, access.Leader, access.Officer)
	if err != nil {
		return err
	}
	contacts, err := remind.Contacts(r.Context(), q, p.Unit.ID, p.Directive, p.Key)
	if err != nil {
		return err
	}
	for i := range rows {
		for _, h := range holders {
			if h.Unit != rows[i].Unit {
				continue
			}
			post, err := org.PostTitle(r.Context(), q, h.ID, h.Unit)
			if err != nil {
				return err
			}
			rows[i].People = append(rows[i].People, person{h.Name, post, h.Phone})
		}
		rows[i].Contact = contact(r, contacts[rows[i].Unit])
	}
	return nil
}

// contact says when a unit was last in touch, and what came of it.
func contact(r *web.Request, c remind.Contact) string {
	switch {
	case c.Call.At.IsZero() && c.UrgedAt.IsZero():
		return ""
	case c.Call.At.Before(c.UrgedAt):
		return r.T("late.urged", "when", text.Moment(r.Lang, c.UrgedAt, r.Zone()))
	case c.Call.Until != "":
		return r.T("late.promised", "when", text.Moment(r.Lang, c.Call.At, r.Zone()), "day", c.Call.Until)
	}
	return r.T("late.called", "when", text.Moment(r.Lang, c.Call.At, r.Zone()), "result", r.T("late.result."+string(c.Call.Result)))
}

// paste is who is late as plain text. What bears a mark of secrecy is not named in it:
// a chat belongs to somebody else.
func (s *screens) paste(r *web.Request, p place, rows []lateRow) string {
	var b strings.Builder
	about := p.Number + " · " + p.Milestone.In(r.Lang)
	if p.Marks.Secrecy != "" {
		about = r.T("late.paste.secret")
	}
	b.WriteString(r.T("late.paste", "about", about, "n", len(rows), "when", text.Moment(r.Lang, r.Now(), r.Zone())) + "\n")
	for i, row := range rows {
		fmt.Fprintf(&b, "%d. %s (%s)\n", i+1, row.Name, text.Remaining(r.Lang, row.Deadline, clock.DateOf(r.Now(), r.Zone())))
	}
	b.WriteString(r.T("late.paste.link", "address", s.Address+"/work"))
	return b.String()
}

// urge reminds the units that were picked.
func (s *screens) urge(r *web.Request) error {
	p, err := s.place(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("urge")
	if err != nil {
		return err
	}
	rows, err := s.late(r, p)
	if err != nil {
		return err
	}
	picked := form.All("unit")
	cmd := remind.PressCommand{Key: form.Key, By: p.Unit.ID, Directive: p.Directive, Milestone: p.Key, Note: form.Lines("note")}
	if p.Level.ReportedByParent {
		cmd.Cells = p.Level.Key
	}
	for _, row := range rows {
		if slices.Contains(picked, strconv.FormatInt(int64(row.Unit), 10)) || form.Checked("all") {
			cmd.Units = append(cmd.Units, row.Listed)
		}
	}
	n := 0
	err = r.Update(func(tx *ledger.Tx) (err error) {
		n, err = remind.Press(r.Context(), tx, r.Actor, cmd)
		return err
	})
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderLate(r, p, form, form.Status())
	}
	r.Notice("late.done", "n", n)
	return r.See(p.Path())
}
