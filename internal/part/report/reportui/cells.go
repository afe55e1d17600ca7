package reportui

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// cellsPage is the tick list by which a committee reports for its cells.
type cellsPage struct {
	Slot      report.Slot // of the committee
	Of        directive.Directive
	Milestone profile.Milestone
	Committee tree.Unit
	Level     profile.Level // of the cells
	Deadline  clock.Date    // of the cells
	Today     clock.Date
	Mark      string // of the deadline: soon, late, none
	Cells     []cell
	Reported  int
	Form      *web.Form
	Signing   *web.Signing       // by password: one signature stands under many reports
	Authority string             // of a signature for somebody else, as "K/T BÍ THƯ"
	Day       *profile.Indicator // the day beside each tick; nil when the milestone asks for none
	Correct   tree.UnitID        // the reported cell that is being corrected
	Draft     report.Draft       // what was ticked before; Revision 0 when nothing is kept
	Other     *otherList         // what somebody else ticked meanwhile; nil when nobody did
}

// Path is the address of the page.
func (p cellsPage) Path() string {
	return fmt.Sprintf("/cells/%d/%s/%d", p.Slot.Directive, url.PathEscape(p.Slot.Milestone), p.Slot.Unit)
}

// Left is how many cells are not reported yet.
func (p cellsPage) Left() int { return len(p.Cells) - p.Reported }

// Open says whether there is a line to tick.
func (p cellsPage) Open() bool { return p.Left() > 0 || p.Correct != 0 }

// cell is one line of the list.
type cell struct {
	tree.Unit
	Standing report.Standing
	Values   []value // what was reported, without the day
	When     string  // the day that was reported, as shown
	Locked   bool    // reported, and not being corrected
	Ticked   bool
	Fields   []field // beside the day
	DayName  string  // of the day's form field
	DayValue string
	Wrong    []string
}

// cellsPath is the tick list on which a cell stands.
func cellsPath(p place) string {
	return fmt.Sprintf("/cells/%d/%s/%d", p.Slot.Directive, url.PathEscape(p.Slot.Milestone), p.At.Parent)
}

// reportsFor says whether the person reports for a cell as one of its committee.
func (s *Screens) reportsFor(r *web.Request, p place) bool {
	return !p.Closed && p.At.Parent != 0 && r.Actor.May(access.ReportDraft, p.At.Parent) == nil
}

func (s *Screens) showCells(r *web.Request) error {
	page, err := s.cellsOf(r)
	if err != nil {
		return err
	}
	page.Form = r.NewForm("cells")
	page.begin(r)
	return s.renderCells(r, page, http.StatusOK)
}

// cellsOf reads the committee's cells and how they stand.
func (s *Screens) cellsOf(r *web.Request) (cellsPage, error) {
	slot, err := slotOf(r)
	if err != nil {
		return cellsPage{}, err
	}
	if err := r.Actor.May(access.ReportDraft, slot.Unit); err != nil {
		return cellsPage{}, err
	}
	page := cellsPage{Slot: slot, Today: clock.DateOf(r.Now(), r.Zone())}
	page.Committee, _ = r.Actor.Tree.Unit(slot.Unit)
	// An address that names no unit corrects none.
	correct, _ := strconv.ParseInt(r.Query("correct"), 10, 64)
	page.Correct = tree.UnitID(correct)
	return page, r.View(func(q store.Querier) error { return page.read(r, q) })
}

func (p *cellsPage) read(r *web.Request, q store.Querier) error {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	if p.Of, err = directive.Get(r.Context(), q, p.Slot.Directive); err != nil {
		return err
	}
	milestone, ok := milestoneOf(p.Of, p.Slot.Milestone)
	if !ok || p.Of.State == directive.Drafted || !r.Actor.Tree.Within(p.Slot.Unit, p.Of.Unit) {
		return fault.New(fault.NotFound, "report.not-asked")
	}
	if p.Of.State == directive.Ceased {
		return fault.New(fault.TooLate, "report.directive-closed")
	}
	p.Milestone = milestone
	for i, one := range milestone.Indicators {
		if one.Kind == profile.Date {
			p.Day = &milestone.Indicators[i]
			break
		}
	}
	if p.Draft, _, err = report.CellsDraftOf(r.Context(), q, p.Slot); err != nil {
		return err
	}
	standings, err := report.ChildStandings(r.Context(), q, p.Slot.Directive, p.Slot.Milestone, p.Slot.Unit)
	if err != nil {
		return err
	}
	apart, err := directive.ChildStandings(r.Context(), q, p.Slot.Directive, p.Slot.Unit)
	if err != nil {
		return err
	}
	path := directive.PathTo(r.Actor.Tree, p.Of.Unit, p.Slot.Unit)
	for _, unit := range r.Actor.Tree.Children(p.Slot.Unit) {
		level, _ := rules.Level(unit.Level)
		if _, asked := milestone.Deadline(unit.Level); !asked || !level.ReportedByParent {
			continue
		}
		if directive.StandingAt(apart, p.Slot.Directive, p.Slot.Milestone, unit.ID).Exempt() {
			continue
		}
		p.Level = level
		p.add(r, unit, standings[unit.ID])
		p.Deadline, err = directive.EffectiveDeadline(r.Context(), q, p.Of, p.Slot.Milestone, unit.Level, path)
		if err != nil {
			return err
		}
	}
	p.Mark = string(report.Standing{}.Mark(p.Deadline, p.Today, rules.DueSoonDays))
	return nil
}

// add lays out one line.
func (p *cellsPage) add(r *web.Request, unit tree.Unit, standing report.Standing) {
	c := cell{Unit: unit, Standing: standing}
	c.Locked = standing.Done() && unit.ID != p.Correct
	values := standing.Accepted.Values()
	for _, f := range fieldsOf(p.Milestone, r.Lang) {
		name := report.CellField(unit.ID, f.Key)
		if p.Day != nil && f.Key == p.Day.Key {
			c.DayName = name
			c.When = p.Day.Show(nil, r.Lang, values[f.Key])
			c.DayValue = c.When
			continue
		}
		f.Name = name
		c.Fields = append(c.Fields, f)
	}
	if standing.Done() {
		p.Reported++
		c.Ticked = true
		for _, v := range valuesOf(r, p.Milestone, standing.Accepted) {
			if p.Day == nil || v.Name != p.Day.Name.In(r.Lang) {
				c.Values = append(c.Values, v)
			}
		}
	}
	p.Cells = append(p.Cells, c)
}

// sendCells signs and submits for what was ticked, or keeps it as a draft, by the
// button that was pressed.
func (s *Screens) sendCells(r *web.Request) error {
	page, err := s.cellsOf(r)
	if err != nil {
		return err
	}
	if page.Form, err = r.Posted("cells"); err != nil {
		return err
	}
	if page.Form.Values.Get("act") == "draft" {
		return s.saveCells(r, page)
	}
	_, _, lang := base(page.Form, r.Lang)
	cells := page.ticked()
	if len(cells) == 0 {
		page.Form.Wrong(fault.New(fault.Invalid, "report.cells-none"))
		return s.renderCells(r, page, page.Form.Status())
	}
	actor, err := s.toSignCells(r, page.Slot)
	if err != nil {
		return err
	}
	signature, err := s.sign(r, actor, page.Form, page.Slot.Unit)
	if err != nil {
		return s.cellsAgain(r, page, err)
	}
	var sent []report.Report
	err = r.Update(func(tx *ledger.Tx) (err error) {
		sent, err = report.ForCells(r.Context(), tx, r.Actor, report.CellsCommand{
			Directive: page.Slot.Directive, Milestone: page.Slot.Milestone, Committee: page.Slot.Unit,
			Key: page.Form.Key, Cells: cells, Lang: lang, Signature: signature,
		})
		return err
	})
	if err != nil {
		return s.cellsAgain(r, page, err)
	}
	r.Notice("reportui.cells-sent", "n", len(sent))
	return r.See(page.Path())
}

// ticked reads the ticked cells from the sent form. Cells that were reported
// already are left out unless they are being corrected.
func (p cellsPage) ticked() []report.Cell {
	var cells []report.Cell
	for _, c := range p.Cells {
		if c.Locked || p.Form.Values.Get(report.CellField(c.ID, "")) == "" {
			continue
		}
		values := map[string]string{}
		for _, i := range p.Milestone.Indicators {
			if typed := p.Form.Values.Get(report.CellField(c.ID, i.Key)); typed != "" {
				values[i.Key] = typed
			}
		}
		// No version seen is 0: what was reported meanwhile is then a conflict.
		after, _ := strconv.Atoi(p.Form.Values.Get(report.CellField(c.ID, "after")))
		cells = append(cells, report.Cell{Unit: c.ID, After: after, Values: values})
	}
	return cells
}

// cellsAgain shows the list with what was typed and what is wrong.
func (s *Screens) cellsAgain(r *web.Request, page cellsPage, err error) error {
	overtaken := asOvertaken(err)
	switch {
	case overtaken != nil && overtaken.Report.ID == 0:
		page.compare(r, overtaken)
		return s.renderCells(r, page, http.StatusConflict)
	case overtaken != nil:
		page.Form.Wrong(fault.New(fault.Conflict, "reportui.cells-overtaken",
			"unit", s.name(r, overtaken.Report.Unit), "name", overtaken.Report.Signer))
		return s.renderCells(r, page, http.StatusConflict)
	}
	if err := page.Form.Refused(err); err != nil {
		return err
	}
	return s.renderCells(r, page, page.Form.Status())
}

// renderCells puts what was typed into the lines and shows the page.
func (s *Screens) renderCells(r *web.Request, page cellsPage, status int) error {
	actor, err := s.toSignCells(r, page.Slot)
	if err != nil {
		return err
	}
	if page.Signing, err = s.signing(r, actor, page.Form, page.Slot.Unit); err != nil {
		return err
	}
	page.Authority = account.As(actor, access.ReportSubmit, page.Slot.Unit, "").Authority
	if page.Signing != nil {
		page.Signing.Passkey = false
	}
	for i := range page.Cells {
		c := &page.Cells[i]
		if !page.typed(r, *c) {
			continue
		}
		c.Ticked = page.Form.Values.Get(report.CellField(c.ID, "")) != ""
		c.DayValue = page.Form.Values.Get(c.DayName)
		for _, f := range page.Form.Errors {
			if f.Field == c.DayName && f.Field != "" || f.Field == report.CellField(c.ID, "") {
				c.Wrong = append(c.Wrong, r.T(f.Key, f.Args...))
			}
		}
	}
	layout := r.Layout()
	layout.Title = page.Milestone.Name.In(r.Lang) + " · " + page.Committee.Name
	layout.Rail = "/work"
	layout.Crumb(r.T("reportui.work"), "/work").Crumb(page.Milestone.Name.In(r.Lang), "")
	layout.Script("report/cells.ts").Script("report/form.ts")
	return r.RenderStatus(status, s.cells, page)
}

// Name is the form field of a line's tick.
func (c cell) Name() string { return report.CellField(c.ID, "") }

// AfterName is the form field of the version that the person saw.
func (c cell) AfterName() string { return report.CellField(c.ID, "after") }

// today is a day as the person's language writes it.
func (p cellsPage) TodayTyped() string { return text.Date(text.VI, p.Today) }
