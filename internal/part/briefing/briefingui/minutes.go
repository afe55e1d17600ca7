package briefingui

import (
	"fmt"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
)

// minutesPage is the minutes, being written or signed.
type minutesPage struct {
	seated
	Form     *web.Form
	Minutes  briefing.Minutes
	Record   briefing.Record
	Present  int
	Late     int
	Excused  int
	Absent   int
	Sections []int // numbers of the form's sections
	Writes   bool
	Signing  *web.Signing // nil for who does not sign
}

func (s *Screens) showMinutes(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	return s.renderMinutes(r, b, nil)
}

// renderMinutes shows the minutes with the form that came back, or a fresh one.
func (s *Screens) renderMinutes(r *web.Request, b seated, sent *web.Form) error {
	data := minutesPage{seated: b, Form: sent}
	err := r.View(func(q store.Querier) (err error) {
		if data.Minutes, err = briefing.MinutesOf(r.Context(), q, b.ID); err != nil {
			return err
		}
		if data.Minutes.Signed() {
			data.Record = *data.Minutes.Body.Record
			return nil
		}
		data.Record, err = briefing.RecordOf(r.Context(), q, r.Actor.Tree, b.Briefing, r.Now())
		return err
	})
	if err != nil {
		return err
	}
	data.Present, data.Late, data.Excused, data.Absent = data.Record.Counted()
	data.Writes = b.Seat.Prepares && !data.Minutes.Signed() && (b.State == briefing.Open || b.State == briefing.Ended)
	if data.Form == nil {
		data.Form = s.beginning(r, b, data.Minutes, data.Record)
	}
	for i := range briefing.MostSections {
		if !data.Form.Values.Has(fmt.Sprintf("section.%d.title", i)) {
			break
		}
		data.Sections = append(data.Sections, i)
	}
	if b.Seat.Chair && b.State == briefing.Ended && !data.Minutes.Signed() && data.Minutes.Revision > 0 {
		signing, err := r.Signing(data.Form, "sign", r.T("briefings.minutes.sign"))
		if err != nil {
			return err
		}
		data.Signing = &signing
	}
	b.frame(r, r.T("briefings.minutes"))
	r.Layout().Script("briefing/briefing.ts")
	return r.RenderStatus(data.Form.Status(), s.minutes, data)
}

// beginning is the form as the secretary finds it: what was written, or one section
// for each item that was spoken to.
func (s *Screens) beginning(r *web.Request, b seated, m briefing.Minutes, record briefing.Record) *web.Form {
	form := r.NewForm("minutes")
	form.Set("revision", m.Revision)
	sections := m.Body.Sections
	if m.Revision == 0 {
		for _, item := range record.Items {
			sections = append(sections, briefing.Section{Title: item.Title})
		}
		sections = append(sections, briefing.Section{Title: r.T("briefings.minutes.conclusion")})
	}
	for i, section := range sections {
		form.Values.Set(fmt.Sprintf("section.%d.title", i), section.Title)
		form.Values.Set(fmt.Sprintf("section.%d.text", i), section.Text)
	}
	return form
}

// sections reads the form's sections; those without a word are left out.
func sections(form *web.Form) (list []briefing.Section) {
	for i := range briefing.MostSections + 1 {
		title := fmt.Sprintf("section.%d.title", i)
		if !form.Values.Has(title) {
			return list
		}
		section := briefing.Section{Title: form.Text(title), Text: form.Lines(fmt.Sprintf("section.%d.text", i))}
		if section.Title != "" || section.Text != "" {
			list = append(list, section)
		}
	}
	return list
}

func (s *Screens) writeMinutes(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("minutes")
	if err != nil {
		return err
	}
	if form.Raw("act") == "add" {
		n := 0
		for form.Values.Has(fmt.Sprintf("section.%d.title", n)) {
			n++
		}
		form.Values.Set(fmt.Sprintf("section.%d.title", n), "")
		return s.renderMinutes(r, b, form)
	}
	revision, _ := strconv.ParseInt(form.Raw("revision"), 10, 64) // 0 for none
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := briefing.WriteMinutes(r.Context(), tx, r.Actor, b.ID, revision, sections(form))
		return err
	})
	if err == nil {
		r.Notice("briefings.minutes.kept")
		return r.See(path(b.ID, "/minutes"))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderMinutes(r, b, form)
}

// signMinutes has the chair sign the minutes that were read.
func (s *Screens) signMinutes(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.BriefingCall, b.Unit); err != nil {
		return err
	}
	form, err := r.Posted("minutes")
	if err != nil {
		return err
	}
	revision, _ := strconv.ParseInt(form.Raw("revision"), 10, 64) // none is none that was read
	signature, err := s.signature(r, form, b)
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := briefing.SignMinutes(r.Context(), tx, r.Actor, briefing.SignCommand{Briefing: b.ID, Revision: revision, Signature: signature})
			return err
		})
	}
	if done, failed := r.Asked(err); done {
		return failed
	} else if failed != nil {
		err = failed
	}
	if err == nil {
		r.Notice("briefings.minutes.signed")
		return r.See(path(b.ID, "/minutes"))
	}
	fresh := r.NewForm("minutes")
	if fault.Is(err, fault.Unavailable) {
		fresh.Errors = append(fresh.Errors, fault.All(err)...)
	} else if err := fresh.Refused(err); err != nil {
		return err
	}
	written := s.written(r, b)
	written.Errors = fresh.Errors
	return s.renderMinutes(r, b, written)
}

// written is the form of the minutes as they are kept.
func (s *Screens) written(r *web.Request, b seated) *web.Form {
	var m briefing.Minutes
	err := r.View(func(q store.Querier) (err error) {
		m, err = briefing.MinutesOf(r.Context(), q, b.ID)
		return err
	})
	if err != nil {
		m = briefing.Minutes{} // the page that follows reads it again and says so
	}
	return s.beginning(r, b, m, briefing.Record{})
}

func (s *Screens) signature(r *web.Request, form *web.Form, b seated) (signature account.Signature, err error) {
	var post string
	err = r.View(func(q store.Querier) (err error) {
		post, err = org.PostTitle(r.Context(), q, r.Actor.Person, b.Unit)
		return err
	})
	if err != nil {
		return signature, err
	}
	return r.Sign(form, account.Capacity{Post: post})
}
