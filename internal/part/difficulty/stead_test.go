package difficulty_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/difficulty"
)

func TestAnOfficeRaisesInTheSteadOfUnitsBelowAlone(t *testing.T) {
	each(t, func(w world) {
		stead := func(who, office string) (difficulty.Difficulty, error) {
			cmd := w.command("PL")
			cmd.For = w.Units[office]
			return w.try(who, func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
				return difficulty.Raise(w.t.Context(), tx, actor, cmd)
			})
		}
		_, err := stead("officer HN", "HN")
		refused(w.t, "raised by an office beside", err, fault.Invalid)
		_, err = stead("officer PL", "PL")
		refused(w.t, "raised in the own stead", err, fault.Invalid)
		_, err = stead("officer QV", "BN")
		refused(w.t, "raised for another office", err, fault.Forbidden)
		d, err := stead("officer BN", "BN")
		w.OK(err)
		if d.Unit != w.Units["PL"] || d.At != w.Units["BN"] {
			w.t.Errorf("raised for unit %d at %d, want PL at BN", d.Unit, d.At)
		}
		_, err = w.answer("officer BN", d.ID)
		w.OK(err)
		_, err = w.confirm("officer BN", d.ID)
		refused(w.t, "confirmed by the office", err, fault.Forbidden)
		_, err = w.confirm("leader PL", d.ID)
		w.OK(err)
	})
}
