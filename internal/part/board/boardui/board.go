package boardui

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
)

// choose leads to the board of the person's own unit: of the directive asked
// for, or of the newest.
func (s *Screens) choose(r *web.Request) error {
	unit := r.Actor.Home()
	directive, err := r.ID("directive")
	if err != nil {
		list := s.boards.Directives(unit)
		newest := slices.IndexFunc(list, func(id int64) bool { return s.may(r, id, unit) == nil })
		if newest < 0 {
			r.Layout().Title = r.T("board.title")
			return r.Render(s.empty, r.Actor.May(access.DirectiveRead, unit) == nil)
		}
		directive = list[newest]
	}
	return r.See(fmt.Sprintf("/board/%d/%d", directive, unit))
}

// show is the board of a unit.
func (s *Screens) show(r *web.Request) error {
	directive, err := r.ID("directive")
	if err != nil {
		return err
	}
	id, err := r.ID("unit")
	if err != nil {
		return err
	}
	unit := tree.UnitID(id)
	form := r.NewForm("time")
	m, err := s.typedMoment(r, form, "at")
	if err != nil {
		return err
	}
	place, err := s.place(unit, m)
	if err != nil {
		return err
	}
	refused := s.may(r, directive, place)
	if refused != nil && (!fault.Is(refused, fault.Forbidden) || r.Actor.May(access.BoardTotals, place) != nil) {
		return refused
	}
	units := s.tree.Changes() // before what is read of it
	page, err := s.page(r, directive, unit, m)
	if err != nil {
		return err
	}
	page.Form, page.Totals, page.Wall = form, refused != nil, r.Layout().Wall
	if page.Totals { // what the units below and their reports say is not for this person
		page.Rows, page.Levels, page.Sums, page.Lines = nil, nil, nil, nil
	} else if page.Named, err = s.named(r, directive, unit, page.At, page.Named); err != nil {
		return err
	}
	page.MayName = r.Actor.May(access.MomentName, unit) == nil
	page.MayRemove = r.Actor.May(access.MomentRemove, unit) == nil
	s.frame(r, page)
	return s.render(r, page, units)
}

// render answers with a page, whose main part is shared with everybody who reads
// the same: what it shows depends on the address, the language, the rights, the
// events up to its position, the day, the moments offered, and the names in the
// tree.
func (s *Screens) render(r *web.Request, page *boardPage, units int64) error {
	query := r.URL.Query()
	query.Del("lang")
	key := fmt.Sprint(
		r.URL.Path, "?", query.Encode(), " ", r.Lang, page.Totals, page.Wall, page.MayName, page.MayRemove,
		page.Position, page.Today, page.Since, page.Track, page.Named, page.Lines, page.Obstacles, units,
	)
	html, err := s.rendered.get(key, func() (template.HTML, error) { return s.board.HTML(r.Lang, "main", page) })
	if err != nil {
		return err
	}
	return r.RenderMain(page.Form.Status(), s.whole, html)
}

func (s *Screens) frame(r *web.Request, page *boardPage) {
	layout := r.Layout()
	layout.Title = r.T("board.title") + " · " + page.Unit.Name
	layout.Rail = "/board"
	layout.Live = !page.Totals && page.At == "" && !page.Closed
	for _, u := range s.tree.Path(s.boards.Heir(page.Unit.ID)) {
		if r.Actor.May(access.BoardTotals, u.ID) != nil {
			continue // above what the person sees
		}
		path := fmt.Sprintf("/board/%d/%d", page.Directive, u.ID)
		if page.At != "" {
			path += "?at=" + page.At
		}
		layout.Crumb(u.Name, path)
	}
	layout.Script("board/board.ts")
}

// page reads the board as of a moment and lays it out.
func (s *Screens) page(r *web.Request, directive int64, unit tree.UnitID, m moment) (*boardPage, error) {
	since, position, p, err := s.compared(r, m)
	if err != nil {
		return nil, err
	}
	room, ok := s.rooms.Get().(*board.Room)
	if !ok {
		room = &board.Room{}
	}
	defer s.rooms.Put(room) // the page has what it shows copied
	v, err := s.read(room, directive, unit, m, position)
	if err != nil {
		return nil, err
	}
	units, err := s.called(r, m, rowUnits(v))
	if err != nil {
		return nil, err
	}
	u, ok := units.Unit(unit)
	if !ok {
		return nil, fault.New(fault.NotFound, "board.unknown")
	}
	page := &boardPage{
		Number: v.Document.Number, Title: v.Document.Title, Marks: v.Document.Marks, Directive: directive, Unit: u, Closed: v.Closed,
		At: m.At(s.boards.Zone()), Moment: m.time, Position: v.Position, Version: v.Version, Today: v.Today, Since: since,
		Level: r.Query("level"), State: r.Query("state"), Words: r.Query("q"), Sort: r.Query("sort"), Down: r.Query("down") != "",
	}
	if page.Track, err = s.track(r, directive, m); err != nil {
		return nil, err
	}
	pinned, err := page.pinned(r, v, p)
	if err != nil {
		return nil, err
	}
	page.chooseMilestone(r, v)
	page.deadlines(r, v, pinned, s.boards.Zone())
	page.columns(r.Lang, v, pinned)
	page.sums(r.Lang, v, pinned)
	page.trim(v)
	page.rows(units, v, p, r.Lang)
	page.cut(r)
	return page, page.obstacles(r, s.tree)
}

// pinned reads the profile that names a board's columns as they were called when
// its directive was issued (what units are called by is the present one's), and the
// lines that the unit heads.
func (p *boardPage) pinned(r *web.Request, v board.View, now *profile.Profile) (pinned *profile.Profile, err error) {
	err = r.View(func(q store.Querier) (err error) {
		if pinned, err = org.Pinned(r.Context(), q, v.Document.Profile); err != nil || p.At != "" {
			return err // lines are of the present
		}
		p.Lines, err = lines(r, q, now, p.Unit.ID)
		return err
	})
	return pinned, err
}

func rowUnits(v board.View) []tree.UnitID {
	list := []tree.UnitID{v.Head.Unit}
	for _, r := range v.Rows {
		list = append(list, r.Unit)
	}
	return list
}

// compared reads the day to compare with, by default a week before the moment
// shown, and finds the ledger's position at its end.
func (s *Screens) compared(r *web.Request, m moment) (clock.Date, int64, *profile.Profile, error) {
	zone := s.boards.Zone()
	since := clock.DateOf(m.time, zone).AddDays(-7)
	if typed := r.Query("since"); typed != "" {
		day, err := text.ParseDate(r.Lang, typed)
		if err != nil {
			r.Notice("board.since.wrong")
		} else {
			since = day
		}
	}
	var position int64
	var p *profile.Profile
	err := r.View(func(q store.Querier) (err error) {
		position, p, err = positionAndProfile(r.Context(), q, since.End(zone).Add(-time.Microsecond))
		return err
	})
	return since, position, p, err
}

func positionAndProfile(ctx context.Context, q store.Querier, at time.Time) (int64, *profile.Profile, error) {
	p, err := org.Profile(ctx, q)
	if err != nil {
		return 0, nil, err
	}
	position, err := ledger.PositionAt(ctx, q, at)
	// Position 0 means "nothing asked for" to the board; 1 is before any figure.
	return max(position, 1), p, err
}
