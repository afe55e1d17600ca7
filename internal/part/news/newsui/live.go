package newsui

import (
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// opinionsLive is the address of the stream that says when a desk's opinions changed.
const opinionsLive = "/opinions/live"

// Ring tells those who look at a desk's opinions that others came or were decided.
func Ring(hub *live.Hub, events []ledger.Event) error {
	told := map[string]bool{}
	for _, e := range events {
		if !strings.HasPrefix(string(e.Kind), string(news.CommentSent)) {
			continue
		}
		channel := opinionsChannel(e.Unit)
		if told[channel] || !hub.Watched(channel) {
			continue
		}
		told[channel] = true
		if err := hub.Send(channel, struct{}{}); err != nil {
			return err
		}
	}
	return nil
}

func opinionsChannel(unit int64) string { return "opinions:" + strconv.FormatInt(unit, 10) }

// mostStreams is how many pages of a person hear of opinions at once.
const mostStreams = 60

// live holds the stream open by which a page hears of opinions.
func (s *screens) live(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsModerate, unit); err != nil {
		return err
	}
	person := strconv.FormatInt(r.Actor.Person, 10)
	if s.Hub.StreamsOf(person) >= mostStreams {
		return fault.New(fault.Unavailable, "newsui.streams", "most", mostStreams)
	}
	if err := r.Stream(); err != nil {
		return err
	}
	s.Hub.Serve(r.Writer, r.Request, person, opinionsChannel(int64(unit)))
	return nil
}
