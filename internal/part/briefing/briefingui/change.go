package briefingui

import (
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

func (s *Screens) showChange(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.BriefingCall, b.Unit); err != nil {
		return err
	}
	form := r.NewForm("call")
	form.Set("title", b.Title).Set("asked", b.Asked).Set("minutes", b.Minutes).Set("repeats", string(b.Repeats)).Set("directive", b.Directive)
	form.Set("begins", text.TypedMoment(r.Lang, b.Begins, r.Zone())).Set("chair", b.Chair.ID).Set("sites", chosen)
	if b.Devices {
		form.Set("devices", "yes")
	}
	if !b.Cutoff.IsZero() {
		form.Set("cutoff", text.TypedMoment(r.Lang, b.Cutoff, r.Zone()))
	}
	if b.Media {
		form.Set("media", "yes")
	}
	for _, p := range b.Secretaries {
		form.Values.Add("secretary", strconv.FormatInt(p.ID, 10))
	}
	for _, site := range b.Sites {
		if site.Parent == 0 && site.Unit != b.Unit {
			form.Values.Add("site", strconv.FormatInt(int64(site.Unit), 10))
		}
	}
	return s.renderCall(r, form, b.Unit, &b)
}

func (s *Screens) change(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.BriefingCall, b.Unit); err != nil {
		return err // before the form comes back, which names the host's people
	}
	form, err := r.Posted("call")
	if err != nil {
		return err
	}
	cmd, err := s.read(r, form, b.Unit)
	if err != nil {
		return err
	}
	if form.OK() {
		revision, _ := strconv.ParseInt(form.Raw("revision"), 10, 64) // none is none that was read
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := briefing.Change(r.Context(), tx, r.Actor, b.ID, revision, cmd)
			return err
		})
		if err == nil {
			r.Notice("briefings.changed")
			return r.See(path(b.ID, ""))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderCall(r, form, b.Unit, &b)
}

func (s *Screens) cancel(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("cancel")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := briefing.Cancel(r.Context(), tx, r.Actor, b.ID, form.Text("reason"))
		return err
	})
	if err == nil {
		r.Notice("briefings.cancelled")
		return r.See(path(b.ID, ""))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderBriefing(r, b, nil, form)
}
