package briefingui

import (
	"fmt"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
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
	HeadOpen bool  // the letterhead lacks something or was refused
	Writes   bool
	Replay   bool         // there is a recording to watch
	Signing  *web.Signing // nil for who does not sign
	Register inRegister
	Reports  bool // the person may write of it for the public

	Concluded concluded
}

// inRegister is the minutes as the register of the host's office has them.
type inRegister struct {
	register.Paper      // the zero one before they are signed
	Kept           bool // the profile has minutes numbered by the register
	Reads          bool // the person may read the register
	Issues         bool // and may issue them now
	Outside        bool // and have them signed outside the program
	Program        bool // they may be signed in it
}

// Waits says that they were put up to be signed outside.
func (in inRegister) Waits() bool { return in.Outside && in.State == register.Drafted }

func (p *minutesPage) readRegister(r *web.Request, q store.Querier) error {
	in := &p.Register
	var kind profile.PaperKind
	var err error
	if kind, in.Kept, err = briefing.MinutesWays(r.Context(), q); err != nil {
		return err
	}
	in.Program = !in.Kept || kind.Signs(profile.InProgram)
	in.Outside = (kind.Signs(profile.OnPaper) || kind.Signs(profile.InPDF)) && p.State == briefing.Ended && p.Minutes.Revision > 0 &&
		!p.Minutes.Signed() && r.Actor.May(access.PaperDraft, p.Unit) == nil
	in.Reads = r.Actor.May(access.PaperRead, p.Unit) == nil
	if in.Paper, _, err = briefing.MinutesInRegister(r.Context(), q, p.ID); err != nil {
		return err
	}
	in.Issues = in.Kept && p.Minutes.Signed() && in.State != register.Issued && in.State != register.Cancelled && r.Actor.May(access.PaperNumber, p.Unit) == nil
	return nil
}

func (s *Screens) showMinutes(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	return s.renderMinutes(r, b, nil, nil)
}

// renderMinutes shows the minutes, and the conclusions beside them, with the forms that
// came back, or fresh ones.
func (s *Screens) renderMinutes(r *web.Request, b seated, sent, concluding *web.Form) error {
	data := minutesPage{seated: b, Form: sent}
	var head briefing.Letterhead
	err := r.View(func(q store.Querier) (err error) {
		if data.Minutes, data.Record, err = b.readMinutes(r, q); err != nil {
			return err
		}
		if data.Replay, err = b.replayable(r, q); err != nil {
			return err
		}
		if err = data.readRegister(r, q); err != nil {
			return err
		}
		if head, err = b.letterhead(r, q, data.Minutes); err != nil {
			return err
		}
		if data.Concluded, err = s.conclusionsOf(r, q, b); err != nil {
			return err
		}
		return data.Concluded.open(r, q, concluding)
	})
	if err != nil {
		return err
	}
	data.Present, data.Late, data.Excused, data.Absent = data.Record.Counted()
	data.Writes = b.Seat.Prepares && !data.Minutes.Signed() && (b.State == briefing.Open || b.State == briefing.Ended)
	if data.Form == nil {
		data.Form = beginning(r, data.Minutes, data.Record, head)
	}
	data.Reports = b.State == briefing.Ended && r.Actor.May(access.NewsWrite, b.Unit) == nil
	data.HeadOpen = !data.Form.Has("place") || !data.Form.OK()
	for i := range briefing.MostSections {
		if !data.Form.Values.Has(fmt.Sprintf("section.%d.title", i)) {
			break
		}
		data.Sections = append(data.Sections, i)
	}
	if data.Register.Program && b.Seat.Chair && b.State == briefing.Ended && !data.Minutes.Signed() && data.Minutes.Revision > 0 {
		signing, err := r.Signing(data.Form, "sign", r.T("briefings.minutes.sign"))
		if err != nil {
			return err
		}
		data.Signing = &signing
	}
	b.frame(r, r.T("briefings.minutes"))
	r.Layout().Script("briefing/briefing.ts")
	return r.RenderStatus(max(data.Form.Status(), data.Concluded.Form.Status()), s.minutes, data)
}

// readMinutes reads the minutes and the record that they stand on. Until the chair
// has signed, the text is of those alone who write it and lead the meeting.
func (b seated) readMinutes(r *web.Request, q store.Querier) (m briefing.Minutes, record briefing.Record, err error) {
	if m, err = briefing.MinutesOf(r.Context(), q, b.ID); err != nil {
		return m, record, err
	}
	if m.Signed() {
		return m, *m.Body.Record, nil
	}
	if !b.Seat.Prepares && !b.Seat.Presides() {
		m = briefing.Minutes{}
	}
	record, err = briefing.RecordOf(r.Context(), q, r.Actor.Tree, b.Briefing, r.Now())
	return m, record, err
}

// letterhead is the minutes' head: as it was written, or as the office's last had it,
// or as the tree and custom have it.
func (b seated) letterhead(r *web.Request, q store.Querier, m briefing.Minutes) (briefing.Letterhead, error) {
	if m.Revision > 0 {
		return m.Body.Letterhead, nil
	}
	head, err := briefing.LastLetterhead(r.Context(), q, b.Unit)
	if err != nil {
		return head, err
	}
	if host, ok := r.Actor.Tree.Unit(b.Unit); ok && head.Issuer == "" {
		head.Issuer, head.Above = host.Name, names(r.Actor.Tree)(host.Parent)
	}
	if head.Recipients == nil {
		head.Recipients = []string{r.T("briefings.minutes.to-sites"), r.T("briefings.minutes.to-office")}
	}
	return head, nil
}

// beginning is the form as the secretary finds it: what was written, or one section
// for each item that was spoken to.
func beginning(r *web.Request, m briefing.Minutes, record briefing.Record, head briefing.Letterhead) *web.Form {
	form := r.NewForm("minutes")
	form.Set("revision", m.Revision)
	sections := m.Body.Sections
	if m.Revision == 0 {
		for _, item := range record.Items {
			sections = append(sections, briefing.Section{Title: item.Title})
		}
		sections = append(sections, briefing.Section{Title: r.T("briefings.minutes.conclusion")})
	}
	form.Set("above", head.Above).Set("issuer", head.Issuer).Set("number", head.Number).Set("place", head.Place)
	form.Set("recipients", strings.Join(head.Recipients, "\n"))
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

// letterhead reads the form's letterhead.
func letterhead(form *web.Form) briefing.Letterhead {
	head := briefing.Letterhead{Above: form.Text("above"), Issuer: form.Text("issuer"), Number: form.Text("number"), Place: form.Text("place")}
	for line := range strings.Lines(form.Lines("recipients")) {
		if line = strings.Trim(line, " \t\n-;."); line != "" {
			head.Recipients = append(head.Recipients, line)
		}
	}
	return head
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
		return s.renderMinutes(r, b, form, nil)
	}
	revision, _ := strconv.ParseInt(form.Raw("revision"), 10, 64) // 0 for none
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := briefing.WriteMinutes(r.Context(), tx, r.Actor, b.ID, revision, briefing.Body{Letterhead: letterhead(form), Sections: sections(form)})
		return err
	})
	if err == nil {
		r.Notice("briefings.minutes.kept")
		return r.See(path(b.ID, "/minutes"))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderMinutes(r, b, form, nil)
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
	written := written(r, b)
	written.Errors = fresh.Errors
	return s.renderMinutes(r, b, written, nil)
}

// written is the form of the minutes as they are kept.
func written(r *web.Request, b seated) *web.Form {
	var m briefing.Minutes
	err := r.View(func(q store.Querier) (err error) {
		m, err = briefing.MinutesOf(r.Context(), q, b.ID)
		return err
	})
	if err != nil {
		m = briefing.Minutes{} // the page that follows reads it again and says so
	}
	return beginning(r, m, briefing.Record{}, m.Body.Letterhead)
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

// draftMinutes has minutes wait in the register to be signed outside the program.
func (s *Screens) draftMinutes(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.PaperDraft, b.Unit); err != nil {
		return err
	}
	form, err := r.Posted("minutes")
	if err != nil {
		return err
	}
	var p register.Paper
	err = r.Update(func(tx *ledger.Tx) (err error) {
		p, err = briefing.DraftMinutes(r.Context(), tx, r.Actor, b.ID)
		return err
	})
	if err == nil {
		return r.See(fmt.Sprintf("/papers/%d#outside", p.ID))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderMinutes(r, b, form, nil)
}

// issueMinutes has the clerk give signed minutes their number and issue them.
func (s *Screens) issueMinutes(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.PaperNumber, b.Unit); err != nil {
		return err
	}
	form, err := r.Posted("minutes")
	if err != nil {
		return err
	}
	var p register.Paper
	err = r.Update(func(tx *ledger.Tx) (err error) {
		p, err = briefing.IssueMinutes(r.Context(), tx, r.Actor, b.ID)
		return err
	})
	if err == nil {
		r.Notice("briefings.minutes.is-issued", "number", p.NumberText)
		return r.See(path(b.ID, "/minutes"))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderMinutes(r, b, form, nil)
}
