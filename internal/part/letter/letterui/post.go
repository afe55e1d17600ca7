package letterui

import (
	"context"
	"net/http"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/letter"
)

// postPage is how the mail server and the outbox stand.
type postPage struct {
	letter.Tally
	Carried bool
	Server  string
	Word    string // why letters wait; "" where none does in vain
	Form    *web.Form
}

// trying is how long the mail server may take for a letter by which it is tried.
const trying = 20 * time.Second

func (s *Screens) showPost(r *web.Request) error {
	form := r.NewForm("post")
	return s.renderPost(r, form, http.StatusOK)
}

func (s *Screens) renderPost(r *web.Request, form *web.Form, status int) error {
	if err := runs(r); err != nil {
		return err
	}
	page := postPage{Carried: s.carried, Form: form}
	if s.carried {
		page.Server = s.courier.Address()
	}
	err := r.View(func(q store.Querier) (err error) {
		page.Tally, err = letter.Count(r.Context(), q)
		return err
	})
	if err != nil {
		return err
	}
	if page.Why != letter.NoTrouble {
		page.Word = r.T("letterui.why." + string(page.Why))
	}
	layout := r.Layout()
	layout.Title, layout.Narrow, layout.Rail = r.T("letterui.post"), true, "/settings"
	layout.Crumb(r.T("letterui.settings"), "/settings").Crumb(r.T("letterui.post"), "")
	return r.RenderStatus(status, s.post, page)
}

// runs refuses whoever does not run the system.
func runs(r *web.Request) error {
	root, _ := r.Actor.Tree.Root()
	return r.Actor.May(access.SystemRun, root.ID)
}

// try sends a letter to whoever asks for it, at once and beside the outbox.
func (s *Screens) try(r *web.Request) error {
	form, err := r.Posted("post")
	if err != nil {
		return err
	}
	if err := runs(r); err != nil {
		return err
	}
	address, err := s.tried(r)
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderPost(r, form, form.Status())
	}
	r.Notice("letterui.tried", "address", address)
	return r.See("/settings/mail")
}

func (s *Screens) tried(r *web.Request) (address string, err error) {
	if !s.carried {
		return "", fault.New(fault.Unavailable, "letterui.none")
	}
	var p account.Person
	err = r.View(func(q store.Querier) (err error) {
		p, err = account.Find(r.Context(), q, r.Actor.Person)
		return err
	})
	if err != nil {
		return "", err
	}
	if p.Email == "" {
		return "", fault.New(fault.Invalid, "letterui.try.no-address")
	}
	ctx, cancel := context.WithTimeout(r.Context(), trying)
	defer cancel()
	if why, said := s.courier.Try(ctx, p); why != letter.NoTrouble {
		return "", fault.New(fault.Invalid, "letterui.try.failed", "why", r.T("letterui.why."+string(why)), "said", said)
	}
	return p.Email, nil
}
