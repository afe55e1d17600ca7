package search

import (
	"cmp"
	"context"
	"slices"

	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
)

// meeting is a briefing with what the units that have a seat in it read of it.
type meeting struct {
	briefing.Briefing
	readers []tree.UnitID
}

// ofBriefing gives a briefing with its agenda, its papers, its minutes once they are
// signed, what the chair concluded, and the notices of that.
func ofBriefing(ctx context.Context, q store.Querier, id int64) ([]entry, error) {
	b, err := briefing.Get(ctx, q, id)
	if err != nil {
		return nil, err
	}
	sites, err := briefing.Sites(ctx, q, id)
	if err != nil {
		return nil, err
	}
	m := meeting{b, []tree.UnitID{b.Unit}}
	for _, s := range sites {
		m.readers = append(m.readers, s.Unit)
	}
	var list []entry
	for _, read := range []func(context.Context, store.Querier) ([]entry, error){m.itself, m.handouts, m.minutes, m.conclusions, m.notices} {
		some, err := read(ctx, q)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	for i := range list {
		list[i].unit, list[i].readers = cmp.Or(list[i].unit, b.Unit), m.readers
	}
	return list, nil
}

func (m meeting) itself(ctx context.Context, q store.Querier) ([]entry, error) {
	items, err := briefing.Items(ctx, q, m.ID)
	body := []string{m.Asked}
	for _, item := range items {
		body = append(body, item.Title)
	}
	return []entry{{kind: Briefing, about: m.ID, at: m.Begins, title: m.Title, body: lines(body...)}}, err
}

func (m meeting) handouts(ctx context.Context, q store.Querier) (list []entry, err error) {
	papers, err := briefing.Handouts(ctx, q, m.ID)
	for _, h := range papers {
		newest := h.Versions[0]
		list = append(list, entry{kind: Handout, about: h.ID, within: m.ID, unit: h.Unit, at: newest.At, title: h.Title, body: lines(newest.File.Name, m.Title)})
	}
	return list, err
}

func (m meeting) minutes(ctx context.Context, q store.Querier) ([]entry, error) {
	minutes, err := briefing.MinutesOf(ctx, q, m.ID)
	if err != nil || !minutes.Signed() {
		return nil, err
	}
	entered, _, err := briefing.MinutesInRegister(ctx, q, m.ID)
	if err != nil {
		return nil, err
	}
	var said []string
	for _, section := range minutes.Body.Sections {
		said = append(said, section.Title, section.Text)
	}
	return []entry{{
		kind: Minutes, about: m.ID, within: m.ID, at: minutes.SignedAt, title: titled(cmp.Or(entered.NumberText, minutes.Body.Letterhead.Number), m.Title), body: lines(said...),
	}}, nil
}

// conclusions gives what the chair approved and no notice changed since.
func (m meeting) conclusions(ctx context.Context, q store.Querier) (list []entry, err error) {
	all, err := conclusion.Of(ctx, q, m.ID)
	for _, c := range all {
		if c.State == conclusion.Approved || c.State == conclusion.Issued {
			list = append(list, entry{kind: Conclusion, about: c.ID, within: m.ID, at: c.ApprovedAt, title: c.Title, body: lines(c.Text, m.Title)})
		}
	}
	return list, err
}

// notices gives the notices that were issued, with what they say.
func (m meeting) notices(ctx context.Context, q store.Querier) (list []entry, err error) {
	all, err := conclusion.Notices(ctx, q, m.ID)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(n conclusion.Notice) bool { return n.IssuedAt.IsZero() })
	for _, n := range all {
		said, err := conclusion.InNotice(ctx, q, n.ID)
		if err != nil {
			return nil, err
		}
		var body []string
		for _, c := range said {
			body = append(body, c.Title, c.Text)
		}
		list = append(list, entry{kind: Notice, about: n.ID, within: m.ID, at: n.IssuedAt, title: titled(n.Paper.NumberText, n.Head.Subject), body: lines(body...)})
	}
	return list, nil
}
