package news_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/news"
)

func (w world) handOver(who string, cmd news.HandOverCommand) (news.Comment, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Comment, error) {
		return news.HandOver(w.t.Context(), tx, actor, cmd)
	})
}

func TestACommentBecomesADifficultyOfTheUnitItIsAbout(t *testing.T) {
	each(t, func(w world) {
		article := w.published().ID
		for unit, at := range map[string]string{"PL": "BN", "BN": "TW"} {
			c, err := w.send(news.SendCommand{Article: article, Check: unit, Name: "Minh An", Text: "Cầu ở " + unit + " hỏng."})
			w.OK(err)
			cmd := news.HandOverCommand{Comment: c.ID, About: w.Units[unit], Kind: "personnel", Title: "Cầu hỏng", Obstacle: string(c.Text)}
			for _, who := range []string{"officer QV", "leader TW"} {
				_, err := w.handOver(who, cmd)
				refused(w.t, "handed over by "+who, err, fault.Forbidden)
			}
			elsewhere, untold := cmd, cmd
			elsewhere.About, untold.Title = w.Units["HN"], " "
			_, err = w.handOver("officer BN", elsewhere)
			refused(w.t, "about a unit elsewhere", err, fault.Invalid, "unit")
			_, err = w.handOver("officer BN", untold)
			refused(w.t, "without a title", err, fault.Invalid, "title")
			first, err := w.handOver("officer BN", cmd)
			w.OK(err)
			cmd.About = w.Units["QV"]
			again, err := w.handOver("leader BN", cmd)
			w.OK(err)
			if first.Handed == 0 || again.Handed != first.Handed {
				w.t.Errorf("handed over as difficulties %d and %d, want one", first.Handed, again.Handed)
			}
			w.OK(w.View(func(q store.Querier) error {
				d, err := difficulty.Get(w.t.Context(), q, first.Handed)
				w.OK(err)
				if d.Unit != w.Units[unit] || d.At != w.Units[at] {
					w.t.Errorf("it is a difficulty of unit %d at %d, want %d at %d", d.Unit, d.At, w.Units[unit], w.Units[at])
				}
				from, found, err := news.HandedAs(w.t.Context(), q, d.ID)
				if !found || from.ID != c.ID {
					w.t.Errorf("the difficulty is from comment %d (%v), want %d", from.ID, found, c.ID)
				}
				return err
			}))
		}
	})
}
