package web

import (
	"net/url"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// Layout is what stands around a page. A handler fills what the page needs;
// everything may be left out but the title.
type Layout struct {
	// Title of the page, in the window and for those who listen to it.
	Title string
	// Crumbs lead from the wide to the narrow; the last is the page itself.
	Crumbs []Crumb
	// Rail is the path of the rail's current item; "" takes the one whose path
	// the address begins with.
	Rail string
	// Live shows the mark that the page moves by itself; the page's script sets
	// its state.
	Live bool
	// Wall shows the page for a briefing room: no rail, large. It is set by
	// "screen=1" in the address.
	Wall bool
	// Room shows the page as a room in which people meet: all of the window, no rail.
	Room bool
	// Keys says that a room has a <dialog id="keys"> which tells its keys: the top
	// line opens it, and so does "?".
	Keys bool
	// Narrow is for a form on a phone and for reading: one column of 40 rem.
	Narrow bool
	// Seeks says that the page has a search field of its own: the top line has none then.
	Seeks bool
	// Bare leaves out rail and top line: the public pages and the leaflet.
	Bare bool
	// Masthead is the name of the public page, which then stands around this one; ""
	// for a page of the inside.
	Masthead string
	// Brand is how the office dresses the public page.
	Brand Brand
	// Places are the main places of the public page; one without a path is the page itself.
	Places []Crumb
	// Head is what the public page tells programs.
	Head Head
	// Finds is the path of the public page's search; "" where there is none.
	Finds string
	// Asked is what was looked for there.
	Asked string

	scripts []string
	r       *Request
}

// Crumb is one step of the way to a page.
type Crumb struct {
	Label string
	Path  string // "" for the page itself
}

// RailItem is one of the main places of the program.
type RailItem struct {
	Label string // as shown, in the person's language
	Path  string
	Icon  string // name of an icon
	Count int    // of what waits there; 0 shows none
	Hot   bool   // something of it is late
	Group string // heading above the item, when it differs from the one before
}

// Bell is the way to what a person is told, with how much of it is unread.
type Bell struct {
	Path   string // of the list
	Unread int
	Live   string // address of a stream that says when there is more
	Count  string // address at which a script asks how much is unread
}

// Bell is the person's; nil where there is none.
func (l *Layout) Bell() *Bell {
	// Whoever still owes a second factor is let into no page of the bell's.
	if !l.r.SignedIn() || l.r.Session.Owes || l.r.frame.config.Bell == nil {
		return nil
	}
	bell := l.r.frame.config.Bell(l.r)
	return &bell
}

// Parent is the index of the nearest step above the page that leads somewhere,
// which a phone shows alone; -1 for none.
func (l *Layout) Parent() int {
	for i := len(l.Crumbs) - 2; i >= 0; i-- {
		if l.Crumbs[i].Path != "" {
			return i
		}
	}
	return -1
}

// Back is where the way to the page last leads through; "/" when it leads nowhere.
func (l *Layout) Back() string {
	if at := l.Parent(); at >= 0 {
		return l.Crumbs[at].Path
	}
	return "/"
}

// Crumb adds a step to the way and returns the layout.
func (l *Layout) Crumb(label, path string) *Layout {
	l.Crumbs = append(l.Crumbs, Crumb{label, path})
	return l
}

// Script has the page load an entry of a [Bundle], as "board/board.ts".
func (l *Layout) Script(entry string) *Layout {
	l.scripts = append(l.scripts, entry)
	return l
}

// railEntry is an item of the rail as the template takes it.
type railEntry struct {
	RailItem
	Heading string // to be shown above it
	Current bool
	Foot    bool // stands at the foot of a phone
}

// footItems is how many places stand at the foot of a phone beside "more".
const footItems = 4

// Items are the rail's items with the current one marked.
func (l *Layout) Items() []railEntry {
	if !l.r.SignedIn() || l.r.frame.config.Rail == nil {
		return nil
	}
	items := l.r.frame.config.Rail(l.r)
	current := l.current(items)
	entries := make([]railEntry, len(items))
	group := ""
	for i, item := range items {
		entries[i] = railEntry{RailItem: item, Current: i == current, Foot: i < footItems}
		if item.Group != group {
			entries[i].Heading, group = item.Group, item.Group
		}
	}
	return entries
}

// current is the index of the item that the page belongs to, -1 for none: the
// one with the longest path that the address lies under.
func (l *Layout) current(items []RailItem) int {
	path := l.Rail
	if path == "" {
		path = l.r.URL.Path
	}
	found, longest := -1, 0
	for i, item := range items {
		under := path == item.Path || (item.Path != "/" && strings.HasPrefix(path, item.Path+"/"))
		if under && len(item.Path) > longest {
			found, longest = i, len(item.Path)
		}
	}
	return found
}

// Lang is the language of the page.
func (l *Layout) Lang() text.Lang { return l.r.Lang }

// SignedIn says whether somebody is signed in.
func (l *Layout) SignedIn() bool { return l.r.SignedIn() }

// Name is the signed-in person's.
func (l *Layout) Name() string { return l.r.Actor.Name }

// Initials stand for the person where there is no room: the first letter of the
// first and of the last word of the name.
func (l *Layout) Initials() string {
	words := strings.Fields(l.Name())
	if len(words) == 0 {
		return "?"
	}
	first := []rune(words[0])[:1]
	if len(words) == 1 {
		return strings.ToUpper(string(first))
	}
	return strings.ToUpper(string(first) + string([]rune(words[len(words)-1])[:1]))
}

// Unit is the name of the unit at which the person mostly works, and how many
// others there are.
func (l *Layout) Unit() string {
	if l.r.Actor.Tree == nil {
		return ""
	}
	home := l.r.Actor.Home()
	unit, _ := l.r.Actor.Tree.Unit(home)
	others := map[tree.UnitID]bool{}
	for _, g := range l.r.Actor.Grants {
		if _, exists := l.r.Actor.Tree.Unit(g.Unit); exists && g.Unit != home {
			others[g.Unit] = true
		}
	}
	if len(others) > 0 {
		return l.r.T("web.units-more", "unit", unit.Name, "n", len(others))
	}
	return unit.Name
}

// Today is the day of the business clock in the installation's zone.
func (l *Layout) Today() clock.Date { return clock.DateOf(l.r.Now(), l.r.Zone()) }

// Now is the moment of the business clock, in the installation's zone.
func (l *Layout) Now() time.Time { return l.r.Now().In(l.r.Zone()) }

// Zone is the name of the installation's zone, for the script that ticks.
func (l *Layout) Zone() string { return l.r.Zone().String() }

// Version is the program's.
func (l *Layout) Version() string { return l.r.frame.config.Version }

// Simulated says that everything shown is made up.
func (l *Layout) Simulated() bool { return l.r.frame.config.Simulated }

// Checkpoint is where the page's script asks for the newest checkpoint.
func (l *Layout) Checkpoint() string { return l.r.frame.config.Checkpoint }

// Search is where the top line's search field leads; "" where there is none.
func (l *Layout) Search() string {
	if l.Seeks || !l.SignedIn() {
		return ""
	}
	return l.r.frame.config.Search
}

// Style is the address of the style sheet.
func (l *Layout) Style() string { return l.r.frame.assets.entry("look/look.css") }

// Asset is the address of a fixed asset, as "font/source-sans-3-latin.woff2".
func (l *Layout) Asset(name string) string { return l.r.frame.assets.entry(name) }

// Scripts are the addresses of the page's scripts, the frame's own first; none
// while the program starts.
func (l *Layout) Scripts() []string {
	if l.r.frame.starting != nil {
		return nil
	}
	list := []string{l.r.frame.assets.entry("web/app.ts")}
	for _, entry := range l.scripts {
		list = append(list, l.r.frame.assets.entry(entry))
	}
	return list
}

// Preloads are the addresses of what the page's scripts import.
func (l *Layout) Preloads() []string { return l.r.frame.assets.preloads(l.Scripts()) }

// Styles are the addresses of the style sheets that belong to the page's
// scripts' parts.
func (l *Layout) Styles() []string { return l.r.frame.assets.styles(l.scripts) }

// Notices are the messages that were left for this page.
func (l *Layout) Notices() []string { return l.r.takeNotices() }

// OtherLanguages leads to this same page in the other languages.
func (l *Layout) OtherLanguages() []Language {
	var list []Language
	for _, language := range languages {
		if language.Lang == l.r.Lang {
			continue
		}
		query := l.r.URL.Query()
		query.Set(languageQuery, string(language.Lang))
		language.Path = (&url.URL{Path: l.r.URL.Path, RawQuery: query.Encode()}).String()
		list = append(list, language)
	}
	return list
}
