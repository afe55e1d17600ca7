package briefingui

import (
	"fmt"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// noticePage is a notice of conclusions, being prepared, signed, numbered or issued.
type noticePage struct {
	seated
	Base        string // of the notice; of all notices for one that is not made yet
	Form        *web.Form
	Notice      conclusion.Notice // the zero one while it is not made yet
	Rows        []conclusionRow
	Drafts      bool         // the person may initial it
	Frees       bool         // its number was cancelled, and the person may free what it holds for another notice
	Numbers     bool         // and give its number
	Signing     *web.Signing // nil for who does not sign
	Authorities []web.Option // in whose name the person may sign
	Ways        profile.PaperKind
}

// Outside says that the profile has notices signed outside the program, too.
func (p noticePage) Outside() bool {
	return p.Ways.Signs(profile.OnPaper) || p.Ways.Signs(profile.InPDF)
}

// mayRead refuses whoever does not read a notice: until it is issued it is the host's
// office's alone.
func (b seated) mayRead(n conclusion.Notice) error {
	if n.IssuedAt.IsZero() && !b.Seat.Prepares {
		return fault.New(fault.NotFound, "conclusion.notice-unknown")
	}
	return nil
}

func (s *Screens) newNotice(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	return s.renderNotice(r, b, 0, nil)
}

func (s *Screens) showNotice(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	id, err := r.ID("notice")
	if err != nil {
		return err
	}
	return s.renderNotice(r, b, id, nil)
}

// renderNotice shows a notice, with the form that came back or a fresh one; 0 for one
// that is not made yet.
func (s *Screens) renderNotice(r *web.Request, b seated, id int64, sent *web.Form) error {
	page := noticePage{seated: b, Base: path(b.ID, "/notices"), Form: sent}
	err := r.View(func(q store.Querier) error { return page.read(r, q, s, id) })
	if err != nil {
		return err
	}
	if page.Form == nil {
		page.Form = r.NewForm("notice").Set("dated", clock.DateOf(r.Now(), r.Zone()))
		if id == 0 {
			if err := page.begin(r, s); err != nil {
				return err
			}
		}
	}
	if len(page.Authorities) > 0 && page.Ways.Signs(profile.InProgram) && page.Notice.Paper.State == register.Drafted {
		signing, err := r.Signing(page.Form, "sign", r.T("briefings.notice.sign"))
		if err != nil {
			return err
		}
		page.Signing = &signing
	}
	b.frame(r, r.T("briefings.notice"))
	r.Layout().Script("briefing/briefing.ts")
	return r.RenderStatus(page.Form.Status(), s.notice, page)
}

func (p *noticePage) read(r *web.Request, q store.Querier, s *Screens, id int64) (err error) {
	if id == 0 {
		if err := r.Actor.May(access.PaperDraft, p.Unit); err != nil {
			return err
		}
		all, err := s.conclusionsOf(r, q, p.seated)
		for _, row := range all.Rows {
			if row.State == conclusion.Approved && row.Notice == 0 {
				p.Rows = append(p.Rows, row)
			}
		}
		return err
	}
	if p.Notice, err = conclusion.NoticeOf(r.Context(), q, p.ID, id); err != nil {
		return err
	}
	if err := p.mayRead(p.Notice); err != nil {
		return err
	}
	p.Base += fmt.Sprintf("/%d", id)
	w, err := s.conclusionWords(r, q, p.seated)
	if err != nil {
		return err
	}
	if p.Rows, err = w.inNotice(id); err != nil {
		return err
	}
	p.Ways, _ = w.rules.PaperKind(p.Notice.Paper.Kind)
	p.Drafts = p.Notice.Paper.State == register.Drafted && r.Actor.May(access.PaperDraft, p.Unit) == nil
	p.Frees = p.Notice.Paper.State == register.Cancelled && len(p.Rows) > 0 && r.Actor.May(access.PaperDraft, p.Unit) == nil
	p.Numbers = r.Actor.May(access.PaperNumber, p.Unit) == nil
	list, err := register.Authorities(r.Context(), q, r.Actor, p.Unit, r.Lang)
	for _, authority := range list {
		label := authority
		if label == "" {
			label = r.T("briefings.notice.own-name")
		}
		p.Authorities = append(p.Authorities, web.Option{Value: authority, Label: label})
	}
	return err
}

// inNotice are the conclusions of a notice in words.
func (w *conclusionWords) inNotice(id int64) (rows []conclusionRow, err error) {
	list, err := conclusion.InNotice(w.r.Context(), w.q, id)
	if err != nil {
		return nil, err
	}
	for _, one := range list {
		row, err := w.row(one)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// begin fills the form of a notice that is not made yet, as the office's minutes had it.
func (p *noticePage) begin(r *web.Request, s *Screens) error {
	var head briefing.Letterhead
	err := r.View(func(q store.Querier) error {
		m, err := briefing.MinutesOf(r.Context(), q, p.ID)
		if err == nil {
			head, err = p.letterhead(r, q, m)
		}
		return err
	})
	if err != nil {
		return err
	}
	p.Form.Set("above", head.Above).Set("issuer", head.Issuer).Set("place", head.Place).Set("recipients", strings.Join(head.Recipients, "\n"))
	p.Form.Set("subject", r.T("briefings.notice.subject-of", "title", p.Title, "chair", p.Chair.Name))
	return nil
}

func (s *Screens) prepareNotice(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.PaperDraft, b.Unit); err != nil {
		return err
	}
	form, err := r.Posted("notice")
	if err != nil {
		return err
	}
	head := letterhead(form)
	var n conclusion.Notice
	err = r.Update(func(tx *ledger.Tx) (err error) {
		n, err = conclusion.Prepare(r.Context(), tx, r.Actor, b.Meeting(), conclusion.PrepareCommand{Key: form.Key, Head: conclusion.Head{
			Above: head.Above, Issuer: head.Issuer, Place: head.Place, Recipients: head.Recipients, Subject: form.Text("subject"),
		}})
		return err
	})
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderNotice(r, b, 0, form)
	}
	return r.See(path(b.ID, fmt.Sprintf("/notices/%d", n.ID)))
}

// noticeActs are what is done about a notice, by the name in the address.
var noticeActs = map[string]func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error{
	"initial": func(r *web.Request, tx *ledger.Tx, b seated, id int64, _ *web.Form) error {
		return conclusion.InitialNotice(r.Context(), tx, r.Actor, b.Meeting(), id)
	},
	"number": func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error {
		n, err := conclusion.NoticeOf(r.Context(), tx, b.ID, id)
		if err != nil {
			return err
		}
		_, err = register.Number(r.Context(), tx, r.Actor, register.NumberCommand{Paper: n.Paper.ID, Dated: form.Date("dated")})
		return err
	},
	"return": func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error {
		n, err := conclusion.NoticeOf(r.Context(), tx, b.ID, id)
		if err != nil {
			return err
		}
		_, err = register.Return(r.Context(), tx, r.Actor, n.Paper.ID, form.Lines("reason"))
		return err
	},
	"discard": func(r *web.Request, tx *ledger.Tx, b seated, id int64, _ *web.Form) error {
		return conclusion.DiscardNotice(r.Context(), tx, r.Actor, b.Meeting(), id)
	},
	"issue": func(r *web.Request, tx *ledger.Tx, b seated, id int64, _ *web.Form) error {
		return conclusion.IssueNotice(r.Context(), tx, r.Actor, b.Meeting(), id)
	},
}

// actOnNotice does something about a notice.
func (s *Screens) actOnNotice(r *web.Request) error {
	b, id, form, err := s.noticeForm(r)
	if err != nil {
		return err
	}
	act, known := noticeActs[r.PathValue("act")]
	if !known {
		return fault.New(fault.NotFound, "web.not-found")
	}
	err = r.Update(func(tx *ledger.Tx) error { return act(r, tx, b, id, form) })
	if err == nil {
		return r.See(path(b.ID, fmt.Sprintf("/notices/%d", id)))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderNotice(r, b, id, form)
}

// noticeForm reads a form about a notice that the person may read.
func (s *Screens) noticeForm(r *web.Request) (b seated, id int64, form *web.Form, err error) {
	if b, err = s.sit(r); err != nil {
		return b, 0, nil, err
	}
	if id, err = r.ID("notice"); err != nil {
		return b, 0, nil, err
	}
	err = r.View(func(q store.Querier) error {
		n, err := conclusion.NoticeOf(r.Context(), q, b.ID, id)
		if err != nil {
			return err
		}
		return b.mayRead(n)
	})
	if err != nil {
		return b, 0, nil, err
	}
	form, err = r.Posted("notice")
	return b, id, form, err
}

// signNotice signs a notice that was read, under an authority.
func (s *Screens) signNotice(r *web.Request) error {
	b, id, form, err := s.noticeForm(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.PaperSign, b.Unit); err != nil {
		return err
	}
	signature, err := s.paperSignature(r, form, b)
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			return conclusion.SignNotice(r.Context(), tx, r.Actor, b.Meeting(), id, form.Text("authority"), signature)
		})
	}
	if done, failed := r.Asked(err); done {
		return failed
	} else if failed != nil {
		err = failed
	}
	if err == nil {
		r.Notice("briefings.notice.is-signed")
		return r.See(path(b.ID, fmt.Sprintf("/notices/%d", id)))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderNotice(r, b, id, form)
}

// paperSignature is the person's signature in the capacity in which papers are signed.
func (s *Screens) paperSignature(r *web.Request, form *web.Form, b seated) (signature account.Signature, err error) {
	var post string
	err = r.View(func(q store.Querier) (err error) {
		post, err = org.PostTitle(r.Context(), q, r.Actor.Person, b.Unit)
		return err
	})
	if err != nil {
		return signature, err
	}
	return r.Sign(form, account.As(r.Actor, access.PaperSign, b.Unit, post))
}

// noticeRow is a notice in the list beside the minutes.
type noticeRow struct {
	conclusion.Notice
	Path, Sign, Word string
}

// noticesOf are the notices of a briefing that the person may read.
func (b seated) noticesOf(r *web.Request, q store.Querier) (rows []noticeRow, err error) {
	list, err := conclusion.Notices(r.Context(), q, b.ID)
	for _, n := range list {
		if b.mayRead(n) != nil {
			continue
		}
		if n.Paper.State == register.Cancelled {
			held, err := conclusion.InNotice(r.Context(), q, n.ID)
			if err != nil {
				return nil, err
			}
			if len(held) == 0 {
				continue // what it held is free for another
			}
		}
		row := noticeRow{Notice: n, Path: path(b.ID, fmt.Sprintf("/notices/%d", n.ID)), Sign: "none", Word: r.T("briefings.notice.state." + string(n.Paper.State))}
		switch n.Paper.State {
		case register.Signed, register.Numbered:
			row.Sign = "waiting"
		case register.Issued:
			row.Sign, row.Word = "done", r.T("briefings.notice.state.issued-on", "number", n.Paper.NumberText, "day", text.Date(r.Lang, n.Paper.Dated))
		}
		rows = append(rows, row)
	}
	return rows, err
}
