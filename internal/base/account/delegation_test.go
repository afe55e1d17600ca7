package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

// handed is a delegation of the district's leader as the tests begin with.
func (h *house) handed(leader, deputy access.Actor) account.DelegateCommand {
	return account.DelegateCommand{
		Unit: district, Person: deputy.Person, Actions: []access.Action{access.ReportSubmit}, Form: account.InPlaceOf, Of: "bí  thư",
		From: h.today(), To: h.today(), Today: h.today(),
	}
}

func (h *house) handOver(actor access.Actor, cmd account.DelegateCommand) (d account.Delegation, err error) {
	h.Helper()
	err = h.try(func(ctx context.Context, tx *ledger.Tx) error {
		d, err = account.HandOver(ctx, tx, actor, cmd)
		return err
	})
	return d, err
}

// actorOn is a person as one who acts on a day.
func (h *house) actorOn(person int64, day clock.Date) access.Actor {
	h.Helper()
	actor, err := account.Actor(h.Context(), h.db.Reader(), h.tree, person, day)
	if err != nil {
		h.Fatal(err)
	}
	return actor
}

func TestADeputyActsForTheLeaderOnTheGivenDays(t *testing.T) {
	each(t, func(h *house) {
		leader, deputy := h.person("leader", at(district, access.Leader)), h.person("deputy", at(district, access.Officer))
		cmd := h.handed(leader, deputy)
		cmd.To = "2020-07-12"
		d, err := h.handOver(leader, cmd)
		if err != nil || d.Authority != "K/T BÍ THƯ" {
			h.Fatalf("handed over: %+v, %v", d, err)
		}
		for day, want := range map[clock.Date]bool{"2020-07-09": false, "2020-07-10": true, "2020-07-12": true, "2020-07-13": false} {
			if may := h.actorOn(deputy.Person, day).May(access.ReportSubmit, district) == nil; may != want {
				h.Errorf("on %s the deputy may sign: %v, want %v", day, may, want)
			}
		}
		acting := h.actorOn(deputy.Person, "2020-07-11")
		as := account.As(acting, access.ReportSubmit, district, "Phó bí thư")
		if got, want := as.Named("Nguyễn Văn A"), "K/T BÍ THƯ, PHÓ BÍ THƯ Nguyễn Văn A"; got != want {
			h.Errorf("signed as %q, want %q", got, want)
		}
		use := func(as account.Capacity) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error {
				return as.Use(ctx, tx, acting, access.ReportSubmit, district, "report:7")
			})
		}
		h.refused("signing as if it were one's own", use(account.Capacity{Post: "Bí thư"}), fault.Forbidden, "account.delegation.other")
		if err := use(as); err != nil {
			h.Fatalf("using it: %v", err)
		}
		uses, err := account.UsesOf(h.Context(), h.db.Reader(), leader.Person, 10)
		if err != nil || len(uses) != 1 || uses[0].Subject != "report:7" || uses[0].Delegation != d.ID {
			h.Errorf("the leader sees %+v, %v", uses, err)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			_, err := account.TakeBack(ctx, tx, leader, d.ID)
			return err
		})
		if h.actorOn(deputy.Person, "2020-07-11").May(access.ReportSubmit, district) == nil {
			h.Error("taken back, it still gives something")
		}
	})
}

func TestWhatWasHandedOverEndsWithTheLeadersRole(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		leader, deputy := h.person("leader", at(district, access.Leader)), h.person("deputy", at(district, access.Officer))
		if _, err := h.handOver(leader, h.handed(leader, deputy)); err != nil {
			h.Fatal(err)
		}
		held, err := account.GrantsOf(h.Context(), h.db.Reader(), leader.Person)
		if err != nil {
			h.Fatal(err)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			_, err := account.EndGrant(ctx, tx, admin, held[0].ID)
			return err
		})
		if h.actor(deputy.Person).May(access.ReportSubmit, district) == nil {
			h.Error("the deputy acts for somebody who may not")
		}
		people, err := account.Delegates(h.Context(), h.db.Reader(), leader.Person, "", "")
		if diff := cmp.Diff([]int64{deputy.Person}, people); err != nil || diff != "" {
			h.Errorf("whose streams end (-want +got): %s %v", diff, err)
		}
	})
}

func TestWhatCannotBeHandedOver(t *testing.T) {
	each(t, func(h *house) {
		leader, deputy := h.person("leader", at(district, access.Leader)), h.person("deputy", at(district, access.Officer))
		second := h.person("second", at(district, access.Leader))
		other := h.person("other", at(otherDistrict, access.Leader))
		admin := h.person("admin", at(province, access.UnitAdmin))
		for _, c := range []struct {
			what, field, key string
			actor            access.Actor
			change           func(*account.DelegateCommand)
		}{
			{"nothing", "actions", "account.delegation.actions", leader, func(c *account.DelegateCommand) { c.Actions = nil }},
			{"the accounts", "actions", "account.delegation.not-delegable", leader, func(c *account.DelegateCommand) { c.Actions = []access.Action{access.AccountManage} }},
			{"handing over", "actions", "account.delegation.not-delegable", leader, func(c *account.DelegateCommand) { c.Actions = []access.Action{access.DelegationGive} }},
			{"from yesterday", "from", "account.delegation.past", leader, func(c *account.DelegateCommand) { c.From = "2020-07-09" }},
			{"without a first day", "from", "account.delegation.day", leader, func(c *account.DelegateCommand) { c.From = "" }},
			{"without a last day", "to", "account.delegation.day", leader, func(c *account.DelegateCommand) { c.To = "" }},
			{"backwards", "to", "account.delegation.order", leader, func(c *account.DelegateCommand) { c.From, c.To = "2020-07-12", "2020-07-11" }},
			{"in no form", "form", "account.delegation.form", leader, func(c *account.DelegateCommand) { c.Form = "T/M" }},
			{"for nobody", "of", "account.delegation.of", leader, func(c *account.DelegateCommand) { c.Of = " " }},
			{"to oneself", "person", "account.delegation.leads", leader, func(c *account.DelegateCommand) { c.Person = leader.Person }},
			{"to another leader", "person", "account.delegation.leads", leader, func(c *account.DelegateCommand) { c.Person = second.Person }},
			{"to a stranger", "person", "account.delegation.stranger", leader, func(c *account.DelegateCommand) { c.Person = other.Person }},
			{"what is an officer's", "leader", "account.delegation.no-leader", admin, func(c *account.DelegateCommand) { c.Leader, c.Decision = deputy.Person, "12-QĐ/HU" }},
			{"on the leader's word without its number", "decision", "account.delegation.decision", admin, func(c *account.DelegateCommand) { c.Leader = leader.Person }},
		} {
			cmd := h.handed(leader, deputy)
			c.change(&cmd)
			_, err := h.handOver(c.actor, cmd)
			list := fault.All(err)
			if len(list) != 1 || list[0].Field != c.field || list[0].Key != c.key || list[0].Kind != fault.Invalid {
				h.Errorf("handing over %s: %v, want %s at %s", c.what, err, c.key, c.field)
			}
		}
		for name, actor := range map[string]access.Actor{"the deputy": deputy, "another unit's leader": other} {
			_, err := h.handOver(actor, h.handed(leader, deputy))
			h.refused("handing over by "+name, err, fault.Forbidden, "access.refused")
		}
		cmd := h.handed(leader, deputy)
		cmd.Leader, cmd.Decision = leader.Person, "12-QĐ/HU"
		d, err := h.handOver(admin, cmd)
		if err != nil {
			h.Fatalf("on the leader's word: %v", err)
		}
		_, err = h.handOver(h.actor(deputy.Person), cmd)
		h.refused("handing on", err, fault.Forbidden, "access.refused")
		err = h.try(func(ctx context.Context, tx *ledger.Tx) error {
			_, err := account.TakeBack(ctx, tx, h.actor(deputy.Person), d.ID)
			return err
		})
		h.refused("taking back by the deputy", err, fault.Forbidden, "access.refused")
	})
}

func TestAtMidnightTheStreamsOfThoseWhoseLastDayWasOverEnd(t *testing.T) {
	each(t, func(h *house) {
		leader, deputy, longer := h.person("leader", at(district, access.Leader)), h.person("deputy", at(district, access.Officer)), h.person("longer", at(district, access.Officer))
		if _, err := h.handOver(leader, h.handed(leader, deputy)); err != nil {
			h.Fatal(err)
		}
		cmd := h.handed(leader, longer)
		cmd.To = clock.DateOf(h.ledger.Now().Add(48*time.Hour), time.UTC)
		if _, err := h.handOver(leader, cmd); err != nil {
			h.Fatal(err)
		}
		people, err := account.Delegates(h.Context(), h.db.Reader(), 0, "2020-07-10", "2020-07-11")
		if diff := cmp.Diff([]int64{deputy.Person}, people); err != nil || diff != "" {
			h.Errorf("whose streams end (-want +got): %s %v", diff, err)
		}
	})
}
