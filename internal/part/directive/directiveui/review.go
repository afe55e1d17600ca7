package directiveui

import (
	"fmt"
	"strconv"

	"giaoban/internal/base/text"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// reviewPage is what is read before a directive is signed: all of it, and to
// whom it goes.
type reviewPage struct {
	Form       *web.Form
	Directive  directive.Directive
	Document   directive.Document
	Unit       tree.Unit
	File       fileView
	Reach      []directive.Audience
	Units      int // that it reaches altogether
	Milestones []milestoneView
	Revising   bool
	Changes    []change
	Signing    *web.Signing // nil for who does not sign
	Today      clock.Date
	Past       int // deadlines that have passed already, for levels that have units
}

func (s *screens) showReview(r *web.Request) error {
	return s.renderReview(r, r.NewForm("issue"))
}

// renderReview shows the draft as it would be issued; what keeps it from being
// issued leads back to its form.
func (s *screens) renderReview(r *web.Request, form *web.Form) error {
	w, err := s.write(r)
	if err != nil {
		return err
	}
	err = r.View(func(q store.Querier) error { return directive.Ready(r.Context(), q, r.Actor, w.directive) })
	if len(fault.All(err)) > 0 {
		return r.See(fmt.Sprintf("/directives/%d/edit", w.directive.ID))
	}
	if err != nil {
		return err
	}
	data := s.reviewPage(r, w, form)
	if data.Signing, err = s.signing(r, form, w.directive); err != nil {
		return err
	}
	title := r.T("directives.review.title", "number", data.Document.Number)
	r.Layout().Crumb(r.T("directives.title"), "/directives").
		Crumb(r.T("directives.edit.title", "number", data.Document.Number), fmt.Sprintf("/directives/%d/edit", w.directive.ID)).
		Crumb(title, "").Title = title
	r.Layout().Script("directive/directive.ts").Rail = "/directives"
	return r.RenderStatus(form.Status(), s.review, data)
}

func (s *screens) reviewPage(r *web.Request, w writing, form *web.Form) reviewPage {
	d := w.directive
	unit, _ := r.Actor.Tree.Unit(d.Unit)
	below := directive.LevelsBelow(w.profile, unit.Level)
	data := reviewPage{
		Form: form, Directive: d, Document: d.Draft.Document, Unit: unit, Revising: d.Version > 0,
		Reach: directive.Reach(r.Actor.Tree, below, d.Unit, d.Draft.Document),
		Today: r.Layout().Today(),
	}
	for i := range data.Reach {
		data.Reach[i].Level = named(data.Reach[i].Level)
		data.Units += data.Reach[i].Units
	}
	if w.file != nil {
		data.File = fileView{File: *w.file, Path: fmt.Sprintf("/directives/%d/file?version=draft", d.ID)}
	}
	data.Milestones = milestoneViews(r, w.profile, data.Document)
	for i := range data.Milestones {
		data.Milestones[i].count(data.Reach)
		data.Past += data.Milestones[i].past(data.Today)
	}
	if data.Revising {
		data.Changes = changes(r, w.profile, directive.Changes(d.Document, data.Document))
	}
	return data
}

// signing says how the person signs a draft; nil when the person does not.
func (s *screens) signing(r *web.Request, form *web.Form, d directive.Directive) (*web.Signing, error) {
	if r.Actor.May(access.DirectiveIssue, d.Unit) != nil {
		return nil, nil
	}
	label := r.T("directives.review.issue")
	if d.Version > 0 {
		label = r.T("directives.review.issue.version", "version", d.Version+1)
	}
	signing, err := r.Signing(form, "issue", label)
	return &signing, err
}

// issue signs the draft. With no signing window open, the password is asked for
// in the same step.
func (s *screens) issue(r *web.Request) error {
	form, err := r.Posted("issue")
	if err != nil {
		return err
	}
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var d directive.Directive
	err = r.View(func(q store.Querier) error {
		d, err = directive.Read(r.Context(), q, r.Actor, id)
		return err
	})
	if err != nil {
		return err
	}
	revision, _ := strconv.ParseInt(form.Raw("revision"), 10, 64) // none is none that was read
	written := d.Draft != nil
	signature, err := s.sign(r, form, d.Unit)
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			publish := directive.Issue
			if form.Raw("version") != "0" {
				publish = directive.Revise
			}
			d, err = publish(r.Context(), tx, r.Actor, directive.IssueCommand{
				Directive: id, Revision: revision, Signature: signature,
			})
			return err
		})
	}
	if done, failed := r.Asked(err); done {
		return failed
	} else if failed != nil {
		err = failed
	}
	if err != nil && written {
		return s.refuse(r, form, err)
	}
	if err != nil {
		return err
	}
	r.Notice("directives.issued", "number", d.Document.Number, "version", d.Version)
	return r.See(fmt.Sprintf("/directives/%d", id))
}

// refuse shows the page again with what keeps the draft from being signed. Who
// typed wrong passwords too often has to wait, and reads so here.
func (s *screens) refuse(r *web.Request, form *web.Form, err error) error {
	if fault.Is(err, fault.Unavailable) {
		form.Errors = append(form.Errors, fault.All(err)...)
		return s.renderReview(r, form)
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderReview(r, form)
}

// sign gives the person's signature at a unit.
func (s *screens) sign(r *web.Request, form *web.Form, unit tree.UnitID) (account.Signature, error) {
	if err := r.Actor.May(access.DirectiveIssue, unit); err != nil {
		return account.Signature{}, err
	}
	var post string
	err := r.View(func(q store.Querier) (err error) {
		post, err = org.PostTitle(r.Context(), q, r.Actor.Person, unit)
		return err
	})
	if err != nil {
		return account.Signature{}, err
	}
	return r.Sign(form, account.As(r.Actor, access.DirectiveIssue, unit, text.Capital(post)))
}
