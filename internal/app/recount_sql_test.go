package app_test

import (
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
)

// compare holds every unit's board against a recount by SQL, and the tree in
// memory against the rows.
func (h *history) compare(when string) {
	h.Helper()
	h.compareTree(when)
	root, _ := h.Tree.Root()
	top, err := h.Boards.Read(h.id, root.ID, 0)
	if err != nil {
		h.Fatal(err)
	}
	counted := h.recount(top)
	for _, u := range h.Tree.Subtree(root.ID) {
		v, err := h.Boards.Read(h.id, u.ID, 0)
		if err != nil {
			h.Fatal(err)
		}
		for i, column := range v.Columns {
			want := counted[place{u.ID, column.Level}]
			got := figures{v.Head.Cells[i], v.Head.Sums[i][0].Total.String(), int(v.Head.Sums[i][0].Units)}
			if diff := cmp.Diff(want.figures(), got); diff != "" {
				h.Fatalf("%s: %s (%d), %s (-SQL +board):\n%s", when, u.Name, u.ID, column.Level, diff)
			}
		}
	}
}

func (h *history) compareTree(when string) {
	h.Helper()
	loaded, _, err := org.LoadTree(h.Context(), h.DB.Reader())
	if err != nil {
		h.Fatal(err)
	}
	byID := func(t *tree.Tree) map[tree.UnitID]tree.Unit {
		root, _ := t.Root()
		all := map[tree.UnitID]tree.Unit{}
		for _, u := range t.Subtree(root.ID) {
			all[u.ID] = u
		}
		return all
	}
	if diff := cmp.Diff(byID(loaded), byID(h.Tree)); diff != "" {
		h.Fatalf("%s: the tree (-SQL +memory):\n%s", when, diff)
	}
}

// figures are a cell with the sum of its indicator.
type figures struct {
	Cell  board.Cell
	Total string
	Rests int // on how many reports
}

// counting is figures while they are counted.
type counting struct {
	cell         board.Cell
	total, rests int
}

func (c counting) figures() figures { return figures{c.cell, strconv.Itoa(c.total), c.rests} }

// paths gives each unit with its level, once for itself and every unit above it.
const paths = `
WITH RECURSIVE path (member, level, id) AS (
	SELECT unit_id, level, unit_id FROM unit_period WHERE to_date = ''
	UNION ALL
	SELECT path.member, path.level, p.parent_id FROM path JOIN unit_period p ON p.unit_id = path.id WHERE p.to_date = '' AND p.parent_id <> 0
)
`

// recount counts all units by SQL as the boards should have counted them.
func (h *history) recount(v board.View) map[place]counting {
	h.Helper()
	deadlines := map[string]clock.Date{}
	for _, column := range v.Columns {
		deadlines[column.Level] = column.Deadline
	}
	own, reports, standings := map[place]counting{}, h.reports(), h.standings()
	var member int64
	var level, tightened string
	h.rows(paths+`SELECT path.member, path.level, COALESCE(MIN(d.deadline), '') FROM path
		LEFT JOIN directive_deadline d ON d.unit_id = path.id AND d.level = path.level AND d.directive_id = $1
		GROUP BY path.member, path.level`, []any{&member, &level, &tightened}, func() {
		if deadline, asked := deadlines[level]; asked {
			p := place{tree.UnitID(member), level}
			own[p] = h.counted(p, reports, standings, clock.Earliest(deadline, clock.Date(tightened)), v.Today)
		}
	}, h.id)
	all := map[place]counting{}
	var unit int64
	h.rows(paths+`SELECT path.id, path.member, path.level FROM path`, []any{&unit, &member, &level}, func() {
		c, at := own[place{tree.UnitID(member), level}], place{tree.UnitID(unit), level}
		sum := all[at]
		sum.total, sum.rests = sum.total+c.total, sum.rests+c.rests
		sum.cell.Total, sum.cell.Done, sum.cell.Waiting = sum.cell.Total+c.cell.Total, sum.cell.Done+c.cell.Done, sum.cell.Waiting+c.cell.Waiting
		sum.cell.Provisional, sum.cell.Soon, sum.cell.Late = sum.cell.Provisional+c.cell.Provisional, sum.cell.Soon+c.cell.Soon, sum.cell.Late+c.cell.Late
		sum.cell.Passed, sum.cell.Exempt, sum.cell.Apart = sum.cell.Passed+c.cell.Passed, sum.cell.Exempt+c.cell.Exempt, sum.cell.Apart+c.cell.Apart
		all[at] = sum
	})
	return all
}

// counted is what one unit adds.
func (h *history) counted(p place, reports map[tree.UnitID][]reported, standings map[tree.UnitID]standing, deadline, today clock.Date) (c counting) {
	set, apart := standings[p.unit]
	if apart && !set.counts {
		c.cell.Exempt = 1
		return c
	}
	if set.until != "" {
		deadline = set.until
	}
	if apart {
		c.cell.Apart = 1
	}
	c.cell.Total = 1
	is := h.told.result(p, reports[p.unit])
	in := func(state string) bool {
		return slices.ContainsFunc(reports[p.unit], func(r reported) bool { return r.state == state && h.told.reports[r.id] == p.level })
	}
	switch {
	case is.done:
		c.cell.Done, c.total, c.rests = 1, is.total, is.rests
	case in("submitted"):
		c.cell.Waiting = 1
	case in("provisional"):
		c.cell.Provisional = 1
	case today > deadline:
		c.cell.Late = 1
	case today >= deadline.AddDays(-7):
		c.cell.Soon = 1
	}
	if today > deadline {
		c.cell.Passed = 1
	}
	return c
}

// reported is a version of a unit's report.
type reported struct {
	id       int64
	state    string
	accepted bool // or was, before a newer version
	number   string
}

func (h *history) reports() map[tree.UnitID][]reported {
	h.Helper()
	all := map[tree.UnitID][]reported{}
	var r reported
	var unit, decided int64
	var content string
	h.rows(`SELECT id, unit_id, state, decided_at, content FROM report WHERE directive_id = $1 ORDER BY id`,
		[]any{&r.id, &unit, &r.state, &decided, &content}, func() {
			r.accepted = r.state == "accepted" || r.state == "superseded" && decided != 0
			var values map[string]string
			if err := json.Unmarshal([]byte(content), &values); err != nil {
				h.Fatal(err)
			}
			r.number = values["people"]
			all[tree.UnitID(unit)] = append(all[tree.UnitID(unit)], r)
		}, h.id)
	return all
}

// standing is what a decision makes of a unit.
type standing struct {
	counts bool
	until  clock.Date
}

// standings are those that hold: one for the milestone before one for all.
func (h *history) standings() map[tree.UnitID]standing {
	h.Helper()
	all := map[tree.UnitID]standing{}
	var unit, counts int64
	var until string
	h.rows(`SELECT unit_id, counts, until_date FROM directive_standing WHERE directive_id = $1 AND ended_at = 0 ORDER BY milestone`,
		[]any{&unit, &counts, &until}, func() { all[tree.UnitID(unit)] = standing{counts == 1, clock.Date(until)} }, h.id)
	return all
}

func (h *history) rows(query string, to []any, each func(), args ...any) {
	h.Helper()
	rows, err := h.DB.Reader().QueryContext(h.Context(), query, args...)
	if err != nil {
		h.Fatal(err)
	}
	defer func(rows *sql.Rows) { _ = rows.Close() }(rows)
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			h.Fatal(err)
		}
		each()
	}
	if err := rows.Err(); err != nil {
		h.Fatal(err)
	}
}
