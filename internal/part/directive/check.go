package directive

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/profile"
)

// The most that a document may hold, in characters and in number.
const (
	MostNumber     = 60
	MostTitle      = 500
	MostText       = 100_000
	MostMilestones = 50
	MostIndicators = 50
)

// LevelsBelow is the levels, highest first, to whose units a unit of a level can
// issue a directive.
func LevelsBelow(p *profile.Profile, level string) []profile.Level {
	at := slices.IndexFunc(p.Levels, func(l profile.Level) bool { return l.Key == level })
	if at < 0 {
		return nil
	}
	return p.Levels[at+1:]
}

// atOrBelow says whether a level is a unit's own or one of those below it.
func atOrBelow(below []profile.Level, own, level string) bool {
	return level == own || slices.ContainsFunc(below, func(l profile.Level) bool { return l.Key == level })
}

// Check gives everything that keeps a document from being issued to the units
// of the levels below, each at its field: "title",
// "milestones.0.deadlines.grassroots", "milestones.0.indicators.2.name".
func (d Document) Check(below []profile.Level) fault.List {
	c := checker{below: below, document: d, keys: map[string]bool{}}
	c.head()
	for i, milestone := range d.Milestones {
		c.milestone(at("milestones", i), milestone)
	}
	return c.wrong
}

// checker collects what is wrong with a document.
type checker struct {
	document Document
	below    []profile.Level
	keys     map[string]bool // of milestones seen so far
	wrong    fault.List
}

func (c *checker) fault(field, key string, args ...any) {
	c.wrong = append(c.wrong, fault.New(fault.Invalid, key, args...).At(field))
}

// need asks for a text of at most so many characters.
func (c *checker) need(field, written, missing string, most int) {
	switch {
	case fold.Name(written) == "":
		c.fault(field, missing)
	default:
		c.most(field, written, most)
	}
}

func (c *checker) most(field, written string, most int) {
	if utf8.RuneCountInString(written) > most {
		c.fault(field, "directive.long", "most", most)
	}
}

func (c *checker) isBelow(level string) bool {
	return slices.ContainsFunc(c.below, func(l profile.Level) bool { return l.Key == level })
}

// head checks what stands above the milestones.
func (c *checker) head() {
	d := c.document
	c.need("number", d.Number, "directive.number.none", MostNumber)
	c.day("date", d.Date, "directive.date.none")
	c.need("title", d.Title, "directive.title.none", MostTitle)
	c.most("term", d.Term, MostNumber)
	c.most("text", d.Text, MostText)
	if d.Text == "" && d.File == "" {
		c.fault("text", "directive.text.none")
	}
	for _, level := range d.Acknowledge {
		if !c.isBelow(level) {
			c.fault("acknowledge", "directive.level.above", "level", level)
		}
	}
	switch n := len(d.Milestones); {
	case n == 0:
		c.fault("milestones", "directive.milestones.none")
	case n > MostMilestones:
		c.fault("milestones", "directive.milestones.many", "most", MostMilestones)
	}
}

// day asks for a date.
func (c *checker) day(field string, day clock.Date, missing string) {
	if day == "" {
		c.fault(field, missing)
		return
	}
	if read, err := clock.ParseDate(string(day)); err != nil || read != day {
		c.fault(field, "directive.unread", "typed", string(day))
	}
}

// milestone checks one milestone: the profile's rules for itself, and those
// that the document adds.
func (c *checker) milestone(field string, m profile.Milestone) {
	for _, wrong := range m.Validate() {
		if !strings.HasPrefix(wrong.Field, "deadlines[") { // days are checked below, by their level
			c.wrong = append(c.wrong, wrong.At(field+"."+formField(wrong.Field)))
		}
	}
	if c.keys[m.Key] {
		c.fault(field+".name", "directive.milestone.twice")
	}
	c.keys[m.Key] = true
	seen := map[string]bool{}
	for _, deadline := range m.Deadlines {
		c.deadline(field+".deadlines."+deadline.Level, deadline, seen)
	}
	if len(m.Indicators) > MostIndicators {
		c.fault(field+".indicators", "directive.indicators.many", "most", MostIndicators)
	}
}

var (
	index  = regexp.MustCompile(`\[(\d+)\]`)
	option = regexp.MustCompile(`\.options\.\d+\.\w+$`)
)

// formField is the field of the form that a path of the profile means: keys are
// not shown and stand at the name, options are lines of one field.
func formField(path string) string {
	field := index.ReplaceAllString(path, ".$1")
	field = option.ReplaceAllString(field, ".options")
	if stem, ok := strings.CutSuffix(field, "key"); ok {
		return stem + "name"
	}
	return field
}

// deadline checks the day of one level. A directive cannot ask for something
// before it was written.
func (c *checker) deadline(field string, d profile.Deadline, seen map[string]bool) {
	switch {
	case !c.isBelow(d.Level):
		c.fault(field, "directive.level.above", "level", d.Level)
	case seen[d.Level]:
		c.fault(field, "directive.level.twice")
	case d.Date != "" && c.document.Date != "" && d.Date < c.document.Date:
		c.fault(field, "directive.deadline.early", "date", c.document.Date)
	default:
		c.day(field, d.Date, "directive.deadline.none")
	}
	seen[d.Level] = true
}

// checkAgainst gives what a next version would do to reports that were made
// under the earlier ones: an indicator that changes its kind makes them
// unreadable, and a milestone that was taken out does not come back under its
// key, because nobody could tell which reports it still has.
func (d Document) checkAgainst(earlier []Version) fault.List {
	var wrong fault.List
	for i, milestone := range d.Milestones {
		field := at("milestones", i)
		for n, version := range earlier {
			before, had := version.Document.milestone(milestone.Key)
			if !had {
				continue
			}
			last := earlier[len(earlier)-1].Document
			if _, has := last.milestone(milestone.Key); !has && n < len(earlier)-1 {
				wrong = append(wrong, fault.New(fault.Invalid, "directive.milestone.revived").At(field+".name"))
			}
			wrong = append(wrong, kindsKept(field, before, milestone)...)
			break
		}
	}
	return wrong
}

func kindsKept(field string, before, after profile.Milestone) fault.List {
	var wrong fault.List
	for j, indicator := range after.Indicators {
		if was, ok := before.Indicator(indicator.Key); ok && was.Kind != indicator.Kind {
			wrong = append(wrong, fault.New(fault.Invalid, "directive.indicator.kind.changed").
				At(at(field+".indicators", j)+".kind"))
		}
	}
	return wrong
}

// milestone finds a milestone by its key.
func (d Document) milestone(key string) (profile.Milestone, bool) {
	for _, m := range d.Milestones {
		if m.Key == key {
			return m, true
		}
	}
	return profile.Milestone{}, false
}

// at is the name of a field's i-th part, as "milestones.0".
func at(field string, i int) string { return field + "." + strconv.Itoa(i) }

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
