package briefingui

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/board/boardui"
	"giaoban/internal/part/briefing"
)

// figures is the host's board as the walls show it: as it was closed, or of now, with
// what each cell was at the last briefing.
type figures struct {
	board.View
	as        time.Time
	live      bool
	since     time.Time
	last      bool          // since is when the last briefing began; else a week before
	milestone string        // that the briefing shows
	speaks    []tree.UnitID // by the agenda, in its order
}

// wallRow is a unit that is late, or due: with the level that most is open at.
type wallRow struct {
	Name     string
	Number   int
	Own      bool // the unit itself
	Level    string
	Deadline clock.Date
	Days     int // past the deadline, or until it
}

// mostRows is how many rows can be read at 8 m.
const mostRows = 14

// figuresOf reads the host's board for the walls; nil when there is none.
func (s *Screens) figuresOf(ctx context.Context, q store.Querier, b seated, now time.Time) (*figures, error) {
	if b.Directive == 0 {
		return nil, nil
	}
	f := &figures{as: now, live: b.Live || b.Cutoff.IsZero() || b.Cutoff.After(now), milestone: b.Shown.Milestone}
	if !f.live {
		f.as = b.Cutoff
	}
	last, held, err := briefing.Before(ctx, q, b.Briefing)
	if err != nil {
		return nil, err
	}
	if f.since, f.last = last.OpenedAt, held; !held {
		f.since = f.as.AddDate(0, 0, -7)
	}
	if f.speaks, err = speakers(ctx, q, b); err != nil {
		return nil, err
	}
	since, err := ledger.PositionAt(ctx, q, f.since)
	if err != nil {
		return nil, err
	}
	if f.live {
		f.View, err = s.Boards.Read(b.Directive, b.Unit, max(since, 1))
	} else {
		var at int64
		if at, err = ledger.PositionAt(ctx, q, f.as); err != nil {
			return nil, err
		}
		f.View, err = s.Boards.ReadAt(b.Directive, b.Unit, board.Moment{Position: max(at, 1), Day: clock.DateOf(f.as, s.Boards.Zone())}, max(since, 1))
	}
	if fault.Is(err, fault.NotFound) {
		return nil, nil // the directive is younger than the moment
	}
	return f, err
}

// column is the figure that the map shows: of the wall's milestone and level, or of
// the milestone that is shown and the level at which most is still open.
func (f *figures) column(w briefing.Wall) int {
	milestone := cmp.Or(w.Milestone, f.milestone)
	if milestone == "" && len(f.Document.Milestones) > 0 {
		milestone = boardui.Widest(f.View)
	}
	best := -1
	for i, head := range f.Columns {
		total := f.Head.Cells[i].Total
		if head.Milestone != milestone || total == 0 || w.Level != "" && head.Level != w.Level {
			continue
		}
		if best < 0 || total-f.Head.Cells[i].Done > f.Head.Cells[best].Total-f.Head.Cells[best].Done {
			best = i
		}
	}
	return best
}

// byCode orders units as their codes do, numbers as numbers: the codes of provinces
// run from the north to the south, so that neighbours stand near each other.
func byCode(t *tree.Tree, a, b tree.UnitID) int {
	x, _ := t.Unit(a)
	y, _ := t.Unit(b)
	m, wrongM := strconv.Atoi(x.Code)
	n, wrongN := strconv.Atoi(y.Code)
	switch {
	case wrongM == nil && wrongN == nil && m != n:
		return cmp.Compare(m, n)
	case (wrongM == nil) != (wrongN == nil):
		return map[bool]int{true: -1, false: 1}[wrongM == nil] // numbers first
	}
	return fold.Compare(x.Code, y.Code)
}

// fewOfKind is how many units of a kind still say by their names what they are.
const fewOfKind = 3

// short gives the units directly below their names, without the word for the kind
// where many are of it: "Bắc Ninh" for "Tỉnh Bắc Ninh".
func (f *figures) short(pr *profile.Profile, t *tree.Tree) func(tree.UnitID) string {
	of := map[string]int{}
	for _, row := range f.Rows {
		u, _ := t.Unit(row.Unit)
		of[u.Kind]++
	}
	return func(id tree.UnitID) string {
		u, _ := t.Unit(id)
		for _, kind := range pr.Kinds {
			if kind.Key != u.Kind || of[u.Kind] < fewOfKind {
				continue
			}
			for _, lang := range []text.Lang{text.VI, text.EN} {
				word := kind.Name.In(lang) + " "
				if len(u.Name) > len(word) && strings.EqualFold(u.Name[:len(word)], word) {
					return u.Name[len(word):]
				}
			}
		}
		return u.Name
	}
}

// late are the units directly below that are late, or have such below them: who has
// the most first.
func (f *figures) late(lang text.Lang, pr *profile.Profile, t *tree.Tree) (rows []wallRow, more, units int) {
	return f.open(lang, pr, t, func(c board.Cell) int32 { return c.Late })
}

// due are those whose deadline comes within the profile's days.
func (f *figures) due(lang text.Lang, pr *profile.Profile, t *tree.Tree) (rows []wallRow, more, units int) {
	return f.open(lang, pr, t, func(c board.Cell) int32 { return c.Soon })
}

func (f *figures) open(lang text.Lang, pr *profile.Profile, t *tree.Tree, count func(board.Cell) int32) (rows []wallRow, more, units int) {
	name := f.short(pr, t)
	for _, row := range f.Rows {
		worst, sum := -1, int32(0)
		for i := range f.Columns {
			n := count(row.Cells[i])
			if sum += n; n > 0 && (worst < 0 || n > count(row.Cells[worst])) {
				worst = i
			}
		}
		if worst < 0 {
			continue
		}
		head := f.Columns[worst]
		one := wallRow{Name: name(row.Unit), Number: int(sum), Own: row.Own[worst] && sum == 1, Level: levelName(pr, head.Level).In(lang), Deadline: head.Deadline}
		if head.Deadline != "" {
			one.Days = f.Today.Sub(head.Deadline)
		}
		rows, units = append(rows, one), units+int(sum)
	}
	slices.SortStableFunc(rows, func(a, b wallRow) int {
		return cmp.Or(cmp.Compare(b.Number, a.Number), cmp.Compare(b.Days, a.Days), fold.Compare(a.Name, b.Name))
	})
	if len(rows) > mostRows {
		rows, more = rows[:mostRows], len(rows)-mostRows
	}
	return rows, more, units
}
