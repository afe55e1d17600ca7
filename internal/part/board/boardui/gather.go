package boardui

import (
	"sync"
	"time"

	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// beat is how often a board's page is sent to at most: ten times a second looks
// live, and a thousand screens cost the same at three reports a second and at
// three hundred.
const beat = 100 * time.Millisecond

// gathering holds changes back until the next beat. The first change after a
// quiet beat goes out at once.
type gathering struct {
	send func(board.Update)

	mu      sync.Mutex
	pending map[shown]*gathered
	order   []shown // of the pending pages, as they first changed
	beating bool    // something was sent less than a beat ago

	sending sync.Mutex // keeps the messages of one page in their order
}

// shown names a page.
type shown struct {
	directive int64
	unit      tree.UnitID
}

// gathered are the changes of one page in one.
type gathered struct {
	update board.Update
	at     map[[2]int64]int // places of its cells, by unit and column
}

func newGathering(send func(board.Update)) *gathering {
	return &gathering{send: send, pending: map[shown]*gathered{}}
}

// add takes changes up, in order.
func (g *gathering) add(updates []board.Update) {
	g.mu.Lock()
	for _, u := range updates {
		g.gather(u)
	}
	first := !g.beating
	g.beating = true
	g.mu.Unlock()
	if first {
		g.flush()
		time.AfterFunc(beat, g.next)
	}
}

// gather joins a change with what is pending on its page: from the first
// position to the last, each cell as it is now.
func (g *gathering) gather(u board.Update) {
	page := shown{u.Directive, u.Unit}
	before := g.pending[page]
	if before == nil {
		before = &gathered{update: u, at: map[[2]int64]int{}}
		before.update.Cells = nil
		g.pending[page] = before
		g.order = append(g.order, page)
	}
	joined := &before.update
	joined.To, joined.Version, joined.Reload = u.To, u.Version, joined.Reload || u.Reload
	for _, c := range u.Cells {
		key := [2]int64{int64(c.Unit), int64(c.Column)}
		if at, known := before.at[key]; known {
			joined.Cells[at] = c
			continue
		}
		before.at[key] = len(joined.Cells)
		joined.Cells = append(joined.Cells, c)
	}
}

// next sends what came during the last beat, or rests when nothing did.
func (g *gathering) next() {
	g.mu.Lock()
	g.beating = len(g.order) > 0
	beating := g.beating
	g.mu.Unlock()
	if beating {
		g.flush()
		time.AfterFunc(beat, g.next)
	}
}

func (g *gathering) flush() {
	g.sending.Lock()
	defer g.sending.Unlock()
	g.mu.Lock()
	pending, order := g.pending, g.order
	g.pending, g.order = map[shown]*gathered{}, nil
	g.mu.Unlock()
	for _, page := range order {
		g.send(pending[page].update)
	}
}
