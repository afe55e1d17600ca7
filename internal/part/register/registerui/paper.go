package registerui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// paperPage is one paper with what was done about it.
type paperPage struct {
	view
	Of       tree.Unit // whose office issues it
	Place    Place
	Steps    []step
	Form     *web.Form    // to number it
	Sent     *web.Form    // the one that came back
	Outside  outside      // how it is signed outside the program
	Reserved []web.Option // numbers that it can be given; the first is the next
	Clerk    bool         // the person may number it now
}

// step is one thing that was done about a paper.
type step struct {
	register.Step
	Sign, Title string
	How         string // it was signed, or for whom it was printed; "" for other steps
}

func (s *screens) showPaper(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	return s.renderPaper(r, id, nil)
}

// renderPaper shows a paper, with the form that came back.
func (s *screens) renderPaper(r *web.Request, id int64, sent *web.Form) error {
	page := paperPage{Form: r.NewForm("number").Set("dated", clock.DateOf(r.Now(), r.Zone())), Outside: newOutside(r)}
	err := r.View(func(q store.Querier) error { return page.read(r, q, s.Find, id) })
	if err != nil {
		return err
	}
	if err := page.readOutside(r, s); err != nil {
		return err
	}
	form := page.Form
	if sent != nil {
		form = sent
		*map[string]**web.Form{"number": &page.Form, "copy": &page.Outside.Copy, "scan": &page.Outside.Scan, "token": &page.Outside.Token, "answer": &page.Outside.Answer}[sent.ID] = sent
	}
	layout := r.Layout()
	layout.Title, layout.Rail = page.Heading(), "/papers"
	layout.Crumb(r.T("papers.title"), at("/papers", page.Unit, "")).Crumb(page.Name, "")
	page.Sent = form
	return r.RenderStatus(form.Status(), s.paper, page)
}

func (p *paperPage) read(r *web.Request, q store.Querier, find func(context.Context, store.Querier, string) (Place, error), id int64) error {
	paper, err := register.Get(r.Context(), q, id)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.PaperRead, paper.Unit); err != nil {
		return err
	}
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	p.view = viewOf(r, rules, paper)
	p.Of, _ = r.Actor.Tree.Unit(paper.Unit)
	p.Clerk = paper.State == register.Signed && r.Actor.May(access.PaperNumber, paper.Unit) == nil
	if p.Place, err = find(r.Context(), q, paper.Subject); err != nil {
		return err
	}
	steps, err := register.Steps(r.Context(), q, id)
	if err != nil {
		return err
	}
	for _, one := range steps {
		p.Steps = append(p.Steps, stepOf(r, one))
		if one.Kind == register.WasSigned && paper.State != register.Drafted {
			p.Outside.Signatures = one.Signatures
		}
	}
	if !p.Clerk {
		return nil
	}
	p.Reserved, err = reservedFor(r, q, paper)
	return err
}

// reservedFor are the numbers that a paper can be given today.
func reservedFor(r *web.Request, q store.Querier, p register.Paper) ([]web.Option, error) {
	list := []web.Option{{Value: "0", Label: r.T("papers.number.next")}}
	numbers, err := register.Numbers(r.Context(), q, p.Unit, p.Kind)
	if err != nil {
		return nil, err
	}
	for _, one := range numbers {
		if one.Reserved() && one.Term == numbers[0].Term {
			list = append(list, web.Option{Value: strconv.FormatInt(one.Number, 10), Label: r.T("papers.number.reserved", "number", fmt.Sprintf("%02d", one.Number), "reason", one.Reason)})
		}
	}
	return list, nil
}

func stepOf(r *web.Request, one register.Step) step {
	s := step{Step: one, Sign: "done", Title: r.T("papers.event."+strings.TrimPrefix(string(one.Kind), "paper."), "number", one.Number)}
	switch one.Kind {
	case register.WasDrafted:
		s.Sign = "none"
	case register.WasReturned, register.WasCancelled, register.WasDisowned:
		s.Sign = "late"
	case register.WasGivenOut:
		s.Sign, s.How = "waiting", r.T("papers.copy.for", "name", r.Person(one.For))
	case register.WasSigned, register.WasEntered:
		s.How = r.T("papers.method." + one.Method)
	}
	return s
}

// open leads to where a paper is read and signed; to its page where that is nowhere.
func (s *screens) open(r *web.Request) error {
	p, err := paperOf(r, access.PaperRead)
	if err != nil {
		return err
	}
	place := Place{Page: path(p.ID)}
	err = r.View(func(q store.Querier) error {
		found, err := s.Find(r.Context(), q, p.Subject)
		if found.Page != "" {
			place = found
		}
		return err
	})
	if err != nil {
		return err
	}
	return r.See(place.Page)
}

// number gives a signed paper its number and date.
func (s *screens) number(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	err = r.View(func(q store.Querier) error {
		p, err := register.Get(r.Context(), q, id)
		if err != nil {
			return err
		}
		return r.Actor.May(access.PaperNumber, p.Unit)
	})
	if err != nil {
		return err
	}
	form, err := r.Posted("number")
	if err != nil {
		return err
	}
	dated := form.Date("dated")
	taken, _ := form.Whole("number")
	if !form.OK() {
		return s.renderPaper(r, id, form)
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := register.Number(r.Context(), tx, r.Actor, register.NumberCommand{Paper: id, Dated: dated, Taken: taken})
		return err
	})
	if err == nil {
		return r.See(path(id))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderPaper(r, id, form)
}
