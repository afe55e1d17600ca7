package briefingui

import (
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// remind reminds the sites that have not answered.
func (s *Screens) remind(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if _, err := r.Posted("remind"); err != nil {
		return err
	}
	var units []tree.UnitID
	err = r.Update(func(tx *ledger.Tx) (err error) {
		units, err = briefing.Remind(r.Context(), tx, r.Actor, id)
		return err
	})
	switch {
	case err == nil:
		r.Notice("briefings.remind.done", "n", len(units))
	case fault.Is(err, fault.Conflict):
		r.Notice(fault.All(err)[0].Key)
	default:
		return err
	}
	return r.See(path(id, ""))
}
