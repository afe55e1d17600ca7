package directiveui

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// receiptsPage is who has acknowledged a directive and who has not.
type receiptsPage struct {
	Directive directive.Directive
	Unit      tree.Unit
	Back      string
	Receipts  []directive.Receipt
	Level     string // key of the level whose units are listed
	Open      bool   // only those that have not acknowledged
	Rows      []receiptRow
	Pager     web.Pager
}

// receiptRow is one unit that must acknowledge.
type receiptRow struct {
	Unit    tree.Unit
	Parent  string
	Version int // that it acknowledged; 0 for none
	At      time.Time
	Done    bool // the newest
}

// receiptsShown is how many units stand on a page.
const receiptsShown = 100

func (s *screens) showReceipts(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var data receiptsPage
	err = r.View(func(q store.Querier) error {
		shown, err := s.showPage(r, q, id)
		if err != nil {
			return err
		}
		data = receiptsPage{Directive: shown.Directive, Unit: shown.Unit, Back: page(id, shown.Unit.ID), Receipts: shown.Receipts}
		if len(data.Receipts) == 0 {
			return fault.New(fault.NotFound, "directive.not-found")
		}
		answers, err := directive.Acknowledgements(r.Context(), q, id)
		if err != nil {
			return err
		}
		p, err := org.Pinned(r.Context(), q, data.Directive.Document.Profile)
		if err != nil {
			return err
		}
		data.Level, data.Open = cmp.Or(r.Query("level"), data.Receipts[0].Level.Key), r.Query("open") != ""
		if _, known := p.Level(data.Level); !known {
			return fault.New(fault.NotFound, "web.not-found")
		}
		data.list(r, answers)
		return nil
	})
	if err != nil {
		return err
	}
	title := r.T("directives.receipts.title")
	r.Layout().Crumb(r.T("directives.title"), "/directives").
		Crumb(r.T("directives.show.title", "number", data.Directive.Document.Number), data.Back).Crumb(title, "").
		Title = title
	r.Layout().Rail = "/directives"
	return r.Render(s.receipts, data)
}

// list fills the page's rows with the units of the level.
func (p *receiptsPage) list(r *web.Request, answers map[tree.UnitID]directive.Acknowledgement) {
	t := r.Actor.Tree
	for _, unit := range t.Subtree(p.Unit.ID) {
		if unit.Level != p.Level || unit.ID == p.Directive.Unit {
			continue
		}
		answer := answers[unit.ID]
		row := receiptRow{Unit: unit, Version: answer.Version, At: answer.At, Done: answer.Version == p.Directive.Version}
		if row.Done && p.Open {
			continue
		}
		parent, _ := t.Unit(unit.Parent)
		row.Parent = parent.Name
		p.Rows = append(p.Rows, row)
	}
	p.Pager = r.Pager(len(p.Rows), receiptsShown)
	p.Rows = slices.Clone(p.Rows[p.Pager.Offset:min(p.Pager.Offset+receiptsShown, len(p.Rows))])
}

// Path is the page's address for another choice.
func (p receiptsPage) Path(level string, open bool) string {
	path := fmt.Sprintf("/directives/%d/receipts?unit=%d&level=%s", p.Directive.ID, p.Unit.ID, level)
	if open {
		path += "&open=1"
	}
	return path
}
