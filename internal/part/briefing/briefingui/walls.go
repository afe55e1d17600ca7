package briefingui

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
)

// wallsPage drives the walls, from a phone: what each shows now, and big buttons.
type wallsPage struct {
	Base    string
	Neutral bool
	Cards   []wallCard
	Number  int  // of the next wall; 0 when there is room for no more
	Fewer   bool // the last can be taken down
	Figures []web.Option
	Paces   []int // seconds to choose from
}

// wallCard is one wall on that page.
type wallCard struct {
	briefing.Wall
	Choices []pictureChoice
	Turn    []int // indexes into Choices of those that take turns and have something to show
	At      int   // which of Turn is shown now
	Figure  string
}

// pictureChoice is a picture as a button.
type pictureChoice struct {
	Kind   briefing.Picture
	Has    bool // there is something to show
	InTurn bool
	Now    bool
}

// Pinned says whether the wall shows this picture and no other.
func (c wallCard) Pinned(kind briefing.Picture) bool { return c.Wall.Pinned() && c.Pictures[0] == kind }

// Now is the picture that the wall shows now; "" when it has nothing to show.
func (c wallCard) Now() briefing.Picture {
	if len(c.Turn) == 0 {
		return ""
	}
	return c.Choices[c.Turn[c.At]].Kind
}

// paces are the seconds that a picture in turn can stay.
var paces = []int{10, 20, 30, 60, 120}

// showWalls is the page that drives the walls, for whoever leads the meeting.
func (s *Screens) showWalls(r *web.Request) error {
	b, err := s.enter(r)
	if err != nil {
		return err
	}
	if !b.Seat.Presides() {
		return fault.New(fault.Forbidden, "briefing.not-presiding")
	}
	if b.State == briefing.Ended || b.State == briefing.Cancelled {
		return r.See(path(b.ID, ""))
	}
	var data wallsPage
	err = r.View(func(q store.Querier) (err error) {
		data, err = s.wallsOf(r.Context(), q, r.Lang, b, r.Now())
		return err
	})
	if err != nil {
		return err
	}
	layout := b.frame(r, r.T("briefings.walls"))
	layout.Narrow, layout.Live = true, true
	layout.Script("briefing/walls.ts")
	return r.Render(s.walls, data)
}

// wallsOf lays out the page as of now.
func (s *Screens) wallsOf(ctx context.Context, q store.Querier, lang text.Lang, b seated, now time.Time) (wallsPage, error) {
	p := wallsPage{Base: path(b.ID, ""), Neutral: b.Neutral, Paces: paces}
	list, err := briefing.Walls(ctx, q, b.Briefing)
	if err != nil {
		return p, err
	}
	has, err := s.shownable(ctx, q, b, now)
	if err != nil {
		return p, err
	}
	for _, w := range list {
		p.Cards = append(p.Cards, cardOf(w, has, now))
	}
	p.Fewer = len(list) > 1
	if len(list) < briefing.MostWalls {
		p.Number = len(list) + 1
	}
	pr, err := org.Profile(ctx, q)
	if err != nil {
		return p, err
	}
	f, err := s.figuresOf(ctx, q, b, now)
	if f != nil {
		p.Figures = f.options(lang, pr)
	}
	return p, err
}

// cardOf lays out a wall.
func cardOf(w briefing.Wall, has map[briefing.Picture]bool, now time.Time) wallCard {
	c := wallCard{Wall: w}
	places := map[briefing.Picture]int{}
	for i, kind := range briefing.Pictures {
		places[kind] = i
		c.Choices = append(c.Choices, pictureChoice{Kind: kind, Has: has[kind]})
	}
	for _, kind := range w.Pictures {
		c.Choices[places[kind]].InTurn = true
		if has[kind] {
			c.Turn = append(c.Turn, places[kind])
		}
	}
	if len(c.Turn) > 0 {
		c.At = w.At(len(c.Turn), now)
		c.Choices[c.Turn[c.At]].Now = true
	}
	if w.Milestone != "" {
		c.Figure = w.Milestone + "/" + w.Level
	}
	return c
}

// shownable is which pictures have something to show.
func (s *Screens) shownable(ctx context.Context, q store.Querier, b seated, now time.Time) (map[briefing.Picture]bool, error) {
	f, err := s.figuresOf(ctx, q, b, now)
	if err != nil {
		return nil, err
	}
	list, _, err := conclusions(ctx, q, b.Briefing)
	return map[briefing.Picture]bool{
		briefing.MapPicture: f != nil && f.column(briefing.Wall{}) >= 0, briefing.LatePicture: f != nil, briefing.DuePicture: f != nil,
		briefing.FloorPicture: true, briefing.ConclusionsPicture: len(list) > 0,
	}, err
}

// options are the figures that the map can show.
func (f *figures) options(lang text.Lang, pr *profile.Profile) (list []web.Option) {
	for _, milestone := range f.Document.Milestones {
		for i, head := range f.Columns {
			if head.Milestone == milestone.Key && f.Head.Cells[i].Total > 0 {
				list = append(list, web.Option{
					Value: head.Milestone + "/" + head.Level, Label: milestone.Name.In(lang) + " · " + levelName(pr, head.Level).In(lang),
				})
			}
		}
	}
	return list
}

// hangWall is the act that says what a wall shows.
func hangWall(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, f *web.Form) error {
	cmd := briefing.WallCommand{Briefing: id, Number: int(min(number(f, "wall"), briefing.MostWalls+1)), Seconds: int(min(number(f, "seconds"), briefing.MostSeconds+1))}
	cmd.Milestone, cmd.Level, _ = strings.Cut(f.Text("figure"), "/")
	for _, kind := range f.All("picture") {
		cmd.Pictures = append(cmd.Pictures, briefing.Picture(kind))
	}
	_, err := briefing.SetWall(ctx, tx, actor, cmd)
	return err
}

// wallRole names the channel of a wall; walls that of the page that drives them.
func wallRole(number int) role { return role(fmt.Sprintf("wall-%d", number)) }

const walls role = "walls"

// listens are the channels of a page about walls: "walls" in the address is the
// number of one, or 0 for the page that drives them.
func (b seated) listens(r *web.Request) ([]string, error) {
	n, err := strconv.Atoi(r.Query("wall"))
	switch {
	case err != nil || n < 0:
		return nil, fault.New(fault.NotFound, "web.not-found")
	case n == 0 && !b.Seat.Presides():
		return nil, fault.New(fault.Forbidden, "briefing.not-presiding")
	case n == 0:
		return []string{channel(b.ID, walls, r.Lang)}, nil
	case !b.sees(r, b.Unit):
		return nil, fault.New(fault.Forbidden, "briefing.not-here")
	}
	return []string{channel(b.ID, wallRole(n), r.Lang), wallBoard(b.ID)}, nil
}

// wallBoard carries that the host's board moved, for the walls that show it live.
func wallBoard(id int64) string { return fmt.Sprintf("briefing:%d:wall-board", id) }
