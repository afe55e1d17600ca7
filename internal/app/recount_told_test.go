package app_test

import (
	"strconv"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
)

// tell enters on behalf of any unit what it told the centre.
func (h *history) tell() {
	root, _ := h.Tree.Root()
	cmd := report.TellCommand{
		Slot:    report.Slot{Directive: h.id, Milestone: "held", Unit: h.likely(asked).ID},
		Values:  map[string]string{"people": strconv.Itoa(h.random.IntN(100))},
		Telling: report.Telling{By: root.ID, Source: report.Sources[h.random.IntN(len(report.Sources))], Said: "Chị Hoa"}, Lang: text.VI,
	}
	h.try("tell", func(tx *ledger.Tx, actor access.Actor) error {
		_, err := report.Tell(h.Context(), tx, actor, cmd)
		return err
	})
}

// answer withdraws or confirms something that was told.
func (h *history) answer() {
	id, confirm := h.oneOf("provisional"), h.random.IntN(3) > 0
	if id == 0 {
		return
	}
	root, _ := h.Tree.Root()
	h.try(map[bool]string{true: "confirm", false: "withdraw"}[confirm], func(tx *ledger.Tx, actor access.Actor) error {
		if confirm {
			_, err := report.Confirm(h.Context(), tx, actor, report.ConfirmCommand{Report: id, Key: report.NewKey(), Signature: signature})
			return err
		}
		told, err := report.Get(h.Context(), tx, id)
		if err != nil {
			return err
		}
		_, err = report.WithdrawTelling(h.Context(), tx, actor, told.Slot, root.ID)
		return err
	})
}

// stand gives any unit a standing, at the milestone or at all, or ends the one
// that it has.
func (h *history) stand() {
	root, _ := h.Tree.Root()
	milestone, unit := []string{"", "held"}[h.random.IntN(2)], h.any().ID
	standing := []string{"exempt", "postponed", "pilot", "newly-founded"}[h.random.IntN(4)]
	day := clock.DateOf(h.clock.Now(), time.UTC).AddDays(h.random.IntN(60))
	if standing == "exempt" || standing == "newly-founded" {
		day = ""
	}
	if h.random.IntN(3) == 0 {
		h.try("end a standing", func(tx *ledger.Tx, actor access.Actor) error {
			return directive.EndStanding(h.Context(), tx, actor, directive.EndStandingCommand{
				Directive: h.id, Milestone: milestone, Unit: h.standing(unit, milestone), By: root.ID, Signature: signature,
			})
		})
		return
	}
	h.try("stand apart", func(tx *ledger.Tx, actor access.Actor) error {
		_, err := directive.SetStanding(h.Context(), tx, actor, directive.StandingCommand{
			Directive: h.id, Milestone: milestone, Unit: unit, Standing: standing, Until: day,
			Decision: "127-QĐ/TU", Reason: "Sắp xếp", By: root.ID, Signature: signature,
		})
		return err
	})
}

// standing is a unit that stands apart, or else the given one.
func (h *history) standing(otherwise tree.UnitID, milestone string) tree.UnitID {
	h.Helper()
	list := []tree.UnitID{}
	var unit int64
	h.rows(`SELECT unit_id FROM directive_standing WHERE ended_at = 0 AND milestone = $1 ORDER BY id`, []any{&unit}, func() {
		if _, exists := h.Tree.Unit(tree.UnitID(unit)); exists {
			list = append(list, tree.UnitID(unit))
		}
	}, milestone)
	if len(list) == 0 {
		return otherwise
	}
	return list[h.random.IntN(len(list))]
}

// covered says that the history has had acts of every kind.
func (h *history) covered() {
	h.Helper()
	for _, name := range []string{
		"create", "move", "dissolve", "change of level", "merger", "split", "dissolution", "founded again", "planned", "its day came", "cancelled",
		"tighten", "submit", "accept", "return", "tell", "confirm", "withdraw", "stand apart", "end a standing",
	} {
		if h.done[name] == 0 {
			h.Errorf("in all the history there is no %q; the last refusal: %v", name, h.refused)
		}
	}
}
