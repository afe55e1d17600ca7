package difficulty

import (
	"context"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Speak gives the word of the office that has a difficulty, without settling it: what
// is being done, what it asks back. Its time of silence begins anew. What is answered
// with the difficulty hears the same. Faults: Forbidden; Conflict where it is not
// open; Invalid at "text".
func Speak(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, text string) (Difficulty, error) {
	return act(ctx, tx, actor, id, text, func(d *Difficulty) (ledger.Kind, error) {
		return WordGiven, d.renew(ctx, tx, actor)
	})
}

// Answer says that a difficulty is settled, and how; whoever raised it confirms that
// or opens it again. Errors are those of [Speak].
func Answer(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, text string) (Difficulty, error) {
	return act(ctx, tx, actor, id, text, func(d *Difficulty) (ledger.Kind, error) {
		d.State = Answered
		return WasAnswered, nil
	})
}

// HandUp gives a difficulty to the office above the one that has it, with a reason.
// Errors are those of [Speak]; Conflict also where nobody is above.
func HandUp(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Difficulty, error) {
	return act(ctx, tx, actor, id, reason, func(d *Difficulty) (ledger.Kind, error) {
		above := Above(actor.Tree, d.At)
		if len(above) == 0 {
			return "", fault.New(fault.Conflict, "difficulty.nobody-above")
		}
		return HandedUp, d.move(ctx, tx, actor, above[0].ID)
	})
}

// HandOver gives a difficulty to another office, with a reason: one below the office
// that has it, or beside it under the same unit, but not back into the unit that
// raised it. Errors are those of [Speak], and Invalid at "to".
func HandOver(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, to tree.UnitID, reason string) (Difficulty, error) {
	return act(ctx, tx, actor, id, reason, func(d *Difficulty) (ledger.Kind, error) {
		if !d.mayGo(actor.Tree, to) {
			return "", fault.New(fault.Invalid, "difficulty.not-there").At("to")
		}
		return HandedOver, d.move(ctx, tx, actor, to)
	})
}

// mayGo says whether the office that has a difficulty may hand it over to a unit's.
func (d Difficulty) mayGo(t *tree.Tree, to tree.UnitID) bool {
	target, ok := t.Unit(to)
	at, held := t.Unit(d.At)
	if !ok || !held || to == d.At || t.Within(to, d.Unit) {
		return false
	}
	return t.Within(to, d.At) || target.Parent == at.Parent
}

// act does something to an open difficulty, and to what is answered with it, in the
// name of the office that has it.
func act(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, text string, do func(*Difficulty) (ledger.Kind, error)) (Difficulty, error) {
	head, err := lock(ctx, tx, id)
	if err != nil {
		return Difficulty{}, err
	}
	if err := actor.May(access.DifficultyAnswer, head.At); err != nil {
		return Difficulty{}, err
	}
	if head.State != Open {
		return Difficulty{}, fault.New(fault.Conflict, "difficulty.not-open")
	}
	if head.Head != 0 {
		return Difficulty{}, fault.New(fault.Conflict, "difficulty.with-another")
	}
	text, err = said(text)
	if err != nil {
		return Difficulty{}, err
	}
	with, err := joined(ctx, tx, head)
	if err != nil {
		return Difficulty{}, err
	}
	as, err := head.inName(ctx, tx, actor)
	if err != nil {
		return Difficulty{}, err
	}
	by := head.At
	for _, d := range append([]*Difficulty{&head}, with...) {
		kind, err := do(d)
		if err != nil {
			return Difficulty{}, err
		}
		if err := d.save(ctx, tx); err != nil {
			return Difficulty{}, err
		}
		one := Act{Difficulty: d.ID, Unit: d.Unit, By: by, Text: text, Name: as.Named(actor.Name), Delegation: as.Delegation, Paper: actor.Paper}
		if d.At != by {
			one.To = d.At
		}
		if err := d.tell(tx, kind, by, one); err != nil {
			return Difficulty{}, err
		}
	}
	return head, nil
}

// inName is the capacity in which the actor speaks for the office that has a
// difficulty, written down for the leader where it was handed over.
func (d Difficulty) inName(ctx context.Context, tx *ledger.Tx, actor access.Actor) (account.Capacity, error) {
	as := account.As(actor, access.DifficultyAnswer, d.At, "")
	return as, as.Use(ctx, tx, actor, access.DifficultyAnswer, d.At, Subject(d.ID))
}

// said is a text that must be there, without its margins.
func said(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", fault.New(fault.Invalid, "difficulty.needed").At("text")
	case n > MostText:
		return "", fault.New(fault.Invalid, "difficulty.long", "most", MostText).At("text")
	}
	return text, nil
}

// move gives it to a unit's office.
func (d *Difficulty) move(ctx context.Context, tx *ledger.Tx, actor access.Actor, to tree.UnitID) error {
	d.At, d.Since = to, tx.Now()
	if err := d.office(ctx, tx, to); err != nil {
		return err
	}
	return d.renew(ctx, tx, actor)
}

// renew begins the time of silence anew.
func (d *Difficulty) renew(ctx context.Context, tx *ledger.Tx, actor access.Actor) error {
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return err
	}
	d.Silent = d.hushed(p, actor.Tree, tx.Now())
	return nil
}
