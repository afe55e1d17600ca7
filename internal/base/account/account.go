package account

import (
	"context"
	"fmt"
	"math"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Account is a person with the roles held, as administrators see it.
type Account struct {
	Person
	Grants []Grant // held now
	Past   []Grant // held once; only [Show] fills it
}

// At gives the accounts with a role at a unit, the disabled among them, in the
// order in which they came. Faults: Forbidden.
func At(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID) ([]Account, error) {
	if err := actor.May(access.AccountRead, unit); err != nil {
		return nil, err
	}
	all := func(Account) bool { return true }
	return accounts(ctx, q, all, math.MaxInt, `p.id IN (SELECT person FROM role_grant WHERE unit = $1 AND ended = 0) ORDER BY p.id, g.id`, int64(unit))
}

// Search gives up to limit accounts whose name or login contains the words,
// without regard to marks, and who hold a role in top's subtree. Faults:
// Forbidden.
func Search(ctx context.Context, q store.Querier, actor access.Actor, top tree.UnitID, words string, limit int) ([]Account, error) {
	if err := actor.May(access.AccountRead, top); err != nil {
		return nil, err
	}
	key := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(fold.Key(words))
	if key == "" {
		return nil, nil
	}
	keep := func(a Account) bool { return a.within(actor, top) }
	return accounts(ctx, q, keep, limit, `p.folded LIKE $1 ESCAPE '\' ORDER BY p.folded, p.id, g.id`, "%"+key+"%")
}

// within says whether the account holds a role in top's subtree that the actor
// may see.
func (a Account) within(actor access.Actor, top tree.UnitID) bool {
	for _, g := range a.Grants {
		if actor.Tree.Within(g.Unit, top) && actor.May(access.AccountRead, g.Unit) == nil {
			return true
		}
	}
	return false
}

// Show gives an account with its history, for whoever may read the accounts of
// one of its units. Faults: NotFound, also for one that may not be seen.
func Show(ctx context.Context, q store.Querier, actor access.Actor, person int64) (Account, error) {
	p, err := Find(ctx, q, person)
	if err != nil {
		return Account{}, err
	}
	a := Account{Person: p}
	if a.Grants, err = GrantsOf(ctx, q, person); err != nil {
		return Account{}, err
	}
	if a.Past, err = PastGrantsOf(ctx, q, person); err != nil {
		return Account{}, err
	}
	for _, list := range [][]Grant{a.Grants, a.Past} {
		for _, g := range list {
			if actor.May(access.AccountRead, g.Unit) == nil {
				return a, nil
			}
		}
	}
	return Account{}, fault.New(fault.NotFound, "account.person.missing")
}

// MayManage says whether the actor may change the account as a whole: rename,
// disable, give a code for a new password.
func MayManage(ctx context.Context, q store.Querier, actor access.Actor, person int64) bool {
	return mayManage(ctx, q, actor, person) == nil
}

// MayGive says whether the actor may give and take a role at a unit.
func MayGive(actor access.Actor, unit tree.UnitID, role access.Role) bool {
	return mayGive(actor, unit, role) == nil
}

// accounts reads people with the roles they hold now, up to limit of those to
// keep; where also orders, by person and then by grant.
func accounts(ctx context.Context, q store.Querier, keep func(Account) bool, limit int, where string, args ...any) ([]Account, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+personColumns+`,
		COALESCE(g.id, 0), COALESCE(g.unit, 0), COALESCE(g.role, ''), COALESCE(g.given, 0)
		FROM person p LEFT JOIN role_grant g ON g.person = p.id AND g.ended = 0 WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading accounts: %w", err)
	}
	defer rows.Close()
	var list []Account
	var one Account // the one being read: its grants follow each other
	for len(list) < limit && rows.Next() {
		var g Grant
		var given int64
		p, err := scanPerson(rows.Scan, &g.ID, &g.Unit, &g.Role, &given)
		if err != nil {
			return nil, fmt.Errorf("reading an account: %w", err)
		}
		if one.ID != p.ID {
			if one.ID != 0 && keep(one) {
				list = append(list, one)
			}
			one = Account{Person: p}
		}
		if g.ID != 0 {
			g.Person, g.Given = p.ID, store.Moment(given)
			one.Grants = append(one.Grants, g)
		}
	}
	if len(list) < limit && one.ID != 0 && keep(one) {
		list = append(list, one)
	}
	return list, rows.Err()
}
