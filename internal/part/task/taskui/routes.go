package taskui

import (
	"embed"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/task"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

//go:embed script
var scripts embed.FS

// Bundle is the script and the style of these screens.
var Bundle = web.Bundle{Part: "task", Files: scripts, Folder: "script", Entries: []string{"task.ts", "task.css"}}

// Config is what the screens are built from.
type Config struct {
	Folder  *file.Folder // of evidence
	Tree    *tree.Tree
	Index   *task.Index
	Hub     *live.Hub
	Address string // how people reach the program; "" takes the one by which a person came
}

// screens shows tasks.
type screens struct {
	Config

	list, give, show, share, matrix, calendar *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, config Config) {
	s := &screens{
		Config: config,
		list:   f.Screen(pages, "page/list.html"),
		give:   f.Screen(pages, "page/give.html"),
		show:   f.Screen(pages, "page/show.html"),
		share:  f.Screen(pages, "page/share.html"),
		matrix: f.Screen(pages, "page/matrix.html"),

		calendar: f.Screen(pages, "page/calendar.html"),
	}
	const doLimit = task.MostFiles*file.Limit + 2<<20 // a form may carry files beside its own fields
	f.Add(
		web.Route{Pattern: "GET /tasks", Action: access.TaskRead, Handle: s.showList},
		web.Route{Pattern: "GET /tasks/list.docx", Action: access.TaskRead, Handle: s.listWord},
		web.Route{Pattern: "GET /tasks/list.pdf", Action: access.TaskRead, Handle: s.listPDF},
		web.Route{Pattern: "POST /tasks/several", Action: access.TaskRead, Handle: s.several},
		web.Route{Pattern: "GET /tasks/new", Action: access.TaskGive, Handle: s.showGive},
		web.Route{Pattern: "POST /tasks/new", Action: access.TaskGive, Handle: s.takeGive},
		web.Route{Pattern: "GET /tasks/matrix", Action: access.TaskRead, Handle: s.showMatrix},
		web.Route{Pattern: "GET /tasks/calendar", Action: access.TaskRead, Handle: s.showCalendar},
		web.Route{Pattern: "POST /tasks/calendar", Action: access.TaskRead, Handle: s.renewAddress},
		web.Route{Pattern: "GET /calendar/{code}", Action: access.Public, Handle: s.feed},
		web.Route{Pattern: "GET /tasks/{id}", Action: access.TaskRead, Handle: s.showTask},
		web.Route{Pattern: "GET /tasks/{id}/live", Action: access.TaskRead, Handle: s.live, Stream: true},
		web.Route{Pattern: "POST /tasks/{id}/withdraw", Action: access.TaskGive, Handle: s.withdraw, Once: true},
		web.Route{Pattern: "GET /tasks/{id}/units/{unit}", Action: access.TaskRead, Handle: s.showShare},
		web.Route{Pattern: "GET /tasks/{id}/units/{unit}/files/{n}", Action: access.TaskRead, Handle: s.sendFile},
		web.Route{Pattern: "POST /tasks/{id}/units/{unit}/do", Action: access.TaskDo, Handle: s.do, Limit: doLimit, Once: true},
		web.Route{Pattern: "POST /tasks/{id}/units/{unit}/assign", Action: access.TaskAssign, Handle: s.assign},
		web.Route{Pattern: "POST /tasks/{id}/units/{unit}/decide", Action: access.TaskVerify, Handle: s.decide, Once: true},
	)
}

// channel is where an open page of a task hears that something was done about it.
func channel(id int64) string { return task.Subject(id) }

// live holds the stream of a task's page open.
func (s *screens) live(r *web.Request) error {
	t, err := s.readable(r)
	if err != nil {
		return err
	}
	if err := r.Stream(); err != nil {
		return err
	}
	s.Hub.Serve(r.Writer, r.Request, strconv.FormatInt(r.Actor.Person, 10), channel(t.ID))
	return nil
}

// moved is what an open page hears: it fetches anew what it shows.
type moved struct {
	To int64 `json:"to"` // position
}

// Moved has the open pages of the tasks about which events tell, and of those that they
// were split from, fetch anew how far they are.
func Moved(hub *live.Hub, index *task.Index, events []ledger.Event) error {
	told := map[int64]bool{}
	for _, id := range task.Told(events) {
		for ; id != 0 && !told[id]; id = index.Above(id) {
			told[id] = true
			if !hub.Watched(channel(id)) {
				continue
			}
			if err := hub.Send(channel(id), moved{events[len(events)-1].Position}); err != nil {
				return err
			}
		}
	}
	return nil
}
