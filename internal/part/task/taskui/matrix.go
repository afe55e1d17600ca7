package taskui

import (
	"cmp"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/task"
)

// matrixPage is the tasks that a unit gave across, and down who does them: levels first,
// and the units of one level when it is chosen.
type matrixPage struct {
	Unit   tree.Unit
	Tasks  []given
	Levels []matrixLevel
	Chosen string // key of a level; "" for all levels
	Name   string // of it
	Rows   []matrixRow
	Pager  web.Pager // of the rows
	Newer  string    // address of the newer tasks; "" for none
	Older  string
}

// matrixLevel is a level with how far its units are with each task.
type matrixLevel struct {
	Key, Name, Path string
	Cells           []task.Progress
}

// matrixRow is a unit with how it stands with each task.
type matrixRow struct {
	tree.Unit
	Cells []matrixCell
}

// matrixCell is a share; Path is "" where the unit has none.
type matrixCell struct{ Path, Sign, Word string }

// The window of the matrix: 50 units by 100 tasks.
const (
	matrixUnits = 50
	matrixTasks = 100
)

func (s *screens) showMatrix(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.TaskRead, unit); err != nil {
		return err
	}
	p := matrixPage{Chosen: r.Query("level")}
	p.Unit, _ = r.Actor.Tree.Unit(unit)
	if err := r.View(func(q store.Querier) error { return s.readMatrix(r, q, &p) }); err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("tasks.matrix"), "/tasks"
	layout.Crumb(r.T("tasks.title"), listPath(unit, gave)).Crumb(r.T("tasks.matrix"), "")
	if p.Name != "" {
		layout.Crumbs[1].Path = matrixPath(unit, "")
		layout.Crumb(p.Name, "")
	}
	layout.Script("task/task.ts")
	return r.Render(s.matrix, p)
}

func matrixPath(unit tree.UnitID, level string) string {
	path := "/tasks/matrix?unit=" + strconv.FormatInt(int64(unit), 10)
	if level != "" {
		path += "&level=" + level
	}
	return path
}

func (s *screens) readMatrix(r *web.Request, q store.Querier, p *matrixPage) error {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	ids := p.window(r, s.Index.GivenBy(p.Unit.ID))
	list, err := task.Heads(r.Context(), q, ids)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b task.Task) int { return cmp.Compare(b.ID, a.ID) })
	for _, t := range list {
		p.Tasks = append(p.Tasks, s.given(r, t))
	}
	if p.Chosen == "" {
		byTask := make([]map[string]task.Progress, len(ids))
		for i, id := range ids {
			byTask[i] = s.Index.Levels(id, today(r))
		}
		for _, level := range rules.Levels {
			row := matrixLevel{Key: level.Key, Name: level.Plural.In(r.Lang), Path: matrixPath(p.Unit.ID, level.Key), Cells: make([]task.Progress, len(ids))}
			any := false
			for i := range ids {
				row.Cells[i] = byTask[i][level.Key]
				any = any || row.Cells[i].Units > 0
			}
			if any {
				p.Levels = append(p.Levels, row)
			}
		}
		return nil
	}
	level, _ := rules.Level(p.Chosen)
	p.Name = level.Plural.In(r.Lang)
	s.rows(r, p, ids)
	return nil
}

// window is the tasks that are shown: the newest first, or older ones.
func (p *matrixPage) window(r *web.Request, ids []int64) []int64 {
	from, _ := strconv.Atoi(r.Query("from")) // none is the newest
	from = min(max(from, 0), len(ids))
	at := func(n int) string { return matrixPath(p.Unit.ID, p.Chosen) + "&from=" + strconv.Itoa(n) }
	if from > 0 {
		p.Newer = at(max(from-matrixTasks, 0))
	}
	if from+matrixTasks < len(ids) {
		p.Older = at(from + matrixTasks)
	}
	return ids[from:min(from+matrixTasks, len(ids))]
}

// rows are the units of the chosen level, a window of them.
func (s *screens) rows(r *web.Request, p *matrixPage, ids []int64) {
	var units []tree.Unit
	for _, u := range r.Actor.Tree.Subtree(p.Unit.ID) {
		if u.Level == p.Chosen {
			units = append(units, u)
		}
	}
	if len(units) <= mostSorted {
		slices.SortStableFunc(units, func(a, b tree.Unit) int { return fold.Compare(a.Name, b.Name) })
	}
	p.Pager = r.Pager(len(units), matrixUnits)
	units = units[max(p.Pager.From-1, 0):p.Pager.To]
	shown := make([]tree.UnitID, len(units))
	for i, u := range units {
		shown[i] = u.ID
	}
	for i, line := range s.Index.Window(shown, ids, today(r)) {
		row := matrixRow{Unit: units[i], Cells: make([]matrixCell, len(line))}
		for j, at := range line {
			if at.Unit == 0 {
				continue
			}
			row.Cells[j].Path = sharePath(at.Task, at.Unit)
			row.Cells[j].Sign, row.Cells[j].Word = mark(r, at)
		}
		p.Rows = append(p.Rows, row)
	}
}
