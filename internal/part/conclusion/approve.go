package conclusion

import (
	"context"
	"errors"
	"strconv"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/task"
)

// ApproveCommand approves conclusions by the chair. Whoever calls it has decided that
// the actor is the chair, or a secretary with the chair's word.
type ApproveCommand struct {
	Drafts []Version // as the chair read them
	ByWord bool      // a secretary does it
	Boards *board.Boards
}

// Version is a conclusion as somebody read it.
type Version struct{ ID, Revision int64 }

// Approve gives the chair's word for conclusions: their units are fixed and told, and
// the work is theirs from the notice on. Approving again changes nothing. Faults:
// Conflict where one was changed since it was read, has nobody to do it, or its deadline
// has passed meanwhile.
func Approve(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, cmd ApproveCommand) error {
	for _, read := range cmd.Drafts {
		if err := m.approve(ctx, tx, actor, cmd, read); err != nil {
			return err
		}
	}
	return nil
}

func (m Meeting) approve(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ApproveCommand, read Version) error {
	c, err := lock(ctx, tx, read.ID)
	switch {
	case err != nil:
		return err
	case c.Briefing != m.ID:
		return notFound()
	case c.State == Approved:
		return nil
	case c.State != Drafted:
		return fault.New(fault.Conflict, "conclusion.not-draft")
	case c.Revision != read.Revision:
		return fault.New(fault.Conflict, "conclusion.changed-meanwhile", "name", c.Writer)
	}
	if !c.Ends {
		if err := m.announce(ctx, tx, actor, cmd, &c); err != nil {
			return err
		}
	}
	c.State, c.ApprovedAt = Approved, tx.Now()
	if err := c.save(ctx, tx); err != nil {
		return err
	}
	return c.tell(tx, WasApproved, cmd.ByWord, actor.Name)
}

// announce makes a task of a conclusion, for units that are fixed by it.
func (m Meeting) announce(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ApproveCommand, c *Conclusion) error {
	units, err := c.To.Resolve(actor.Tree, m.Unit, Figures{cmd.Boards, m.Directive})
	if err != nil {
		return err
	}
	if len(units) == 0 {
		return fault.New(fault.Conflict, "conclusion.nobody", "number", c.Number)
	}
	given, err := task.Give(ctx, tx, actor, task.GiveCommand{
		Key: Subject(c.ID) + ":" + revision(c.Revision), Giver: m.Unit, Title: c.Title, Text: c.Text, Units: units, Deadline: c.Deadline,
		Source: task.Source{Kind: task.FromConclusion, ID: c.ID, Part: c.Number, Title: m.Title}, Directive: c.Directive, Milestone: c.Milestone,
		Verifier: c.Verifier, Announced: true,
	})
	if fault.Is(err, fault.Invalid) {
		return errors.Join(fault.New(fault.Conflict, "conclusion.not-given", "number", c.Number), err)
	}
	c.Task, c.Count = given.ID, len(units)
	return err
}

// Recall takes the chair's word for a conclusion back, while no notice has issued it:
// the units are told that the work is off. Faults: Conflict where it is not approved.
func Recall(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, id int64, byWord bool) error {
	c, err := lock(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case c.Briefing != m.ID:
		return notFound()
	case c.State != Approved || c.Notice != 0:
		return fault.New(fault.Conflict, "conclusion.not-approved")
	}
	if c.Task != 0 {
		if _, err := task.Withdraw(ctx, tx, actor, c.Task, m.Title); err != nil {
			return err
		}
	}
	c.State, c.ApprovedAt, c.Task, c.Count = Drafted, time.Time{}, 0, 0
	if err := c.save(ctx, tx); err != nil {
		return err
	}
	return c.tell(tx, WasRecalled, byWord, actor.Name)
}

// Units are whom an approved conclusion is for, as they were fixed.
func Units(ctx context.Context, q store.Querier, c Conclusion) ([]tree.UnitID, error) {
	t, err := task.Get(ctx, q, c.Task)
	return t.Units.Units(), err
}

func revision(n int64) string { return strconv.FormatInt(n, 10) }
