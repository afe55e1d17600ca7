package briefingui

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media/recording"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// replayPage is where a recording is seen again, beside the board of each second.
type replayPage struct {
	seated
	Recording briefing.Recording
	Runs      bool // it is being recorded now
	Facts     *replayFacts
	Chapters  []chapter
	Lanes     []laneRow
	Keeping   *web.Form // nil for who does not preside
	Deleting  *web.Form
	Watchers  []web.Option
}

// replayFacts is what the page's script plays by. Times are seconds of the pictures.
type replayFacts struct {
	Length float64       `json:"length"`
	Lanes  []string      `json:"lanes"`
	Spans  []replaySpan  `json:"spans"`
	Turns  []replayTurn  `json:"turns"`
	Boards []replayBoard `json:"boards"` // what stood beside the pictures, from when on
	Words  replayWords   `json:"words"`
}

// replaySpan is a time that was recorded; between two of them there is nothing to see.
type replaySpan struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	At   int64   `json:"at"` // milliseconds of the business clock when it began
}

// replayTurn is somebody's turn at the floor; between two of them the chair is seen.
type replayTurn struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	Name string  `json:"name"`
	Item string  `json:"item,omitempty"`
}

type replayWords struct {
	Play  string `json:"play"`
	Pause string `json:"pause"`
	Chair string `json:"chair"`
	Lost  string `json:"lost"`
}

// chapter is a place to jump to: where an item of the agenda began, or a turn at the
// floor.
type chapter struct {
	At      float64 // seconds
	Time    time.Time
	Number  int // of the item; 0 for a turn
	Title   string
	Seconds int // of the turn
}

// Spoken is how many minutes a turn took, rounded up.
func (c chapter) Spoken() int { return (c.Seconds + 59) / 60 }

// laneRow is a lane of the recording to be downloaded.
type laneRow struct {
	recording.Lane
	Kind   string // floor, chair, screen, sound
	Number string // of a sound
	Path   string
}

// watched is a recording for somebody who may watch it.
type watched struct {
	seated
	Recording briefing.Recording
	Replay    briefing.Replay
	Clocks    briefing.Clocks
}

// watch reads the recording of the address and refuses whoever may not watch it.
func (s *Screens) watch(r *web.Request) (w watched, err error) {
	if w.seated, err = s.sit(r); err != nil {
		return w, err
	}
	return w, r.View(func(q store.Querier) error {
		if w.Recording, err = briefing.RecordingOf(r.Context(), q, w.ID); err != nil {
			return err
		}
		if err := w.Recording.Watch(w.Seat, w.Sites); err != nil {
			return err
		}
		events, err := briefing.Events(r.Context(), q, w.ID)
		if err != nil {
			return err
		}
		if w.Replay, err = briefing.ReplayOf(w.Briefing, events); err != nil {
			return err
		}
		w.Clocks, err = briefing.ClocksOf(r.Context(), q, w.ID)
		return err
	})
}

// film opens what was recorded; nil when there is nothing to play.
func (s *Screens) film(w watched) (*recording.Recording, error) {
	if !w.Recording.Kept() {
		return nil, nil
	}
	film, err := recording.Open(s.folder(w.ID))
	if errors.Is(err, fs.ErrNotExist) || err == nil && (len(film.Lanes) == 0 || film.Length <= 0) {
		return nil, nil
	}
	return film, err
}

// replayable says whether there is a recording that the person may watch.
func (b seated) replayable(r *web.Request, q store.Querier) (bool, error) {
	recording, err := briefing.RecordingOf(r.Context(), q, b.ID)
	return recording.Kept() && recording.Watch(b.Seat, b.Sites) == nil, err
}

// folder is where the pictures of a briefing lie.
func (s *Screens) folder(id int64) string {
	return filepath.Join(s.Recordings, strconv.FormatInt(id, 10))
}

func (s *Screens) showReplay(r *web.Request) error {
	w, err := s.watch(r)
	if err != nil {
		return err
	}
	return s.renderReplay(r, w, nil, nil)
}

// renderReplay shows a recording with the forms that came back, or fresh ones.
func (s *Screens) renderReplay(r *web.Request, w watched, keeping, deleting *web.Form) error {
	data := replayPage{seated: w.seated, Recording: w.Recording, Runs: w.Recording.Runs(w.Briefing)}
	if !data.Runs {
		film, err := s.film(w)
		if err != nil {
			return err
		}
		if film != nil {
			if err := s.lay(r, w, film, &data); err != nil {
				return err
			}
		}
	}
	status := data.forms(r, keeping, deleting)
	w.frame(r, r.T("briefings.replay"))
	r.Layout().Script("briefing/replay.ts")
	return r.RenderStatus(status, s.replay, data)
}

// lay puts what the log tells beside the pictures.
func (s *Screens) lay(r *web.Request, w watched, film *recording.Recording, data *replayPage) error {
	t := timeline{w.Clocks, film}
	facts := &replayFacts{Length: film.Length.Seconds(), Words: replayWords{
		Play: r.T("briefings.replay.play"), Pause: r.T("briefings.replay.pause"), Chair: w.Chair.Name, Lost: r.T("briefings.replay.lost"),
	}}
	for _, lane := range film.Lanes {
		facts.Lanes = append(facts.Lanes, lane.Name)
		data.Lanes = append(data.Lanes, laneOf(w.ID, lane))
	}
	for _, span := range w.Replay.Spans {
		facts.Spans = append(facts.Spans, replaySpan{t.second(span.From), t.end(span.To), t.moment(t.second(span.From)).UnixMilli()})
	}
	data.Chapters, facts.Turns = t.chapters(w.Replay, names(r.Actor.Tree))
	var err error
	facts.Boards, err = s.boardsOf(r, w, t)
	data.Facts = facts
	return err
}

// timeline puts moments of the business clock beside seconds of the pictures.
type timeline struct {
	clocks briefing.Clocks
	film   *recording.Recording
}

// second is where in the pictures a moment is, no earlier than they begin and no later
// than they end.
func (t timeline) second(moment time.Time) float64 {
	return min(max(t.clocks.Machine(moment).Sub(t.film.Began), 0), t.film.Length).Seconds()
}

// end is as second, for an end that may not have come.
func (t timeline) end(moment time.Time) float64 {
	if moment.IsZero() {
		return t.film.Length.Seconds()
	}
	return t.second(moment)
}

// moment is the moment of the business clock at a second of the pictures.
func (t timeline) moment(second float64) time.Time {
	return t.clocks.Business(clock.Trim(t.film.Began.Add(time.Duration(second * float64(time.Second)))))
}

// chapters are the places to jump to, in order, and whose turns they are.
func (t timeline) chapters(replay briefing.Replay, name func(tree.UnitID) string) (list []chapter, turns []replayTurn) {
	turns = []replayTurn{} // for the script: nobody but the chair may have spoken
	item := briefing.Begun{}
	items := replay.Items
	next := func(until time.Time) {
		for len(items) > 0 && !items[0].From.After(until) {
			item, items = items[0], items[1:]
			if at, ok := t.recorded(replay, item.From); ok {
				list = append(list, chapter{At: at, Time: item.From, Number: item.Number, Title: item.Title})
			}
		}
	}
	for _, turn := range replay.Turns {
		next(turn.From)
		from, to := t.second(turn.From), t.end(turn.To)
		if to <= from {
			continue // it was before the first picture, or after the last
		}
		one := replayTurn{From: from, To: to, Name: name(turn.Unit)}
		if turn.Item != 0 {
			one.Item = item.Title
		}
		turns = append(turns, one)
		list = append(list, chapter{At: from, Time: t.moment(from), Title: one.Name, Seconds: int(to - from)})
	}
	next(t.moment(t.film.Length.Seconds()))
	return list, turns
}

// recorded is where in the pictures something is that began at a moment; ok is false
// when nobody recorded then.
func (t timeline) recorded(replay briefing.Replay, moment time.Time) (second float64, ok bool) {
	within, any := replay.Within(moment)
	return t.second(moment), any && within.Equal(moment)
}
