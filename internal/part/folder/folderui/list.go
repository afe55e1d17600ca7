package folderui

import (
	"net/http"
	"net/url"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/folder"
)

// listPage is what waits for a leader of a unit, and what was printed there.
type listPage struct {
	Unit    tree.Unit
	Units   []tab // of somebody with posts in several; none otherwise
	Leaders []tab // of the unit
	Leader  int64 // whose work is shown; 0 where the unit has no leader
	Name    string
	Rows    []row
	Others  []folder.Count // done in the program alone
	Most    int            // slips in a folder
	Folders []printed
	Form    *web.Form // that prints
	Find    *web.Form // of a slip by its code
}

// Path is the address of the list.
func (p listPage) Path() string { return listPath(p.Unit.ID, p.Leader) }

// tab is a way to another list.
type tab struct {
	Label, Path string
	Current     bool
}

// row is an item that waits.
type row struct {
	folder.Item
	Path       string // where it is read in the program
	Sign, Word string
	Out        *folder.Slip // that was printed about it and is out; nil for none
}

// printed is a folder in words.
type printed struct {
	folder.Folder
	Sign, Word string
}

func listPath(unit tree.UnitID, leader int64) string {
	values := url.Values{"unit": {strconv.FormatInt(int64(unit), 10)}}
	if leader != 0 {
		values.Set("leader", strconv.FormatInt(leader, 10))
	}
	return "/folders?" + values.Encode()
}

// unitOf is the unit of the address, or the first at which the person prints folders.
func unitOf(r *web.Request) tree.UnitID {
	if id, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		return tree.UnitID(id)
	}
	if units := r.Actor.Units(access.FolderPrint); len(units) > 0 {
		return units[0]
	}
	return r.Actor.Home()
}

func (s *screens) showList(r *web.Request) error {
	return s.renderList(r, unitOf(r), r.NewForm("print"), r.NewForm("find"), http.StatusOK)
}

func (s *screens) renderList(r *web.Request, unit tree.UnitID, form, find *web.Form, status int) error {
	if err := r.Actor.May(access.FolderPrint, unit); err != nil {
		return err
	}
	page := listPage{Form: form, Find: find, Units: unitTabs(r, unit), Most: folder.MostSlips}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	if err := r.View(func(q store.Querier) error { return page.read(s, r, q) }); err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("folders.title"), "/folders"
	layout.Crumb(r.T("folders.title"), "")
	return r.RenderStatus(status, s.list, page)
}

func (p *listPage) read(s *screens, r *web.Request, q store.Querier) (err error) {
	folders, err := folder.List(r.Context(), q, p.Unit.ID)
	if err != nil {
		return err
	}
	for _, f := range folders {
		one := printed{f, "done", tally(r, f)}
		if f.Out() > 0 {
			one.Sign = "waiting"
		}
		p.Folders = append(p.Folders, one)
	}
	leaders, err := account.Holders(r.Context(), q, []tree.UnitID{p.Unit.ID}, access.Leader)
	if err != nil || len(leaders) == 0 {
		return err
	}
	p.Leader = leaders[0].ID
	for _, one := range leaders {
		if strconv.FormatInt(one.ID, 10) == r.Query("leader") {
			p.Leader = one.ID
		}
	}
	for _, one := range leaders {
		p.Leaders = append(p.Leaders, tab{one.Name, listPath(p.Unit.ID, one.ID), one.ID == p.Leader})
	}
	leader, err := folder.LeaderOf(r.Context(), q, s.Tree, p.Leader, p.Unit.ID, clock.DateOf(r.Now(), r.Zone()))
	if err != nil {
		return err
	}
	p.Name = leader.Name
	return p.waiting(s, r, q, leader)
}

// waiting reads what waits for the leader, and which of it is out on paper.
func (p *listPage) waiting(s *screens, r *web.Request, q store.Querier, leader access.Actor) error {
	waiting, err := s.reader(r).Waiting(r.Context(), q, leader, p.Unit.ID, r.Now())
	if err != nil {
		return err
	}
	slips, err := folder.Out(r.Context(), q, p.Unit.ID)
	if err != nil {
		return err
	}
	out := map[string]folder.Slip{}
	for _, one := range slips {
		out[one.Subject] = one
	}
	p.Others = waiting.Others
	for _, item := range waiting.Items {
		one := row{Item: item, Path: itemPath(item), Sign: "waiting", Word: r.T("folder.kind." + string(item.Kind))}
		if item.Content.Due != "" {
			one.Sign, one.Word = "soon", text.NearDate(r.Lang, item.Content.Due, clock.DateOf(r.Now(), r.Zone()))
		}
		if item.Content.Late {
			one.Sign = "late"
		}
		if slip, found := out[item.Subject]; found && slip.Kind == item.Kind && slip.Leader == p.Leader {
			one.Out = &slip
		}
		p.Rows = append(p.Rows, one)
	}
	return nil
}

// itemPath is where an item is read in the program.
func itemPath(i folder.Item) string {
	id := strconv.FormatInt(i.ID, 10)
	switch i.Kind {
	case folder.OfReport:
		return "/report/" + id
	case folder.OfDifficulty, folder.OfAnswer:
		return "/difficulties/" + id
	}
	return "/tasks/" + id + "/units/" + strconv.FormatInt(int64(i.Part), 10)
}

// unitTabs are the units at which the person prints folders, when there are several.
func unitTabs(r *web.Request, shown tree.UnitID) (list []tab) {
	units := r.Actor.Units(access.FolderPrint)
	if len(units) < 2 {
		return nil
	}
	for _, id := range units {
		unit, _ := r.Actor.Tree.Unit(id)
		list = append(list, tab{unit.Name, listPath(id, 0), id == shown})
	}
	return list
}

// print prints what waits for a leader, and leads to the folder, whose paper then comes
// by itself.
func (s *screens) print(r *web.Request) error {
	form, err := r.Posted("print")
	if err != nil {
		return err
	}
	unit := unitOf(r)
	leader, _ := strconv.ParseInt(r.Query("leader"), 10, 64) // none leads nothing, and is refused
	var f folder.Folder
	err = r.Update(func(tx *ledger.Tx) error {
		f, err = s.reader(r).Print(r.Context(), tx, r.Actor, folder.PrintCommand{Unit: unit, Leader: leader, Key: form.Key})
		return err
	})
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderList(r, unit, form, r.NewForm("find"), form.Status())
	}
	r.Notice("folders.printed", "n", f.Slips)
	return r.See(folderPath(f.ID) + "?print=1")
}

// find leads to the page of the slip whose code was typed.
func (s *screens) find(r *web.Request) error {
	form := r.NewForm("find").Set("code", r.Query("code"))
	code, ok := folder.ParseCode(r.Query("code"))
	if ok {
		var slip folder.Slip
		err := r.View(func(q store.Querier) (err error) {
			slip, err = folder.Find(r.Context(), q, code)
			return err
		})
		switch {
		case err == nil && r.Actor.May(access.FolderPrint, slip.Unit) == nil:
			return r.See(folder.SlipPath(code))
		case err == nil:
			form.Wrong(fault.New(fault.Invalid, "folder.other-unit").At("code"))
		case !fault.Is(err, fault.NotFound):
			return err
		}
	}
	if form.OK() {
		form.Wrong(fault.New(fault.Invalid, "folder.code-unknown").At("code"))
	}
	return s.renderList(r, unitOf(r), r.NewForm("print"), form, form.Status())
}
