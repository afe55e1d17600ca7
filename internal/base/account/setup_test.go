package account_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

func (h *house) setUp(login string) error {
	return h.try(func(ctx context.Context, tx *ledger.Tx) error {
		_, err := account.SetUp(ctx, tx, account.SetUpCommand{Name: "Quản trị", Login: login, Password: h.password, Root: centre})
		return err
	})
}

func TestSetUpMakesOneFirstAdministrator(t *testing.T) {
	each(t, func(h *house) {
		needed, err := account.NeedsSetUp(h.Context(), h.db.Reader())
		if err != nil || !needed {
			h.Fatalf("an empty installation: got %v, %v, want it to need set-up", needed, err)
		}
		h.refused("without a login", h.setUp(""), fault.Invalid, "account.login.form")
		var group sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			group.Go(func() { errs[i] = h.setUp("admin" + string(rune('a'+i))) })
		}
		group.Wait()
		made := 0
		for _, err := range errs {
			if err == nil {
				made++
				continue
			}
			h.refused("the others", err, fault.Conflict, "account.set-up.done")
		}
		if made != 1 {
			h.Errorf("of four at once %d became the first administrator, want 1", made)
		}
		if needed, err = account.NeedsSetUp(h.Context(), h.db.Reader()); err != nil || needed {
			h.Errorf("afterwards: got %v, %v, want no need of set-up", needed, err)
		}
		want := []access.Grant{at(centre, access.SystemAdmin), at(centre, access.UnitAdmin)}
		list, err := account.At(h.Context(), h.db.Reader(), access.CommandLine(h.tree), centre)
		if err != nil || len(list) != 1 {
			h.Fatalf("accounts at the root: %+v, %v", list, err)
		}
		if got := h.actor(list[0].ID).Grants; !cmp.Equal(got, want) {
			h.Errorf("roles: %s", cmp.Diff(want, got))
		}
	})
}

func TestTheSetUpCodeIsKeptForItsOwnerAlone(t *testing.T) {
	each(t, func(h *house) {
		dir := h.TempDir()
		code, err := account.SetupCode(dir)
		if err != nil {
			h.Fatal(err)
		}
		again, err := account.SetupCode(dir)
		if err != nil || again != code {
			h.Errorf("asked again: got %q, %v, want %q", again, err, code)
		}
		path := filepath.Join(dir, "setup.code")
		if stat, err := os.Stat(path); err != nil || stat.Mode().Perm() != 0o600 {
			h.Errorf("the file's mode: got %v, %v, want 0600", stat.Mode(), err)
		}
		check := func(typed string) error {
			return account.CheckSetupCode(h.Context(), h.db, dir, typed, "10.0.0.1", h.machine.Now())
		}
		if err := check(string(code)); err != nil {
			h.Errorf("the right code: %v", err)
		}
		for range 10 {
			h.refused("a wrong code", check("7KQ2-M0XD-9RTA-VB4C"), fault.Invalid, "account.set-up.code")
		}
		h.refused("the eleventh", check(string(code)), fault.Unavailable, "account.wait")
		for range 2 {
			if err := account.ForgetSetupCode(dir); err != nil {
				h.Errorf("forgetting: %v", err)
			}
		}
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			h.Errorf("the file after forgetting: %v", err)
		}
		if err := os.WriteFile(path, []byte("nonsense"), 0o600); err != nil {
			h.Fatal(err)
		}
		if _, err := account.SetupCode(dir); err == nil {
			h.Error("a file without a code was taken for one")
		}
	})
}
