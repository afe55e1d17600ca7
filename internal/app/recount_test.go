package app_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// history makes things happen through the use cases, at random.
type history struct {
	*testing.T
	*app.App
	random *rand.Rand
	clock  *clock.Manual
	id     int64 // of the directive
	units  int
	done   map[string]int // how often each kind of act was taken

	pace    time.Duration // twice the time between two acts, in the mean
	refused error         // the last refusal

	told    recorded // what the log said so far
	moments []moment // that were remembered
}

// seed is printed by every test that uses it.
const seed = 20200710

func TestTheBoardEqualsARecountBySQLAfterARandomHistory(t *testing.T) {
	seed := count.Seed(seed)
	enginetest.Each(t, func(t *testing.T, url string) {
		manual := clock.NewManual(time.Date(2020, time.June, 1, 1, 0, 0, 0, time.UTC))
		config := app.Config{Data: t.TempDir(), Database: url, Business: manual, Log: slog.New(slog.DiscardHandler)}
		h := &history{T: t, random: rand.New(rand.NewPCG(seed, 1)), clock: manual, done: map[string]int{}}
		h.open(config)
		h.begin()
		steps := count.Of(300, 5000)
		h.pace = 2 * 100 * 24 * time.Hour / time.Duration(steps) // so that a hundred days go by, and the deadlines with them
		for i := range steps {
			h.step()
			if i%25 == 24 {
				h.compare(fmt.Sprintf("after %d steps of seed %d", i+1, seed))
				h.remember()
			}
			if i == steps/2 {
				h.save()
			}
		}
		h.covered()
		h.past()
		h.rebuilt()
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		h.open(config) // from the snapshot of the middle, and the events since
		h.compare("after a restart")
		h.past()
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(config.Data, "board.snapshot")); err != nil {
			t.Fatal(err)
		}
		h.open(config) // a board built anew gives the same
		h.compare("built anew")
		h.past()
		if v, err := h.Verify(t.Context()); err != nil || len(v.Findings) > 0 {
			t.Errorf("verifying: %+v (%v)", v.Findings, err)
		}
		t.Logf("%d steps of seed %d, %d moments, %d units at the end: %v", steps, seed, len(h.moments), h.Tree.Len(), h.done)
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func (h *history) open(config app.Config) {
	h.Helper()
	var err error
	if h.App, err = app.Open(h.Context(), config); err != nil {
		h.Fatal(err)
	}
	h.listen() // a day may have come
}

func (h *history) save() {
	h.Helper()
	if err := h.SaveBoards(h.Context(), 0); err != nil {
		h.Fatal(err)
	}
}

// try does something in a transaction. What the rules refuse is undone and is
// no failure: a random act is often not allowed.
func (h *history) try(name string, act func(*ledger.Tx, access.Actor) error) {
	h.Helper()
	_, err := h.Ledger.Update(h.Context(), "program", func(tx *ledger.Tx) error { return act(tx, access.Program(h.Tree)) })
	if len(fault.All(err)) > 0 {
		h.refused = err
		return
	}
	if err != nil {
		h.Fatalf("%s: %v", name, err)
	}
	h.done[name]++
	h.catchUp()
}

// catchUp has tree and boards see what happened, and the history too.
func (h *history) catchUp() {
	h.Helper()
	if err := h.CatchUp(h.Context()); err != nil {
		h.Fatal(err)
	}
	h.listen()
}

func (h *history) begin() {
	h.try("found", func(tx *ledger.Tx, actor access.Actor) error {
		p, err := profile.Get(profile.Default)
		if err != nil {
			return err
		}
		_, err = org.Found(h.Context(), tx, actor, org.FoundCommand{Profile: p})
		return err
	})
	for range 25 {
		h.create()
	}
	h.try("issue", func(tx *ledger.Tx, actor access.Actor) error {
		root, _ := h.Tree.Root()
		made, err := directive.Create(h.Context(), tx, actor, directive.CreateCommand{Unit: root.ID, Key: "k", Draft: directive.Draft{Document: document()}})
		if err != nil {
			return err
		}
		h.id = made.ID
		_, err = directive.Issue(h.Context(), tx, actor, directive.IssueCommand{Directive: made.ID, Revision: made.Revision, Signature: signature})
		return err
	})
	if h.done["issue"] == 0 {
		h.Fatalf("the directive was refused: %v", h.refused)
	}
}

var signature = account.Signature{Name: "Nguyễn Thị Hoa", Capacity: account.Capacity{Post: "Bí thư"}, Method: "program"}

func document() directive.Document {
	var deadlines []profile.Deadline
	for _, level := range []string{"provincial", "above-grassroots", "grassroots"} {
		deadlines = append(deadlines, profile.Deadline{Level: level, Date: "2020-08-31"})
	}
	return directive.Document{
		Number: "1-CT/TW", Date: "2020-05-30", Title: "Đại hội", Text: "Các cấp tổ chức đại hội.",
		Milestones: []directive.Milestone{{Key: "held", Name: text.Words{VI: "Xong", EN: "Held"}, Deadlines: deadlines, Indicators: []profile.Indicator{
			{Key: "people", Name: text.Words{VI: "Đại biểu", EN: "Delegates"}, Kind: profile.Number},
		}}},
	}
}

func (h *history) step() {
	h.clock.Advance(time.Duration(h.random.Int64N(int64(h.pace))))
	h.dayComes()
	h.Boards.Advance()
	switch h.random.IntN(38) {
	case 0, 1, 2, 3, 4:
		h.move()
	case 5:
		h.dissolve()
	case 6:
		h.tighten()
	case 7, 8:
		h.tell()
	case 9, 10:
		h.answer()
	case 11, 12:
		h.stand()
	case 13:
		h.changeLevel()
	case 14, 15, 16, 17:
		h.reorganise()
	case 18:
		h.again()
	case 19:
		h.cancel()
	case 20, 21, 22, 23:
		h.create()
	case 24, 25, 26, 27, 28, 29, 30:
		h.submit()
	default:
		h.decide()
	}
}

func (h *history) any() tree.Unit {
	root, _ := h.Tree.Root()
	all := h.Tree.Subtree(root.ID)
	return all[h.random.IntN(len(all))]
}

// likely is any unit, mostly one that fits.
func (h *history) likely(fits func(tree.Unit) bool) tree.Unit {
	for range 20 {
		if u := h.any(); fits(u) {
			return u
		}
	}
	return h.any()
}

// asked says that the directive asks units of this one's level for reports.
func asked(u tree.Unit) bool {
	return u.Level == "provincial" || u.Level == "above-grassroots" || u.Level == "grassroots"
}

func (h *history) tighten() {
	levels := []string{"provincial", "above-grassroots", "grassroots"}
	cmd := directive.TightenCommand{
		Directive: h.id, Unit: h.any().ID, Milestone: "held", Level: levels[h.random.IntN(len(levels))],
		Deadline: clock.DateOf(h.clock.Now(), time.UTC).AddDays(1 + h.random.IntN(60)),
	}
	h.try("tighten", func(tx *ledger.Tx, actor access.Actor) error {
		_, err := directive.Tighten(h.Context(), tx, actor, cmd)
		return err
	})
}

func (h *history) submit() {
	slot := report.Slot{Directive: h.id, Milestone: "held", Unit: h.likely(asked).ID}
	values := map[string]string{"people": strconv.Itoa(h.random.IntN(100))}
	h.try("submit", func(tx *ledger.Tx, actor access.Actor) error {
		newest := 0
		err := tx.QueryRowContext(h.Context(), `SELECT COALESCE(MAX(version), 0) FROM report WHERE unit_id = $1`, int64(slot.Unit)).Scan(&newest)
		if err != nil {
			return err
		}
		_, err = report.Submit(h.Context(), tx, actor, report.SubmitCommand{Slot: slot, After: newest, Values: values, Lang: text.VI, Signature: signature})
		return err
	})
}

func (h *history) decide() {
	id, accept := h.oneOf("submitted"), h.random.IntN(4) > 0
	if id == 0 {
		return
	}
	h.try(map[bool]string{true: "accept", false: "return"}[accept], func(tx *ledger.Tx, actor access.Actor) (err error) {
		cmd := report.DecideCommand{Report: id, Decider: "Trần Văn Sơn, Chánh Văn phòng", Reason: "thiếu số liệu"}
		if accept {
			_, err = report.Accept(h.Context(), tx, actor, cmd)
		} else {
			_, err = report.Return(h.Context(), tx, actor, cmd)
		}
		return err
	})
}

// oneOf is any report in a state, of units that are gone less often; 0 when
// there is none.
func (h *history) oneOf(state string) int64 {
	h.Helper()
	var all, living []int64
	var id, unit int64
	h.rows(`SELECT id, unit_id FROM report WHERE state = $1 ORDER BY id`, []any{&id, &unit}, func() {
		all = append(all, id)
		if _, exists := h.Tree.Unit(tree.UnitID(unit)); exists {
			living = append(living, id)
		}
	}, state)
	if len(living) > 0 && h.random.IntN(10) > 0 {
		all = living
	}
	if len(all) == 0 {
		return 0
	}
	return all[h.random.IntN(len(all))]
}
