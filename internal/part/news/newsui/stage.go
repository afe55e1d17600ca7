package newsui

import (
	"context"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// way is what somebody may do to bring a desk's text to the public.
type way struct {
	Approves bool      // and publishes, whatever its stage
	Ready    bool      // it is approved: the desk publishes it
	HandIn   bool      // it has to be handed in first
	Back     *web.Form // to send it back; nil for who may not
}

// StageIcons are the icons of stages that are told.
func (way) StageIcons() map[news.Stage]string {
	return map[news.Stage]string{
		news.HandedIn: "inbox", news.SentBack: "arrow-back-up", news.Approved: "circle-check", news.Scheduled: "clock", news.Stuck: "alert-triangle",
	}
}

// wayOf says what the person may do about an article; the form is nil for who may nothing.
func wayOf(r *web.Request, a news.Article) (way, *web.Form) {
	if a.State == news.Withdrawn || r.Actor.May(access.NewsWrite, a.Unit) != nil {
		return way{}, nil
	}
	w := way{Approves: r.Actor.May(access.NewsPublish, a.Unit) == nil, Ready: a.Stage == news.Approved || a.Stage == news.Scheduled}
	w.HandIn = !w.Approves && !w.Ready && a.Stage != news.HandedIn
	if w.Approves && (w.Ready || a.Stage == news.HandedIn) {
		w.Back = r.NewForm("send-back")
	}
	form := r.NewForm("publish").Set("revision", a.Revision)
	if a.Note != "" && w.Ready {
		form.Set("note", a.Note)
	}
	return w, form
}

// publish gives the public the text now, or at the moment that was typed.
func (s *screens) publish(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("publish")
	if err != nil {
		return err
	}
	at, _ := form.Moment("at")
	if !form.OK() {
		return s.renderWrite(r, a, form)
	}
	if at.IsZero() {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := news.Publish(r.Context(), tx, r.Actor, news.PublishCommand{Article: a.ID, Revision: revisionOf(form), Note: form.Lines("note"), Boards: s.Boards})
			return err
		})
		return s.done(r, a, form, err, "newsui.published")
	}
	err = s.stage(r, a, form, at, news.Schedule)
	return s.done(r, a, form, err, "newsui.scheduled")
}

// stage takes the text that was read further.
func (s *screens) stage(r *web.Request, a news.Article, form *web.Form, at time.Time, do func(context.Context, *ledger.Tx, access.Actor, news.StageCommand) (news.Article, error)) error {
	return r.Update(func(tx *ledger.Tx) error {
		_, err := do(r.Context(), tx, r.Actor, news.StageCommand{Article: a.ID, Revision: revisionOf(form), Note: form.Lines("note"), At: at})
		return err
	})
}

// moveOn does what else the desk does on the way to the public.
func (s *screens) moveOn(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("publish")
	if err != nil {
		return err
	}
	switch form.Raw("act") {
	case "hand-in":
		return s.done(r, a, form, s.stage(r, a, form, time.Time{}, news.HandIn), "newsui.handed-in")
	case "approve":
		return s.done(r, a, form, s.stage(r, a, form, time.Time{}, news.Approve), "newsui.approved")
	case "unschedule":
		err := r.Update(func(tx *ledger.Tx) error {
			_, err := news.Unschedule(r.Context(), tx, r.Actor, a.ID)
			return err
		})
		return s.done(r, a, form, err, "newsui.unscheduled")
	case "send-back":
		form.ID = "send-back"
		err := r.Update(func(tx *ledger.Tx) error {
			_, err := news.SendBack(r.Context(), tx, r.Actor, a.ID, form.Lines("reason"))
			return err
		})
		return s.done(r, a, form, err, "newsui.sent-back")
	}
	return fault.New(fault.Invalid, "newsui.stage.unknown")
}
