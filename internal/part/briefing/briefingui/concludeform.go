package briefingui

import (
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/conclusion"
)

func key(id tree.UnitID) string { return strconv.FormatInt(int64(id), 10) }

// conclusionForm is the form with a conclusion in it, or an empty one.
func conclusionForm(r *web.Request, c conclusion.Conclusion) *web.Form {
	form := r.NewForm("conclusion")
	if c.ID == 0 {
		return form.Set("way", string(conclusion.OfLevel)).Set("percent", 50).Set("compare", string(conclusion.Under))
	}
	form.Set("id", c.ID).Set("revision", c.Revision).Set("title", c.Title).Set("text", c.Text).Set("way", string(c.To.Way)).Set("level", c.To.Level).
		Set("compare", string(c.To.Compare)).Set("percent", c.To.Percent).Set("done", c.Milestone).Set("verifier", int64(c.Verifier))
	form.Set("deadline", c.Deadline)
	if c.To.Milestone != "" {
		form.Set("figure", c.To.Milestone+"/"+c.To.Counted)
	}
	for _, unit := range c.To.Units {
		form.Values.Add("units", key(unit))
	}
	return form
}

// conclusionCommand reads the form.
func conclusionCommand(form *web.Form) conclusion.WriteCommand {
	cmd := conclusion.WriteCommand{
		ID: number(form, "id"), Revision: number(form, "revision"), Key: form.Key, Title: form.Text("title"), Text: form.Lines("text"),
		Deadline: form.Date("deadline"), Milestone: form.Text("done"), Verifier: tree.UnitID(number(form, "verifier")),
		To: conclusion.Assignees{Way: conclusion.Way(form.Text("way"))},
	}
	switch cmd.To.Way {
	case conclusion.Named:
		for _, typed := range form.All("units") {
			id, _ := strconv.ParseInt(typed, 10, 64) // none is below nobody, and refused
			cmd.To.Units = append(cmd.To.Units, tree.UnitID(id))
		}
	case conclusion.Condition:
		cmd.To.Milestone, cmd.To.Counted, _ = strings.Cut(form.Text("figure"), "/")
		cmd.To.Compare = conclusion.Compare(form.Text("compare"))
		if n, ok := form.Whole("percent"); ok {
			cmd.To.Percent = int(min(max(n, -1), 101))
		}
		fallthrough
	case conclusion.OfLevel:
		cmd.To.Level = form.Text("level")
	}
	return cmd
}

func (s *Screens) writeConclusion(r *web.Request) error {
	b, form, err := s.concludes(r)
	if err != nil {
		return err
	}
	cmd := conclusionCommand(form)
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := conclusion.Write(r.Context(), tx, r.Actor, b.Meeting(), cmd)
			return err
		})
		if err == nil {
			r.Notice("briefings.conclusion.kept")
			return r.See(path(b.ID, "/minutes#conclusions"))
		}
		if err := form.Refused(atConclusion(err)); err != nil {
			return err
		}
	}
	if fault.Is(err, fault.Conflict) { // the new version is read beside what was typed
		if now, err := s.revisionOf(r, cmd.ID); err == nil {
			form.Set("revision", now)
		}
	}
	return s.renderMinutes(r, b, nil, form)
}

// atConclusion moves errors to the fields of the form.
func atConclusion(err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	var moved fault.List
	for _, f := range fault.All(err) {
		switch f.Field {
		case "to":
			f = f.At("way")
		case "milestone":
			f = f.At("done")
		}
		moved = append(moved, f)
	}
	return moved
}

func (s *Screens) revisionOf(r *web.Request, id int64) (revision int64, err error) {
	err = r.View(func(q store.Querier) error {
		c, err := conclusion.Get(r.Context(), q, id)
		revision = c.Revision
		return err
	})
	return revision, err
}

// concludes reads a form about conclusions, for whoever works in the host's office.
func (s *Screens) concludes(r *web.Request) (seated, *web.Form, error) {
	b, err := s.sit(r)
	if err != nil {
		return b, nil, err
	}
	if err := r.Actor.May(access.BriefingCall, b.Unit); err != nil {
		return b, nil, err
	}
	form, err := r.Posted("conclusion")
	return b, form, err
}
