package orgui

import (
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// adopting is the sort of plan by which a version of the profile comes into force.
const adopting = "adopt"

// planLine is a change that is dated ahead, in words.
type planLine struct {
	org.Planned
	Says string
	At   string     // name of the unit at which it is shown
	Why  string     // it is stuck
	May  bool       // the person may cancel it, or try it again
	Key  string     // of its two forms
	Path string     // before their addresses
	On   clock.Date // when it was planned
}

// plansAbout are the open changes that name a unit.
func (v *view) plansAbout(unit tree.UnitID) ([]planLine, error) {
	plans, err := org.PlansAbout(v.r.Context(), v.q, unit)
	if err != nil {
		return nil, err
	}
	return v.lines(plans)
}

// plansBelow are the open changes of units that the person may see the place of.
func (v *view) plansBelow() ([]planLine, error) {
	plans, err := org.OpenPlans(v.r.Context(), v.q)
	if err != nil {
		return nil, err
	}
	var seen []org.Planned
	for _, p := range plans {
		if v.r.Actor.May(access.UnitRead, p.Unit) == nil || org.MayCancel(v.r.Context(), v.q, v.r.Actor, p) == nil {
			seen = append(seen, p)
		}
	}
	return v.lines(seen)
}

func (v *view) lines(plans []org.Planned) ([]planLine, error) {
	lines := make([]planLine, len(plans))
	for i, p := range plans {
		refused := org.MayCancel(v.r.Context(), v.q, v.r.Actor, p)
		if refused != nil && !fault.Is(refused, fault.Forbidden) {
			return nil, refused
		}
		lines[i] = planLine{
			Planned: p, At: v.nameOf(p.Unit), Says: v.says(p), Why: p.Why.In(v.r.Lang), May: refused == nil, Key: v.r.NewForm("plan").Key,
			On: clock.DateOf(p.At, v.profile.Location()), Path: "/org/plans",
		}
		if p.What == adopting {
			lines[i].Path = "/profile/plans"
		}
	}
	return lines, nil
}

// nameOf is what a unit is called now, or was last.
func (v *view) nameOf(unit tree.UnitID) string {
	if is, exists := v.r.Actor.Tree.Unit(unit); exists {
		return is.Name
	}
	if periods, err := org.History(v.r.Context(), v.q, unit); err == nil {
		return periods[len(periods)-1].Name
	}
	return ""
}

// says tells a planned change in a few words.
func (v *view) says(p org.Planned) string {
	switch c := p.Change; p.What {
	case "create":
		return v.r.T("orgui.plan.create", "name", c.Create.Name, "code", c.Create.Code)
	case "rename":
		return v.r.T("orgui.plan.rename", "name", c.Rename.Name)
	case "move":
		return v.r.T("orgui.plan.move", "parent", v.nameOf(c.Move.Parent))
	case "level":
		return v.r.T("orgui.plan.level", "level", v.LevelName(c.Level.Level))
	case adopting:
		if p, err := profile.Parse([]byte(c.Adopt.Document)); err == nil {
			return v.r.T("orgui.plan.adopt", "profile", p.Title.In(v.r.Lang))
		}
	case "set-line":
		return v.r.T("orgui.plan.set-line", "line", v.lineName(c.SetLine.Line), "head", v.nameOf(c.SetLine.Head))
	case "end-line":
		return v.r.T("orgui.plan.end-line", "line", v.lineName(c.EndLine.Line))
	case "reorganise":
		return v.r.T("orgui.act."+string(c.Reorganise.Kind)) + " · " + c.Reorganise.Decision
	}
	return v.r.T("orgui.plan." + p.What)
}

// cancelPlan takes a planned change back.
func (s *screens) cancelPlan(r *web.Request) error {
	return settlePlan(r, "orgui.plan.cancelled", func(tx *ledger.Tx, plan int64) error {
		_, err := org.Cancel(r.Context(), tx, r.Actor, plan)
		return err
	})
}

// retryPlan tries again a change that could not be made on its day.
func (s *screens) retryPlan(r *web.Request) error {
	return settlePlan(r, "orgui.plan.retried", func(tx *ledger.Tx, plan int64) error {
		_, err := org.MakeEffective(r.Context(), tx, r.Actor, plan)
		return err
	})
}

func settlePlan(r *web.Request, done string, settle func(*ledger.Tx, int64) error) error {
	if _, err := r.Posted("plan"); err != nil {
		return err
	}
	id, err := r.ID("plan")
	if err != nil {
		return err
	}
	var plan org.Planned
	err = r.View(func(q store.Querier) (err error) {
		if plan, err = org.PlanOf(r.Context(), q, id); err == nil {
			err = org.MayCancel(r.Context(), q, r.Actor, plan)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := r.Update(func(tx *ledger.Tx) error { return settle(tx, id) }); err != nil {
		return err
	}
	r.Notice(done, "day", plan.From)
	if plan.What == adopting {
		return r.See("/profile")
	}
	if r.Actor.May(access.UnitRead, plan.Unit) != nil {
		return r.See("/org")
	}
	return r.See(fmt.Sprintf("/org/%d", plan.Unit))
}
