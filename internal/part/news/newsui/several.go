package newsui

import (
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// several is the form that decides about all opinions that were chosen.
const several = "several"

// decideSeveral decides the same about several opinions: about all, or none.
func (s *screens) decideSeveral(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsModerate, unit); err != nil {
		return err
	}
	form, err := r.Posted(several)
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return decideAll(r, tx, form) })
	if err == nil {
		r.Notice("newsui.several.did")
		return r.See(opinionsPath(unit, news.CommentState(r.Query("state"))))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderOpinions(r, unit, form)
}

// decideAll does about each opinion that was chosen what the form says. Invalid at
// "reason": none was chosen.
func decideAll(r *web.Request, tx *ledger.Tx, form *web.Form) error {
	chosen := form.All("opinion")
	if len(chosen) == 0 {
		return fault.New(fault.Invalid, "newsui.several.none").At("reason")
	}
	ids := make([]int64, len(chosen))
	for i, one := range chosen {
		id, err := strconv.ParseInt(one, 10, 64)
		if err != nil {
			return fault.New(fault.NotFound, "news.comment.not-found")
		}
		ids[i] = id
	}
	slices.Sort(ids) // two who decide about the same at once wait for each other in one order
	for _, id := range ids {
		cmd := news.DecideCommand{Comment: id, Seen: seen(r), To: news.CommentState(form.Raw("to")), Reason: form.Lines("reason")}
		if _, err := news.Decide(r.Context(), tx, r.Actor, cmd); err != nil {
			return err
		}
	}
	return nil
}
