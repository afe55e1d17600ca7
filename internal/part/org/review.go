package org

import (
	"context"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// Affected is a unit of a reorganisation with all that hangs on it: what the act
// has to say something about before it is carried out.
type Affected struct {
	Unit     Unit
	Goes     bool   // it ends
	Children []Unit // that stand below it on the act's day or later
	Posts    []Post // that last
	Roles    []RoleHeld
	Lines    []Lined // in which it reports, and those that it heads
}

// RoleHeld is a role that somebody holds at a unit.
type RoleHeld struct {
	account.Grant
	Name string // of the person
}

// OpenItem is something unfinished at a unit that a later part keeps: a report
// that waits, a draft, a directive to be acknowledged.
type OpenItem struct {
	Kind  OpenKind
	About string     // the directive's number
	Name  text.Words // of the milestone; empty for a directive
	Path  string     // of its page
}

// OpenKind is what is unfinished.
type OpenKind string

// The kinds of unfinished things.
const (
	OpenWaiting     OpenKind = "waiting"     // a report that nobody has decided on
	OpenReturned    OpenKind = "returned"    // a report that was sent back
	OpenDraft       OpenKind = "draft"       // a report that was begun
	OpenAcknowledge OpenKind = "acknowledge" // a directive that was not acknowledged
)

// Review gives the units of an act with what hangs on them, in the act's order.
// It judges nothing: Reorganise does.
func Review(ctx context.Context, q store.Querier, cmd ReorganiseCommand, today clock.Date) ([]Affected, error) {
	day := cmd.From
	if day == "" {
		day = today
	}
	going := map[tree.UnitID]bool{}
	var list []Affected
	for _, u := range cmd.Units {
		unit, err := UnitAt(ctx, q, day, u.Unit)
		if err != nil {
			return nil, err
		}
		a := Affected{Unit: unit, Goes: true}
		for _, code := range u.Heirs {
			a.Goes = a.Goes && code != unit.Code
		}
		going[unit.ID] = a.Goes
		if a.Children, err = childrenFrom(ctx, q, day, unit.ID); err != nil {
			return nil, err
		}
		if a.Goes {
			if err := a.read(ctx, q); err != nil {
				return nil, err
			}
		}
		list = append(list, a)
	}
	for i, a := range list {
		var rest []Unit
		for _, child := range a.Children {
			if !going[child.ID] {
				rest = append(rest, child)
			}
		}
		list[i].Children = rest
	}
	return list, nil
}

func (a *Affected) read(ctx context.Context, q store.Querier) (err error) {
	if a.Posts, err = readPosts(ctx, q, `WHERE unit_id = $1 AND to_date = ''`, a.Unit.ID); err != nil {
		return err
	}
	if a.Lines, err = heldLines(ctx, q, []tree.UnitID{a.Unit.ID}); err != nil {
		return err
	}
	held, err := account.GrantsAt(ctx, q, a.Unit.ID)
	if err != nil {
		return err
	}
	for _, grant := range held {
		person, err := account.Find(ctx, q, grant.Person)
		if err != nil {
			return err
		}
		a.Roles = append(a.Roles, RoleHeld{grant, person.Name})
	}
	return nil
}
