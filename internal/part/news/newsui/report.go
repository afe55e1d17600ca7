package newsui

import (
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
	"giaoban/internal/part/org"
)

// mostHeld is how many briefings a new article is offered to be begun from.
const mostHeld = 3

// heldAt are the ways to a new article from the briefings that a unit held last.
func heldAt(r *web.Request, unit tree.UnitID) (list []tab, err error) {
	if r.Actor.May(access.BriefingRead, unit) != nil {
		return nil, nil
	}
	err = r.View(func(q store.Querier) error {
		held, err := briefing.Held(r.Context(), q, unit, mostHeld)
		for _, b := range held {
			list = append(list, tab{Label: b.Title, Path: fmt.Sprintf("/desk/new?unit=%d&briefing=%d", unit, b.ID)})
		}
		return err
	})
	return list, err
}

// reported fills the form of a new article of a unit from the briefing that the address names.
func (s *screens) reported(r *web.Request, unit tree.UnitID, form *web.Form) error {
	id, err := strconv.ParseInt(r.Query("briefing"), 10, 64)
	if err != nil {
		return nil //nolint:nilerr // no briefing is named: the form stays empty
	}
	var b briefing.Briefing
	var m news.Meeting
	var rules *profile.Profile
	var moment board.Moment
	err = r.View(func(q store.Querier) error {
		if b, err = briefing.Get(r.Context(), q, id); err != nil {
			return err
		}
		if err := r.Actor.May(access.BriefingRead, b.Unit); err != nil {
			return err
		}
		if rules, err = org.Profile(r.Context(), q); err != nil {
			return err
		}
		if m, err = s.meeting(r, q, unit, b); err != nil {
			return err
		}
		moment.Position, err = ledger.PositionAt(r.Context(), q, m.As)
		moment.Position, moment.Day = max(moment.Position, 1), clock.DateOf(m.As, r.Zone())
		return err
	})
	if err == nil && b.Directive != 0 {
		m.Figures, err = s.figures(r, rules, b, m.As, moment)
	}
	if err != nil {
		return err
	}
	written, err := news.Report(r.Texts(), r.Lang, r.Zone(), m)
	if err == nil {
		fill(form, news.Article{Text: written})
	}
	return err
}

// meeting reads what an article says of a briefing, but for its figures.
func (s *screens) meeting(r *web.Request, q store.Querier, unit tree.UnitID, b briefing.Briefing) (news.Meeting, error) {
	host, _ := s.Tree.Unit(b.Unit)
	m := news.Meeting{Title: b.Title, Host: host.Name, Chair: b.Chair.Name, Began: b.Begins, As: r.Now()}
	if !b.OpenedAt.IsZero() {
		m.Began = b.OpenedAt
	}
	if !b.Cutoff.IsZero() && b.Cutoff.Before(m.As) {
		m.As = b.Cutoff
	}
	used, err := news.UsedAt(r.Context(), q, unit)
	if err != nil {
		return m, err
	}
	if len(used.Sources) > 0 {
		m.Source = used.Sources[0]
	}
	record, err := briefing.RecordOf(r.Context(), q, s.Tree, b, r.Now())
	if err != nil {
		return m, err
	}
	for _, site := range record.Sites {
		if site.Unit != b.Unit && !site.Below && !site.Arrived.IsZero() {
			m.Sites++
		}
	}
	list, err := conclusion.Of(r.Context(), q, b.ID)
	for _, c := range list {
		if (c.State == conclusion.Approved || c.State == conclusion.Issued) && !c.Ends {
			m.Conclusions = append(m.Conclusions, c.Title)
		}
	}
	return m, err
}

// figures are the host's, as of a moment.
func (s *screens) figures(r *web.Request, rules *profile.Profile, b briefing.Briefing, as time.Time, at board.Moment) (list []news.Figure, err error) {
	if err := r.Actor.May(access.BoardRead, b.Unit); err != nil {
		return nil, err
	}
	view, err := s.Boards.ReadAt(b.Directive, b.Unit, at, 0)
	if err != nil || view.Document.Secrecy.Above(marking.Ordinary) {
		return nil, err // secret figures stay inside
	}
	names := map[string]string{}
	for _, milestone := range view.Document.Milestones {
		names[milestone.Key] = milestone.Name.In(r.Lang)
	}
	for i, column := range view.Columns {
		cell := view.Head.Cells[i]
		if cell.Done == 0 { // where nobody is done there is nothing to tell yet
			continue
		}
		level, _ := rules.Level(column.Level)
		of := prose.Figure{Directive: b.Directive, Milestone: column.Milestone, Unit: int64(b.Unit), Level: column.Level, Moment: as}
		list = append(list, news.Figure{Of: of, Milestone: names[column.Milestone], Level: level.Plural.In(r.Lang), Done: cell.Done, Total: cell.Total})
	}
	return list, nil
}
