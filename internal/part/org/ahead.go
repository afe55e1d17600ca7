package org

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Change is one change of the tree: exactly one of its commands is set. It is
// what [Do] carries out on its day, be that past, present or ahead.
type Change struct {
	Create     *CreateCommand      `json:"create,omitempty"`
	Rename     *RenameCommand      `json:"rename,omitempty"`
	Move       *MoveCommand        `json:"move,omitempty"`
	Level      *ChangeLevelCommand `json:"level,omitempty"`
	Dissolve   *DissolveCommand    `json:"dissolve,omitempty"`
	Reorganise *ReorganiseCommand  `json:"reorganise,omitempty"`
	List       *ListCommand        `json:"list,omitempty"`
	Adopt      *AdoptCommand       `json:"adopt,omitempty"`
	SetLine    *SetLineCommand     `json:"setLine,omitempty"`
	EndLine    *EndLineCommand     `json:"endLine,omitempty"`
}

// Outcome is what became of a change: done, or planned for its day.
type Outcome struct {
	Unit    Unit    // of a change of one unit that was done
	Act     Act     // of a reorganisation that was done
	Version Version // of a profile, adopted or planned
	Planned *Planned
}

// Do carries a change out. One that is dated ahead is tried, as on its day and
// after what is planned before it, and then planned: [PlanMade] is appended, and
// nothing else changes before its day. It is refused as the change itself is.
func Do(ctx context.Context, tx *ledger.Tx, actor access.Actor, change Change) (Outcome, error) {
	if _, err := lock(ctx, tx); err != nil {
		return Outcome{}, err
	}
	p, err := Profile(ctx, tx)
	if err != nil {
		return Outcome{}, err
	}
	what, _, day := change.about()
	today := Today(tx, p)
	switch act := change.Reorganise; {
	case what == "":
		return Outcome{}, errors.New("a change without a command")
	case day <= today:
		return change.do(ctx, tx, actor)
	case act != nil && act.Decided > today: // tried on its day, it would be well
		return Outcome{}, fault.New(fault.Invalid, "org.act.decided-late", "today", today).At("decided")
	}
	var tried Outcome
	err = rehearse(ctx, tx, actor, day.Start(p.Location()), day, func() (err error) {
		tried, err = change.do(ctx, tx, actor)
		return err
	})
	if err != nil {
		return Outcome{}, err
	}
	planned, err := plan(ctx, tx, actor, change)
	return Outcome{Version: tried.Version, Planned: &planned}, err
}

// do carries the change out on a day that has come.
func (c Change) do(ctx context.Context, tx *ledger.Tx, actor access.Actor) (o Outcome, err error) {
	switch {
	case c.Create != nil:
		o.Unit, err = Create(ctx, tx, actor, *c.Create)
	case c.Rename != nil:
		o.Unit, err = Rename(ctx, tx, actor, *c.Rename)
	case c.Move != nil:
		o.Unit, err = Move(ctx, tx, actor, *c.Move)
	case c.Level != nil:
		o.Unit, err = ChangeLevel(ctx, tx, actor, *c.Level)
	case c.Dissolve != nil:
		o.Unit, err = Dissolve(ctx, tx, actor, *c.Dissolve)
	case c.Reorganise != nil:
		o.Act, err = Reorganise(ctx, tx, actor, *c.Reorganise)
	case c.List != nil:
		err = c.List.apply(ctx, tx, actor)
	case c.SetLine != nil:
		_, err = SetLine(ctx, tx, actor, *c.SetLine)
	case c.EndLine != nil:
		_, err = EndLine(ctx, tx, actor, *c.EndLine)
	case c.Adopt != nil:
		o.Version, err = Adopt(ctx, tx, actor, *c.Adopt)
	}
	return o, err
}

// about is what kind of change it is, the unit at which it is shown, and its day;
// "" is today.
func (c Change) about() (what string, unit tree.UnitID, day clock.Date) {
	switch {
	case c.Create != nil:
		return "create", c.Create.Parent, c.Create.From
	case c.Rename != nil:
		return "rename", c.Rename.Unit, c.Rename.From
	case c.Move != nil:
		return "move", c.Move.Unit, c.Move.From
	case c.Level != nil:
		return "level", c.Level.Unit, c.Level.From
	case c.Dissolve != nil:
		return "dissolve", c.Dissolve.Unit, c.Dissolve.From
	case c.Reorganise != nil && len(c.Reorganise.Units) > 0:
		return "reorganise", c.Reorganise.Units[0].Unit, c.Reorganise.From
	case c.List != nil:
		return "list", c.List.Under, c.List.AsOf
	case c.SetLine != nil:
		return "set-line", c.SetLine.Unit, c.SetLine.From
	case c.EndLine != nil:
		return "end-line", c.EndLine.Unit, c.EndLine.From
	case c.Adopt != nil:
		return "adopt", 0, c.Adopt.From
	}
	return "", 0, ""
}

// units are all units that the change names.
func (c Change) units() []tree.UnitID {
	_, unit, _ := c.about()
	list := []tree.UnitID{unit}
	if c.Move != nil {
		list = append(list, c.Move.Parent)
	}
	if c.Reorganise != nil {
		for _, u := range c.Reorganise.Units[1:] {
			list = append(list, u.Unit)
		}
	}
	return list
}

// rehearse runs fn as on a day ahead, once the changes that are planned up to
// then are made, and takes all of it back. Of those, what cannot be done is left
// out: it is told when its day comes.
func rehearse(ctx context.Context, tx *ledger.Tx, actor access.Actor, at time.Time, day clock.Date, fn func() error) error {
	return tx.Trial(ctx, at, func() error {
		before, err := readPlans(ctx, tx, `WHERE state = 'planned' AND from_date <= $1 ORDER BY from_date, id`, string(day))
		if err != nil {
			return err
		}
		for _, earlier := range before {
			err := tx.Attempt(ctx, func() error {
				if err := earlier.load(ctx, tx); err != nil {
					return err
				}
				_, err := earlier.Change.do(ctx, tx, access.Program(actor.Tree))
				return err
			})
			if err != nil && len(fault.All(err)) == 0 {
				return err
			}
		}
		return fn()
	})
}

// plan writes a change down for its day.
func plan(ctx context.Context, tx *ledger.Tx, actor access.Actor, change Change) (Planned, error) {
	what, unit, day := change.about()
	p := Planned{What: what, Unit: unit, From: day, State: Waiting, Change: change, At: tx.Now(), By: actor.Name}
	if what == "adopt" {
		root, err := Root(ctx, tx)
		if err != nil {
			return Planned{}, err
		}
		p.Unit = root
	}
	content := []byte{}
	if change.List != nil {
		content = change.List.Content
	}
	document, err := json.Marshal(change)
	if err != nil {
		return Planned{}, fmt.Errorf("encoding a planned change: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO planned_change
		(what, unit_id, from_date, state, change, content, planned_at, planned_by, why_vi, why_en, settled_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', 0) RETURNING id`,
		p.What, p.Unit, string(p.From), string(p.State), string(document), content, store.Micro(p.At), p.By).Scan(&p.ID)
	if err != nil {
		return Planned{}, fmt.Errorf("storing a planned change: %w", err)
	}
	return p, tx.Append(p.event(PlanMade))
}
