package briefing

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// page is a page of a handout as all screens show it: the newest version where none
// is named, the first page where none is. Invalid at "handout" and "page".
func (b Briefing) page(ctx context.Context, q store.Querier, shown Shown) (Shown, error) {
	h, err := HandoutOf(ctx, q, b.ID, shown.Handout)
	if err != nil {
		return Shown{}, err
	}
	v, err := h.Version(shown.Version)
	if err != nil {
		return Shown{}, err
	}
	if shown.Page == 0 {
		shown.Page = 1
	}
	if shown.Page < 1 || shown.Page > MostPages {
		return Shown{}, fault.New(fault.Invalid, "briefing.page-unknown").At("page")
	}
	return Shown{Handout: h.ID, Version: v.Number, Page: shown.Page}, nil
}

// mayPresent refuses a site that has the floor a handout that is neither its own nor
// of an item at which it speaks.
func (b Briefing) mayPresent(ctx context.Context, q store.Querier, speaker Site, handout int64) error {
	h, err := HandoutOf(ctx, q, b.ID, handout)
	if err != nil || h.Unit == speaker.Unit {
		return err
	}
	items, err := Items(ctx, q, b.ID)
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.ID == h.Item && item.Site == speaker.ID {
			return nil
		}
	}
	return fault.New(fault.Forbidden, "briefing.shows-own-handout")
}

// turned tells which page all screens show from now on.
func (b Briefing) turned(ctx context.Context, tx *ledger.Tx, byWord bool) error {
	h, err := HandoutOf(ctx, tx, b.ID, b.Shown.Handout)
	if err != nil {
		return err
	}
	return b.tell(tx, PageShown, h.Unit, PageNow{
		Briefing: b.ID, Unit: h.Unit, Handout: h.ID, Version: b.Shown.Version, Page: b.Shown.Page, Title: h.Title, Neutral: b.Neutral, ByWord: byWord,
	})
}

// Presents says whether a person may choose what all screens show: the chair, a
// secretary, or somebody who acts for the site that has the floor.
func Presents(ctx context.Context, q store.Querier, actor access.Actor, b Briefing) (bool, error) {
	if b.leads(actor).Presides() {
		return true, nil
	}
	speaker, err := b.speaker(ctx, q)
	return err == nil && speaker.ID != 0 && actor.May(access.BriefingAttend, speaker.Unit) == nil, err
}
