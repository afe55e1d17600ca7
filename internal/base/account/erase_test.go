package account_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

func TestWhoLeftIsErasedFromRowsAndLogAndTheLogStillVerifies(t *testing.T) {
	each(t, eraseWhoLeft)
}

func eraseWhoLeft(h *house) {
	admin := h.person("quan.tri", access.Grant{Unit: centre, Role: access.UnitAdmin})
	var code account.Code
	h.do(func(ctx context.Context, tx *ledger.Tx) error {
		i, err := account.Invite(ctx, tx, admin, account.InviteCommand{
			Unit: district, Roles: []access.Role{access.Officer}, Name: "Nguyễn Thị Bí Mật", Email: "bi.mat@example.vn", Now: h.machine.Now(),
		})
		code = i.Code
		return err
	})
	var p account.Person
	h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
		p, err = account.Accept(ctx, tx, account.AcceptCommand{Code: string(code), Login: "bi.mat", Password: h.password, Now: h.machine.Now()})
		return err
	})
	h.do(func(ctx context.Context, tx *ledger.Tx) error {
		return account.Change(ctx, tx, admin, account.ChangeCommand{Person: p.ID, Name: "Nguyễn Thị Mật", Email: "mat@example.vn", Phone: "0912 345 678"})
	})
	// A second post comes by an invitation that is taken up much later.
	for range 60 {
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			return tx.Append(ledger.New{Kind: "test.happened", Subject: "test:1", Payload: struct{}{}})
		})
	}
	var second account.Code
	h.do(func(ctx context.Context, tx *ledger.Tx) error {
		i, err := account.Invite(ctx, tx, admin, account.InviteCommand{
			Unit: district, Roles: []access.Role{access.Viewer}, Name: "Nguyễn Thị Kiêm Nhiệm", Email: "kiem.nhiem@example.vn", Now: h.machine.Now(),
		})
		second = i.Code
		return err
	})
	leaver := h.actor(p.ID)
	h.do(func(ctx context.Context, tx *ledger.Tx) error {
		_, err := account.Join(ctx, tx, leaver, string(second), h.machine.Now())
		return err
	})
	erase := func(actor access.Actor, reason string) error {
		return h.try(func(ctx context.Context, tx *ledger.Tx) error {
			_, err := account.Erase(ctx, tx, actor, account.EraseCommand{Person: p.ID, Reason: reason})
			return err
		})
	}
	if err := erase(admin, "đã chuyển công tác"); !fault.Is(err, fault.Conflict) {
		h.Errorf("somebody whose account works is erased: %v", err)
	}
	h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.Disable(ctx, tx, admin, p.ID) })
	stranger := h.person("nguoi.la", access.Grant{Unit: otherProvince, Role: access.UnitAdmin})
	if err := erase(stranger, "vì tò mò"); !fault.Is(err, fault.Forbidden) {
		h.Errorf("a stranger erases: %v", err)
	}
	if err := erase(admin, "  "); !fault.Is(err, fault.Invalid) {
		h.Errorf("erased without a reason: %v", err)
	}
	if !strings.Contains(h.everything(), "Bí Mật") {
		h.Fatal("the test sees nothing that could be erased")
	}
	if err := erase(admin, "đã chuyển công tác"); err != nil {
		h.Fatal(err)
	}
	if err := erase(admin, "lần nữa"); err != nil {
		h.Errorf("erased once more: %v", err)
	}
	for _, secret := range []string{"Bí Mật", "Thị Mật", "Kiêm Nhiệm", "kiem.nhiem", "mat@", "bi.mat", "0912"} {
		if strings.Contains(h.everything(), secret) {
			h.Errorf("%q is still in the database", secret)
		}
	}
	found, err := account.Find(h.Context(), h.db.Reader(), p.ID)
	if err != nil || !strings.HasPrefix(found.Name, "#") || found.Login != "" {
		h.Errorf("the person is %+v, %v", found, err)
	}
	h.provesErased(4)
}

// everything is what the tables of accounts and the log say, as text.
func (h *house) everything() string {
	h.Helper()
	var b strings.Builder
	for _, query := range []string{
		`SELECT name || folded || email || phone || COALESCE(login, '') FROM person`, `SELECT name || email FROM invitation`, `SELECT payload FROM event_payload`,
	} {
		rows, err := h.db.Reader().QueryContext(h.Context(), query)
		if err != nil {
			h.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var said string
			if err := rows.Scan(&said); err != nil {
				h.Fatal(err)
			}
			b.WriteString(said + "\n")
		}
		if err := rows.Err(); err != nil {
			h.Fatal(err)
		}
	}
	return b.String()
}

// provesErased verifies the log, in which n payloads are erased.
func (h *house) provesErased(n int) {
	h.Helper()
	key, err := ledger.LoadKey(h.TempDir())
	if err != nil {
		h.Fatal(err)
	}
	head, _, err := ledger.Head(h.Context(), h.db.Reader())
	if err != nil {
		h.Fatal(err)
	}
	err = h.db.Update(h.Context(), func(tx *sql.Tx) error { return ledger.Grow(h.Context(), tx, key.Signer, head) })
	if err != nil {
		h.Fatal(err)
	}
	err = h.db.View(h.Context(), func(tx *sql.Tx) error {
		result, err := ledger.Verify(h.Context(), tx, key.Verifier, nil)
		if len(result.Findings) > 0 || len(result.Erased) != n {
			h.Errorf("verified: %+v, want %d erased and nothing found", result, n)
		}
		return err
	})
	if err != nil {
		h.Error(err)
	}
}
