package remindui

import (
	"fmt"
	"strconv"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/remind"
)

// listPage is what a person was reminded of.
type listPage struct {
	Rows   []view
	Unread int
	To     int64 // the newest
	Mailed bool  // the person gets mail
	Mails  bool  // the program sends some
	Form   *web.Form
}

// view is a reminder in words.
type view struct {
	remind.Reminder
	Title, Small, Sign, Word string
}

// Path is where it is opened.
func (v view) Path() string { return "/reminders/" + strconv.FormatInt(v.ID, 10) }

func (s *screens) showList(r *web.Request) error {
	page := listPage{Mails: s.Config.Mailed, Form: r.NewForm("reminders")}
	err := r.View(func(q store.Querier) error {
		list, err := remind.Of(r.Context(), q, r.Actor)
		if err != nil {
			return err
		}
		if page.Mailed, err = remind.Mailed(r.Context(), q, r.Actor.Person); err != nil {
			return err
		}
		names := remind.NewNames(q, r.Actor.Tree)
		for _, one := range list {
			v, err := viewOf(r, names, one)
			if err != nil {
				return err
			}
			page.Rows = append(page.Rows, v)
			page.To = max(page.To, one.ID)
			if !one.Read {
				page.Unread++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title = r.T("reminders.title")
	layout.Crumb(r.T("reminders.title"), "")
	return r.Render(s.list, page)
}

func viewOf(r *web.Request, names *remind.Names, one remind.Reminder) (view, error) {
	n, err := names.Of(r.Context(), one, r.Lang)
	if err != nil {
		return view{}, err
	}
	today := clock.DateOf(r.Now(), r.Zone())
	v := view{Reminder: one, Title: r.T(n.Key, n.Args...), Small: n.Unit, Sign: "soon", Word: text.Remaining(r.Lang, one.Deadline, today)}
	if n.About != "" {
		v.Small += " · " + n.About
	}
	if one.Deadline < today {
		v.Sign = "late"
	}
	return v, nil
}

// open leads to what a reminder is about.
func (s *screens) open(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var one remind.Reminder
	err = r.Update(func(tx *ledger.Tx) (err error) {
		one, err = remind.Open(r.Context(), tx, r.Actor, id)
		return err
	})
	if err != nil {
		return err
	}
	return r.See(pathOf(one))
}

// pathOf is the page on which something is done about it.
func pathOf(one remind.Reminder) string {
	switch one.What {
	case remind.Difficulty:
		return fmt.Sprintf("/difficulties/%d", one.About)
	case remind.Invitation:
		return fmt.Sprintf("/briefings/%d", one.About)
	case remind.Task:
		if one.Stage == remind.Above {
			return fmt.Sprintf("/tasks/%d", one.About)
		}
		return fmt.Sprintf("/tasks/%d/units/%d", one.About, one.Unit)
	case remind.Acknowledge:
		return fmt.Sprintf("/directives/%d?unit=%d", one.Directive, one.Unit)
	case remind.Receipts:
		return fmt.Sprintf("/directives/%d/receipts?unit=%d&open=1", one.Directive, one.Unit)
	case remind.Below:
		return latePath(one.Directive, one.Milestone, one.Level, one.Unit)
	case remind.Cells:
		return fmt.Sprintf("/cells/%d/%s/%d", one.Directive, one.Milestone, one.Unit)
	}
	return fmt.Sprintf("/report/%d/%s/%d", one.Directive, one.Milestone, one.Unit)
}

func (s *screens) readAll(r *web.Request) error {
	form, err := r.Posted("reminders")
	if err != nil {
		return err
	}
	to, err := strconv.ParseInt(form.Text("to"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "remind.not-found")
	}
	if err := r.Update(func(tx *ledger.Tx) error { return remind.ReadAll(r.Context(), tx, r.Actor, to) }); err != nil {
		return err
	}
	return r.See("/reminders")
}

func (s *screens) setMailed(r *web.Request) error {
	form, err := r.Posted("mail")
	if err != nil {
		return err
	}
	mailed := form.Checked("mailed")
	if err := r.Update(func(tx *ledger.Tx) error { return remind.SetMailed(r.Context(), tx, r.Actor, mailed) }); err != nil {
		return err
	}
	r.Notice("reminders.saved")
	return r.See("/reminders")
}

func unread(r *web.Request) (n int, err error) {
	err = r.View(func(q store.Querier) (err error) {
		n, err = remind.Unread(r.Context(), q, r.Actor)
		return err
	})
	return n, err
}

// unread answers the script of the bell.
func (s *screens) unread(r *web.Request) error {
	n, err := unread(r)
	if err != nil {
		return err
	}
	r.Writer.Header().Set("Cache-Control", "no-store")
	return r.JSON(struct {
		Unread int    `json:"unread"`
		Shown  string `json:"shown"`
	}{n, text.Number(r.Lang, int64(n))})
}
