package profile

import (
	"fmt"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/text"
)

// longestName is how many characters a name or a hint may have.
const longestName = 500

// mostDueSoonDays is the longest time ahead for which due soon still means something.
const mostDueSoonDays = 90

// mostRecordingDays is the longest that recordings are kept without anybody's word: ten
// years.
const mostRecordingDays = 3650

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// checker collects what is wrong, each at the path of its place.
type checker struct{ faults fault.List }

func (c *checker) wrong(path, key string, args ...any) {
	c.faults = append(c.faults, fault.New(fault.Invalid, key, args...).At(path))
}

// key checks that a key is of the right form and not yet among those seen.
func (c *checker) key(path, key string, seen map[string]bool) {
	switch {
	case !keyForm.MatchString(key) || len(key) > 60:
		c.wrong(path, "profile.bad-key", "key", key)
	case seen[key]:
		c.wrong(path, "profile.twice", "key", key)
	}
	seen[key] = true
}

// words checks that a text is there in at least one language.
func (c *checker) words(path string, w text.Words) {
	if fold.Name(w.VI) == "" && fold.Name(w.EN) == "" {
		c.wrong(path, "profile.no-name")
	}
	c.length(path, w)
}

// bothWords checks that a text is there in both languages, as a profile needs.
func (c *checker) bothWords(path string, w text.Words) {
	if fold.Name(w.VI) == "" {
		c.wrong(path+".vi", "profile.no-name")
	}
	if fold.Name(w.EN) == "" {
		c.wrong(path+".en", "profile.no-name")
	}
	c.length(path, w)
}

func (c *checker) length(path string, w text.Words) {
	if utf8.RuneCountInString(w.VI) > longestName || utf8.RuneCountInString(w.EN) > longestName {
		c.wrong(path, "profile.too-long", "most", longestName)
	}
}

func (c *checker) day(path string, d clock.Date) {
	if _, err := clock.ParseDate(string(d)); err != nil || d.IsZero() {
		c.wrong(path, "profile.not-a-day", "day", string(d))
	}
}

// validate is all that is wrong in the profile, in the order of the document.
func (p *Profile) validate() fault.List {
	c := &checker{}
	c.key("name", p.Name, map[string]bool{})
	if p.Version < 1 {
		c.wrong("version", "profile.bad-version")
	}
	c.day("validFrom", p.ValidFrom)
	c.bothWords("title", p.Title)
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "" || p.Zone == "Local" {
		c.wrong("zone", "profile.unknown-zone", "zone", p.Zone)
	}
	if p.DueSoonDays < 0 || p.DueSoonDays > mostDueSoonDays {
		c.wrong("dueSoonDays", "profile.bad-days", "most", mostDueSoonDays)
	}
	if p.RecordingDays < 0 || p.RecordingDays > mostRecordingDays {
		c.wrong("recordingDays", "profile.bad-days", "most", mostRecordingDays)
	}
	p.validateDeputies(c)
	p.validateDifficulties(c)
	p.validatePapers(c)
	p.validateDays(c)
	p.validateRoot(c)
	p.validateLevels(c)
	p.validateKinds(c)
	p.validateMap(c)
	p.validateBodies(c)
	p.validateStandings(c)
	p.validateLines(c)
	p.validateDirectives(c)
	return c.faults
}

func (p *Profile) validateRoot(c *checker) {
	if fold.Name(p.Root.Code) != p.Root.Code || p.Root.Code == "" {
		c.wrong("root.code", "profile.no-code")
	}
	c.bothWords("root.name", p.Root.Name)
	p.knowsLevel(c, "root.level", p.Root.Level)
	p.knowsKind(c, "root.kind", p.Root.Kind)
}

func (p *Profile) validateLevels(c *checker) {
	if len(p.Levels) == 0 {
		c.wrong("levels", "profile.no-levels")
	}
	keys, words := map[string]bool{}, map[string]string{}
	for n, l := range p.Levels {
		path := fmt.Sprintf("levels[%d]", n)
		c.key(path+".key", l.Key, keys)
		c.bothWords(path+".name", l.Name)
		c.bothWords(path+".plural", l.Plural)
		c.bothWords(path+".short", l.Short)
		c.uniqueWords(path, l.Key, l.words(), words)
		for _, bound := range [...]struct {
			field string
			day   clock.Date
		}{{"from", l.From}, {"until", l.Until}} {
			if _, err := clock.ParseDate(string(bound.day)); err != nil {
				c.wrong(path+"."+bound.field, "profile.not-a-day", "day", string(bound.day))
			}
		}
		if l.Within != "" && l.Within != l.Key {
			p.knowsLevel(c, path+".within", l.Within)
		}
		if l.Until != "" && l.Until < l.From {
			c.wrong(path+".until", "profile.ends-early")
		}
		if l.CodeWidth < 0 || l.CodeWidth > 20 {
			c.wrong(path+".codeWidth", "profile.bad-width")
		}
		if n == 0 && (l.ReportedByParent || l.Aside) {
			c.wrong(path, "profile.top-level")
		}
	}
}

func (p *Profile) validateKinds(c *checker) {
	if len(p.Kinds) == 0 {
		c.wrong("kinds", "profile.no-kinds")
	}
	keys, words := map[string]bool{}, map[string]string{}
	for n, k := range p.Kinds {
		path := fmt.Sprintf("kinds[%d]", n)
		c.key(path+".key", k.Key, keys)
		c.bothWords(path+".name", k.Name)
		c.uniqueWords(path, k.Key, k.words(), words)
	}
}

// uniqueWords checks that no word means two things; of holds what each means.
func (c *checker) uniqueWords(path, key string, words []string, of map[string]string) {
	for _, w := range words {
		if w == "" {
			continue // an empty name is told by its own fault
		}
		if other, taken := of[w]; taken && other != key {
			c.wrong(path, "profile.word-of-two", "word", w, "other", other)
		}
		of[w] = key
	}
}

func (p *Profile) validateMap(c *checker) {
	seen := map[[2]string]bool{}
	for n, r := range p.LevelMap {
		path := fmt.Sprintf("levelMap[%d]", n)
		p.knowsLevel(c, path+".parent", r.Parent)
		p.knowsKind(c, path+".kind", r.Kind)
		if p.knowsLevel(c, path+".level", r.Level) && p.rank(r.Level) <= p.rank(r.Parent) {
			c.wrong(path+".level", "profile.not-below", "level", r.Level, "parent", r.Parent)
		}
		if seen[[2]string{r.Parent, r.Kind}] {
			c.wrong(path, "profile.twice", "key", r.Parent+" + "+r.Kind)
		}
		seen[[2]string{r.Parent, r.Kind}] = true
	}
}

func (p *Profile) validateBodies(c *checker) {
	bodies := map[string]bool{}
	for n, b := range p.Bodies {
		path := fmt.Sprintf("bodies[%d]", n)
		c.key(path+".key", b.Key, bodies)
		c.bothWords(path+".name", b.Name)
		for m, level := range b.Levels {
			p.knowsLevel(c, fmt.Sprintf("%s.levels[%d]", path, m), level)
		}
		posts := map[string]bool{}
		for m, post := range b.Posts {
			at := fmt.Sprintf("%s.posts[%d]", path, m)
			c.key(at+".key", post.Key, posts)
			c.bothWords(at+".name", post.Name)
		}
		for m, post := range b.Posts {
			if post.InPlaceOf != "" && (!posts[post.InPlaceOf] || post.InPlaceOf == post.Key) {
				c.wrong(fmt.Sprintf("%s.posts[%d].inPlaceOf", path, m), "profile.unknown-post", "post", post.InPlaceOf)
			}
		}
	}
}

func (p *Profile) validateDirectives(c *checker) {
	kinds, templates := map[string]bool{}, map[string]bool{}
	for n, k := range p.DirectiveKinds {
		path := fmt.Sprintf("directiveKinds[%d]", n)
		c.key(path+".key", k.Key, kinds)
		c.bothWords(path+".name", k.Name)
	}
	for n, t := range p.Templates {
		path := fmt.Sprintf("templates[%d]", n)
		c.key(path+".key", t.Key, templates)
		c.bothWords(path+".title", t.Title)
		if !kinds[t.Kind] {
			c.wrong(path+".kind", "profile.unknown-kind", "kind", t.Kind)
		}
		if t.Date != "" {
			c.day(path+".date", t.Date)
		}
		for m, level := range t.Acknowledge {
			p.knowsLevel(c, fmt.Sprintf("%s.acknowledge[%d]", path, m), level)
		}
		for _, f := range p.ValidateMilestones(t.Milestones) {
			c.faults = append(c.faults, f.At(path+"."+f.Field))
		}
	}
}

// ValidateMilestones is all that is wrong in the milestones of a directive
// issued under the profile: what Milestone.Validate finds, keys given twice,
// levels that the profile has not. Each fault's field is a path such as
// "milestones[0].deadlines[1].level".
func (p *Profile) ValidateMilestones(milestones []Milestone) fault.List {
	c := &checker{}
	if len(milestones) == 0 {
		c.wrong("milestones", "profile.no-milestones")
	}
	keys := map[string]bool{}
	for n, m := range milestones {
		path := fmt.Sprintf("milestones[%d]", n)
		if keys[m.Key] {
			c.wrong(path+".key", "profile.twice", "key", m.Key)
		}
		keys[m.Key] = true
		for _, f := range m.Validate() {
			c.faults = append(c.faults, f.At(path+"."+f.Field))
		}
		for k, d := range m.Deadlines {
			p.knowsLevel(c, fmt.Sprintf("%s.deadlines[%d].level", path, k), d.Level)
		}
	}
	return c.faults
}

func (p *Profile) knowsLevel(c *checker, path, level string) bool {
	known := p.rank(level) >= 0
	if !known {
		c.wrong(path, "profile.unknown-level", "level", level)
	}
	return known
}

func (p *Profile) knowsKind(c *checker, path, kind string) {
	if !slices.ContainsFunc(p.Kinds, func(k Kind) bool { return k.Key == kind }) {
		c.wrong(path, "profile.unknown-kind", "kind", kind)
	}
}
