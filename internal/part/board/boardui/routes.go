package boardui

import (
	"embed"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

//go:embed script/*.ts script/*.css
var scripts embed.FS

// Bundle is the script and the style of these screens.
var Bundle = web.Bundle{Part: "board", Files: scripts, Folder: "script", Entries: []string{"board.ts", "board.css"}}

// Screens shows boards.
type Screens struct {
	boards *board.Boards
	tree   *tree.Tree
	hub    *live.Hub

	empty, board, whole, units, line, comparison, changed, names *web.Screen

	rendered rendered
	rooms    sync.Pool // of *board.Room
}

// Add declares the screens' routes in a frame. Call it before the boards apply
// their first event, so that none is missed by those who watch.
func Add(f *web.Frame, boards *board.Boards, t *tree.Tree, hub *live.Hub) {
	s := &Screens{
		boards: boards, tree: t, hub: hub,
		empty:      f.Screen(pages, "page/empty.html"),
		board:      f.Screen(pages, "page/board.html"),
		whole:      f.Screen(pages, "page/whole.html"),
		units:      f.Screen(pages, "page/units.html"),
		comparison: f.Screen(pages, "page/compare.html"),
		changed:    f.Screen(pages, "page/differences.html"),
		names:      f.Screen(pages, "page/moments.html"),
		line:       f.Screen(pages, "page/line.html"),
	}
	f.Add(
		web.Route{Pattern: "GET /board", Action: access.BoardRead, Handle: s.choose},
		web.Route{Pattern: "GET /board/{directive}", Action: access.BoardRead, Handle: s.choose},
		web.Route{Pattern: "GET /board/{directive}/{unit}", Action: access.BoardRead, Handle: s.show},
		web.Route{Pattern: "GET /board/{directive}/{unit}/column/{column}", Action: access.BoardRead, Handle: s.list},
		web.Route{Pattern: "GET /board/{directive}/{unit}/lines/{line}", Action: access.BoardRead, Handle: s.showLine},
		web.Route{Pattern: "GET /board/{directive}/{unit}/compare", Action: access.BoardRead, Handle: s.compare},
		web.Route{Pattern: "GET /board/{directive}/{unit}/compare/{column}", Action: access.BoardRead, Handle: s.differences},
		web.Route{Pattern: "GET /board/{directive}/{unit}/moments", Action: access.BoardRead, Handle: s.moments},
		web.Route{Pattern: "POST /board/{directive}/{unit}/moments", Action: access.MomentName, Handle: s.nameMoment},
		web.Route{Pattern: "POST /board/{directive}/{unit}/moments/{moment}/remove", Action: access.MomentRemove, Handle: s.removeMoment, Once: true},
		web.Route{Pattern: "GET /board/{directive}/{unit}/changes", Action: access.BoardRead, Handle: s.changes},
		web.Route{Pattern: "GET /board/{directive}/{unit}/live", Action: access.BoardRead, Handle: s.live, Stream: true},
		web.Route{Pattern: "GET /board/{directive}/{unit}/export.xlsx", Action: access.BoardRead, Handle: s.export},
	)
}

// Push has the hub send what changes on the boards that somebody watches, each
// board at most ten times a second. elsewhere names the channels of where else a
// board is shown; it may be nil.
func Push(boards *board.Boards, hub *live.Hub, log *slog.Logger, elsewhere func(directive int64, unit tree.UnitID) []string) {
	channels := func(directive int64, unit tree.UnitID) []string {
		list := []string{channel(directive, unit)}
		if elsewhere != nil {
			list = append(list, elsewhere(directive, unit)...)
		}
		return slices.DeleteFunc(list, func(name string) bool { return !hub.Watched(name) })
	}
	changes := newGathering(func(u board.Update) {
		for _, name := range channels(u.Directive, u.Unit) {
			if err := hub.Send(name, message(u)); err != nil {
				// A page that misses a message sees the gap in the next one.
				log.Error("pushing a board", "directive", u.Directive, "unit", u.Unit, "error", err)
			}
		}
	})
	boards.Publish(func(directive int64, unit tree.UnitID) bool { return len(channels(directive, unit)) > 0 }, changes.add)
}

// Cut closes the streams of boards that other people may read after an event
// than before it: those of a unit, and all below it, that was moved or
// dissolved, and those of a directive with a new version, which may open or
// close its boards to siblings. The tree has seen the event.
func Cut(hub *live.Hub, t *tree.Tree, e ledger.Event) error {
	switch e.Kind {
	case org.Moved, org.Dissolved:
		var moved org.UnitChanged
		if err := e.Decode(&moved); err != nil {
			return err
		}
		hub.CutWhere(func(name string) bool {
			_, unit, ok := parseChannel(name)
			return ok && (unit == moved.Unit || t.Within(unit, moved.Unit))
		})
	case directive.Revised:
		hub.CutWhere(func(name string) bool {
			id, _, ok := parseChannel(name)
			return ok && directive.Subject(id) == e.Subject
		})
	}
	return nil
}

const channelForm = "board:%d:%d"

func channel(directive int64, unit tree.UnitID) string {
	return fmt.Sprintf(channelForm, directive, unit)
}

// parseChannel is the inverse of channel.
func parseChannel(name string) (directive int64, unit tree.UnitID, ok bool) {
	_, err := fmt.Sscanf(name, channelForm, &directive, &unit)
	return directive, unit, err == nil
}
