package report

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// Cell is one unit that its committee reports for, with what it reports.
type Cell struct {
	Unit   tree.UnitID
	After  int               // the newest version that the person saw; 0 for none
	Values map[string]string // as typed, by indicator
}

// CellsCommand is a committee's one report for several of the units that it
// counts and that the profile marks "reported by their parent".
type CellsCommand struct {
	Directive int64
	Milestone string
	Committee tree.UnitID
	Key       string // of the form: sent twice, it is one report a cell
	Cells     []Cell
	Lang      text.Lang
	Signature account.Signature
}

// ForCells reports for a committee's cells: its leader's signature, or in a turn
// its deputy's, is their report and its acceptance, at once. All are reported or
// none, and all are marked as the directive that they answer.
//
// Faults are those of [Submit]; of what is wrong in a cell, the field is
// "cell.", the unit's id, "." and the indicator's key.
func ForCells(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CellsCommand) ([]Report, error) {
	actor, err := ToSignCells(ctx, tx, actor, Slot{cmd.Directive, cmd.Milestone, cmd.Committee}, tx.Now())
	if err != nil {
		return nil, err
	}
	for _, action := range cellActions {
		if err := actor.May(action, cmd.Committee); err != nil {
			return sentCells(ctx, tx, actor, cmd, err)
		}
	}
	if err := signed(actor, cmd.Signature); err != nil {
		return nil, err
	}
	if len(cmd.Cells) == 0 {
		return nil, fault.New(fault.Invalid, "report.cells-none")
	}
	by(tx, actor)
	if cmd.Key == "" {
		cmd.Key = NewKey()
	}
	d, err := directive.Get(ctx, tx, cmd.Directive)
	if err != nil {
		return nil, err
	}
	if err := marking.Check(ctx, tx, d.Document.Marks); err != nil {
		return nil, err
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return nil, err
	}
	cells := slices.Clone(cmd.Cells)
	slices.SortFunc(cells, func(a, b Cell) int { return int(a.Unit - b.Unit) }) // all lock in this order
	var list []Report
	var wrong fault.List
	for _, cell := range cells {
		r, err := reportCell(ctx, tx, actor, d, p, cmd, cell)
		if faults := fault.All(err); len(faults) > 0 && fault.Is(err, fault.Invalid) {
			wrong = append(wrong, atCell(faults, cell.Unit)...)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reporting for unit %d: %w", cell.Unit, err)
		}
		list = append(list, r)
	}
	if len(wrong) > 0 {
		return list, wrong
	}
	return list, untick(ctx, tx, Slot{cmd.Directive, cmd.Milestone, cmd.Committee}, cells)
}

// CellField is the name of a cell's field in faults of [ForCells]; field
// is an indicator's key, "" for the cell as a whole.
func CellField(unit tree.UnitID, field string) string {
	name := "cell." + strconv.FormatInt(int64(unit), 10)
	if field != "" {
		name += "." + field
	}
	return name
}

func atCell(faults fault.List, unit tree.UnitID) fault.List {
	moved := make(fault.List, len(faults))
	for i, f := range faults {
		moved[i] = f.At(CellField(unit, f.Field))
	}
	return moved
}

// cellKey is the key of a cell's report.
func cellKey(cmd CellsCommand, cell Cell) string {
	return cmd.Key + "." + strconv.FormatInt(int64(cell.Unit), 10)
}

func reportCell(
	ctx context.Context, tx *ledger.Tx, actor access.Actor, d directive.Directive, p *profile.Profile, cmd CellsCommand, cell Cell,
) (Report, error) {
	slot := Slot{cmd.Directive, cmd.Milestone, cell.Unit}
	submit := SubmitCommand{
		Slot: slot, Key: cellKey(cmd, cell), After: cell.After,
		Values: cell.Values, Lang: cmd.Lang, Signature: cmd.Signature,
	}
	_, fresh, err := lock(ctx, tx, slot, submit.Key)
	if err != nil {
		return Report{}, err
	}
	if before, ok, err := sentBefore(ctx, tx, submit, fresh); ok || err != nil {
		return before, err
	}
	asked, err := askBy(ctx, tx, actor, d, slot)
	if err != nil {
		return Report{}, err
	}
	if err := reportedBy(p, asked, cmd.Committee); err != nil {
		return Report{}, err
	}
	content, err := canonical(asked.milestone, cmd.Lang, cell.Values)
	if err != nil {
		return Report{}, err
	}
	again, version, err := sentAlready(ctx, tx, actor, submit, hashOf(content))
	if version == 0 || err != nil {
		return again, err
	}
	if err := drop(ctx, tx, slot); err != nil {
		return Report{}, err
	}
	r := Report{
		Slot: slot, Version: version, Key: submit.Key, State: Waiting, Content: content, Hash: hashOf(content),
		SubmittedAt: tx.Now(), SubmittedBy: actor.Person, Signer: cmd.Signature.String(), Committee: cmd.Committee,
		Marks: d.Document.Marks,
	}
	if err := send(ctx, tx, &r, asked.level, cmd.Signature); err != nil {
		return Report{}, err
	}
	if _, err := take(ctx, tx, actor, &r, DecideCommand{Report: r.ID, Decider: r.Signer}, Done); err != nil {
		return Report{}, err
	}
	if err := announce(tx, actor, r, cmd.Committee, cmd.Signature.Delegation); err != nil {
		return Report{}, err
	}
	return r, cmd.Signature.Use(ctx, tx, actor, access.ReportSubmit, cmd.Committee, r.Subject())
}

// reportedBy refuses to report for a unit that another one counts, or that
// reports for itself.
func reportedBy(p *profile.Profile, cell asked, committee tree.UnitID) error {
	if cell.parent != committee {
		return fault.New(fault.Forbidden, "report.cell-of-another")
	}
	if level, ok := p.Level(cell.level); !ok || !level.ReportedByParent {
		return fault.New(fault.Forbidden, "report.reports-itself")
	}
	return nil
}
