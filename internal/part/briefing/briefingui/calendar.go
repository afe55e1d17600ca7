package briefingui

import (
	"fmt"
	"net/http"

	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// calendar is the briefing as an entry for a calendar.
func (s *Screens) calendar(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	entry := briefing.Entry{Briefing: b.Briefing, Host: names(s.Tree)(b.Unit), Address: s.Address, Method: briefing.Publish, Stamp: b.CalledAt}
	header := r.Writer.Header()
	header.Set("Content-Type", "text/calendar; charset=utf-8")
	header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="giao-ban-%d.ics"`, b.ID))
	header.Set("Cache-Control", "private, no-store")
	r.Writer.WriteHeader(http.StatusOK)
	_, err = r.Writer.Write([]byte(entry.String()))
	return err
}
