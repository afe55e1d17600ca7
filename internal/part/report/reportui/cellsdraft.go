package reportui

import (
	"fmt"
	"net/http"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// otherList is what differs between a list that somebody saved meanwhile and the
// one on the page.
type otherList struct {
	Message      string
	Theirs, Mine []string // names of units that are ticked in that list alone, or in this one
}

// begin fills the form with what was ticked before, in the person's language.
func (p *cellsPage) begin(r *web.Request) {
	if p.Draft.Revision > 0 {
		p.Form.Key = p.Draft.Key
		for _, c := range p.Cells {
			values := map[string]string{}
			for _, i := range p.Milestone.Indicators {
				values[i.Key] = p.Draft.Values[report.CellField(c.ID, i.Key)]
			}
			for key, typed := range shown(p.Milestone, p.Draft.Lang, r.Lang, values) {
				p.Form.Values.Set(report.CellField(c.ID, key), typed)
			}
			p.Form.Values.Set(report.CellField(c.ID, ""), p.Draft.Values[report.CellField(c.ID, "")])
		}
	}
	setBase(p.Form, p.Draft.Revision, 0, r.Lang)
}

// typed says whether the form's values go before what was reported in a line.
func (p cellsPage) typed(r *web.Request, c cell) bool {
	return !c.Locked && (r.Method == http.MethodPost || p.Form.Values.Get(c.Name()) != "")
}

// list is what is ticked, as a draft keeps it.
func (p cellsPage) list() map[string]string {
	values := map[string]string{}
	for _, c := range p.ticked() {
		values[report.CellField(c.Unit, "")] = "yes"
		for key, typed := range c.Values {
			values[report.CellField(c.Unit, key)] = typed
		}
	}
	return values
}

// saveCells keeps what is ticked, by the button.
func (s *Screens) saveCells(r *web.Request, page cellsPage) error {
	draft, err := s.keepCells(r, page)
	if err != nil {
		return s.cellsAgain(r, page, err)
	}
	r.Notice("reportui.saved-at", "time", text.TimeOfDay(draft.SavedAt, r.Zone()))
	return r.See(page.Path())
}

// autosaveCells keeps what is ticked while somebody ticks.
func (s *Screens) autosaveCells(r *web.Request) error {
	page, err := s.cellsOf(r)
	if err != nil {
		return err
	}
	if page.Form, err = r.Posted("cells"); err != nil {
		return err
	}
	draft, err := s.keepCells(r, page)
	if err != nil {
		return err
	}
	return r.JSON(keptOf(r, draft))
}

func (s *Screens) keepCells(r *web.Request, page cellsPage) (draft report.Draft, err error) {
	revision, _, lang := base(page.Form, r.Lang)
	err = r.Update(func(tx *ledger.Tx) (err error) {
		draft, err = report.SaveCells(r.Context(), tx, r.Actor, report.SaveCommand{
			Slot: page.Slot, Key: page.Form.Key, Revision: revision, Values: page.list(), Lang: lang,
		})
		return err
	})
	return draft, err
}

// compare says what the other list has and this one has not. What is saved next
// is saved knowing it.
func (p *cellsPage) compare(r *web.Request, overtaken *report.Overtaken) {
	p.Other = &otherList{Message: message(r, overtaken)}
	for _, c := range p.Cells {
		theirs, mine := overtaken.Draft.Values[c.Name()] != "", p.Form.Values.Get(c.Name()) != ""
		switch {
		case c.Locked || theirs == mine:
		case theirs:
			p.Other.Theirs = append(p.Other.Theirs, c.Unit.Name)
		default:
			p.Other.Mine = append(p.Other.Mine, c.Unit.Name)
		}
	}
	_, _, lang := base(p.Form, r.Lang)
	p.Draft, p.Form.Key = overtaken.Draft, overtaken.Draft.Key
	setBase(p.Form, overtaken.Draft.Revision, 0, lang)
}

// DraftPath is where the page's script keeps what is ticked.
func (p cellsPage) DraftPath() string {
	if p.Correct != 0 {
		return fmt.Sprintf("%s/draft?correct=%d", p.Path(), p.Correct)
	}
	return p.Path() + "/draft"
}

// keptOf is what a script is told of a draft that was kept.
func keptOf(r *web.Request, draft report.Draft) kept {
	return kept{
		Key: draft.Key, Revision: draft.Revision, At: draft.SavedAt.Format(time.RFC3339),
		Saved: r.T("reportui.saved-at", "time", text.TimeOfDay(draft.SavedAt, r.Zone())),
	}
}
