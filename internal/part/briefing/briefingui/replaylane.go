package briefingui

import (
	"strings"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/edge/media/recording"
	"giaoban/internal/edge/web"
)

// laneOf is a lane as the page lists it.
func laneOf(id int64, lane recording.Lane) laneRow {
	row := laneRow{Lane: lane, Kind: lane.Name, Path: path(id, "/replay/lanes/"+lane.Name)}
	if kind, number, numbered := strings.Cut(lane.Name, "-"); numbered {
		row.Kind, row.Number = kind, number
	}
	return row
}

// lane plays one lane of a recording, or with "save" gives it to be kept.
func (s *Screens) lane(r *web.Request) error {
	w, err := s.watch(r)
	if err != nil {
		return err
	}
	film, err := s.film(w)
	if err != nil {
		return err
	}
	if film == nil {
		return fault.New(fault.NotFound, "briefing.recording-none")
	}
	for _, lane := range film.Lanes {
		if lane.Name != r.PathValue("lane") {
			continue
		}
		content, err := film.Lane(lane.Name)
		if err != nil {
			return err
		}
		defer content.Close()
		name := ""
		if r.Query("save") != "" {
			name = "giao-ban-" + string(clock.DateOf(w.OpenedAt, r.Zone())) + "-" + lane.Name + ".webm"
		}
		r.Play("video/webm", name, film.Began.Add(film.Length), content)
		return nil
	}
	return fault.New(fault.NotFound, "web.not-found")
}
