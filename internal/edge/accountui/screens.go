package accountui

import (
	"context"
	"embed"
	"log/slog"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

//go:embed template/*.html
var templates embed.FS

//go:embed script
var scripts embed.FS

// Texts are the texts of this package, a source for text.Load.
//
//go:embed texts.yaml
var Texts embed.FS

// Bundle is the script of these screens, for the frame's configuration.
var Bundle = web.Bundle{Part: "account", Files: scripts, Folder: "script", Entries: []string{"reveal.ts"}}

// Config is what the screens are built from.
type Config struct {
	Ledger  *ledger.Ledger
	Tree    *tree.Tree
	Texts   *text.Catalog
	Machine clock.Clock
	// Zone is the installation's, in which a delegation's last day ends; nil for UTC.
	Zone *time.Location
	// Dir is the data directory, in which the set-up code lies.
	Dir string
	// Secure is set when people come by HTTPS.
	Secure bool
	// Address is how people reach the program, as "https://giaoban.tinh.vn", for
	// leaflets; "" takes the address by which the administrator came.
	Address string
	// Founding creates the organisation when there is none yet; nil where that is
	// always done before.
	Founding *Founding
	// Post is what a person is at a unit, as it stands in a signature; nil where
	// the program knows no posts.
	Post func(ctx context.Context, q store.Querier, person int64, unit tree.UnitID) (string, error)
	// Elsewhere is what later parts keep of people, to be erased with their accounts.
	Elsewhere []account.Elsewhere
	// Cut closes what a person has open live, when one of the sessions ends:
	// browsers that are still signed in open it again. nil where nothing is live.
	Cut func(person int64)
	Log *slog.Logger
}

// Founding is how set-up creates an organisation.
type Founding struct {
	// Profiles are the choices of a profile.
	Profiles func(text.Lang) []web.Option
	// Found creates the organisation and gives its root unit; rootName is "" for
	// the profile's own. Its faults stand at "profile" or "root".
	Found func(ctx context.Context, tx *ledger.Tx, profile, rootName string) (tree.UnitID, error)
}

// Screens answers everything about accounts.
type Screens struct {
	config Config
	pages  pages
}

// pages are the parsed templates.
type pages struct {
	signIn, account, sign     *web.Screen
	code, accept, setup       *web.Screen
	admin, invite, invited    *web.Screen
	leaders, leaflets, person *web.Screen
	delegations, settings     *web.Screen
	factor, recovery, half    *web.Screen
}

// New makes the screens. Who and SignIn go into the frame's configuration; Add
// then gives them the frame.
func New(config Config) *Screens {
	if config.Machine == nil {
		config.Machine = clock.Machine
	}
	if config.Zone == nil {
		config.Zone = time.UTC
	}
	if config.Cut == nil {
		config.Cut = func(int64) {}
	}
	if config.Log == nil {
		config.Log = slog.Default()
	}
	return &Screens{config: config}
}

// Add parses the pages and adds their routes to the frame.
func (s *Screens) Add(frame *web.Frame) {
	page := func(name string) *web.Screen { return frame.Screen(templates, "template/"+name+".html") }
	s.pages = pages{
		signIn: page("sign-in"), account: page("account"), sign: page("sign"),
		code: page("code"), accept: page("accept"), setup: page("setup"),
		admin: page("admin"), invite: page("invite"), invited: page("invited"),
		leaders: page("leaders"), leaflets: page("leaflets"), person: page("person"),
		delegations: page("delegations"), settings: page("settings"),
		factor: page("factor"), recovery: page("recovery"), half: page("half"),
	}
	frame.Add(s.Routes()...)
}

// Routes are the addresses of the screens, each with the action it belongs to.
func (s *Screens) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /sign-in", Action: access.Public, Handle: s.SignIn},
		{Pattern: "POST /sign-in", Action: access.Public, Handle: s.signIn},
		{Pattern: "POST /sign-in/passkey", Action: access.Public, Handle: s.signInByPasskey},
		{Pattern: "POST /sign-in/factor", Action: access.Public, Handle: s.signInByFactor},
		{Pattern: "POST /sign-out", Action: access.Public, Handle: s.signOut},
		{Pattern: "GET /setup", Action: access.Public, Handle: s.showSetup},
		{Pattern: "POST /setup", Action: access.Public, Handle: s.setUp},
		{Pattern: "GET /invitation", Action: access.Public, Handle: s.showCode},
		{Pattern: "POST /invitation", Action: access.Public, Handle: s.enterCode},
		{Pattern: "GET /invitation/{code}", Action: access.Public, Handle: s.showInvitation},
		{Pattern: "POST /invitation/{code}", Action: access.Public, Handle: s.accept},
		{Pattern: "POST /invitation/{code}/join", Action: access.SignedIn, Handle: s.join},

		{Pattern: "GET /account", Action: access.SignedIn, Handle: s.showAccount, Unready: true},
		{Pattern: "POST /account", Action: access.SignedIn, Handle: s.changeAccount},
		{Pattern: "POST /account/address", Action: access.SignedIn, Handle: s.tryOwnAddress},
		{Pattern: "POST /account/password", Action: access.SignedIn, Handle: s.changePassword},
		{Pattern: "POST /account/language", Action: access.SignedIn, Handle: s.changeLanguage, Unready: true},
		{Pattern: "POST /account/sessions/{id}/end", Action: access.SignedIn, Handle: s.endSession},
		{Pattern: "POST /account/sessions/end-others", Action: access.SignedIn, Handle: s.endOtherSessions},
		{Pattern: "POST /account/factor", Action: access.SignedIn, Handle: s.beginFactor, Unready: true},
		{Pattern: "POST /account/factor/confirm", Action: access.SignedIn, Handle: s.confirmFactor, Unready: true},
		{Pattern: "POST /account/factor/recovery", Action: access.SignedIn, Handle: s.renewRecovery},
		{Pattern: "POST /account/factor/remove", Action: access.SignedIn, Handle: s.removeFactor, Unready: true},
		{Pattern: "POST /account/passkeys", Action: access.SignedIn, Handle: s.addPasskey, Unready: true},
		{Pattern: "POST /account/passkeys/{id}/remove", Action: access.SignedIn, Handle: s.removePasskey},
		{Pattern: "GET /sign", Action: access.SignedIn, Handle: s.showSign},
		{Pattern: "POST /sign", Action: access.SignedIn, Handle: s.openWindow},
		{Pattern: "POST /sign/close", Action: access.SignedIn, Handle: s.closeWindow},

		{Pattern: "GET /settings", Action: access.SystemRun, Handle: s.showSettings},
		{Pattern: "POST /settings", Action: access.SystemRun, Handle: s.saveSettings},
		{Pattern: "POST /settings/factor", Action: access.SystemRun, Handle: s.askFactor},
		{Pattern: "GET /admin", Action: access.AccountRead, Handle: s.showAdmin},
		{Pattern: "GET /admin/invite", Action: access.AccountManage, Handle: s.showInvite},
		{Pattern: "POST /admin/invite", Action: access.AccountManage, Handle: s.invite},
		{Pattern: "POST /admin/invitations/{id}/renew", Action: access.AccountManage, Handle: s.renew},
		{Pattern: "POST /admin/invitations/{id}/withdraw", Action: access.AccountManage, Handle: s.withdraw, Once: true},
		{Pattern: "GET /admin/leaders", Action: access.AccountManage, Handle: s.showLeaders},
		{Pattern: "POST /admin/leaders", Action: access.AccountManage, Handle: s.inviteLeaders},
		{Pattern: "GET /admin/delegations", Action: access.DelegationGive, Handle: s.showDelegations},
		{Pattern: "POST /admin/delegations", Action: access.DelegationGive, Handle: s.handOver, Once: true},
		{Pattern: "POST /admin/delegations/{id}/end", Action: access.DelegationGive, Handle: s.takeBack, Once: true},
		{Pattern: "GET /admin/accounts/{id}", Action: access.AccountRead, Handle: s.showPerson},
		{Pattern: "POST /admin/accounts/{id}", Action: access.AccountManage, Handle: s.changePerson},
		{Pattern: "POST /admin/accounts/{id}/roles", Action: access.AccountManage, Handle: s.giveRole, Once: true},
		{Pattern: "POST /admin/accounts/{id}/reset", Action: access.AccountManage, Handle: s.reset},
		{Pattern: "POST /admin/accounts/{id}/address", Action: access.AccountManage, Handle: s.tryAddress},
		{Pattern: "POST /admin/accounts/{id}/factor", Action: access.AccountManage, Handle: s.resetFactor, Once: true},
		{Pattern: "POST /admin/accounts/{id}/disable", Action: access.AccountManage, Handle: s.disable},
		{Pattern: "POST /admin/accounts/{id}/enable", Action: access.AccountManage, Handle: s.enable},
		{Pattern: "POST /admin/accounts/{id}/erase", Action: access.AccountManage, Handle: s.erase, Once: true},
		{Pattern: "POST /admin/roles", Action: access.AccountManage, Handle: s.giveRoleByLogin, Once: true},
		{Pattern: "POST /admin/roles/{id}/end", Action: access.AccountManage, Handle: s.endRole, Once: true},
	}
}
