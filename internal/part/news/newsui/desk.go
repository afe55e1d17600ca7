package newsui

import (
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// deskPage is the articles of a unit.
type deskPage struct {
	Unit    tree.Unit
	Units   []tab // of somebody with posts in several; none otherwise
	Rows    []row
	Wanted  news.Wanted
	At      []web.Option // how far; the first is all
	Pager   web.Pager
	Writes  bool
	Waiting int // opinions that nobody has read
	Reads   bool
	Dresses bool // the public page
}

// tab is a way to another list.
type tab struct {
	Label, Path string
	Current     bool
}

// row is an article in words.
type row struct {
	news.Article
	Sign, Word string
}

// Path is where the desk writes on it.
func (a row) Path() string { return deskPath(a.ID) }

func deskPath(id int64) string { return "/desk/" + strconv.FormatInt(id, 10) }

func (s *screens) showDesk(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsRead, unit); err != nil {
		return err
	}
	page := deskPage{Units: unitTabs(r, unit), Writes: r.Actor.May(access.NewsWrite, unit) == nil, Reads: r.Actor.May(access.NewsModerate, unit) == nil}
	_, forbidden := news.MaySetSite(r.Actor)
	page.Dresses = forbidden == nil
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	page.Wanted, page.At = news.Wanted{At: r.Query("at"), Words: r.Query("q")}, placesOf(r)
	err := r.View(func(q store.Querier) error {
		found, err := news.Find(r.Context(), q, unit, page.Wanted)
		if err != nil {
			return err
		}
		page.Pager = r.Pager(len(found), perPage)
		list, err := news.These(r.Context(), q, found[page.Pager.Offset:page.Pager.To])
		if err != nil {
			return err
		}
		for _, a := range list {
			page.Rows = append(page.Rows, rowOf(r, a))
		}
		page.Waiting, err = news.CountQueue(r.Context(), q, unit, news.Waiting)
		return err
	})
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("newsui.desk"), "/desk"
	layout.Crumb(r.T("newsui.desk"), "")
	return r.Render(s.desk, page)
}

// perPage is how many articles stand on one page of a desk.
const perPage = 30

// placesOf are how far articles may have come, to choose from.
func placesOf(r *web.Request) []web.Option {
	list := []web.Option{{Label: r.T("newsui.at.all")}}
	for _, stage := range []news.Stage{news.HandedIn, news.SentBack, news.Approved, news.Scheduled, news.Stuck} {
		list = append(list, web.Option{Value: string(stage), Label: r.T("newsui.at." + string(stage))})
	}
	for _, state := range []news.State{news.Draft, news.Published, news.Withdrawn} {
		list = append(list, web.Option{Value: string(state), Label: r.T("newsui.state." + string(state))})
	}
	return list
}

func rowOf(r *web.Request, a news.Article) row {
	line := row{Article: a, Sign: "none", Word: r.T("newsui.state." + string(a.State))}
	switch {
	case a.Stage != news.Writing:
		line.Sign, line.Word = "waiting", r.T("newsui.stage."+string(a.Stage), "due", text.Moment(r.Lang, a.Due, r.Zone()))
		if a.Stage == news.SentBack || a.Stage == news.Stuck {
			line.Sign = "late"
		}
	case a.State == news.Published:
		line.Sign = "done"
	case a.State == news.Withdrawn:
		line.Sign = "late"
	}
	return line
}

// unitTabs are the units whose desks the person reads, when there are several.
func unitTabs(r *web.Request, shown tree.UnitID) (list []tab) {
	units := r.Actor.Units(access.NewsRead)
	if len(units) < 2 {
		return nil
	}
	for _, id := range units {
		unit, _ := r.Actor.Tree.Unit(id)
		list = append(list, tab{Label: unit.Name, Path: "/desk?unit=" + strconv.FormatInt(int64(id), 10), Current: id == shown})
	}
	return list
}
