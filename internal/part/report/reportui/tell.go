package reportui

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// tellPage is the form by which an office enters what a unit told.
type tellPage struct {
	place
	Office  tree.Unit
	Form    *web.Form
	Fields  []field
	Sources []web.Option

	Secrecies, Urgencies []web.Option
}

// officeFor is the nearest unit above one at which the person works; false when
// the person may not enter anything on its behalf.
func officeFor(r *web.Request, unit tree.UnitID) (tree.Unit, bool) {
	path := r.Actor.Tree.Path(unit)
	if len(path) == 0 || r.Actor.May(access.ReportTell, unit) != nil {
		return tree.Unit{}, false
	}
	for i := len(path) - 2; i >= 0; i-- {
		if r.Actor.May(access.ReportDraft, path[i].ID) == nil {
			return path[i], true
		}
	}
	return tree.Unit{}, false
}

// mayTell says whether the person can enter something on behalf of the unit now.
func mayTell(r *web.Request, p place) bool {
	_, works := officeFor(r, p.Unit)
	return works && !p.Closed && p.Deadline != "" && !p.Level.ReportedByParent && !p.Standing.Done() && !p.Standing.Waiting()
}

func (s *Screens) tellOf(r *web.Request) (page tellPage, err error) {
	slot, err := slotOf(r)
	if err != nil {
		return page, err
	}
	var works bool
	if page.Office, works = officeFor(r, slot.Unit); !works {
		return page, fault.New(fault.Forbidden, "access.refused")
	}
	return page, r.View(func(q store.Querier) (err error) {
		page.place, err = placeOf(r, q, slot)
		return err
	})
}

// showTell is the form, filled with what was told last.
func (s *Screens) showTell(r *web.Request) error {
	page, err := s.tellOf(r)
	if err != nil {
		return err
	}
	page.Form = r.NewForm("tell").Set("day", page.Today)
	marks := page.Of.Document.Marks
	if page.Standing.Provisional() {
		before := page.Standing.Newest
		marks = before.Marks
		page.Form.Set("source", string(before.Telling.Source)).Set("said", before.Telling.Said)
		for key, typed := range shown(page.Milestone, text.EN, r.Lang, before.Values()) {
			page.Form.Values.Set(fieldPrefix+key, typed)
		}
	}
	page.Form.Set("secrecy", string(marks.Secrecy)).Set("urgency", string(marks.Urgency))
	return s.renderTell(r, page, http.StatusOK)
}

func (s *Screens) renderTell(r *web.Request, page tellPage, status int) error {
	page.Fields, page.Sources = fieldsOf(page.Milestone, r.Lang), sources(r)
	page.Secrecies, page.Urgencies = r.Secrecies(), r.Urgencies()
	layout := r.Layout()
	layout.Title = r.T("reportui.tell") + " · " + page.At.Name
	layout.Narrow, layout.Rail = true, "/board"
	layout.Crumb(page.At.Name, page.Path()).Crumb(r.T("reportui.tell"), "")
	layout.Script("report/form.ts") // with the style of these screens
	return r.RenderStatus(status, s.tell, page)
}

func sources(r *web.Request) []web.Option {
	list := make([]web.Option, len(report.Sources))
	for i, source := range report.Sources {
		list[i] = web.Option{Value: string(source), Label: r.T("reportui.source." + string(source))}
	}
	return list
}

// takeTelling enters what a unit told.
func (s *Screens) takeTelling(r *web.Request) error {
	page, err := s.tellOf(r)
	if err != nil {
		return err
	}
	if page.Form, err = r.Posted("tell"); err != nil {
		return err
	}
	upload, err := s.receive(page.Form)
	if err := page.Form.Refused(err); err != nil {
		return err
	}
	telling := report.Telling{
		By: page.Office.ID, Source: report.Source(page.Form.Text("source")), Said: page.Form.Text("said"),
		At: toldAt(r, page.Form.Date("day"), page.Today),
	}
	if !page.Form.OK() {
		return s.renderTell(r, page, page.Form.Status())
	}
	var told report.Report
	err = r.Update(func(tx *ledger.Tx) error {
		if upload != nil {
			saved, err := file.Save(r.Context(), tx, *upload, marksOf(page.Form), int64(page.Office.ID), r.Actor.Person)
			if err != nil {
				return err
			}
			telling.File = saved.ID
		}
		told, err = report.Tell(r.Context(), tx, r.Actor, report.TellCommand{
			Slot: page.Slot, Telling: telling, Key: page.Form.Key, Values: typed(page.Milestone, page.Form), Lang: r.Lang,
			Marks: marksOf(page.Form),
		})
		return err
	})
	if err != nil {
		if err := page.Form.Refused(atTelling(err)); err != nil {
			return err
		}
		return s.renderTell(r, page, page.Form.Status())
	}
	r.Notice("reportui.told", "unit", page.At.Name)
	return r.See("/report/" + strconv.FormatInt(told.ID, 10))
}

// toldAt is the moment at which something was told: now when it was today, else
// the beginning of the day, as nothing more is known.
func toldAt(r *web.Request, day, today clock.Date) time.Time {
	if day == "" || day == today {
		return r.Now()
	}
	return day.Start(r.Zone())
}

// atTelling moves errors at indicators to the fields of the form.
func atTelling(err error) error {
	list := fault.All(err)
	if len(list) == 0 || !fault.Is(err, fault.Invalid) {
		return err
	}
	moved := make(fault.List, len(list))
	for i, f := range list {
		switch f.Field {
		case "", "source", "said", "file", "secrecy", "urgency":
			moved[i] = f
		case "told-at":
			moved[i] = f.At("day")
		default:
			moved[i] = f.At(fieldPrefix + f.Field)
		}
	}
	return moved
}

// receive takes the file of the form; nil when none was sent.
func (s *Screens) receive(form *web.Form) (*file.Upload, error) {
	header, err := form.File("file")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	content, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("opening an uploaded file: %w", err)
	}
	defer content.Close()
	upload, err := s.folder.Take(header.Filename, content)
	if err != nil {
		return nil, err
	}
	return &upload, nil
}

// withdraw takes back what was entered on behalf of a unit.
func (s *Screens) withdraw(r *web.Request) error {
	page, err := s.tellOf(r)
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := report.WithdrawTelling(r.Context(), tx, r.Actor, page.Slot, page.Office.ID)
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("reportui.withdrawn", "unit", page.At.Name)
	return r.See(page.Path())
}
