package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/org"
	"giaoban/internal/simulate"
)

// camera takes pictures of pages that more than an address leads to.
type camera struct {
	*browser.Browser
	folder string // "" for none: the pages are only opened
	lang   string
}

// shoot takes what the browser shows, as on a desk and as on a phone.
func (c camera) shoot(t *testing.T, name string) {
	t.Helper()
	c.Wait("h1")
	c.Axe(t)
	if c.folder == "" {
		return
	}
	for size, screen := range map[string]browser.Screen{"desk": browser.Desk, "phone": browser.Phone} {
		c.Show(screen)
		c.Eval(`scrollTo(0, 0)`)
		c.Screenshot(filepath.Join(c.folder, name+"-"+size+"-"+c.lang+".png"))
	}
	c.Show(browser.Desk)
}

// TestShotsOfSigning takes the pages of signing in by two steps, of several posts
// and of a deputy's turn.
func TestShotsOfSigning(t *testing.T) {
	folder := os.Getenv("GIAOBAN_SHOTS")
	business := clock.NewManual(time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC))
	o := newOfficeAt(t, "", business)
	deputy := o.hire("pho", access.Grant{Unit: o.home, Role: access.Officer}, access.Grant{Unit: o.yenPhong, Role: access.Leader}).person
	root := o.hire("he.thong", access.Grant{Unit: o.centre, Role: access.SystemAdmin}).person
	o.update(func(tx *ledger.Tx) error {
		_, err := org.Appoint(t.Context(), tx, o.program(), org.AppointCommand{
			Unit: o.home, Body: "standing-body", Post: "deputy-secretary", Name: "Ông pho", Person: deputy, From: "2020-07-01",
		})
		return err
	})
	business.Set(time.Date(2020, 7, 16, 1, 0, 0, 0, time.UTC))
	languages := []string{"vi", "en"}
	if folder == "" {
		languages = languages[:1]
	}
	for _, lang := range languages {
		c := camera{o.person(t, "pho"), folder, lang}
		c.Go(o.url + "/work?lang=" + lang)
		c.shoot(t, "work-deputy")
		c.Go(fmt.Sprintf("%s/queue/%d", o.url, o.home))
		c.shoot(t, "queue-deputy")
		c.Go(fmt.Sprintf("%s/work?unit=%d", o.url, o.yenPhong))
		c.shoot(t, "work-one-unit")
		invited := o.invitation()
		c.Go(o.url + "/invitation/" + invited)
		c.shoot(t, "invitation-join")
		o.twoSteps(t, c)
		admin := camera{o.person(t, "quantri"), folder, lang}
		admin.Go(fmt.Sprintf("%s/admin/accounts/%d?lang=%s", o.url, deputy, lang))
		admin.shoot(t, "person-two-steps")
		o.ask(root, access.Officer)
		c.Go(o.url + "/account")
		c.Type("section[aria-labelledby=factor] [name=password]", simulate.Password)
		c.Click("button[formaction='/account/factor/recovery']")
		c.Wait(".recovery")
		c.shoot(t, "recovery-again")
		c.Allow("/reminders/live") // the second step taken away ends the sessions in which bells still ring
		admin.Click(fmt.Sprintf("form[action='/admin/accounts/%d/factor'] button", deputy))
		admin.Wait(".notices, [role=status]")
		again := camera{o.person(t, "pho"), folder, lang}
		again.Go(o.url + "/account?lang=" + lang)
		again.shoot(t, "account-owes")
		o.ask(root)
	}
}

// invitation is the code of one to Ha Noi.
func (o *office) invitation() string {
	o.t.Helper()
	var made account.Invitation
	o.update(func(tx *ledger.Tx) (err error) {
		made, err = account.Invite(o.t.Context(), tx, o.program(), account.InviteCommand{
			Unit: o.hanoi, Roles: []access.Role{access.Officer}, Name: "Ông pho", Now: time.Now(),
		})
		return err
	})
	return string(made.Code)
}

// ask sets the roles that need a second factor.
func (o *office) ask(root int64, roles ...access.Role) {
	o.t.Helper()
	o.update(func(tx *ledger.Tx) error {
		actor, err := account.Actor(o.t.Context(), tx, o.Tree, root, "2020-07-16")
		if err != nil {
			return err
		}
		return account.AskFactor(o.t.Context(), tx, actor, o.centre, roles)
	})
}

// twoSteps turns the second step on and signs in by it.
func (o *office) twoSteps(t *testing.T, c camera) {
	t.Helper()
	c.Go(o.url + "/account")
	c.shoot(t, "account-officer")
	c.Type("section[aria-labelledby=factor] [name=password]", simulate.Password)
	c.Click("section[aria-labelledby=factor] form button.btn:not(.reveal)")
	c.Wait("svg.qr")
	c.shoot(t, "second-factor")
	code, err := totp.GenerateCode(c.Text(".hash"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c.Type("[name=code]", code)
	c.Click("main .btn.primary")
	c.Wait("ol.recovery")
	c.shoot(t, "recovery-codes")
	other := camera{browser.New(t), c.folder, c.lang}
	other.Go(o.url + "/sign-in?lang=" + c.lang)
	other.Type("input[name=login]", "pho")
	other.Type("input[name=password]", simulate.Password)
	other.Click("main .btn.primary")
	other.Wait("[name=code]")
	other.shoot(t, "sign-in-code")
	other.Type("[name=code]", c.Text("ol.recovery code"))
	other.Click("main .btn.primary")
	other.Wait(".rail")
	other.Allow("/reminders/live") // its session may end before the test does
}
