package profile

import (
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones are needed also on machines that have no list of them

	"giaoban/internal/base/calendar"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/text"
)

// Profile is one version of what an organisation decides for itself. It comes
// from [Parse] or [Get] and is not changed after; it may be read from many
// goroutines.
type Profile struct {
	// Name names the profile through all its versions: "vn-party-2020".
	Name string `yaml:"name" json:"name"`
	// Version counts from 1; what was issued under a version keeps to it.
	Version int `yaml:"version" json:"version"`
	// ValidFrom is the day from which this version describes the organisation.
	ValidFrom clock.Date `yaml:"validFrom" json:"validFrom"`
	Title     text.Words `yaml:"title" json:"title"`
	// Zone names the zone of days and deadlines: "Asia/Ho_Chi_Minh".
	Zone string `yaml:"zone" json:"zone"`
	// Motto stands at the top right of official papers, by guidance 36-HD/VPTW,
	// I.2; empty for an organisation whose papers have none.
	Motto text.Words `yaml:"motto,omitempty" json:"motto,omitzero"`
	// DueSoonDays is how many days before its deadline a report is due soon.
	// Left out, it is 7.
	DueSoonDays int `yaml:"dueSoonDays,omitempty" json:"dueSoonDays,omitempty"`
	// RecordingDays is how many days the recording of a briefing is kept, unless its
	// chair says otherwise. Left out, it is 90.
	RecordingDays int `yaml:"recordingDays,omitempty" json:"recordingDays,omitempty"`
	// Deputies says when a deputy may act for a leader; nil leaves everything to
	// the leader and to whom the leader hands over.
	Deputies *Deputies `yaml:"deputies,omitempty" json:"deputies,omitempty"`
	// Difficulties says what difficulties units raise and when silence on them ends. Left
	// out, the office asked has five working days, two for what is urgent.
	Difficulties *Difficulties `yaml:"difficulties,omitempty" json:"difficulties,omitempty"`
	// Papers says what official papers offices issue. Left out, there are notices and
	// minutes, signed by whoever leads, in no other name.
	Papers *Papers `yaml:"papers,omitempty" json:"papers,omitempty"`
	// Days says on which days and at which hours people work. Left out, the days of
	// rest and holidays of the deputies' turn hold.
	Days *Days `yaml:"days,omitempty" json:"days,omitempty"`
	// Reminders says when units are reminded of what they owe. Left out, three days and
	// one day before, on the day, a day and three days after; the unit above after two.
	Reminders *Reminders `yaml:"reminders,omitempty" json:"reminders,omitempty"`
	Root      Root       `yaml:"root" json:"root"`
	// Levels stand from the highest to the lowest.
	Levels []Level `yaml:"levels" json:"levels"`
	Kinds  []Kind  `yaml:"kinds" json:"kinds"`
	// LevelMap says which level a unit has where it is not the next below its
	// parent's.
	LevelMap []LevelRule `yaml:"levelMap,omitempty" json:"levelMap,omitempty"`
	Bodies   []Body      `yaml:"bodies,omitempty" json:"bodies,omitempty"`
	// HeirDoneByAny says that after a merger the heir is done at a milestone where
	// one of its predecessors was. Left out, every one must have been.
	HeirDoneByAny bool `yaml:"heirDoneByAny,omitempty" json:"heirDoneByAny,omitempty"`
	// DirectiveKinds are the kinds of document by which work is given.
	DirectiveKinds []DirectiveKind `yaml:"directiveKinds,omitempty" json:"directiveKinds,omitempty"`
	// Standings are what a unit may be at a milestone beside done and not done.
	Standings []Standing `yaml:"standings,omitempty" json:"standings,omitempty"`
	// Lines are lines of reporting beside that of the tree.
	Lines []Line `yaml:"lines,omitempty" json:"lines,omitempty"`
	// Templates are directives that an office can begin from.
	Templates []Template `yaml:"templates,omitempty" json:"templates,omitempty"`

	document []byte
	calendar calendar.Calendar
	zone     *time.Location
}

// Root is the highest unit, which a new installation begins with.
type Root struct {
	Code  string     `yaml:"code" json:"code"`
	Name  text.Words `yaml:"name" json:"name"`
	Level string     `yaml:"level" json:"level"`
	Kind  string     `yaml:"kind" json:"kind"`
}

// Level is a rank of units that reports are counted by. It is not depth: units
// of one level may stand at different depths of the tree.
type Level struct {
	Key    string     `yaml:"key" json:"key"`
	Name   text.Words `yaml:"name" json:"name"`
	Plural text.Words `yaml:"plural" json:"plural"` // as of a table of several units
	Short  text.Words `yaml:"short" json:"short"`   // as the head of a narrow column
	// Words are other words for the level in spreadsheets, with or without marks.
	Words []string `yaml:"words,omitempty" json:"words,omitempty"`
	// CodeWidth is how many digits a numeric code of the level has; 0 where the
	// list itself tells.
	CodeWidth int `yaml:"codeWidth,omitempty" json:"codeWidth,omitempty"`
	// ReportedByParent says that units of the level have no office of their own:
	// the committee above reports for them on one page, and its leader's
	// signature is their report and its acceptance.
	ReportedByParent bool `yaml:"reportedByParent,omitempty" json:"reportedByParent,omitempty"`
	// Aside marks a level that only some units pass through: it is never taken
	// for the next below another.
	Aside bool `yaml:"aside,omitempty" json:"aside,omitempty"`
	// Within is the key of the level that this one belongs to by regulation, where
	// it is counted apart: a commune's committee is above-grassroots.
	Within string `yaml:"within,omitempty" json:"within,omitempty"`
	// From and Until are the first and the last day on which a unit may have the
	// level; "" for no bound.
	From  clock.Date `yaml:"from,omitempty" json:"from,omitempty"`
	Until clock.Date `yaml:"until,omitempty" json:"until,omitempty"`
}

// On says whether a unit may have the level on a day.
func (l Level) On(day clock.Date) bool { return l.From <= day && (l.Until == "" || day <= l.Until) }

// Kind is what a unit is by its nature, apart from its level: a province, a
// ward, an enterprise, a cell.
type Kind struct {
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"`
	// Words are other words for the kind in spreadsheets, with or without marks.
	Words []string `yaml:"words,omitempty" json:"words,omitempty"`
}

// LevelRule gives a unit of a kind under a parent of a level its own level.
type LevelRule struct {
	Parent string `yaml:"parent" json:"parent"` // key of the parent's level
	Kind   string `yaml:"kind" json:"kind"`
	Level  string `yaml:"level" json:"level"`
}

// Body is a part of a unit in which people hold posts.
type Body struct {
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"`
	// Levels are the keys of the levels whose units have the body; none means all.
	Levels []string `yaml:"levels,omitempty" json:"levels,omitempty"`
	Posts  []Post   `yaml:"posts" json:"posts"`
}

// Post is what a person may be in a body.
type Post struct {
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"`
	// Single says that one person holds the post at a time.
	Single bool `yaml:"single,omitempty" json:"single,omitempty"`
	// InPlaceOf is the key of the post of the same body that this one stands in
	// for; "" for none.
	InPlaceOf string `yaml:"inPlaceOf,omitempty" json:"inPlaceOf,omitempty"`
}

// Bytes are the document as it was parsed, byte for byte: what an event keeps,
// so that a directive stays under the very version it was issued under.
func (p *Profile) Bytes() []byte { return slices.Clone(p.document) }

// Pin names this version: what directives keep. "vn-party-2020/1".
func (p *Profile) Pin() string { return fmt.Sprintf("%s/%d", p.Name, p.Version) }

// Location is the zone of days and deadlines.
func (p *Profile) Location() *time.Location { return p.zone }

// Level finds a level by its key.
func (p *Profile) Level(key string) (Level, bool) {
	return find(p.Levels, func(l Level) bool { return l.Key == key })
}

// LevelNamed finds a level by a word of a spreadsheet: its key, one of its
// names in either language or one of its words, whatever the case and marks.
func (p *Profile) LevelNamed(word string) (Level, bool) {
	folded := foldWord(word)
	return find(p.Levels, func(l Level) bool { return slices.Contains(l.words(), folded) })
}

// LevelBelow is the next level below the one with the key; levels that stand
// aside are passed over. It reports false below the lowest.
func (p *Profile) LevelBelow(key string) (Level, bool) {
	at := p.rank(key)
	if at < 0 {
		return Level{}, false
	}
	return find(p.Levels[at+1:], func(l Level) bool { return !l.Aside })
}

// The rules by which LevelOf finds a level.
const (
	ByMap   = "map"   // an entry of the profile's level map
	ByOrder = "order" // the next level below the parent's
)

// LevelOf is the key of the level of a unit of a kind under a parent of a level,
// and the rule that gave it, ByMap or ByOrder. The kind may be "" where a list
// does not tell it. Both results are "" where nothing can stand under the
// parent.
func (p *Profile) LevelOf(parentLevel, kind string) (level, rule string) {
	for _, r := range p.LevelMap {
		if r.Parent == parentLevel && r.Kind == kind {
			return r.Level, ByMap
		}
	}
	below, ok := p.LevelBelow(parentLevel)
	if !ok {
		return "", ""
	}
	return below.Key, ByOrder
}

// KindOf finds a kind by its key.
func (p *Profile) KindOf(key string) (Kind, bool) {
	return find(p.Kinds, func(k Kind) bool { return k.Key == key })
}

// Kind finds a kind by a word of a spreadsheet: its key, its name in either
// language or one of its words, whatever the case and marks ("thanh-pho",
// "Thành phố").
func (p *Profile) Kind(word string) (Kind, bool) {
	folded := foldWord(word)
	return find(p.Kinds, func(k Kind) bool { return slices.Contains(k.words(), folded) })
}

// BodiesOf are the bodies that units of a level have.
func (p *Profile) BodiesOf(level string) []Body {
	var bodies []Body
	for _, b := range p.Bodies {
		if len(b.Levels) == 0 || slices.Contains(b.Levels, level) {
			bodies = append(bodies, b)
		}
	}
	return bodies
}

// Post finds a post by the keys of its body and its own.
func (p *Profile) Post(body, post string) (Post, bool) {
	b, ok := find(p.Bodies, func(b Body) bool { return b.Key == body })
	if !ok {
		return Post{}, false
	}
	return find(b.Posts, func(p Post) bool { return p.Key == post })
}

// rank is how many levels stand above the one with the key, -1 if there is none.
func (p *Profile) rank(level string) int {
	return slices.IndexFunc(p.Levels, func(l Level) bool { return l.Key == level })
}

// words are all that the level is called, folded.
func (l Level) words() []string {
	return foldAll(append([]string{
		l.Key, l.Name.VI, l.Name.EN, l.Plural.VI, l.Plural.EN, l.Short.VI, l.Short.EN,
	}, l.Words...))
}

// words are all that the kind is called, folded.
func (k Kind) words() []string {
	return foldAll(append([]string{k.Key, k.Name.VI, k.Name.EN}, k.Words...))
}

func foldAll(words []string) []string {
	folded := make([]string, 0, len(words))
	for _, w := range words {
		folded = append(folded, foldWord(w))
	}
	slices.Sort(folded)
	return slices.Compact(folded)
}

// foldWord is the form in which words of a spreadsheet are compared; hyphens
// and underscores stand for spaces there.
func foldWord(word string) string {
	return fold.Key(strings.NewReplacer("-", " ", "_", " ").Replace(word))
}

func find[T any](all []T, is func(T) bool) (T, bool) {
	if at := slices.IndexFunc(all, is); at >= 0 {
		return all[at], true
	}
	var none T
	return none, false
}
