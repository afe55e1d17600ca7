package accountui

import (
	"net/http"

	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// setupPage makes the first administrator, and the organisation where there is
// none.
type setupPage struct {
	Form     *web.Form
	RootName string       // "" where there is no organisation yet
	Found    bool         // set-up creates it
	Profiles []web.Option // to choose from then
	Least    int          // characters of a password
}

// bySetUp is how the ledger names whoever sets up, before there is a person.
const bySetUp = "set-up"

func (s *Screens) showSetup(r *web.Request) error {
	if done, err := s.isSetUp(r); err != nil || done {
		return err
	}
	return s.renderSetup(r, r.NewForm("setup"), http.StatusOK)
}

// isSetUp leads away from set-up once it is done.
func (s *Screens) isSetUp(r *web.Request) (bool, error) {
	needed, err := account.NeedsSetUp(r.Context(), s.reader())
	if err != nil || needed {
		return false, err
	}
	return true, r.See("/sign-in")
}

func (s *Screens) renderSetup(r *web.Request, form *web.Form, status int) error {
	page := setupPage{Form: form, Least: account.PasswordLeast}
	root, founded := s.config.Tree.Root()
	page.RootName = root.Name
	if !founded && s.config.Founding != nil {
		page.Found, page.Profiles = true, s.config.Founding.Profiles(r.Lang)
	}
	r.Layout().Title, r.Layout().Bare = r.T("accountui.setup.title"), true
	r.Layout().Script("account/reveal.ts")
	return r.RenderStatus(status, s.pages.setup, page)
}

func (s *Screens) setUp(r *web.Request) error {
	if done, err := s.isSetUp(r); err != nil || done {
		return err
	}
	form, err := r.Posted("setup")
	if err != nil {
		return err
	}
	token, err := s.begin(r, form)
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderSetup(r, form, status)
	}
	if err := account.ForgetSetupCode(s.config.Dir); err != nil {
		// The code serves nobody any more: there is an administrator.
		s.config.Log.Warn("the set-up code could not be removed", "error", err)
	}
	s.setCookie(r, token)
	r.Notice("accountui.setup.done")
	return r.See("/")
}

// begin checks the set-up code, then everything else, and makes what is to be
// made in one transaction.
func (s *Screens) begin(r *web.Request, form *web.Form) (account.Token, error) {
	ctx := r.Context()
	err := account.CheckSetupCode(ctx, s.config.Ledger.DB(), s.config.Dir, form.Text("code"), address(r), s.now())
	if err != nil {
		return "", err
	}
	chosen, err := s.newcomer(r, form)
	if err != nil {
		return "", err
	}
	var token account.Token
	err = r.Update(func(tx *ledger.Tx) error {
		tx.As(bySetUp)
		root, err := s.root(r, tx, form)
		if err != nil {
			return err
		}
		p, err := account.SetUp(ctx, tx, account.SetUpCommand{
			Name: form.Text("name"), Login: form.Text("login"), Password: chosen, Root: root,
		})
		if err != nil {
			return err
		}
		_, token, err = account.Enter(ctx, tx.Tx, p.ID, s.browser(r))
		return err
	})
	return token, err
}

// root is the unit that no unit counts; where there is none it is founded.
func (s *Screens) root(r *web.Request, tx *ledger.Tx, form *web.Form) (tree.UnitID, error) {
	root, founded := s.config.Tree.Root()
	switch {
	case founded:
		return root.ID, nil
	case s.config.Founding == nil:
		return 0, fault.New(fault.Conflict, "accountui.setup.no-organisation")
	}
	return s.config.Founding.Found(r.Context(), tx, form.Text("profile"), form.Text("root"))
}
