package account

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Delegation is what a leader handed over to a person at a unit.
type Delegation struct {
	access.Delegation
	Unit     tree.UnitID
	Leader   int64 // whose actions they are
	Person   int64 // to whom
	Decision string
	Given    time.Time
	Ended    time.Time // before its last day; zero otherwise

	LeaderName, PersonName string // as they are called now
	Uses                   int
}

// Open says that the delegation holds on a day, or will.
func (d Delegation) Open(day clock.Date) bool { return d.Ended.IsZero() && day <= d.To }

// The forms of authority in a signature, by guidance 36-HD/VPTW.
const (
	InPlaceOf = "K/T" // a deputy signs in place of the head
	ByOrder   = "T/L" // by order of the body or head
)

const (
	authorityLetters = 80
	decisionLetters  = 60
)

// DelegateCommand hands actions over.
type DelegateCommand struct {
	Unit     tree.UnitID
	Leader   int64 // whose actions; 0 for the actor's own
	Person   int64
	Actions  []access.Action
	Form     string     // InPlaceOf or ByOrder
	Of       string     // in place or by order of whom, as "bí thư"
	From, To clock.Date // both included
	Decision string     // number of the document; needed when somebody else enters it on the leader's word
	Today    clock.Date
}

// HandOver hands a leader's actions at a unit over to somebody of the unit: by
// the leader, or by an administrator on the leader's word with the number of the
// decision, who is never the one that gets them. Faults: Forbidden; Invalid at
// each field that is wrong.
func HandOver(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd DelegateCommand) (Delegation, error) {
	if err := actor.May(access.DelegationGive, cmd.Unit); err != nil {
		return Delegation{}, err
	}
	if cmd.Leader == 0 {
		cmd.Leader = actor.Person
	}
	cmd.Of, cmd.Decision = strings.Map(unicode.ToUpper, fold.Name(cmd.Of)), fold.Name(cmd.Decision)
	wrong := cmd.check(actor)
	if cmd.Person != 0 && cmd.Person == actor.Person && cmd.Leader != actor.Person {
		wrong = append(wrong, fault.New(fault.Invalid, "account.delegation.self").At("person"))
	}
	people, err := checkPeople(ctx, tx, cmd)
	wrong = append(wrong, people...)
	if err != nil || len(wrong) > 0 {
		return Delegation{}, orList(err, wrong)
	}
	d := Delegation{
		Delegation: access.Delegation{Actions: cmd.Actions, From: cmd.From, To: cmd.To, Authority: cmd.Form + " " + cmd.Of},
		Unit:       cmd.Unit, Leader: cmd.Leader, Person: cmd.Person, Decision: cmd.Decision, Given: tx.Now(),
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO delegation (unit, leader, person, actions, authority, from_day, to_day, decision, given)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`, int64(d.Unit), d.Leader, d.Person, joined(d.Actions),
		d.Authority, string(d.From), string(d.To), d.Decision, store.Micro(d.Given)).Scan(&d.ID)
	if err != nil {
		return Delegation{}, fmt.Errorf("handing over: %w", err)
	}
	return d, tx.Append(ledger.New{Unit: int64(d.Unit), Kind: HandedOver, Subject: subject(d.Person), Payload: HandedOverPayload{
		Delegation: d.ID, Leader: d.Leader, Person: d.Person, Actions: d.Actions, Authority: d.Authority, From: d.From, To: d.To, Decision: d.Decision,
	}})
}

func (cmd DelegateCommand) check(actor access.Actor) fault.List {
	var wrong fault.List
	at := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	if len(cmd.Actions) == 0 {
		at("actions", "account.delegation.actions")
	}
	for _, action := range cmd.Actions {
		if !slices.Contains(access.Delegable, action) {
			at("actions", "account.delegation.not-delegable")
		}
	}
	switch {
	case cmd.From == "":
		at("from", "account.delegation.day")
	case cmd.From < cmd.Today:
		at("from", "account.delegation.past")
	}
	switch {
	case cmd.To == "":
		at("to", "account.delegation.day")
	case cmd.To < cmd.From:
		at("to", "account.delegation.order")
	}
	if cmd.Form != InPlaceOf && cmd.Form != ByOrder {
		at("form", "account.delegation.form")
	}
	if cmd.Of == "" || len([]rune(cmd.Of)) > authorityLetters {
		at("of", "account.delegation.of", "limit", authorityLetters)
	}
	if len([]rune(cmd.Decision)) > decisionLetters || cmd.Decision == "" && cmd.Leader != actor.Person {
		at("decision", "account.delegation.decision", "limit", decisionLetters)
	}
	return wrong
}

// checkPeople says what is wrong with the two people: one leads the unit, the
// other is of the unit and does not.
func checkPeople(ctx context.Context, q store.Querier, cmd DelegateCommand) (fault.List, error) {
	held, err := grants(ctx, q, `unit = $1 AND ended = 0 AND person IN (SELECT id FROM person WHERE disabled = 0)`, int64(cmd.Unit))
	if err != nil {
		return nil, err
	}
	leads := func(person int64) bool {
		return slices.ContainsFunc(held, func(g Grant) bool { return g.Person == person && g.Role == access.Leader })
	}
	var wrong fault.List
	if !leads(cmd.Leader) {
		wrong = append(wrong, fault.New(fault.Invalid, "account.delegation.no-leader").At("leader"))
	}
	switch {
	case !slices.ContainsFunc(held, func(g Grant) bool { return g.Person == cmd.Person }):
		wrong = append(wrong, fault.New(fault.Invalid, "account.delegation.stranger").At("person"))
	case leads(cmd.Person):
		wrong = append(wrong, fault.New(fault.Invalid, "account.delegation.leads").At("person"))
	}
	return wrong, nil
}

// TakeBack ends a delegation before its last day. Ending what has ended changes
// nothing. Faults: NotFound, Forbidden.
func TakeBack(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Delegation, error) {
	d, err := FindDelegation(ctx, tx, id)
	if err != nil {
		return Delegation{}, err
	}
	if err := actor.May(access.DelegationGive, d.Unit); err != nil {
		return Delegation{}, err
	}
	if !d.Ended.IsZero() {
		return d, nil
	}
	d.Ended = tx.Now()
	if _, err := tx.ExecContext(ctx, `UPDATE delegation SET ended = $1 WHERE id = $2`, store.Micro(d.Ended), id); err != nil {
		return Delegation{}, fmt.Errorf("taking a delegation back: %w", err)
	}
	return d, tx.Append(ledger.New{Unit: int64(d.Unit), Kind: TakenBack, Subject: subject(d.Person), Payload: TakenBackPayload{Delegation: d.ID, Person: d.Person}})
}

func orList(err error, wrong fault.List) error {
	if err != nil {
		return err
	}
	return wrong.Err()
}
