package difficulty

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Kinds of events about difficulties; their subject is "difficulty:" and the id.
const (
	WasRaised    ledger.Kind = "difficulty.raised"    // payload [Raised]
	WordGiven    ledger.Kind = "difficulty.word"      // payload [Act]: an answer that does not settle it
	WasAnswered  ledger.Kind = "difficulty.answered"  // payload [Act]: the office says that it is settled
	HandedUp     ledger.Kind = "difficulty.up"        // payload [Act]: to the office above, by the one that had it
	HandedOver   ledger.Kind = "difficulty.over"      // payload [Act]: to another office
	WentUp       ledger.Kind = "difficulty.silence"   // payload [Act]: to the office above, because of silence
	WasConfirmed ledger.Kind = "difficulty.confirmed" // payload [Act]
	WasReopened  ledger.Kind = "difficulty.reopened"  // payload [Act]
	WasWithdrawn ledger.Kind = "difficulty.withdrawn" // payload [Act]
	WasJoined    ledger.Kind = "difficulty.joined"    // payload [Act]: it is answered with another
	WasParted    ledger.Kind = "difficulty.parted"    // payload [Act]: it is answered by itself again
	WasGathered  ledger.Kind = "difficulty.gathered"  // payload [Act]: others, as With, are answered with it
	WasReleased  ledger.Kind = "difficulty.released"  // payload [Act]: another, as With, no more
	WasInherited ledger.Kind = "difficulty.inherited" // payload [Act]: By has ended, To took it up
)

// Raised is the payload of WasRaised.
type Raised struct {
	Difficulty int64       `json:"difficulty"`
	Unit       tree.UnitID `json:"unit"`
	For        tree.UnitID `json:"for,omitempty"` // whose office raised it in the unit's stead; 0 for the unit itself
	At         tree.UnitID `json:"at"`            // whose office is asked
	Directive  int64       `json:"directive,omitempty"`
	Milestone  string      `json:"milestone,omitempty"`
	Sort       Sort        `json:"sort"`
	Kind       string      `json:"kind"`
	marking.Marks
	Title    string     `json:"title"`
	Obstacle string     `json:"obstacle"`
	Needs    string     `json:"needs,omitempty"`
	Wanted   clock.Date `json:"wanted,omitempty"`
	Files    []string   `json:"files,omitempty"` // ids, with the hash of their content
	Name     string     `json:"name"`            // who raised it, and post
}

// Act is the payload of whatever else is done about a difficulty.
type Act struct {
	Difficulty int64       `json:"difficulty"`
	Unit       tree.UnitID `json:"unit"`           // that raised it
	By         tree.UnitID `json:"by,omitempty"`   // the unit that acts; 0 for the rule
	To         tree.UnitID `json:"to,omitempty"`   // whose office has it from now on
	With       int64       `json:"with,omitempty"` // the difficulty with which it is answered
	Text       string      `json:"text,omitempty"` // the answer, or the reason
	Name       string      `json:"name,omitempty"` // who acts, and by whose authority
	// Delegation is by which somebody spoke for the leader; 0 for none.
	Delegation int64 `json:"delegation,omitempty"`
	// Paper says that it was decided with a pen; nil for in the program.
	Paper *access.OnPaper `json:"onPaper,omitempty"`
}

// Step is one thing that was said or done about a difficulty.
type Step struct {
	Kind ledger.Kind
	Time time.Time
	Act
}

// Told are the difficulties about which events tell, each once.
func Told(events []ledger.Event) (ids []int64) {
	for _, e := range events {
		named, of := strings.CutPrefix(e.Subject, subjects)
		id, err := strconv.ParseInt(named, 10, 64)
		if of && err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Steps gives what was said and done about a difficulty after it was raised, in its
// order, from the log.
func Steps(ctx context.Context, q store.Querier, id int64) ([]Step, error) {
	events, err := ledger.About(ctx, q, Subject(id))
	if err != nil {
		return nil, err
	}
	var list []Step
	for _, e := range events {
		if e.Kind == WasRaised {
			continue
		}
		step := Step{Kind: e.Kind, Time: e.Time}
		if err := e.Decode(&step.Act); err != nil {
			return nil, err
		}
		list = append(list, step)
	}
	return list, nil
}
