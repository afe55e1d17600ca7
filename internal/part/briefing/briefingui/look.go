package briefingui

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// panelMoment is a past moment to choose.
type panelMoment struct {
	At      int64 // microseconds; 0 for the briefing's own figures
	Label   string
	Current bool
}

// looksAt is the board that the person sees: the one that is shown to all, of no unit
// while none is, or, with "alone" in the address, any within the person's own rights.
func (b seated) looksAt(r *web.Request) (shown briefing.Shown, alone bool, err error) {
	if r.Query("alone") == "" {
		if shown = b.Shown; shown.Unit != 0 && !b.sees(r, shown.Unit) {
			return shown, false, fault.New(fault.Forbidden, "briefing.not-here")
		}
		return shown, false, nil
	}
	unit, err := strconv.ParseInt(r.Query("unit"), 10, 64)
	if err != nil {
		return shown, true, fault.New(fault.NotFound, "web.not-found")
	}
	if err := r.Actor.May(access.BoardRead, tree.UnitID(unit)); err != nil {
		return shown, true, err
	}
	shown = briefing.Shown{Unit: tree.UnitID(unit), Milestone: r.Query("milestone"), Sort: briefing.Sort(r.Query("sort"))}
	if at, err := strconv.ParseInt(r.Query("at"), 10, 64); err == nil && at > 0 {
		shown.At = store.Moment(at)
	}
	if typed := r.Query("moment"); typed != "" {
		if _, shown.At, err = text.ParseMoment(r.Lang, typed, r.Zone()); err != nil {
			return shown, true, err
		}
	}
	if shown.At.After(r.Now()) {
		return shown, true, fault.New(fault.Invalid, "briefing.moment-ahead")
	}
	return shown, true, nil
}

// opens says what of the panel leads on, for all or alone.
func (p *panelPage) opens(r *web.Request, b seated, shown briefing.Shown) error {
	if r.Layout().Wall {
		return nil
	}
	may := func(unit tree.UnitID) bool { return r.Actor.May(access.BoardRead, unit) == nil }
	p.Chooses = p.Drill || may(shown.Unit)
	for i := range p.Rows {
		p.Rows[i].Opens = p.Drill || may(p.Rows[i].Unit.ID)
	}
	if p.Up.ID != 0 && !p.Drill && !may(p.Up.ID) {
		p.Up = tree.Unit{}
	}
	if own, ok := b.own(); ok && !p.Drill && own.Unit != shown.Unit && may(own.Unit) {
		p.Own, _ = r.Actor.Tree.Unit(own.Unit)
	}
	if !p.Chooses {
		return nil
	}
	return p.chooseMoments(r, b, shown.At)
}

// chooseMoments offers the past moments that people ask for: the last briefing, a
// week and a month ago, and the ends of the deadlines on the board.
func (p *panelPage) chooseMoments(r *web.Request, b seated, at time.Time) error {
	add := func(moment time.Time, label string) {
		if moment.IsZero() || moment.Before(r.Now()) {
			p.Moments = append(p.Moments, panelMoment{store.Micro(moment), label, moment.Equal(at)})
		}
	}
	add(time.Time{}, r.T("briefings.moment.own"))
	err := r.View(func(q store.Querier) error {
		last, held, err := briefing.Before(r.Context(), q, b.Briefing)
		if held {
			add(last.OpenedAt, r.T("briefings.moment.last", "moment", text.Moment(r.Lang, last.OpenedAt, r.Zone())))
		}
		return err
	})
	if err != nil {
		return err
	}
	today := clock.DateOf(r.Now(), r.Zone())
	for _, days := range []int{7, 30} {
		end := today.AddDays(-days).End(r.Zone()).Add(-time.Second)
		add(end, r.T("briefings.moment.days", "n", days, "moment", text.Moment(r.Lang, end, r.Zone())))
	}
	for _, f := range p.Figures {
		if f.Deadline != "" {
			end := f.Deadline.End(r.Zone()).Add(-time.Second)
			add(end, r.T("briefings.moment.deadline", "level", f.Level, "date", text.Date(r.Lang, f.Deadline)))
		}
	}
	return nil
}

// sort sorts the rows, by name where nothing else decides.
func (p *panelPage) sort() {
	share := func(r panelRow) float64 {
		done, total := r.sum(p.Live)
		if total == 0 {
			return 1
		}
		return float64(done) / float64(total)
	}
	late := func(r panelRow) (n int32) {
		for _, c := range r.Cells {
			n += c.Late
		}
		return n
	}
	slices.SortStableFunc(p.Rows, func(a, b panelRow) int {
		by := 0
		switch p.Sort {
		case briefing.LeastDone:
			by = cmp.Compare(share(a), share(b))
		case briefing.MostLate:
			by = cmp.Compare(late(b), late(a))
		}
		return cmp.Or(by, fold.Compare(a.Unit.Name, b.Unit.Name))
	})
}

// sum is what all cells of the row count together.
func (r panelRow) sum(live bool) (done, total int32) {
	for _, c := range r.Cells {
		n := c.Then
		if live {
			n = c.Now
		}
		done, total = done+n.Done, total+n.Total
	}
	return done, total
}

// Act says what a form of the panel does: it changes what all see, or what the
// person sees alone.
func (p *panelPage) Act() template.HTMLAttr {
	if p.Drill {
		return "data-act data-show-act"
	}
	return "data-look"
}

// At is the moment that is looked at, in microseconds; 0 for the briefing's figures.
func (p *panelPage) At() int64 {
	if p.Past {
		return store.Micro(p.As)
	}
	return 0
}
