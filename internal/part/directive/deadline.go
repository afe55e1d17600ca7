package directive

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// TightenCommand sets an earlier deadline for a unit and those below it.
type TightenCommand struct {
	Directive int64
	Unit      tree.UnitID // that sets it
	Milestone string
	Level     string // the unit's own, or one below it
	Deadline  clock.Date
}

// Tighten sets the deadline that units of a level in the unit's subtree, itself
// included, have at a milestone from now on. It must be earlier than the one
// they have and not before today, by the profile's zone: a deadline is never
// loosened below. Refusals stand at the field "deadline".
func Tighten(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd TightenCommand) (Directive, error) {
	d, err := lock(ctx, tx, cmd.Directive)
	if err != nil {
		return Directive{}, err
	}
	if err := mayAnswer(actor, d, cmd.Unit); err != nil {
		return Directive{}, err
	}
	if err := mayTighten(ctx, tx, actor, d, cmd); err != nil {
		return Directive{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO directive_deadline (directive_id, unit_id, milestone, level, deadline)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (directive_id, unit_id, milestone, level) DO UPDATE SET deadline = excluded.deadline`,
		d.ID, cmd.Unit, cmd.Milestone, cmd.Level, string(cmd.Deadline))
	if err != nil {
		return Directive{}, fmt.Errorf("tightening a deadline of directive %d: %w", d.ID, err)
	}
	as := account.As(actor, access.DirectiveAnswer, cmd.Unit, "")
	if err := as.Use(ctx, tx, actor, access.DirectiveAnswer, cmd.Unit, Subject(d.ID)); err != nil {
		return Directive{}, err
	}
	return d, tx.Append(ledger.New{Unit: int64(cmd.Unit), Kind: Tightened, Subject: Subject(d.ID), Payload: DeadlineTightened{
		Directive: d.ID, Milestone: cmd.Milestone, Level: cmd.Level, Unit: cmd.Unit, Deadline: cmd.Deadline,
	}})
}

// mayTighten checks the rules of a tighter deadline.
func mayTighten(ctx context.Context, tx *ledger.Tx, actor access.Actor, d Directive, cmd TightenCommand) error {
	profile, err := org.Pinned(ctx, tx, d.Document.Profile)
	if err != nil {
		return err
	}
	unit, _ := actor.Tree.Unit(cmd.Unit)
	milestone, known := d.Document.milestone(cmd.Milestone)
	if _, has := milestone.Deadline(cmd.Level); !known || !has || !atOrBelow(LevelsBelow(profile, unit.Level), unit.Level, cmd.Level) {
		return fault.New(fault.Invalid, "directive.tighten.level").At("deadline")
	}
	if read, err := clock.ParseDate(string(cmd.Deadline)); err != nil || read == "" {
		return fault.New(fault.Invalid, "directive.deadline.none").At("deadline")
	}
	now, err := EffectiveDeadline(ctx, tx, d, cmd.Milestone, cmd.Level, PathTo(actor.Tree, d.Unit, cmd.Unit))
	if err != nil {
		return err
	}
	today := clock.DateOf(tx.Now(), profile.Location())
	switch {
	case cmd.Deadline >= now:
		return fault.New(fault.Invalid, "directive.tighten.loose", "deadline", now).At("deadline")
	case cmd.Deadline < today:
		return fault.New(fault.Invalid, "directive.tighten.past", "today", today).At("deadline")
	}
	return nil
}

// Deadlines gives every deadline that units below have tightened, whatever the
// milestone.
func Deadlines(ctx context.Context, q store.Querier, directive int64) ([]DeadlineTightened, error) {
	rows, err := q.QueryContext(ctx,
		`SELECT milestone, level, unit_id, deadline FROM directive_deadline WHERE directive_id = $1
		ORDER BY unit_id, milestone, level`, directive)
	if err != nil {
		return nil, fmt.Errorf("reading the tightened deadlines of directive %d: %w", directive, err)
	}
	defer rows.Close()
	var list []DeadlineTightened
	for rows.Next() {
		set := DeadlineTightened{Directive: directive}
		if err := rows.Scan(&set.Milestone, &set.Level, &set.Unit, &set.Deadline); err != nil {
			return nil, fmt.Errorf("reading a tightened deadline: %w", err)
		}
		list = append(list, set)
	}
	return list, rows.Err()
}

// EffectiveDeadline is the deadline of the units of a level at the end of a
// path of units from the issuing one: the earliest of the document's and of all
// that were tightened on the path. "" when the level does not report the
// milestone.
func EffectiveDeadline(
	ctx context.Context, q store.Querier, d Directive, milestone, level string, path []tree.UnitID,
) (clock.Date, error) {
	set, err := Deadlines(ctx, q, d.ID)
	if err != nil {
		return "", err
	}
	return Effective(d.Document, set, milestone, level, path), nil
}

// Effective is [EffectiveDeadline] over deadlines that were read before.
func Effective(document Document, set []DeadlineTightened, milestone, level string, path []tree.UnitID) clock.Date {
	m, _ := document.milestone(milestone)
	earliest, reports := m.Deadline(level)
	if !reports {
		return ""
	}
	for _, one := range set {
		if one.Milestone == milestone && one.Level == level && slices.Contains(path, one.Unit) {
			earliest = clock.Earliest(earliest, one.Deadline)
		}
	}
	return earliest
}

// PathTo gives the units from the issuing one down to a unit; nil when the unit
// does not stand below the issuer or is none.
func PathTo(t *tree.Tree, issuer, unit tree.UnitID) []tree.UnitID {
	var path []tree.UnitID
	for _, u := range t.Path(unit) {
		if u.ID == issuer || path != nil {
			path = append(path, u.ID)
		}
	}
	return path
}
