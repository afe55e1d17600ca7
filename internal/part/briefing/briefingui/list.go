package briefingui

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// listPage is the briefings of the person's units.
type listPage struct {
	Now, Ahead, Over []listRow
	MayCall          bool
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
	data := listPage{MayCall: len(mayCall(r)) > 0}
	err := r.View(func(q store.Querier) error {
		list, err := briefing.List(r.Context(), q, r.Actor.Units(access.BriefingRead))
		if err != nil {
			return err
		}
		for _, b := range list {
			row := listRow{Briefing: b, Host: names(r.Actor.Tree)(b.Unit), Hosted: r.Actor.May(access.BriefingCall, b.Unit) == nil}
			if err := row.answer(r, q); err != nil {
				return err
			}
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

// answer finds the person's own site and whether it has answered.
func (l *listRow) answer(r *web.Request, q store.Querier) error {
	sites, err := briefing.Sites(r.Context(), q, l.ID)
	if err != nil {
		return err
	}
	mine := map[tree.UnitID]bool{}
	for _, unit := range r.Actor.Units(access.BriefingAttend) {
		mine[unit] = true
	}
	for _, site := range sites {
		if mine[site.Unit] && site.Unit != l.Unit {
			l.Own, l.Asked = site, site.Answer == briefing.NoAnswer && l.State == briefing.Called
			return nil
		}
	}
	return nil
}
