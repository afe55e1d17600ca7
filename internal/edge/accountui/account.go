package accountui

import (
	"net/http"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
)

// ownPage is one's own account.
type ownPage struct {
	Person    account.Person
	Roles     []heldRole
	Sessions  []sessionRow
	Data      *web.Form
	Password  *web.Form
	Language  *web.Form
	Languages []web.Option
	Others    bool // there are other sessions than this one
	Passkeys  passkeysPart
	Handed    ownDelegations
	Factor    factorPart
}

// heldRole is a role as it is shown.
type heldRole struct {
	account.Grant
	UnitName string
	RoleName string
	MayEnd   bool
}

// sessionRow is a session as it is shown.
type sessionRow struct {
	account.Session
	Browser string
	This    bool
}

// ownForms are the forms of the page; nil ones are filled with what stands.
type ownForms struct{ data, password, passkey, factor *web.Form }

func (s *Screens) showAccount(r *web.Request) error {
	return s.renderAccount(r, http.StatusOK, ownForms{})
}

func (s *Screens) renderAccount(r *web.Request, status int, forms ownForms) error {
	page := ownPage{Data: forms.data, Password: forms.password, Language: r.NewForm("language")}
	var err error
	if page.Person, err = account.Find(r.Context(), s.reader(), r.Actor.Person); err != nil {
		return err
	}
	grants, err := account.GrantsOf(r.Context(), s.reader(), r.Actor.Person)
	if err != nil {
		return err
	}
	page.Roles = s.roles(r, grants)
	sessions, err := account.SessionsOf(r.Context(), s.reader(), r.Actor.Person, s.now())
	if err != nil {
		return err
	}
	for _, one := range sessions {
		page.Sessions = append(page.Sessions, sessionRow{one, browserName(r, one.Agent), one.ID == r.Session.ID})
	}
	page.Others = len(sessions) > 1
	if page.Data == nil {
		p := page.Person
		page.Data = r.NewForm("data").Set("name", p.Name).Set("email", p.Email).Set("phone", p.Phone)
	}
	if page.Password == nil {
		page.Password = r.NewForm("change-password")
	}
	if page.Passkeys, err = s.passkeysPart(r, forms.passkey); err != nil {
		return err
	}
	if page.Factor, err = s.factorPart(r, forms.factor); err != nil {
		return err
	}
	if page.Handed, err = s.ownDelegations(r); err != nil {
		return err
	}
	page.Language.Set("language", string(r.Lang))
	page.Languages = []web.Option{{Value: string(text.VI), Label: "Tiếng Việt"}, {Value: string(text.EN), Label: "English"}}
	r.Layout().Title, r.Layout().Narrow = r.T("accountui.own.title"), true
	r.Layout().Script("account/reveal.ts").Crumb(r.T("accountui.own.title"), "")
	return r.RenderStatus(status, s.pages.account, page)
}

// roles names units and roles of grants.
func (s *Screens) roles(r *web.Request, grants []account.Grant) []heldRole {
	list := make([]heldRole, len(grants))
	for i, g := range grants {
		list[i] = heldRole{
			Grant: g, UnitName: s.unitName(r, g.Unit), RoleName: roleName(r, g.Role),
			MayEnd: g.Ended.IsZero() && account.MayGive(r.Actor, g.Unit, g.Role),
		}
	}
	return list
}

// roleName is a role in the person's language.
func roleName(r *web.Request, role access.Role) string { return r.T("access.role." + string(role)) }

func (s *Screens) changeAccount(r *web.Request) error {
	form, err := r.Posted("data")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		return account.Change(r.Context(), tx, r.Actor, account.ChangeCommand{
			Person: r.Actor.Person, Name: form.Text("name"), Email: form.Text("email"), Phone: form.Text("phone"),
		})
	})
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderAccount(r, status, ownForms{data: form})
	}
	r.Notice("accountui.own.saved")
	return r.See("/account")
}

func (s *Screens) changePassword(r *web.Request) error {
	form, err := r.Posted("change-password")
	if err != nil {
		return err
	}
	p, err := account.Find(r.Context(), s.reader(), r.Actor.Person)
	if err != nil {
		return err
	}
	by, err := account.Confirm(r.Context(), s.config.Ledger.DB(), r.Session, form.Raw("password"), s.now())
	var chosen account.Password
	if err == nil {
		chosen, err = account.ChoosePassword(r.Context(), p.Login, form.Raw("new-password"))
		err = moved(err, "password", "new-password")
	}
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error { return account.ChangePassword(r.Context(), tx, by, chosen) })
	}
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderAccount(r, status, ownForms{password: form})
	}
	r.Notice("accountui.password.changed")
	return r.See("/account")
}

// moved puts the faults of one field to another.
func moved(err error, from, to string) error {
	all := fault.All(err)
	if len(all) == 0 {
		return err
	}
	list := make(fault.List, len(all))
	for i, one := range all {
		if list[i] = one; one.Field == from {
			list[i] = one.At(to)
		}
	}
	return list
}

func (s *Screens) changeLanguage(r *web.Request) error {
	form, err := r.Posted("language")
	if err != nil {
		return err
	}
	language, ok := text.ParseLang(form.Text("language"))
	if !ok {
		return r.See("/account")
	}
	err = r.Update(func(tx *ledger.Tx) error {
		return account.SetLanguage(r.Context(), tx, r.Actor.Person, string(language))
	})
	if err != nil {
		return err
	}
	return r.See(inLanguage("/account", string(language)))
}

func (s *Screens) endSession(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return account.EndSession(r.Context(), tx, r.Actor.Person, id) })
	if err != nil && !fault.Is(err, fault.NotFound) { // one that has ended already is what was wanted
		return err
	}
	s.config.Cut(r.Actor.Person)
	if id == r.Session.ID {
		s.dropCookie(r)
		return r.See("/sign-in")
	}
	r.Notice("accountui.session.ended")
	return r.See("/account")
}

func (s *Screens) endOtherSessions(r *web.Request) error {
	err := r.Update(func(tx *ledger.Tx) error { return account.EndOtherSessions(r.Context(), tx, r.Session) })
	if err != nil {
		return err
	}
	s.config.Cut(r.Actor.Person)
	r.Notice("accountui.session.others-ended")
	return r.See("/account")
}

// browserName says of a browser what its owner knows it by. The order matters:
// browsers call themselves by each other's names.
func browserName(r *web.Request, agent string) string {
	name, system := "", ""
	for _, known := range [][2]string{
		{"coc_coc_browser", "Cốc Cốc"},
		{"Edg", "Edge"},
		{"OPR/", "Opera"},
		{"SamsungBrowser", "Samsung Internet"},
		{"Firefox", "Firefox"},
		{"Chrome", "Chrome"},
		{"Safari", "Safari"},
	} {
		if strings.Contains(agent, known[0]) {
			name = known[1]
			break
		}
	}
	for _, known := range [][2]string{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"},
	} {
		if strings.Contains(agent, known[0]) {
			system = known[1]
			break
		}
	}
	switch {
	case name == "" && system == "":
		return r.T("accountui.session.unknown")
	case name == "" || system == "":
		return name + system
	}
	return r.T("accountui.session.browser", "name", name, "system", system)
}
