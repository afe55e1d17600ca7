package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
)

// teller lets the acts of a year happen, through the use cases.
type teller struct {
	random    *rand.Rand
	tree      *tree.Tree
	actor     access.Actor
	directive int64
	version   int
	zone      *time.Location

	sent   map[report.Slot]sent // of the units that report for themselves
	bosses map[tree.UnitID]string
}

// sent is the newest version of a slot.
type sent struct {
	report  int64
	version int
}

func newTeller(random *rand.Rand, t *tree.Tree, d directive.Directive) *teller {
	return &teller{
		random: random, tree: t, actor: access.Program(t), directive: d.ID, version: d.Version, zone: Morning().Location(),
		sent: map[report.Slot]sent{}, bosses: map[tree.UnitID]string{},
	}
}

// do lets one act happen.
func (t *teller) do(ctx context.Context, tx *ledger.Tx, a yearAct) error {
	tx.SetNow(time.UnixMicro(a.at))
	slot := report.Slot{Directive: t.directive, Milestone: a.milestone, Unit: a.unit}
	var err error
	switch a.deed {
	case acknowledges:
		_, err = directive.Acknowledge(ctx, tx, t.actor, t.directive, a.unit, t.version)
	case submits:
		err = t.submit(ctx, tx, slot)
	case accepts:
		_, err = report.Accept(ctx, tx, t.actor, t.decision(slot))
	case returns:
		decision := t.decision(slot)
		decision.Reason = reasons[t.random.IntN(len(reasons))]
		_, err = report.Return(ctx, tx, t.actor, decision)
	case reportsCells, correctsCells:
		err = t.cells(ctx, tx, slot, a.deed == correctsCells)
	}
	if err != nil {
		return fmt.Errorf("unit %d, milestone %q, on %s: %w", a.unit, a.milestone, tx.Now().Format(time.DateTime), err)
	}
	return nil
}

var reasons = []string{
	"Số đại biểu có mặt chưa khớp với biên bản kiểm phiếu, đề nghị kiểm tra lại.",
	"Chưa có nghị quyết đại hội kèm theo, đề nghị bổ sung.",
	"Ngày bế mạc chưa đúng với kế hoạch đã duyệt, đề nghị giải trình.",
}

func (t *teller) submit(ctx context.Context, tx *ledger.Tx, slot report.Slot) error {
	before := t.sent[slot]
	u, _ := t.tree.Unit(slot.Unit)
	made, err := report.Submit(ctx, tx, t.actor, report.SubmitCommand{
		Slot: slot, Key: fmt.Sprintf("simulated:%s:%d:%d", slot.Milestone, slot.Unit, before.version+1), After: before.version,
		Values: t.values(slot.Milestone, u.Level, tx.Now()), Lang: text.VI, Signature: t.signature(slot.Unit),
	})
	t.sent[slot] = sent{made.ID, made.Version}
	return err
}

func (t *teller) decision(slot report.Slot) report.DecideCommand {
	u, _ := t.tree.Unit(slot.Unit)
	above, _ := t.tree.Unit(u.Parent)
	return report.DecideCommand{Report: t.sent[slot].report, Decider: t.boss(above.ID) + ", Chánh Văn phòng " + above.Name}
}

// cells reports for a committee's cells, for all of them or as a correction for
// most.
func (t *teller) cells(ctx context.Context, tx *ledger.Tx, slot report.Slot, correct bool) error {
	cmd := report.CellsCommand{
		Directive: t.directive, Milestone: slot.Milestone, Committee: slot.Unit, Lang: text.VI, Signature: t.signature(slot.Unit),
		Key: fmt.Sprintf("simulated:%s:cells:%d:%d", slot.Milestone, slot.Unit, bit(correct)),
	}
	for i, u := range t.tree.Children(slot.Unit) {
		if u.Level != "cell" || correct && i%4 == 3 {
			continue
		}
		cmd.Cells = append(cmd.Cells, report.Cell{Unit: u.ID, After: bit(correct), Values: t.values(slot.Milestone, u.Level, tx.Now())})
	}
	_, err := report.ForCells(ctx, tx, t.actor, cmd)
	return err
}

// signature is that of a unit's secretary, whom nobody is.
func (t *teller) signature(unit tree.UnitID) account.Signature {
	return account.Signature{Name: t.boss(unit), Capacity: account.Capacity{Post: "Bí thư"}, Method: Simulated}
}

// boss is the name of a unit's secretary or chief of office: the same for a year.
func (t *teller) boss(unit tree.UnitID) string {
	name, known := t.bosses[unit]
	if !known {
		name = person(t.random)
		t.bosses[unit] = name
	}
	return name
}
