package briefingui

import (
	"context"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
)

// wallPage is a screen on the wall of the host's room, read at 8 m: all its pictures,
// of which the script shows one at a time.
type wallPage struct {
	Base     string
	Title    string
	Host     string
	Wall     briefing.Wall
	Resting  bool // the neutral picture, whatever else it would show
	PausedAt time.Time
	Moves    bool // its figures are live
	Begins   time.Time
	Over     bool
	Pictures []wallPicture
	Records  bool // the meeting is being recorded
	Leads    bool // the person may put the neutral picture on, at one key
}

// wallPicture is one picture of a wall, with what it shows.
type wallPicture struct {
	Kind  briefing.Picture
	Shown bool      // now; the others wait for their turn
	As    time.Time // of its figures, or of the conclusions; zero for a picture without
	Live  bool      // figures of now

	Map         *wallMap
	Rows        []wallRow // who is late, or due
	More        int       // rows that have no room
	Units       int       // that are late or due, in all
	Stage       *stagePage
	Next        []nextRow
	Conclusions []partConcluded
}

// nextRow is who speaks after the present speaker.
type nextRow struct {
	Name  string
	About string
	Hand  bool // it asked for the floor
}

// partConcluded is a conclusion of the last briefing with how far it is, or a part of its
// minutes.
type partConcluded struct {
	Title, Text string
	Done, Of    int // units; of none for a part of the minutes
}

// Bounds of what can be read at 8 m.
const (
	mostNext        = 3
	mostConclusions = 6
)

// wallOf lays out a wall's pictures as of now.
func (s *Screens) wallOf(ctx context.Context, q store.Querier, lang text.Lang, b seated, w briefing.Wall, now time.Time) (wallPage, error) {
	p := wallPage{
		Base: path(b.ID, ""), Title: b.Title, Host: names(s.Tree)(b.Unit), Wall: w, Resting: b.Neutral || !b.PausedAt.IsZero(), PausedAt: b.PausedAt,
		Begins: b.Begins, Over: b.State == briefing.Ended || b.State == briefing.Cancelled,
	}
	figures, err := s.figuresOf(ctx, q, b, now)
	if err != nil {
		return p, err
	}
	recording, err := briefing.RecordingOf(ctx, q, b.ID)
	if err != nil {
		return p, err
	}
	p.Records = recording.Runs(b.Briefing)
	pr, err := org.Profile(ctx, q)
	if err != nil {
		return p, err
	}
	p.Moves = figures != nil && figures.live
	for _, kind := range w.Pictures {
		picture, ok, err := s.picture(ctx, q, lang, b, w, kind, figures, pr)
		if err != nil {
			return p, err
		}
		if ok {
			p.Pictures = append(p.Pictures, picture)
		}
	}
	if n := len(p.Pictures); n > 0 {
		p.Pictures[w.At(n, now)].Shown = true
	}
	return p, nil
}

// picture lays out one picture; ok is false when there is nothing that it could show.
func (s *Screens) picture(
	ctx context.Context, q store.Querier, lang text.Lang, b seated, w briefing.Wall, kind briefing.Picture, f *figures, pr *profile.Profile,
) (p wallPicture, ok bool, err error) {
	p.Kind = kind
	switch kind {
	case briefing.FloorPicture:
		stage, err := s.stageOf(ctx, q, lang, b, sitting)
		p.Stage, p.Next = &stage, stage.nextThree()
		return p, true, err
	case briefing.ConclusionsPicture:
		var last briefing.Briefing
		if p.Conclusions, last, err = s.onWall(ctx, q, b.Briefing); err != nil || len(p.Conclusions) > 0 {
			p.As = last.OpenedAt
			return p, err == nil, err
		}
		p.Conclusions, p.As, err = conclusions(ctx, q, b.Briefing)
		return p, len(p.Conclusions) > 0, err
	}
	if f == nil {
		return p, false, nil
	}
	p.As, p.Live = f.as, f.live
	switch kind {
	case briefing.MapPicture:
		p.Map = f.tiles(lang, w, pr, s.Tree)
		return p, p.Map != nil, nil
	case briefing.LatePicture:
		p.Rows, p.More, p.Units = f.late(lang, pr, s.Tree)
	case briefing.DuePicture:
		p.Rows, p.More, p.Units = f.due(lang, pr, s.Tree)
	}
	return p, true, nil
}

// nextThree is who speaks next: by the agenda, then who asked for the floor.
func (p stagePage) nextThree() (list []nextRow) {
	for _, item := range p.Items {
		if item.Began.IsZero() && len(list) < mostNext {
			row := nextRow{Name: item.Title}
			if item.Speaker != "" && item.Speaker != item.Title {
				row = nextRow{Name: item.Speaker, About: item.Title}
			}
			list = append(list, row)
		}
	}
	for _, site := range p.Queue {
		if len(list) < mostNext {
			list = append(list, nextRow{Name: site.Name, About: site.HandTopic, Hand: true})
		}
	}
	return list
}

// conclusions is what was concluded at the last briefing, by unit where the minutes
// say so: nothing until its chair signed them.
func conclusions(ctx context.Context, q store.Querier, b briefing.Briefing) (list []partConcluded, at time.Time, err error) {
	last, held, err := briefing.Before(ctx, q, b)
	if err != nil || !held {
		return nil, at, err
	}
	minutes, err := briefing.MinutesOf(ctx, q, last.ID)
	if err != nil || !minutes.Signed() {
		return nil, at, err
	}
	for _, section := range minutes.Body.Sections {
		if section.Text != "" && len(list) < mostConclusions {
			list = append(list, partConcluded{Title: section.Title, Text: section.Text})
		}
	}
	return list, last.OpenedAt, nil
}

// hang reads the wall of the address; whoever may not see what it shows is refused.
func (s *Screens) hang(r *web.Request) (b seated, w briefing.Wall, err error) {
	if b, err = s.enter(r); err != nil {
		return b, w, err
	}
	if !b.sees(r, b.Unit) {
		return b, w, fault.New(fault.Forbidden, "briefing.not-here")
	}
	number, err := strconv.Atoi(r.PathValue("wall"))
	if err != nil {
		return b, w, fault.New(fault.NotFound, "web.not-found")
	}
	return b, w, r.View(func(q store.Querier) error {
		list, err := briefing.Walls(r.Context(), q, b.Briefing)
		for _, one := range list {
			if one.Number == number {
				w = one
			}
		}
		if err == nil && w.Number == 0 {
			err = fault.New(fault.NotFound, "briefings.wall-unknown")
		}
		return err
	})
}

// showWall is a screen on the wall: nothing to act with, large.
func (s *Screens) showWall(r *web.Request) error {
	b, w, err := s.hang(r)
	if err != nil {
		return err
	}
	s.shows.set(b.Briefing) // one that is ahead may have walls, too
	var data wallPage
	err = r.View(func(q store.Querier) (err error) {
		data, err = s.wallOf(r.Context(), q, r.Lang, b, w, r.Now())
		return err
	})
	if err != nil {
		return err
	}
	data.Leads = b.Seat.Presides()
	layout := r.Layout()
	layout.Title, layout.Wall, layout.Live = b.Title, true, true
	layout.Script("briefing/wall.ts")
	return r.Render(s.wall, data)
}
