package briefingui

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// replayBoard is what stood beside the pictures from a second on, until the next.
type replayBoard struct {
	From float64 `json:"from"`
	Path string  `json:"path,omitempty"` // where it is read; "" for nothing
}

// boardsOf are all that stood beside the pictures, in order: another whenever something
// else was shown and whenever the figures of what was shown had moved.
func (s *Screens) boardsOf(r *web.Request, w watched, t timeline) (list []replayBoard, err error) {
	add := func(at time.Time, address string) {
		second, last := t.second(at), len(list)-1
		switch {
		case last >= 0 && second < list[last].From: // that one waits for its second, and is overtaken
			list[last].Path = address
			return
		case last >= 0: // no oftener than once a second
			second = max(second, list[last].From+1)
		}
		list = append(list, replayBoard{second, address})
	}
	return list, r.View(func(q store.Querier) error {
		for n, span := range w.Replay.Spans {
			if n > 0 {
				add(w.Replay.Spans[n-1].To, "") // nothing of what was shown while nobody recorded
			}
			if span.To.IsZero() {
				span.To = t.moment(t.film.Length.Seconds())
			}
			for i, scene := range w.Replay.Shown {
				from, to := scene.From, span.To
				if i+1 < len(w.Replay.Shown) && w.Replay.Shown[i+1].From.Before(to) {
					to = w.Replay.Shown[i+1].From
				}
				if from.Before(span.From) {
					from = span.From
				}
				if !from.Before(to) {
					continue
				}
				add(from, w.read(scene, from))
				moved, err := s.movedWithin(r, q, w.Briefing, scene, from, to)
				if err != nil {
					return err
				}
				for _, at := range moved {
					add(at, w.read(scene, at))
				}
			}
		}
		return nil
	})
}

// read is the address at which a scene is read as of a moment.
func (w watched) read(scene briefing.Scene, at time.Time) string {
	switch {
	case scene.Dark:
		return ""
	case scene.Handout != 0:
		return path(w.ID, fmt.Sprintf("/handouts/%d/sheet?version=%d&page=%d&screen=1", scene.Handout, scene.Version, scene.Page))
	case scene.Unit == 0 || w.Directive == 0:
		return ""
	}
	return path(w.ID, "/replay/board?at="+strconv.FormatInt(store.Micro(at), 10))
}

// movedWithin are the moments at which the figures moved while a board was shown.
func (s *Screens) movedWithin(r *web.Request, q store.Querier, b briefing.Briefing, scene briefing.Scene, from, to time.Time) ([]time.Time, error) {
	if scene.Dark || scene.Handout != 0 || scene.Unit == 0 || b.Directive == 0 || !scene.At.IsZero() {
		return nil, nil
	}
	after, err := ledger.PositionAt(r.Context(), q, from)
	if err != nil {
		return nil, err
	}
	until, err := ledger.PositionAt(r.Context(), q, to)
	if err != nil {
		return nil, err
	}
	positions, err := s.Boards.Moved(b.Directive, scene.Unit, after, until)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // there was no such board: reading it says so
	}
	if err != nil || len(positions) == 0 {
		return nil, err
	}
	times, err := ledger.Times(r.Context(), q, after, until)
	if err != nil {
		return nil, err
	}
	var list []time.Time
	for _, position := range positions {
		if i := position - after - 1; i < int64(len(times)) {
			list = append(list, times[i])
		}
	}
	return list, nil
}

// replayedBoard is the board that was shown at a moment of the recording, with the
// figures of that moment. What was shown while nobody recorded is not given.
func (s *Screens) replayedBoard(r *web.Request) error {
	w, err := s.watch(r)
	if err != nil {
		return err
	}
	asked, err := strconv.ParseInt(r.Query("at"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "web.not-found")
	}
	at, ok := w.Replay.Within(store.Moment(asked))
	scene := w.Replay.At(at)
	if !ok || !w.Recording.Kept() || scene.Dark || scene.Unit == 0 || w.Directive == 0 {
		r.Writer.WriteHeader(http.StatusNoContent)
		return nil
	}
	w.Live = scene.Live
	page, err := s.panelOf(r, w.seated, scene.Shown, at)
	if err != nil {
		return err
	}
	return r.RenderPart(s.room, "panel", page)
}
