package difficulty

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// Bounds of what is written, in characters, and of files.
const (
	MostTitle = 200
	MostText  = 5000
	MostFiles = 5
)

// RaiseCommand raises a difficulty.
type RaiseCommand struct {
	Unit      tree.UnitID
	For       tree.UnitID // a unit above it whose office raises it in its stead; 0 for the unit itself
	At        tree.UnitID // whose office is asked, above the unit; 0 for the one that raises it in its stead, else the one directly above
	Key       string      // of the form: same key, same difficulty
	Directive int64       // 0 for none
	Milestone string      // that it holds back; "" for none
	Sort      Sort
	Kind      string
	Marks     marking.Marks
	Title     string
	Obstacle  string
	Needs     string
	Wanted    clock.Date
	Files     []string // that the actor has sent for the unit
}

// Raise puts what stands in a unit's way before an office above it; in its stead an office
// above that heard of it elsewhere. Faults:
// Forbidden; Conflict where nobody is above; Invalid at "unit", "at", "milestone", "sort",
// "kind", "title", "obstacle", "needs", "wanted", "files" and at those of the marks.
func Raise(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd RaiseCommand) (Difficulty, error) {
	if err := cmd.may(actor); err != nil {
		return Difficulty{}, err
	}
	if cmd.Key == "" {
		return Difficulty{}, fmt.Errorf("raising a difficulty of unit %d: a key is needed", cmd.Unit)
	}
	known, err := read(ctx, tx, `WHERE d.key = $1 AND d.unit_id = $2`, cmd.Key, cmd.Unit)
	if err != nil {
		return Difficulty{}, err
	}
	if len(known) > 0 {
		return known[0], nil
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return Difficulty{}, err
	}
	above := Above(actor.Tree, cmd.Unit)
	if len(above) == 0 {
		return Difficulty{}, fault.New(fault.Conflict, "difficulty.nobody-above")
	}
	if cmd.At == 0 {
		cmd.At = cmp.Or(cmd.For, above[0].ID)
	}
	cmd.Title, cmd.Obstacle, cmd.Needs = strings.TrimSpace(cmd.Title), strings.TrimSpace(cmd.Obstacle), strings.TrimSpace(cmd.Needs)
	if err := cmd.check(ctx, tx, actor, p, above); err != nil {
		return Difficulty{}, err
	}
	d := Difficulty{
		Unit: cmd.Unit, RaisedBy: actor.Person, Raiser: actor.Name, RaisedAt: tx.Now(), Directive: cmd.Directive, Milestone: cmd.Milestone,
		Sort: cmd.Sort, Kind: cmd.Kind, Marks: cmd.Marks, Title: cmd.Title, Obstacle: cmd.Obstacle, Needs: cmd.Needs, Wanted: cmd.Wanted,
		Files: cmd.Files, At: cmd.At, Since: tx.Now(), State: Open,
	}
	d.Silent = d.hushed(p, actor.Tree, tx.Now())
	if err := d.insert(ctx, tx, cmd.Key); err != nil {
		return Difficulty{}, err
	}
	return d, d.tell(tx, WasRaised, d.Unit, Raised{
		Difficulty: d.ID, Unit: d.Unit, For: cmd.For, At: d.At, Directive: d.Directive, Milestone: d.Milestone, Sort: d.Sort, Kind: d.Kind, Marks: d.Marks,
		Title: d.Title, Obstacle: d.Obstacle, Needs: d.Needs, Wanted: d.Wanted, Files: d.Files, Name: d.Raiser,
	})
}

// may says whether the actor may raise it: whoever answers for an office above may in the
// stead of a unit below, which then confirms or withdraws it as its own.
func (cmd RaiseCommand) may(actor access.Actor) error {
	if cmd.For == 0 {
		return actor.May(access.DifficultyRaise, cmd.Unit)
	}
	if err := actor.May(access.DifficultyAnswer, cmd.For); err != nil {
		return err
	}
	if cmd.Unit == cmd.For || !actor.Tree.Within(cmd.Unit, cmd.For) {
		return fault.New(fault.Invalid, "difficulty.not-below").At("unit")
	}
	return nil
}

// Above are the units above one, the nearest first.
func Above(t *tree.Tree, unit tree.UnitID) []tree.Unit {
	path := t.Path(unit)
	if len(path) == 0 {
		return nil
	}
	above := slices.Clone(path[:len(path)-1])
	slices.Reverse(above)
	return above
}

func (cmd RaiseCommand) check(ctx context.Context, tx *ledger.Tx, actor access.Actor, p *profile.Profile, above []tree.Unit) error {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	need := func(field, text string, most int, required bool) {
		switch n := utf8.RuneCountInString(text); {
		case n == 0 && required:
			add(field, "difficulty.needed")
		case n > most:
			add(field, "difficulty.long", "most", most)
		}
	}
	if !slices.ContainsFunc(above, func(u tree.Unit) bool { return u.ID == cmd.At }) {
		add("at", "difficulty.not-above")
	}
	if !slices.Contains(Sorts, cmd.Sort) {
		add("sort", "difficulty.sort-needed")
	}
	if _, ok := p.DifficultyKind(cmd.Kind); !ok {
		add("kind", "difficulty.kind-needed")
	}
	need("title", cmd.Title, MostTitle, true)
	need("obstacle", cmd.Obstacle, MostText, true)
	need("needs", cmd.Needs, MostText, false)
	if _, err := clock.ParseDate(string(cmd.Wanted)); cmd.Wanted != "" && (err != nil || cmd.Wanted < clock.DateOf(tx.Now(), p.Location())) {
		add("wanted", "difficulty.wanted-past")
	}
	if len(cmd.Files) > MostFiles {
		add("files", "difficulty.files-many", "most", MostFiles)
	}
	for _, check := range []func() error{
		func() error { return marking.Check(ctx, tx, cmd.Marks) },
		func() error { return cmd.heldBack(ctx, tx, actor) },
		func() error { return attached(ctx, tx, actor, cmd.Unit, cmd.Files) },
	} {
		err := check()
		if err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
		wrong = append(wrong, fault.All(err)...)
	}
	return wrong.Err()
}

// heldBack refuses a milestone of which the unit is not asked.
func (cmd RaiseCommand) heldBack(ctx context.Context, q store.Querier, actor access.Actor) error {
	if cmd.Directive == 0 && cmd.Milestone == "" {
		return nil
	}
	unknown := fault.New(fault.Invalid, "difficulty.milestone-unknown").At("milestone")
	d, err := directive.Get(ctx, q, cmd.Directive)
	if fault.Is(err, fault.NotFound) {
		return unknown
	}
	if err != nil {
		return err
	}
	known := cmd.Milestone == "" || slices.ContainsFunc(d.Document.Milestones, func(m directive.Milestone) bool { return m.Key == cmd.Milestone })
	if d.State != directive.InForce || !known || !directive.Concerns(actor.Tree, d, cmd.Unit) {
		return unknown
	}
	return nil
}

// attached refuses files that somebody else sent, or for another unit: naming one here
// would show it to all who read the difficulty.
func attached(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID, files []string) error {
	for _, id := range files {
		f, err := file.Get(ctx, q, id)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err != nil || f.By != actor.Person || tree.UnitID(f.Unit) != unit {
			return fault.New(fault.Invalid, "difficulty.file-unknown").At("files")
		}
	}
	return nil
}

func (d *Difficulty) insert(ctx context.Context, tx *ledger.Tx, key string) error {
	err := tx.QueryRowContext(ctx, `INSERT INTO difficulty (key, unit_id, raised_by, raiser, raised_at, directive_id, milestone, sort, kind, urgency, secrecy,
		title, obstacle, needs, wanted, words, at_id, at_since, silent_at, state, head_id, ended_at, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 0, 0, 1) RETURNING id`,
		key, d.Unit, d.RaisedBy, d.Raiser, store.Micro(d.RaisedAt), d.Directive, d.Milestone, d.Sort, d.Kind, d.Urgency, d.Secrecy,
		d.Title, d.Obstacle, d.Needs, d.Wanted, wordsOf(d.Title, d.Obstacle), d.At, store.Micro(d.Since), store.Micro(d.Silent), d.State).Scan(&d.ID)
	if err != nil {
		return fmt.Errorf("raising a difficulty of unit %d: %w", d.Unit, err)
	}
	d.revision = 1
	for place, id := range d.Files {
		if _, err := tx.ExecContext(ctx, `INSERT INTO difficulty_file (difficulty_id, place, file_id) VALUES ($1, $2, $3)`, d.ID, place, id); err != nil {
			return fmt.Errorf("attaching a file to difficulty %d: %w", d.ID, err)
		}
	}
	return d.office(ctx, tx, d.At)
}

// hushed is the moment from which silence of the office that has it now moves it up:
// the end of its last day. Zero where nobody is above.
func (d Difficulty) hushed(p *profile.Profile, t *tree.Tree, now time.Time) time.Time {
	if len(Above(t, d.At)) == 0 {
		return time.Time{}
	}
	return p.AnswerBy(clock.DateOf(now, p.Location()), d.Urgent()).AddDays(1).Start(p.Location())
}
