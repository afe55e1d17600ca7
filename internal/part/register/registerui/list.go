package registerui

import (
	"net/url"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// listPage is the papers of a unit.
type listPage struct {
	Unit        tree.Unit
	Units       []tab // of somebody with posts in several; none otherwise
	Words, Kind string
	Kinds       []web.Option // the first is all
	Term        string       // first day of the one that is shown; "" for all
	Terms       []web.Option // the first is all; none where the office has set none
	Rows        []view
	More        bool   // older ones are not shown
	Numbers     string // where the numbers stand
}

// tab is a way to another list.
type tab struct {
	Label, Path string
	Current     bool
}

// view is a paper in words.
type view struct {
	register.Paper
	Name       string // of its kind
	Sign, Word string
	How        string // it was signed; "" until then
}

// Path is where it is read.
func (v view) Path() string { return path(v.ID) }

// Heading is the paper's subject as a title: on the paper itself it goes on from the name
// of the kind, and begins small.
func (v view) Heading() string { return text.Capital(v.Title) }

func path(id int64) string { return "/papers/" + strconv.FormatInt(id, 10) }

// at is the address of a list of a unit.
func at(base string, unit tree.UnitID, kind string) string {
	values := url.Values{"unit": {strconv.FormatInt(int64(unit), 10)}}
	if kind != "" {
		values.Set("kind", kind)
	}
	return base + "?" + values.Encode()
}

func (s *screens) showList(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.PaperRead, unit); err != nil {
		return err
	}
	page := listPage{Words: r.Query("q"), Kind: r.Query("kind"), Term: r.Query("term"), Units: unitTabs(r, unit), Numbers: at("/papers/numbers", unit, r.Query("kind"))}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	err := r.View(func(q store.Querier) error {
		rules, err := org.Profile(r.Context(), q)
		if err != nil {
			return err
		}
		page.Kinds = append([]web.Option{{Label: r.T("papers.kind.all")}}, kinds(r, rules)...)
		terms, err := register.Terms(r.Context(), q, unit)
		if err != nil {
			return err
		}
		list, err := register.At(r.Context(), q, unit, page.wanted(r, terms))
		for _, p := range list {
			page.Rows = append(page.Rows, viewOf(r, rules, p))
		}
		page.More = len(list) == register.MostListed
		return err
	})
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("papers.title"), "/papers"
	layout.Crumb(r.T("papers.title"), "")
	return r.Render(s.list, page)
}

// wanted is what was asked for; a term ends where the next one begins.
func (p *listPage) wanted(r *web.Request, terms []clock.Date) register.Wanted {
	wanted := register.Wanted{Kind: p.Kind, Words: p.Words}
	if len(terms) == 0 {
		return wanted
	}
	p.Terms = []web.Option{{Label: r.T("papers.kind.all")}}
	var next clock.Date
	for _, from := range terms {
		if string(from) == p.Term {
			wanted.From, wanted.Until = from, next
		}
		p.Terms = append(p.Terms, web.Option{Value: string(from), Label: r.T("papers.term.from-day", "day", from)})
		next = from
	}
	return wanted
}

// kinds are the kinds of papers to choose from.
func kinds(r *web.Request, rules *profile.Profile) (list []web.Option) {
	for _, kind := range rules.Papers.Kinds {
		list = append(list, web.Option{Value: kind.Key, Label: text.Capital(kind.Name.In(r.Lang)) + " (" + kind.Symbol + ")"})
	}
	return list
}

func viewOf(r *web.Request, rules *profile.Profile, p register.Paper) view {
	kind, _ := rules.PaperKind(p.Kind)
	v := view{Paper: p, Name: text.Capital(kind.Name.In(r.Lang)), Sign: "waiting", Word: r.T("papers.state." + string(p.State))}
	switch p.State {
	case register.Drafted, register.Cancelled:
		v.Sign = "none"
	case register.Issued:
		v.Sign = "done"
	}
	if p.Disowned {
		v.Sign, v.Word = "late", r.T("papers.state.disowned", "state", v.Word)
	}
	if p.Method != "" {
		v.How = r.T("papers.method." + p.Method)
	}
	return v
}

// unitTabs are the units whose registers the person reads, when there are several.
func unitTabs(r *web.Request, shown tree.UnitID) (list []tab) {
	units := r.Actor.Units(access.PaperRead)
	if len(units) < 2 {
		return nil
	}
	for _, id := range units {
		unit, _ := r.Actor.Tree.Unit(id)
		list = append(list, tab{Label: unit.Name, Path: at("/papers", id, ""), Current: id == shown})
	}
	return list
}
