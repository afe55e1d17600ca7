package account_test

import (
	"context"
	"fmt"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

func TestAnAddressIsRefusedUntilItIsAnotherOrTriedAgain(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("quan.tri", at(province, access.UnitAdmin))
		stranger := h.person("nguoi.la", at(otherProvince, access.UnitAdmin))
		leader := h.person("an.le", at(district, access.Leader))
		change := func(email string) {
			h.do(func(ctx context.Context, tx *ledger.Tx) error {
				return account.Change(ctx, tx, leader, account.ChangeCommand{Person: leader.Person, Name: "Lê An", Email: email})
			})
		}
		refuse := func(address string) {
			h.do(func(ctx context.Context, tx *ledger.Tx) error {
				return account.AddressRefused(ctx, tx, leader.Person, address, "550 không có hộp thư "+address)
			})
		}
		try := func(actor access.Actor) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error {
				return account.TryAddress(ctx, tx, actor, leader.Person)
			})
		}
		want := func(when string, refused bool) {
			h.Helper()
			p, err := account.Find(h.Context(), h.db.Reader(), leader.Person)
			if err != nil || p.RefusedAt.IsZero() == refused || (p.Refused == "") == refused {
				h.Errorf("%s: refused at %v (%q, %v), want %t", when, p.RefusedAt, p.Refused, err, refused)
			}
			for _, actor := range []access.Actor{admin, stranger} {
				list, err := account.Unreached(h.Context(), h.db.Reader(), actor)
				if n := len(list); err != nil || (n == 1) != (refused && actor.Person == admin.Person) {
					h.Errorf("%s: person %d administers %d who are unreached (%v)", when, actor.Person, n, err)
				}
			}
		}
		change("an@example.vn")
		refuse("khac@example.vn")
		want("another address was refused", false)
		refuse("an@example.vn")
		refuse("an@example.vn")
		want("it was refused twice", true)
		change("an@example.vn")
		want("another name, the same address", true)
		change("an.le@example.vn")
		want("another address", false)
		refuse("an.le@example.vn")
		h.refused("a stranger tries it", try(stranger), fault.Forbidden, "access.refused")
		want("a stranger tried it", true)
		for _, actor := range []access.Actor{admin, leader} {
			if err := try(actor); err != nil {
				h.Errorf("person %d tries it: %v", actor.Person, err)
			}
			want("it is tried", false)
			refuse("an.le@example.vn")
		}
		events, err := ledger.About(h.Context(), h.db.Reader(), fmt.Sprintf("person:%d", leader.Person))
		failed := 0
		for _, e := range events {
			if e.Kind == account.AddressFailed {
				failed++
			}
		}
		if err != nil || failed != 4 || account.PersonOf(events[0]) != leader.Person {
			h.Errorf("%d events say that it was refused (%v), want 4", failed, err)
		}
	})
}
