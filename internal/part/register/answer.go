package register

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Answer is what the person in whose name a copy came back signed says of it.
type Answer string

// The answers. One whose signatory has no account stays unasked for ever.
const (
	Unanswered Answer = ""
	Owned      Answer = "owned"    // signed it, or put it in by oneself
	Disowned   Answer = "disowned" // never did
)

// ToSee gives the papers that others put in as signed by a person, who has said nothing of
// that yet, the oldest first.
func ToSee(ctx context.Context, q store.Querier, person int64) ([]Paper, error) {
	return read(ctx, q, `WHERE p.id IN (SELECT paper_id FROM paper_copy WHERE signatory = $1 AND state = $2 AND answer = '') ORDER BY p.id`, person, CopySigned)
}

// AnswerCommand says whether the actor signed a copy that somebody else put in.
type AnswerCommand struct {
	Paper  int64
	Copy   account.Code
	Answer Answer // [Owned] or [Disowned]
	Reason string // how it is known that the actor did not
}

// GiveAnswer takes what the person says in whose name a copy was put in. Disowned, a paper
// without a number is a draft again; one that has it can be issued no more, and one that
// was issued says so on its page: what is done about it is for its office. Saying the same
// again changes nothing. Faults: Forbidden for anybody but whom the copy names; NotFound
// where there is no such copy; Conflict where the opposite was said; Invalid at "answer"
// and "reason".
func GiveAnswer(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AnswerCommand) (Paper, error) {
	p, c, err := inName(ctx, tx, actor, cmd)
	if err != nil {
		return Paper{}, err
	}
	kind, known := map[Answer]ledger.Kind{Owned: WasOwned, Disowned: WasDisowned}[cmd.Answer]
	switch {
	case !known:
		return Paper{}, fault.New(fault.Invalid, "register.answer").At("answer")
	case c.Answer == cmd.Answer:
		return p, nil
	case c.Answer != Unanswered:
		return Paper{}, fault.New(fault.Conflict, "register.answered")
	}
	act := Act{Name: actor.Name, Copy: c.Code}
	if cmd.Answer == Disowned {
		if act.Reason, err = said(cmd.Reason); err != nil {
			return Paper{}, err
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE paper_copy SET answer = $1 WHERE code = $2`, cmd.Answer, c.Code); err != nil {
		return Paper{}, fmt.Errorf("keeping what is said of copy %s: %w", c.Code, err)
	}
	if err := p.tell(tx, kind, act); err != nil {
		return Paper{}, err
	}
	if cmd.Answer != Disowned || p.State != Signed || c.State != CopySigned {
		return Get(ctx, tx, p.ID)
	}
	return p.backToDraft(ctx, tx, actor, act.Reason)
}

// inName locks a paper and gives its copy that came back signed in the actor's name.
func inName(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AnswerCommand) (Paper, Copy, error) {
	p, err := lock(ctx, tx, cmd.Paper)
	if err != nil {
		return Paper{}, Copy{}, err
	}
	if err := actor.May(access.PaperRead, p.Unit); err != nil {
		return Paper{}, Copy{}, err
	}
	c, err := CopyOf(ctx, tx, p.ID, cmd.Copy)
	if err != nil {
		return Paper{}, Copy{}, err
	}
	if !c.Names(actor) {
		return Paper{}, Copy{}, fault.New(fault.Forbidden, "register.another-signed")
	}
	return p, c, nil
}

// Names says whether the copy came back signed in the actor's name.
func (c Copy) Names(actor access.Actor) bool {
	return c.Signed != "" && c.Signatory != 0 && c.Signatory == actor.Person
}
