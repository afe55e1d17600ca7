package briefingui

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
)

// Bounds of what can be read at 8 m: tiles, and names of a group.
const (
	mostTiles = 24
	mostNamed = 8
)

// wallMap is one figure of the units directly below: each as a tile while all their
// names can be read from the last row; of more units how many have come how far, and
// those by name that the meeting is about.
type wallMap struct {
	Milestone, Level string
	Done, Total      int
	Change           int
	Since            time.Time
	Last             bool // since the last briefing
	Across           int  // tiles in a row
	Tiles            []tile
	Fifths           []fifth
	Groups           []tileGroup
}

// fifth is how many units have come as far as its colour says.
type fifth struct{ Fifth, Units int }

// tileGroup is units that have something in common: the least, the greatest change, a
// place on the agenda.
type tileGroup struct {
	Key   string
	Tiles []tile
}

// tile is a unit on the map.
type tile struct {
	Unit        tree.UnitID
	Name        string
	Done, Total int
	Change      int
	Fifth       int    // of the way, from 0 to 5; 0 for nothing yet
	State       string // of a unit that is itself counted; "" for one with units below
}

// longName is from how many letters a name is shortened.
const longName = 13

// brief is a name as it stands on a tile: a long one as papers shorten it
// (36-HD/VPTW).
func brief(name string) string {
	if utf8.RuneCountInString(name) < longName {
		return name
	}
	return strings.Replace(name, " Trung ương", " TW", 1)
}

// tiles lays out the map; nil when the board has no such figure.
func (f *figures) tiles(lang text.Lang, w briefing.Wall, pr *profile.Profile, t *tree.Tree) *wallMap {
	column := f.column(w)
	if column < 0 {
		return nil
	}
	head, cell := f.Columns[column], f.Head.Cells[column]
	m := &wallMap{Level: levelName(pr, head.Level).In(lang), Done: int(cell.Done), Total: int(cell.Total), Since: f.since, Last: f.last}
	for _, milestone := range f.Document.Milestones {
		if milestone.Key == head.Milestone {
			m.Milestone = milestone.Name.In(lang)
		}
	}
	if f.Head.Past != nil {
		m.Change = int(cell.Done - f.Head.Past[column].Done)
	}
	rows := slices.Clone(f.Rows)
	slices.SortStableFunc(rows, func(a, b board.Row) int { return byCode(t, a.Unit, b.Unit) })
	name := f.short(pr, t)
	for _, row := range rows {
		c := row.Cells[column]
		one := tile{Unit: row.Unit, Name: brief(name(row.Unit)), Done: int(c.Done), Total: int(c.Total)}
		if row.Past != nil {
			one.Change = int(c.Done - row.Past[column].Done)
		}
		if row.Own[column] {
			one.State = string(c.State())
		}
		if c.Total > 0 && c.Done > 0 {
			one.Fifth = max(int(c.Done)*5/int(c.Total), 1)
		}
		m.Tiles = append(m.Tiles, one)
	}
	if m.Across = across(len(m.Tiles)); len(m.Tiles) > mostTiles {
		m.group(f.speaks)
	}
	return m
}

// group names of many units those that the meeting is about, and counts all.
func (m *wallMap) group(speak []tree.UnitID) {
	all := m.Tiles
	m.Tiles = nil
	m.Fifths = make([]fifth, 6)
	var least, most, speaks []tile
	for _, t := range all {
		if t.Total == 0 {
			continue
		}
		m.Fifths[t.Fifth].Fifth = t.Fifth
		m.Fifths[t.Fifth].Units++
		if t.Done < t.Total {
			least = append(least, t)
		}
		if t.Change > 0 {
			most = append(most, t)
		}
	}
	m.Fifths = slices.DeleteFunc(m.Fifths, func(f fifth) bool { return f.Units == 0 })
	slices.SortStableFunc(least, func(a, b tile) int { return cmp.Compare(a.Done*b.Total, b.Done*a.Total) })
	slices.SortStableFunc(most, func(a, b tile) int { return cmp.Compare(b.Change, a.Change) })
	for _, unit := range speak {
		if i := slices.IndexFunc(all, func(t tile) bool { return t.Unit == unit }); i >= 0 {
			speaks = append(speaks, all[i])
		}
	}
	for _, g := range []tileGroup{{"least", least}, {"most", most}, {"speaks", speaks}} {
		if len(g.Tiles) > 0 {
			m.Groups = append(m.Groups, tileGroup{g.Key, g.Tiles[:min(len(g.Tiles), mostNamed)]})
		}
	}
}

// across is how many of n tiles stand in a row of a wide screen.
func across(n int) int {
	for columns := 3; columns < 6; columns++ {
		if n <= columns*columns*7/10 {
			return columns
		}
	}
	return 6
}

// speakers are the units below the host that the agenda has speak.
func speakers(ctx context.Context, q store.Querier, b seated) (list []tree.UnitID, err error) {
	items, err := briefing.Items(ctx, q, b.ID)
	for _, item := range items {
		for _, site := range b.Sites {
			if site.ID == item.Site && site.Unit != b.Unit && !slices.Contains(list, site.Unit) {
				list = append(list, site.Unit)
			}
		}
	}
	return list, err
}
