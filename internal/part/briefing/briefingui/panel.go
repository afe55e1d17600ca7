package briefingui

import (
	"fmt"
	"net/http"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/board/boardui"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
)

// panelPage is the board that all screens show: figures as they were closed with
// what changed since beside them, or as they are now.
type panelPage struct {
	Base         string // of the briefing's addresses
	Unit         tree.Unit
	Directive    int64
	Position     int64
	Live         bool      // figures of now; else those of Cutoff
	Past         bool      // a past moment that somebody chose: nothing moves
	As           time.Time // of the figures; zero for now
	Then         string    // in a replay, the time of day at which it was so; "" for now
	Number       string    // of the directive
	Milestone    string    // what it is called
	Tabs         []panelTab
	Figures      []panelFigure
	Rows         []panelRow
	Up           tree.Unit // the unit above, within the host; zero at the top
	Drill        bool      // the person may choose what all see
	Alone        bool      // the person looks around alone
	Chooses      bool      // the person may choose, for all or alone
	MilestoneKey string
	Sort         briefing.Sort
	Moments      []panelMoment
	Own          tree.Unit // whose board the person may look at alone instead; zero for none
}

// panelTab is a milestone of the board.
type panelTab struct {
	Key, Name string
	Current   bool
}

// panelFigure is one level of the board's unit at the milestone.
type panelFigure struct {
	Level    string
	Deadline clock.Date // of the level; "" for none
	panelCell
}

// panelCell is a cell in both ways: as it was closed, and now.
type panelCell struct {
	Key        string // "unit:column"
	Then, Now  counted
	Own        bool
	StateThen  string
	State      string
	Late, Soon int32
}

// counted is what a cell counts.
type counted struct{ Done, Total, Waiting int32 }

// Int is a counter as templates take it.
func (panelCell) Int(n int32) int { return int(n) }

// Change is what was done since the figures were closed.
func (c panelCell) Change() int { return int(c.Now.Done - c.Then.Done) }

// Bar draws figures as they are now.
func (c panelCell) Bar() web.Bar {
	return web.Bar{Done: int(c.Now.Done), Waiting: int(c.Now.Waiting), Total: int(c.Now.Total)}
}

// BarThen draws figures as they were closed.
func (c panelCell) BarThen() web.Bar {
	return web.Bar{Done: int(c.Then.Done), Waiting: int(c.Then.Waiting), Total: int(c.Then.Total)}
}

// panelRow is a unit directly below.
type panelRow struct {
	Unit  tree.Unit
	Opens bool // the person may open its board, for all or alone
	Cells []panelCell
}

// panel is the board that is shown: for everybody who is there, while it is shown,
// and only as it is shown.
func (s *Screens) panel(r *web.Request) error {
	b, err := s.enter(r)
	if err != nil {
		return err
	}
	if b.Directive == 0 || b.State != briefing.Open {
		return fault.New(fault.NotFound, "briefings.nothing-shown")
	}
	shown, alone, err := b.looksAt(r)
	if err != nil {
		return err
	}
	if shown.Unit == 0 {
		r.Writer.WriteHeader(http.StatusNoContent) // a page was turned to meanwhile, or nothing
		return nil
	}
	page, err := s.panelOf(r, b, shown, time.Time{})
	if err != nil {
		return err
	}
	page.Alone, page.Drill = alone, !alone && !r.Layout().Wall && (b.Seat.Presides() || s.speaks(r, b))
	if err := page.opens(r, b, shown); err != nil {
		return err
	}
	return r.RenderPart(s.room, "panel", page)
}

// speaks says whether the person acts for the site that has the floor.
func (s *Screens) speaks(r *web.Request, b seated) bool {
	if b.Turn == 0 {
		return false
	}
	speaks := false
	err := r.View(func(q store.Querier) error {
		turns, err := briefing.Turns(r.Context(), q, b.ID)
		for _, turn := range turns {
			for _, site := range b.Sites {
				speaks = speaks || turn.ID == b.Turn && turn.Site == site.ID && r.Actor.May(access.BriefingAttend, site.Unit) == nil
			}
		}
		return err
	})
	return err == nil && speaks
}

// panelOf is a board as it is shown now, or as it was shown then.
func (s *Screens) panelOf(r *web.Request, b seated, shown briefing.Shown, then time.Time) (*panelPage, error) {
	unit := shown.Unit
	page := &panelPage{Base: path(b.ID, ""), Directive: b.Directive, Live: b.Live || b.Cutoff.IsZero(), Past: !shown.At.IsZero(), Sort: shown.Sort}
	past := then
	if page.Past {
		past = shown.At
	}
	since, at, p, err := s.moments(r, b, past)
	if err != nil {
		return nil, err
	}
	var v board.View
	switch moment := (board.Moment{Position: at, Day: clock.DateOf(past, r.Zone())}); {
	case page.Past:
		page.As = shown.At
		v, err = s.Boards.ReadAt(b.Directive, unit, moment, 0)
	case !then.IsZero():
		page.Then = then.In(r.Zone()).Format(time.TimeOnly)
		v, err = s.Boards.ReadAt(b.Directive, unit, moment, since)
	default:
		v, err = s.Boards.Read(b.Directive, unit, since)
	}
	if err != nil {
		return nil, err
	}
	if !page.Live && !page.Past {
		page.As = b.Cutoff
	}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	if unit != b.Unit {
		page.Up, _ = r.Actor.Tree.Unit(page.Unit.Parent)
	}
	page.Position, page.Number = v.Position, v.Document.Number
	page.lay(r, v, p, shown.Milestone)
	return page, nil
}

// moments are the ledger's positions at which the figures were closed and at the
// past moment that is shown, and the profile.
func (s *Screens) moments(r *web.Request, b seated, past time.Time) (since, at int64, p *profile.Profile, err error) {
	closed := b.Cutoff
	if closed.IsZero() {
		closed = b.OpenedAt
	}
	err = r.View(func(q store.Querier) (err error) {
		if p, err = org.Profile(r.Context(), q); err != nil {
			return err
		}
		if since, err = ledger.PositionAt(r.Context(), q, closed); err != nil || past.IsZero() {
			return err
		}
		at, err = ledger.PositionAt(r.Context(), q, past)
		return err
	})
	return max(since, 1), max(at, 1), p, err
}

// lay lays out one milestone of a board.
func (p *panelPage) lay(r *web.Request, v board.View, pr *profile.Profile, milestone string) {
	if milestone == "" && len(v.Document.Milestones) > 0 {
		milestone = boardui.Widest(v)
	}
	for _, m := range v.Document.Milestones {
		current := m.Key == milestone
		if current {
			p.Milestone, p.MilestoneKey = m.Name.In(r.Lang), m.Key
		}
		p.Tabs = append(p.Tabs, panelTab{m.Key, m.Name.In(r.Lang), current})
	}
	for column, head := range v.Columns {
		if head.Milestone != milestone || v.Head.Cells[column].Total == 0 {
			continue
		}
		p.Figures = append(p.Figures, panelFigure{levelName(pr, head.Level).In(r.Lang), head.Deadline, p.cell(v.Head, column)})
		for i, row := range v.Rows {
			if len(p.Rows) <= i {
				u, _ := r.Actor.Tree.Unit(row.Unit)
				p.Rows = append(p.Rows, panelRow{Unit: u})
			}
			p.Rows[i].Cells = append(p.Rows[i].Cells, p.cell(row, column))
		}
	}
	p.sort()
}

func (p *panelPage) cell(row board.Row, column int) panelCell {
	now := row.Cells[column]
	c := panelCell{
		Key: fmt.Sprintf("%d:%d", row.Unit, column), Own: row.Own[column], State: string(now.State()),
		Now: counted{now.Done, now.Total, now.Waiting}, Late: now.Late, Soon: now.Soon,
	}
	c.Then, c.StateThen = c.Now, c.State
	if row.Past == nil {
		return c
	}
	then := row.Past[column]
	c.Then = counted{then.Done, then.Total, then.Waiting}
	switch {
	case then.Done > 0:
		c.StateThen = "done"
	case then.Waiting > 0:
		c.StateThen = "waiting"
	case now.Done > 0 || now.Waiting > 0:
		c.StateThen = "none"
	}
	return c
}
