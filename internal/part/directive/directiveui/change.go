package directiveui

import (
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
)

// change is one difference between two documents in words.
type change struct {
	Label  string // what changed: "Hạn"
	About  string // of what: the milestone, its indicator or level
	Before string
	After  string
	Long   bool // the texts are more than a line
}

// changes puts differences into words.
func changes(r *web.Request, p *profile.Profile, list []directive.Change) []change {
	var shown []change
	for _, one := range list {
		c := change{Label: r.T(one.Key), About: one.Milestone.In(r.Lang), Before: one.Before, After: one.After}
		if one.Level != "" {
			level, _ := p.Level(one.Level)
			c.About += " · " + level.Name.In(r.Lang)
			c.Before, c.After = day(r, one.Before), day(r, one.After)
		}
		if !one.Indicator.IsZero() {
			c.About += " · " + one.Indicator.In(r.Lang)
		}
		switch one.Key {
		case "directive.change.date":
			c.Before, c.After = day(r, one.Before), day(r, one.After)
		case "directive.change.file":
			c.Before, c.After = "", "" // ids say nothing to people
		case "directive.change.text":
			c.Long = true
		}
		shown = append(shown, c)
	}
	return shown
}

func day(r *web.Request, d string) string { return text.Date(r.Lang, clock.Date(d)) }
