package accountui

import (
	"net/http"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// searchLimit is how many accounts, and how many units, a search shows.
const searchLimit = 50

// adminPage is the accounts of a unit and what is below it.
type adminPage struct {
	Unit       tree.Unit
	Homes      []tree.Unit // where the person's own administration begins, when there are several
	MayManage  bool
	MayHand    bool // hands a leader's actions over
	Leaderless int  // units directly below without a leader

	Words      string // searched for; "" for none
	Found      []accountRow
	FoundUnits []tree.Unit

	Accounts []accountRow
	Below    []belowRow
	Pending  []invitationRow

	Unreached []accountRow // whose address the mail server refuses, at the unit and below
}

// accountRow is an account as it is shown.
type accountRow struct {
	account.Account
	Roles string
	Unit  string // where the roles are held
}

// belowRow is a unit directly below.
type belowRow struct {
	tree.Unit
	account.Tally
}

// invitationRow is an open invitation.
type invitationRow struct {
	account.Invitation
	UnitName string
	Roles    string
	Over     bool // its time has run out
	Mine     bool // may be renewed and withdrawn
}

func (s *Screens) showAdmin(r *web.Request) error {
	id, err := s.unitAsked(r)
	if err != nil {
		return err
	}
	page := adminPage{Words: strings.TrimSpace(r.Query("q"))}
	if page.Unit, err = s.readable(r, id); err != nil {
		return err
	}
	page.MayManage = r.Actor.May(access.AccountManage, id) == nil
	page.MayHand = r.Actor.May(access.DelegationGive, id) == nil
	if homes := r.Actor.Units(access.AccountRead); len(homes) > 1 {
		for _, home := range homes {
			if u, ok := s.config.Tree.Unit(home); ok {
				page.Homes = append(page.Homes, u)
			}
		}
	}
	if page.Words != "" {
		err = s.search(r, &page)
	} else {
		err = s.overview(r, &page)
	}
	if err != nil {
		return err
	}
	s.adminWay(r, page.Unit)
	return r.Render(s.pages.admin, page)
}

func (s *Screens) search(r *web.Request, page *adminPage) error {
	found, err := account.Search(r.Context(), s.reader(), r.Actor, page.Unit.ID, page.Words, searchLimit)
	if err != nil {
		return err
	}
	page.Found = s.accountRows(r, found, 0)
	for _, u := range s.config.Tree.Find(page.Unit.ID, page.Words, searchLimit) {
		if r.Actor.May(access.AccountRead, u.ID) == nil {
			page.FoundUnits = append(page.FoundUnits, u)
		}
	}
	return nil
}

func (s *Screens) overview(r *web.Request, page *adminPage) error {
	ctx, q := r.Context(), s.reader()
	list, err := account.At(ctx, q, r.Actor, page.Unit.ID)
	if err != nil {
		return err
	}
	page.Accounts = s.accountRows(r, list, page.Unit.ID)
	var below []tree.UnitID
	for _, child := range s.config.Tree.Children(page.Unit.ID) {
		if r.Actor.May(access.AccountRead, child.ID) == nil {
			below = append(below, child.ID)
			page.Below = append(page.Below, belowRow{Unit: child})
		}
	}
	tallies, err := account.Tallies(ctx, q, below)
	if err != nil {
		return err
	}
	for i, row := range page.Below {
		page.Below[i].Tally = tallies[row.ID]
		if tallies[row.ID].Leaders == 0 {
			page.Leaderless++
		}
	}
	if page.Unreached, err = s.unreached(r, page.Unit.ID); err != nil {
		return err
	}
	pending, err := account.Pending(ctx, q, r.Actor, page.Unit.ID)
	if err != nil {
		return err
	}
	for _, i := range pending {
		page.Pending = append(page.Pending, invitationRow{
			Invitation: i, UnitName: s.unitName(r, i.Unit), Roles: roleNames(r, i.Roles), Over: i.Expired(s.now()),
			Mine: r.Actor.May(access.AccountManage, i.Unit) == nil,
		})
	}
	return nil
}

// accountRows shows accounts with their roles at one unit; for 0, at the first
// of their units that the person may see.
func (s *Screens) accountRows(r *web.Request, list []account.Account, unit tree.UnitID) []accountRow {
	rows := make([]accountRow, len(list))
	for i, a := range list {
		where := unit
		if visible := seen(r, a.Grants); where == 0 && len(visible) > 0 {
			where = visible[0].Unit
		}
		var names []string
		for _, g := range a.Grants {
			if g.Unit == where {
				names = append(names, roleName(r, g.Role))
			}
		}
		rows[i] = accountRow{Account: a, Roles: strings.Join(names, ", "), Unit: s.unitName(r, where)}
	}
	return rows
}

// unitAsked is the unit of the address, else the first at which the person
// administers or reads accounts.
func (s *Screens) unitAsked(r *web.Request) (tree.UnitID, error) {
	if asked := r.Query("unit"); asked != "" {
		id, err := strconv.ParseInt(asked, 10, 64)
		if err != nil {
			return 0, fault.New(fault.NotFound, "web.not-found")
		}
		return tree.UnitID(id), nil
	}
	for _, action := range []access.Action{access.AccountManage, access.AccountRead} {
		if units := r.Actor.Units(action); len(units) > 0 {
			return units[0], nil
		}
	}
	return 0, fault.New(fault.Forbidden, "access.refused")
}

// readable gives a unit whose accounts the person may read.
func (s *Screens) readable(r *web.Request, id tree.UnitID) (tree.Unit, error) {
	if err := r.Actor.May(access.AccountRead, id); err != nil {
		return tree.Unit{}, err
	}
	u, ok := s.config.Tree.Unit(id)
	if !ok {
		return tree.Unit{}, fault.New(fault.NotFound, "web.not-found")
	}
	return u, nil
}

// adminWay sets title and crumbs: the units that the person may administer on
// the way down, the unit, and the page beneath it if any.
func (s *Screens) adminWay(r *web.Request, unit tree.Unit, beneath ...string) {
	layout := r.Layout()
	layout.Rail, layout.Title = "/admin", r.T("accountui.admin.title")+" · "+unit.Name
	layout.Crumb(r.T("accountui.admin.title"), "/admin")
	for _, u := range s.config.Tree.Path(unit.ID) {
		if r.Actor.May(access.AccountRead, u.ID) != nil {
			continue
		}
		path := adminPath(u.ID)
		if u.ID == unit.ID && len(beneath) == 0 {
			path = ""
		}
		layout.Crumb(u.Name, path)
	}
	for _, label := range beneath {
		layout.Title = label
		layout.Crumb(label, "")
	}
}

func adminPath(unit tree.UnitID) string { return "/admin?unit=" + strconv.FormatInt(int64(unit), 10) }

// unitName is a unit's name as it is called now.
func (s *Screens) unitName(r *web.Request, id tree.UnitID) string {
	if u, ok := s.config.Tree.Unit(id); ok {
		return u.Name
	}
	return r.T("accountui.unit.gone")
}

// roleNames are roles in the person's language.
func roleNames(r *web.Request, roles []access.Role) string {
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = roleName(r, role)
	}
	return strings.Join(names, ", ")
}

func (s *Screens) withdraw(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return account.Withdraw(r.Context(), tx, r.Actor, id) })
	if err != nil {
		return err
	}
	r.Notice("accountui.invitation.withdrawn")
	return r.See(r.Back("/admin"))
}

// leadersPage asks before leaflets are made for all units directly below.
type leadersPage struct {
	Form  *web.Form
	Unit  tree.Unit
	New   int // units without a leader and without an invitation
	Again int // units without a leader whose invitation is open
	Units []account.LeaderlessUnit
}

func (s *Screens) showLeaders(r *web.Request) error {
	return s.renderLeaders(r, r.NewForm("leaders").Set("admin", "yes"), http.StatusOK)
}

func (s *Screens) renderLeaders(r *web.Request, form *web.Form, status int) error {
	id, err := s.unitAsked(r)
	if err != nil {
		return err
	}
	page := leadersPage{Form: form}
	if page.Unit, err = s.readable(r, id); err != nil {
		return err
	}
	if err := r.Actor.May(access.AccountManage, id); err != nil {
		return err
	}
	if page.Units, err = account.Leaderless(r.Context(), s.reader(), r.Actor, id); err != nil {
		return err
	}
	for _, u := range page.Units {
		if u.Invitation == 0 {
			page.New++
		} else {
			page.Again++
		}
	}
	r.Layout().Narrow = true
	s.adminWay(r, page.Unit, r.T("accountui.leaders.title"))
	return r.RenderStatus(status, s.pages.leaders, page)
}

// inviteLeaders answers with the leaflets themselves: their codes are nowhere
// else, and cannot be shown a second time.
func (s *Screens) inviteLeaders(r *web.Request) error {
	form, err := r.Posted("leaders")
	if err != nil {
		return err
	}
	id, err := s.unitAsked(r)
	if err != nil {
		return err
	}
	unit, err := s.readable(r, id)
	if err != nil {
		return err
	}
	var made []account.Invitation
	err = r.Update(func(tx *ledger.Tx) (err error) {
		made, err = account.InviteLeaders(r.Context(), tx, r.Actor, account.InviteLeadersCommand{
			Unit: id, Admin: form.Checked("admin"), Again: form.Checked("again"), Now: s.now(),
		})
		return err
	})
	if err != nil {
		return err
	}
	if len(made) == 0 {
		form.Wrong(fault.New(fault.Conflict, "accountui.leaders.none"))
		return s.renderLeaders(r, form, form.Status())
	}
	page := leafletsPage{Unit: unit}
	for _, i := range made {
		one, err := s.leaflet(r, i)
		if err != nil {
			return err
		}
		page.Leaflets = append(page.Leaflets, one)
	}
	s.adminWay(r, unit, r.T("accountui.leaflets.title"))
	return r.Render(s.pages.leaflets, page)
}
