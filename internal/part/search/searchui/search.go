package searchui

import (
	"embed"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"giaoban/internal/base/word"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/search"
)

// Texts are the words of this page.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// Path is where the page is.
const Path = "/search"

// How many of each kind are shown: while one types, on the page, and on that of one
// kind alone.
const (
	typing = 4
	paged  = 8
	alone  = 100
)

// longest is how many letters of what is typed are looked at.
const longest = 200

type screens struct {
	index search.Index
	page  *web.Screen
}

// Add declares the page's routes in a frame.
func Add(f *web.Frame, index search.Index) {
	s := screens{index: index, page: f.Screen(pages, "page/search.html")}
	f.Add(
		web.Route{Pattern: "GET " + Path, Action: access.SignedIn, Handle: s.show},
		web.Route{Pattern: "GET " + Path + "/found", Action: access.SignedIn, Handle: s.list},
	)
}

// page is what was found.
type page struct {
	Words  string
	Kind   search.Kind // shown alone; "" for all
	Groups []group
	Count  int
}

// group is what was found of one kind.
type group struct {
	Key  search.Kind
	Hits []hit
	More string // the page of all of them; "" where these are all
}

// hit is one thing that was found.
type hit struct {
	Path        string
	Title, Body []word.Piece
	Under       string
}

// show is the page, for those who press Enter and where no script runs.
func (s screens) show(r *web.Request) error {
	most := paged
	kind := search.Kind(r.Query("kind"))
	if !slices.Contains(search.Kinds, kind) {
		kind = ""
	}
	if kind != "" {
		most = alone
	}
	p, err := s.find(r, kind, most)
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Seeks = r.T("searchui.title"), true
	layout.Crumb(r.T("searchui.title"), "")
	return r.Render(s.page, p)
}

// list is the list alone, while somebody types.
func (s screens) list(r *web.Request) error {
	p, err := s.find(r, "", typing)
	if err != nil {
		return err
	}
	return r.RenderPart(s.page, "found", p)
}

func (s screens) find(r *web.Request, kind search.Kind, most int) (page, error) {
	p := page{Words: strings.TrimSpace(r.Query("q")), Kind: kind}
	if letters := []rune(p.Words); len(letters) > longest {
		p.Words = string(letters[:longest])
	}
	asked := search.Question{Words: p.Words, Most: most}
	if kind != "" {
		asked.Kinds = []search.Kind{kind}
	}
	var groups []search.Group
	err := r.View(func(q store.Querier) (err error) {
		groups, err = s.index.Find(r.Context(), q, r.Actor, asked)
		return err
	})
	if err != nil {
		return p, err
	}
	for _, found := range groups {
		g := group{Key: found.Kind}
		for _, h := range found.Hits {
			g.Hits = append(g.Hits, view(r, h))
		}
		if found.More && kind == "" {
			g.More = Path + "?" + url.Values{"q": {p.Words}, "kind": {string(found.Kind)}}.Encode()
		}
		p.Count += len(g.Hits)
		p.Groups = append(p.Groups, g)
	}
	return p, nil
}

// view is a hit as the page shows it: whose it is, and of when.
func view(r *web.Request, h search.Hit) hit {
	v := hit{Path: path(h), Title: h.Title, Body: h.Body}
	if h.Kind == search.Unit {
		v.Under = above(r, h)
		return v
	}
	unit, _ := r.Actor.Tree.Unit(h.Unit)
	v.Under = text.Date(r.Lang, clock.DateOf(h.At, r.Zone()))
	if unit.Name != "" { // a unit that has ended is in the tree no longer
		v.Under = unit.Name + " · " + v.Under
	}
	return v
}

// above names the units above one, the nearest first, as far as they tell it from
// others of its name.
func above(r *web.Request, h search.Hit) string {
	path := r.Actor.Tree.Path(h.Unit)
	path = path[:max(len(path)-1, 0)]
	path = path[max(len(path)-2, 0):]
	var names []string
	for _, unit := range slices.Backward(path) {
		names = append(names, unit.Name)
	}
	return strings.Join(names, " · ")
}

func path(h search.Hit) string {
	switch h.Kind {
	case search.Unit:
		return fmt.Sprintf("/org/%d", h.ID)
	case search.Directive:
		return fmt.Sprintf("/directives/%d", h.ID)
	case search.Report:
		return fmt.Sprintf("/report/%d", h.ID)
	case search.Task:
		return fmt.Sprintf("/tasks/%d", h.ID)
	case search.Difficulty:
		return fmt.Sprintf("/difficulties/%d", h.ID)
	case search.Handout:
		return fmt.Sprintf("/briefings/%d/handouts/%d", h.Within, h.ID)
	case search.Minutes:
		return fmt.Sprintf("/briefings/%d/minutes", h.Within)
	case search.Conclusion:
		return fmt.Sprintf("/briefings/%d/minutes#conclusions", h.Within)
	case search.Notice:
		return fmt.Sprintf("/briefings/%d/notices/%d", h.Within, h.ID)
	case search.Paper:
		return fmt.Sprintf("/papers/%d", h.ID)
	}
	return fmt.Sprintf("/briefings/%d", h.ID)
}
