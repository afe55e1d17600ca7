package org

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// endUnit gives away what a unit had, and ends it. Of a unit that goes on only
// what the act names leaves it.
func (r *reorganisation) endUnit(ctx context.Context, u predecessor) error {
	if err := r.moveChildren(ctx, u); err != nil {
		return err
	}
	if !u.goes {
		return nil
	}
	if err := r.passPosts(ctx, u); err != nil {
		return err
	}
	if err := r.passRoles(ctx, u); err != nil {
		return err
	}
	_, err := Dissolve(ctx, r.tx, r.program, DissolveCommand{Unit: u.ID, From: r.day})
	return onField(err, "units")
}

// moveChildren puts the units below one under its heirs, each from the first day
// on which it stands there: an act that is entered late finds units that came
// after its day, and some that came back.
func (r *reorganisation) moveChildren(ctx context.Context, u predecessor) error {
	for moved := true; moved; {
		moved = false
		children, err := childrenFrom(ctx, r.tx, r.day, u.ID)
		if err != nil {
			return err
		}
		for _, child := range children {
			to, goes, err := r.newParent(ctx, u, child)
			if err != nil {
				return err
			}
			if !goes {
				continue
			}
			if err := r.moveChild(ctx, child, to); err != nil {
				return onField(err, fmt.Sprintf("child.%d", child.ID))
			}
			moved = true
		}
	}
	return nil
}

// newParent is where a unit below a predecessor goes: to the heir that the act
// names, else to the first; an heir that stood below its predecessor takes its
// place. goes is false when it stays.
func (r *reorganisation) newParent(ctx context.Context, u predecessor, child Unit) (to Unit, goes bool, err error) {
	target := ""
	if u.goes && len(u.heirs) > 0 {
		target = u.heirs[0]
	}
	if i := slices.IndexFunc(r.cmd.Children, func(f ChildFate) bool { return f.Unit == child.ID }); i >= 0 {
		target = r.cmd.Children[i].Heir
	}
	_, inherits := r.heirs[child.Code]
	switch {
	case inherits && u.goes:
		to, err = UnitAt(ctx, r.tx, child.From, u.Parent)
		return to, true, err
	case inherits, target == u.Code, target == "" && !u.goes:
		return Unit{}, false, nil
	}
	h, known := r.heirs[target]
	if !known {
		return Unit{}, false, fault.New(fault.Invalid, "org.act.child-homeless", "unit", child.Name).At(fmt.Sprintf("child.%d", child.ID))
	}
	return h.Unit, true, nil
}

func (r *reorganisation) moveChild(ctx context.Context, child, to Unit) error {
	if _, err := Move(ctx, r.tx, r.program, MoveCommand{Unit: child.ID, Parent: to.ID, From: child.From}); err != nil {
		return err
	}
	level, _ := r.profile.LevelOf(to.Level, child.Kind)
	if !r.cmd.ByRule || level == "" || level == child.Level {
		return nil
	}
	_, err := ChangeLevel(ctx, r.tx, r.program, ChangeLevelCommand{Unit: child.ID, Level: level, Kind: child.Kind, From: child.From})
	return err
}

// childrenFrom gives the units that a unit counts on a day or later, each as it
// is on the first of those days.
func childrenFrom(ctx context.Context, q store.Querier, day clock.Date, parent tree.UnitID) ([]Unit, error) {
	records, err := readRecords(ctx, q, `WHERE p.parent_id = $1 AND (p.to_date = '' OR p.to_date > $2)`, parent, string(day))
	if err != nil {
		return nil, err
	}
	list := make([]Unit, len(records))
	for i, r := range records {
		list[i] = Unit{r.ID, r.Code, r.Times[0]}
		list[i].From = max(list[i].From, day)
	}
	slices.SortFunc(list, byName)
	return list, nil
}

// passPosts ends the posts of an ending unit and gives those that the act names
// to the same people in an heir.
func (r *reorganisation) passPosts(ctx context.Context, u predecessor) error {
	held, err := readPosts(ctx, r.tx, `WHERE unit_id = $1 AND to_date = ''`, u.ID)
	if err != nil {
		return err
	}
	for _, post := range held {
		day := max(r.day, post.From)
		field := fmt.Sprintf("post.%d", post.ID)
		if _, err := EndPost(ctx, r.tx, r.actor, EndPostCommand{Post: post.ID, To: day}); err != nil {
			return onField(err, field)
		}
		i := slices.IndexFunc(r.cmd.Posts, func(f PostFate) bool { return f.Post == post.ID })
		if i < 0 || r.cmd.Posts[i].Heir == "" {
			continue
		}
		h, err := r.heirFor(r.cmd.Posts[i].Heir, access.PostChange, field)
		if err != nil {
			return err
		}
		_, err = Appoint(ctx, r.tx, r.program, AppointCommand{
			Unit: h.ID, Body: post.Body, Post: post.Kind, Person: post.Person, Name: post.Name, From: day,
		})
		if err != nil {
			return onField(err, field)
		}
	}
	return nil
}

// passRoles ends the roles at an ending unit and gives those that the act names
// to the same people at an heir.
func (r *reorganisation) passRoles(ctx context.Context, u predecessor) error {
	held, err := account.GrantsAt(ctx, r.tx, u.ID)
	if err != nil {
		return err
	}
	for _, grant := range held {
		field := fmt.Sprintf("role.%d", grant.ID)
		if _, err := account.EndGrant(ctx, r.tx, r.actor, grant.ID); err != nil {
			return onField(err, field)
		}
		i := slices.IndexFunc(r.cmd.Roles, func(f RoleFate) bool { return f.Grant == grant.ID })
		if i < 0 || r.cmd.Roles[i].Heir == "" {
			continue
		}
		h, err := r.heirFor(r.cmd.Roles[i].Heir, access.AccountManage, field)
		if err != nil {
			return err
		}
		if has, err := account.Holds(ctx, r.tx, grant.Person, access.Grant{Unit: h.ID, Role: grant.Role}); has || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		if err := account.Give(ctx, r.tx, r.program, account.GiveCommand{Person: grant.Person, Unit: h.ID, Role: grant.Role}); err != nil {
			return onField(err, field)
		}
	}
	return nil
}

// heirFor finds the heir that something goes to, where the actor may do what that
// takes: at a new heir, where it stands.
func (r *reorganisation) heirFor(code string, action access.Action, field string) (heir, error) {
	h, known := r.heirs[code]
	if !known {
		return heir{}, fault.New(fault.Invalid, "org.act.heir-unknown", "code", code).At(field)
	}
	if h.fresh {
		return h, r.actor.May(action, h.Parent)
	}
	return h, r.actor.May(action, h.ID)
}
