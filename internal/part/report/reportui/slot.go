package reportui

import (
	"fmt"
	"net/url"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// place is what stands at the head of every page about a unit's report: whose
// it is, what for, by when, and how it stands.
type place struct {
	report.Slot
	Of        directive.Directive
	Milestone profile.Milestone
	At        tree.Unit // the reporting unit
	Parent    tree.Unit // that counts it; the zero Unit above the root
	Level     profile.Level
	Deadline  clock.Date // effective; "" where the unit is not asked
	Today     clock.Date
	Standing  report.Standing
	Apart     directive.Standing // what the unit is by a decision; the zero Standing mostly
	ApartName string             // of it, in the person's language
	Mark      report.Mark
	Closed    bool
}

// Path is the address of the unit's form.
func (p place) Path() string { return path(p.Slot) }

// Board is the address of the board on which the report counts.
func (p place) Board() string {
	unit := p.Parent.ID
	if unit == 0 {
		unit = p.At.ID
	}
	return fmt.Sprintf("/board/%d/%d?milestone=%s", p.Directive, unit, url.QueryEscape(p.Slot.Milestone))
}

// Open says whether a decision or an answer still matters: nothing waits and
// nothing is accepted.
func (p place) Open() bool { return p.Mark != report.MarkDone && p.Mark != report.MarkWaiting }

func path(s report.Slot) string {
	return fmt.Sprintf("/report/%d/%s/%d", s.Directive, url.PathEscape(s.Milestone), s.Unit)
}

// slotOf reads the slot that an address names.
func slotOf(r *web.Request) (report.Slot, error) {
	directive, err := r.ID("directive")
	if err != nil {
		return report.Slot{}, err
	}
	unit, err := r.ID("unit")
	if err != nil {
		return report.Slot{}, err
	}
	return report.Slot{Directive: directive, Milestone: r.PathValue("milestone"), Unit: tree.UnitID(unit)}, nil
}

// placeOf reads what a page about a slot needs. Whoever may not read reports of
// the unit is refused.
func placeOf(r *web.Request, q store.Querier, s report.Slot) (place, error) {
	if err := r.Actor.May(access.ReportRead, s.Unit); err != nil {
		return place{}, err
	}
	d, err := directive.Get(r.Context(), q, s.Directive)
	if err != nil {
		return place{}, err
	}
	milestone, ok := milestoneOf(d, s.Milestone)
	unit, exists := r.Actor.Tree.Unit(s.Unit)
	if !ok || !exists || d.State == directive.Drafted {
		return place{}, fault.New(fault.NotFound, "report.not-asked")
	}
	p := place{Slot: s, Of: d, Milestone: milestone, At: unit, Closed: d.State == directive.Ceased}
	p.Parent, _ = r.Actor.Tree.Unit(unit.Parent)
	if p.Deadline, err = directive.EffectiveDeadline(r.Context(), q, d, s.Milestone, unit.Level, directive.PathTo(r.Actor.Tree, d.Unit, s.Unit)); err != nil {
		return place{}, err
	}
	if err := p.stands(r, q); err != nil {
		return place{}, err
	}
	if p.Standing, err = report.StandingOf(r.Context(), q, s); err != nil {
		return place{}, err
	}
	if p.Standing.Newest.ID == 0 && !directive.Concerns(r.Actor.Tree, d, s.Unit) {
		// Another unit's directive. A unit that reported and was moved away since
		// still finds what it reported.
		return place{}, fault.New(fault.NotFound, "report.not-asked")
	}
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return place{}, err
	}
	p.Level, _ = rules.Level(unit.Level)
	p.ApartName = standingName(rules, p.Apart.Key, r.Lang)
	p.Today = clock.DateOf(r.Now(), r.Zone())
	p.Mark = p.Standing.Mark(p.Deadline, p.Today, rules.DueSoonDays)
	return p, nil
}

// stands reads what the unit is by a decision: its deadline may be another one
// then, and one that is exempt is not asked.
func (p *place) stands(r *web.Request, q store.Querier) error {
	list, err := directive.StandingsOf(r.Context(), q, p.Unit)
	if err != nil {
		return err
	}
	p.Apart = directive.StandingAt(list, p.Directive, p.Slot.Milestone, p.Unit)
	p.Deadline = p.Apart.Deadline(p.Deadline)
	if p.Apart.Exempt() {
		p.Deadline = ""
	}
	return nil
}

// standingPath is where the person decides what the unit is beside done and not
// done; "" where that is not for the person.
func standingPath(r *web.Request, p place) string {
	if p.Closed || r.Actor.May(access.StandingSet, p.Unit) != nil {
		return ""
	}
	return fmt.Sprintf("/directives/%d/standing/%d?milestone=%s", p.Directive, p.Unit, url.QueryEscape(p.Slot.Milestone))
}

// standingName is a standing in words; its key where the profile has lost it.
func standingName(p *profile.Profile, key string, lang text.Lang) string {
	if s, ok := p.Standing(key); ok {
		return s.Name.In(lang)
	}
	return key
}

func milestoneOf(d directive.Directive, key string) (profile.Milestone, bool) {
	for _, m := range d.Document.Milestones {
		if m.Key == key {
			return m, true
		}
	}
	return profile.Milestone{}, false
}
