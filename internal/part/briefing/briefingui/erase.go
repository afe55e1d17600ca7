package briefingui

import (
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// erasePage is where the name of somebody without an account is erased from what
// sites said.
type erasePage struct {
	Form  *web.Form
	Units []web.Option // whose accounts the person manages
}

func (s *Screens) showErase(r *web.Request) error { return s.renderErase(r, r.NewForm("erase")) }

func (s *Screens) renderErase(r *web.Request, form *web.Form) error {
	data := erasePage{Form: form}
	name := names(r.Actor.Tree)
	for _, unit := range r.Actor.Units(access.AccountManage) {
		data.Units = append(data.Units, web.Option{Value: strconv.Itoa(int(unit)), Label: name(unit)})
	}
	title := r.T("briefings.erase")
	layout := r.Layout()
	layout.Crumb(r.T("briefings.title"), "/briefings").Crumb(title, "").Title = title
	layout.Rail = "/briefings"
	return r.RenderStatus(form.Status(), s.erase, data)
}

func (s *Screens) eraseName(r *web.Request) error {
	form, err := r.Posted("erase")
	if err != nil {
		return err
	}
	unit, _ := form.Whole("unit")
	if !form.Checked("sure") {
		form.Wrong(fault.New(fault.Invalid, "briefings.erase.unsure").At("sure"))
	}
	if form.OK() {
		var done briefing.ErasedName
		err := r.Update(func(tx *ledger.Tx) (err error) {
			cmd := briefing.EraseCommand{Unit: tree.UnitID(unit), Name: form.Text("name"), Reason: form.Text("reason")}
			done, err = briefing.EraseName(r.Context(), tx, r.Actor, cmd)
			return err
		})
		if err == nil {
			r.Notice("briefings.erase.done", "n", done.Sites, "signed", done.Signed)
			return r.See("/briefings/erase")
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderErase(r, form)
}
