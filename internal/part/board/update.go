package board

import (
	"maps"
	"slices"

	"giaoban/internal/base/tree"
)

// takeUpdates gathers what changed since the last time, page by page. A cell
// stands on two pages: its unit's own and that of the unit above.
func (b *Boards) takeUpdates() []Update {
	var all []Update
	for _, c := range b.issues {
		pages := b.takeDirty(c)
		if b.publish != nil {
			all = append(all, b.reloads(c)...)
		}
		for _, page := range pages {
			all = append(all, c.update(page, b.units.ids[page.unit], b.position))
			c.sent[page.unit] = b.position
		}
		c.reload = false
		clear(c.reshaped)
	}
	return all
}

// wants says whether somebody looks at a page that is not loaded anew anyway. Of
// a page that nobody looks at, it is forgotten what was sent: whoever opens it
// asks for what changed.
func (b *Boards) wants(c *count, page int32) bool {
	if c.reload || c.closed != nil {
		return false
	}
	if !b.watched(c.directive, b.units.ids[page]) {
		delete(c.sent, page)
		return false
	}
	_, reshaped := c.reshaped[page]
	return !reshaped
}

// reloads are the updates of pages that must be loaded anew: all of a directive
// whose columns changed, and those whose rows did.
func (b *Boards) reloads(c *count) []Update {
	pages := slices.Sorted(maps.Keys(c.reshaped))
	if c.reload {
		pages = pages[:0]
		for i := range b.units.ids {
			pages = append(pages, int32(i))
		}
	}
	var all []Update
	for _, page := range pages {
		if unit := b.units.ids[page]; b.watched(c.directive, unit) {
			all = append(all, Update{
				Directive: c.directive, Version: c.now().number, Unit: unit, From: c.sent[page], To: b.position, Reload: true,
			})
			c.sent[page] = b.position
		}
	}
	return all
}

// touched is a page on which cells changed.
type touched struct {
	unit  int32
	from  int64
	cells []slot
}

// takeDirty empties the lists of changed cells, and gives the pages on which
// they stand and at which somebody looks.
func (b *Boards) takeDirty(c *count) []touched {
	var pages []touched
	places := map[int32]int{} // among the pages; -1 of one at which nobody looks
	on := func(unit int32, s slot) {
		at, seen := places[unit]
		if !seen {
			at = -1
			if b.wants(c, unit) {
				at = len(pages)
				pages = append(pages, touched{unit: unit, from: c.sent[unit]})
			}
			places[unit] = at
		}
		if at >= 0 {
			pages[at].cells = append(pages[at].cells, s)
		}
	}
	for at, column := range c.columns {
		for _, unit := range column.dirty {
			if !column.clean(c.units, unit) || column.shown < 0 || b.publish == nil {
				continue
			}
			s := slot{at, unit}
			on(unit, s)
			if parent := c.units.at[unit].parent; parent != none {
				on(parent, s)
			}
		}
		column.dirty = column.dirty[:0]
	}
	return pages
}

// clean marks a unit's cell as taken; it says whether the cell had changed.
func (c *column) clean(u *units, unit int32) (changed bool) {
	if e := c.of(u, unit); e != nil {
		changed, e.dirty = e.dirty, false
	}
	rank := c.ranks.inners.of(unit)
	for in := range c.lanes {
		if at := c.lanes[in].find(rank); at != none {
			f := &c.lanes[in].figures[at]
			changed, f.dirty = changed || f.dirty, false
		}
	}
	return changed
}

func (c *count) update(page touched, unit tree.UnitID, position int64) Update {
	u := Update{Directive: c.directive, Version: c.now().number, Unit: unit, From: page.from, To: position}
	r := c.reading(moment{present, c.calendar.today})
	for _, s := range page.cells {
		shown := c.columns[s.column].shown
		var cell Cell
		r.lenses[shown].cell(c.units, s.unit, &cell)
		u.Cells = append(u.Cells, ChangedCell{c.units.ids[s.unit], shown, cell})
	}
	return u
}
