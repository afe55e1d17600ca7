package inboxui

import (
	"fmt"

	"giaoban/internal/edge/web"
)

// publicBoards lists the boards whose figures the person is asked to clear.
func (p *page) publicBoards(r *web.Request) {
	var lines []line
	for _, b := range p.Boards {
		lines = append(lines, line{
			Path: fmt.Sprintf("/public-boards/%d", b.ID), What: b.Title, Small: []string{b.At.Name, r.T("inboxui.public-board.asked", "name", b.AskedBy, "time", moment(r, b.AskedAt))},
			Sign: "waiting", Word: r.T("inboxui.public-board.clear"),
		})
	}
	p.add("public-board", lines)
}
