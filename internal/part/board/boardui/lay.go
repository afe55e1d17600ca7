package boardui

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
)

func (p *boardPage) chooseMilestone(r *web.Request, v board.View) {
	p.Milestone = r.Query("milestone")
	if len(v.Document.Milestones) == 0 {
		return
	}
	if !slices.ContainsFunc(v.Columns, func(c board.Column) bool { return c.Milestone == p.Milestone }) {
		p.Milestone = Widest(v)
	}
	for _, m := range v.Document.Milestones {
		p.Milestones = append(p.Milestones, tab{m.Key, m.Name.In(r.Lang), m.Key == p.Milestone})
	}
}

// deadlines names the ends of the days at which levels had to be done: the
// moments that everybody asks about.
func (p *boardPage) deadlines(r *web.Request, v board.View, pr *profile.Profile, zone *time.Location) {
	for _, column := range v.Columns {
		end := column.Deadline.End(zone).Add(-time.Second)
		if column.Milestone != p.Milestone || column.Deadline == "" || !end.Before(r.Now()) {
			continue
		}
		level, _ := pr.Level(column.Level)
		at := end.In(zone).Format(atForm)
		name := r.T("board.named.deadline", "level", level.Plural.In(r.Lang), "date", text.Date(r.Lang, column.Deadline))
		p.Named = append(p.Named, named{name, at, text.Moment(r.Lang, end, zone), at == p.At})
	}
}

// Widest is the milestone that the most units report: what a board opens on.
func Widest(v board.View) string {
	units := map[string]int32{}
	best := v.Document.Milestones[0].Key
	for i, column := range v.Columns {
		if units[column.Milestone] += v.Head.Cells[i].Total; units[column.Milestone] > units[best] {
			best = column.Milestone
		}
	}
	return best
}

// columns lays out the columns of the chosen milestone that have units here.
func (p *boardPage) columns(lang text.Lang, v board.View, pr *profile.Profile) {
	for i, column := range v.Columns {
		if column.Milestone != p.Milestone || v.Head.Cells[i].Total == 0 {
			continue
		}
		level, _ := pr.Level(column.Level)
		h := heading{Index: i, Level: level.Short.In(lang), Full: text.Capital(level.Plural.In(lang)), Deadline: column.Deadline}
		if own := v.Head.Deadlines[i]; own != "" {
			h.Deadline = own
		}
		c := newCell(v.Head, i)
		p.Columns = append(p.Columns, h)
		p.Figures = append(p.Figures, figure{heading: h, Cell: c, Since: c.Change()})
	}
	// The wide comes last in a list of levels, and is read last.
	slices.SortStableFunc(p.Figures, func(a, b figure) int { return cmp.Compare(b.Cell.Total, a.Cell.Total) })
	slices.SortStableFunc(p.Columns, func(a, b heading) int {
		return cmp.Compare(v.Head.Cells[b.Index].Total, v.Head.Cells[a.Index].Total)
	})
}

// trim leaves columns out of the table that no unit below has anything in: that
// of the unit's own level. The level of the units directly below has no bars: each
// is done or not.
func (p *boardPage) trim(v board.View) {
	p.Columns = slices.DeleteFunc(p.Columns, func(h heading) bool {
		return !slices.ContainsFunc(v.Rows, func(r board.Row) bool { return r.Cells[h.Index].Total > 0 })
	})
	for i, h := range p.Columns {
		p.Columns[i].Wide = slices.ContainsFunc(v.Rows, func(r board.Row) bool { return r.Cells[h.Index].Total > 0 && !r.Own[h.Index] })
	}
}

func newCell(r board.Row, column int) cell {
	c := cell{Cell: r.Cells[column], Key: fmt.Sprintf("%d:%d", r.Unit, column), Own: r.Own[column]}
	c.State = c.Cell.State()
	if r.Past != nil {
		c.Base = int(r.Past[column].Done)
	}
	return c
}

func (p *boardPage) sums(lang text.Lang, v board.View, pr *profile.Profile) {
	for _, h := range p.Columns {
		for i, series := range v.Series[h.Index] {
			sum := v.Head.Sums[h.Index][i]
			if sum.Units == 0 {
				continue
			}
			line := sumLine{Column: h.Index, Level: h.Full, Indicator: series.Indicator.Name.In(lang), Unit: series.Indicator.Unit.In(lang), Sum: sum}
			for _, option := range series.Indicator.Options {
				if option.Key == series.Option {
					line.Option = option.Name.In(lang)
				}
			}
			if line.Number = series.Indicator.Kind == profile.Number; line.Number {
				mean, _ := sum.Mean()
				line.Mean = mean.Fixed(lang, max(1, series.Indicator.Decimals))
			}
			p.Sums = append(p.Sums, line)
		}
	}
}

// rows lays out the units directly below, filtered and sorted.
func (p *boardPage) rows(units called, v board.View, pr *profile.Profile, lang text.Lang) {
	key := fold.Key(p.Words)
	levels := map[string]bool{}
	p.Rows = make([]row, 0, len(v.Rows))
	cells := make([]cell, 0, len(v.Rows)*len(p.Columns))
	for _, r := range v.Rows {
		u, ok := units.Unit(r.Unit)
		if !ok {
			continue // dissolved a moment ago
		}
		levels[u.Level] = true
		level, _ := pr.Level(u.Level)
		line := row{Unit: u, Level: level.Name.In(lang)}
		most := int32(-1)
		for _, h := range p.Columns {
			c := newCell(r, h.Index)
			cells = append(cells, c)
			line.Late += c.Late
			line.Told += c.Provisional
			line.Apart += c.Apart + c.Exempt
			if c.Total > 0 && c.Late > most {
				most, line.Latest = c.Late, h.Index
			}
		}
		line.Cells = cells[len(cells)-len(p.Columns) : len(cells) : len(cells)]
		p.Told, p.Apart = p.Told || line.Told > 0, p.Apart || line.Apart > 0
		if p.keeps(line, key) {
			p.Rows = append(p.Rows, line)
		}
	}
	for _, level := range pr.Levels {
		if levels[level.Key] && len(levels) > 1 {
			p.Levels = append(p.Levels, tab{level.Key, level.Name.In(lang), level.Key == p.Level})
		}
	}
	p.sort()
}

// perTable is how many units stand on a page of the table.
const perTable = 200

// cut leaves the rows of the page asked for: all were searched and sorted. The
// wall of a room has no pages.
func (p *boardPage) cut(r *web.Request) {
	if r.Layout().Wall {
		return
	}
	p.Pager = r.Pager(len(p.Rows), perTable)
	p.Rows = p.Rows[min(p.Pager.Offset, len(p.Rows)):p.Pager.To]
}

func (p *boardPage) keeps(r row, words string) bool {
	if p.Level != "" && r.Unit.Level != p.Level {
		return false
	}
	if words != "" && !contains(fold.Key(r.Unit.Name), words) {
		return false
	}
	return p.State == "" || slices.ContainsFunc(r.Cells, func(c cell) bool { return has(c.Cell, board.State(p.State)) })
}

// has says whether any unit that the cell counts is in a state.
func has(c board.Cell, state board.State) bool {
	switch state {
	case board.Done:
		return c.Done > 0
	case board.Waiting:
		return c.Waiting > 0
	case board.Late:
		return c.Late > 0
	case board.Soon:
		return c.Soon > 0
	case board.Nothing:
		return c.Nothing() > 0
	case board.Provisional:
		return c.Provisional > 0
	case board.Exempt:
		return c.Exempt > 0
	}
	return true
}
