package search_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/base/word"

	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/report"
	"giaoban/internal/part/search"
)

// world is an organisation with things to be found.
type world struct {
	*officetest.World
	t testing.TB
}

func each(t *testing.T, test func(t *testing.T, w world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(t, world{officetest.New(t, url), t}) })
}

func (w world) index() search.Index {
	return search.New(w.Ledger.DB().Engine(), w.Tree)
}

// follow brings the index up to date.
func (w world) follow() {
	w.t.Helper()
	x := w.index()
	w.OK(follow.Durable{Name: search.Follower, Ledger: w.Ledger, Begin: x.Begin, Apply: x.Apply}.CatchUp(w.t.Context()))
}

// raise has a unit's officer raise a difficulty.
func (w world) raise(unit, title, obstacle string) difficulty.Difficulty {
	w.t.Helper()
	var d difficulty.Difficulty
	w.Update(func(tx *ledger.Tx) (err error) {
		d, err = difficulty.Raise(w.t.Context(), tx, w.People["officer "+unit], difficulty.RaiseCommand{
			Unit: w.Units[unit], Key: report.NewKey(), Sort: difficulty.Obstacle, Kind: "personnel", Title: title, Obstacle: obstacle,
		})
		return err
	})
	return d
}

// finds is what somebody finds: of each kind the titles, found words in brackets.
func (w world) finds(who, words string, kinds ...search.Kind) (list []string) {
	w.t.Helper()
	w.follow()
	for _, g := range w.groups(who, search.Question{Words: words, Kinds: kinds, Most: 20}) {
		for _, h := range g.Hits {
			list = append(list, fmt.Sprintf("%s: %s", h.Kind, bracketed(h.Title)))
		}
	}
	return list
}

func (w world) groups(who string, asked search.Question) (groups []search.Group) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		groups, err = w.index().Find(context.Background(), q, w.People[who], asked)
		return err
	}))
	return groups
}

// ids are the difficulties that somebody finds, in their order.
func (w world) ids(who, words string, most int) (list []int64) {
	w.t.Helper()
	for _, g := range w.groups(who, search.Question{Words: words, Kinds: []search.Kind{search.Difficulty}, Most: most}) {
		for _, h := range g.Hits {
			list = append(list, h.ID)
		}
	}
	return list
}

func bracketed(pieces []word.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Marked {
			b.WriteString("[" + p.Text + "]")
			continue
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// forget makes as if the index had never been made.
func (w world) forget() {
	w.t.Helper()
	w.OK(w.Ledger.DB().Update(w.t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(w.t.Context(), `DELETE FROM follower WHERE name = $1`, search.Follower)
		return err
	}))
}
