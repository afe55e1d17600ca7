package board

// entry is what a counter was from a ledger position on.
type entry struct {
	position             int64
	total, done, waiting int32
}

// history keeps what the counters of one column were. Entries lie in blocks
// without pointers, so that the garbage collector has nothing to follow in ten
// million of them, and none is ever moved. A unit's entries are a chain of
// chunks, each twice as large as the one before; a chunk begins with an entry
// that points to it, and never goes beyond its block.
type history struct {
	blocks [][]entry
	end    int32 // where the next chunk may begin
}

// head is where a unit's history is.
type head struct {
	chunk int32 // where the newest chunk begins; 0 for none
	used  int32 // entries in it
	size  int32 // room in it
}

const (
	firstChunk = 2
	lastChunk  = 256
	blockBits  = 12
	blockSize  = 1 << blockBits
)

// chunk is the n entries of the chunk that begins at a place, after the one
// that points to the chunk before.
func (h *history) chunk(at, n int32) []entry {
	from := at%blockSize + 1
	return h.blocks[at/blockSize][from : from+n]
}

func (h *history) link(at int32) *entry { return &h.blocks[at/blockSize][at%blockSize] }

// open begins a unit's next chunk.
func (h *history) open(of *head) {
	size := min(max(firstChunk, of.size*2), lastChunk)
	if room := int32(len(h.blocks)) * blockSize; h.end+1+size > room {
		h.blocks = append(h.blocks, make([]entry, blockSize))
		h.end = max(room, 1) // place 0 stands for none
	}
	*h.link(h.end) = entry{position: int64(of.chunk), total: of.used}
	*of = head{chunk: h.end, size: size}
	h.end += 1 + size
}

// put records what a unit's counters are from position on. A second change at
// the same position replaces the first. Before is the position of the unit's
// change before this one: entries are far away in memory, and the last one need
// only be looked at when that is the same.
func (h *history) put(at *head, before, position int64, c Cell) {
	e := entry{position, c.Total, c.Done, c.Waiting}
	if before == position && at.used > 0 {
		if last := &h.chunk(at.chunk, at.used)[at.used-1]; last.position == position {
			*last = e
			return
		}
	}
	if at.used == at.size {
		h.open(at)
	}
	at.used++
	h.chunk(at.chunk, at.used)[at.used-1] = e
}

// at gives what a unit's counters were after the event at position.
func (h *history) at(of head, position int64) entry {
	chunk, used := of.chunk, of.used
	for chunk > 0 {
		entries := h.chunk(chunk, used)
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
		link := h.link(chunk)
		chunk, used = int32(link.position), link.total
	}
	return entry{}
}
