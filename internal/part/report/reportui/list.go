package reportui

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
)

// largestTold is how many bytes a list of what units told may have: it travels
// with the page on which it is checked.
const largestTold = 2 << 20

// How much of a plan is written out.
const (
	mostTold   = 200 // units
	mostErrors = 500
)

// listPage takes a list of what units told, and shows what it would enter.
type listPage struct {
	Slot      report.Slot // of the office
	Of        directive.Directive
	Milestone profile.Milestone
	Office    tree.Unit
	Form      *web.Form
	Sources   []web.Option
	Content   string           // of the list that was checked, as it is sent again; "" before
	Plan      *report.ListPlan // what it would enter; nil before
	Told      []toldRow
	Wrong     []report.CellError
	More      int // units or errors that are not written out
}

// toldRow is a unit with what is entered for it.
type toldRow struct {
	report.PlannedTelling
	Values []value
}

// Path is the address of the page.
func (p listPage) Path() string {
	return fmt.Sprintf("/told/%d/%s/%d", p.Slot.Directive, url.PathEscape(p.Slot.Milestone), p.Slot.Unit)
}

func (s *Screens) listOf(r *web.Request) (page listPage, err error) {
	if page.Slot, err = slotOf(r); err != nil {
		return page, err
	}
	if err := r.Actor.May(access.ReportDraft, page.Slot.Unit); err != nil {
		return page, err
	}
	page.Office, _ = r.Actor.Tree.Unit(page.Slot.Unit)
	return page, r.View(func(q store.Querier) error {
		var ok bool
		if page.Of, err = directive.Get(r.Context(), q, page.Slot.Directive); err != nil {
			return err
		}
		page.Milestone, ok = milestoneOf(page.Of, page.Slot.Milestone)
		if !ok || page.Of.State == directive.Drafted || !r.Actor.Tree.Within(page.Slot.Unit, page.Of.Unit) {
			return fault.New(fault.NotFound, "report.not-asked")
		}
		return nil
	})
}

func (s *Screens) showList(r *web.Request) error {
	page, err := s.listOf(r)
	if err != nil {
		return err
	}
	page.Form = r.NewForm("list").Set("day", clock.DateOf(r.Now(), r.Zone()))
	return s.renderList(r, page)
}

func (s *Screens) renderList(r *web.Request, page listPage) error {
	page.Sources = append(sources(r), web.Option{Value: "", Label: r.T("reportui.list.source.rows")})
	layout := r.Layout()
	layout.Title = r.T("reportui.list") + " · " + page.Office.Name
	layout.Rail = "/board"
	layout.Crumb(page.Milestone.Name.In(r.Lang), fmt.Sprintf("/board/%d/%d?milestone=%s", page.Slot.Directive, page.Slot.Unit, url.QueryEscape(page.Slot.Milestone))).
		Crumb(r.T("reportui.list"), "")
	layout.Script("report/form.ts") // with the style of these screens
	return r.RenderStatus(page.Form.Status(), s.list, page)
}

// takeList checks a list that was sent or pasted, and enters it once the person
// has seen what it would enter.
func (s *Screens) takeList(r *web.Request) error {
	page, err := s.listOf(r)
	if err != nil {
		return err
	}
	if page.Form, err = r.Posted("list"); err != nil {
		return err
	}
	options := report.ListOptions{
		Directive: page.Slot.Directive, Milestone: page.Slot.Milestone, By: page.Slot.Unit, Source: report.Source(page.Form.Text("source")),
		Said: page.Form.Text("said"), Lang: r.Lang, Zone: r.Zone(), Now: r.Now(),
		At: toldAt(r, page.Form.Date("day"), clock.DateOf(r.Now(), r.Zone())),
	}
	list, content, err := listIn(r, page.Form)
	if err := page.Form.Refused(err); err != nil {
		return err
	}
	if !page.Form.OK() {
		return s.renderList(r, page)
	}
	var plan report.ListPlan
	err = r.View(func(q store.Querier) (err error) {
		plan, err = report.PlanList(r.Context(), q, r.Actor, list, options)
		return err
	})
	if err != nil {
		return err
	}
	if page.Form.Text("act") == "enter" && !plan.Conflicts() && len(plan.Told) > 0 {
		return s.enterList(r, page, plan)
	}
	page.Content = content
	page.lay(r, &plan)
	return s.renderList(r, page)
}

func (s *Screens) enterList(r *web.Request, page listPage, plan report.ListPlan) error {
	err := r.Update(func(tx *ledger.Tx) error {
		_, err := report.TellList(r.Context(), tx, r.Actor, plan, nil)
		return err
	})
	if err := page.Form.Refused(err); err != nil {
		return err
	}
	if !page.Form.OK() {
		return s.renderList(r, page)
	}
	r.Notice("reportui.list.entered", "n", len(plan.Told))
	return r.See(fmt.Sprintf("/board/%d/%d?milestone=%s", page.Slot.Directive, page.Slot.Unit, url.QueryEscape(page.Slot.Milestone)))
}

// lay puts a plan into words.
func (p *listPage) lay(r *web.Request, plan *report.ListPlan) {
	p.Plan = plan
	p.Wrong = plan.Errors[:min(len(plan.Errors), mostErrors)]
	p.More = max(0, len(plan.Errors)-mostErrors, len(plan.Told)-mostTold)
	for _, one := range plan.Told[:min(len(plan.Told), mostTold)] {
		p.Told = append(p.Told, toldRow{one, valuesIn(r, p.Milestone, one.Values)})
	}
}

// listIn reads the list of a form: a file, pasted text, or the one that was
// checked before. The content is what the page sends again.
func listIn(r *web.Request, form *web.Form) (list report.List, content string, err error) {
	name, raw, err := contentIn(r, form)
	switch {
	case err != nil:
		return list, "", err
	case len(raw) > largestTold:
		return list, "", fault.New(fault.Invalid, "sheet.tooLarge", "megabytes", largestTold>>20).At("file")
	case name == "":
		list, err = report.ReadPasted(r.T("reportui.list.pasted"), string(raw))
	default:
		list, err = report.ReadList(name, raw)
	}
	form.Values.Set("name", name)
	return list, base64.StdEncoding.EncodeToString(raw), err
}

// contentIn is the content of the list and the name of its file, "" for what was
// pasted.
func contentIn(r *web.Request, form *web.Form) (name string, raw []byte, err error) {
	header, err := form.File("file")
	switch {
	case err == nil:
		file, err := header.Open()
		if err != nil {
			return "", nil, fmt.Errorf("opening the list: %w", err)
		}
		defer file.Close()
		raw, err = io.ReadAll(io.LimitReader(file, largestTold+1))
		return header.Filename, raw, err
	case !errors.Is(err, fs.ErrNotExist):
		return "", nil, err
	case form.Values.Get("content") != "":
		raw, err = base64.StdEncoding.DecodeString(form.Values.Get("content"))
		if err != nil {
			return "", nil, fault.New(fault.Invalid, "sheet.damaged")
		}
		return form.Values.Get("name"), raw, nil
	case !form.Has("pasted"):
		return "", nil, fault.New(fault.Invalid, "reportui.list.nothing").At("pasted")
	}
	return "", []byte(form.Values.Get("pasted")), nil
}

// sendForm gives the units that have sent nothing as a form to be filled in.
func (s *Screens) sendForm(r *web.Request) error {
	page, err := s.listOf(r)
	if err != nil {
		return err
	}
	var content bytes.Buffer
	err = r.View(func(q store.Querier) error {
		form, err := report.ListForm(r.Context(), q, r.Actor, report.ListOptions{
			Directive: page.Slot.Directive, Milestone: page.Slot.Milestone, By: page.Slot.Unit, Lang: r.Lang, Zone: r.Zone(), Now: r.Now(),
		})
		if err != nil {
			return err
		}
		return sheet.WriteXLSX(&content, []sheet.Sheet{form})
	})
	if err != nil {
		return err
	}
	return r.Attach(page.Office.Code+" "+page.Slot.Milestone+".xlsx", file.Xlsx, content.Bytes())
}
