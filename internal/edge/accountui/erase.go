package accountui

import (
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
)

// offerErasure shows the form by which the personal data of somebody who left is
// erased, on the page of an account that is disabled and has some left.
func (s *Screens) offerErasure(r *web.Request, page *personPage, form *web.Form) error {
	if !page.MayAll || page.IsMyself || page.Disabled.IsZero() {
		return nil
	}
	found, err := account.FindTraces(r.Context(), s.reader(), r.Actor, page.ID, s.config.Elsewhere...)
	if err != nil || len(found.Events) == 0 {
		return err
	}
	if page.Traces, page.Erase = len(found.Events), form; form == nil {
		page.Erase = r.NewForm("erase")
	}
	return nil
}

// erase erases them.
func (s *Screens) erase(r *web.Request) error {
	id, form, err := s.personForm(r, "erase")
	if err != nil {
		return err
	}
	if !form.Checked("sure") {
		err = fault.New(fault.Invalid, "accountui.erase.unsure").At("sure")
	} else {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := account.Erase(r.Context(), tx, r.Actor, account.EraseCommand{Person: id, Reason: form.Text("reason"), Elsewhere: s.config.Elsewhere})
			return err
		})
	}
	if fault.Is(err, fault.Conflict) {
		return err // the page of an account that works has no such form
	}
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderPerson(r, id, status, personForms{erase: form})
	}
	r.Notice("accountui.erase.done")
	return r.See(personPath(r))
}
