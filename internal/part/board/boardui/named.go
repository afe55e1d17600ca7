package boardui

import (
	"cmp"
	"slices"

	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
)

// named is a moment that can be chosen by its name: a deadline, or a moment to
// which an office gave a name.
type named struct {
	Name, At string
	Title    string // the moment, and the unit that named it
	Current  bool
}

// named adds to the deadlines of a board the moments that its unit and those above
// it named, in the order of the moments; at is the one shown.
func (s *Screens) named(r *web.Request, id int64, unit tree.UnitID, at string, list []named) ([]named, error) {
	var own []directive.Moment
	err := r.View(func(q store.Querier) (err error) {
		own, err = directive.Moments(r.Context(), q, id, s.above(unit)...)
		return err
	})
	zone := s.boards.Zone()
	for _, m := range own {
		by, _ := s.tree.Unit(m.Unit)
		address := m.At.In(zone).Format(atForm)
		list = append(list, named{m.Name, address, text.Moment(r.Lang, m.At, zone) + " · " + by.Name, address == at})
	}
	slices.SortStableFunc(list, func(a, b named) int { return cmp.Compare(a.At, b.At) })
	return list, err
}

// above is a unit with all above it; of one that is gone, those above its heir.
func (s *Screens) above(unit tree.UnitID) []tree.UnitID {
	var list []tree.UnitID
	for _, u := range s.tree.Path(s.boards.Heir(unit)) {
		list = append(list, u.ID)
	}
	if !slices.Contains(list, unit) {
		list = append(list, unit)
	}
	return list
}

// choice is a named moment as each side of a comparison offers it.
type choice struct {
	named
	From, To bool // it is the one chosen there
}

// offer fills the list from which both moments of a comparison are chosen.
func (s *Screens) offer(r *web.Request, page *comparePage, deadlines []named) error {
	list, err := s.named(r, page.Directive, page.Unit.ID, "", deadlines)
	for _, one := range list {
		page.Named = append(page.Named, choice{one, one.At == page.From.At, one.At == page.To.At})
	}
	return err
}
