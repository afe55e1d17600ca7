package briefingui

import (
	"context"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// leading is an act of whoever presides, with what its form says.
type leading func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error

// whole turns a use case for the meeting as a whole into an act.
func whole(do func(context.Context, *ledger.Tx, access.Actor, int64) (briefing.Briefing, error)) leading {
	return func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, _ *web.Form) error {
		_, err := do(ctx, tx, actor, id)
		return err
	}
}

// site turns a use case for one site into an act.
func site(do func(context.Context, *ledger.Tx, access.Actor, int64, tree.UnitID) (briefing.Site, error)) leading {
	return func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := do(ctx, tx, actor, id, tree.UnitID(number(f, "unit")))
		return err
	}
}

// leads are the acts of whoever presides, by the name in the address.
var leads = map[string]leading{
	"begin":  whole(briefing.Begin),
	"pause":  whole(briefing.Pause),
	"resume": whole(briefing.Resume),
	"end":    whole(briefing.End),
	"take":   whole(briefing.Take),
	"remove": site(briefing.Remove),
	"back":   site(briefing.LetBack),
	"lower":  site(briefing.Lower),
	"lock": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := briefing.Lock(ctx, tx, actor, id, f.Raw("locked") != "")
		return err
	},
	"record": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		act := briefing.StopRecording
		if f.Raw("on") != "" {
			act = briefing.StartRecording
		}
		_, err := act(ctx, tx, actor, id)
		return err
	},
	"item": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := briefing.TurnTo(ctx, tx, actor, id, number(f, "item"))
		return err
	},
	"floor": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := briefing.Give(ctx, tx, actor, briefing.GiveCommand{
			Briefing: id, Unit: tree.UnitID(number(f, "unit")), Minutes: int(min(number(f, "minutes"), briefing.MostTopicMinutes+1)),
		})
		return err
	},
	"mute": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := briefing.Mute(ctx, tx, actor, id, tree.UnitID(number(f, "unit")), f.Raw("muted") != "")
		return err
	},
	"mark": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := briefing.Mark(ctx, tx, actor, briefing.MarkCommand{
			Briefing: id, Unit: tree.UnitID(number(f, "unit")), Presence: briefing.Presence(f.Text("presence")), Note: f.Text("note"),
		})
		return err
	},
	"mark-arrived": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, _ *web.Form) error {
		_, err := briefing.MarkArrived(ctx, tx, actor, id)
		return err
	},
	"allow": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		leave := briefing.Given
		if f.Raw("leave") == string(briefing.Refused) {
			leave = briefing.Refused
		}
		_, err := briefing.Allow(ctx, tx, actor, id, tree.UnitID(number(f, "unit")), leave)
		return err
	},
	"show": show,
	"wall": hangWall,
	"wall-down": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, _ *web.Form) error {
		return briefing.TakeWallDown(ctx, tx, actor, id)
	},
	"veil": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := briefing.Veil(ctx, tx, actor, id, f.Raw("on") != "")
		return err
	},
	"reply": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := briefing.AnswerQuestion(ctx, tx, actor, id, number(f, "question"), f.Text("answer"), f.Raw("aloud") != "")
		return err
	},
	"poll": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
		_, err := briefing.OpenPoll(ctx, tx, actor, id, f.Key, f.Text("question"))
		return err
	},
	"poll-close": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, _ *web.Form) error {
		return briefing.ClosePoll(ctx, tx, actor, id)
	},
}

// show changes what all screens show; what the form does not say stays.
func show(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
	b, err := briefing.Get(ctx, tx, id)
	if err != nil {
		return err
	}
	cmd := briefing.ShowCommand{Briefing: id, Shown: b.Shown, Live: b.Live, Neutral: b.Neutral}
	if f.Has("handout") {
		cmd.Shown = briefing.Shown{Handout: number(f, "handout"), Version: int(number(f, "version")), Page: int(min(number(f, "page"), briefing.MostPages+1))}
		cmd.Neutral = false
	}
	if f.Has("unit") {
		cmd.Shown.Unit, cmd.Shown.Handout, cmd.Shown.Version, cmd.Shown.Page, cmd.Shown.Screen = tree.UnitID(number(f, "unit")), 0, 0, 0, 0
		cmd.Neutral = false
	}
	if f.Has("screen") {
		shareScreen(&cmd, tree.UnitID(number(f, "screen")))
	}
	if f.Values.Has("milestone") {
		cmd.Shown.Milestone = f.Text("milestone")
	}
	if f.Has("at") {
		cmd.Shown.At = store.Moment(number(f, "at"))
	} else if f.Values.Has("at") {
		cmd.Shown.At = store.Moment(0)
	}
	if f.Has("moment") {
		_, cmd.Shown.At = f.Moment("moment")
		if !f.OK() {
			return f.Errors[0]
		}
	}
	if f.Values.Has("sort") {
		cmd.Shown.Sort = briefing.Sort(f.Text("sort"))
	}
	switch f.Text("figures") {
	case "live":
		cmd.Live = true
	case "closed":
		cmd.Live = false
	}
	switch f.Text("neutral") {
	case "on":
		cmd.Neutral = true
	case "off":
		cmd.Neutral = false
	}
	_, err = briefing.Show(ctx, tx, actor, cmd)
	return err
}

// shareScreen shows a site's screen before the board that is shown; 0 takes it away.
func shareScreen(cmd *briefing.ShowCommand, of tree.UnitID) {
	if cmd.Shown.Screen = of; of == 0 {
		return
	}
	cmd.Neutral = false
	if cmd.Shown.Handout != 0 {
		cmd.Shown = briefing.Shown{Unit: of, Screen: of}
	}
}

// number is a whole number in a form; 0 for none, which names nothing.
func number(f *web.Form, name string) int64 {
	n, err := strconv.ParseInt(f.Text(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// lead does an act of whoever presides.
func (s *Screens) lead(r *web.Request) error {
	act, ok := leads[r.PathValue("act")]
	if !ok {
		return fault.New(fault.NotFound, "web.not-found")
	}
	return s.do(r, func(tx *ledger.Tx, id int64, f *web.Form) error { return act(r.Context(), tx, r.Actor, id, f) })
}

// do does an act and goes back to where it was asked for; a script is told in JSON
// that it is done.
func (s *Screens) do(r *web.Request, act func(tx *ledger.Tx, id int64, f *web.Form) error) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	form, err := r.Posted("act")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return act(tx, id, form) })
	switch {
	case err == nil && r.WantsJSON():
		return r.JSON(map[string]bool{"done": true})
	case err == nil || r.WantsJSON() || len(fault.All(err)) == 0 || fault.Is(err, fault.NotFound) || fault.Is(err, fault.Forbidden):
	default: // said on the page that the person came from
		one := fault.All(err)[0]
		r.Notice(one.Key, one.Args...)
		err = nil
	}
	if err != nil {
		return err
	}
	return r.See(r.Back(path(id, "/room")))
}
