package reportui

import (
	"net/http"
	"strconv"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// send takes the form: kept as a draft, or signed and submitted, by the button
// that was pressed.
func (s *Screens) send(r *web.Request) error {
	page, err := s.posted(r)
	if err != nil {
		return err
	}
	if page.Form.Values.Get("act") == "sign" {
		return s.submit(r, page)
	}
	draft, err := s.save(r, page)
	if err != nil {
		return s.again(r, page, err)
	}
	r.Notice("reportui.saved-at", "time", text.TimeOfDay(draft.SavedAt, r.Zone()))
	return r.See(page.Path())
}

// posted reads the sent form and what its page needs.
func (s *Screens) posted(r *web.Request) (formPage, error) {
	slot, err := slotOf(r)
	if err != nil {
		return formPage{}, err
	}
	var page formPage
	if page.Form, err = r.Posted("report"); err != nil {
		return formPage{}, err
	}
	return page, r.View(func(q store.Querier) (err error) {
		if page.place, err = placeOf(r, q, slot); err != nil {
			return err
		}
		page.Draft, _, err = report.DraftOf(r.Context(), q, slot)
		return err
	})
}

func (s *Screens) submit(r *web.Request, page formPage) error {
	signature, err := s.signSlot(r, page.Form, page.Slot)
	if err != nil {
		return s.again(r, page, err)
	}
	revision, after, lang := base(page.Form, r.Lang)
	var sent report.Report
	err = r.Update(func(tx *ledger.Tx) (err error) {
		sent, err = report.Submit(r.Context(), tx, r.Actor, report.SubmitCommand{
			Slot: page.Slot, Key: page.Form.Key, Revision: revision, After: after,
			Values: typed(page.Milestone, page.Form), Lang: lang, Marks: marksOf(page.Form), Signature: signature,
		})
		return err
	})
	if done, failed := r.Asked(err); done {
		return failed
	} else if failed != nil {
		return s.again(r, page, failed)
	}
	r.Notice("reportui.sent", "unit", page.Parent.Name)
	return r.See("/report/" + strconv.FormatInt(sent.ID, 10))
}

func (s *Screens) save(r *web.Request, page formPage) (draft report.Draft, err error) {
	revision, after, lang := base(page.Form, r.Lang)
	err = r.Update(func(tx *ledger.Tx) (err error) {
		draft, err = report.SaveDraft(r.Context(), tx, r.Actor, report.SaveCommand{
			Slot: page.Slot, Key: page.Form.Key, Revision: revision, After: after,
			Values: typed(page.Milestone, page.Form), Lang: lang,
		})
		return err
	})
	return draft, err
}

// again shows the form with what was typed and what is wrong with it.
func (s *Screens) again(r *web.Request, page formPage, err error) error {
	if overtaken := asOvertaken(err); overtaken != nil {
		s.compare(r, &page, overtaken)
		return s.renderForm(r, page, http.StatusConflict)
	}
	if err := page.Form.Refused(prefixed(err, fieldPrefix)); err != nil {
		return err
	}
	return s.renderForm(r, page, page.Form.Status())
}

// marksOf reads how secret and how urgent the report is.
func marksOf(form *web.Form) marking.Marks {
	return marking.Marks{Secrecy: marking.Secrecy(form.Text("secrecy")), Urgency: marking.Urgency(form.Text("urgency"))}
}

// prefixed moves errors at indicators to the fields of the form.
func prefixed(err error, prefix string) error {
	list := fault.All(err)
	if len(list) == 0 || !fault.Is(err, fault.Invalid) {
		return err
	}
	moved := make(fault.List, len(list))
	for i, f := range list {
		moved[i] = f
		if f.Field != "" && f.Field != "password" && f.Field != "passkey" && f.Field != "secrecy" && f.Field != "urgency" {
			moved[i] = f.At(prefix + f.Field)
		}
	}
	return moved
}

// kept is what the form's script gets after saving a draft.
type kept struct {
	Key      string `json:"key"`
	Revision int64  `json:"revision"`
	Saved    string `json:"saved"` // as shown: "Đã lưu nháp 08:42"
	At       string `json:"at"`    // the moment
}

// autosave keeps the form as a draft while somebody writes it.
func (s *Screens) autosave(r *web.Request) error {
	page, err := s.posted(r)
	if err != nil {
		return err
	}
	draft, err := s.save(r, page)
	if err != nil {
		return err
	}
	return r.JSON(keptOf(r, draft))
}
