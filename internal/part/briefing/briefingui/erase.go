package briefingui

import (
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// erasePage is where the name of somebody without an account is erased from what
// sites said.
type erasePage struct {
	Form  *web.Form
	Units []web.Option // whose accounts the person manages
	Scans []scan       // of those units' sites and the ones below
}

// scan is a signed sheet, on which a name can be found by looking alone.
type scan struct {
	briefing.SheetAt
	Name string
	Path string // to the sheet; "" for whoever may not see it
	Site string // where the site sends another in its place; "" for whoever does not act for it
}

func (s *Screens) showErase(r *web.Request) error { return s.renderErase(r, r.NewForm("erase")) }

func (s *Screens) renderErase(r *web.Request, form *web.Form) error {
	data := erasePage{Form: form}
	name := names(r.Actor.Tree)
	for _, unit := range r.Actor.Units(access.AccountManage) {
		data.Units = append(data.Units, web.Option{Value: strconv.Itoa(int(unit)), Label: name(unit)})
		if err := data.scans(r, unit); err != nil {
			return err
		}
	}
	title := r.T("briefings.erase")
	layout := r.Layout()
	layout.Crumb(r.T("briefings.title"), "/briefings").Crumb(title, "").Title = title
	layout.Rail = "/briefings"
	return r.RenderStatus(form.Status(), s.erase, data)
}

// scans adds the sheets of a unit and of those below, each once.
func (p *erasePage) scans(r *web.Request, unit tree.UnitID) error {
	return r.View(func(q store.Querier) error {
		list, err := briefing.SheetsBelow(r.Context(), q, r.Actor.Tree, unit)
		for _, one := range list {
			if slices.ContainsFunc(p.Scans, func(s scan) bool { return s.ID == one.ID }) {
				continue
			}
			row := scan{SheetAt: one, Name: names(r.Actor.Tree)(one.Unit)}
			if briefing.MayReadSheet(r.Actor, one.Briefing, one.Site) == nil {
				row.Path = peoplePath(one.Briefing, one.Site) + "/sheet"
			}
			if r.Actor.May(access.BriefingAttend, one.Unit) == nil {
				row.Site = peoplePath(one.Briefing, one.Site)
			}
			p.Scans = append(p.Scans, row)
		}
		return err
	})
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
