package org

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// ActKind is what a reorganisation is.
type ActKind string

// The kinds of reorganisation.
const (
	Merger      ActKind = "merger"      // several units go on as one
	Split       ActKind = "split"       // one goes on as several
	Dissolution ActKind = "dissolution" // units end; others may take over what they had
)

// ActKinds is all kinds of reorganisation.
var ActKinds = [...]ActKind{Merger, Split, Dissolution}

// MaxDecision is how many characters the number of a decision may have.
const MaxDecision = 100

// ReorganiseCommand is a merger, split or dissolution as one act: who ends, who
// comes after, and what becomes of all that the units had.
type ReorganiseCommand struct {
	Kind     ActKind       `json:"kind"`
	Decision string        `json:"decision"` // number and symbol, as "1656-QĐ/TU"
	Decided  clock.Date    `json:"decided"`  // the decision's day
	From     clock.Date    `json:"from"`     // "" for today
	Units    []Predecessor `json:"units"`
	Heirs    []Heir        `json:"heirs"`
	// ByRule gives the units that move to an heir the level that the profile has
	// for them there; otherwise they keep theirs.
	ByRule bool `json:"byRule,omitempty"`
	// Fates of what the ending units had. A unit below that is not named goes to
	// the first heir; a post and a role that are not named end.
	Children []ChildFate `json:"children,omitempty"`
	Posts    []PostFate  `json:"posts,omitempty"`
	Roles    []RoleFate  `json:"roles,omitempty"`
}

// Predecessor is a unit that ends, or goes on when it is an heir of its own.
type Predecessor struct {
	Unit tree.UnitID `json:"unit"`
	// Heirs are codes of heirs of the act. The first takes up what was begun.
	Heirs []string `json:"heirs"`
}

// Heir is a unit that comes after others. A code of a unit that exists on that
// day means it, and a name then renames it; any other code founds a unit.
type Heir struct {
	Code   string      `json:"code"`
	Name   string      `json:"name"`
	Kind   string      `json:"kind,omitempty"`
	Level  string      `json:"level,omitempty"` // "" for what the profile gives it
	Parent tree.UnitID `json:"parent"`          // of a unit to be founded
}

// ChildFate says to which heir, by its code, a unit below an ending one goes.
type ChildFate struct {
	Unit tree.UnitID `json:"unit"`
	Heir string      `json:"heir"`
}

// PostFate says in which heir the holder of a post gets the same one; "" ends it.
type PostFate struct {
	Post int64  `json:"post"`
	Heir string `json:"heir"`
}

// RoleFate says at which heir the holder of a role gets the same one; "" ends it.
type RoleFate struct {
	Grant int64  `json:"grant"`
	Heir  string `json:"heir"`
}

// Act is a reorganisation as it was recorded.
type Act struct {
	ID       int64
	Kind     ActKind
	Decision string
	Decided  clock.Date
	From     clock.Date
	Units    []Succession
	Founded  []tree.UnitID // heirs that the act founded
}

// Reorganise carries out a merger, split or dissolution, whole or not at all: it
// founds and renames heirs, moves the units below, ends posts and roles or gives
// them anew, dissolves, and then appends [Reorganised]. The actor must keep the
// units above all that end and above all heirs. What is wrong is Invalid at its
// field: "decision", "units", "heir.0.code", "child.7", "post.3", "role.5".
func Reorganise(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ReorganiseCommand) (Act, error) {
	c, err := begin(ctx, tx, actor, cmd.From)
	if err != nil {
		return Act{}, err
	}
	if err := cmd.check(c); err != nil {
		return Act{}, err
	}
	// Who may is decided here, at units that exist before the act. Its single
	// steps are the program's: they concern units that nobody keeps yet.
	r := &reorganisation{change: c, cmd: cmd, program: access.Program(actor.Tree), heirs: map[string]heir{}}
	if err := r.readUnits(ctx); err != nil {
		return Act{}, err
	}
	if err := r.readHeirs(ctx); err != nil {
		return Act{}, err
	}
	lines, err := heldLines(ctx, tx, r.going())
	if err != nil {
		return Act{}, err
	}
	for _, u := range r.units {
		if err := r.endUnit(ctx, u); err != nil {
			return Act{}, err
		}
	}
	act := r.act()
	if err := passLines(ctx, tx, r.program, lines, firstHeirs(act), r.day); err != nil {
		return Act{}, err
	}
	return recordAct(ctx, tx, r.profile, act, r.units[0].Parent)
}

// check looks at what can be judged without the tree.
func (cmd *ReorganiseCommand) check(c *change) error {
	var wrong fault.List
	if !slices.Contains(ActKinds[:], cmd.Kind) {
		wrong = at(wrong, fault.New(fault.Invalid, "org.act.kind"), "kind")
	}
	decision, refusals := checkDecision(cmd.Decision, cmd.Decided, Today(c.tx, c.profile))
	cmd.Decision = decision
	wrong = append(wrong, refusals...)
	codes := map[string]bool{}
	for i, heir := range cmd.Heirs {
		code, refusal := CleanCode(heir.Code)
		if refusal == nil && codes[code] {
			refusal = fault.New(fault.Invalid, "org.act.heir-twice", "code", code)
		}
		cmd.Heirs[i].Code, codes[code] = code, true
		wrong = at(wrong, refusal, fmt.Sprintf("heir.%d.code", i))
	}
	if len(wrong) > 0 {
		return wrong
	}
	return at(nil, cmd.shape(codes), "units").Err()
}

// checkDecision gives the number of a decision as it is stored, and what is wrong
// with it or with its day.
func checkDecision(number string, decided, today clock.Date) (decision string, wrong fault.List) {
	decision, refusal := clean(number, MaxDecision, "org.act.no-decision", "org.act.decision-long")
	wrong = at(wrong, refusal, "decision")
	switch {
	case decided == "":
		wrong = at(wrong, fault.New(fault.Invalid, "org.act.no-decided"), "decided")
	case decided > today:
		wrong = at(wrong, fault.New(fault.Invalid, "org.act.decided-late", "today", today), "decided")
	}
	return decision, wrong
}

// shape refuses an act that is not of its kind.
func (cmd *ReorganiseCommand) shape(heirs map[string]bool) *fault.Error {
	seen := map[tree.UnitID]bool{}
	for _, u := range cmd.Units {
		if seen[u.Unit] {
			return fault.New(fault.Invalid, "org.act.unit-twice")
		}
		seen[u.Unit] = true
		for _, code := range u.Heirs {
			if !heirs[code] {
				return fault.New(fault.Invalid, "org.act.heir-unknown", "code", code)
			}
		}
		if cmd.Kind == Merger && len(u.Heirs) != 1 {
			return fault.New(fault.Invalid, "org.act.merger")
		}
	}
	switch {
	case len(cmd.Units) == 0:
		return fault.New(fault.Invalid, "org.act.no-units")
	case cmd.Kind == Merger && len(cmd.Heirs) != 1:
		return fault.New(fault.Invalid, "org.act.merger")
	case cmd.Kind == Split && (len(cmd.Units) != 1 || len(cmd.Units[0].Heirs) < 2):
		return fault.New(fault.Invalid, "org.act.split")
	}
	return nil
}

// reorganisation is an act at work.
type reorganisation struct {
	*change
	cmd     ReorganiseCommand
	program access.Actor
	units   []predecessor // the lowest first
	heirs   map[string]heir
}

// predecessor is a unit of the act as it is on its day.
type predecessor struct {
	Unit
	heirs []string
	goes  bool // it ends; otherwise it is its own heir
}

// heir is a unit that comes after others.
type heir struct {
	Unit
	fresh bool // founded by the act
}

// readUnits reads the predecessors and decides whether the actor may end them.
func (r *reorganisation) readUnits(ctx context.Context) error {
	for _, u := range r.cmd.Units {
		if err := r.actor.May(access.UnitRead, u.Unit); err != nil {
			return err
		}
		unit, was, err := r.unit(ctx, u.Unit, "units")
		if err != nil {
			return err
		}
		if was.Parent == 0 {
			return fault.New(fault.Invalid, "org.root-stays").At("units")
		}
		if err := r.mayChange(unit); err != nil {
			return err
		}
		r.units = append(r.units, predecessor{
			Unit: Unit{unit.ID, unit.Code, was}, heirs: u.Heirs, goes: !slices.Contains(u.Heirs, unit.Code),
		})
	}
	slices.SortStableFunc(r.units, func(a, b predecessor) int {
		return cmp.Compare(rank(r.profile, b.Level), rank(r.profile, a.Level))
	})
	return nil
}

// readHeirs finds the heirs, founds those that do not exist and renames those
// that get another name.
func (r *reorganisation) readHeirs(ctx context.Context) error {
	for i, wanted := range r.cmd.Heirs {
		field := fmt.Sprintf("heir.%d.", i)
		known, err := readRecord(ctx, r.tx, byCode, wanted.Code)
		if err != nil {
			return err
		}
		var unit Unit
		exists := false
		if known != nil {
			unit, exists = known.unitOn(r.day)
		}
		if !exists {
			made, err := Create(ctx, r.tx, r.actor, CreateCommand{
				Parent: wanted.Parent, Code: wanted.Code, Name: wanted.Name, Kind: wanted.Kind, Level: wanted.Level, From: r.day,
			})
			if err != nil {
				return below(err, field)
			}
			r.heirs[wanted.Code] = heir{made, true}
			continue
		}
		if slices.ContainsFunc(r.units, func(p predecessor) bool { return p.ID == unit.ID && p.goes }) {
			return fault.New(fault.Invalid, "org.act.heir-ends", "unit", unit.Name).At(field + "code")
		}
		if err := r.actor.May(access.UnitChange, unit.ID); err != nil {
			return err
		}
		if name, _ := CleanName(wanted.Name); name != "" && name != unit.Name {
			if unit, err = Rename(ctx, r.tx, r.actor, RenameCommand{Unit: unit.ID, Name: name, From: r.day}); err != nil {
				return below(err, field)
			}
		}
		r.heirs[wanted.Code] = heir{unit, false}
	}
	return r.enough()
}

// enough refuses a merger of one unit, and a dissolution that ends none.
func (r *reorganisation) enough() error {
	joined, going := map[tree.UnitID]bool{}, 0
	for _, u := range r.units {
		joined[u.ID] = true
		if u.goes {
			going++
		}
	}
	for _, h := range r.heirs {
		if !h.fresh {
			joined[h.ID] = true
		}
	}
	switch {
	case r.cmd.Kind == Merger && len(joined) < 2:
		return fault.New(fault.Invalid, "org.act.merger").At("units")
	case r.cmd.Kind == Dissolution && going < len(r.units):
		return fault.New(fault.Invalid, "org.act.dissolution").At("units")
	}
	return nil
}

// below puts the fields of refusals below another.
func below(err error, field string) error {
	return placed(err, func(own string) string { return field + own })
}

// onField puts refusals to a field.
func onField(err error, field string) error {
	return placed(err, func(string) string { return field })
}

func placed(err error, field func(own string) string) error {
	all := fault.All(err)
	if len(all) == 0 {
		return err
	}
	list := make(fault.List, len(all))
	for i, one := range all {
		list[i] = one.At(field(one.Field))
	}
	return list
}

// going are the units that the act ends.
func (r *reorganisation) going() (list []tree.UnitID) {
	for _, u := range r.units {
		if u.goes {
			list = append(list, u.ID)
		}
	}
	return list
}

// act tells who came after whom.
func (r *reorganisation) act() Act {
	act := Act{Kind: r.cmd.Kind, Decision: r.cmd.Decision, Decided: r.cmd.Decided, From: r.day}
	for _, u := range r.units {
		s := Succession{Unit: u.ID, Heirs: []tree.UnitID{}}
		for _, code := range u.heirs {
			s.Heirs = append(s.Heirs, r.heirs[code].ID)
		}
		act.Units = append(act.Units, s)
	}
	for _, heir := range r.cmd.Heirs {
		if h := r.heirs[heir.Code]; h.fresh {
			act.Founded = append(act.Founded, h.ID)
		}
	}
	return act
}

// recordAct stores an act whose single steps are done, and appends its event at a
// unit.
func recordAct(ctx context.Context, tx *ledger.Tx, p *profile.Profile, act Act, at tree.UnitID) (Act, error) {
	err := tx.QueryRowContext(ctx, `INSERT INTO reorganisation (kind, decision, decided, from_date, recorded_at)
		VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		string(act.Kind), act.Decision, string(act.Decided), string(act.From), store.Micro(tx.Now())).Scan(&act.ID)
	if err != nil {
		return Act{}, fmt.Errorf("recording a reorganisation: %w", err)
	}
	for _, s := range act.Units {
		rows := s.Heirs
		if len(rows) == 0 {
			rows = []tree.UnitID{0}
		}
		for i, id := range rows {
			_, err := tx.ExecContext(ctx, `INSERT INTO reorganisation_unit (act_id, unit_id, heir_id, rank) VALUES ($1, $2, $3, $4)`,
				act.ID, s.Unit, id, i+1)
			if err != nil {
				return Act{}, fmt.Errorf("recording the heirs of unit %d: %w", s.Unit, err)
			}
		}
	}
	return act, tx.Append(ledger.New{Unit: int64(at), Kind: Reorganised, Subject: ActSubject(act.ID), Payload: UnitsReorganised{
		Act: act.ID, Kind: act.Kind, Decision: act.Decision, Decided: act.Decided, From: act.From, Units: act.Units,
		Founded: act.Founded, Any: p.HeirDoneByAny,
	}})
}
