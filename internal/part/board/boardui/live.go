package boardui

import (
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
)

// pushed is an update as the page's script takes it: positions and bare values,
// formatted in the browser, so that one message does for all languages.
type pushed struct {
	From    int64 `json:"from"`
	To      int64 `json:"to"`
	Version int   `json:"version"`
	Reload  bool  `json:"reload,omitempty"`
	// Obstacles says that what stands in the way of units has changed; such a message
	// carries nothing else.
	Obstacles bool        `json:"obstacles,omitempty"`
	Cells     [][11]int64 `json:"cells"` // unit, column, then the values
}

func message(u board.Update) pushed {
	p := pushed{From: u.From, To: u.To, Version: u.Version, Reload: u.Reload, Cells: make([][11]int64, len(u.Cells))}
	for i, changed := range u.Cells {
		p.Cells[i][0], p.Cells[i][1] = int64(changed.Unit), int64(changed.Column)
		for at, n := range values(changed.Cell) {
			p.Cells[i][at+2] = int64(n)
		}
	}
	return p
}

// values are the counters of a cell in the order in which the script knows them.
func values(c board.Cell) [9]int32 {
	return [9]int32{c.Total, c.Done, c.Waiting, c.Provisional, c.Soon, c.Late, c.Passed, c.Exempt, c.Apart}
}

// mostStreams is how many boards a person may watch at once: screens of a
// briefing room and a desk full of tabs, but no end of them.
const mostStreams = 40

// live holds the stream open that moves an open board.
func (s *Screens) live(r *web.Request) error {
	directive, unit, err := s.asked(r)
	if err != nil {
		return err
	}
	person := strconv.FormatInt(r.Actor.Person, 10)
	if s.hub.StreamsOf(person) >= mostStreams {
		return fault.New(fault.Unavailable, "board.streams", "most", mostStreams)
	}
	if err := r.Stream(); err != nil {
		return err
	}
	s.hub.Serve(r.Writer, r.Request, person, channel(directive, unit))
	return nil
}

// changes answers a page that lost its connection: what changed since the
// position that it has seen.
func (s *Screens) changes(r *web.Request) error {
	directive, unit, err := s.asked(r)
	if err != nil {
		return err
	}
	since, err := strconv.ParseInt(r.Query("since"), 10, 64)
	if err != nil || since < 0 {
		return fault.New(fault.Invalid, "board.since.wrong")
	}
	u, err := s.boards.Changes(directive, unit, since)
	if err != nil {
		return err
	}
	r.Writer.Header().Set("Cache-Control", "no-store")
	return r.JSON(message(u))
}

// asked reads whose board is asked for, and refuses whoever may not see it.
func (s *Screens) asked(r *web.Request) (int64, tree.UnitID, error) {
	directive, unit, m, err := s.askedThen(r)
	if err == nil && m.past {
		err = fault.New(fault.Invalid, "board.at.wrong") // the past does not move
	}
	return directive, unit, err
}

// may decides whether the person reads a unit's board: by role, or because the
// directive opens its board to the units directly below. Forbidden leaves the
// totals to whoever may read those; of a directive that speaks neither to the
// unit nor for somebody below the person, nobody learns that there is one.
func (s *Screens) may(r *web.Request, id int64, unit tree.UnitID) error {
	refused := r.Actor.May(access.BoardRead, unit)
	if refused != nil && r.Actor.May(access.BoardTotals, unit) != nil {
		return refused
	}
	d, err := s.boards.Directive(id)
	if err != nil {
		return err
	}
	switch {
	case refused == nil && r.Actor.May(access.DirectiveRead, d.Unit) == nil:
		return nil
	case !directive.Concerns(s.tree, d, unit):
		return fault.New(fault.NotFound, "board.unknown")
	case d.Document.OpenSiblings:
		return nil
	}
	return refused
}
