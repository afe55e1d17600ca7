package accountui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// delegationsPage is what leaders of a unit handed over, and the form to hand
// something over.
type delegationsPage struct {
	Unit    tree.Unit
	Open    []delegationRow
	Over    []delegationRow
	Form    *web.Form
	Leaders []web.Option // whose actions; none where the person leads the unit
	People  []web.Option // to whom
	Actions []web.Option
	Forms   []web.Option // K/T, T/L
}

// delegationRow is a delegation as it is shown.
type delegationRow struct {
	account.Delegation
	UnitName string
	What     string // the actions, in words
	Begun    bool
	Mine     bool // handed over by the person who looks
	MayEnd   bool
}

func (s *Screens) delegationRow(r *web.Request, d account.Delegation) delegationRow {
	words := make([]string, len(d.Actions))
	for i, action := range d.Actions {
		words[i] = delegable(r, action)
	}
	return delegationRow{
		Delegation: d, UnitName: s.unitName(r, d.Unit), What: strings.Join(words, "; "), Begun: d.From <= s.today(),
		Mine: d.Leader == r.Actor.Person, MayEnd: d.Open(s.today()) && r.Actor.May(access.DelegationGive, d.Unit) == nil,
	}
}

// delegable is an action in the person's language.
func delegable(r *web.Request, action access.Action) string {
	return r.T("accountui.delegable." + string(action))
}

func (s *Screens) showDelegations(r *web.Request) error {
	return s.renderDelegations(r, http.StatusOK, nil)
}

// delegationUnit is the unit that the address names, at which the person may
// hand over.
func (s *Screens) delegationUnit(r *web.Request) (tree.Unit, error) {
	id, err := s.unitAsked(r)
	if err != nil {
		return tree.Unit{}, err
	}
	if err := r.Actor.May(access.DelegationGive, id); err != nil {
		return tree.Unit{}, err
	}
	return s.readable(r, id)
}

func (s *Screens) renderDelegations(r *web.Request, status int, form *web.Form) error {
	page := delegationsPage{Form: form}
	var err error
	if page.Unit, err = s.delegationUnit(r); err != nil {
		return err
	}
	list, err := account.DelegationsAt(r.Context(), s.reader(), r.Actor, page.Unit.ID)
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.Open(s.today()) {
			page.Open = append(page.Open, s.delegationRow(r, d))
		} else {
			page.Over = append(page.Over, s.delegationRow(r, d))
		}
	}
	if err := s.peopleOf(r, &page); err != nil {
		return err
	}
	for _, action := range access.Delegable {
		page.Actions = append(page.Actions, web.Option{Value: string(action), Label: delegable(r, action)})
	}
	page.Forms = []web.Option{
		{Value: account.InPlaceOf, Label: r.T("accountui.delegation.in-place")},
		{Value: account.ByOrder, Label: r.T("accountui.delegation.by-order")},
	}
	if page.Form == nil {
		if page.Form, err = s.newDelegation(r, page.Unit.ID); err != nil {
			return err
		}
	}
	r.Layout().Narrow = true
	s.adminWay(r, page.Unit, r.T("accountui.delegation.title"))
	return r.RenderStatus(status, s.pages.delegations, page)
}

// newDelegation is the form as it opens: from today, in place of the leader.
func (s *Screens) newDelegation(r *web.Request, unit tree.UnitID) (*web.Form, error) {
	form := r.NewForm("delegation").Set("form", account.InPlaceOf).Set("from", s.today())
	if s.config.Post == nil {
		return form, nil
	}
	post, err := s.config.Post(r.Context(), s.reader(), r.Actor.Person, unit)
	if err != nil {
		return nil, err
	}
	return form.Set("of", post), nil
}

// peopleOf fills in who leads the unit and who else works there.
func (s *Screens) peopleOf(r *web.Request, page *delegationsPage) error {
	accounts, err := account.At(r.Context(), s.reader(), r.Actor, page.Unit.ID)
	if err != nil {
		return err
	}
	leading := false
	for _, a := range accounts {
		if !a.Disabled.IsZero() {
			continue
		}
		one := web.Option{Value: strconv.FormatInt(a.ID, 10), Label: a.Name}
		leads := slices.ContainsFunc(a.Grants, func(g account.Grant) bool {
			return g.Unit == page.Unit.ID && g.Role == access.Leader
		})
		switch {
		case leads:
			page.Leaders = append(page.Leaders, one)
			leading = leading || a.ID == r.Actor.Person
		default:
			page.People = append(page.People, one)
		}
	}
	if leading {
		page.Leaders = nil
	}
	return nil
}

func (s *Screens) handOver(r *web.Request) error {
	form, err := r.Posted("delegation")
	if err != nil {
		return err
	}
	unit, err := s.delegationUnit(r)
	if err != nil {
		return err
	}
	cmd := account.DelegateCommand{
		Unit: unit.ID, Form: form.Text("form"), Of: form.Text("of"), From: form.Date("from"), To: form.Date("to"),
		Decision: form.Text("decision"), Today: s.today(),
	}
	// What is no number names nobody, and is refused at its field.
	cmd.Leader, _ = strconv.ParseInt(form.Text("leader"), 10, 64)
	cmd.Person, _ = strconv.ParseInt(form.Text("person"), 10, 64)
	for _, action := range form.All("actions") {
		cmd.Actions = append(cmd.Actions, access.Action(action))
	}
	var made account.Delegation
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) (err error) {
			made, err = account.HandOver(r.Context(), tx, r.Actor, cmd)
			return err
		})
		if err != nil {
			err = form.Refused(err)
		}
	}
	if err != nil {
		return err
	}
	if !form.OK() {
		return s.renderDelegations(r, form.Status(), form)
	}
	p, err := account.Find(r.Context(), s.reader(), made.Person)
	if err != nil {
		return err
	}
	r.Notice("accountui.delegation.made", "name", p.Name)
	return r.See(delegationsPath(unit.ID))
}

func (s *Screens) takeBack(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var ended account.Delegation
	err = r.Update(func(tx *ledger.Tx) (err error) {
		ended, err = account.TakeBack(r.Context(), tx, r.Actor, id)
		return err
	})
	if fault.Is(err, fault.Forbidden) {
		return fault.New(fault.NotFound, "account.delegation.missing") // nobody learns which there are
	}
	if err != nil {
		return err
	}
	r.Notice("accountui.delegation.ended")
	return r.See(r.Back(delegationsPath(ended.Unit)))
}

func delegationsPath(unit tree.UnitID) string {
	return "/admin/delegations?unit=" + strconv.FormatInt(int64(unit), 10)
}

// usesShown is how many uses of what was handed over one's own page shows.
const usesShown = 20

// ownDelegations is what one handed over and got, on one's own page.
type ownDelegations struct {
	List []delegationRow
	Uses []useRow
	May  bool // hands over, at some unit
}

// useRow is something done in one's name.
type useRow struct {
	account.DelegationUse
	What string
	Name string // of who did it
	Path string // where it is seen
}

func (s *Screens) ownDelegations(r *web.Request) (own ownDelegations, err error) {
	own.May = len(r.Actor.Units(access.DelegationGive)) > 0
	list, err := account.DelegationsOf(r.Context(), s.reader(), r.Actor.Person)
	if err != nil {
		return own, err
	}
	names := map[int64]string{}
	for _, d := range list {
		names[d.ID] = d.PersonName
		if d.Open(s.today()) {
			own.List = append(own.List, s.delegationRow(r, d))
		}
	}
	uses, err := account.UsesOf(r.Context(), s.reader(), r.Actor.Person, usesShown)
	for _, u := range uses {
		own.Uses = append(own.Uses, useRow{u, delegable(r, u.Action), names[u.Delegation], placeOf(u.Subject)})
	}
	return own, err
}

// placeOf is where what an event is about is seen: "report:7" at /report/7.
func placeOf(subject string) string {
	kind, id, _ := strings.Cut(subject, ":")
	switch kind {
	case "directive":
		return "/directives/" + id
	case "difficulty":
		return "/difficulties/" + id
	case "folder":
		return "/folders/" + id
	}
	return "/" + kind + "/" + id
}
