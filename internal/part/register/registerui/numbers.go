package registerui

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// numbersPage is the numbers that a unit took for a kind of papers.
type numbersPage struct {
	Unit       tree.Unit
	Kind, Name string
	Tabs       []tab // one a kind
	Rows       []taking
	Terms      []clock.Date // first days, the newest first
	Symbol     string       // "" while none is set
	Query      string       // of the forms' addresses
	Clerk      bool
	Papers     string // where the papers stand
	// A form for each act, so that what was typed in one is not said of another.
	Reserve, Cancel, SetSymbol, Term *web.Form
}

// taking is a number in words.
type taking struct {
	register.Taking
	Sign, Word string
	Path       string // of its paper; "" for none
}

// act is what a clerk does about numbers.
type act struct {
	name string // of the form and its notice
	do   func(r *web.Request, tx *ledger.Tx, unit tree.UnitID, kind string, form *web.Form) error
}

var (
	reserve = act{"reserve", func(r *web.Request, tx *ledger.Tx, unit tree.UnitID, kind string, form *web.Form) error {
		_, err := register.Reserve(r.Context(), tx, r.Actor, unit, kind, form.Lines("reason"))
		return err
	}}
	cancel = act{"cancel", func(r *web.Request, tx *ledger.Tx, unit tree.UnitID, kind string, form *web.Form) error {
		number, _ := form.Whole("number") // none is no number, and refused
		return register.CancelNumber(r.Context(), tx, r.Actor, unit, kind, number, form.Lines("reason"))
	}}
	symbol = act{"symbol", func(r *web.Request, tx *ledger.Tx, unit tree.UnitID, _ string, form *web.Form) error {
		return register.SetSymbol(r.Context(), tx, r.Actor, unit, form.Text("symbol"))
	}}
	term = act{"term", func(r *web.Request, tx *ledger.Tx, unit tree.UnitID, _ string, form *web.Form) error {
		return register.BeginTerm(r.Context(), tx, r.Actor, unit, form.Date("from"))
	}}
)

func (s *screens) showNumbers(r *web.Request) error { return s.renderNumbers(r, nil) }

// renderNumbers shows the numbers, with the form that came back.
func (s *screens) renderNumbers(r *web.Request, sent *web.Form) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.PaperRead, unit); err != nil {
		return err
	}
	page := numbersPage{Kind: r.Query("kind"), Clerk: r.Actor.May(access.PaperNumber, unit) == nil, Papers: at("/papers", unit, "")}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	err := r.View(func(q store.Querier) error { return page.read(r, q) })
	if err != nil {
		return err
	}
	page.Query = at("", unit, page.Kind)
	page.Reserve, page.Cancel, page.Term = r.NewForm("reserve"), r.NewForm("cancel"), r.NewForm("term")
	page.SetSymbol = r.NewForm("symbol").Set("symbol", page.Symbol)
	status := page.Reserve.Status()
	if sent != nil {
		status = sent.Status()
		*map[string]**web.Form{"reserve": &page.Reserve, "cancel": &page.Cancel, "symbol": &page.SetSymbol, "term": &page.Term}[sent.ID] = sent
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("papers.numbers"), "/papers"
	layout.Crumb(r.T("papers.title"), page.Papers).Crumb(r.T("papers.numbers"), "")
	return r.RenderStatus(status, s.numbers, page)
}

func (p *numbersPage) read(r *web.Request, q store.Querier) error {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	options := kinds(r, rules)
	if _, known := rules.PaperKind(p.Kind); !known && len(options) > 0 {
		p.Kind = options[0].Value
	}
	for _, one := range options {
		if one.Value == p.Kind {
			p.Name = one.Label
		}
		p.Tabs = append(p.Tabs, tab{Label: one.Label, Path: at("/papers/numbers", p.Unit.ID, one.Value), Current: one.Value == p.Kind})
	}
	if p.Terms, err = register.Terms(r.Context(), q, p.Unit.ID); err != nil {
		return err
	}
	if p.Symbol, err = register.SymbolOf(r.Context(), q, p.Unit.ID); err != nil {
		return err
	}
	list, err := register.Numbers(r.Context(), q, p.Unit.ID, p.Kind)
	for _, one := range list {
		row := taking{Taking: one, Sign: "done", Word: r.T("papers.taken." + one.State)}
		if one.State != "used" {
			row.Sign = "none"
		}
		if one.Paper != 0 {
			row.Path = path(one.Paper)
		}
		p.Rows = append(p.Rows, row)
	}
	return err
}

// keepNumbers does an act about the numbers of a unit and shows them again, with what was
// typed where it was refused.
func (s *screens) keepNumbers(a act) func(*web.Request) error {
	return func(r *web.Request) error {
		unit, kind := unitOf(r), r.Query("kind")
		if err := r.Actor.May(access.PaperNumber, unit); err != nil {
			return err
		}
		form, err := r.Posted(a.name)
		if err != nil {
			return err
		}
		err = r.Update(func(tx *ledger.Tx) error { return a.do(r, tx, unit, kind, form) })
		if err == nil {
			r.Notice("papers.done." + a.name)
			return r.See(at("/papers/numbers", unit, kind))
		}
		if form.OK() { // what cannot be read is said at its field already
			if err := form.Refused(err); err != nil {
				return err
			}
		}
		return s.renderNumbers(r, form)
	}
}
