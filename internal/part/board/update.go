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
	for _, id := range slices.Sorted(maps.Keys(b.counts)) {
		c := b.counts[id]
		pages := c.takeDirty(b.position)
		if b.publish != nil {
			all = append(all, b.reloads(c)...)
			for _, page := range pages {
				if b.wants(c, page.unit) {
					all = append(all, c.update(page, b.units.ids[page.unit], b.position))
				}
			}
		}
		c.reload = false
		clear(c.reshaped)
	}
	return all
}

// wants says whether somebody looks at a page that is not loaded anew anyway.
func (b *Boards) wants(c *count, page int32) bool {
	_, reshaped := c.reshaped[page]
	return !c.reload && !reshaped && b.watched(c.directive, b.units.ids[page])
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
				Directive: c.directive, Version: c.version, Unit: unit, From: c.pages[page], To: b.position, Reload: true,
			})
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

// takeDirty empties the set of changed cells and moves the positions of the
// pages on which they stand.
func (c *count) takeDirty(position int64) []touched {
	if len(c.dirty) == 0 {
		return nil
	}
	index := map[int32]int{}
	var pages []touched
	on := func(unit int32, s slot) {
		at, known := index[unit]
		if !known {
			at = len(pages)
			index[unit] = at
			pages = append(pages, touched{unit: unit, from: c.pages[unit]})
			c.pages[unit] = position
		}
		pages[at].cells = append(pages[at].cells, s)
	}
	for s := range c.dirty {
		on(s.unit, s)
		if parent := c.units.parent[s.unit]; parent != none {
			on(parent, s)
		}
	}
	clear(c.dirty)
	return pages
}

func (c *count) update(page touched, unit tree.UnitID, position int64) Update {
	u := Update{Directive: c.directive, Version: c.version, Unit: unit, From: page.from, To: position}
	for _, s := range page.cells {
		u.Cells = append(u.Cells, ChangedCell{c.units.ids[s.unit], s.column, c.columns[s.column].cells[s.unit]})
	}
	return u
}
