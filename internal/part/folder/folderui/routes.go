package folderui

import (
	"embed"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/task"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// Config is what the screens need beside a frame.
type Config struct {
	Folder  *file.Folder // of the slips' pictures
	Tree    *tree.Tree
	Tasks   *task.Index
	Address string // of the program, for the codes on paper; "" where nobody said
}

// screens shows folders and slips.
type screens struct {
	Config

	list, show, slip *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, c Config) {
	s := &screens{
		Config: c,
		list:   f.Screen(pages, "page/list.html"),
		show:   f.Screen(pages, "page/show.html"),
		slip:   f.Screen(pages, "page/slip.html"),
	}
	const formLimit = file.Limit + 2<<20 // a form carries the picture beside its own fields
	f.Add(
		web.Route{Pattern: "GET /folders", Action: access.FolderPrint, Handle: s.showList},
		web.Route{Pattern: "POST /folders", Action: access.FolderPrint, Handle: s.print},
		web.Route{Pattern: "GET /folders/{id}", Action: access.FolderPrint, Handle: s.showOne},
		web.Route{Pattern: "GET /folders/{id}/paper", Action: access.FolderPrint, Handle: s.sendPaper},
		web.Route{Pattern: "GET /slips", Action: access.FolderPrint, Handle: s.find},
		web.Route{Pattern: "GET /slips/{code}", Action: access.FolderPrint, Handle: s.showSlip},
		web.Route{Pattern: "GET /slips/{code}/scan", Action: access.FolderPrint, Handle: s.sendScan},
		web.Route{Pattern: "POST /slips/{code}", Action: access.FolderEnter, Handle: s.enter, Limit: formLimit},
		web.Route{Pattern: "POST /slips/{code}/verdict", Action: access.FolderPrint, Handle: s.judge},
	)
}

// reader reads what waits for leaders, in the person's language.
func (s *screens) reader(r *web.Request) folder.Reader {
	return folder.Reader{Texts: r.Texts(), Lang: r.Lang, Zone: r.Zone(), Tasks: s.Tasks}
}
