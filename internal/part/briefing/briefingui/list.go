package briefingui

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// listPage is the briefings of the person's units.
type listPage struct {
	Now, Ahead, Over []listRow
	MayCall          bool
	MayErase         bool // names from sites' lists
}

// listRow is a briefing in the list.
type listRow struct {
	briefing.Briefing
	Host   string
	Own    briefing.Site // the person's, where there is one
	Asked  bool          // its answer is awaited
	Hosted bool          // the person's own office called it
}

// Path is the briefing's page.
func (l listRow) Path() string { return path(l.ID, "") }

func (s *Screens) showList(r *web.Request) error {
	data := listPage{MayCall: len(mayCall(r)) > 0, MayErase: len(r.Actor.Units(access.AccountManage)) > 0}
	err := r.View(func(q store.Querier) error {
		list, err := briefing.List(r.Context(), q, r.Actor.Units(access.BriefingRead))
		if err != nil {
			return err
		}
		own, err := briefing.SitesOf(r.Context(), q, r.Actor.Units(access.BriefingAttend))
		if err != nil {
			return err
		}
		for _, b := range list {
			row := listRow{Briefing: b, Host: names(r.Actor.Tree)(b.Unit), Hosted: r.Actor.May(access.BriefingCall, b.Unit) == nil}
			row.answer(own[b.ID])
			switch b.State {
			case briefing.Open:
				data.Now = append(data.Now, row)
			case briefing.Called:
				data.Ahead = append(data.Ahead, row)
			default:
				data.Over = append(data.Over, row)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	title := r.T("briefings.title")
	r.Layout().Crumb(title, "").Title = title
	r.Layout().Rail = "/briefings"
	return r.Render(s.list, data)
}

// answer finds the person's own site, among those of the person's units, and whether
// its answer is awaited.
func (l *listRow) answer(own []briefing.Site) {
	for _, site := range own {
		if site.Unit != l.Unit {
			l.Own, l.Asked = site, site.Answer == briefing.NoAnswer && l.State == briefing.Called
			return
		}
	}
}
