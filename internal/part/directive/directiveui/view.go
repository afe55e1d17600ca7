package directiveui

import (
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
)

// fileView is an attached file and where it is downloaded.
type fileView struct {
	file.File
	Path string
}

// milestoneView is a milestone in words.
type milestoneView struct {
	Key, Name, Hint string
	Other           string // its name in the other language, when it has one of its own
	Deadlines       []deadlineView
	Indicators      []indicatorView
	List            bool   // the person enters what units below told
	Cells           string // plural of the level directly below that the unit reports for; "" for none
}

// Reported says whether the unit that reads reports the milestone itself.
func (m milestoneView) Reported() bool {
	return slices.ContainsFunc(m.Deadlines, func(d deadlineView) bool { return d.Own })
}

// deadlineView is the deadline of one level at a milestone.
type deadlineView struct {
	Milestone, Level string // keys
	Label            string // name of the level
	Units            int    // of the level below the issuer
	Document         clock.Date
	Effective        clock.Date // at the unit that reads; the document's where nobody tightened it
	By               string     // the unit that tightened it
	Own              bool       // the level of the unit that reads
	MayTighten       bool
	Form             *web.Form // for tightening; nil when that is not possible
}

// indicatorView is an indicator in words.
type indicatorView struct {
	Name, Hint, Kind string
	Required         bool
	Rules            []string // "từ 1 đến 5.000", "không quá “Số được triệu tập”"
}

// milestoneViews puts a document's milestones into words.
func milestoneViews(r *web.Request, p *profile.Profile, d directive.Document) []milestoneView {
	var list []milestoneView
	for _, m := range d.Milestones {
		view := milestoneView{Key: m.Key, Name: m.Name.In(r.Lang), Hint: m.Hint.In(r.Lang), Other: otherName(r, m.Name)}
		for _, level := range p.Levels { // highest first, whatever order the document has
			day, reports := m.Deadline(level.Key)
			if reports {
				view.Deadlines = append(view.Deadlines, deadlineView{
					Milestone: m.Key, Level: level.Key, Label: text.Capital(level.Plural.In(r.Lang)), Document: day, Effective: day,
				})
			}
		}
		for _, i := range m.Indicators {
			view.Indicators = append(view.Indicators, indicatorView{
				Name: i.Name.In(r.Lang), Hint: i.Hint.In(r.Lang), Required: i.Required,
				Kind: r.T("directives.kind." + string(i.Kind)), Rules: rules(r, m, i),
			})
		}
		list = append(list, view)
	}
	return list
}

// count says of each level how many units it has.
func (m *milestoneView) count(reach []directive.Audience) {
	for i := range m.Deadlines {
		for _, audience := range reach {
			if audience.Level.Key == m.Deadlines[i].Level {
				m.Deadlines[i].Units = audience.Units
			}
		}
	}
}

// past counts the deadlines that passed before a day and that some unit has: its
// units are late the moment the directive is issued.
func (m milestoneView) past(today clock.Date) (n int) {
	for _, one := range m.Deadlines {
		if one.Units > 0 && one.Document < today {
			n++
		}
	}
	return n
}

func otherName(r *web.Request, w text.Words) string {
	other := w.EN
	if r.Lang == text.EN {
		other = w.VI
	}
	if other == w.In(r.Lang) {
		return ""
	}
	return other
}

// rules says what a value of the indicator must be like.
func rules(r *web.Request, m directive.Milestone, i profile.Indicator) []string {
	var list []string
	say := func(key string, args ...any) { list = append(list, r.T(key, args...)) }
	if !i.Unit.IsZero() {
		say("directives.rule.unit", "unit", i.Unit)
	}
	switch {
	case i.Min != nil && i.Max != nil:
		say("directives.rule.between", "min", *i.Min, "max", *i.Max)
	case i.Min != nil:
		say("directives.rule.min", "min", *i.Min)
	case i.Max != nil:
		say("directives.rule.max", "max", *i.Max)
	}
	if i.Decimals > 0 {
		say("directives.rule.decimals", "n", i.Decimals)
	}
	if over, ok := m.Indicator(i.NotOver); ok {
		say("directives.rule.over", "other", over.Name)
	}
	if i.From != "" {
		say("directives.rule.from", "day", i.From)
	}
	if i.Until != "" {
		say("directives.rule.until", "day", i.Until)
	}
	for _, option := range i.Options {
		list = append(list, option.Name.In(r.Lang))
	}
	return list
}

// named is a level with names that begin a line.
func named(level profile.Level) profile.Level {
	for _, words := range []*text.Words{&level.Name, &level.Plural, &level.Short} {
		words.VI, words.EN = text.Capital(words.VI), text.Capital(words.EN)
	}
	return level
}
