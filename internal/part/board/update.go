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
		}
		c.reload = false
		clear(c.reshaped)
	}
	return all
}

// wants says whether somebody looks at a page that is not loaded anew anyway.
func (b *Boards) wants(c *count, page int32) bool {
	if c.reload || c.closed != nil || b.publish == nil {
		return false
	}
	_, reshaped := c.reshaped[page]
	return !reshaped && b.watched(c.directive, b.units.ids[page])
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
				Directive: c.directive, Version: c.now().number, Unit: unit, From: c.pages[page].position, To: b.position, Reload: true,
			})
		}
	}
	return all
}

// page is what is remembered of the page of a unit.
type page struct {
	position int64 // of the last change that it shows
	taken    int32 // the last time that changes were taken from it
	at       int32 // its place among the pages taken then; none when nobody looks
}

// touched is a page on which cells changed.
type touched struct {
	unit  int32
	from  int64
	cells []slot
}

// takeDirty empties the lists of changed cells, moves the positions of the pages
// on which they stand, and gives the pages that somebody looks at.
func (b *Boards) takeDirty(c *count) []touched {
	var pages []touched
	c.taken++
	on := func(unit int32, s slot) {
		p := &c.pages[unit]
		if p.taken != c.taken {
			p.taken, p.at = c.taken, none
			if b.wants(c, unit) {
				p.at = int32(len(pages))
				pages = append(pages, touched{unit: unit, from: p.position})
			}
			p.position = b.position
		}
		if p.at != none {
			pages[p.at].cells = append(pages[p.at].cells, s)
		}
	}
	for at, column := range c.columns {
		for _, unit := range column.dirty {
			if !column.clean(unit) || column.shown < 0 {
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
func (c *column) clean(unit int32) (changed bool) {
	if e := c.of(unit); e != nil {
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
		cell, _ := r.cell(shown, s.unit)
		u.Cells = append(u.Cells, ChangedCell{c.units.ids[s.unit], shown, cell})
	}
	return u
}
