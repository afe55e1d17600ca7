package orgui

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
	"giaoban/internal/part/org"
)

// view is the day as of which somebody looks at the organisation.
type view struct {
	r       *web.Request
	q       store.Querier
	profile *profile.Profile

	Day, Today clock.Date
	Form       *web.Form // the day, and what is searched for, as typed
}

// look reads the day from the address. One that is no day, or lies ahead, is
// told at its field, and today is shown.
func look(r *web.Request, q store.Querier) (*view, error) {
	p, err := org.Profile(r.Context(), q)
	if err != nil {
		return nil, err
	}
	v := &view{r: r, q: q, profile: p, Today: r.Layout().Today(), Form: r.NewForm("look")}
	v.Form.Values = url.Values{"day": {r.Query("day")}, "q": {r.Query("q")}}
	v.Day = v.Form.Date("day")
	switch {
	case v.Day > v.Today:
		v.Form.Wrong(fault.New(fault.Invalid, "org.future", "today", v.Today).At("day"))
		v.Day = v.Today
	case v.Day == "":
		v.Day = v.Today
		if v.Form.OK() {
			v.Form.Set("day", v.Today)
		}
	}
	return v, nil
}

// Past says that the day is not today.
func (v *view) Past() bool { return v.Day != v.Today }

// Asked is the day as it stands in addresses: "" for today.
func (v *view) Asked() string {
	if !v.Past() {
		return ""
	}
	return text.Date(text.VI, v.Day)
}

// path gives the way to a unit on the day of the view, when the person may see
// it: now, or by what stood above it on that day. Nobody learns of a unit that
// they may not see.
func (v *view) path(unit tree.UnitID) ([]org.Unit, error) {
	path, err := org.PathOn(v.r.Context(), v.q, v.Day, unit)
	if err != nil {
		return nil, err
	}
	if len(path) > 0 && v.below(path) {
		return path, nil
	}
	return path, v.r.Actor.May(access.UnitRead, unit)
}

// below says whether the person may see all that is below the last unit of a
// path: as whoever reads its board, or keeps its units.
func (v *view) below(path []org.Unit) bool {
	for _, unit := range path {
		for _, action := range []access.Action{access.BoardRead, access.UnitChange} {
			if v.r.Actor.May(action, unit.ID) == nil {
				return true
			}
		}
	}
	return false
}

// crumbs leads to a unit, from the first unit that the person may see.
func (v *view) crumbs(path []org.Unit, last string) {
	layout := v.r.Layout().Crumb(v.r.T("orgui.title"), v.address("/org"))
	for i, unit := range path {
		if v.r.Actor.May(access.UnitRead, unit.ID) != nil && !v.below(path[:i+1]) {
			continue
		}
		address := v.address(fmt.Sprintf("/org/%d", unit.ID))
		if i == len(path)-1 && last == "" {
			address = ""
		}
		layout.Crumb(unit.Name, address)
	}
	if last != "" {
		layout.Crumb(last, "")
	}
}

// address is a path with the day of the view.
func (v *view) address(path string) string {
	if day := v.Asked(); day != "" {
		return path + "?" + url.Values{"day": {day}}.Encode()
	}
	return path
}

// HasLines says whether the organisation has lines of reporting beside the tree.
func (v *view) HasLines() bool { return len(v.profile.Lines) > 0 }

// LevelName is a level as people call it.
func (v *view) LevelName(key string) string {
	if level, ok := v.profile.Level(key); ok {
		return text.Capital(level.Name.In(v.r.Lang))
	}
	return key
}

// KindName is a kind as people call it.
func (v *view) KindName(key string) string {
	if kind, ok := v.profile.KindOf(key); ok {
		return text.Capital(kind.Name.In(v.r.Lang))
	}
	return key
}

// levelLine is how many units of a level there are.
type levelLine struct {
	Name  string
	Units int
}

// levels counts the units below one on the day, from the highest level.
func (v *view) levels(unit tree.UnitID) ([]levelLine, error) {
	counts, err := v.count(unit)
	if err != nil {
		return nil, err
	}
	var lines []levelLine
	for _, level := range v.profile.Levels {
		if n := counts[level.Key]; n > 0 {
			lines = append(lines, levelLine{level.Plural.In(v.r.Lang), n})
		}
	}
	return lines, nil
}

// count counts the units below one by level: those of today in memory.
func (v *view) count(unit tree.UnitID) (map[string]int, error) {
	if v.Past() {
		return org.CountByLevel(v.r.Context(), v.q, v.Day, unit)
	}
	counts := map[string]int{}
	for _, below := range v.r.Actor.Tree.Subtree(unit) {
		if below.ID != unit {
			counts[below.Level]++
		}
	}
	return counts, nil
}

// find finds units below one by name or code: those of today in memory.
func (v *view) find(top tree.UnitID, words string, limit int) ([]org.Unit, error) {
	if v.Past() {
		return org.Find(v.r.Context(), v.q, v.Day, top, words, limit)
	}
	var list []org.Unit
	for _, u := range v.r.Actor.Tree.Find(top, words, limit) {
		list = append(list, org.Unit{ID: u.ID, Code: u.Code, Period: org.Period{Name: u.Name, Level: u.Level, Kind: u.Kind, Parent: u.Parent}})
	}
	return list, nil
}
