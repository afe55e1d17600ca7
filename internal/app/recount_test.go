package app_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
	"giaoban/internal/part/board"
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
}

const seed = 20200710

func TestTheBoardEqualsARecountBySQLAfterARandomHistory(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		manual := clock.NewManual(time.Date(2020, time.June, 1, 1, 0, 0, 0, time.UTC))
		config := app.Config{Data: t.TempDir(), Database: url, Business: manual}
		h := &history{T: t, random: rand.New(rand.NewPCG(seed, 1)), clock: manual, done: map[string]int{}}
		h.open(config)
		h.begin()
		steps := count.Of(250, 5000)
		h.pace = 2 * 100 * 24 * time.Hour / time.Duration(steps) // so that a hundred days go by, and the deadlines with them
		for i := range steps {
			h.step()
			if i%50 == 49 {
				h.compare(fmt.Sprintf("after %d steps of seed %d", i+1, seed))
			}
			if i == steps/2 {
				h.save()
			}
		}
		t.Logf("%d steps: %v", steps, h.done)
		h.covered()
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		h.open(config) // from the snapshot of the middle, and the events since
		h.compare("after a restart")
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(config.Data, "board.snapshot")); err != nil {
			t.Fatal(err)
		}
		h.open(config) // a board built anew gives the same
		h.compare("built anew")
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
	if err := h.CatchUp(h.Context()); err != nil {
		h.Fatal(err)
	}
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
		Milestones: []directive.Milestone{{Key: "held", Name: text.Words{VI: "Xong", EN: "Held"}, Deadlines: deadlines}},
	}
}

func (h *history) step() {
	h.clock.Advance(time.Duration(h.random.Int64N(int64(h.pace))))
	h.Boards.Advance()
	switch h.random.IntN(27) {
	case 0, 1, 2:
		h.create()
	case 3:
		h.move()
	case 4:
		h.dissolve()
	case 5:
		h.tighten()
	case 6, 7, 8, 9, 10, 11, 12:
		h.submit()
	case 20, 21, 22:
		h.tell()
	case 23, 24:
		h.answer()
	case 25, 26:
		h.stand()
	default:
		h.decide()
	}
}

func (h *history) any() tree.Unit {
	root, _ := h.Tree.Root()
	all := h.Tree.Subtree(root.ID)
	return all[h.random.IntN(len(all))]
}

func (h *history) create() {
	h.units++
	cmd := org.CreateCommand{Code: fmt.Sprint("u", h.units), Name: fmt.Sprint("Đơn vị ", h.units)}
	if root, ok := h.Tree.Root(); ok {
		cmd.Parent = root.ID
	}
	if h.units > 5 {
		cmd.Parent = h.any().ID
	}
	h.try("create", func(tx *ledger.Tx, actor access.Actor) error {
		_, err := org.Create(h.Context(), tx, actor, cmd)
		return err
	})
}

func (h *history) move() {
	cmd := org.MoveCommand{Unit: h.any().ID, Parent: h.any().ID}
	h.try("move", func(tx *ledger.Tx, actor access.Actor) error {
		_, err := org.Move(h.Context(), tx, actor, cmd)
		return err
	})
}

func (h *history) dissolve() {
	cmd := org.DissolveCommand{Unit: h.any().ID}
	h.try("dissolve", func(tx *ledger.Tx, actor access.Actor) error {
		_, err := org.Dissolve(h.Context(), tx, actor, cmd)
		return err
	})
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
	slot := report.Slot{Directive: h.id, Milestone: "held", Unit: h.any().ID}
	h.try("submit", func(tx *ledger.Tx, actor access.Actor) error {
		newest := 0
		err := tx.QueryRowContext(h.Context(), `SELECT COALESCE(MAX(version), 0) FROM report WHERE unit_id = $1`, int64(slot.Unit)).Scan(&newest)
		if err != nil {
			return err
		}
		_, err = report.Submit(h.Context(), tx, actor, report.SubmitCommand{Slot: slot, After: newest, Lang: text.VI, Signature: signature})
		return err
	})
}

func (h *history) decide() {
	accept, from := h.random.IntN(4) > 0, h.random.IntN(h.done["submit"]+1)
	h.try(map[bool]string{true: "accept", false: "return"}[accept], func(tx *ledger.Tx, actor access.Actor) error {
		var id int64
		err := tx.QueryRowContext(h.Context(), `SELECT id FROM report WHERE state = 'submitted' AND id >= $1 ORDER BY id LIMIT 1`, from).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.NotFound, "report.none")
		}
		if err != nil {
			return err
		}
		cmd := report.DecideCommand{Report: id, Decider: "Trần Văn Sơn, Chánh Văn phòng", Reason: "thiếu số liệu"}
		if accept {
			_, err = report.Accept(h.Context(), tx, actor, cmd)
		} else {
			_, err = report.Return(h.Context(), tx, actor, cmd)
		}
		return err
	})
}

// compare holds every unit's board against a recount by SQL.
func (h *history) compare(when string) {
	h.Helper()
	root, _ := h.Tree.Root()
	for _, u := range h.Tree.Subtree(root.ID) {
		v, err := h.Boards.Read(h.id, u.ID, 0)
		if err != nil {
			h.Fatal(err)
		}
		for i, column := range v.Columns {
			want := h.recount(u.ID, column, v.Today)
			if diff := cmp.Diff(want, v.Head.Cells[i]); diff != "" {
				h.Fatalf("%s: %s, %s (-SQL +board):\n%s", when, u.Name, column.Level, diff)
			}
		}
	}
}

// members gives the units of a level in a subtree: whether a version of each
// one's report is accepted, whether one waits, whether one was only told, the
// tightened deadline, and the standing: whether it counts, and its day.
const members = `
WITH RECURSIVE below (id) AS (
	SELECT CAST($1 AS BIGINT)
	UNION ALL
	SELECT p.unit_id FROM unit_period p JOIN below ON p.parent_id = below.id WHERE p.to_date = ''
), member (id) AS (
	SELECT p.unit_id FROM unit_period p JOIN below ON p.unit_id = below.id WHERE p.to_date = '' AND p.level = $2
), path (member, id) AS (
	SELECT id, id FROM member
	UNION ALL
	SELECT path.member, p.parent_id FROM path JOIN unit_period p ON p.unit_id = path.id WHERE p.to_date = '' AND p.parent_id <> 0
)
SELECT
	EXISTS (SELECT 1 FROM report r WHERE r.unit_id = member.id AND r.directive_id = $3 AND r.state = 'accepted'),
	EXISTS (SELECT 1 FROM report r WHERE r.unit_id = member.id AND r.directive_id = $3 AND r.state = 'submitted'),
	EXISTS (SELECT 1 FROM report r WHERE r.unit_id = member.id AND r.directive_id = $3 AND r.state = 'provisional'),
	COALESCE((SELECT MIN(d.deadline) FROM directive_deadline d JOIN path ON path.id = d.unit_id
		WHERE path.member = member.id AND d.directive_id = $3 AND d.level = $2), ''),
	COALESCE((SELECT s.counts FROM directive_standing s WHERE s.unit_id = member.id AND s.ended_at = 0 ORDER BY s.milestone DESC LIMIT 1), -1),
	COALESCE((SELECT s.until_date FROM directive_standing s WHERE s.unit_id = member.id AND s.ended_at = 0 ORDER BY s.milestone DESC LIMIT 1), '')
FROM member`

func (h *history) recount(unit tree.UnitID, column board.Column, today clock.Date) board.Cell {
	h.Helper()
	rows, err := h.DB.Reader().QueryContext(h.Context(), members, int64(unit), column.Level, h.id)
	if err != nil {
		h.Fatal(err)
	}
	defer rows.Close()
	var c board.Cell
	for rows.Next() {
		var accepted, waits, told bool
		var tightened, until string
		var counts int
		if err := rows.Scan(&accepted, &waits, &told, &tightened, &counts, &until); err != nil {
			h.Fatal(err)
		}
		deadline := clock.Earliest(column.Deadline, clock.Date(tightened))
		if until != "" {
			deadline = clock.Date(until)
		}
		if counts == 0 {
			c.Exempt++
			continue
		}
		if counts == 1 {
			c.Apart++
		}
		c.Total++
		switch {
		case accepted:
			c.Done++
		case waits:
			c.Waiting++
		case told:
			c.Provisional++
		case today > deadline:
			c.Late++
		case today >= deadline.AddDays(-7):
			c.Soon++
		}
		if today > deadline {
			c.Passed++
		}
	}
	if err := rows.Err(); err != nil {
		h.Fatal(err)
	}
	return c
}
