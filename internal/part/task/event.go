package task

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Kinds of events about a task as a whole; their subject is "task:" and the id.
const (
	WasGiven     ledger.Kind = "task.given"     // payload [Given]
	WasBound     ledger.Kind = "task.bound"     // payload [Changed]: what was announced binds
	WasWithdrawn ledger.Kind = "task.withdrawn" // payload [Changed]
	WasInherited ledger.Kind = "task.inherited" // payload [Inherited]
)

// Kinds of events about a unit's share; their subject is that of the task, a stroke and
// the unit. The payload of each is [Act].
const (
	WasSeen     ledger.Kind = "task.seen"
	WasAssigned ledger.Kind = "task.assigned" // to people of the unit
	WasNoted    ledger.Kind = "task.note"     // how it stands
	WasDone     ledger.Kind = "task.done"
	WasVerified ledger.Kind = "task.verified"
	WasReturned ledger.Kind = "task.returned"
	WasReached  ledger.Kind = "task.reached" // verified by the rule: the board has the milestone
	WasAsked    ledger.Kind = "task.asked"   // a later deadline
	WasGranted  ledger.Kind = "task.granted" // the later deadline
	WasRefused  ledger.Kind = "task.refused" // the later deadline
)

// Given is the payload of WasGiven.
type Given struct {
	Task   int64       `json:"task"`
	Giver  tree.UnitID `json:"giver"`
	Source Source      `json:"source"`
	Title  string      `json:"title"`
	Text   string      `json:"text,omitempty"`
	marking.Marks
	Body      string      `json:"body"`
	Deadline  clock.Date  `json:"deadline"`
	Directive int64       `json:"directive,omitempty"`
	Milestone string      `json:"milestone,omitempty"`
	Verifier  tree.UnitID `json:"verifier"`
	State     State       `json:"state"`
	Units     []byte      `json:"units"` // the set, as [Set.Bytes] gives it
	Count     int         `json:"count"`
	Name      string      `json:"name"` // who gave it, and post
	// Signer signed a task for committees, by Method; "" where no signature is needed
	// or the document that gives it is signed.
	Signer     string             `json:"signer,omitempty"`
	Method     string             `json:"method,omitempty"`
	Passkey    *account.Assertion `json:"passkey,omitempty"`
	Delegation int64              `json:"delegation,omitempty"`
}

// statement is what is signed of a task for committees.
func (g Given) statement() account.Statement {
	units := sha256.Sum256(g.Units)
	return account.NewStatement("task", "giver", g.Giver, "title", g.Title, "text", g.Text, "deadline", g.Deadline,
		"units", hex.EncodeToString(units[:]), "count", g.Count, "signer", g.Signer)
}

// Changed is the payload of WasBound and WasWithdrawn.
type Changed struct {
	Task int64  `json:"task"`
	Text string `json:"text,omitempty"` // the document by which it binds, or the reason
	Name string `json:"name"`
}

// Inherited is the payload of WasInherited: what an ended unit had of a task is its
// heir's.
type Inherited struct {
	Task     int64       `json:"task"`
	From     tree.UnitID `json:"from"`
	To       tree.UnitID `json:"to"` // 0 where nobody took it up
	Giver    tree.UnitID `json:"giver"`
	Verifier tree.UnitID `json:"verifier"`
	Part     int         `json:"part,omitempty"` // of the source: the unit that splits its share
	Units    []byte      `json:"units"`          // the set from then on
	Stage    Stage       `json:"stage"`          // of the heir's share
	Deadline clock.Date  `json:"deadline,omitempty"`
}

// Act is the payload of whatever is done about a unit's share. Stage and Deadline are
// those after it.
type Act struct {
	Task     int64       `json:"task"`
	Unit     tree.UnitID `json:"unit"`
	By       tree.UnitID `json:"by,omitempty"` // the unit that acts; 0 for the rule
	Stage    Stage       `json:"stage"`
	Deadline clock.Date  `json:"deadline,omitempty"` // extended to; "" for the task's
	Text     string      `json:"text,omitempty"`     // what was done, the note or the reason
	Asked    clock.Date  `json:"asked,omitempty"`    // the day asked for, granted or refused
	Files    []string    `json:"files,omitempty"`    // ids, with the hash of their content
	Report   int64       `json:"report,omitempty"`
	People   []Assignee  `json:"people,omitempty"`
	Name     string      `json:"name,omitempty"` // who acts, and by whose authority
	// Delegation is by which somebody acted for the leader; 0 for none.
	Delegation int64 `json:"delegation,omitempty"`
	// Paper says that it was decided with a pen; nil for in the program.
	Paper *access.OnPaper `json:"onPaper,omitempty"`
}

// Step is one thing that was said or done about a unit's share.
type Step struct {
	Kind     ledger.Kind
	Time     time.Time
	Position int64
	Erased   bool // what it told is gone: see [NamesOfAssignees]
	Act
}

// ShareSubject is how events name a unit's share of a task.
func ShareSubject(task int64, unit tree.UnitID) string {
	return Subject(task) + "/" + strconv.FormatInt(int64(unit), 10)
}

// Told are the tasks about which events tell, each once.
func Told(events []ledger.Event) (ids []int64) {
	for _, e := range events {
		named, of := strings.CutPrefix(e.Subject, subjects)
		named, _, _ = strings.Cut(named, "/")
		id, err := strconv.ParseInt(named, 10, 64)
		if of && err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Steps gives what was said and done about a unit's share, in its order, from the log.
func Steps(ctx context.Context, q store.Querier, task int64, unit tree.UnitID) ([]Step, error) {
	events, err := ledger.About(ctx, q, ShareSubject(task, unit))
	if err != nil {
		return nil, err
	}
	list := make([]Step, len(events))
	for i, e := range events {
		list[i] = Step{Kind: e.Kind, Time: e.Time, Position: e.Position, Erased: e.Payload == nil}
		if list[i].Erased {
			list[i].Act = Act{Task: task, Unit: unit, By: unit} // the unit's own doing, as all that can be erased
			continue
		}
		if err := e.Decode(&list[i].Act); err != nil {
			return nil, err
		}
	}
	return list, nil
}
