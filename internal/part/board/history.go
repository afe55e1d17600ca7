package board

// entry is what a counter was from a ledger position on.
type entry struct {
	position             int64
	total, done, waiting int32
}

// history keeps, for each unit of one column, what its counters were. Entries
// lie in chunks of one slice without pointers, so that the garbage collector
// has nothing to follow in ten million of them. A chunk begins with an entry
// that points to the chunk before; chunks of one unit double in size.
type history struct {
	heads []head
	slab  []entry
}

type head struct {
	chunk int32 // offset of the newest chunk in the slab; 0 for none
	used  int32 // entries in it
	size  int32 // room in it
}

const (
	firstChunk = 2
	lastChunk  = 256
)

func (h *history) grow(units int) {
	for len(h.heads) < units {
		h.heads = append(h.heads, head{})
	}
	if len(h.slab) == 0 {
		h.slab = append(h.slab, entry{}) // so that offset 0 means none
	}
}

// put records what a unit's counters are from position on. A second change at
// the same position replaces the first.
func (h *history) put(unit int32, position int64, c Cell) {
	at := &h.heads[unit]
	e := entry{position, c.Total, c.Done, c.Waiting}
	if at.used > 0 && h.slab[at.chunk+at.used].position == position {
		h.slab[at.chunk+at.used] = e
		return
	}
	if at.used == at.size {
		size := min(max(firstChunk, at.size*2), lastChunk)
		link := entry{position: int64(at.chunk), total: at.used}
		*at = head{chunk: int32(len(h.slab)), size: size}
		h.slab = append(h.slab, link)
		h.slab = append(h.slab, make([]entry, size)...)
	}
	at.used++
	h.slab[at.chunk+at.used] = e
}

// at gives what a unit's counters were after the event at position.
func (h *history) at(unit int32, position int64) entry {
	chunk, used := h.heads[unit].chunk, h.heads[unit].used
	for chunk > 0 {
		entries := h.slab[chunk+1 : chunk+1+used]
		if entries[0].position <= position {
			low, high := 0, len(entries) // entries[low] is not later; entries[high] is
			for high-low > 1 {
				if middle := (low + high) / 2; entries[middle].position <= position {
					low = middle
				} else {
					high = middle
				}
			}
			return entries[low]
		}
		link := h.slab[chunk]
		chunk, used = int32(link.position), link.total
	}
	return entry{}
}
