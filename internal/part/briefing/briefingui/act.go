package briefingui

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// attending is an act of a site.
type attending func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, f *web.Form) error

// attends are the acts of a site, by the name in the address.
var attends = map[string]attending{
	"arrive": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, _ *web.Form) error {
		_, err := briefing.Arrive(ctx, tx, actor, id, unit)
		return err
	},
	"hand": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, f *web.Form) error {
		_, err := briefing.Raise(ctx, tx, actor, id, unit, f.Text("topic"))
		return err
	},
	"lower": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, _ *web.Form) error {
		_, err := briefing.Lower(ctx, tx, actor, id, unit)
		return err
	},
	"ask": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, f *web.Form) error {
		_, err := briefing.Ask(ctx, tx, actor, briefing.AskCommand{Briefing: id, Unit: unit, Key: f.Key, Text: f.Lines("question")})
		return err
	},
	"show-hands": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, f *web.Form) error {
		hands := briefing.SiteHands{Unit: unit}
		for name, to := range map[string]*int{"yes": &hands.Yes, "no": &hands.No, "neither": &hands.Neither} {
			*to = int(min(number(f, name), briefing.MostHeads+1))
		}
		return briefing.ShowHands(ctx, tx, actor, id, number(f, "poll"), hands)
	},
	"bring": bring,
	"show": func(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, _ tree.UnitID, f *web.Form) error {
		return show(ctx, tx, actor, id, f)
	},
}

// act does an act of a site.
func (s *Screens) act(r *web.Request) error {
	act, ok := attends[r.PathValue("act")]
	if !ok {
		return fault.New(fault.NotFound, "web.not-found")
	}
	unit, err := unitAt(r)
	if err != nil {
		return err
	}
	return s.do(r, func(tx *ledger.Tx, id int64, f *web.Form) error { return act(r.Context(), tx, r.Actor, id, unit, f) })
}
