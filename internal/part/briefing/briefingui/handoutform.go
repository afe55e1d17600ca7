package briefingui

import (
	"io"
	"strconv"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// handOutPage is the form that hands a paper out.
type handOutPage struct {
	seated
	Form    *web.Form
	Items   []web.Option
	Site    string // that hands it out; "" for the host
	Secrecy []web.Option
	Urgency []web.Option
}

// hander is for which unit the person hands out, and for which items: the host's
// office for all, a site for its own.
func (s *Screens) hander(r *web.Request, b seated) (unit tree.UnitID, items []briefing.Item, err error) {
	if err := briefing.MayReadHandouts(r.Actor, b.Briefing, b.Sites); err != nil {
		return 0, nil, err
	}
	err = r.View(func(q store.Querier) (err error) {
		items, err = briefing.Items(r.Context(), q, b.ID)
		return err
	})
	if err != nil || b.Seat.Prepares {
		return b.Unit, items, err
	}
	own, ok := b.own()
	if !ok {
		return 0, nil, fault.New(fault.Forbidden, "access.refused")
	}
	var ours []briefing.Item
	for _, item := range items {
		if item.Site == own.ID {
			ours = append(ours, item)
		}
	}
	return own.Unit, ours, nil
}

func (s *Screens) showHandOut(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	form := r.NewForm("hand-out")
	form.Set("item", r.Query("item"))
	return s.renderHandOut(r, b, form)
}

func (s *Screens) renderHandOut(r *web.Request, b seated, form *web.Form) error {
	unit, items, err := s.hander(r, b)
	if err != nil {
		return err
	}
	data := handOutPage{seated: b, Form: form, Secrecy: r.Secrecies(), Urgency: r.Urgencies()}
	if unit != b.Unit {
		data.Site = names(r.Actor.Tree)(unit)
	} else {
		data.Items = append(data.Items, web.Option{Value: "0", Label: r.T("briefings.handout.whole")})
	}
	for _, item := range items {
		data.Items = append(data.Items, web.Option{Value: strconv.FormatInt(item.ID, 10), Label: item.Title})
	}
	b.frame(r, r.T("briefings.handout.new")).Script("briefing/briefing.ts") // for its style
	return r.RenderStatus(form.Status(), s.handOut, data)
}

// takeHandOut hands a paper out.
func (s *Screens) takeHandOut(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	unit, _, err := s.hander(r, b)
	if err != nil {
		return err
	}
	form, upload, err := s.receive(r, "hand-out")
	if err != nil {
		return err
	}
	var h briefing.Handout
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) (err error) {
			h, err = briefing.HandOut(r.Context(), tx, r.Actor, briefing.HandOutCommand{
				Briefing: b.ID, Item: number(form, "item"), Unit: unit, Title: form.Text("title"), Key: form.Key, Upload: upload, Marks: marksOf(form),
			})
			return err
		})
		if err == nil {
			r.Notice("briefings.handout.given", "title", h.Title)
			return r.See(path(b.ID, "") + "#handouts")
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderHandOut(r, b, form)
}

// replaceHandout takes a new version of a handout.
func (s *Screens) replaceHandout(r *web.Request) error {
	b, h, v, err := s.handoutAt(r)
	if err != nil {
		return err
	}
	if !s.handsOut(b, h) {
		return fault.New(fault.Forbidden, "access.refused")
	}
	form, upload, err := s.receive(r, "replace")
	if err != nil {
		return err
	}
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := briefing.Replace(r.Context(), tx, r.Actor, briefing.ReplaceCommand{
				Briefing: b.ID, Handout: h.ID, Key: form.Key, Upload: upload, Marks: marksOf(form),
			})
			return err
		})
		if err == nil {
			r.Notice("briefings.handout.replaced", "title", h.Title)
			return r.See(handoutPath(h))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderHandout(r, b, h, v, form)
}

// withdrawHandout takes a handout back.
func (s *Screens) withdrawHandout(r *web.Request) error {
	b, h, _, err := s.handoutAt(r)
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return briefing.Withdraw(r.Context(), tx, r.Actor, b.ID, h.ID) })
	if err != nil {
		return err
	}
	r.Notice("briefings.handout.withdrawn", "title", h.Title)
	return r.See(path(b.ID, "") + "#handouts")
}

// receive reads a form with a file, which is taken while it arrives. A form without
// one says so at the field.
func (s *Screens) receive(r *web.Request, id string) (*web.Form, file.Upload, error) {
	var upload file.Upload
	sent := false
	form, err := r.Receive(id, func(field, name string, content io.Reader) (err error) {
		if field != "file" || sent {
			return nil
		}
		sent = true
		upload, err = s.Folder.Take(name, content)
		return err
	})
	if err == nil && !sent {
		form.Wrong(fault.New(fault.Invalid, "briefings.handout.file-needed").At("file"))
	}
	return form, upload, err
}

func marksOf(form *web.Form) marking.Marks {
	return marking.Marks{Secrecy: marking.Secrecy(form.Text("secrecy")), Urgency: marking.Urgency(form.Text("urgency"))}
}
