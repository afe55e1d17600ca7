package looptest

import (
	"database/sql"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// milestone is what the directive asks for.
const milestone = "plan-sent"

// loop is one run.
type loop struct {
	t     testing.TB
	app   *app.App
	actor access.Actor
}

// Run issues a directive to all levels below the root, has the unit of a code
// report, and fails the test unless the board shows it waiting, then, once the
// unit above has accepted it, done: at the unit, at the one above and at the
// root, of as many as the level has there.
func Run(t testing.TB, a *app.App, code string) {
	t.Helper()
	l := loop{t, a, access.Program(a.Tree)}
	root, ok := a.Tree.Root()
	if !ok {
		t.Fatal("there is no installation")
	}
	unit, ok := a.Tree.ByCode(code)
	if !ok {
		t.Fatalf("there is no unit with the code %q", code)
	}
	issued := l.issue(root)
	sent := l.submit(report.Slot{Directive: issued, Milestone: milestone, Unit: unit.ID})
	for _, at := range a.Tree.Path(unit.ID) {
		l.expect(issued, at, unit.Level, board.Cell{Waiting: 1})
	}
	l.update(func(tx *ledger.Tx) error {
		_, err := report.Accept(t.Context(), tx, l.actor, report.DecideCommand{Report: sent, Decider: "Người duyệt"})
		return err
	})
	for _, at := range a.Tree.Path(unit.ID) {
		l.expect(issued, at, unit.Level, board.Cell{Done: 1})
	}
}

// update changes something and lets tree and boards see it.
func (l loop) update(act func(*ledger.Tx) error) {
	l.t.Helper()
	if _, err := l.app.Ledger.Update(l.t.Context(), l.actor.Name, act); err != nil {
		l.t.Fatal(err)
	}
	if err := l.app.CatchUp(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
}

// issue issues a directive of a unit to all levels below its own.
func (l loop) issue(issuer tree.Unit) (id int64) {
	l.t.Helper()
	today := clock.DateOf(l.app.Now(), l.app.Now().Location())
	asked := profile.Milestone{Key: milestone, Name: text.Words{VI: "Đã gửi kế hoạch", EN: "Plan sent"}}
	for _, level := range l.levelsBelow(issuer) {
		asked.Deadlines = append(asked.Deadlines, profile.Deadline{Level: level.Key, Date: today.AddDays(30)})
	}
	l.update(func(tx *ledger.Tx) error {
		made, err := directive.Create(l.t.Context(), tx, l.actor, directive.CreateCommand{
			Unit: issuer.ID, Key: report.NewKey(), Draft: directive.Draft{Document: directive.Document{
				Number: "01-KH/TU", Date: today, Title: "Triển khai kế hoạch", Text: "Các đơn vị gửi kế hoạch đúng hạn.",
				Milestones: []profile.Milestone{asked},
			}},
		})
		if err != nil {
			return err
		}
		id = made.ID
		_, err = directive.Issue(l.t.Context(), tx, l.actor, directive.IssueCommand{
			Directive: id, Revision: made.Revision, Signature: signature,
		})
		return err
	})
	return id
}

var signature = account.Signature{Name: "Người ký", Capacity: account.Capacity{Post: "Bí thư"}, Method: account.ByPassword}

func (l loop) levelsBelow(unit tree.Unit) (levels []profile.Level) {
	l.t.Helper()
	err := l.app.DB.View(l.t.Context(), func(tx *sql.Tx) error {
		p, err := org.Profile(l.t.Context(), tx)
		if err == nil {
			levels = directive.LevelsBelow(p, unit.Level)
		}
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return levels
}

func (l loop) submit(slot report.Slot) (id int64) {
	l.t.Helper()
	l.update(func(tx *ledger.Tx) error {
		sent, err := report.Submit(l.t.Context(), tx, l.actor, report.SubmitCommand{Slot: slot, Lang: text.VI, Signature: signature})
		id = sent.ID
		return err
	})
	return id
}

// expect compares what a unit's board says of a level with what it should.
func (l loop) expect(issued int64, at tree.Unit, level string, want board.Cell) {
	l.t.Helper()
	for _, u := range l.app.Tree.Subtree(at.ID) {
		if u.Level == level {
			want.Total++
		}
	}
	view, err := l.app.Boards.Read(issued, at.ID, 0)
	if err != nil {
		l.t.Fatal(err)
	}
	for i, column := range view.Columns {
		if column.Level != level {
			continue
		}
		got := view.Head.Cells[i]
		if got.Total != want.Total || got.Done != want.Done || got.Waiting != want.Waiting {
			l.t.Errorf("board of %s, level %s: %d done, %d waiting of %d; want %d, %d of %d",
				at.Name, level, got.Done, got.Waiting, got.Total, want.Done, want.Waiting, want.Total)
		}
		return
	}
	l.t.Errorf("the board of %s has no column for the level %s", at.Name, level)
}
