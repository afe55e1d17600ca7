package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Source is the way in which a unit told its figures to an office above.
type Source string

// The sources.
const (
	ByPhone Source = "phone"
	ByChat  Source = "chat"
	OnPaper Source = "paper"
)

// Sources is all sources, the most usual first.
var Sources = []Source{ByPhone, ByChat, OnPaper}

// Telling says how an office above came to know what it entered on behalf of a
// unit. The zero Telling means that the unit reported itself.
type Telling struct {
	By     tree.UnitID // the unit whose office entered it
	Source Source
	Said   string // who of the unit said it
	At     time.Time
	File   string // id of a stored picture or letter; "" for none
}

// TellCommand enters a report on behalf of a unit, as it told it.
type TellCommand struct {
	Slot
	Telling
	Key    string            // of the form: same key, same version
	Values map[string]string // as typed, by indicator
	Lang   text.Lang         // in which numbers and dates were typed
	Marks  marking.Marks     // of the report and its file
}

// MostSaid is how many characters the name of who said it may have.
const MostSaid = 200

// earliestTold is how long before it is entered something may have been told: a
// longer time is a slip of the finger.
const earliestTold = 2 * 366 * 24 * time.Hour

// Tell enters a unit's report on its behalf: a provisional version, which counts
// neither as waiting nor as done until the unit sends its own. A newer telling
// supersedes an older one; the same content from the same person by the same way
// changes nothing and gives the version that stands.
//
// Only an officer or a leader of a unit above may, and only for a unit that
// reports for itself. What the unit itself sent, or had accepted, is never
// overridden: a fault of kind Conflict. The other faults are those of [Submit],
// and Invalid at "source", "said", "told-at" and "file".
func Tell(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd TellCommand) (Report, error) {
	if err := mayTell(actor, cmd.Unit, cmd.By); err != nil {
		return Report{}, err
	}
	by(tx, actor)
	if cmd.Key == "" {
		cmd.Key = NewKey()
	}
	if cmd.At.IsZero() {
		cmd.At = tx.Now()
	}
	cmd.Said, cmd.At = strings.TrimSpace(cmd.Said), cmd.At.UTC().Truncate(time.Second)
	_, fresh, err := lock(ctx, tx, cmd.Slot, cmd.Key)
	if err != nil {
		return Report{}, err
	}
	if fresh {
		if err := drop(ctx, tx, cmd.Slot); err != nil {
			return Report{}, err
		}
	}
	asked, err := askToTell(ctx, tx, actor, cmd.Slot)
	if err != nil {
		return Report{}, err
	}
	content, err := cmd.check(ctx, tx, actor, asked)
	if err != nil {
		return Report{}, err
	}
	newest, err := mayBeTold(ctx, tx, cmd.Slot)
	if err != nil {
		return Report{}, err
	}
	if newest.State == Provisional && newest.Content == content && newest.Marks == cmd.Marks && newest.Telling.same(cmd.Telling) {
		return newest, nil
	}
	r := Report{
		Slot: cmd.Slot, Version: newest.Version + 1, Key: cmd.Key, State: Provisional, Content: content, Hash: hashOf(content),
		SubmittedAt: tx.Now(), SubmittedBy: actor.Person, Signer: actor.Name, Telling: cmd.Telling, Marks: cmd.Marks,
	}
	if err := r.insert(ctx, tx); err != nil {
		return Report{}, err
	}
	return r, tx.Append(ledger.New{Unit: int64(r.Unit), Kind: Told, Subject: r.Subject(), Payload: VersionTold{
		Report: r.ID, Directive: r.Directive, Milestone: r.Milestone, Unit: r.Unit, Level: asked.level, Version: r.Version,
		Content: r.Content, Hash: r.Hash, By: cmd.By, Name: r.Signer, Source: cmd.Source, Said: cmd.Said, ToldAt: cmd.At, File: cmd.File, Marks: cmd.Marks,
	}})
}

// WithdrawTelling takes back what was entered on behalf of a unit: it has told
// nothing. Where nothing stands provisionally it is a fault of kind Conflict.
func WithdrawTelling(ctx context.Context, tx *ledger.Tx, actor access.Actor, s Slot, unit tree.UnitID) (Report, error) {
	if err := mayTell(actor, s.Unit, unit); err != nil {
		return Report{}, err
	}
	by(tx, actor)
	if err := stillOpen(ctx, tx, s.Directive); err != nil {
		return Report{}, err
	}
	r, ok, err := one(ctx, tx, `WHERE r.directive_id = $1 AND r.milestone = $2 AND r.unit_id = $3 AND r.state = $4`,
		s.Directive, s.Milestone, s.Unit, Provisional)
	if err != nil {
		return Report{}, err
	}
	if ok {
		result, err := tx.ExecContext(ctx, `UPDATE report SET state = $1 WHERE id = $2 AND state = $3`, Withdrawn, r.ID, Provisional)
		if err != nil {
			return Report{}, fmt.Errorf("withdrawing report %d: %w", r.ID, err)
		}
		if ok, err = changed(result); err != nil {
			return Report{}, err
		}
	}
	if !ok {
		return Report{}, fault.New(fault.Conflict, "report.told-nothing")
	}
	r.State = Withdrawn
	return r, tx.Append(ledger.New{Unit: int64(r.Unit), Kind: TellingWithdrawn, Subject: r.Subject(), Payload: TellingTakenBack{
		Report: r.ID, Directive: r.Directive, Milestone: r.Milestone, Unit: r.Unit, By: unit,
	}})
}

// mayTell says why the actor cannot enter something for unit at the office of
// another unit.
func mayTell(actor access.Actor, unit, office tree.UnitID) error {
	if err := actor.May(access.ReportTell, unit); err != nil {
		return err
	}
	if err := actor.May(access.ReportDraft, office); err != nil {
		return err
	}
	if office == unit || !actor.Tree.Within(unit, office) {
		return fault.New(fault.Forbidden, "access.refused")
	}
	return nil
}

// askToTell is ask, for units that report for themselves.
func askToTell(ctx context.Context, tx *ledger.Tx, actor access.Actor, s Slot) (asked, error) {
	asked, err := ask(ctx, tx, actor, s)
	if err != nil {
		return asked, err
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return asked, err
	}
	if level, ok := p.Level(asked.level); ok && level.ReportedByParent {
		return asked, fault.New(fault.Forbidden, "report.told-for-cell")
	}
	return asked, nil
}

// check gives the content that was told, or everything that is wrong in the
// command, each at its field.
func (cmd TellCommand) check(ctx context.Context, tx *ledger.Tx, actor access.Actor, asked asked) (string, error) {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	if !slices.Contains(Sources, cmd.Source) {
		add("source", "report.told-source-needed")
	}
	switch {
	case cmd.Said == "":
		add("said", "report.told-said-needed")
	case utf8.RuneCountInString(cmd.Said) > MostSaid, strings.ContainsFunc(cmd.Said, unicode.IsControl):
		add("said", "report.told-said-long", "limit", MostSaid)
	}
	switch {
	case cmd.At.After(tx.Now()):
		add("told-at", "report.told-ahead")
	case cmd.At.Before(tx.Now().Add(-earliestTold)):
		add("told-at", "report.told-long-ago")
	}
	err := marking.Check(ctx, tx, cmd.Marks)
	wrong = append(wrong, fault.All(err)...)
	if err != nil && len(fault.All(err)) == 0 {
		return "", err
	}
	if err := attached(ctx, tx, actor, cmd.Telling); err != nil {
		return "", err
	}
	content, err := canonical(asked.milestone, cmd.Lang, cmd.Values)
	if faults := fault.All(err); fault.Is(err, fault.Invalid) {
		return "", append(wrong, faults...)
	}
	if err != nil {
		return "", err
	}
	return content, wrong.Err()
}

// attached refuses a file that somebody else sent, or for another unit: naming
// it here would show it to all who read the report.
func attached(ctx context.Context, q store.Querier, actor access.Actor, t Telling) error {
	if t.File == "" {
		return nil
	}
	f, err := file.Get(ctx, q, t.File)
	if err != nil {
		return err
	}
	if f.By != actor.Person || tree.UnitID(f.Unit) != t.By {
		return fault.New(fault.NotFound, "file.not-found")
	}
	return nil
}

// mayBeTold gives a slot's newest version, the zero Report when there is none,
// and refuses where the unit itself has sent something that holds.
func mayBeTold(ctx context.Context, tx *ledger.Tx, s Slot) (newest Report, err error) {
	versions, err := Versions(ctx, tx, s)
	if err != nil {
		return Report{}, err
	}
	for _, v := range versions {
		switch v.State {
		case Done:
			return Report{}, fault.New(fault.Conflict, "report.told-after-accepted", "name", v.Decider)
		case Waiting:
			return Report{}, fault.New(fault.Conflict, "report.told-after-sent", "name", v.Signer)
		}
	}
	if len(versions) > 0 {
		newest = versions[0]
	}
	return newest, nil
}

// same says whether two tellings are by the same way from the same person. When
// it was told may differ: a list that is entered again says the day it is entered.
func (t Telling) same(u Telling) bool {
	return t.Source == u.Source && t.Said == u.Said && (u.File == "" || t.File == u.File)
}
