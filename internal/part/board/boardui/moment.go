package boardui

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
)

// atForm is how addresses and the browser's own field write a moment, in the
// installation's zone.
const atForm = "2006-01-02T15:04:05"

// moment is that of which a page is asked for; past is false for the present.
type moment struct {
	board.Moment
	time time.Time
	past bool
}

// Time is the moment itself.
func (m moment) Time() time.Time { return m.time }

// At is the moment as addresses write it; "" for the present.
func (m moment) At(zone *time.Location) string {
	if !m.past {
		return ""
	}
	return m.time.In(zone).Format(atForm)
}

// moment reads the moment that is asked for: of a day, the end is meant, and of no
// words the present. What cannot be read, or is still to come, is a fault.
func (s *Screens) moment(r *web.Request, typed string) (moment, error) {
	now := moment{time: r.Now()}
	from, to, err := text.ParseMoment(r.Lang, typed, s.boards.Zone())
	if err != nil || from.IsZero() {
		return now, err
	}
	if from.After(r.Now()) {
		return now, fault.New(fault.Invalid, "board.at.ahead", "typed", typed)
	}
	at := to.Add(-time.Microsecond)
	if !at.Before(r.Now().Truncate(time.Second)) {
		return now, nil
	}
	m := moment{time: at, past: true}
	err = r.View(func(q store.Querier) (err error) {
		m.Position, err = ledger.PositionAt(r.Context(), q, at)
		return err
	})
	m.Day = clock.DateOf(at, s.boards.Zone())
	return m, err
}

// typedMoment is [Screens.moment] of a field, which shows the moment in the form in
// which it is typed, or what was typed and what is wrong with it.
func (s *Screens) typedMoment(r *web.Request, form *web.Form, name string) (moment, error) {
	form.Values.Set(name, r.Query(name))
	m, err := s.moment(r, form.Text(name))
	if all := fault.All(err); len(all) > 0 {
		form.Wrong(all[0].At(name))
		return m, nil
	}
	s.write(r, form, name, m)
	return m, err
}

// write puts a moment into a field; the present leaves it empty.
func (s *Screens) write(r *web.Request, form *web.Form, name string, m moment) {
	form.Values.Del(name)
	if m.past {
		form.Values.Set(name, text.TypedMoment(r.Lang, m.time, s.boards.Zone()))
	}
}

// read gives the board of a unit as of a moment; of the present in a room.
func (s *Screens) read(in *board.Room, directive int64, unit tree.UnitID, m moment, since int64) (board.View, error) {
	if !m.past {
		return s.boards.ReadIn(in, directive, unit, since)
	}
	return s.boards.ReadAt(directive, unit, m.Moment, since)
}

// called finds units as they were called at a moment.
type called struct {
	tree  *tree.Tree
	other map[tree.UnitID]tree.Unit // those that are called otherwise now, or are gone
}

func (c called) Unit(id tree.UnitID) (tree.Unit, bool) {
	if u, ok := c.other[id]; ok {
		return u, true
	}
	return c.tree.Unit(id)
}

// called reads what those of the units that were altered since were at a moment.
func (s *Screens) called(r *web.Request, m moment, units []tree.UnitID) (called, error) {
	c := called{tree: s.tree, other: map[tree.UnitID]tree.Unit{}}
	if !m.past {
		return c, nil
	}
	return c, r.View(func(q store.Querier) error {
		for _, id := range units {
			if !s.boards.AlteredSince(id, m.Position) {
				continue
			}
			u, found, err := unitAt(r.Context(), q, id, m.Position)
			if err != nil {
				return err
			}
			if found {
				c.other[id] = u
			}
		}
		return nil
	})
}

// unitAt is what the last event about a unit up to a position said of it.
func unitAt(ctx context.Context, q store.Querier, id tree.UnitID, position int64) (u tree.Unit, found bool, err error) {
	events, err := ledger.About(ctx, q, org.Subject(id))
	if err != nil {
		return u, false, err
	}
	for _, e := range events {
		var was org.UnitChanged
		if e.Position > position || !org.Of(e.Kind) {
			continue
		}
		if err := e.Decode(&was); err != nil {
			return u, false, err
		}
		if was.Past && e.Kind != org.Created {
			continue // it says nothing about what the unit was then
		}
		u, found = tree.Unit{ID: id, Code: was.Code, Name: was.Name, Level: was.Level, Kind: was.Kind, Parent: was.Parent}, true
	}
	return u, found, nil
}

// track is what the slider moves over: the days from the directive's issue to
// the present one.
type track struct {
	First clock.Date
	Days  int // how many days the present one lies after the first
	Value int // the day shown
	Least string
}

func (s *Screens) track(r *web.Request, directive int64, m moment) (track, error) {
	position, _, err := s.boards.Began(directive)
	if err != nil {
		return track{}, err
	}
	zone := s.boards.Zone()
	var issued ledger.Event
	err = r.View(func(q store.Querier) error {
		var found bool
		issued, found, err = ledger.At(r.Context(), q, position)
		if err == nil && !found {
			err = fmt.Errorf("there is no event %d", position)
		}
		return err
	})
	t := track{First: clock.DateOf(issued.Time, zone), Least: issued.Time.In(zone).Format(atForm)}
	t.Days = clock.DateOf(r.Now(), zone).Sub(t.First)
	t.Value = clock.DateOf(m.time, zone).Sub(t.First)
	return t, err
}

// place is the unit at which access to a board is decided: of one that is gone,
// that which stands in its place.
func (s *Screens) place(unit tree.UnitID, m moment) (tree.UnitID, error) {
	if _, ok := s.tree.Unit(unit); ok || !m.past {
		return unit, nil
	}
	if heir := s.boards.Heir(unit); heir != 0 {
		return heir, nil
	}
	return 0, fault.New(fault.NotFound, "board.unknown")
}

// askedThen is [Screens.asked] for a page that may be of a past moment.
func (s *Screens) askedThen(r *web.Request) (directive int64, unit tree.UnitID, m moment, err error) {
	if directive, err = r.ID("directive"); err != nil {
		return 0, 0, m, err
	}
	id, err := r.ID("unit")
	if err != nil {
		return 0, 0, m, err
	}
	unit = tree.UnitID(id)
	m, err = s.moment(r, r.Query("at"))
	if all := fault.All(err); len(all) > 0 {
		r.Notice(all[0].Key, all[0].Args...) // the present is shown
	} else if err != nil {
		return 0, 0, m, err
	}
	place, err := s.place(unit, m)
	if err != nil {
		return 0, 0, m, err
	}
	return directive, unit, m, s.may(r, directive, place)
}
