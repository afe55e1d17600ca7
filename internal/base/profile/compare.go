package profile

import (
	"reflect"

	"giaoban/internal/base/text"
)

// Sort is what a thing of a profile is.
type Sort string

// The sorts of things that versions are compared by.
const (
	OfLevel     Sort = "level"
	OfKind      Sort = "kind"
	OfBody      Sort = "body"
	OfDocument  Sort = "document" // a kind of directive
	OfStanding  Sort = "standing"
	OfLine      Sort = "line"
	OfTemplate  Sort = "template"
	OfLevelRule Sort = "rule" // which level a unit has
	OfSetting   Sort = "setting"
)

// How says what a version does with a thing of the one before.
type How string

// What becomes of a thing from one version to the next.
const (
	Added   How = "added"
	Dropped How = "dropped"
	Altered How = "altered"
)

// Difference is one thing that two versions say differently.
type Difference struct {
	Sort Sort
	How  How
	Key  string
	Name text.Words // as the newer version says it, where it does; empty for a setting
}

// Compare gives what the next version says differently, by sort and in its own
// order, then what it drops.
func Compare(before, next *Profile) []Difference {
	var list []Difference
	list = append(list, compareThings(OfLevel, things(before.Levels, levelThing), things(next.Levels, levelThing))...)
	list = append(list, compareThings(OfLevelRule, things(before.LevelMap, before.ruleThing), things(next.LevelMap, next.ruleThing))...)
	list = append(list, compareThings(OfKind, things(before.Kinds, kindThing), things(next.Kinds, kindThing))...)
	list = append(list, compareThings(OfBody, things(before.Bodies, bodyThing), things(next.Bodies, bodyThing))...)
	list = append(list, compareThings(OfDocument, things(before.DirectiveKinds, documentThing), things(next.DirectiveKinds, documentThing))...)
	list = append(list, compareThings(OfStanding, things(before.Standings, standingThing), things(next.Standings, standingThing))...)
	list = append(list, compareThings(OfLine, things(before.Lines, lineThing), things(next.Lines, lineThing))...)
	list = append(list, compareThings(OfTemplate, things(before.Templates, templateThing), things(next.Templates, templateThing))...)
	return append(list, compareThings(OfSetting, before.settings(), next.settings())...)
}

// thing is what is compared, by its key.
type thing struct {
	key  string
	name text.Words
	is   any
}

func things[T any](all []T, as func(T) thing) []thing {
	list := make([]thing, len(all))
	for i, one := range all {
		list[i] = as(one)
	}
	return list
}

func levelThing(l Level) thing            { return thing{l.Key, l.Name, l} }
func kindThing(k Kind) thing              { return thing{k.Key, k.Name, k} }
func bodyThing(b Body) thing              { return thing{b.Key, b.Name, b} }
func documentThing(k DirectiveKind) thing { return thing{k.Key, k.Name, k} }
func standingThing(s Standing) thing      { return thing{s.Key, s.Name, s} }
func lineThing(l Line) thing              { return thing{l.Key, l.Name, l} }
func templateThing(t Template) thing      { return thing{t.Key, t.Title, t} }

// ruleThing is a rule of the level map, called by its kind and the parent's level.
func (p *Profile) ruleThing(r LevelRule) thing {
	kind, _ := p.KindOf(r.Kind)
	parent, _ := p.Level(r.Parent)
	level, _ := p.Level(r.Level)
	between := func(kind, parent, level string) string { return kind + " · " + parent + " → " + level }
	return thing{r.Parent + "/" + r.Kind, text.Words{
		VI: between(kind.Name.VI, parent.Name.VI, level.Name.VI), EN: between(kind.Name.EN, parent.Name.EN, level.Name.EN),
	}, r}
}

func (p *Profile) settings() []thing {
	return []thing{
		{"dueSoonDays", text.Words{}, p.DueSoonDays},
		{"recordingDays", text.Words{}, p.RecordingDays},
		{"heirDoneByAny", text.Words{}, p.HeirDoneByAny},
		{"deputies", text.Words{}, p.Deputies},
		{"difficulties", text.Words{}, p.Difficulties},
		{"papers", text.Words{}, p.Papers},
		{"days", text.Words{}, p.Days},
		{"reminders", text.Words{}, p.Reminders},
		{"motto", text.Words{}, p.Motto},
	}
}

func compareThings(sort Sort, before, next []thing) []Difference {
	was := map[string]thing{}
	for _, one := range before {
		was[one.key] = one
	}
	var list []Difference
	for _, one := range next {
		old, there := was[one.key]
		delete(was, one.key)
		switch {
		case !there:
			list = append(list, Difference{sort, Added, one.key, one.name})
		case !reflect.DeepEqual(old.is, one.is):
			list = append(list, Difference{sort, Altered, one.key, one.name})
		}
	}
	for _, one := range before {
		if _, dropped := was[one.key]; dropped {
			list = append(list, Difference{sort, Dropped, one.key, one.name})
		}
	}
	return list
}
