package briefingui

import (
	"context"
	"database/sql"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
)

// pushed is a stage as the room's script takes it.
type pushed struct {
	Stage string `json:"stage"` // HTML
}

func channel(id int64, as role, lang text.Lang) string {
	return fmt.Sprintf("briefing:%d:%s:%s", id, as, lang)
}

// boardChannel carries what changes on the board that a briefing shows.
func boardChannel(id int64) string { return fmt.Sprintf("briefing-board:%d", id) }

// shown names a board.
type shown struct {
	directive int64
	unit      tree.UnitID
}

// showing is which boards the briefings under way show.
type showing struct {
	mu     sync.RWMutex
	boards map[int64]shown // by briefing
	walls  map[int64]shown // the hosts' boards, which their walls show
}

func newShowing() *showing { return &showing{boards: map[int64]shown{}, walls: map[int64]shown{}} }

func (s *showing) set(b briefing.Briefing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.walls, b.ID)
	if b.Directive != 0 && (b.State == briefing.Open || b.State == briefing.Called) {
		s.walls[b.ID] = shown{b.Directive, b.Unit}
	}
	if b.State != briefing.Open || b.Shown.Unit == 0 || b.Directive == 0 {
		delete(s.boards, b.ID)
		return
	}
	s.boards[b.ID] = shown{b.Directive, b.Shown.Unit}
}

// Elsewhere is the channels of the briefings that show a board: what changes on it
// goes there, too.
func (s *Screens) Elsewhere(directive int64, unit tree.UnitID) (channels []string) {
	s.shows.mu.RLock()
	defer s.shows.mu.RUnlock()
	for id, board := range s.shows.boards {
		if (board == shown{directive, unit}) {
			channels = append(channels, boardChannel(id))
		}
	}
	for id, board := range s.shows.walls {
		if (board == shown{directive, unit}) {
			channels = append(channels, wallBoard(id))
		}
	}
	return channels
}

// Follow takes events up: what happened in a briefing is pushed to all who sit there.
func (s *Screens) Follow(events []ledger.Event) error {
	touched := map[int64]bool{}
	removed := map[int64]bool{}
	for _, e := range events {
		if of, ok, err := conclusion.MeetingOf(e); err != nil {
			return err
		} else if ok {
			touched[of] = true
			continue
		}
		id, ok := strings.CutPrefix(e.Subject, "briefing:")
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return fmt.Errorf("event %d is about %q: %w", e.Position, e.Subject, err)
		}
		touched[n] = true
		if e.Kind == briefing.MinutesSigned {
			if err := s.concluded(n, touched); err != nil {
				return err
			}
		}
		removed[n] = removed[n] || e.Kind == briefing.SiteRemoved || e.Kind == briefing.WasChanged
	}
	for id := range touched {
		if err := s.push(id); err != nil {
			return err
		}
		s.tends.want(id)
		if removed[id] { // whoever may no longer be there finds the door closed
			own := fmt.Sprintf("briefing:%d:", id)
			s.Hub.CutWhere(func(name string) bool { return strings.HasPrefix(name, own) })
		}
	}
	return nil
}

// concluded touches the briefings whose walls show what was concluded at this one.
func (s *Screens) concluded(id int64, touched map[int64]bool) error {
	ctx := context.Background()
	return s.DB.View(ctx, func(tx *sql.Tx) error {
		b, err := briefing.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		ahead, err := briefing.Ahead(ctx, tx)
		if err != nil {
			return err
		}
		underWay, err := briefing.UnderWay(ctx, tx)
		for _, next := range append(ahead, underWay...) {
			if next.Unit == b.Unit {
				touched[next.ID] = true
			}
		}
		return err
	})
}

// Start takes up the briefings that are under way when the program starts.
func (s *Screens) Start(ctx context.Context) error {
	return s.DB.View(ctx, func(tx *sql.Tx) error {
		list, err := briefing.UnderWay(ctx, tx)
		for _, b := range list {
			s.shows.set(b)
		}
		return err
	})
}

// push renders a stage, and the walls, for all who watch them.
func (s *Screens) push(id int64) error {
	ctx := context.Background()
	return s.DB.View(ctx, func(tx *sql.Tx) error {
		var b seated
		var err error
		if b.Briefing, err = briefing.Get(ctx, tx, id); err != nil {
			return err
		}
		b.Media = b.Media && s.Media != nil
		s.shows.set(b.Briefing)
		if b.Sites, err = briefing.Sites(ctx, tx, id); err != nil {
			return err
		}
		for _, lang := range []text.Lang{text.VI, text.EN} {
			for _, as := range []role{presiding, sitting} {
				err := s.pushTo(channel(id, as, lang), func() (template.HTML, error) {
					stage, err := s.stageOf(ctx, tx, lang, b, as)
					if err != nil {
						return "", err
					}
					return s.room.HTML(lang, "stage", stage)
				})
				if err != nil {
					return err
				}
			}
			if err := s.pushWalls(ctx, tx, lang, b); err != nil {
				return err
			}
		}
		return nil
	})
}

// pushTo renders something where somebody watches, and sends it.
func (s *Screens) pushTo(name string, render func() (template.HTML, error)) error {
	if !s.Hub.Watched(name) {
		return nil
	}
	html, err := render()
	if err != nil {
		return err
	}
	return s.Hub.Send(name, pushed{string(html)})
}

func (s *Screens) pushWalls(ctx context.Context, q store.Querier, lang text.Lang, b seated) error {
	list, err := briefing.Walls(ctx, q, b.Briefing)
	if err != nil {
		return err
	}
	for _, w := range list {
		err := s.pushTo(channel(b.ID, wallRole(w.Number), lang), func() (template.HTML, error) {
			page, err := s.wallOf(ctx, q, lang, b, w, s.Now())
			if err != nil {
				return "", err
			}
			return s.wall.HTML(lang, "hung", page)
		})
		if err != nil {
			return err
		}
	}
	return s.pushTo(channel(b.ID, walls, lang), func() (template.HTML, error) {
		page, err := s.wallsOf(ctx, q, lang, b, s.Now())
		if err != nil {
			return "", err
		}
		return s.walls.HTML(lang, "walls", page)
	})
}
